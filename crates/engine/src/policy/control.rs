//! Which app controls a thread, and what that lets apps do (contract webhooks 5, send 1.11, order of checks step 10).
//!
//! | [`Routing`] of the account | idle thread | take | request |
//! | --- | --- | --- | --- |
//! | `Open`: nothing is configured | everybody hears, the first to act has it | no | granted while idle, else told to the owner |
//! | `Default`: Conversation Routing | the default app's | apps that may take over | no |
//! | `Primary`: the older handover protocol | there is none: what no app was given is the primary receiver's | the primary receiver | told to the primary receiver |
//!
//! Control ends by the clock, [`CONTROL`] after the person's latest act or after the act that gave it; nobody is told. Only
//! under the older protocol it has no end.

use std::ops::{Range, RangeInclusive};

use wire::id::AppId;
use wire::send::thread_control::ThreadControl;
use wire::time::{Millis, Span};

use crate::facts::{Account, CONTROL, Entry, Held, Thread};
use crate::refusal::Refusal;

/// The platform's own inboxes, for a Page and for an account, which people answer in (contract webhooks 5.4).
pub const PAGE_INBOX: AppId = AppId::new(263_902_037_430_900);
/// The other one.
pub const INSTAGRAM_INBOX: AppId = AppId::new(1_217_981_644_879_628);

/// Both: threads may be passed to them, and they stand in no table (contract send 1.11).
pub const INBOXES: [AppId; 2] = [PAGE_INBOX, INSTAGRAM_INBOX];

/// How far ahead an owner may extend its control (contract webhooks 5.2).
pub const LONGEST: Span = Span::days(7);

/// Days that an ad may leave a thread to its app (contract webhooks 5.2).
const AD_DAYS: RangeInclusive<i64> = 1..=30;

/// When the second handover protocol was announced, and when it was taken off Instagram: 2021-09-14 and 2025-10-23
/// (contract webhooks 5.1).
const HANDOVER_V2: Range<Millis> = Millis::new(1_631_577_600_000)..Millis::new(1_761_177_600_000);

/// Whether an id is one of the platform's inboxes.
pub fn is_inbox(app: AppId) -> bool {
    INBOXES.contains(&app)
}

/// How an account shares its threads out among its apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routing {
    /// Nothing is configured.
    Open,
    /// Conversation Routing, with its default app.
    Default(AppId),
    /// The older handover protocol, with its primary receiver.
    Primary(AppId),
}

impl Routing {
    /// That of an account; a default app goes before a primary receiver.
    pub fn of(account: &Account) -> Self {
        match (account.default_app, account.primary_app) {
            (Some(app), _) => Routing::Default(app),
            (None, Some(app)) => Routing::Primary(app),
            (None, None) => Routing::Open,
        }
    }

    /// Its name on the emulator's surface.
    pub fn name(self) -> &'static str {
        match self {
            Routing::Open => "open",
            Routing::Default(_) => "conversation_routing",
            Routing::Primary(_) => "handover",
        }
    }

    /// Whether apps share threads by the second handover protocol: nothing is configured, in the years in which it was what
    /// that meant. Afterwards it means Conversation Routing without a default app (contract webhooks 5.1, 7).
    pub fn is_handover_v2(self, now: Millis) -> bool {
        self == Routing::Open && HANDOVER_V2.contains(&now)
    }

    /// The app that controls the thread now; nobody controls an idle one.
    pub fn owner(self, thread: Option<&Thread>, now: Millis) -> Option<AppId> {
        let held = thread.and_then(Thread::held);
        match self {
            Routing::Primary(primary) => Some(held.map_or(primary, |(app, _)| app)),
            Routing::Open | Routing::Default(_) => held.filter(|(_, until)| now <= *until).map(|(app, _)| app),
        }
    }

    /// The one app that is to act in the thread now: it hears on the normal channel and may send. `None` stands for every app.
    pub fn listener(self, thread: Option<&Thread>, now: Millis) -> Option<AppId> {
        self.owner(thread, now).or(match self {
            Routing::Default(app) | Routing::Primary(app) => Some(app),
            Routing::Open => None,
        })
    }

    /// What an app is to the account under the older protocol (contract webhooks 3.15).
    fn role(self, app: AppId) -> Option<&'static str> {
        match self {
            Routing::Primary(primary) if primary == app => Some("primary_receiver"),
            Routing::Primary(_) => Some("secondary_receiver"),
            Routing::Open | Routing::Default(_) => None,
        }
    }
}

/// Apps whose role is another after a change, with the new one. Who has none any more is told nothing.
pub fn changed_roles(before: Routing, after: Routing, apps: &[AppId]) -> Vec<(AppId, &'static str)> {
    let changed =
        |app: &AppId| after.role(*app).filter(|role| before.role(*app) != Some(role)).map(|role| (*app, role));
    apps.iter().filter_map(changed).collect()
}

