// Written by `npm run types` from docs/openapi/emulator.json.

export interface paths {
    "/_parlance/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every professional account with its posts and the comments under them. */
        get: operations["list_accounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes what an account is and may do. */
        post: operations["change_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/apps/{app}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * The owner takes an app off: its tokens for the account are taken back, it is installed there no more, and its deauthorize
         *     callback is told.
         */
        delete: operations["remove_app"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/apps/{app}/data_deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The owner wants deleted what an app has of them: its data deletion callback is told. */
        post: operations["ask_deletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The account comments on a post of its own; apps hear who it is by `self_ig_scoped_id`. */
        post: operations["comment_by_hand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/enforcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Warns, blocks or unblocks an account. Apps that came by Facebook Login hear of it. */
        post: operations["enforce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/follows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The account follows a person: it sees their stories from now on, though they be private. */
        post: operations["follow_by_hand"];
        /** The account follows a person no more. */
        delete: operations["unfollow_by_hand"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/media": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The account publishes a post now. */
        post: operations["publish_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/media/{media}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes a post. A story that is over shows nothing any more, and apps that came by Facebook Login hear how it did. */
        post: operations["change_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Somebody of the business writes in the app or in an inbox: no window limits it, and apps hear its echo. What it writes to itself is
         *     told as `is_self`.
         */
        post: operations["write_by_hand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/messages/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Somebody of the business takes back what the business wrote; apps hear of it as an echo. */
        delete: operations["unsend_by_hand"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/accounts/{username}/taps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The account taps something that it offers, to try it out; apps hear of it with `is_self`. */
        post: operations["tap_by_hand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the owners of apps are told, newest first. */
        get: operations["list_alerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every app. */
        get: operations["list_apps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/apps/{app}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes what review gave an app, and where it is told of people who leave it. One that is not live, or has no Advanced Access, reaches only people with a role on it. */
        post: operations["change_app"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/apps/{app}/roles/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a person a role on an app. */
        post: operations["give_role"];
        /** Takes a person's role on an app back. */
        delete: operations["take_role"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/apps/{app}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The subscriptions of an app. */
        get: operations["list_subscriptions"];
        put?: never;
        /** Puts a subscription in place of the app's present one for its object. The endpoint is not asked. */
        post: operations["put_subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/apps/{app}/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Presses the Test button: a sample of the field goes to the app's endpoint at once, signed, whatever the app is subscribed to and
         *     whether or not it is published. It stands in no log and is not repeated.
         */
        post: operations["test_field"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What time it is. */
        get: operations["read_clock"];
        put?: never;
        /** Moves the clock and answers after everything that became due on the way has run. */
        post: operations["move_clock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The delivery log, newest first. */
        get: operations["list_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/deliveries/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes deliveries again now, at most 1000 in one call, usually 100, newest first. */
        post: operations["redeliver_many"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One delivery with its request and its attempts. */
        get: operations["read_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/deliveries/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a delivery again now, whatever became of it. Changed or led elsewhere it is a new one, with a time and signatures of its
         *     own.
         */
        post: operations["redeliver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened, oldest first. */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/events/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happens, as Server-Sent Events: the number of each entry is its `id`, its `data` is the entry as JSON. */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every armed rule, with how often it struck. */
        get: operations["list_faults"];
        put?: never;
        /** Arms a rule. `delay`, `reorder`, `drop`, `duplicate` and `batch` meet a delivery once; `slow` and `fail` meet every attempt. */
        post: operations["arm_fault"];
        /** Takes every rule back. */
        delete: operations["clear_faults"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document. */
        get: operations["read_openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who there is, oldest first. */
        get: operations["list_people"];
        put?: never;
        /** Makes a person. */
        post: operations["create_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes a person. */
        post: operations["change_person"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every account as the person's app lists it, the most recently written to first. */
        get: operations["list_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person blocks an account: neither can write to the other. */
        post: operations["block"];
        /** The person blocks an account no more. */
        delete: operations["unblock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/choices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the person can tap in the thread with an account, beside what its messages offer. */
        get: operations["list_choices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person comments on a post. It does not open the window; the account may answer it privately, once. */
        post: operations["post_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/comments/{comment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The person deletes a comment of theirs. */
        delete: operations["delete_comment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/control": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who controls the thread of a person with an account. */
        get: operations["read_control"];
        put?: never;
        /** An app does something with the control over a thread, as by the call of its name. */
        post: operations["act_on_control"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person sets a thumb under a message. The app that sent it hears of it, where it came by Facebook Login. */
        post: operations["give_feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uploads a file that the person is going to send; the request's body is the file. */
        post: operations["upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/follows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person follows an account: a first message of theirs is no request then. */
        post: operations["follow"];
        /** The person follows an account no more. */
        delete: operations["unfollow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person follows an ig.me link to an account. */
        post: operations["follow_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The person names an account in a caption or a comment of a post that is not the account's. Apps hear of it only where the person's
         *     posts are public.
         */
        post: operations["mention"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A thread as the person sees it, newest message first. */
        get: operations["read_thread"];
        put?: never;
        /** The person writes to an account. */
        post: operations["write_message"];
        /** The person deletes or archives a thread. It comes back when they act again; until then the account cannot write there. */
        delete: operations["remove_thread"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/messages/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person gives a message of theirs another text, at most five times. */
        post: operations["edit_message"];
        /** The person takes a message of theirs back: what it said is gone for good. */
        delete: operations["unsend_message"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/opens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person opens a thread and thereby sees the account's newest message. */
        post: operations["open_thread"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/optins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person opts in to notifications, or out of them. Apps that came by Instagram Login hear of it. */
        post: operations["opt_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person reacts to a message, over a reaction of theirs that was there. */
        post: operations["react"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/reactions/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The person takes their reaction to a message back. */
        delete: operations["unreact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/stories/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** The person takes a story of theirs down that mentions an account: the message stays and shows it no more. */
        delete: operations["end_story"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/taps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person taps something that the account offers. */
        post: operations["tap"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/typings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person begins to write. On Instagram nobody is told, and nothing changes. */
        post: operations["type"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/people/{username}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The person looks at an account's profile. Nobody is told, and nothing changes. */
        post: operations["visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/_parlance/pictures/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The portrait of a name. */
        get: operations["read_picture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description What is to be different about an account; what is left out stays. */
        AccountChange: {
            /** @description `BUSINESS`, `MEDIA_CREATOR`, or `PERSONAL`, which has no API. */
            account_type?: string | null;
            /** @description "Allow access to messages" for connected tools. */
            allow_message_access?: boolean | null;
            /** @description `good`, `not_eligible`, `unverified`, `restricted`, `blocked` or `policy_blocked`. */
            standing?: string | null;
            image_collections?: boolean | null;
            /**
             * @description Id of the app that idle threads belong to, which configures Conversation Routing in place of the handover protocol;
             *     null switches it off.
             */
            default_app?: string | null;
            /**
             * @description Id of the primary receiver, which configures the older handover protocol in place of Conversation Routing; null
             *     switches it off.
             */
            primary_app?: string | null;
            /** @description Ids of all apps that may take threads over. */
            take_over_apps?: string[] | null;
        };
        /** @description A professional account. */
        AccountView: {
            /** @description The `entry.id` of webhooks. */
            id: string;
            username: string;
            name: string;
            /** @description Text under the name. */
            biography: string;
            /** @description Picture, a path on this server or an absolute URL. */
            profile_pic: string;
            /** Format: int64 */
            followers_count: number;
            page?: null | components["schemas"]["PageView"];
            /** @description `BUSINESS`, `MEDIA_CREATOR` or `PERSONAL`. */
            account_type: string;
            /** @description Whether its owner allows connected tools to reach messages. */
            allow_message_access: boolean;
            /** @description `good`, `not_eligible`, `unverified`, `restricted`, `blocked` or `policy_blocked`. */
            standing: string;
            /** @description Whether it may send several images in one message. */
            image_collections: boolean;
            /** @description The app that idle threads belong to, where Conversation Routing is configured. */
            default_app?: string | null;
            /** @description The primary receiver, where the older handover protocol is configured. */
            primary_app?: string | null;
            /** @description Apps that may take threads over where Conversation Routing is configured. */
            take_over_apps: string[];
            /** @description Posts, newest first. */
            media: components["schemas"]["MediaView"][];
        };
        /** @description All accounts. */
        Accounts: {
            data: components["schemas"]["AccountView"][];
        };
        /** @description The ad behind a post. */
        AdView: {
            /** @description Left out for a dynamic ad. */
            ad_id?: string | null;
            ad_title?: string | null;
            /** @description The post that was boosted. */
            original_media_id?: string | null;
        };
        /** @description What an owner was told. */
        AlertView: {
            app_id: string;
            account_id: string;
            /** @description `facebook` or `instagram`. */
            login: string;
            /**
             * @description `delivery_failing` after a quarter of an hour, `webhooks_disabled` after an hour: then the app is not installed on the
             *     account any more, and must subscribe again.
             */
            kind: string;
            /** @description Since when the endpoint failed, RFC 3339. */
            since: string;
            /** @description When it was told, RFC 3339. */
            time: string;
        };
        /** @description Alerts, newest first. */
        Alerts: {
            data: components["schemas"]["AlertView"][];
        };
        /** @description A comment that was answered. */
        AnsweredComment: {
            id: string;
            text: string;
            /** @description The post that it stands under, to which the message links. */
            media_id: string;
        };
        /** @description What is to be different about an app; what is left out stays. */
        AppChange: {
            live?: boolean | null;
            advanced_access?: boolean | null;
            human_agent?: boolean | null;
            /** @description Told when somebody takes the app off, by Facebook Login; null for nowhere. */
            deauth_callback_url?: string | null;
            /** @description Told when somebody wants their data deleted, by Facebook Login. */
            data_deletion_url?: string | null;
            /** @description The same two by Instagram Login. */
            instagram_deauth_callback_url?: string | null;
            instagram_data_deletion_url?: string | null;
        };
        /** @description An app. */
        AppView: components["schemas"]["Callbacks"] & {
            id: string;
            name: string;
            /** @description Its id for Instagram Login. */
            instagram_app_id: string;
            /** @description Whether it is published. */
            live: boolean;
            /** @description Whether its permissions have Advanced Access. */
            advanced_access: boolean;
            /** @description Whether it holds the Human Agent feature. */
            human_agent: boolean;
        };
        /** @description All apps. */
        Apps: {
            data: components["schemas"]["AppView"][];
        };
        /** @description A file, a sticker or a post in a message. */
        AttachmentView: {
            /**
             * @description `image`, `video`, `audio`, `file`, `sticker`, `like_heart`, `share` or `story_mention`; `unsupported`; or whatever name apps
             *     are told.
             */
            type: string;
            /** @description Where it can be loaded; left out when it is there no more. */
            url?: string | null;
            /** @description The post that is shared. */
            id?: string | null;
            /** @description Name of a file. */
            name?: string | null;
        };
        /** @description One try. */
        AttemptView: {
            /** Format: int32 */
            number: number;
            /** @description RFC 3339. */
            time: string;
            /** Format: int64 */
            duration_ms: number;
            /** @description Empty when it was given up without a POST. */
            url: string;
            /**
             * Format: int32
             * @description HTTP status, null when there was no answer.
             */
            status?: number | null;
            /** @description Beginning of the answer's body, or why there was none. */
            answer: string;
            /** @description What it came to, in words. */
            outcome: string;
        };
        /** @description Who has blocked whom. */
        Blocked: {
            /** @description The person has blocked the account. */
            by_person: boolean;
            /** @description The account has blocked the person. */
            by_account: boolean;
        };
        /** @description A message to a person, or to the account itself. */
        ByHand: {
            /** @description Username of the person; that of the account itself to try something out. */
            to: string;
            /** @description At most 1000 characters. */
            text?: string | null;
            /** @description One to ten files, or one of anything else. */
            attachments?: components["schemas"]["NewAttachment"][];
            /** @description The message of the conversation that this one answers. */
            reply_to?: string | null;
            /** @description The message whose story this one answers. */
            story?: string | null;
            /**
             * @description `instagram` or `page`: the inbox, which has the thread from then on, while apps stand by; without it the app itself,
             *     which changes nothing about control. With an inbox the thread may be moved there without a message.
             */
            inbox?: string | null;
        };
        /** @description Where an app is told of people who leave it, by either login product. */
        Callbacks: {
            deauth_callback_url?: string | null;
            data_deletion_url?: string | null;
            instagram_deauth_callback_url?: string | null;
            instagram_data_deletion_url?: string | null;
        };
        /** @description Something that can be tapped. */
        Choice: {
            title: string;
            /** @description What the app gets. */
            payload: string;
        };
        /** @description Everything that can be tapped. */
        Choices: {
            /** @description Shown only before the conversation starts. */
            ice_breakers: components["schemas"]["Choice"][];
            /** @description Items that cause a postback; web links are left out. */
            persistent_menu: components["schemas"]["Choice"][];
        };
        /** @description A comment under a post. */
        CommentView: {
            id: string;
            text: string;
            /** @description Username of the writer. */
            from: string;
            /** @description When it was written, RFC 3339. */
            timestamp: string;
            /** @description The comment that it answers. */
            parent_id?: string | null;
            /** @description When its one private reply was used up, RFC 3339. */
            replied_time?: string | null;
        };
        /** @description An account as a person's app lists it. */
        Contact: {
            username: string;
            name: string;
            /** @description Picture, a path on this server or an absolute URL. */
            profile_pic: string;
            /** @description Whether the person follows it. */
            follows: boolean;
            blocked: components["schemas"]["Blocked"];
            thread?: null | components["schemas"]["ThreadRow"];
        };
        /** @description Accounts, those with the newest messages first. */
        Contacts: {
            data: components["schemas"]["Contact"][];
        };
        /** @description Who controls a thread. */
        ControlView: {
            /** @description How the account shares threads out: `open` where nothing is configured, `conversation_routing` or `handover`. */
            routing: string;
            /** @description The app that controls the thread; null when it is idle. */
            owner_app?: string | null;
            /** @description Until when, RFC 3339; null when it is idle, and under the handover protocol, where control has no end. */
            owner_until?: string | null;
            /** @description The one app that hears on the normal channel and may send; null when every app does. */
            listener_app?: string | null;
        };
        /** @description A conversation. */
        Conversation: {
            /** @description Messages, newest first; none while the thread is removed. */
            data: components["schemas"]["MessageView"][];
            /** @description Whether there are older messages than those listed. */
            older: boolean;
            typing?: null | components["schemas"]["Typing"];
            seen: components["schemas"]["SeenView"];
            /** @description `primary`, `general`, `requests` or `spam`; null before there is a thread. */
            folder?: string | null;
            blocked: components["schemas"]["Blocked"];
            /** @description Whether the person deleted or archived the thread. */
            removed: boolean;
        };
        /** @description Deliveries, newest first. */
        Deliveries: {
            data: components["schemas"]["DeliveryView"][];
        };
        /** @description A delivery with its request and what became of it. */
        DeliveryDetail: components["schemas"]["DeliveryFacts"] & {
            request: components["schemas"]["RequestView"];
            /** @description First attempt first. */
            attempts: components["schemas"]["AttemptView"][];
        };
        /** @description What there is to say of a delivery in a list and by itself. */
        DeliveryFacts: {
            id: string;
            app_id: string;
            account_id: string;
            /** @description `facebook` or `instagram`: which product's secret signs. */
            login: string;
            /** @description Webhook field, or callback of the login product. */
            field: string;
            /** @description `messaging`, `standby`, `changes` or `callback`. */
            channel: string;
            /** @description `pending`, `delivered` or `dropped`. */
            state: string;
            /** @description RFC 3339. */
            created_time: string;
            /** @description When a pending one is next tried, RFC 3339. */
            due_time: string;
            /** @description The delivery that it repeats, when it was made by hand. */
            copy_of?: string | null;
        };
        /** @description A delivery. */
        DeliveryView: components["schemas"]["DeliveryFacts"] & {
            /**
             * Format: int32
             * @description Attempts made.
             */
            attempts: number;
        };
        /** @description The answer where there is nothing to tell: `{}`. */
        Empty: Record<string, never>;
        /** @description An entry of the log. */
        EventView: {
            /**
             * Format: int64
             * @description Its number; resume behind it.
             */
            seq: number;
            /**
             * @description `message_received`, `message_sent`, `postback`, `seen`, `reaction`, `typing`, `business_seen`, `message_deleted`,
             *     `message_edited` or `referral`.
             */
            kind: string;
            account_id: string;
            /** @description The person, as the account knows them. */
            igsid: string;
            /** @description The person's username. */
            username?: string | null;
            /** @description RFC 3339. */
            time: string;
            message_id: string;
            /** @description What the message says; null when it is no more. */
            text?: string | null;
        };
        /** @description Entries of the log, oldest first. */
        Events: {
            data: components["schemas"]["EventView"][];
        };
        /** @description Armed rules, oldest first. */
        FaultList: {
            data: components["schemas"]["FaultView"][];
        };
        /** @description A rule, and what it did. */
        FaultView: {
            fault: string;
            /** @description `always`, `next N` or `every N`. */
            when: string;
            app?: string | null;
            field?: string | null;
            /** Format: int64 */
            amount: number;
            /**
             * Format: int64
             * @description Occasions that it met.
             */
            seen: number;
            /**
             * Format: int64
             * @description Occasions on which it struck.
             */
            fired: number;
        };
        /** @description A file that can be sent. */
        FileView: {
            /** @description By which messages name it. */
            asset_id: string;
            type: string;
            /** @description Its media type, as read from its bytes. */
            content_type: string;
            /** @description Where it can be loaded. */
            url: string;
        };
        /** @description Which deliveries are meant. */
        Filter: {
            /** @description Id of the app that is told. */
            app?: string | null;
            /** @description Id or username of the account that it is about. */
            account?: string | null;
            /** @description Webhook field, or `deauthorize` or `data_deletion`. */
            field?: string | null;
            /** @description `pending`, `delivered` or `dropped`. */
            state?: string | null;
            /** @description Only what was caused at this time or later, RFC 3339. */
            since?: string | null;
            /** @description Only deliveries older than this id. */
            before?: string | null;
            /** @description Only deliveries that tell of this message; those among the newest thousand are found. */
            message?: string | null;
            /**
             * Format: int32
             * @description How many at most.
             */
            limit?: number | null;
        };
        /** @description What came of a link. */
        Followed: {
            /**
             * @description Whether it is a referral, which opens the window. It is none before there is a conversation, where the first message or tap carries
             *     the `ref`, nor without a `ref`.
             */
            referral: boolean;
        };
        /** @description How a story was received. */
        Insights: {
            /**
             * Format: int32
             * @default 0
             */
            impressions: number;
            /**
             * Format: int32
             * @default 0
             */
            reach: number;
            /**
             * Format: int32
             * @default 0
             */
            taps_forward: number;
            /**
             * Format: int32
             * @default 0
             */
            taps_back: number;
            /**
             * Format: int32
             * @default 0
             */
            exits: number;
            /**
             * Format: int32
             * @default 0
             */
            replies: number;
        };
        /** @description A post. */
        MediaView: {
            id: string;
            caption: string;
            /** @description Its picture, a path on this server or an absolute URL. */
            url: string;
            /** @description `FEED`, `REELS`, `STORY`, `AD` or `LIVE`. */
            media_product_type: string;
            /** @description When it was published, RFC 3339. */
            timestamp: string;
            /** @description When the broadcast ended, RFC 3339. */
            ended_time?: string | null;
            /** @description When a story ends by itself, RFC 3339. */
            expires_time?: string | null;
            /** @description The posts that a carousel shows. */
            children?: string[];
            /** @description Where the sticker of a story leads. */
            link_url?: string | null;
            ad?: null | components["schemas"]["AdView"];
            insights?: null | components["schemas"]["Insights"];
            /** @description Oldest first. */
            comments: components["schemas"]["CommentView"][];
        };
        /** @description What names the account now. */
        MentionView: {
            media_id: string;
            comment_id?: string | null;
        };
        /** @description A message as the person sees it. What it does not have is left out behind `created_time`. */
        MessageView: {
            id: string;
            /** @description Username of the writer. */
            from: string;
            text: string;
            /** @description RFC 3339. */
            created_time: string;
            attachments?: components["schemas"]["AttachmentView"][];
            /** @description As it was sent, with the buttons' titles cut at 20 characters. */
            template?: Record<string, never> | null;
            /** @description Only below the newest message; a phone number or an address only for people who have one. */
            quick_replies?: components["schemas"]["QuickReplyView"][];
            reactions?: components["schemas"]["ReactionView"][];
            /** @description The message that this one answers. */
            reply_to?: string | null;
            story?: null | components["schemas"]["PostView"];
            /** @description The message with the person's story that this one answers. */
            mention?: string | null;
            comment?: null | components["schemas"]["AnsweredComment"];
            /** @description Whether it was taken back: then nothing else is left of it. */
            is_unsent?: boolean;
            /** @description Whether its text was edited. */
            is_edited?: boolean;
        };
        /** @description Where to move the clock: one of the two. */
        Move: {
            /** @description How far, such as `25h1m`, `90s` or `-2h`; units are `d h m s ms`. */
            advance?: string | null;
            /** @description Until when, RFC 3339. */
            set?: string | null;
        };
        /** @description Something that an app does with the control over a thread. */
        NewAct: {
            /** @description Username of the account. */
            to: string;
            /** @description `pass`, `release`, `take`, `request` or `extend`. */
            act: string;
            /** @description Id of the app that does it. */
            app: string;
            /** @description With `pass`, the app that gets the thread, or an inbox; without one the default app. */
            target_app?: string | null;
            /** @description The app's own text for whoever is told. */
            metadata?: string | null;
            /**
             * Format: int64
             * @description With `extend`, seconds from now on, at most seven days; without it all of them.
             */
            duration?: number | null;
        };
        /** @description A click-to-message ad. */
        NewAd: {
            ad_id: string;
            /** @description The developer's own text in it. */
            ref?: string | null;
            ad_title?: string | null;
            photo_url?: string | null;
            video_url?: string | null;
            /** @description The welcome message flow that it starts. */
            flow_id?: string | null;
            /** @description Id of the app to which it leads. */
            receiving_app_id?: string | null;
            /**
             * Format: int64
             * @description Days for which that app controls the thread, 1 to 30; any other number counts as 1.
             */
            receiving_app_control_expiration?: number | null;
        };
        /** @description Something beside text. */
        NewAttachment: {
            /**
             * @description `image`, `video`, `audio` or `file`; `sticker` or `gif`; `like_heart`; `share` of a post, reel or story of the account;
             *     `story_mention`; `ephemeral`, which nobody can look at; `fallback`; `unsupported`; or any name with a `payload`, which apps are
             *     told as they are.
             */
            type: string;
            /** @description Where the file is, or the picture of a story that mentions the account; this or `asset_id`. */
            url?: string | null;
            /** @description A file that was uploaded before. */
            asset_id?: string | null;
            /** @description The post that is shared. */
            id?: string | null;
            /** @description What apps are told of it. */
            payload?: Record<string, never> | null;
        };
        /** @description A comment under a post. */
        NewComment: {
            /** @description Username of the account. */
            to: string;
            /** @description The post; a broadcast takes comments while it runs. */
            media_id: string;
            /** @description 1 to 2200 characters. */
            text: string;
            /** @description The comment that it answers. */
            parent_id?: string | null;
        };
        /** @description What is done. */
        NewEnforcement: {
            /** @description `warning`; `block`, after which the account may not use the API; `unblock`. */
            action: string;
            /** @description Why, at most 500 characters; an unblock has none. */
            reason?: string | null;
        };
        /** @description A rule to be armed. It strikes each time, unless `next` or `every` says how often. */
        NewFault: {
            /** @description `duplicate`, `reorder`, `delay`, `drop`, `batch`, `echo_before_answer`, `slow` or `fail`. */
            fault: string;
            /**
             * Format: int64
             * @description The next so many times only.
             */
            next?: number | null;
            /**
             * Format: int64
             * @description Every so many times.
             */
            every?: number | null;
            /** @description Only what goes to this app; for `echo_before_answer` only sends of it. */
            app?: string | null;
            /** @description Only this field. */
            field?: string | null;
            /**
             * Format: int64
             * @description How much: milliseconds for `delay` (10000), `reorder` (5000) and `slow` (1000), deliveries in one POST for `batch` (10),
             *     the HTTP status for `fail` (500).
             */
            amount?: number | null;
        };
        /** @description An ig.me link, `https://ig.me/m/{to}?ref={ref}`. */
        NewLink: {
            /** @description Username of the account. */
            to: string;
            /** @description At most 2083 letters, digits, `-`, `_` and `=`. */
            ref?: string | null;
            /** @description Id of the app to which it leads, where the account routes it to one. */
            receiving_app_id?: string | null;
        };
        /** @description A post or a comment of the person that names an account. */
        NewMention: {
            /** @description Username of the account. */
            to: string;
            /** @description `caption`, where nothing is said, or `comment`. */
            in?: string | null;
            /** @description The person's post; a new one without it. */
            media_id?: string | null;
            /** @description What the caption or the comment says, 1 to 2200 characters. */
            text: string;
        };
        /** @description A message to an account: a text, or attachments. */
        NewMessage: {
            /** @description Username of the account. */
            to: string;
            /** @description At most 1000 characters. */
            text?: string | null;
            /** @description One to ten files, or one of anything else. A text beside a share is a message of its own, which follows it. */
            attachments?: components["schemas"]["NewAttachment"][];
            /** @description Id of the account's story that the text answers. */
            story?: string | null;
            /** @description The message of the conversation that this one answers. */
            reply_to?: string | null;
            /** @description The `ref` of an ig.me link by which the person came, in a first message. */
            ref?: string | null;
            /** @description Id of the app to which that link leads, where the account routes it to one. */
            receiving_app_id?: string | null;
            ad?: null | components["schemas"]["NewAd"];
            /** @description Id of the product from whose page the person came. */
            product?: string | null;
        };
        /** @description An opt-in to notifications. */
        NewOptIn: {
            /** @description Username of the account. */
            to: string;
            /** @description The title of the offer. */
            title: string;
            /** @description The app's own text behind it. */
            payload: string;
            /** @description How often notifications may come, such as `DAILY`. */
            frequency?: string | null;
            /** @description The person's time zone. */
            timezone?: string | null;
            /** @description Whether it ends notifications. */
            stopped?: boolean;
        };
        /** @description A person to be made. */
        NewPerson: {
            /** @description 1 to 30 of `a`-`z`, `0`-`9`, `.` and `_`; not taken by a person or an account. */
            username: string;
            /** @description Display name, at most 64 characters. */
            name?: string | null;
            /**
             * Format: int64
             * @description People who follow them, 0 when left out.
             */
            follower_count?: number | null;
        };
        /** @description A post to be published. */
        NewPost: {
            /** @description `FEED`, where nothing is said; `REELS`, `STORY`, which ends after a day; `AD`; or `LIVE`, which runs from now on. */
            media_product_type?: string | null;
            /** @description At most 2200 characters. */
            caption?: string;
            /**
             * Format: int32
             * @description How many pictures a carousel shows, 2 to 20; each is a post of its own that can be commented on.
             */
            pictures?: number | null;
            /** @description Where the sticker of a story leads. */
            link_url?: string | null;
            ad?: null | components["schemas"]["AdView"];
        };
        /** @description A reaction to a message. */
        NewReaction: {
            /** @description A message of either side. */
            message_id: string;
            /** @description An emoji, or `love`. */
            reaction: string;
        };
        /** @description A tap on one thing: an ice breaker, a menu item, a template's button, or a quick reply. */
        NewTap: {
            /** @description Username of the account. */
            to: string;
            /** @description Question of an ice breaker. */
            ice_breaker?: string | null;
            /** @description Title of an item of the persistent menu. */
            menu_item?: string | null;
            /** @description Title of a template's button. */
            button?: string | null;
            /** @description The message with that button; without it the newest that shows one of that title. */
            message_id?: string | null;
            /** @description A quick reply of the newest message, as it is shown: its title, or the person's phone number or e-mail address. */
            quick_reply?: string | null;
            /** @description With an ice breaker, the `ref` of the ig.me link by which the person came. */
            ref?: string | null;
            /** @description Id of the app to which that link leads, where the account routes it to one. */
            receiving_app_id?: string | null;
        };
        /** @description A test of a field. */
        NewTest: {
            /** @description The webhook field, `messages` where nothing is said. */
            field?: string | null;
            /**
             * @description `messaging`, as the product of Facebook Login has it; `changes`, as that of Instagram Login has it; `early_2021`. Where
             *     nothing is said it is that of `login`.
             */
            shape?: string | null;
            /** @description `facebook`, where nothing is said, or `instagram`. */
            login?: string | null;
        };
        /** @description Another text. */
        NewText: {
            /** @description At most 1000 characters. */
            text: string;
        };
        /** @description A verdict on a message. */
        NewVerdict: {
            /** @description A message of the business. */
            message_id: string;
            /** @description `good` or `bad`. */
            feedback: string;
        };
        /** @description The present moment of the world. */
        Now: {
            /** @description RFC 3339. */
            now: string;
        };
        /** @description A thread to open. */
        Opening: {
            /** @description Username of the account. */
            with: string;
        };
        /** @description A comment of the account under a post of its own. */
        OwnComment: {
            media_id: string;
            /** @description 1 to 2200 characters. */
            text: string;
            /** @description The comment that it answers. */
            parent_id?: string | null;
        };
        /** @description A tap of the account on what it offers itself. */
        OwnTap: {
            /** @description Title of an item of the persistent menu. */
            menu_item?: string | null;
            /** @description Title of a template's button. */
            button?: string | null;
        };
        /** @description The Page that an account is linked to. */
        PageView: {
            id: string;
            name: string;
        };
        /** @description People. */
        People: {
            data: components["schemas"]["PersonView"][];
        };
        /** @description What is to be different about a person; what is left out stays. */
        PersonChange: {
            /** @description `active`; `deactivated` or `deleted`, who do nothing and get nothing. */
            status?: string | null;
            /** @description Whether only followers see what they publish: mentions in it are not told then. */
            is_private?: boolean | null;
            /** @description Phone number in the profile, which a quick reply may offer; null takes it out. */
            phone?: string | null;
            /** @description E-mail address in the profile, which a quick reply may offer; null takes it out. */
            email?: string | null;
        };
        /** @description A person who can write to accounts. */
        PersonView: {
            /** @description Our own id; no app ever sees it. */
            id: string;
            username: string;
            name?: string | null;
            /** @description Picture, a path on this server or an absolute URL. */
            profile_pic?: string | null;
            /** Format: int64 */
            follower_count: number;
            /** @description `active`, `deactivated` or `deleted`. */
            status: string;
            /** @description Whether only followers see what they publish. */
            is_private: boolean;
            phone?: string | null;
            email?: string | null;
            /** @description Username of an account, and the person's id for it; only accounts that know the person. */
            igsids: {
                [key: string]: string;
            };
            /** @description Username of an account, and when the person last opened its window, RFC 3339; only accounts that they wrote to. */
            window_times: {
                [key: string]: string;
            };
        };
        /** @description A webhook field. */
        PinnedView: {
            name: string;
            /** @description The version whose shape its events have, as in `v25.0`. */
            version: string;
        };
        /** @description What is to be different about a post; what is left out stays. */
        PostChange: {
            /** @description `FEED`, `REELS`, `STORY`, `AD` or `LIVE`. */
            media_product_type?: string | null;
            /** @description Whether the broadcast or story is over, from now on; false lets a broadcast run again. */
            ended?: boolean | null;
            insights?: null | components["schemas"]["Insights"];
        };
        /** @description A post of the account. */
        PostView: {
            id: string;
            /** @description Its picture. */
            url?: string | null;
        };
        /** @description What was posted. */
        Posted: {
            /** @description The `comment_id` of private replies. */
            comment_id: string;
        };
        /** @description A delivery that is to be made now. */
        PutBack: {
            /** @description That of the delivery itself, or of the new one that repeats it. */
            id?: string | null;
            /** @description `pending`. */
            state: string;
        };
        /** @description How many are made again. */
        PutBackMany: {
            count: number;
            /** @description Where to go on, as `before`, when there may be more. */
            next?: string | null;
        };
        /** @description An answer to be tapped. */
        QuickReplyView: {
            /** @description `text`, `user_phone_number` or `user_email`. */
            content_type: string;
            /** @description Its title, or what the person's profile has. */
            title: string;
        };
        /** @description A reaction to a message. */
        ReactionView: {
            /** @description Username of who reacted. */
            from: string;
            emoji: string;
        };
        /** @description Which deliveries are to be made again; without a state, those that were dropped. */
        Redeliveries: components["schemas"]["Filter"] & {
            /** @description Where they go, instead of the app's own callback. */
            url?: string | null;
        };
        /** @description What is to be different about a delivery that is made again; with nothing it is made again as it was. */
        Redelivery: {
            /** @description Its element: what stands in `messaging`, `standby` or `changes`, or is signed in a callback. */
            element?: Record<string, never> | null;
            /** @description Where it goes, instead of the app's own callback. */
            url?: string | null;
        };
        /** @description What is posted, as the app's present subscription has it. */
        RequestView: {
            /** @description The callback; null when nobody wants it any more. */
            url?: string | null;
            headers: {
                [key: string]: string;
            };
            /** @description The exact bytes, pure ASCII, where it goes alone. */
            body: string;
        };
        /** @description What was seen by opening a thread. */
        Seen: {
            /** @description The account's newest message, or null when there was nothing new to see. */
            seen?: string | null;
        };
        /** @description What each side has seen. */
        SeenView: {
            /** @description The account's newest message that the person has seen. */
            by_person?: string | null;
            /** @description The person's newest message, of those listed, that the account has answered or marked as seen. */
            by_account?: string | null;
        };
        /** @description What was posted. */
        Sent: {
            url: string;
            headers: {
                [key: string]: string;
            };
            /** @description The exact bytes. */
            body: string;
        };
        /** @description Where an app is told of one object's events, and of which. */
        SubscriptionView: {
            /** @description `instagram` or `page`. */
            object: string;
            callback_url: string;
            /** @description Whether `changes` carry values. */
            include_values?: boolean;
            /** @description Whether anything is delivered. */
            active?: boolean;
            fields: components["schemas"]["PinnedView"][];
        };
        /** @description Every subscription of an app. */
        Subscriptions: {
            data: components["schemas"]["SubscriptionView"][];
        };
        /** @description What a tap led to: one of the two. */
        TappedView: {
            /** @description The person's message, `mid` of webhooks and of the Graph API. */
            message_id?: string | null;
            /** @description The page that opened; nobody is told of it. */
            url?: string | null;
        };
        /** @description A test that was made. */
        TestView: {
            request: components["schemas"]["Sent"];
            /**
             * Format: int32
             * @description Null when there was no answer.
             */
            status?: number | null;
            /** @description Beginning of the answer's body, or why there was none. */
            answer: string;
            /** Format: int64 */
            duration_ms: number;
        };
        /** @description A conversation in a list. */
        ThreadRow: {
            /** @description When its newest message was written, RFC 3339. */
            updated_time: string;
            /** @description The person's latest act that opens the account's window, RFC 3339. */
            window_time?: string | null;
            /** @description `primary`, `general`, `requests` or `spam`. */
            folder?: string | null;
            typing?: null | components["schemas"]["Typing"];
            /** @description Messages of the account since the person last looked or wrote, at most 25. */
            unread_count: number;
            newest?: null | components["schemas"]["MessageView"];
        };
        /** @description How often the app was told. */
        Told: {
            count: number;
        };
        /** @description The account writes. */
        Typing: {
            /** @description RFC 3339. */
            until: string;
        };
        /** @description An account that something is done to. */
        Whom: {
            /** @description Username of the account. */
            to: string;
        };
        /** @description A person to be followed. */
        WhomToFollow: {
            /** @description Username of the person. */
            to: string;
        };
        /** @description What was written. */
        Written: {
            /** @description The `mid` of webhooks and of the Graph API. */
            message_id: string;
            /** @description The text that was written about a share. */
            text_message_id?: string | null;
        };
        /** @description The message that was written. */
        WrittenByHand: {
            /** @description Null when the thread was only moved. */
            message_id?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_accounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accounts"];
                };
            };
        };
    };
    change_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountView"];
                };
            };
            /** @description not a type or a standing; two ways to share threads out */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account or app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_app: {
        parameters: {
            query?: {
                /** @description `facebook` or `instagram`; without it, through each that the app came by. */
                login?: string;
            };
            header?: never;
            path: {
                /** @description the account */
                username: string;
                /** @description either of the app's ids */
                app: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such account or app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ask_deletion: {
        parameters: {
            query?: {
                /** @description `facebook` or `instagram`; without it, through each that the app came by. */
                login?: string;
            };
            header?: never;
            path: {
                /** @description the account */
                username: string;
                /** @description either of the app's ids */
                app: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Told"];
                };
            };
            /** @description no such account or app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    comment_by_hand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnComment"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Posted"];
                };
            };
            /** @description no text, or too much of it; the broadcast or story is over */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account, post or comment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    enforce: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEnforcement"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description not an action, or a reason too many or too few */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    follow_by_hand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WhomToFollow"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account or person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unfollow_by_hand: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such account or person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    publish_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPost"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaView"];
                };
            };
            /** @description not a type, or too long a caption; a sticker without a story, too few pictures or too many */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
                /** @description the post */
                media: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaView"];
                };
            };
            /** @description not a type; a story that is over */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account or post */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    write_by_hand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ByHand"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WrittenByHand"];
                };
            };
            /** @description nothing to say, or one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account, person, message or file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unsend_by_hand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
                /** @description the message */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description the person wrote it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    tap_by_hand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description which account */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnTap"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TappedView"];
                };
            };
            /** @description there is nothing like that to tap */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_alerts: {
        parameters: {
            query?: {
                /** @description 1 to 100, usually 25. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Alerts"];
                };
            };
        };
    };
    list_apps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Apps"];
                };
            };
        };
    };
    change_app: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description either of its ids */
                app: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppView"];
                };
            };
            /** @description not an address that may be posted to */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    give_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description either of its ids */
                app: string;
                /** @description the person */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such app or person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    take_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description either of its ids */
                app: string;
                /** @description the person */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such app or person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_subscriptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description either of its ids */
                app: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subscriptions"];
                };
            };
            /** @description no such app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    put_subscription: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description either of its ids */
                app: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionView"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionView"];
                };
            };
            /** @description not an object, a field of it, a version or an address that may be called */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test_field: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description either of its ids */
                app: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestView"];
                };
            };
            /** @description no such field or shape, or the app has no endpoint */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Now"];
                };
            };
        };
    };
    move_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Move"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Now"];
                };
            };
            /** @description not a time, or the clock cannot be moved */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_deliveries: {
        parameters: {
            query?: {
                /** @description Id of the app that is told. */
                app?: string;
                /** @description Id or username of the account that it is about. */
                account?: string;
                /** @description Webhook field, or `deauthorize` or `data_deletion`. */
                field?: string;
                /** @description `pending`, `delivered` or `dropped`. */
                state?: string;
                /** @description Only what was caused at this time or later, RFC 3339. */
                since?: string;
                /** @description Only deliveries older than this id. */
                before?: string;
                /** @description Only deliveries that tell of this message; those among the newest thousand are found. */
                message?: string;
                /** @description How many at most. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deliveries"];
                };
            };
            /** @description not an id, a field, a state or a time */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    redeliver_many: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Redeliveries"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PutBackMany"];
                };
            };
            /** @description not an id, a field, a state, a time or an address that may be posted to */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_delivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the delivery */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    redeliver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the delivery */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Redelivery"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PutBack"];
                };
            };
            /** @description not an element, or not an address that may be posted to */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such delivery */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                /** @description Only entries behind this number, usually 0. */
                after?: number;
                /** @description How many at most: 1 to 1000, usually 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Events"];
                };
            };
        };
    };
    stream_events: {
        parameters: {
            query?: {
                /** @description Behind this number; usually behind the newest entry. The header `Last-Event-ID` goes first. */
                after?: number;
            };
            header?: {
                /** @description the last entry that the client has */
                "Last-Event-ID"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["EventView"];
                };
            };
        };
    };
    list_faults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultList"];
                };
            };
        };
    };
    arm_fault: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFault"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FaultView"];
                };
            };
            /** @description not a fault, an app, a field or an amount; or there are a hundred rules already */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    clear_faults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
        };
    };
    read_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_people: {
        parameters: {
            query?: {
                /** @description Only people behind this one, by `id`. */
                after?: number;
                /** @description How many at most: 1 to 500, usually 100. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
        };
    };
    create_person: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPerson"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            /** @description not a username */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description the username is taken */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_person: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PersonChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonView"];
                };
            };
            /** @description not a status, a phone number or an address */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who looks */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contacts"];
                };
            };
            /** @description no such person */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    block: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who blocks */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Whom"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unblock: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description who blocked */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_choices: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description who looks */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Choices"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    post_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who comments */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Posted"];
                };
            };
            /** @description no text, or too much of it; the broadcast or story is over; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person, account, post or comment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_comment: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description who wrote it */
                username: string;
                /** @description the comment */
                comment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such person, account or comment */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_control: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description whose thread */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    act_on_control: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description whose thread */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAct"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ControlView"];
                };
            };
            /** @description the app may not do that as things stand */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person, account or app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    give_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who judges */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVerdict"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no message of the business; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    upload_file: {
        parameters: {
            query: {
                /** @description Username of the account that it will be sent to. */
                to: string;
                /** @description `image`, `video`, `audio` or `file`. */
                type: string;
                /** @description Name of the file, ASCII. */
                name?: string;
            };
            header?: never;
            path: {
                /** @description whose file */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileView"];
                };
            };
            /** @description not a file of that type, or too large */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    follow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who follows */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Whom"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unfollow: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description who followed */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    follow_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who follows it */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewLink"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Followed"];
                };
            };
            /** @description not a ref; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person, account or app */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    mention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who writes */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMention"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MentionView"];
                };
            };
            /** @description no text, or too much of it; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_thread: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
                /** @description How many messages at most: 1 to 100, usually 25. */
                limit?: number;
                /** @description Only messages older than this one. */
                before?: string;
            };
            header?: never;
            path: {
                /** @description who reads */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    write_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who writes */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMessage"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Written"];
                };
            };
            /** @description nothing to say, or too much of it; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person, account, message, post or file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_thread: {
        parameters: {
            query: {
                /** @description Username of the account. */
                with: string;
            };
            header?: never;
            path: {
                /** @description who removes it */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description there is no thread */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    edit_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who wrote it */
                username: string;
                /** @description the message */
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewText"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no text of theirs, or edited too often */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unsend_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who wrote it */
                username: string;
                /** @description the message */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description the business wrote it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    open_thread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who opens */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Opening"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Seen"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    opt_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who opts in */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewOptIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description a text is missing or too long; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    react: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who reacts */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewReaction"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description not an emoji; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unreact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who reacted */
                username: string;
                /** @description the message */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description they have no reaction there */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    end_story: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description whose story it is */
                username: string;
                /** @description the message that mentions the account */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no story of theirs */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    tap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who taps */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTap"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TappedView"];
                };
            };
            /** @description there is nothing like that to tap; one of the two has blocked the other */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description no such person, account or message */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who types */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Whom"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description who looks */
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Whom"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description no such person or account */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    read_picture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description 1 to 64 of a-z, 0-9, . _ and -, followed by .svg */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/svg+xml": string;
                };
            };
            /** @description not such a name */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
