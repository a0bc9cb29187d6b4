//! References from one batch item to the answer of another: `{result=NAME:JSONPATH}` (contract graph 3.1).

use percent_encoding::percent_decode_str;

/// How long the name and the path of a reference may be together, in characters; keeps the search linear.
const MAX_LENGTH: usize = 512;

/// A reference to the answer of an item that ran before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name of the item.
    pub name: String,
    /// What of its answer is meant; see [`json_path`](super::json_path).
    pub path: String,
}

/// The references in a `relative_url` or `body`, in order; their delimiters may be percent-encoded.
pub fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((_before, reference, after)) = next(rest) {
        found.push(reference);
        rest = after;
    }
    found
}

/// Puts what `resolve` answers for (name, path) in the place of each reference, as it is and without encoding.
///
/// # Errors
/// The name of the first reference for which `resolve` has no answer.
pub fn substitute(text: &str, resolve: &dyn Fn(&str, &str) -> Option<String>) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, reference, after)) = next(rest) {
        out.push_str(before);
        match resolve(&reference.name, &reference.path) {
            Some(value) => out.push_str(&value),
            None => return Err(reference.name),
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// The next reference with the text before and after it.
fn next(text: &str) -> Option<(&str, Reference, &str)> {
    let mut from = 0;
    loop {
        let (start, after_brace) = find(text, from, '{', usize::MAX)?;
        if let Some((reference, end)) = reference(text, after_brace) {
            return Some((text.get(..start)?, reference, text.get(end..)?));
        }
        from = after_brace;
    }
}

/// The reference behind an opening brace, and where it ends.
fn reference(text: &str, from: usize) -> Option<(Reference, usize)> {
    let word = from + "result".len();
    if text.get(from..word)? != "result" {
        return None;
    }
    let (_, name_start) = find(text, word, '=', 1)?;
    let (path_end, end) = find(text, name_start, '}', MAX_LENGTH)?;
    let (name_end, path_start) = find(text.get(..path_end)?, name_start, ':', MAX_LENGTH)?;
    if name_end == name_start {
        return None;
    }
    let decoded =
        |from: usize, to: usize| Some(percent_decode_str(text.get(from..to)?).decode_utf8_lossy().into_owned());
    Some((Reference { name: decoded(name_start, name_end)?, path: decoded(path_start, path_end)? }, end))
}

/// The first place among the `within` characters from `from` on where an ASCII character stands, itself or
/// percent-encoded: its start and its end.
fn find(text: &str, from: usize, char: char, within: usize) -> Option<(usize, usize)> {
    let encoded = format!("%{:02X}", u32::from(char));
    text.get(from..)?.char_indices().take(within).find_map(|(offset, here)| {
        let start = from + offset;
        if here == char {
            return Some((start, start + 1));
        }
        let end = start + encoded.len();
        text.get(start..end)?.eq_ignore_ascii_case(&encoded).then_some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reference(name: &str, path: &str) -> Reference {
        Reference { name: name.to_owned(), path: path.to_owned() }
    }

    #[test]
    fn references_are_found_plain_and_percent_encoded() {
        for (text, found) in [
            ("?ids={result=convs:$.data.*.id}&fields=participants", vec![reference("convs", "$.data.*.id")]),
            ("?ids=%7Bresult%3Dconvs%3A%24.data.%2A.id%7D", vec![reference("convs", "$.data.*.id")]),
            ("?ids=%7bresult=convs:$.data[0].id%7d", vec![reference("convs", "$.data[0].id")]),
            ("{result=a:$.id}/{result=b:$['id']}", vec![reference("a", "$.id"), reference("b", "$['id']")]),
            ("fields=from{id,{result=a:$.id}}", vec![reference("a", "$.id")]),
            ("me?fields=messages{id}", vec![]),
            ("{result=a}", vec![]),
            ("{result=:$.id}", vec![]),
            ("{result:a=$.id}", vec![]),
            ("{result=a:$.id", vec![]),
            ("{result=a}{id:1}", vec![]),
            ("é{résult=a:$}%7", vec![]),
        ] {
            assert_eq!(references(text), found, "{text}");
        }
    }

    #[test]
    fn a_reference_gives_way_to_what_it_means() {
        let resolve = |name: &str, path: &str| (name == "a").then(|| format!("<{path}>"));
        assert_eq!(substitute("x{result=a:$.1}y%7Bresult=a:$.2%7Dz", &resolve), Ok("x<$.1>y<$.2>z".to_owned()));
        assert_eq!(substitute("fields=from{id}", &resolve), Ok("fields=from{id}".to_owned()));
        assert_eq!(substitute("{result=a:$}{result=f:$}", &resolve), Err("f".to_owned()));
    }

    #[test]
    fn what_is_put_in_is_not_read_again() {
        assert_eq!(substitute("{result=a:$}", &|_, _| Some("{result=b:$}".to_owned())), Ok("{result=b:$}".to_owned()));
    }

    proptest! {
        #[test]
        fn text_without_a_reference_stays(text in any::<String>(), near in "(\\{|%7B|result|=|%3d|:|\\}|é|%)*") {
            let _ = references(&text);
            let found = references(&near);
            let same = substitute(&near, &|_, _| Some(String::new())).unwrap();
            prop_assert!(!found.is_empty() || same == near);
        }
    }
}
