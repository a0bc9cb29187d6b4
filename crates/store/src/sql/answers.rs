//! Answers kept for callers that may repeat a request.

use engine::facts::{ANSWER_KEPT, Answer};
use wire::id::{AccountId, AppId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, int, key, values};
use super::{Query, Write};

statements! {
    /// Before the new one is added, so that a key can be used again once its answer is too old.
    FORGET_ANSWERS { "DELETE FROM answer WHERE account_id = $1 AND time < $2" }
    ADD_ANSWER {
        r#"INSERT INTO answer (account_id, app_id, "key", request, body, time) VALUES ($1, $2, $3, $4, $5, $6)"#
    }
    ANSWER {
        r#"SELECT account_id, app_id, "key", request, body, time FROM answer
        WHERE account_id = $1 AND app_id = $2 AND "key" = $3"#
    }
}

/// An answer, instead of the account's that have been kept for long enough.
pub(crate) fn add_answer(answer: &Answer) -> Result<Vec<Write<'_>>, TooLarge> {
    let (account, app) = (int(answer.account.get())?, int(answer.app.get())?);
    let params = values![account, app, &answer.key, answer.request.as_slice(), &answer.body, answer.time];
    let oldest = answer.time.minus(ANSWER_KEPT);
    Ok(vec![Write::new(&FORGET_ANSWERS, values![account, oldest]), Write::new(&ADD_ANSWER, params)])
}

pub(crate) fn answer(account: AccountId, app: AppId, name: &str) -> Query<'_, Answer> {
    Query { statement: &ANSWER, params: values![key(account.get()), key(app.get()), name], decode: answer_row }
}

fn answer_row(row: Row<'_>) -> Result<Answer, Corrupt> {
    let mut fields = Fields::new(row, "answer", 0, 3);
    Ok(Answer {
        account: fields.int(AccountId::new)?,
        app: fields.int(AppId::new)?,
        key: fields.get()?,
        request: fields.decode(|hash: Vec<u8>| hash.try_into().ok())?,
        body: fields.get()?,
        time: fields.time()?,
    })
}
