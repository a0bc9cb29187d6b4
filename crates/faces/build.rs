//! Builds `web/` with npm and writes down what came out, to be embedded.
//!
//! It runs when a source of `web/` changed since the last time, and takes the packages from the lock file when that changed.
//! `PARLANCE_WEB_DIST` names a folder that was built before, for machines without Node.
#![expect(clippy::panic, reason = "this is how a build script fails")]

use std::env;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a build depends on, within `web/`.
const SOURCES: [&str; 9] = [
    "phone.html",
    "inbox.html",
    "src",
    "public",
    "scripts/ready.mjs",
    "package.json",
    "package-lock.json",
    "vite.config.ts",
    "tsconfig.json",
];

const BUILT_BEFORE: &str = "PARLANCE_WEB_DIST";
const NEEDS_NODE: &str = "the faces under web/ are built with Node 20.19 or later and npm, which cannot be run here: install \
                          them (Debian: `apt-get install -y nodejs npm`), or set PARLANCE_WEB_DIST to a folder that was built elsewhere";

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web");
    println!("cargo::rerun-if-env-changed={BUILT_BEFORE}");
    println!("cargo::rerun-if-changed=build.rs");
    let dist = match env::var_os(BUILT_BEFORE) {
        Some(dist) => {
            println!("cargo::rerun-if-changed={}", Path::new(&dist).display());
            PathBuf::from(dist)
        }
        None => {
            for source in SOURCES {
                println!("cargo::rerun-if-changed={}", web.join(source).display());
            }
            let dist = out.join("web");
            build(&web, &dist);
            dist
        }
    };
    fs::write(out.join("files.rs"), table(&dist)).expect("OUT_DIR can be written to");
}

/// Takes the packages where they are not those of the lock file, and builds. Builds of several profiles take turns.
fn build(web: &Path, dist: &Path) {
    let turn = File::create(web.join(".build.lock")).expect("web/ can be written to");
    turn.lock().expect("a file can be locked");
    run(web, "node", &["scripts/ready.mjs"]);
    let dist = dist.to_str().expect("the target folder has a name in UTF-8");
    run(web, "npm", &["run", "--silent", "build", "--", "--outDir", dist, "--emptyOutDir", "--logLevel", "warn"]);
}

fn run(web: &Path, program: &str, args: &[&str]) {
    let output = Command::new(program).args(args).current_dir(web).output().unwrap_or_else(|_| panic!("{NEEDS_NODE}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "`{program} {}` failed in web/:\n{}{}",
        args.join(" "),
        text(&output.stdout),
        text(&output.stderr)
    );
}

/// Behind the name of a file, that of the same file compressed; `web/vite.config.ts` has the same.
const COMPRESSED: &str = ".br";

/// A Rust table of all files under `dist`: path, tag, bytes, and what they are compressed to where that was laid beside them.
fn table(dist: &Path) -> String {
    let mut paths = Vec::new();
    walk(dist, dist, &mut paths);
    paths.sort();
    let mut text = String::from("[\n");
    for path in paths.iter().filter(|path| !path.ends_with(COMPRESSED)) {
        let small = format!("{path}{COMPRESSED}");
        let brotli = match paths.contains(&small) {
            true => format!("Some(include_bytes!({:?}))", dist.join(small)),
            false => "None".to_owned(),
        };
        let file = dist.join(path);
        let bytes = fs::read(&file).expect("a file that was just listed can be read");
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let tag = hasher.finish();
        let bytes = format!("include_bytes!({file:?})");
        writeln!(text, "    File {{ path: {path:?}, tag: \"{tag:016x}\", bytes: {bytes}, brotli: {brotli} }},")
            .expect("a string can be written to");
    }
    text + "]\n"
}

fn walk(root: &Path, folder: &Path, paths: &mut Vec<String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder can be read").path();
        if path.is_dir() {
            walk(root, &path, paths);
        } else {
            let relative = path.strip_prefix(root).expect("it lies under its root");
            paths.push(relative.to_str().expect("vite writes names in ASCII").replace('\\', "/"));
        }
    }
}
