//! A row of the table with its places filled: what a refused call answers.

use super::row::Row;
use crate::dialect::Dialect;
use serde_json::{Map, Value};
use std::fmt;

/// How much of a message the `WWW-Authenticate` header holds, in characters.
const HEADER_MESSAGE: usize = 400;

/// An error as a call answers it: a row, the arguments of its message, and sometimes extra data.
///
/// `Display` is the message without a prefix, as the log wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct GraphError {
    row: &'static Row,
    args: Vec<String>,
    data: Option<Value>,
}

impl GraphError {
    /// The error of a row, with no argument yet.
    pub fn new(row: &'static Row) -> GraphError {
        GraphError { row, args: Vec::new(), data: None }
    }

    /// Appends the argument for the next `{}` of the message; one without a place is not shown.
    #[must_use]
    pub fn with(mut self, arg: impl fmt::Display) -> GraphError {
        self.args.push(arg.to_string());
        self
    }

    /// Sets the `error_data` member (contract graph 4.1).
    #[must_use]
    pub fn with_data(mut self, data: Value) -> GraphError {
        self.data = Some(data);
        self
    }

    /// What is wrong in particular, for people who write software: the `detail` of the `error_data` member.
    pub fn detail(&self) -> Option<&str> {
        self.data.as_ref()?.get("detail")?.as_str()
    }

    /// The row of the table.
    pub fn row(&self) -> &'static Row {
        self.row
    }

    /// The `message` member on this host: filled, and prefixed where the Facebook host does so.
    pub fn message(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Facebook if self.row.prefixed => format!("(#{}) {}", self.row.code, self.fill(self.row.message)),
            Dialect::Facebook => self.fill(self.row.message),
            Dialect::Instagram => self.fill(self.row.instagram_message.unwrap_or(self.row.message)),
        }
    }

    /// The HTTP status on this host (contract graph 4.2, send 4.2).
    pub fn status(&self, dialect: Dialect) -> u16 {
        match dialect {
            Dialect::Facebook => self.row.status,
            Dialect::Instagram => self.row.instagram_status.unwrap_or(self.row.status),
        }
    }

    /// The body of the answer, `{"error":{…}}`, with the members in Graph's order (contract graph 4.1).
    pub fn body(&self, dialect: Dialect, fbtrace_id: &str) -> Value {
        let row = self.row;
        let early = row.code == 4;
        let transient = row.transient.map(Value::from);
        let members = [
            ("message", Some(self.message(dialect).into())),
            ("type", Some(row.kind.type_name(dialect).into())),
            ("is_transient", transient.clone().filter(|_| early)),
            ("code", Some(row.code.into())),
            ("error_subcode", row.subcode.map(Value::from)),
            ("is_transient", transient.filter(|_| !early)),
            ("error_user_title", row.user_title.map(Value::from)),
            ("error_user_msg", row.user_msg.map(Value::from)),
            ("error_data", self.data.clone()),
            ("fbtrace_id", Some(fbtrace_id.into())),
        ];
        let error: Map<String, Value> =
            members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
        Value::Object(Map::from_iter([("error".to_owned(), Value::Object(error))]))
    }

    /// The value of the `WWW-Authenticate` header: printable ASCII, the message cut at 400 characters (contract graph 4.2).
    pub fn www_authenticate(&self, dialect: Dialect) -> String {
        let oauth_error = match (self.row.code, self.row.subcode) {
            (102 | 104 | 190, _) => "invalid_token",
            (100, Some(36007..=36009)) => "invalid_code",
            (10 | 200..=299, _) => "insufficient_scope",
            _ => "invalid_request",
        };
        let mut message = String::new();
        for char in self.message(dialect).chars().filter(|char| matches!(char, ' '..='~')).take(HEADER_MESSAGE) {
            if matches!(char, '"' | '\\') {
                message.push('\\');
            }
            message.push(char);
        }
        format!("OAuth \"Facebook Platform\" \"{oauth_error}\" \"{message}\"")
    }

    /// Puts the arguments into the places of a template, in order; a place without an argument becomes empty.
    fn fill(&self, template: &str) -> String {
        let mut parts = template.split("{}");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for (place, part) in parts.enumerate() {
            out.push_str(self.args.get(place).map_or("", String::as_str));
            out.push_str(part);
        }
        out
    }
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fill(self.row.message))
    }
}

impl std::error::Error for GraphError {}

