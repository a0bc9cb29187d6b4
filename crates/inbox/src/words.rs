//! Words that stand in a column, in JSON and in the code alike.

macro_rules! words {
    ($(#[doc = $doc:literal])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// What a word stands for.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                $crate::words::schema(concat!($($doc, "\n"),*), Self::ALL.iter().map(|one| one.word()).collect())
            }
        }

        impl utoipa::ToSchema for $name {}

        impl From<$name> for db::sql::Value<'_> {
            fn from(word: $name) -> Self {
                db::sql::Value::from(word.word())
            }
        }
    };
}
pub(crate) use words;

/// How words are described to who calls the API.
pub(crate) fn schema(says: &str, words: Vec<&'static str>) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
    let says: Vec<&str> = says.lines().map(str::trim).collect();
    let text = utoipa::openapi::schema::Type::String;
    let described = utoipa::openapi::ObjectBuilder::new().schema_type(text).description(Some(says.join(" ")));
    described.enum_values(Some(words)).into()
}

#[cfg(test)]
mod tests {
    use utoipa::PartialSchema;

    use crate::facts::Role;

    #[test]
    fn words_are_described_as_they_are_written() {
        let described = serde_json::to_value(Role::schema()).unwrap();
        assert_eq!(described["enum"], serde_json::to_value(Role::ALL).unwrap());
        assert_eq!(described["enum"][3], "read_only");
        assert!(described["description"].as_str().unwrap().starts_with("What somebody may do"));
    }
}
