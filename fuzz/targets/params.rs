//! The parameter merger: each line of the input is a query, a form or a JSON body, merged in order.
//!
//! It never panics; what passes `check_texts` is free of U+0000 however it is read; and a query made of the parameters says
//! the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parlance_fuzz::holds_nul;
use serde_json::Value;
use wire::param::Params;

fuzz_target!(|input: &[u8]| {
    let mut params = Params::new();
    for line in input.split(|byte| *byte == b'\n') {
        if line.starts_with(b"{") || line.starts_with(b"[") {
            let _ = params.json(line);
        } else {
            params.pairs(form_urlencoded::parse(line).into_owned());
        }
    }
    let allowed = params.check_texts().is_ok();
    for (name, _) in params.iter() {
        let read = [
            params.text(name).map(|text| text.map(Value::from)),
            params.list(name).map(|list| Some(Value::from(list))),
            params.object(name).map(|object| object.map(Value::from)),
            params.array(name).map(|array| array.map(Value::from)),
            params.enumeration(name, &["typing_on"]).map(|word| word.map(Value::from)),
            params.require_text(name).map(|text| Some(Value::from(text))),
        ];
        let _ = (params.flag(name), params.number(name));
        for value in read.into_iter().flatten().flatten() {
            assert!(!allowed || !(holds_nul(&value) || name.contains('\0')), "{name:?} holds U+0000: {value}");
        }
    }
    let mut again = Params::new();
    again.pairs(form_urlencoded::parse(params.to_query(&[]).as_bytes()).into_owned());
    for (name, _) in params.iter().take(2_000).filter(|(name, value)| !name.contains('[') && !value.is_null()) {
        assert_eq!(again.text(name).ok(), params.text(name).ok(), "{name:?} changed in a query");
    }
});
