//! The parsers of sends and uploads: the input is the body of a call, JSON or a form.
//!
//! They never panic; what they read holds no U+0000; and written back in any of the encodings it is read as the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use parlance_fuzz::holds_nul;
use wire::param::Params;
use wire::send::upload::Upload;
use wire::send::{Send, any};

fuzz_target!(|input: &[u8]| {
    let mut params = Params::new();
    if input.starts_with(b"{") {
        let _ = params.json(input);
    } else {
        params.pairs(form_urlencoded::parse(input).into_owned());
    }
    // The name of a file travels beside the body, as it does in a multipart form.
    let file = params.get("filedata").cloned();
    let beside = |mut params: Params| {
        if let Some(file) = &file {
            params.set("filedata", file.clone());
        }
        params
    };
    if let Ok(send) = Send::from_params(&params) {
        let body = send.to_json();
        assert!(!holds_nul(&body), "U+0000 in {body}");
        for (way, written) in any::encodings(&body) {
            assert_eq!(Send::from_params(&beside(written)).as_ref(), Ok(&send), "{way}: {body}");
        }
    }
    if let Ok(upload) = Upload::from_params(&params) {
        let body = upload.to_json();
        for (way, written) in any::encodings(&body) {
            assert_eq!(Upload::from_params(&beside(written)).as_ref(), Ok(&upload), "{way}: {body}");
        }
    }
});
