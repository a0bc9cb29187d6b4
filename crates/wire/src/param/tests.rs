use super::*;
use crate::error::{PARAMETER_JSON, PARAMETER_ONE_OF, PARAMETER_REQUIRED};
use proptest::prelude::*;
use serde_json::json;

/// The parameters of a query string or form as a client spells it.
fn form(text: &str) -> Params {
    let mut params = Params::new();
    params.pairs(form_urlencoded::parse(text.as_bytes()).into_owned());
    params
}

/// The parameters of a JSON body.
fn body(value: &Value) -> Params {
    let mut params = Params::new();
    params.json(value.to_string().as_bytes()).unwrap();
    params
}

fn one(name: &str, value: Value) -> Params {
    let mut params = Params::new();
    params.set(name, value);
    params
}

#[test]
fn a_token_that_stands_twice_in_the_query_counts_once_and_the_later_wins() {
    let params = form("access_token=old&limit=25&access_token=new%7C1");
    assert_eq!(params.text("access_token").unwrap().as_deref(), Some("new|1"));
    assert_eq!(params.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["access_token", "limit"]);
}

#[test]
fn the_body_wins_over_the_query() {
    let mut params = form("platform=messenger&summary=true");
    params.pairs([("platform".to_owned(), "instagram".to_owned())].into_iter());
    params.json(br#"{"summary":false,"recipient":{"id":"1"}}"#).unwrap();
    assert_eq!(params.text("platform").unwrap().as_deref(), Some("instagram"));
    assert_eq!(params.flag("summary").unwrap(), Some(false));
    assert_eq!(params.len(), 3);
}

#[test]
fn a_recipient_and_a_message_are_the_same_in_every_encoding() {
    let message = json!({"text": "hi 👋", "quick_replies": [{"content_type": "text", "title": "a"}, {"content_type": "text", "title": "b"}]});
    let encodings = [
        body(&json!({"recipient": {"id": "99"}, "message": message})),
        form(
            &form_urlencoded::Serializer::new(String::new())
                .append_pair("recipient", "{'id':'99'}")
                .append_pair("message", &message.to_string().replace('👋', "\\ud83d\\udc4b"))
                .finish(),
        ),
        form(
            "recipient[id]=99&message[text]=hi+%F0%9F%91%8B&message[quick_replies][0][content_type]=text\
             &message[quick_replies][0][title]=a&message[quick_replies][1][content_type]=text&message[quick_replies][1][title]=b",
        ),
        form(
            "recipient%5Bid%5D=99&message%5Btext%5D=hi+%F0%9F%91%8B&message[quick_replies][][content_type]=text\
             &message[quick_replies][][title]=a&message[quick_replies][][content_type]=text&message[quick_replies][][title]=b",
        ),
    ];
    for params in encodings {
        assert_eq!(params.object("recipient").unwrap().map(Value::Object), Some(json!({"id": "99"})));
        assert_eq!(params.object("message").unwrap().map(Value::Object).as_ref(), Some(&message));
    }
}

#[test]
fn a_numeric_recipient_id_stays_a_number_for_the_reader_of_the_object() {
    for params in [body(&json!({"recipient": {"id": 99}})), form("recipient={id:99}")] {
        assert_eq!(params.object("recipient").unwrap().unwrap()["id"], 99);
    }
}

#[test]
fn bodies_where_none_belong_change_nothing() {
    for bytes in ["", "  \n", "{}", "true", "null", "7", "\"text\""] {
        let mut params = form("fields=id");
        params.json(bytes.as_bytes()).unwrap();
        assert_eq!(params, form("fields=id"), "{bytes}");
    }
}

#[test]
fn a_malformed_body_is_a_parameter_error_that_says_so() {
    for bytes in [&b"[1]"[..], b"{", b"{\"a\":1,}", b"{'a':1}", b"\xff", b"{} x"] {
        let error = Params::new().json(bytes).unwrap_err();
        assert_eq!((error.row().code, error.row().name), (100, "parameter_detail"));
        assert!(error.to_string().starts_with("malformed request body"), "{error}");
    }
}

#[test]
fn lists_are_read_in_every_spelling() {
    for params in [
        form("fields=a,b"),
        form("fields=a,+b"),
        form("fields=[\"a\",\"b\"]"),
        form("fields=['a', 'b']"),
        form("fields[0]=a&fields[1]=b"),
        form("fields[1]=b&fields[0]=a"),
        form("fields[]=a&fields[]=b"),
        body(&json!({"fields": ["a", "b"]})),
        body(&json!({"fields": "a, b,"})),
    ] {
        assert_eq!(params.list("fields").unwrap(), ["a", "b"], "{:?}", params.get("fields"));
    }
    assert_eq!(one("ids", json!([1, "2", null])).list("ids").unwrap(), ["1", "2"]);
    assert_eq!(one("ids", json!(17)).list("ids").unwrap(), ["17"]);
    assert!(form("ids=").list("ids").unwrap().is_empty());
    assert!(Params::new().list("ids").unwrap().is_empty());
    assert!(form("ids=[a").list("ids").is_err());
    assert!(form("ids[x]=1").list("ids").is_err());
}

#[test]
fn words_are_read_in_any_case_and_answered_as_the_table_spells_them() {
    const WORDS: &[&str] = &["instagram", "messenger"];
    for text in ["INSTAGRAM", "instagram", "Instagram", " instagram "] {
        assert_eq!(one("platform", json!(text)).enumeration("platform", WORDS).unwrap(), Some("instagram"));
    }
    assert_eq!(Params::new().enumeration("platform", WORDS).unwrap(), None);
    let error = form("platform=sms").enumeration("platform", WORDS).unwrap_err();
    assert_eq!(error.row(), &PARAMETER_ONE_OF);
    assert_eq!(error.to_string(), "Param platform must be one of {instagram, messenger}");
}

#[test]
fn booleans_are_read_in_every_spelling() {
    for value in [json!(true), json!(1), json!("true"), json!("1"), json!("True"), json!("TRUE")] {
        assert_eq!(one("f", value).flag("f").unwrap(), Some(true));
    }
    for value in [json!(false), json!(0), json!("False"), json!("0")] {
        assert_eq!(one("f", value).flag("f").unwrap(), Some(false));
    }
    for value in [json!(null), json!(""), json!("  ")] {
        assert_eq!(one("f", value).flag("f").unwrap(), None);
    }
    for value in [json!("yes"), json!(2), json!([true])] {
        assert_eq!(one("f", value).flag("f").unwrap_err().to_string(), "Param f must be a boolean");
    }
}

#[test]
fn numbers_are_whole_and_may_come_as_text() {
    for value in [json!(25), json!("25"), json!(" 25 ")] {
        assert_eq!(one("limit", value).number("limit").unwrap(), Some(25));
    }
    assert_eq!(form("limit=-3").number("limit").unwrap(), Some(-3));
    assert_eq!(form("limit=").number("limit").unwrap(), None);
    for value in [json!("x"), json!(1.5), json!("99999999999999999999"), json!({})] {
        assert!(one("limit", value).number("limit").is_err());
    }
}

#[test]
fn text_is_printed_from_any_value() {
    for (value, text) in [
        (json!(" a "), Some(" a ")),
        (json!(""), Some("")),
        (json!(17), Some("17")),
        (json!(true), Some("true")),
        (json!({"a": [1]}), Some("{\"a\":[1]}")),
        (json!(null), None),
    ] {
        assert_eq!(one("t", value).text("t").unwrap().as_deref(), text);
    }
    for params in [Params::new(), form("t="), form("t=+"), one("t", Value::Null)] {
        assert_eq!(params.require_text("t").unwrap_err(), GraphError::new(&PARAMETER_REQUIRED).with("t"));
    }
}

#[test]
fn an_object_parameter_that_is_none_names_itself() {
    for text in ["message=hi", "message={", "message=[1]", "message=7", "message[0]=a"] {
        let error = form(text).object("message").unwrap_err();
        assert_eq!(error, GraphError::new(&PARAMETER_JSON).with("message"), "{text}");
    }
    assert_eq!(form("message=").object("message").unwrap(), None);
}

#[test]
fn one_object_counts_as_an_array_of_one() {
    for params in [
        form("user_ids={id:1}"),
        form("user_ids=[{'id':1}]"),
        body(&json!({"user_ids": {"id": 1}})),
        body(&json!({"user_ids": [{"id": 1}]})),
    ] {
        assert_eq!(params.array("user_ids").unwrap(), Some(vec![json!({"id": 1})]));
    }
    assert_eq!(Params::new().array("user_ids").unwrap(), None);
    assert!(form("user_ids=7").array("user_ids").is_err());
}

#[test]
fn bracketed_names_grow_into_values() {
    for (text, value) in [
        ("a[b]=1&a[c]=2", json!({"a": {"b": "1", "c": "2"}})),
        ("a[0][0]=1&a[0][1]=2", json!({"a": [["1", "2"]]})),
        ("a[999999999999]=1&a[7]=2", json!({"a": ["2", "1"]})),
        ("a[0]=1&a[x]=2", json!({"a": {"0": "1", "x": "2"}})),
        ("a[][b]=1&a[][b]=2&a[][c]=3", json!({"a": [{"b": "1"}, {"b": "2", "c": "3"}]})),
        ("a[][b][]=1&a[][b][]=2", json!({"a": [{"b": ["1", "2"]}]})),
        ("a=1&a[b]=2", json!({"a": {"b": "2"}})),
        ("a[b]=2&a=1", json!({"a": "1"})),
        ("a[b=1&[c]=2&a]=3&a[b]c=4&a[[b]]=5", json!({"a[b": "1", "[c]": "2", "a]": "3", "a[b]c": "4", "a[[b]]": "5"})),
    ] {
        assert_eq!(form(text), Params::from(value.as_object().unwrap().clone()), "{text}");
    }
}

#[test]
fn a_bracketed_name_has_eight_parts_at_most() {
    assert!(form("a[1][2][3][4][5][6][7]=x").get("a").is_some());
    assert_eq!(form("a[1][2][3][4][5][6][7][8]=x").text("a[1][2][3][4][5][6][7][8]").unwrap().as_deref(), Some("x"));
}

#[test]
fn two_thousand_pairs_are_read_and_no_more() {
    let mut params = Params::new();
    params.pairs((0..5_000).map(|n| (format!("p{n}"), String::new())));
    assert_eq!(params.len(), 2_000);
}

#[test]
fn removing_keeps_the_order_of_the_rest() {
    let mut params = form("a=1&b=2&c=3");
    assert_eq!(params.remove("a"), Some(json!("1")));
    assert_eq!(params.remove("a"), None);
    assert_eq!(params.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "c"]);
}

