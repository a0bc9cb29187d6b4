//! `GET /debug_token`: what a token is and whether it still holds (contract graph 6.8).

use engine::Failure;
use engine::auth::{self, Caller, Subject};
use engine::vault::TokenHash;
use serde_json::{Map, Value, json};
use wire::error::{self, GraphError};
use wire::param::Params;

use crate::state::Server;

/// Inspects `input_token`, which must belong to the caller's app.
///
/// # Errors
/// [`error::DEBUG_TOKEN`] for a caller who may not look; the store's. A token that does not hold is an answer, not an error.
pub async fn inspect(server: &Server, caller: &Caller, params: &Params) -> Result<Value, GraphError> {
    let input = params.require_text("input_token")?;
    let stored = server.world.store.token(TokenHash::of(&input)).await.map_err(Failure::from)?;
    let own = caller.token().map(|token| token.hash) == Some(TokenHash::of(&input));
    if caller.subject != Subject::App && !own {
        return Err(GraphError::new(&error::DEBUG_TOKEN));
    }
    let outcome = auth::caller(&server.world, &input).await;
    if let Err(Failure::Store(error)) = outcome {
        return Err(Failure::Store(error).into());
    }
    let of_app = stored.as_ref().map(|token| token.app).or_else(|| outcome.as_ref().ok().map(|found| found.app.id));
    if of_app.is_some_and(|app| app != caller.app.id) {
        return Err(GraphError::new(&error::DEBUG_TOKEN));
    }
    let mut data = Map::new();
    data.insert("app_id".into(), json!(caller.app.id));
    let kind = match (&outcome, &stored) {
        (Ok(found), _) if found.subject == Subject::App => "APP",
        (_, Some(token)) if token.page.is_some() => "PAGE",
        _ => "USER",
    };
    data.insert("type".into(), json!(kind));
    data.insert("application".into(), json!(caller.app.name));
    if let Some(token) = &stored {
        data.insert("data_access_expires_at".into(), json!(0));
        data.insert("expires_at".into(), json!(token.expires_time.map_or(0, |time| time.seconds())));
        data.insert("issued_at".into(), json!(token.issued_time.seconds()));
        if let Some(page) = token.page {
            data.insert("profile_id".into(), json!(page));
        }
        if let Some(user) = token.user {
            data.insert("user_id".into(), json!(user));
        }
    }
    let scopes = stored.map(|token| token.scopes).unwrap_or_default();
    match outcome {
        Ok(_) => {
            data.insert("is_valid".into(), json!(true));
            let granular: Vec<Value> = scopes.iter().map(|scope| json!({ "scope": scope })).collect();
            data.insert("scopes".into(), json!(scopes));
            data.insert("granular_scopes".into(), json!(granular));
        }
        Err(failure) => {
            let error = GraphError::from(failure);
            let mut shown = json!({"code": error.row().code, "message": error.message(caller.dialect())});
            if let Some(subcode) = error.row().subcode {
                shown["subcode"] = json!(subcode);
            }
            data.insert("error".into(), shown);
            data.insert("is_valid".into(), json!(false));
            data.insert("scopes".into(), json!([]));
        }
    }
    Ok(json!({ "data": data }))
}
