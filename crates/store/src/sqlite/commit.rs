//! The write door: one change set, statement by statement.

use engine::change::{Change, ChangeSet};
use rusqlite::{Connection, Result};

use super::deliveries::Outcome;
use super::{configuration, content, deliveries, log, messages, people, subscriptions, threads, usage};

/// Writes all changes of a set, in order. After an error the caller undoes those before it.
pub(super) fn apply(connection: &Connection, set: &ChangeSet) -> Result<()> {
    set.0.iter().try_for_each(|change| write(connection, change).map(drop))
}

fn write(connection: &Connection, change: &Change) -> Result<usize> {
    match change {
        Change::PutUser(user) => configuration::put_user(connection, user),
        Change::PutApp(app) => configuration::put_app(connection, app),
        Change::PutToken(token) => configuration::put_token(connection, token),
        Change::PutPage(page) => configuration::put_page(connection, page),
        Change::PutAccount(account) => configuration::put_account(connection, account),
        Change::PutPerson(person) => people::put_person(connection, person),
        Change::PutSubscription(subscription) => subscriptions::put_subscription(connection, subscription),
        Change::RemoveSubscription { app, object } => {
            subscriptions::remove_subscription(connection, *app, object.as_deref())
        }
        Change::PutSetting { name, value } => configuration::put_setting(connection, name, value),
        Change::AddSetting { name, value } => configuration::add_setting(connection, name, value),
        Change::PutInstall(install) => subscriptions::put_install(connection, install),
        Change::RemoveInstall { account, app, login } => {
            subscriptions::remove_install(connection, *account, *app, *login)
        }
        Change::AddScopedUser(user) => people::add_scoped_user(connection, user),
        Change::PutScopedUser(user) => people::put_scoped_user(connection, user),
        Change::SaveThread(thread) => threads::save_thread(connection, thread),
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
