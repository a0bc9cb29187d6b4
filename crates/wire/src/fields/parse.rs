//! The parser of field selections.

use super::{Fields, Selection};
use crate::error::{GraphError, UNPARSABLE_FIELDS};

/// How deep selections may nest.
const MAX_DEPTH: usize = 16;
/// How many selections one text may hold.
const MAX_SELECTIONS: usize = 500;
/// How much of the text an error repeats, in characters.
const MAX_ECHO: usize = 300;

/// What is wrong with the text at the place where the reader stands.
type Fault = &'static str;

pub(super) fn parse(text: &str) -> Result<Fields, GraphError> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, selections: 0 };
    let result = reader
        .fields(1)
        .and_then(|fields| if reader.peek().is_some() { Err("Expected end of string.") } else { Ok(fields) });
    result.map_err(|fault| {
        let echo: String = text.chars().take(MAX_ECHO).collect();
        GraphError::new(&UNPARSABLE_FIELDS).with(fault).with(reader.at).with(echo)
    })
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    selections: usize,
}

impl Reader {
    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at).is_some_and(|char| char.is_whitespace()) {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    /// Steps over a separator if it comes next.
    fn take(&mut self, separator: char) -> bool {
        let found = self.peek() == Some(separator);
        self.at += usize::from(found);
        found
    }

    /// `item *( "," item )`, or nothing at all.
    fn fields(&mut self, depth: usize) -> Result<Fields, Fault> {
        if depth > MAX_DEPTH {
            return Err("Nested too deeply.");
        }
        let mut fields = Fields::default();
        if matches!(self.peek(), None | Some('}')) {
            return Ok(fields);
        }
        loop {
            let selection = self.selection(depth)?;
            merge(&mut fields, selection);
            if !self.take(',') {
                return Ok(fields);
            }
        }
    }

    /// `name *( "." modifier ) [ "{" fields "}" ]`
    fn selection(&mut self, depth: usize) -> Result<Selection, Fault> {
        let name = self.name()?;
        self.selections += 1;
        if self.selections > MAX_SELECTIONS {
            return Err("Too many fields.");
        }
        let mut modifiers = Vec::new();
        while self.take('.') {
            let modifier = self.name()?;
            modifiers.push((modifier, self.argument()?));
        }
        let mut fields = None;
        if self.take('{') {
            fields = Some(self.fields(depth + 1)?);
            if !self.take('}') {
                return Err("Expected \"}\".");
            }
        }
        Ok(Selection { name, modifiers, fields })
    }

    fn name(&mut self) -> Result<String, Fault> {
        self.peek();
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let name: String =
            rest.iter().copied().take_while(|char| char.is_alphanumeric() || matches!(char, '_' | '-')).collect();
        self.at += name.chars().count();
        if name.is_empty() { Err("Expected name.") } else { Ok(name) }
    }

    /// `"(" [ arg ] ")"`; an argument may hold pairs of parentheses.
    fn argument(&mut self) -> Result<String, Fault> {
        if !self.take('(') {
            return Err("Expected \"(\".");
        }
        let mut arg = String::new();
        let mut open = 1_usize;
        while let Some(char) = self.chars.get(self.at) {
            self.at += 1;
            match char {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return Ok(arg.trim().to_owned());
            }
            arg.push(*char);
        }
        Err("Expected \")\".")
    }
}

/// Adds a selection; one of the same name (and alias) that is there gives way to sub-fields, or when it is bare.
fn merge(fields: &mut Fields, new: Selection) {
    let twin = |old: &&mut Selection| old.name == new.name && old.modifier("as") == new.modifier("as");
    match fields.0.iter_mut().find(twin) {
        Some(old) if new.fields.is_some() || (old.fields.is_none() && old.modifiers.is_empty()) => *old = new,
        Some(_) => {}
        None => fields.0.push(new),
    }
}