/// An app in front of a thread.
#[derive(Debug, Clone, Copy)]
pub struct Stand<'a> {
    /// The account.
    pub account: &'a Account,
    /// The thread, when there is one.
    pub thread: Option<&'a Thread>,
    /// The app.
    pub app: AppId,
    /// The present moment.
    pub now: Millis,
}

impl Stand<'_> {
    fn routing(&self) -> Routing {
        Routing::of(self.account)
    }

    /// The app that controls the thread now.
    pub fn owner(&self) -> Option<AppId> {
        self.routing().owner(self.thread, self.now)
    }

    /// The setting that lets it take threads over counts under Conversation Routing alone.
    fn may_take_over(&self) -> bool {
        matches!(self.routing(), Routing::Default(_)) && self.account.take_over_apps.contains(&self.app)
    }

    fn held(&self) -> Option<Held> {
        self.thread.and_then(Thread::held)
    }

    fn a_day(&self) -> Option<Held> {
        Some((self.app, self.now.plus(CONTROL)))
    }
}

/// Decides whether an app may write into a thread. A human agent whose app may take over may write into another app's, too.
///
/// # Errors
/// [`Refusal::NotThreadOwner`] under Conversation Routing, [`Refusal::ThreadControlled`] otherwise.
pub fn decide_send(stand: Stand<'_>, is_human_agent: bool) -> Result<(), Refusal> {
    let routing = stand.routing();
    match routing.listener(stand.thread, stand.now) {
        None => Ok(()),
        Some(app) if app == stand.app => Ok(()),
        Some(_) if is_human_agent && stand.may_take_over() => Ok(()),
        Some(_) if matches!(routing, Routing::Default(_)) => Err(Refusal::NotThreadOwner),
        Some(_) => Err(Refusal::ThreadControlled),
    }
}

/// Who controls the thread once an app wrote into it. An idle thread is taken until [`CONTROL`] after the person's latest act;
/// a human agent takes nothing, unless the app may take over.
pub fn after_send(stand: Stand<'_>, is_human_agent: bool) -> Option<Held> {
    match stand.owner() {
        Some(owner) if owner == stand.app => stand.held(),
        _ if is_human_agent && stand.may_take_over() => stand.a_day(),
        Some(_) => stand.held(),
        None if is_human_agent => stand.held(),
        None => {
            let end = stand.thread.and_then(|thread| thread.last_person_time).map(|last| last.plus(CONTROL));
            end.filter(|end| stand.now <= *end).map_or(stand.held(), |end| Some((stand.app, end)))
        }
    }
}

/// Who controls the thread once a send handed it on (contract send 1.11). Without a default app nothing is handed on.
pub fn handed_on(stand: Stand<'_>, control: ThreadControl) -> Option<Held> {
    match (control, stand.routing()) {
        (ThreadControl::Release, Routing::Default(_)) => None,
        (ThreadControl::Pass(target), Routing::Default(default)) => {
            Some((target.unwrap_or(default), stand.now.plus(CONTROL)))
        }
        (_, Routing::Open | Routing::Primary(_)) => stand.held(),
    }
}

/// What an app does with the control over a thread (contract webhooks 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Gives it to an app; without one to the default app.
    Pass(Option<AppId>),
    /// Gives it up.
    Release,
    /// Takes it from whoever has it.
    Take,
    /// Asks for it.
    Request,
    /// Keeps it for so long from now on.
    Extend(Span),
}

/// Who hears of an act (contract webhooks 3.15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nobody.
    Nobody,
    /// The new owner, of whom it has the thread; nobody had an idle one.
    Passed(Option<AppId>, AppId),
    /// The previous owner, and who has the thread now.
    Taken(AppId, AppId),
    /// Who has the say, and who asks.
    Requested(AppId, AppId),
}

/// What an act comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Who has the thread, and until when.
    pub held: Option<Held>,
    /// Who hears of it.
    pub told: Told,
}

