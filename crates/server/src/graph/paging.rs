//! Pages of a list: limits, cursors, and links that work on their own (contract graph 2, clients 12).

use engine::store::{Part, Slice, Start};
use serde_json::{Map, Value, json};
use wire::cursor::Cursor;
use wire::error::{self, GraphError};
use wire::fields::Selection;
use wire::param::Params;

use super::call::Call;

const DEFAULT_LIMIT: u32 = 25;
const MOST: i64 = 100;

/// Something that has a place in a list.
pub trait Keyed {
    /// What places are made of.
    type Key;

    /// The place of this item.
    fn cursor(&self) -> Cursor;

    /// The place that a cursor stands for.
    fn key(cursor: Cursor) -> Self::Key;
}

/// Which page a request asks for: `limit`, `after`, `before` of the call.
///
/// # Errors
/// [`error::PARAMETER_DETAIL`] for a limit below one or a cursor that is none of ours.
pub fn asked<T: Keyed>(params: &Params) -> Result<Slice<T::Key>, GraphError> {
    slice::<T>(params.number("limit")?, params.text("after")?, params.text("before")?)
}

/// Which page a nested edge asks for with its modifiers.
///
/// # Errors
/// As [`asked`].
pub fn asked_nested<T: Keyed>(selection: &Selection) -> Result<Slice<T::Key>, GraphError> {
    let modifier = |name| selection.modifier(name).map(str::to_owned);
    slice::<T>(selection.limit(), modifier("after"), modifier("before"))
}

fn slice<T: Keyed>(
    limit: Option<i64>,
    after: Option<String>,
    before: Option<String>,
) -> Result<Slice<T::Key>, GraphError> {
    let limit = match limit {
        None => DEFAULT_LIMIT,
        Some(limit) if limit >= 1 => u32::try_from(limit.min(MOST)).unwrap_or(DEFAULT_LIMIT),
        Some(_) => return Err(GraphError::new(&error::PARAMETER_DETAIL).with("Param limit must be greater than zero")),
    };
    let cursor = |text: String| {
        text.parse::<Cursor>()
            .map(T::key)
            .map_err(|_| GraphError::new(&error::PARAMETER_DETAIL).with("Invalid cursors values"))
    };
    let from = match (after.filter(|a| !a.is_empty()), before.filter(|b| !b.is_empty())) {
        (Some(after), _) => Start::After(cursor(after)?),
        (None, Some(before)) => Start::Before(cursor(before)?),
        (None, None) => Start::Newest,
    };
    Ok(Slice { from, limit })
}

/// `{"data":[…],"paging":{…}}`. `next` and `previous` are there only when there is something behind them, and hold every
/// parameter of the call, the token too; an empty page has no `paging`.
pub fn page<T: Keyed>(call: &Call<'_>, path: &str, query: &Params, part: &Part<T>, data: Vec<Value>) -> Value {
    let mut answer = Map::new();
    answer.insert("data".into(), Value::Array(data));
    if let (Some(first), Some(last)) = (part.items.first(), part.items.last()) {
        let (before, after) = (first.cursor().to_string(), last.cursor().to_string());
        let mut paging = json!({"cursors": {"before": before, "after": after}});
        if part.older {
            paging["next"] = link(call, path, query, "after", &after);
        }
        if part.newer {
            paging["previous"] = link(call, path, query, "before", &before);
        }
        answer.insert("paging".into(), paging);
    }
    Value::Object(answer)
}

fn link(call: &Call<'_>, path: &str, query: &Params, name: &str, cursor: &str) -> Value {
    let rest = query.to_query(&["after", "before"]);
    let token = form_urlencoded::Serializer::new(String::new()).append_pair("access_token", call.token).finish();
    let separator = if rest.is_empty() { "" } else { "&" };
    Value::String(format!("{}/{}/{path}?{token}{separator}{rest}&{name}={cursor}", call.origin.base, call.version))
}
