//! Canned replies with variables.

use crate::facts::{CannedReply, Profile};

/// What stands in for the variables.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// Of the person.
    pub person: Profile,
    /// The agent's name.
    pub agent: String,
    /// The account's username.
    pub account: String,
}

/// What a variable becomes.
type Value = fn(&Values) -> String;

/// The variables and what each becomes; an unknown name becomes nothing, so that no person reads a brace.
const VARIABLES: &[(&str, Value)] = &[
    ("name", |values| values.person.name.clone().or_else(|| values.person.username.clone()).unwrap_or_default()),
    ("first_name", |values| {
        let name = values.person.name.as_deref().or(values.person.username.as_deref()).unwrap_or_default();
        name.split_whitespace().next().unwrap_or_default().to_owned()
    }),
    ("username", |values| values.person.username.clone().unwrap_or_default()),
    ("agent", |values| values.agent.clone()),
    ("account", |values| values.account.clone()),
];

/// The text with `{{name}}` and its like filled in. What is no variable stays as it is; braces that are never closed too.
/// `{{name|there}}` says what stands in when there is no name.
pub fn filled(reply: &CannedReply, values: &Values) -> String {
    let mut text = String::with_capacity(reply.text.len());
    let mut rest = reply.text.as_str();
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else { break };
        text.push_str(&rest[..start]);
        let inside = &rest[start + 2..start + length];
        let (name, instead) = inside.split_once('|').unwrap_or((inside, ""));
        match VARIABLES.iter().find(|(known, _)| *known == name.trim()) {
            Some((_, value)) => {
                let value = value(values);
                text.push_str(if value.is_empty() { instead.trim() } else { &value });
            }
            None => text.push_str(&rest[start..start + length + 2]),
        }
        rest = &rest[start + length + 2..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ReplyId;

    #[test]
    fn variables_are_filled_in_and_all_else_stays() {
        let person =
            Profile { name: Some("Mira Okafor".into()), username: Some("mira.paints".into()), ..Profile::default() };
        let values = Values { person, agent: "Ana".into(), account: "harbor.knits".into() };
        let nobody = Values::default();
        for (text, mira, unknown) in [
            ("Hi {{first_name}}!", "Hi Mira!", "Hi !"),
            ("Hi {{ first_name | there }}!", "Hi Mira!", "Hi there!"),
            ("{{name}} = @{{username}}", "Mira Okafor = @mira.paints", " = @"),
            ("{{agent}} of {{account}}", "Ana of harbor.knits", " of "),
            ("{{colour}} {{", "{{colour}} {{", "{{colour}} {{"),
            ("}} {{name", "}} {{name", "}} {{name"),
            ("ß{{name}}ß", "ßMira Okaforß", "ßß"),
        ] {
            let reply = CannedReply { id: ReplyId::new(1), shortcut: "x".into(), title: "X".into(), text: text.into() };
            assert_eq!(filled(&reply, &values), mira, "{text}");
            assert_eq!(filled(&reply, &nobody), unknown, "{text}");
        }
    }
}
