//! Statements as values: one text in each dialect, written once.

/// A statement in the dialect of each engine. Where only one engine has a use for it, the other text is empty.
#[derive(Debug)]
pub struct Statement {
    /// SQLite's text; parameters are `?1`, `?2` and so on.
    pub sqlite: &'static str,
    /// PostgreSQL's text; parameters are `$1`, `$2` and so on.
    pub postgres: &'static str,
}

/// The bytes of a statement with its parameters as SQLite numbers them, `?1` for `$1`. To SQLite `$1` would be a name, and
/// names are numbered in the order in which they are met.
pub const fn question_marks<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let text = text.as_bytes();
    let mut bytes = [b' '; LENGTH];
    let mut at = 0;
    while at < LENGTH {
        let parameter = text[at] == b'$' && at + 1 < LENGTH && text[at + 1].is_ascii_digit();
        bytes[at] = if parameter { b'?' } else { text[at] };
        at += 1;
    }
    bytes
}

/// The bytes as text again; evaluated while compiling.
pub const fn utf8(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => unreachable!(),
    }
}

/// A text with `$1`, `$2` … as SQLite takes it.
#[macro_export]
macro_rules! sqlite_text {
    ($text:expr) => {{
        const TEXT: &str = $text;
        const BYTES: [u8; TEXT.len()] = $crate::sql::statement::question_marks(TEXT);
        $crate::sql::statement::utf8(&BYTES)
    }};
}
pub use crate::sqlite_text;

/// One statement; every text of it is written with `$1`, `$2` and so on.
#[macro_export]
macro_rules! statement {
    (sqlite: $sqlite:expr, postgres: $postgres:expr) => {
        $crate::sql::statement::Statement {
            sqlite: $crate::sql::statement::sqlite_text!($sqlite),
            postgres: $postgres,
        }
    };
    (sqlite: $sqlite:expr) => {
        $crate::sql::statement::statement!(sqlite: $sqlite, postgres: "")
    };
    (postgres: $postgres:expr) => {
        $crate::sql::statement::Statement { sqlite: "", postgres: $postgres }
    };
    ($text:expr) => {
        $crate::sql::statement::statement!(sqlite: $text, postgres: $text)
    };
}
pub use crate::statement;

/// The statements of a file, `NAME { text }` for one text that both dialects take, `NAME { sqlite: text, postgres: text }`
/// for two, either of which may be missing. Makes a static of each, and `ALL`, the list of them with their names.
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident { $($text:tt)+ })+) => {
        $($(#[$meta])* pub(crate) static $name: $crate::sql::Statement = $crate::sql::statement::statement!($($text)+);)+

        /// Every statement of this file with its name.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &$crate::sql::Statement)] = &[$((stringify!($name), &$name)),+];
    };
}
pub use crate::statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_parameters_change_from_one_dialect_to_the_other() {
        let one: Statement = statement!(r#"SELECT '$', "ß" FROM a WHERE b = $1 AND c = $12 AND d = '$x$'"#);
        assert_eq!(one.sqlite, r#"SELECT '$', "ß" FROM a WHERE b = ?1 AND c = ?12 AND d = '$x$'"#);
        assert_eq!(one.postgres, r#"SELECT '$', "ß" FROM a WHERE b = $1 AND c = $12 AND d = '$x$'"#);
    }

    #[test]
    fn a_statement_may_have_two_texts_or_be_for_one_engine() {
        let two: Statement = statement!(sqlite: concat!("a ", "$1"), postgres: "b $1");
        assert_eq!((two.sqlite, two.postgres), ("a ?1", "b $1"));
        let sqlite: Statement = statement!(sqlite: "$2");
        assert_eq!((sqlite.sqlite, sqlite.postgres), ("?2", ""));
        let postgres: Statement = statement!(postgres: "$2");
        assert_eq!((postgres.sqlite, postgres.postgres), ("", "$2"));
    }
}
