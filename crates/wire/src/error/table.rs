//! The table of errors. A row reads `NAME: code / subcode, status, Kind, message, section`, then what is unusual about it.

use super::row::{Kind, Row, lower};

/// Makes of one list the constants, the same names on [`Row`], and [`ALL`].
macro_rules! table {
    ($($(#[$doc:meta])* $name:ident: $code:literal $(/ $subcode:literal)?, $status:literal, $kind:ident,
        $message:literal, $section:literal $({ $($field:ident: $value:expr),+ $(,)? })?;)+) => {
        $($(#[$doc])* pub const $name: Row = Row {
            $($($field: $value,)+)?
            ..Row::base(
                {
                    const BYTES: [u8; stringify!($name).len()] = lower(stringify!($name));
                    match std::str::from_utf8(&BYTES) {
                        Ok(name) => name,
                        Err(_) => stringify!($name),
                    }
                },
                $code,
                table!(@subcode $($subcode)?),
                $status,
                Kind::$kind,
                $message,
                $section,
            )
        };)+

        impl Row {
            $($(#[$doc])* pub const $name: Row = $name;)+
        }

        /// Every row, in the order of the table.
        pub const ALL: &[&Row] = &[$(&$name),+];
    };
    (@subcode) => { None };
    (@subcode $subcode:literal) => { Some($subcode) };
}

table! {
    // The service.

    /// Something failed inside; what was asked may have happened or not.
    UNKNOWN: 1, 500, OAuth, "An unknown error occurred", "graph 4.3" { prefixed: false, transient: Some(false) };
    /// The answer would be too large.
    TOO_LARGE: 1, 413, OAuth, "Please reduce the amount of data you're asking for, then retry your request", "graph 4.3"
        { prefixed: false };
    /// A fault that passes.
    SERVICE: 2, 500, FacebookApi, "An unexpected error has occurred. Please retry your request later.", "graph 4.3"
        { transient: Some(true) };
    /// Media or a template to somebody who does not follow the account and has no chat with it.
    NOT_A_FOLLOWER: 2 / 1545133, 500, OAuth, "Service temporarily unavailable", "send 3.3" {
        prefixed: false,
        user_title: Some("Only text can be sent"),
        user_msg: Some("This person does not follow the account and has no chat with it, so media and templates do not reach them."),
    };
    /// A moderation did not come about. Argument: the sentence.
    MODERATION: 1, 500, OAuth, "{}", "send 6.5" { prefixed: false, transient: Some(false) };
    /// The app lacks a capability, or the node belongs to the other host.
    CAPABILITY: 3, 403, OAuth, "Application does not have the capability to make this API call.", "graph 4.3";
    /// A dependency of a batch item failed, or the batch ran out of time.
    ABORTED: 960, 400, FacebookApi,
        "Request aborted. This could happen if a dependent request failed or the entire request timed out.", "graph 3.2";

    // Limits.

    /// The app made too many calls.
    APP_LIMIT: 4, 403, OAuth, "Application request limit reached", "graph 5.5" { transient: Some(true) };
    /// The token's person made too many calls.
    USER_LIMIT: 17, 400, OAuth, "User request limit reached", "graph 5.5";
    /// A Page was called too often with a person's token.
    PAGE_LIMIT: 32, 400, OAuth, "Page request limit reached", "graph 5.5";
    /// The messaging limit of an account.
    RATE: 613 / 2534040, 400, OAuth, "Calls to this api have exceeded the rate limit.", "send 4.3";
    /// Too many calls of some other kind.
    CALLS: 613, 400, OAuth, "Calls to this api have exceeded the rate limit.", "send 4.3";
    /// The business-use-case limit of a Page.
    PAGE_BUSY: 80001, 400, OAuth, "There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.", "graph 5.5";
    /// The business-use-case limit of an Instagram account.
    INSTAGRAM_BUSY: 80002, 400, OAuth, "There have been too many calls to this Instagram account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.", "graph 5.5";
    /// The business-use-case limit of messaging.
    MESSENGER_BUSY: 80006, 400, OAuth, "There have been too many calls to this Messenger account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.", "graph 5.5";

    // Permission and access.

    /// The app may not do this.
    PERMISSION: 10, 403, OAuth, "Application does not have permission for this action", "graph 4.6";
    /// A feature was not approved. Argument: its name.
    PERMISSION_FEATURE: 10, 403, OAuth, "To use '{}', your use of this endpoint must be reviewed and approved by Facebook. To submit this feature for review please read our documentation on reviewable features: https://developers.facebook.com/docs/apps/review.", "graph 4.6";
    /// The messaging window is closed.
    OUTSIDE_WINDOW: 10 / 2534022, 403, OAuth, "This message is sent outside of allowed window.", "send 3.1" {
        user_title: Some("The messaging window is closed"),
        user_msg: Some("This person has not written to the account recently enough to be answered."),
    };
    /// The account may not send for a while.
    RESTRICTED: 10 / 1893063, 403, OAuth, "The account is temporarily restricted from sending messages.", "send 4.3" {
        user_title: Some("Sending is restricted"),
        user_msg: Some("The account broke a policy and cannot send messages for a while."),
    };
    /// The link of account, user and Page cannot be verified: it was undone, or a second factor is due.
    LINK_UNVERIFIED: 10 / 2534077, 403, OAuth,
        "The link between the Instagram account, the user and the Page cannot be verified.", "send 4.3" {
        user_title: Some("The account must be confirmed"),
        user_msg: Some("Somebody who manages the account has to link it to the Page again, or to confirm a log-in with a second factor."),
    };
    /// The app may not message people who have no role on it.
    PERMISSION_ROLE: 200, 403, OAuth, "People without a role on the app cannot be messaged until the messaging permission is reviewed and the app is live", "send 3.4";
    /// A permission is missing. Argument: its name.
    PERMISSION_SCOPE: 200, 403, OAuth, "Requires {} permission", "graph 4.6";
    /// A webhook field needs a permission. Arguments: the field, the permissions.
    SUBSCRIBE_FIELD: 200, 403, OAuth, "To subscribe to the {} field, one of these permissions is needed: {}", "graph 4.3";
    /// The account's owner switched off access to messages.
    ACCESS_DISABLED: 200 / 2534041, 403, OAuth, "The account owner has disabled access to instagram direct messages", "send 3.4" {
        user_title: Some("Access to messages is off"),
        user_msg: Some("The owner of the account can allow access to messages in its settings under connected tools."),
    };
    /// A person never wrote to the account, so their profile stays closed.
    CONSENT: 230, 403, OAuth, "User consent is required to access user profile", "graph 4.6";
    /// The token lacks a permission on this object. Argument: the permission.
    PERMISSION_MANAGE: 230, 403, OAuth, "Requires {} permission to manage the object", "graph 4.6";
    /// What the account does looks like abuse.
    POLICY_BLOCK: 368, 400, OAuth, "The action attempted has been deemed abusive or is otherwise disallowed", "send 4.3" {
        user_title: Some("You are blocked for now"),
        user_msg: Some("The account is blocked from doing this for a while, since it looked like misuse."),
    };
    /// The account was not admitted to the API yet (2021 to 2023).
    NOT_ELIGIBLE: 36103, 400, OAuth, "The account is not eligible for the Instagram messaging API yet", "send 3.4" {
        user_title: Some("The account cannot be connected yet"),
        user_msg: Some("Messages of this account are not open to other software yet."),
    };
    /// No Instagram user stands behind an id of a profile read.
    NO_MATCHING_USER: 9010, 400, OAuth, "No matching Instagram user", "graph 4.3";

    // Tokens and login.

    /// The app is unknown.
    NO_APP_INFO: 101, 400, OAuth,
        "Error validating application. Cannot get application info due to a system error.", "graph 4.3" { prefixed: false };
    /// No token was sent.
    TOKEN_REQUIRED: 104, 400, Token, "An access token is required to request this resource.", "graph 4.3";
    /// The token is not one of ours.
    TOKEN_UNPARSABLE: 190, 400, Token, "Invalid OAuth access token - Cannot parse access token", "graph 4.4";
    /// The person removed the app. Argument: the app id.
    TOKEN_APP_REMOVED: 190 / 458, 400, Token,
        "Error validating access token: The user has not authorized application {}.", "graph 4.4";
    /// The token's time is over. Arguments: when it ended, and now, both as `Thursday, 08-Jul-21 15:00:00 PDT`.
    TOKEN_EXPIRED: 190 / 463, 400, Token,
        "Error validating access token: Session has expired on {}. The current time is {}.", "graph 4.4";
    /// The token was revoked by a call.
    TOKEN_REVOKED: 190 / 466, 400, Token,
        "Error validating access token: The session was invalidated explicitly using an API call.", "graph 4.4";
    /// The person behind a Page token lost their role.
    TOKEN_ROLE: 190 / 492, 400, Token, "Error validating access token: The user must be an administrator, editor, or moderator of the page in order to impersonate it.", "graph 4.4";
    /// The proof does not belong to the token.
    PROOF_INVALID: 100, 400, GraphMethod, "Invalid appsecret_proof provided in the API argument", "graph 1.5";
    /// The app demands a proof with each call.
    PROOF_REQUIRED: 100, 400, GraphMethod, "API calls from the server require an appsecret_proof argument", "graph 1.5";
    /// The secret of the app is wrong.
    CLIENT_SECRET: 1, 400, OAuth, "Error validating client secret.", "graph 6.3" { prefixed: false };
    /// The authorization code was used before.
    CODE_USED: 100 / 36009, 400, OAuth, "This authorization code has been used.", "graph 6.3" { prefixed: false };
    /// The authorization code is too old.
    CODE_EXPIRED: 100 / 36007, 400, OAuth, "This authorization code has expired.", "graph 6.3" { prefixed: false };
    /// The redirect URI differs from the dialog's.
    CODE_REDIRECT: 100 / 36008, 400, OAuth, "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request", "graph 6.3" { prefixed: false };
    /// The authorization code is not one of ours.
    CODE_FORMAT: 100, 400, OAuth, "Invalid verification code format.", "graph 6.3" { prefixed: false };
    /// Only the app itself may make this call.
    APP_TOKEN_REQUIRED: 15, 400, OAuth, "This method must be called with an app access_token.", "graph 4.3";
    /// The token may not inspect that other token.
    DEBUG_TOKEN: 100, 400, OAuth, "You must provide an app access token, or a user access token that is an owner or developer of the app", "graph 4.5";

    // Routing and objects.

    /// The path has no such part. Argument: the rest of the path with its slash.
    UNKNOWN_PATH: 2500, 400, OAuth, "Unknown path components: {}", "graph 4.5" { prefixed: false };
    /// `me` has nobody behind it.
    NO_ACTIVE_TOKEN: 2500, 400, OAuth, "An active access token must be used to query information about the current user.",
        "graph 1.2" { prefixed: false };
    /// The parameter `fields` breaks the grammar. Arguments: what is wrong, at which character, the text.
    UNPARSABLE_FIELDS: 2500, 400, OAuth, "Syntax error \"{}\" at character {}: {}", "graph 1.6" { prefixed: false };
    /// The object is not there, or not for this token. Arguments: the verb in lower case, the id.
    OBJECT: 100 / 33, 400, GraphMethod, "Unsupported {} request. Object with ID '{}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api", "graph 4.5" {
        instagram_message: Some("Unsupported {} request. Object with ID '{}' does not exist, cannot be loaded due to missing permissions, or does not support this operation"),
    };
    /// The edge does not take this verb. Argument: the verb in lower case.
    METHOD: 100, 400, OAuth, "Unsupported request - method type: {}", "graph 4.5" { prefixed: false };
    /// A node name that is no id. Argument: the name.
    ALIAS: 803, 404, OAuth, "Some of the aliases you requested do not exist: {}", "graph 4.3";
    /// `ids` holds nothing.
    EMPTY_IDENTIFIER: 2500, 400, OAuth, "Cannot specify an empty identifier", "graph 1.7" { prefixed: false };
    /// The batch has too many items.
    BATCH_SIZE: 100, 400, GraphBatch, "Too many requests in batch message. Maximum batch size is 50", "graph 3.1";
    /// An item refers to one that does not come before it. Arguments: the item's index, the name.
    BATCH_REFERENCE: 100, 400, GraphBatch, "Request {} cannot depend on an  unresolved request with  name {}. Requests can only depend on preceding requests", "graph 3.2";

    // Parameters.

    /// Something is wrong with what was sent.
    PARAMETER: 100, 400, OAuth, "Invalid parameter", "graph 4.5";
    /// A parameter is missing. Argument: its name.
    PARAMETER_REQUIRED: 100, 400, OAuth, "The parameter {} is required", "graph 4.5"
        { instagram_message: Some("The parameter {} is required.") };
    /// A value is none of those allowed. Arguments: the name, the list as `{A, B}`.
    PARAMETER_ONE_OF: 100, 400, OAuth, "Param {} must be one of {}", "graph 4.5";
    /// An object parameter is no JSON object. Argument: its name.
    PARAMETER_JSON: 100, 400, OAuth, "Param {} must be a JSON object.", "graph 1.4";
    /// Anything else about a parameter. Argument: the sentence.
    PARAMETER_DETAIL: 100, 400, OAuth, "{}", "graph 4.5";
    /// A field does not exist. Arguments: the field, the node's type.
    NO_FIELD: 100, 400, OAuth, "Tried accessing nonexisting field ({}) on node type ({})", "graph 4.5";
    /// A cursor reaches too far.
    CURSOR_DEPTH: 100, 400, OAuth, "The After Cursor specified exceeds the max limit supported by this endpoint", "graph 2";
    /// A callback did not answer its verification. Argument: what it did.
    CALLBACK: 2200, 400, OAuth, "Callback verification failed with the following errors: {}", "graph 4.3";

    // Messages.

    /// The text is too long.
    TEXT_LENGTH: 100, 400, OAuth, "Length of param message[text] must be less than or equal to 2000", "send 4.3";
    /// The file at a URL cannot be had.
    ATTACHMENT_FETCH: 100 / 2018008, 400, OAuth, "Failed to fetch the file from the url", "send 1.5";
    /// `message` and `sender_action` in one request.
    MESSAGE_AND_ACTION: 100 / 2018014, 400, OAuth, "Message cannot be sent together with a sender action", "send 1.10";
    /// A file is not of the type it claims.
    ATTACHMENT_UPLOAD: 100 / 2018047, 400, OAuth, "Upload attachment failure.", "send 1.5";
    /// An attachment id is wrong, too old or another account's.
    ATTACHMENT_ID: 100 / 2018074, 400, OAuth, "The attachment id is invalid or not owned by this account", "send 4.3";
    /// A file is too large.
    ATTACHMENT_SIZE: 100 / 2018109, 400, OAuth, "The attachment exceeds the allowed size", "send 1.5";
    /// The app that a thread should pass to does not exist.
    WRONG_APP: 100 / 2018164, 400, OAuth, "The app id is incorrect", "send 4.3";
    /// A video took too long, or is broken.
    VIDEO_FETCH: 100 / 2018294, 400, OAuth, "The video timed out or is corrupt", "send 4.3";
    /// The Page's catalogue has no such product.
    PRODUCT: 100 / 2018320, 400, OAuth, "The product id is invalid", "send 1.6";
    /// Product templates came with version 8.
    PRODUCT_VERSION: 100 / 2018328, 400, OAuth, "The product template is available from version v8.0 on", "send 1.6";
    /// Several images in one message are not open to this account yet.
    COLLECTION: 100 / 2534068, 400, OAuth, "Several images in one message are not available for this account", "send 1.5";
    /// An audio file is in a format that is not taken.
    AUDIO_FORMAT: 100 / 2534080, 400, OAuth, "The audio format is not supported", "send 4.3";
    /// The person archived or deleted the thread.
    THREAD_GONE: 100 / 2534001, 400, OAuth, "The thread was archived or deleted by its owner", "send 4.3";
    /// The Page has no professional account.
    PAGE_NOT_LINKED: 100 / 2534013, 400, OAuth,
        "The page is not linked to an Instagram account or the linked IG account is not professional account", "send 4.1";
    /// Nobody has this id for this account.
    NO_SUCH_USER: 100 / 2534014, 400, OAuth, "The requested user cannot be found.", "send 4.3";
    /// The message holds what it may not.
    INVALID_MESSAGE: 100 / 2534015, 400, OAuth, "Invalid message data", "send 4.3";
    /// The comment cannot be answered in private.
    COMMENT_INVALID: 100 / 2534025, 400, OAuth, "The comment is invalid for a private reply", "send 3.3";
    /// The business may not use the API.
    BUSINESS_BLOCKED: 100 / 2534029, 400, OAuth, "The business is blocked from using the API", "send 4.3" {
        user_title: Some("The account is blocked"),
        user_msg: Some("The account broke a policy and can no longer send messages through other software."),
    };
    /// Another app controls the thread.
    NOT_THREAD_OWNER: 100 / 2534037, 400, OAuth, "The app is not the thread owner", "send 4.3";
    /// Control of a thread is taken where no default app is set.
    TAKE_UNSUPPORTED: 27, 400, OAuth, "Take thread control is not supported when Conversation Routing is not enabled", "webhooks 5.4";
    /// Another app controls the thread, where no Conversation Routing is configured.
    THREAD_CONTROLLED: 10 / 2018300, 400, OAuth,
        "Message failed to send because another app is controlling this thread now.", "webhooks 5.2";
    /// The app may not take threads of this account over.
    TAKE_OVER: 200, 403, OAuth, "The app may not take over conversations of this account", "webhooks 5.4";
    /// A link in the message is blocked.
    LINK_BLOCKED: 508 / 2534122, 400, OAuth, "Invalid message id", "send 4.1" {
        prefixed: false,
        transient: Some(true),
        user_title: Some("Link can not be shared"),
        user_msg: Some("This message holds a link that may not be shared."),
    };
    /// The person cannot be reached: a block, or an account that is gone.
    UNAVAILABLE: 551 / 1545041, 400, OAuth, "This person isn't available right now.", "send 3.4" {
        user_title: Some("This person is not available"),
        user_msg: Some("They cannot be written to at present."),
    };
    /// The message was unsent, deleted, or is too old to be read.
    MESSAGE_DELETED: 9000001, 400, OAuth, "This Message has been deleted by the user or the business.", "read-and-rules 1.8";
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_in_snake_case() {
        let names: HashSet<_> = ALL.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
        assert_eq!(OUTSIDE_WINDOW.name, "outside_window");
    }

    #[test]
    fn a_code_has_the_status_of_the_contract() {
        for row in ALL {
            let expected = match row.name {
                "too_large" => 413,
                // The one code 10 that is printed with its status (contract webhooks 5.2).
                "client_secret" | "thread_controlled" => 400,
                _ => match row.code {
                    1 | 2 => 500,
                    3 | 4 | 10 | 200 | 230 => 403,
                    803 => 404,
                    _ => 400,
                },
            };
            assert_eq!(row.status, expected, "{}", row.name);
            assert_eq!(row.instagram_status, (row.code == 190).then_some(401), "{}", row.name);
        }
    }

    /// Codes of the contract's table that belong to Messenger alone, to features that are gone, or to nothing known
    /// (contract send 1.12, 4.3).
    const ABSENT: &[(i32, Option<i32>)] = &[
        (1, Some(99)),
        (1, Some(1_357_046)),
        (2, Some(2_018_344)),
        (4, Some(1_349_210)),
        (4, Some(1_349_211)),
        (4, Some(1_349_212)),
        (4, Some(2_018_354)),
        (9, Some(2_018_352)),
        (10, Some(1_404_170)),
        (10, Some(1_893_015)),
        (10, Some(2_018_065)),
        (10, Some(2_018_108)),
        (10, Some(2_018_278)),
        (10, Some(2_018_336)),
        (10, Some(2_534_015)),
        (100, Some(2_018_001)),
        (190, Some(459)),
        (190, Some(460)),
        (190, Some(464)),
        (190, Some(467)),
        (200, Some(1_545_041)),
        (200, Some(2_018_021)),
        (200, Some(2_018_027)),
        (200, Some(2_018_028)),
        (506, None),
        (551, None),
        (613, Some(1_893_016)),
        (613, Some(2_018_338)),
        (2_022, None),
        (10_900, None),
        (10_902, None),
        (10_903, None),
        (36_000, Some(2_207_004)),
    ];
    /// Subcodes that stand under no code at all.
    const ABSENT_SUBCODES: &[i32] = &[2_018_171, 2_018_234, 2_018_321, 2_534_023, 2_534_039, 2_534_048];

    #[test]
    fn codes_that_are_not_instagrams_are_never_answered() {
        for row in ALL {
            assert!(!ABSENT.contains(&(row.code, row.subcode)), "{}", row.name);
            assert!(row.subcode.is_none_or(|subcode| !ABSENT_SUBCODES.contains(&subcode)), "{}", row.name);
        }
    }

    #[test]
    fn what_people_are_to_read_has_a_title_and_a_text() {
        for row in ALL {
            assert_eq!(row.user_title.is_some(), row.user_msg.is_some(), "{}", row.name);
        }
    }

    #[test]
    fn session_and_routing_messages_carry_no_prefix() {
        for row in ALL.iter().filter(|row| matches!(row.code, 101 | 102 | 104 | 190 | 2500)) {
            assert!(!row.prefixed, "{}", row.name);
        }
        for row in [OUTSIDE_WINDOW, PARAMETER, RATE] {
            assert!(row.prefixed, "{}", row.name);
        }
    }

    #[test]
    fn a_message_of_the_other_host_takes_the_same_arguments() {
        for row in ALL {
            let other = row.instagram_message.unwrap_or(row.message);
            assert_eq!(row.message.matches("{}").count(), other.matches("{}").count(), "{}", row.name);
        }
    }

    #[test]
    fn a_row_is_the_same_under_both_of_its_names() {
        assert_eq!(Row::OUTSIDE_WINDOW, OUTSIDE_WINDOW);
        assert!(ALL.contains(&&Row::MESSAGE_DELETED));
    }
}
