//! Just enough of Rust's lexical rules to search code without being misled by comments, strings and test modules.

use std::ops::Range;

/// A Rust file in three views of the same length, so that an offset means the same place in each.
pub struct Source<'a> {
    /// The file as it stands.
    pub text: &'a str,
    /// Comments blanked.
    pub uncommented: String,
    /// Comments, string literals and character literals blanked.
    pub code: String,
}

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Self {
        let (mut uncommented, mut code) = (text.as_bytes().to_vec(), text.as_bytes().to_vec());
        let mut at = 0;
        while at < text.len() {
            let (end, kind) = token(text.as_bytes(), at);
            if kind != Token::Code {
                blank(&mut code[at..end]);
            }
            if kind == Token::Comment {
                blank(&mut uncommented[at..end]);
            }
            at = end;
        }
        let whole = |bytes| String::from_utf8(bytes).expect("only whole tokens are blanked");
        Self { text, uncommented: whole(uncommented), code: whole(code) }
    }

    /// The line of an offset, counted from 1.
    pub fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// The text of the line that an offset is on.
    pub fn line_text(&self, at: usize) -> &'a str {
        let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        self.text[start..].lines().next().unwrap_or_default()
    }

    /// What stands under `#[cfg(test)]`, one range an item.
    pub fn test_items(&self) -> Vec<Range<usize>> {
        self.code.match_indices("#[cfg(test)]").map(|(at, it)| at..item_end(&self.code, at + it.len())).collect()
    }

    /// The statements and functions that may use an ambient source because
    /// `#[expect(clippy::disallowed_methods, reason = …)]` stands on them. On a module, impl or trait it covers nothing.
    pub fn excused(&self) -> Vec<Range<usize>> {
        let attribute = |(at, _)| {
            let end = item_end(&self.code, at + 1);
            let inside = &self.code[at..end];
            let fits = inside.contains("clippy::disallowed_methods") && inside.contains("reason");
            let head = self.code[end..].split(['{', ';']).next().unwrap_or_default();
            let has = |word| !words(head, word).is_empty();
            let narrow = has("fn") || !(has("mod") || has("impl") || has("trait"));
            (fits && narrow).then(|| at..item_end(&self.code, end))
        };
        self.code.match_indices("#[expect(").filter_map(attribute).collect()
    }
}

/// Where `needle` stands in `code` as a whole word, or as the beginning of a path when it ends in punctuation.
pub fn words(code: &str, needle: &str) -> Vec<usize> {
    let ident = |c: char| c.is_alphanumeric() || c == '_';
    let open_start = !needle.starts_with(ident);
    let open_end = !needle.ends_with(ident);
    let whole = |at: &usize| {
        (open_start || !code[..*at].ends_with(ident)) && (open_end || !code[at + needle.len()..].starts_with(ident))
    };
    code.match_indices(needle).map(|(at, _)| at).filter(whole).collect()
}

/// The end of the item, statement or bracket that begins at `from`: behind its first closed bracket group if that is
/// a block or nothing was opened before, behind its `;`, or where the surrounding block closes.
pub fn item_end(code: &str, from: usize) -> usize {
    let attribute = code[from..].starts_with('[');
    let mut depth = 0_usize;
    for (offset, c) in code[from..].char_indices() {
        let here = from + offset;
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' if depth == 0 => return here,
            '}' | ')' | ']' => {
                depth -= 1;
                if depth == 0 && (c == '}' || (attribute && c == ']')) {
                    return here + 1;
                }
            }
            ';' if depth == 0 => return here + 1,
            _ => {}
        }
    }
    code.len()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Code,
    Comment,
    Literal,
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|b| **b != b'\n').for_each(|b| *b = b' ');
}

/// The end and the kind of the token at `at`; a run of an identifier is one token.
fn token(text: &[u8], at: usize) -> (usize, Token) {
    let rest = &text[at..];
    let ident = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80;
    match rest {
        [b'/', b'/', ..] => (at + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len()), Token::Comment),
        [b'/', b'*', ..] => (at + block_comment(rest), Token::Comment),
        [b'"', ..] => (at + quoted(rest, b'"'), Token::Literal),
        [b'\'', b'\\', ..] => (at + quoted(rest, b'\''), Token::Literal),
        [b'\'', first, ..] => {
            let width = match first {
                0xF0.. => 4,
                0xE0.. => 3,
                0xC0.. => 2,
                _ => 1,
            };
            let closed = rest.get(1 + width) == Some(&b'\'');
            if closed { (at + width + 2, Token::Literal) } else { (at + 1, Token::Code) }
        }
        [b, ..] if ident(b) => {
            let run = rest.iter().position(|b| !ident(b)).unwrap_or(rest.len());
            let raw = matches!(&rest[..run], b"r" | b"br" | b"cr").then(|| raw_string(&rest[run..])).flatten();
            raw.map_or((at + run, Token::Code), |length| (at + run + length, Token::Literal))
        }
        _ => (at + 1, Token::Code),
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8]) -> Option<usize> {
    let hashes = rest.iter().position(|b| *b != b'#')?;
    let closing = [b"\"".as_slice(), &rest[..hashes]].concat();
    let body = rest[hashes..].strip_prefix(b"\"")?;
    let length = body.windows(closing.len()).position(|w| w == closing).map_or(body.len(), |i| i + closing.len());
    Some(hashes + 1 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_lifetimes_stay() {
        let cases = [
            ("a // b\nc", "a     \nc"),
            ("a /* b /* c */ d */ e", "a                   e"),
            (r#"f("x\"y", z)"#, "f(      , z)"),
            ("r#\"a\"b\"# + 1", "         + 1"),
            ("f('{', '\\'', 'ä', 'a)", "f(   ,     ,     , 'a)"),
            ("fn r#type<'a>()", "fn r#type<'a>()"),
        ];
        for (text, code) in cases {
            assert_eq!(Source::new(text).code.trim_end(), code.trim_end(), "{text}");
        }
    }

    #[test]
    fn strings_survive_where_only_comments_are_blanked() {
        assert_eq!(Source::new("\"a // b\" // c").uncommented, "\"a // b\"     ");
    }

    #[test]
    fn a_test_module_ends_at_its_own_brace() {
        let text = "a;\n#[cfg(test)]\nmod tests { fn x() { '}'; } }\nb;";
        let source = Source::new(text);
        let items: Vec<_> = source.test_items().into_iter().map(|r| &text[r]).collect();
        assert_eq!(items, ["#[cfg(test)]\nmod tests { fn x() { '}'; } }"]);
    }

    #[test]
    fn an_excuse_covers_a_statement_or_a_function_but_not_a_module() {
        let on = |below: &str| {
            let text = format!("#[expect(\n    clippy::disallowed_methods,\n    reason = \"r\"\n)]\n{below}");
            Source::new(&text).excused().first().map(|r| text[r.clone()].lines().last().unwrap_or_default().to_owned())
        };
        assert_eq!(on("let a = now();\nlet b = now();").as_deref(), Some("let a = now();"));
        assert_eq!(on("fn a() -> [u8; 2] { now() } fn b() {}").as_deref(), Some("fn a() -> [u8; 2] { now() }"));
        assert_eq!(on("mod a { fn b() { now() } }"), None);
    }

    #[test]
    fn a_word_is_whole() {
        assert_eq!(words("db::a mydb::b db_x", "db"), [0]);
        assert_eq!(words("x.unwrap() y.unwrap_or()", ".unwrap()"), [1]);
    }
}
