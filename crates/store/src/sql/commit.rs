//! The write door: each change as its statements, in order.

use engine::change::Change;

use super::deliveries::Outcome;
use super::value::TooLarge;
use super::{
    Write, answers, assets, configuration, content, deliveries, flows, log, messages, outages, people, reactions,
    subscriptions, threads, usage,
};

/// What a change writes. A number that no column holds refuses the whole set.
///
/// # Errors
/// The number.
pub(crate) fn writes(change: &Change) -> Result<Vec<Write<'_>>, TooLarge> {
    let write = match change {
        Change::PutUser(user) => configuration::put_user(user)?,
        Change::PutApp(app) => configuration::put_app(app)?,
        Change::PutToken(token) => configuration::put_token(token)?,
        Change::PutPage(page) => configuration::put_page(page)?,
        Change::PutAccount(account) => configuration::put_account(account)?,
        Change::PutPerson(person) => people::put_person(person)?,
        Change::PutRole(role) => people::put_role(*role)?,
        Change::RemoveRole(role) => people::remove_role(*role)?,
        Change::PutSubscription(subscription) => subscriptions::put_subscription(subscription)?,
        Change::RemoveSubscription { app, object } => subscriptions::remove_subscription(*app, object.as_deref())?,
        Change::PutSetting { name, value } => configuration::put_setting(name, value),
        Change::AddSetting { name, value } => configuration::add_setting(name, value),
        Change::PutInstall(install) => subscriptions::put_install(install)?,
        Change::RemoveInstall { account, app, login } => {
            let recall = deliveries::recall(*account, *app, *login)?;
            return Ok(vec![subscriptions::remove_install(*account, *app, *login)?, recall]);
        }
        Change::AddScopedUser(user) => people::add_scoped_user(user)?,
        Change::PutScopedUser(user) => people::put_scoped_user(user)?,
        Change::SaveThread(thread) => threads::save_thread(thread)?,
        Change::AddMessage(message) => messages::add_message(message)?,
        Change::PutMessage(message) => messages::put_message(message)?,
        Change::PutReaction(reaction) => reactions::put_reaction(reaction)?,
        Change::RemoveReaction { message, from } => reactions::remove_reaction(*message, *from)?,
        Change::AddChunk(chunk) => return assets::add_chunk(chunk),
        Change::AddAsset(asset) => return assets::add_asset(asset),
        Change::RemoveAsset { account, asset } => return assets::remove_asset(*account, *asset),
        Change::SweepChunks { account, before } => return assets::sweep_chunks(*account, *before),
        Change::PutAttachment(attachment) => assets::put_attachment(attachment)?,
        Change::AddAnswer(answer) => return answers::add_answer(answer),
        Change::PutFlow(flow) => flows::put_flow(flow)?,
        Change::RemoveFlow { account, flow } => flows::remove_flow(*account, *flow)?,
        Change::AddDelivery(delivery) => deliveries::add_delivery(delivery)?,
        Change::AddEvent(event) => log::add_event(event)?,
        Change::PutProfile { account, platform, property, value } => {
            content::put_profile(*account, platform, property, value.as_deref())?
        }
        Change::PutMedia(media) => content::put_media(media)?,
        Change::ExpireMedia { account, media, expires_time, ended_time } => {
            content::expire_media((*account, *media), *expires_time, *ended_time)?
        }
        Change::PutComment(comment) => content::put_comment(comment)?,
        Change::RecordAttempt { owner, attempt, state, due_time, hold_back } => {
            let outcome = Outcome { owner: *owner, attempt, state: *state, due_time: *due_time, hold_back: *hold_back };
            return deliveries::record_attempt(&outcome);
        }
        Change::Postpone { owner, account, delivery, due_time, hold_back } => {
            return deliveries::postpone((*account, *delivery), *owner, *due_time, *hold_back);
        }
        Change::AddOutage(outage) => outages::add_outage(*outage)?,
        Change::EndOutage { account, app, login } => outages::end_outage(*account, *app, *login)?,
        Change::AddAlert(alert) => outages::add_alert(*alert)?,
        Change::Rewind { by } => return Ok(vec![usage::forget(), deliveries::rewind(*by), outages::rewind(*by)]),
        Change::Redeliver { account, delivery, due_time } => deliveries::redeliver(*account, *delivery, *due_time)?,
    };
    Ok(vec![write])
}
