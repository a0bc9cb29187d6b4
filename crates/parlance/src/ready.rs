//! What `parlance dev` and `parlance serve` say when they are ready. The names in the JSON line are kept stable for scripts of any age.

use engine::demo;
use serde_json::{Value, json};

use crate::inbox::Opened;

/// The JSON line of `parlance serve --json`. Where the inbox runs too it tells of that what `parlance inbox` tells.
pub fn serving_line(url: &str, inbox: Option<&Opened>) -> Value {
    let mut line = json!({"ready": true, "graph": url});
    if let Some(Opened { inbox, owner_link }) = inbox {
        (line["inbox"], line["owner_link"]) = (json!(inbox), json!(owner_link));
    }
    line
}

/// The same for a person at a terminal, who is told how to go on where there is no app yet.
pub fn serving_words(url: &str, has_apps: bool, inbox: Option<&Opened>) -> String {
    let hint = if has_apps { "" } else { "\n\nThere is no app yet; make one with: parlance app create --name NAME" };
    let inbox = inbox.map(|opened| format!("\n\n{}", opened.words())).unwrap_or_default();
    format!("Parlance serves the Graph API at {url}{hint}{inbox}")
}

/// The JSON line of `parlance dev --json`. `inbox` is what is told of the desk; null where there is none.
pub fn line(url: &str, inbox: Option<&Value>) -> Value {
    let people: Vec<Value> =
        demo::people().map(|(username, igsid)| json!({"username": username, "id": igsid})).collect();
    let media: Vec<Value> = demo::posts().map(|(id, comments)| json!({"id": id, "comments": comments})).collect();
    json!({
        "ready": true,
        "graph": url,
        "phone": format!("{url}/phone"),
        "console": format!("{url}/console"),
        "inbox": inbox,
        "app": {
            "id": demo::APP,
            "secret": demo::SECRET,
            "token": format!("{}|{}", demo::APP, demo::SECRET),
            "instagram_app_id": demo::INSTAGRAM_APP,
            "instagram_secret": demo::INSTAGRAM_SECRET,
        },
        "page": {"id": demo::PAGE, "token": demo::PAGE_TOKEN},
        "account": {"id": demo::ACCOUNT, "username": demo::USERNAME, "token": demo::ACCOUNT_TOKEN},
        "people": people,
        "media": media,
    })
}

/// The same for a person at a terminal. `inbox` are the lines about the desk, each behind a line break.
pub fn words(url: &str, inbox: &str) -> String {
    let mut people = demo::people().map(|(username, igsid)| format!("{username} ({igsid})"));
    let first = people.next().unwrap_or_default();
    let rest: Vec<String> = people.collect();
    format!(
        "Parlance is ready at {url}\n\n  phone          {url}/phone\n  Page token     {}\n  account token  {}\n  app            {} with secret {}\n  \
         account        {} (@{})\n  people         {first}\n                 {}{inbox}\n\nTry: curl '{url}/v25.0/me/conversations?platform=instagram&access_token={}'",
        demo::PAGE_TOKEN,
        demo::ACCOUNT_TOKEN,
        demo::APP,
        demo::SECRET,
        demo::ACCOUNT,
        demo::USERNAME,
        rest.join("\n                 "),
        demo::PAGE_TOKEN,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_keeps_its_names_and_every_id_is_a_string() {
        let line = line("http://127.0.0.1:8700", None);
        let names: Vec<&str> = line.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["ready", "graph", "phone", "console", "inbox", "app", "page", "account", "people", "media"]);
        for id in [&line["app"]["id"], &line["page"]["id"], &line["account"]["id"], &line["people"][0]["id"]] {
            assert!(id.is_string(), "{id}");
        }
        assert_eq!(line["people"].as_array().unwrap().len(), 6);
        assert!(line["media"][0]["comments"][0].is_string());
        assert!(!line.to_string().contains('\n'));
    }
}
