//! Field selection, `fields=id,messages.limit(2){id,from}`: its values and how they print (contract graph 1.6).

mod parse;
#[cfg(test)]
mod tests;

use crate::error::GraphError;
use crate::param::Params;
use serde_json::Value;
use std::fmt;

/// The fields that a call asks for, in order and each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(pub Vec<Selection>);

/// One field or edge that a call asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The field's or edge's name.
    pub name: String,
    /// The modifiers, `limit(2)` as `("limit", "2")`, in order.
    pub modifiers: Vec<(String, String)>,
    /// What is asked of the objects behind it; `None` for the defaults.
    pub fields: Option<Fields>,
}

impl Fields {
    /// Reads the grammar of graph 1.6; spaces around separators do not matter.
    ///
    /// A field that comes twice keeps its first place, and the one with sub-fields wins. Selections nest 16 deep at most and
    /// are 500 at most, all levels together.
    ///
    /// # Errors
    /// [`UNPARSABLE_FIELDS`](crate::error::UNPARSABLE_FIELDS) with what is wrong, the character's index and the text.
    pub fn parse(text: &str) -> Result<Fields, GraphError> {
        parse::parse(text)
    }

    /// The parameter `fields`: text in the grammar, or a list whose elements are; `None` when absent or blank.
    ///
    /// # Errors
    /// As [`Fields::parse`], and those of [`Params::list`].
    pub fn from_param(params: &Params) -> Result<Option<Fields>, GraphError> {
        let text = match params.get("fields") {
            Some(Value::String(text)) if !text.trim_start().starts_with('[') => text.clone(),
            _ => params.list("fields")?.join(","),
        };
        if text.trim().is_empty() { Ok(None) } else { Fields::parse(&text).map(Some) }
    }

    /// Whether a field is asked for.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The selection of a field.
    pub fn get(&self, name: &str) -> Option<&Selection> {
        self.0.iter().find(|selection| selection.name == name)
    }
}

impl Selection {
    /// The argument of a modifier; the last one counts when it comes twice.
    pub fn modifier(&self, name: &str) -> Option<&str> {
        self.modifiers.iter().rfind(|(modifier, _)| modifier == name).map(|(_, arg)| arg.as_str())
    }

    /// The argument of `limit(…)`; `None` when absent or no whole number.
    pub fn limit(&self) -> Option<i64> {
        self.modifier("limit")?.parse().ok()
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, selection) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "," })?;
            selection.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        for (modifier, arg) in &self.modifiers {
            write!(f, ".{modifier}({arg})")?;
        }
        self.fields.as_ref().map_or(Ok(()), |fields| write!(f, "{{{fields}}}"))
    }
}