/// Decides on an act of an app.
///
/// # Errors
/// [`Refusal::NotThreadOwner`] for what only the owner may do, [`Refusal::TakeUnsupported`], [`Refusal::TakeOver`], and
/// [`Refusal::Parameter`] for what makes no sense as things stand.
pub fn decide(stand: Stand<'_>, act: Act) -> Result<Moved, Refusal> {
    let (routing, owner, app) = (stand.routing(), stand.owner(), stand.app);
    let is_owner = owner == Some(app);
    let refused = |why: &str| Err(Refusal::Parameter(why.to_owned()));
    let told_nobody = |held| Ok(Moved { held, told: Told::Nobody });
    match (act, routing) {
        (Act::Pass(_), _) if owner.is_some() && !is_owner => Err(Refusal::NotThreadOwner),
        (Act::Pass(target), _) => {
            let target = match (target, routing) {
                (Some(target), _) | (None, Routing::Default(target)) => target,
                (None, Routing::Open | Routing::Primary(_)) => {
                    return refused("The parameter target_app_id is required where no app is the default");
                }
            };
            // That would prolong control, or take it from the default app.
            let is_anybodys = matches!(routing, Routing::Open) || routing == Routing::Default(app);
            if target == app && (owner.is_some() || !is_anybodys) {
                return refused("An app cannot pass a thread to itself");
            }
            Ok(Moved { held: Some((target, stand.now.plus(CONTROL))), told: Told::Passed(owner, target) })
        }
        (Act::Release | Act::Extend(_), _) if !is_owner => Err(Refusal::NotThreadOwner),
        (Act::Release, _) => told_nobody(None),
        (Act::Extend(_), Routing::Primary(_)) => refused("Control has no end under the handover protocol"),
        (Act::Extend(span), _) if span <= Span::ZERO || span > LONGEST => {
            refused("Param duration must be 1 to 604800 seconds")
        }
        (Act::Extend(span), _) => {
            let end = stand.now.plus(span);
            told_nobody(Some((app, stand.held().map_or(end, |(_, until)| until.max(end)))))
        }
        (Act::Take, Routing::Open) => Err(Refusal::TakeUnsupported),
        (Act::Take, Routing::Default(_)) if !stand.may_take_over() => Err(Refusal::TakeOver),
        (Act::Take, Routing::Primary(primary)) if primary != app => Err(Refusal::TakeOver),
        (Act::Take, _) if is_owner => refused("The app controls the thread already"),
        (Act::Take, _) => {
            let told = owner.map_or(Told::Nobody, |owner| Told::Taken(owner, app));
            Ok(Moved { held: stand.a_day(), told })
        }
        (Act::Request, Routing::Default(_)) => {
            refused("Request thread control is not supported when Conversation Routing is enabled")
        }
        (Act::Request, _) if is_owner => refused("The app controls the thread already"),
        (Act::Request, Routing::Primary(primary)) if primary == app => {
            refused("The primary receiver takes a thread, it does not request it")
        }
        (Act::Request, Routing::Primary(primary)) => {
            Ok(Moved { held: stand.held(), told: Told::Requested(primary, app) })
        }
        (Act::Request, Routing::Open) => Ok(match owner {
            Some(owner) => Moved { held: stand.held(), told: Told::Requested(owner, app) },
            None => Moved { held: stand.a_day(), told: Told::Passed(None, app) },
        }),
    }
}

/// A person answered by hand in an inbox, or moved the thread into it: it has the thread then, whoever had it before
/// (contract webhooks 5.2).
pub fn by_hand(stand: Stand<'_>) -> Moved {
    let told = match stand.owner() {
        Some(owner) if owner != stand.app => Told::Taken(owner, stand.app),
        _ => Told::Nobody,
    };
    Moved { held: stand.a_day(), told }
}

/// Who controls the thread once somebody came into it by an ad or a link that leads to an app. It takes idle threads only.
/// Links are routed under Conversation Routing alone, ads also where nothing is configured (contract webhooks 5.3). An
/// ad's app keeps the thread for 1 to 30 days; any other number counts as 1.
pub fn entered(routing: Routing, thread: &Thread, entry: Entry, now: Millis) -> Option<Held> {
    let held = thread.held();
    if routing.owner(Some(thread), now).is_some() {
        return held;
    }
    match (entry, routing) {
        (Entry::Ad { app, days }, Routing::Default(_) | Routing::Open) => {
            let days = if AD_DAYS.contains(&days) { days } else { *AD_DAYS.start() };
            Some((app, now.plus(Span::days(days))))
        }
        (Entry::Link { app }, Routing::Default(_)) => Some((app, now.plus(CONTROL))),
        _ => held,
    }
}

/// What `thread_owner` shows an app: which app controls the thread, and until when (contract webhooks 5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// The app; only the owner and the default app or primary receiver may know.
    pub app: Option<AppId>,
    /// Until when; nothing where control has no end.
    pub until: Option<Millis>,
}

/// Decides what an app may know of the thread's owner; `None` for an idle thread.
pub fn shown(stand: Stand<'_>) -> Option<Shown> {
    let owner = stand.owner()?;
    let until = stand.held().map(|(_, until)| until);
    let knows = |first: Option<AppId>| owner == stand.app || first == Some(stand.app);
    match stand.routing() {
        Routing::Open => Some(Shown { app: knows(None).then_some(owner), until }),
        Routing::Default(default) => Some(Shown { app: knows(Some(default)).then_some(owner), until }),
        Routing::Primary(primary) => knows(Some(primary)).then_some(Shown { app: Some(owner), until: None }),
    }
}

#[cfg(test)]
mod tests;