#[test]
fn a_paging_query_holds_everything_but_what_is_named() {
    let mut params = form("fields=id,from{id}&appsecret_proof=ab&limit=2&access_token=A%7CB");
    params.set("native", json!(["a", 1]));
    params.set("nothing", Value::Null);
    let query = params.to_query(&["appsecret_proof", "limit"]);
    assert_eq!(query, "fields=id%2Cfrom%7Bid%7D&access_token=A%7CB&native=%5B%22a%22%2C1%5D");
    assert_eq!(form(&query).list("native").unwrap(), ["a", "1"]);
}

#[test]
fn debug_output_shows_no_value() {
    assert_eq!(format!("{:?}", form("access_token=secret&a=b")), "Params {\"access_token\", \"a\"}");
}

proptest! {
    #[test]
    fn no_pairs_make_it_panic(names in prop::collection::vec("[ab01\\[\\]]{0,12}", 0..40), value in any::<String>()) {
        let mut params = Params::new();
        params.pairs(names.iter().map(|name| (name.clone(), value.clone())));
        for name in params.iter().map(|(name, _)| name) {
            let _ = (params.list(name), params.object(name), params.array(name), params.flag(name), params.number(name));
        }
        let _ = params.to_query(&[]);
    }

    #[test]
    fn no_body_makes_it_panic(bytes in any::<Vec<u8>>(), text in "[\\[\\]{}:,\"a1 ]{0,40}") {
        let _ = (Params::new().json(&bytes), Params::new().json(text.as_bytes()));
    }

    #[test]
    fn flat_text_survives_a_query(pairs in prop::collection::btree_map("[a-z_]{1,8}", any::<String>(), 0..8)) {
        let mut params = Params::new();
        params.pairs(pairs.into_iter());
        prop_assert_eq!(form(&params.to_query(&[])), params);
    }
}
