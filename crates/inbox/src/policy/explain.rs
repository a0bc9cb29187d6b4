//! Why a send failed, in a plain sentence with the next step: one table for what the platform says (contract send 4.3) and
//! for what was seen beforehand.

use client::Error;

use super::reply::Right;

/// What to do after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// It is tried again by itself, later.
    Wait,
    /// Somebody decides whether to try again.
    Ask,
    /// Trying again would end the same way until something changes.
    Stop,
    /// Nothing can be sent on this connection until somebody has seen to it.
    Disconnect,
}

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its name, which stays the same in every language.
    pub reason: &'static str,
    /// Codes and subcodes of the Graph API that mean it; no subcode stands for any that has no row of its own.
    pub codes: &'static [(i32, Option<i32>)],
    /// What happens then.
    pub then: Then,
    /// What to tell the agent.
    pub sentence: &'static str,
}

macro_rules! rows {
    ($($reason:ident [$(($code:expr $(, $subcode:expr)?)),*] $then:ident $sentence:literal)+) => {
        /// Every reason.
        pub const ROWS: &[Row] = &[$(Row {
            reason: stringify!($reason),
            codes: &[$(($code, rows!(@subcode $($subcode)?))),*],
            then: Then::$then,
            sentence: $sentence,
        }),+];
    };
    (@subcode) => { None };
    (@subcode $subcode:expr) => { Some($subcode) };
}

rows! {
    window_closed [(10, 2_534_022), (10, 2_018_278)] Stop
        "The person has not written for too long, so Instagram no longer takes an answer. Wait until they write again."
    human_agent_missing [] Stop
        "The app lacks the feature Human Agent, which an answer later than 24 hours needs. Ask Meta for it in the app's dashboard, and answer within 24 hours until it is granted."
    comment_too_old [] Stop
        "A comment can be answered privately for seven days, and this one is older. Answer it in public instead."
    comment_answered [] Stop
        "This comment has had its private reply. The conversation goes on once the person answers."
    comment_refused [(100, 2_534_025), (2, 1_545_133)] Stop
        "Instagram takes no private reply to this comment: it is gone, too old, or was answered before. Answer it in public instead."
    text_empty [] Stop
        "There is nothing to send. Write something first."
    text_too_long [] Stop
        "The text is longer than 1,000 bytes. Shorten it, or send it in two parts."
    not_the_owner [(100, 2_534_037), (100, 2_018_300), (10, 2_018_300)] Stop
        "Another app answers this person at the moment. Take the conversation over in Instagram's settings, or wait a day."
    person_gone [(100, 2_534_014), (100, 2_018_001)] Stop
        "This account no longer exists on Instagram. Nothing can be sent to it."
    person_unavailable [(551), (200, 1_545_041), (10, 2_018_108)] Stop
        "This person cannot be reached: they have blocked the account or switched it off. Nothing can be done from here."
    thread_gone [(100, 2_534_001)] Stop
        "The conversation was deleted in the Instagram app. It comes back when the person writes again."
    link_refused [(508, 2_534_122), (508)] Stop
        "Instagram does not let this link be sent. Take the link out and send the rest."
    file_unreachable [(100, 2_018_008), (100, 2_018_047), (100, 2_018_294)] Stop
        "Instagram could not fetch the file. Check that its address can be opened by anybody, and that it is a picture, video, sound or PDF."
    file_too_large [(100, 2_018_109), (36_000)] Stop
        "The file is too large: pictures may have 8 MB, everything else 25 MB. Send a smaller one."
    file_unknown [(100, 2_018_074), (100, 2_534_080)] Stop
        "Instagram does not know this file or its format. Attach it again."
    file_not_sendable [] Stop
        "Instagram takes pictures (PNG, JPEG, GIF), videos (MP4, MOV, AVI, WebM), sound (M4A, AAC, WAV) and PDFs, and this file is none of them. Save it as one of these and attach it again."
    content_refused [(100, 2_534_015), (100, 2_534_068)] Stop
        "Instagram does not take this kind of message here. Send it as a plain text."
    access_off [(200, 2_534_041)] Disconnect
        "The account's owner has switched off message access for apps. Switch it on in the Instagram app under Connected tools."
    log_in_again [(190), (102), (412)] Disconnect
        "The connection to Instagram has ended. An owner has to connect the account again in the settings."
    account_unlinked [(100, 2_534_013), (10, 2_534_077)] Disconnect
        "The Page and the Instagram account are no longer linked. An owner has to link them again."
    account_restricted [(10, 1_893_063), (100, 2_534_029), (368), (2022)] Disconnect
        "Instagram has restricted this account. An owner finds out why in the account's support inbox."
    not_eligible [(36_103)] Disconnect
        "Instagram does not yet let this account use messaging apps. Try again later, or ask Meta."
    permission_missing [(10), (200), (230), (3)] Disconnect
        "The app lacks a permission that this needs. An owner has to grant it and connect the account again."
    too_many [(613), (4), (17), (32), (80_001), (80_002), (80_006)] Wait
        "Too much was sent at once. It is tried again by itself in a moment."
    duplicate [(506)] Ask
        "Instagram takes this for a repetition of the last message. Change a word and send it again."
    trouble [(1), (2)] Ask
        "Instagram had a problem, and the message may have arrived nevertheless. Look at the conversation before you try again."
    unclear [] Ask
        "No answer came from Instagram, so it is not known whether the message arrived. Look at the conversation before you try again."
    refused [(100)] Stop
        "Instagram refused this message. Change it, or ask whoever looks after the app."
    invalid [] Stop
        "This message cannot be sent as it is. Change it and try again."
    unknown [] Ask
        "Instagram refused with an answer that is not known here. Try once more, and tell whoever looks after the app."
}

