//! Links in what a business sends: well formed, and not to a blocked host (contract send 1.4, 4.3).

use wire::send::button::{Button, DefaultAction};
use wire::send::template::Template;

use crate::refusal::Refusal;

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// Decides over a text. Whatever begins with a scheme must be an address; whatever could be tapped must not lead to a blocked
/// host.
///
/// # Errors
/// [`Refusal::InvalidMessage`] for a link that is none, [`Refusal::LinkBlocked`].
pub fn decide_text(text: &str, blocked: &[String]) -> Result<(), Refusal> {
    if blocked.is_empty() && !text.contains("://") {
        return Ok(());
    }
    for word in text.split(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"')) {
        match behind_scheme(word) {
            Some(rest) => decide_host(host(rest).ok_or(Refusal::InvalidMessage)?, blocked)?,
            None if blocked.is_empty() => {}
            None => host(word).map_or(Ok(()), |host| decide_host(host, blocked))?,
        }
    }
    Ok(())
}

/// Decides over whatever can be tapped or read in a template.
///
/// # Errors
/// As [`decide_text`].
pub fn decide_template(template: &Template, blocked: &[String]) -> Result<(), Refusal> {
    let url = |url: &str| decide_text(url, blocked);
    let buttons = |buttons: &[Button]| {
        buttons.iter().try_for_each(|button| match button {
            Button::WebUrl { url: target, .. } => url(target),
            Button::Postback { .. } => Ok(()),
        })
    };
    match template {
        Template::Generic { elements } => elements.iter().try_for_each(|element| {
            if let Some(DefaultAction::WebUrl { url: target }) = &element.default_action {
                url(target)?;
            }
            buttons(&element.buttons)
        }),
        Template::Button { text, buttons: list } => decide_text(text, blocked).and_then(|()| buttons(list)),
        Template::Product { .. } => Ok(()),
    }
}

/// What follows the first scheme in a word.
fn behind_scheme(word: &str) -> Option<&str> {
    let lower = word.to_ascii_lowercase();
    SCHEMES.iter().filter_map(|scheme| lower.find(scheme).map(|at| at + scheme.len())).min().map(|at| &word[at..])
}

/// The host at the beginning of an address without its scheme, if it can be one.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let authority = authority.rsplit('@').next().unwrap_or_default();
    let authority = authority.trim_start_matches(['(', '[', '{', '\'', '*', '_']);
    let authority = authority.trim_end_matches(['.', ',', ';', ':', '!', '\'', ')', ']', '}', '*', '_']);
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii())
    };
    let valid = host.len() <= 253 && host.split('.').all(is_label) && (port.is_empty() || port.parse::<u16>().is_ok());
    valid.then_some(host)
}

fn decide_host(host: &str, blocked: &[String]) -> Result<(), Refusal> {
    let host = host.to_ascii_lowercase();
    let is_of = |blocked: &String| {
        host.strip_suffix(blocked.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if blocked.iter().any(is_of) { Err(Refusal::LinkBlocked) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_must_be_an_address() {
        for good in [
            "see https://shop.example.test/a?b=c#d, please",
            "HTTP://A.test:8080",
            "(https://a.test/x)",
            "https://münchen.test/",
            "https://user@a.test/",
            "no link: 1/2 a.b//c http is a word",
            "https://a.test.",
            "",
        ] {
            assert_eq!(decide_text(good, &[]), Ok(()), "{good}");
        }
        for bad in
            ["https://", "look: http:// there", "https:///path", "http://a..test", "https://a.test:99999", "https://?q"]
        {
            assert_eq!(decide_text(bad, &[]), Err(Refusal::InvalidMessage), "{bad}");
        }
    }

    #[test]
    fn a_blocked_host_is_found_in_every_guise() {
        let blocked = ["bad.test".to_owned()];
        for text in [
            "https://bad.test",
            "x http://WWW.Bad.Test:80/a y",
            "bad.test/offer",
            "u https://me@bad.test/?a",
            "so (bad.test)",
        ] {
            assert_eq!(decide_text(text, &blocked), Err(Refusal::LinkBlocked), "{text}");
        }
        for text in ["https://notbad.test", "https://bad.test.example/", "https://a.test/bad.test", "bad test"] {
            assert_eq!(decide_text(text, &blocked), Ok(()), "{text}");
        }
    }

    #[test]
    fn buttons_and_cards_are_looked_at_too() {
        let blocked = ["bad.test".to_owned()];
        let open = |url: &str| Button::WebUrl { url: url.into(), title: "Open".into() };
        let template = |url: &str| Template::Button { text: "Look".into(), buttons: vec![open(url)] };
        assert_eq!(decide_template(&template("https://good.test/"), &blocked), Ok(()));
        assert_eq!(decide_template(&template("https://bad.test/"), &blocked), Err(Refusal::LinkBlocked));
    }
}
