use super::*;
use crate::error::UNPARSABLE_FIELDS;
use proptest::prelude::*;
use serde_json::json;

fn with_fields(value: Value) -> Params {
    let mut params = Params::new();
    params.set("fields", value);
    params
}

#[test]
fn what_clients_send_is_read_and_printed_back() {
    for text in [
        "messages",
        "messages{id,message,from,to,created_time}",
        "messages.limit(2){id},participants,updated_time",
        "participants{id,username,name},messages.limit(1){id,message,from{id,username,name},created_time}",
        "conversations.platform(instagram).limit(5){id,messages.limit(2).order(reverse_chronological){id,message}}",
        "picture.width(50).as(small),picture.width(90).as(large)",
        "feed.filter(a(b)c),summary.x()",
        "a{}",
        "",
    ] {
        assert_eq!(Fields::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn a_selection_answers_for_its_modifiers_and_sub_fields() {
    let fields = Fields::parse("id,messages.limit(2).order( chronological ).limit(3){id,from{username}}").unwrap();
    assert!(fields.has("id") && !fields.has("from"));
    let messages = fields.get("messages").unwrap();
    assert_eq!(
        (messages.limit(), messages.modifier("order"), messages.modifier("after")),
        (Some(3), Some("chronological"), None)
    );
    assert!(messages.fields.as_ref().unwrap().get("from").unwrap().fields.as_ref().unwrap().has("username"));
    assert_eq!(Fields::parse("a.limit(x)").unwrap().0[0].limit(), None);
}

#[test]
fn spaces_around_separators_do_not_matter() {
    let fields = Fields::parse(" id , messages . limit ( 2 ) { id ,\n from } ").unwrap();
    assert_eq!(fields.to_string(), "id,messages.limit(2){id,from}");
}

#[test]
fn a_field_that_comes_twice_keeps_its_place_and_its_sub_fields() {
    for (text, merged) in [
        ("a,b,a", "a,b"),
        ("a,b,a{x}", "a{x},b"),
        ("a{x},b,a", "a{x},b"),
        ("a{x},a{y}", "a{y}"),
        ("a,b,a.limit(2)", "a.limit(2),b"),
        ("a.limit(2),a", "a.limit(2)"),
    ] {
        assert_eq!(Fields::parse(text).unwrap().to_string(), merged, "{text}");
    }
}

#[test]
fn a_fault_is_named_with_its_place() {
    for (text, message) in [
        ("id,", "Syntax error \"Expected name.\" at character 3: id,"),
        ("id,,a", "Syntax error \"Expected name.\" at character 3: id,,a"),
        ("a{b", "Syntax error \"Expected \"}\".\" at character 3: a{b"),
        ("a}", "Syntax error \"Expected end of string.\" at character 1: a}"),
        ("a b", "Syntax error \"Expected end of string.\" at character 2: a b"),
        ("a.limit", "Syntax error \"Expected \"(\".\" at character 7: a.limit"),
        ("a.limit(2", "Syntax error \"Expected \")\".\" at character 9: a.limit(2"),
    ] {
        let error = Fields::parse(text).unwrap_err();
        assert_eq!((error.row(), error.to_string().as_str()), (&UNPARSABLE_FIELDS, message));
    }
}

#[test]
fn depth_and_number_have_limits() {
    let nest = |depth: usize| format!("{}a{}", "a{".repeat(depth - 1), "}".repeat(depth - 1));
    assert!(Fields::parse(&nest(16)).is_ok());
    assert!(Fields::parse(&nest(17)).unwrap_err().to_string().contains("Nested too deeply."));
    assert!(Fields::parse(&"{".repeat(100_000)).is_err());
    let many = |count: usize| (0..count).map(|n| format!("f{n}")).collect::<Vec<_>>().join(",");
    assert_eq!(Fields::parse(&many(500)).unwrap().0.len(), 500);
    assert!(Fields::parse(&many(501)).unwrap_err().to_string().contains("Too many fields."));
}

#[test]
fn the_parameter_may_be_text_or_any_list() {
    for value in [
        json!("id,from{id,name}"),
        json!(["id", "from{id,name}"]),
        json!(["id,from{id,name}"]),
        json!("[\"id\",\"from{id,name}\"]"),
        json!("['id', 'from{id,name}']"),
    ] {
        let fields = Fields::from_param(&with_fields(value)).unwrap().unwrap();
        assert_eq!(fields.to_string(), "id,from{id,name}");
    }
    let mut params = Params::new();
    params.pairs(
        [("fields[0]".to_owned(), "id".to_owned()), ("fields[1]".to_owned(), "from{id}".to_owned())].into_iter(),
    );
    assert_eq!(Fields::from_param(&params).unwrap().unwrap().to_string(), "id,from{id}");
    for absent in [Params::new(), with_fields(json!("")), with_fields(json!(" ")), with_fields(json!([]))] {
        assert_eq!(Fields::from_param(&absent).unwrap(), None);
    }
    assert!(Fields::from_param(&with_fields(json!("id,"))).is_err());
    assert!(Fields::from_param(&with_fields(json!("[id"))).is_err());
}

fn fields() -> impl Strategy<Value = Fields> {
    let selection = |inner: BoxedStrategy<Option<Fields>>| {
        let modifiers = prop::collection::vec(("[b-z]{1,5}", "([a-z0-9=:{}',.]{1,4}|\\([a-z]\\))?"), 0..3);
        ("[a-z_0-9-]{1,6}", modifiers, inner).prop_map(|(name, modifiers, fields)| Selection {
            name,
            modifiers,
            fields,
        })
    };
    let list = move |inner: BoxedStrategy<Option<Fields>>| {
        prop::collection::vec(selection(inner), 0..5).prop_map(|mut selections| {
            let mut seen = std::collections::HashSet::new();
            selections.retain(|selection| seen.insert(selection.name.clone()));
            Fields(selections)
        })
    };
    list(Just(None).boxed()).prop_recursive(3, 40, 5, move |inner| list(prop::option::of(inner).boxed()))
}

proptest! {
    #[test]
    fn printing_and_reading_back_changes_nothing(fields in fields()) {
        prop_assert_eq!(Fields::parse(&fields.to_string()).unwrap(), fields);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), near in "[a{}(),. \\[]{0,40}") {
        let _ = (Fields::parse(&text), Fields::parse(&near));
    }
}
