//! `parlance verify`: whether the signatures of a recorded delivery hold, and why not.

pub mod recorded;

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use anyhow::{Context, bail};
use engine::demo;
use wire::signature::diagnosis::{self, Algorithm, Fault};

use crate::args::Verify;
use crate::gist::{self, Gist};
use crate::say::say;
use recorded::Signature;

/// Longest file that is read, in bytes; a delivery is smaller by far (contract webhooks 2.5, clients 19).
const MOST_BYTES: u64 = 16 << 20;

/// `parlance verify`.
///
/// # Errors
/// A file that cannot be read, or has no signature; a signature that does not hold.
pub fn run(options: &Verify) -> anyhow::Result<()> {
    let file = read(&options.file).with_context(|| format!("cannot read {}", options.file.display()))?;
    let recorded = recorded::read(&file)?;
    let bare = options.signatures.iter().map(|value| Signature { header: None, value: value.clone() });
    let signatures: Vec<Signature> =
        recorded.signatures.iter().cloned().chain(options.headers.iter().cloned()).chain(bare).collect();
    if signatures.is_empty() {
        bail!("there is no signature: give one with --signature or --header, or a file with the request's headers");
    }
    let (secret, others) = (options.secret.as_bytes(), others(options));
    let others: Vec<&[u8]> = others.iter().map(String::as_bytes).collect();
    let mut failed = 0;
    for Signature { header, value } in &signatures {
        let faults = diagnosis::faults(secret, &others, recorded.body, *header, value);
        failed += usize::from(!faults.is_empty());
        say(format_args!("{:<20} {}", header.map_or("signature", Algorithm::header), verdict(&faults)))?;
    }
    if let Some(length) = recorded.length.filter(|length| *length != recorded.body.len()) {
        say(format_args!("Content-Length       says {length} bytes, and there are {}", recorded.body.len()))?;
    }
    for gist in gist::of(recorded.body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(recorded.body)) {
        say(event(&gist))?;
    }
    match (failed, signatures.len()) {
        (0, _) => Ok(()),
        (1, 1) => bail!("the signature does not hold"),
        (failed, all) => bail!("of {all} signatures {failed} do not hold"),
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut take = |from: &mut dyn Read| from.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    match path.to_str() {
        Some("-") => take(&mut io::stdin().lock())?,
        _ => take(&mut fs::File::open(path)?)?,
    };
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", MOST_BYTES >> 20)));
    }
    Ok(bytes)
}

/// What else may have signed. The demo app's two secrets are known to everybody, and taken for each other as easily as
/// anybody's.
fn others(options: &Verify) -> Vec<String> {
    let demo = [demo::SECRET, demo::INSTAGRAM_SECRET];
    let also = if demo.contains(&options.secret.as_str()) { &demo[..] } else { &[] };
    let known = options.other_secrets.iter().map(String::as_str).chain(also.iter().copied());
    known.filter(|other| !other.is_empty() && *other != options.secret).map(str::to_owned).collect()
}

fn verdict(faults: &[Fault]) -> String {
    if faults.is_empty() {
        return "holds".to_owned();
    }
    let reasons: Vec<String> = faults.iter().map(Fault::to_string).collect();
    format!("does not hold: {}", reasons.join("; "))
}

fn event(gist: &Gist) -> String {
    let sender = gist.sender.as_deref().map(|sender| format!(" from {sender}")).unwrap_or_default();
    let mid = gist.mid.as_deref().map(|mid| format!(" {mid}")).unwrap_or_default();
    format!("event                {} of account {}{sender} at {}{mid}", gist.name(), gist.account, gist.time.rfc3339())
}
