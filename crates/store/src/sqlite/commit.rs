//! The write door: one change set, statement by statement.

use engine::change::{Change, ChangeSet};
use rusqlite::{Connection, Result};

use super::deliveries::Outcome;
use super::{content, deliveries, log, messages, run, subscriptions, usage};
use crate::sql::{configuration, people, threads};

/// Writes all changes of a set, in order. After an error the caller undoes those before it.
pub(super) fn apply(connection: &Connection, set: &ChangeSet) -> Result<()> {
    set.0.iter().try_for_each(|change| write(connection, change).map(drop))
}

fn write(connection: &Connection, change: &Change) -> Result<usize> {
    match change {
        Change::PutUser(user) => run::write(connection, &configuration::put_user(user)?).map(usize::from),
        Change::PutApp(app) => run::write(connection, &configuration::put_app(app)?).map(usize::from),
        Change::PutToken(token) => run::write(connection, &configuration::put_token(token)?).map(usize::from),
        Change::PutPage(page) => run::write(connection, &configuration::put_page(page)?).map(usize::from),
        Change::PutAccount(account) => run::write(connection, &configuration::put_account(account)?).map(usize::from),
        Change::PutPerson(person) => run::write(connection, &people::put_person(person)?).map(usize::from),
        Change::PutSubscription(subscription) => subscriptions::put_subscription(connection, subscription),
        Change::RemoveSubscription { app, object } => {
            subscriptions::remove_subscription(connection, *app, object.as_deref())
        }
        Change::PutSetting { name, value } => {
            run::write(connection, &configuration::put_setting(name, value)).map(usize::from)
        }
        Change::PutInstall(install) => subscriptions::put_install(connection, install),
        Change::RemoveInstall { account, app, login } => {
            subscriptions::remove_install(connection, *account, *app, *login)
        }
        Change::AddScopedUser(user) => run::write(connection, &people::add_scoped_user(user)?).map(usize::from),
        Change::PutScopedUser(user) => run::write(connection, &people::put_scoped_user(user)?).map(usize::from),
        Change::SaveThread(thread) => run::write(connection, &threads::save_thread(thread)?).map(usize::from),
        Change::AddMessage(message) => messages::add_message(connection, message),
        Change::AddDelivery(delivery) => deliveries::add_delivery(connection, delivery),
        Change::AddEvent(event) => log::add_event(connection, event),
        Change::PutProfile { account, platform, property, value } => {
            content::put_profile(connection, *account, platform, property, value.as_deref())
        }
        Change::PutMedia(media) => content::put_media(connection, media),
        Change::PutComment(comment) => content::put_comment(connection, comment),
        Change::RecordAttempt { owner, attempt, state, due_time, hold_back } => {
            let outcome = Outcome { owner: *owner, attempt, state: *state, due_time: *due_time, hold_back: *hold_back };
            deliveries::record_attempt(connection, &outcome)
        }
        Change::Rewind { by } => {
            usage::forget(connection)?;
            deliveries::rewind(connection, *by)
        }
        Change::Redeliver { account, delivery, due_time } => {
            deliveries::redeliver(connection, *account, *delivery, *due_time)
        }
    }
}