/// The row of a reason.
pub fn row(reason: &str) -> &'static Row {
    ROWS.iter().find(|row| row.reason == reason).unwrap_or(&ROWS[ROWS.len() - 1])
}

/// The row of a code and subcode: that of both before that of the code.
pub fn of_code(code: i32, subcode: Option<i32>) -> &'static Row {
    let with = |wanted| ROWS.iter().find(|row| row.codes.contains(&(code, wanted)));
    subcode.and_then(|subcode| with(Some(subcode))).or_else(|| with(None)).unwrap_or_else(|| row("unknown"))
}

/// The row of what a call came to.
pub fn of_error(error: &Error) -> &'static Row {
    match error {
        // A gateway's answer says nothing about the message.
        Error::Graph(refusal) if refusal.code() == 0 && refusal.status.is_server_error() => row("unclear"),
        Error::Graph(refusal) => of_code(refusal.code(), refusal.subcode()),
        Error::Transport(_) | Error::Decode { .. } => row("unclear"),
        Error::Invalid(_) => row("invalid"),
    }
}

/// The row of what a send came to that went by this right. With the tag, code 10 speaks of the feature that the tag needs, which
/// other sends do without (contract send 3.2): it says nothing against the connection.
pub fn of_send(error: &Error, right: Right) -> &'static Row {
    let found = of_error(error);
    let is_feature = right == Right::HumanAgent && error.code() == Some(10) && found.reason == "permission_missing";
    if is_feature { row("human_agent_missing") } else { found }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_code_stands_twice_and_every_row_says_what_to_do_next() {
        let (mut codes, mut reasons) = (BTreeSet::new(), BTreeSet::new());
        for row in ROWS {
            assert!(reasons.insert(row.reason), "{}", row.reason);
            assert!(row.codes.iter().all(|code| codes.insert(*code)), "{}", row.reason);
            let sentences = row.sentence.matches(". ").count() + 1;
            assert!(sentences >= 2 && row.sentence.ends_with('.'), "a fact and a next step: {}", row.sentence);
        }
    }

    #[test]
    fn each_code_of_the_contract_s_table_of_sends_has_a_reason() {
        for (code, subcode, reason, then) in [
            (10, Some(2_534_022), "window_closed", Then::Stop),
            (10, None, "permission_missing", Then::Disconnect),
            (10, Some(1_893_063), "account_restricted", Then::Disconnect),
            (100, Some(2_534_014), "person_gone", Then::Stop),
            (100, Some(2_534_037), "not_the_owner", Then::Stop),
            (100, Some(2_534_025), "comment_refused", Then::Stop),
            (100, Some(33), "refused", Then::Stop),
            (100, None, "refused", Then::Stop),
            (190, Some(463), "log_in_again", Then::Disconnect),
            (200, Some(2_534_041), "access_off", Then::Disconnect),
            (508, Some(2_534_122), "link_refused", Then::Stop),
            (551, Some(1_545_041), "person_unavailable", Then::Stop),
            (613, Some(2_534_040), "too_many", Then::Wait),
            (80_006, None, "too_many", Then::Wait),
            (1, Some(99), "trouble", Then::Ask),
            (2, Some(1_545_133), "comment_refused", Then::Stop),
            (36_103, None, "not_eligible", Then::Disconnect),
            (999_999, None, "unknown", Then::Ask),
        ] {
            let row = of_code(code, subcode);
            assert_eq!((row.reason, row.then), (reason, then), "{code}/{subcode:?}");
        }
    }

    #[test]
    fn code_10_speaks_of_the_feature_where_the_tag_was_sent_and_of_a_permission_elsewhere() {
        for (code, subcode, with_tag, without) in [
            (10, None, "human_agent_missing", "permission_missing"),
            (10, Some(99), "human_agent_missing", "permission_missing"),
            (10, Some(2_534_022), "window_closed", "window_closed"),
            (10, Some(1_893_063), "account_restricted", "account_restricted"),
            (200, None, "permission_missing", "permission_missing"),
            (190, Some(463), "log_in_again", "log_in_again"),
        ] {
            let body = wire::error::ErrorBody { code, error_subcode: subcode, ..Default::default() };
            let error = Error::Graph(Box::new(client::GraphRefusal { status: http::StatusCode::FORBIDDEN, body }));
            let reasons = [Right::HumanAgent, Right::Response].map(|right| of_send(&error, right).reason);
            assert_eq!(reasons, [with_tag, without], "{code}/{subcode:?}");
        }
        assert_eq!(row("human_agent_missing").then, Then::Stop);
    }

    #[test]
    fn an_answer_that_never_came_is_unclear_and_is_not_tried_again_by_itself() {
        let lost = Error::Transport(Box::new(std::io::Error::other("reset")));
        assert_eq!((of_error(&lost).reason, of_error(&lost).then), ("unclear", Then::Ask));
        assert_eq!(of_error(&Error::Invalid("x".into())).reason, "invalid");
    }
}