impl From<&'static Row> for GraphError {
    fn from(row: &'static Row) -> GraphError {
        GraphError::new(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::*;
    use Dialect::{Facebook, Instagram};

    #[test]
    fn a_closed_window_is_written_in_the_manner_of_each_host() {
        let error = GraphError::new(&OUTSIDE_WINDOW);
        assert_eq!((error.status(Facebook), error.status(Instagram)), (403, 403));
        let instagram = error.body(Instagram, "Atrace");
        assert_eq!(instagram["error"]["message"], "This message is sent outside of allowed window.");
        assert_eq!(instagram["error"]["type"], "IGApiException");
        assert_eq!(instagram["error"]["error_subcode"], 2534022);
        let facebook = error.body(Facebook, "Atrace");
        assert_eq!(facebook["error"]["message"], "(#10) This message is sent outside of allowed window.");
        assert_eq!(facebook["error"]["type"], "OAuthException");
    }

    #[test]
    fn members_stand_in_the_order_of_graph() {
        assert_eq!(
            GraphError::new(&APP_LIMIT).body(Facebook, "A").to_string(),
            r#"{"error":{"message":"(#4) Application request limit reached","type":"OAuthException","is_transient":true,"code":4,"fbtrace_id":"A"}}"#
        );
        assert_eq!(
            GraphError::new(&LINK_BLOCKED).with_data(serde_json::json!({"a": 1})).body(Facebook, "A").to_string(),
            r#"{"error":{"message":"Invalid message id","type":"OAuthException","code":508,"error_subcode":2534122,"is_transient":true,"error_user_title":"Link can not be shared","error_user_msg":"This message holds a link that may not be shared.","error_data":{"a":1},"fbtrace_id":"A"}}"#
        );
    }

    #[test]
    fn a_token_error_has_one_type_and_two_statuses() {
        let error = GraphError::new(&TOKEN_UNPARSABLE);
        assert_eq!((error.status(Facebook), error.status(Instagram)), (400, 401));
        for dialect in [Facebook, Instagram] {
            assert_eq!(error.body(dialect, "A")["error"]["type"], "OAuthException");
            assert_eq!(
                error.www_authenticate(dialect),
                r#"OAuth "Facebook Platform" "invalid_token" "Invalid OAuth access token - Cannot parse access token""#
            );
        }
    }

    #[test]
    fn arguments_fill_the_places_in_order_and_are_not_read_again() {
        let error = GraphError::new(&PARAMETER_ONE_OF).with("a{}b").with("{A, B}").with("unused");
        assert_eq!(error.to_string(), "Param a{}b must be one of {A, B}");
        assert_eq!(error.message(Facebook), "(#100) Param a{}b must be one of {A, B}");
        assert_eq!(GraphError::new(&PARAMETER_REQUIRED).to_string(), "The parameter  is required");
    }

    #[test]
    fn a_missing_object_points_to_the_documentation_on_the_facebook_host_only() {
        let error = GraphError::from(&OBJECT).with("get").with("123");
        assert!(error.message(Facebook).starts_with("Unsupported get request. Object with ID '123' does not exist"));
        assert!(error.message(Facebook).ends_with("docs/graph-api"));
        assert!(error.message(Instagram).ends_with("does not support this operation"));
        assert_eq!(error.body(Facebook, "A")["error"]["type"], "GraphMethodException");
        assert_eq!(error.body(Instagram, "A")["error"]["type"], "IGApiException");
    }

    #[test]
    fn the_header_names_the_oauth_error_of_the_code() {
        for (row, name) in [
            (&TOKEN_REQUIRED, "invalid_token"),
            (&PERMISSION, "insufficient_scope"),
            (&CONSENT, "insufficient_scope"),
            (&CODE_USED, "invalid_code"),
            (&NO_ACTIVE_TOKEN, "invalid_request"),
        ] {
            let header = GraphError::new(row).www_authenticate(Facebook);
            assert!(header.starts_with(&format!("OAuth \"Facebook Platform\" \"{name}\" \"")), "{header}");
        }
    }

    #[test]
    fn a_header_stays_printable_and_short_whatever_the_message_holds() {
        let header = GraphError::new(&PARAMETER_DETAIL).with("a\r\nX: é\"b\\").with("").www_authenticate(Instagram);
        assert_eq!(header, r#"OAuth "Facebook Platform" "invalid_request" "aX: \"b\\""#);
        let long = GraphError::new(&PARAMETER_DETAIL).with("x".repeat(5000)).www_authenticate(Instagram);
        assert_eq!(long.matches('x').count(), HEADER_MESSAGE);
    }
}
