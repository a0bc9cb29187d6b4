// Written by `npm run types` from docs/openapi/inbox.json.

export interface paths {
    "/inbox/api/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody who works here. */
        get: operations["list_agents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Changes an agent. */
        post: operations["change_agent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who did what, newest first. */
        get: operations["read_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/canned_replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The canned replies. */
        get: operations["list_canned_replies"];
        put?: never;
        /** Makes a canned reply. */
        post: operations["add_canned_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/canned_replies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a canned reply. */
        put: operations["change_canned_reply"];
        post?: never;
        /** Takes a canned reply away. */
        delete: operations["remove_canned_reply"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Comments on the account's posts, newest first. */
        get: operations["list_comments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/comments/{id}/private_reply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a comment privately: once, within seven days. */
        post: operations["reply_privately"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The connected accounts. */
        get: operations["list_connections"];
        put?: never;
        /** Connects an account, or gives one new secrets. */
        post: operations["connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/connections/{id}/catch_up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reads at once what webhooks may have missed, instead of when it is due, and hears what time it is on the platform. */
        post: operations["catch_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of conversations. */
        get: operations["list_conversations"];
        put?: never;
        /** Changes many conversations at once. */
        post: operations["change_conversations"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of a thread. */
        get: operations["read_conversation"];
        put?: never;
        /** Changes a conversation. */
        post: operations["change_conversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a file to the platform, to be sent in this conversation by the id that is answered: its bytes as they are, their
         *     `Content-Type`, and in `x-file-name` perhaps its name. Nothing of it is kept here.
         */
        post: operations["attach"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/canned_replies/{reply}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A canned reply as it reads in this conversation. */
        get: operations["fill_canned_reply"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Keeps what one has begun to write. */
        put: operations["keep_draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Writes what agents note of the person, in place of what was noted before. */
        put: operations["put_fields"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes a note. */
        post: operations["write_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Says that one is at a conversation; good for 30 seconds. */
        put: operations["be_present"];
        post?: never;
        /** Says that one has left a conversation. */
        delete: operations["leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/conversations/{id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers the person. 409 with what is newer, when something newer stands than the author had seen. */
        post: operations["reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many conversations each view shows, for the figures beside their names. */
        get: operations["count_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of events. */
        get: operations["list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a one-time link by which somebody comes in. */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Comes in by a one-time link. */
        post: operations["join"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The labels. */
        get: operations["list_labels"];
        put?: never;
        /** Makes a label. */
        post: operations["add_label"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/labels/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a label. */
        put: operations["change_label"];
        post?: never;
        /** Takes a label away. */
        delete: operations["remove_label"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events as they happen, behind `after` or the browser's own `Last-Event-ID`: each with its number as `id`, its kind as
         *     `event` and itself as `data`. Between them, without a number, `presence` tells who is at a conversation (`Whispered`), and `clock`
         *     that the clock was moved (`Clock`).
         */
        get: operations["follow_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/me/available": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Whether one takes new conversations. */
        put: operations["set_available"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/me/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** From now on logging in needs a code. */
        put: operations["set_code"];
        /** A secret for an authenticator; it counts once a code of it was shown. */
        post: operations["new_code"];
        /** Logging in needs no code any more. */
        delete: operations["remove_code"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/me/name": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes one's own name. */
        put: operations["rename"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes one's password; all other log-ins end. */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/outbox/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gives up something that failed. */
        delete: operations["discard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/outbox/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries something again that failed: once. */
        post: operations["retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finds words in what people wrote, in their names, in notes. */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is logged in. */
        get: operations["read_session"];
        put?: never;
        /** Logs in. */
        post: operations["log_in"];
        /** Logs out. */
        delete: operations["log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's log-ins. */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        /** Ends all of one's log-ins but this one. */
        delete: operations["end_other_sessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of one's log-ins. */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The teams. */
        get: operations["list_teams"];
        put?: never;
        /** Makes a team. */
        post: operations["add_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/teams/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a team. */
        put: operations["change_team"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/teams/{id}/members/{agent}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Puts somebody into a team. */
        put: operations["join_team"];
        post?: never;
        /** Takes somebody out of a team. */
        delete: operations["leave_team"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own views and everybody's. */
        get: operations["list_views"];
        put?: never;
        /** Keeps a view. */
        post: operations["add_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Takes a view away. */
        delete: operations["remove_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inbox/api/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** How the desk is set up. */
        put: operations["set_up"];
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
        /** @description Somebody who works here. */
        Agent: {
            /** @description Their id. */
            id: components["schemas"]["AgentId"];
            /** @description Their address. */
            email: string;
            /** @description Their name. */
            name: string;
            /** @description What they may do. */
            role: components["schemas"]["Role"];
            /** @description False when they are locked out. */
            active: boolean;
            /** @description Whether they take new conversations. */
            available: boolean;
            /**
             * Format: int32
             * @description How many open conversations they can have.
             */
            capacity: number;
            /**
             * Format: int32
             * @description How many they have.
             */
            open_count: number;
            /** @description Whether their log-in needs a code. */
            has_code: boolean;
        };
        /** @description What changes about an agent; what is absent stays. */
        AgentChange: {
            /**
             * @description Their name.
             * @default null
             */
            name: string | null;
            /** @default null */
            role: null | components["schemas"]["Role"];
            /**
             * @description False to lock them out at once.
             * @default null
             */
            active: boolean | null;
            /**
             * Format: int32
             * @description How many open conversations they can have.
             * @default null
             */
            capacity: number | null;
        };
        AgentId: string;
        /**
         * @description How conversations that nobody has get somebody.
         * @enum {string}
         */
        Assignment: "manual" | "round_robin" | "balanced";
        /** @description A file that the platform has. */
        Attached: {
            /** @description The platform's id of it, good for 90 days: what a reply of kind `media` or `images` names. */
            attachment_id: string;
            /** @description As what it is sent. */
            media: components["schemas"]["FileKind"];
            /**
             * Format: int64
             * @description How large it is.
             */
            bytes: number;
        };
        /** @description A file, share or template. */
        Attachment: {
            /** @description `image`, `video`, `ig_post` and so on; new ones appear (contract webhooks 3.2). */
            type: string;
            /** @description Where it is; it may stop working at any moment. */
            url?: string | null;
            /** @description A title, where it has one. */
            title?: string | null;
            /** @description The id of the post, reel or story. */
            media_id?: string | null;
            /** @description The payload as it came, of a kind that is more than the above. */
            payload?: Record<string, never> | null;
        };
        /** @description An entry of the audit log. */
        Audit: {
            /** @description Its id; larger is later. */
            id: string;
            /** @description Who did it; absent where nobody was logged in. */
            agent?: string | null;
            /** @description What was done, such as `agent.add`. */
            action: string;
            /** @description To what. */
            target: string;
            /** @description What else there is to say; never a secret and never what a person wrote. */
            detail: string;
            /**
             * Format: int64
             * @description When, in milliseconds.
             */
            created_time: number;
        };
        /** @description Whether one takes new conversations. */
        Available: {
            /** @description True when one does. */
            available: boolean;
        };
        /** @description A text that is used again and again. */
        CannedReply: {
            /** @description Its id. */
            id: string;
            /** @description What is typed behind `/`. */
            shortcut: string;
            /** @description What it is for. */
            title: string;
            /** @description The text, with variables in double braces. */
            text: string;
        };
        /** @description How far catching up with an account has come. */
        CaughtUp: {
            /** @description The account. */
            connection: components["schemas"]["Connection"];
            /**
             * Format: int64
             * @description When the rest is read, by itself; absent when all was read.
             */
            later?: number | null;
            /**
             * Format: int64
             * @description The present moment, by the platform's clock.
             */
            now: number;
        };
        /** @description A change of a conversation. */
        Change: {
            /** @enum {string} */
            do: "resolve";
        } | {
            /** @enum {string} */
            do: "reopen";
        } | {
            /**
             * Format: int64
             * @description Milliseconds since 1970.
             */
            until: number;
            /** @enum {string} */
            do: "snooze";
        } | {
            /**
             * Format: int32
             * @description 0 for none, 3 for urgent.
             */
            priority: number;
            /** @enum {string} */
            do: "prioritise";
        } | {
            /** @description Whom. */
            agent: string;
            /** @enum {string} */
            do: "assign";
        } | {
            /** @description Which. */
            team: string;
            /** @enum {string} */
            do: "assign_team";
        } | {
            /** @enum {string} */
            do: "unassign";
        } | {
            /** @description Which. */
            label: string;
            /** @enum {string} */
            do: "label";
        } | {
            /** @description Which. */
            label: string;
            /** @enum {string} */
            do: "unlabel";
        } | {
            /** @enum {string} */
            do: "mark_read";
        } | {
            /** @enum {string} */
            do: "mark_unread";
        };
        /** @description A change of many conversations. */
        ChangeMany: {
            /** @description 1 to 100 conversations. */
            conversations: components["schemas"]["ConversationId"][];
            /** @description What to do with each. */
            change: components["schemas"]["Change"];
        };
        /** @description What came of one of them. */
        Changed: {
            /** @description Which. */
            id: components["schemas"]["ConversationId"];
            conversation?: null | components["schemas"]["Conversation"];
            /** @description Why it was not changed. */
            message?: string | null;
        };
        /** @description That the desk's clock has moved otherwise than by the passing of time. */
        Clock: {
            /**
             * Format: int64
             * @description The present moment, by which countdowns run on.
             */
            now: number;
        };
        /** @description A secret for an authenticator, and a code of it. */
        Code: {
            /** @description The secret that was told. */
            secret: string;
            /** @description The code that the authenticator shows now. */
            code: string;
        };
        /**
         * @description The colours of labels.
         * @enum {string}
         */
        Colour: "teal" | "green" | "amber" | "red" | "violet" | "slate";
        /** @description A comment on a post. */
        Comment: {
            /** @description The platform's id. */
            id: string;
            /** @description On which account's post. */
            connection: components["schemas"]["ConnectionId"];
            /** @description Whose. */
            customer?: string | null;
            /** @description The author's username. */
            username?: string | null;
            /** @description The text. */
            text?: string | null;
            /** @description The post. */
            media_id?: string | null;
            /** @description `FEED`, `REELS`, `STORY`, `AD`. */
            product?: string | null;
            /** @description Whether it was made during a broadcast. */
            live: boolean;
            /**
             * Format: int64
             * @description When it was told.
             */
            created_time: number;
            /**
             * Format: int64
             * @description The last moment of the one private reply.
             */
            reply_until: number;
            outbox?: null | components["schemas"]["OutboxId"];
            reply?: null | components["schemas"]["Sending"];
            /** @description Why it failed, as a name. */
            reply_reason?: string | null;
            /** @description The same in a sentence, with the next step. */
            reply_sentence?: string | null;
        };
        /** @description A page of comments. */
        Comments: {
            /** @description The comments, newest first. */
            items: components["schemas"]["Comment"][];
            /** @description What to give as `after` for the next page; absent behind the last one. */
            next?: string | null;
        };
        /** @description An account to be connected. */
        Connect: components["schemas"]["NewConnection"] & {
            /** @description The app's id, to have its webhooks subscribed as well. */
            app_id?: string | null;
            /** @description Where the platform reaches this inbox, such as `https://desk.example.com`; needed with `app_id`. */
            public_url?: string | null;
        };
        /** @description A connected account, with what is to be entered on the platform's side. */
        Connected: {
            /** @description The account. */
            connection: components["schemas"]["Connection"];
            /** @description The path of its webhook's callback. */
            callback_path: string;
            /** @description The verify token of its webhook, told once. */
            verify_token: string;
            /** @description Whether its webhooks are subscribed; false when callback and verify token are to be entered in the app's dashboard. */
            subscribed: boolean;
        };
        /** @description A connected account, without its secrets. */
        Connection: {
            /** @description Its id. */
            id: components["schemas"]["ConnectionId"];
            /** @description Where the Graph API is. */
            graph_url: string;
            /** @description The account's id. */
            account_id: string;
            /** @description The account's username. */
            username: string;
            /** @description Why nothing can be sent, as a name. */
            trouble?: string | null;
            /** @description The same in a sentence, with the next step. */
            trouble_sentence?: string | null;
            /** @description How far the import of old threads has come. */
            import_state: components["schemas"]["ImportState"];
            /**
             * Format: int64
             * @description Threads imported so far.
             */
            import_done: number;
        };
        ConnectionId: string;
        /**
         * @description What the kinds of messages carry beside a text (contract webhooks 3.2 to 3.18). URLs are privacy-aware and are all that
         *     is kept of media.
         */
        Content: {
            /** @description Files, shares and templates. */
            attachments?: components["schemas"]["Attachment"][];
            /** @description The message that is answered. */
            reply_to?: string | null;
            story?: null | components["schemas"]["Story"];
            /** @description The payload of the quick reply, button, ice breaker or menu item that was tapped. */
            payload?: string | null;
            /** @description The link, ad or product by which the person came, as it was told. */
            referral?: Record<string, never> | null;
            /** @description All of an event that has no shape of its own here. */
            raw?: Record<string, never> | null;
        };
        /** @description One person's thread with one account. */
        Conversation: {
            /** @description Its id. */
            id: components["schemas"]["ConversationId"];
            /** @description The account. */
            connection: components["schemas"]["ConnectionId"];
            /** @description The person's IGSID. */
            customer: string;
            /** @description What is known of the person. */
            profile: components["schemas"]["Profile"];
            /**
             * Format: int64
             * @description The number of the event that told of its newest change.
             */
            seq: number;
            /** @description Where it stands. */
            status: components["schemas"]["Status"];
            /**
             * Format: int64
             * @description When it comes back.
             */
            snoozed_until?: number | null;
            /**
             * Format: int32
             * @description 0 to 3.
             */
            priority: number;
            assignee?: null | components["schemas"]["AgentId"];
            team?: null | components["schemas"]["TeamId"];
            /** @description Whether it waits to be given to somebody. */
            waiting: boolean;
            /**
             * Format: int64
             * @description When it began.
             */
            first_time: number;
            /**
             * Format: int64
             * @description When somebody last wrote.
             */
            last_time: number;
            /**
             * Format: int64
             * @description The person's newest act that opens the window.
             */
            person_time?: number | null;
            /**
             * Format: int64
             * @description The business's newest message.
             */
            business_time?: number | null;
            /** @description Whether the person may be answered. */
            window: components["schemas"]["Window"];
            /**
             * Format: int32
             * @description What has not been read here.
             */
            unread: number;
            /**
             * Format: int32
             * @description Sends that failed.
             */
            failed: number;
            /** @description Whether another app controls the thread. */
            standby: boolean;
            /** @description Its labels. */
            labels: components["schemas"]["LabelId"][];
            snippet?: null | components["schemas"]["Snippet"];
            /** @description Who is there. */
            presence: components["schemas"]["Presence"][];
        };
        ConversationId: string;
        /** @description How many conversations there are. */
        Counts: {
            /** @description In each view. */
            views: components["schemas"]["ViewCounts"];
        };
        /** @description What somebody has begun to write. */
        Draft: {
            /** @description The text; an empty one forgets it. */
            text: string;
        };
        EntryId: string;
        /** @description An event of the log. */
        Event: {
            /**
             * Format: int64
             * @description Its number: the workspace's events have 1, 2, 3 and so on, without gaps.
             */
            seq: number;
            /** @description What kind of thing is new. */
            kind: components["schemas"]["EventKind"];
            /** @description The conversation that it belongs to. */
            conversation?: string | null;
            /** @description The thing's own id. */
            subject?: string | null;
            /** @description What more there is to say. */
            detail?: string | null;
            /** @description Who did it, where an agent did. */
            agent?: string | null;
            /**
             * Format: int64
             * @description When, in milliseconds.
             */
            created_time: number;
        };
        /**
         * @description What kind of thing is new. Of a conversation's own changes those that have a word of their own are shown in its thread.
         * @enum {string}
         */
        EventKind: "message" | "reaction" | "seen" | "outbox" | "note" | "mention" | "person" | "conversation" | "assigned" | "unassigned" | "team" | "snoozed" | "returned" | "resolved" | "reopened" | "labelled" | "unlabelled" | "prioritised" | "standby" | "handed_over" | "comment" | "account" | "agent" | "canned_replies" | "connection" | "import" | "labels" | "teams" | "views" | "workspace";
        /** @description What agents note of a person under a name of their own. */
        Field: {
            /** @description Its name, which no other field of the person has: 1 to 40 characters. */
            name: string;
            /** @description What is noted: 200 characters at most. */
            value: string;
        };
        /** @description What agents note of a person. */
        Fields: {
            /** @description At most 20, in the order in which they are shown. */
            fields: components["schemas"]["Field"][];
        };
        /**
         * Format: binary
         * @description The bytes of a file.
         */
        FileBytes: string;
        /**
         * @description Files that can be sent (contract send 1.5).
         * @enum {string}
         */
        FileKind: "image" | "video" | "audio" | "file";
        /** @description A canned reply with its variables filled in. */
        Filled: {
            /** @description The text. */
            text: string;
        };
        /**
         * @description What became of a conversation and is shown between the messages of its thread.
         * @enum {string}
         */
        Happened: "assigned" | "unassigned" | "team" | "snoozed" | "returned" | "resolved" | "reopened" | "labelled" | "unlabelled" | "prioritised" | "standby" | "handed_over";
        /** @description What became of a conversation. */
        Happening: {
            /**
             * Format: int64
             * @description The number of its event.
             */
            seq: number;
            /** @description What happened. */
            kind: components["schemas"]["Happened"];
            agent?: null | components["schemas"]["AgentId"];
            /** @description The id of the agent, team or label that it is about. */
            subject?: string | null;
            /** @description What more there is to say: until when, how urgent, the label's name. */
            detail?: string | null;
            /**
             * Format: int64
             * @description When, in milliseconds.
             */
            created_time: number;
        };
        /** @description Something in which the words stand. */
        Hit: {
            /** @description What it is: `message:<mid>`, `note:<id>` or `person:<conversation>`. */
            name: string;
            /** @description Its text. */
            text: string;
            /**
             * Format: int64
             * @description When it was written.
             */
            happened_time: number;
            /** @description Where. */
            conversation: components["schemas"]["Conversation"];
        };
        /**
         * @description How far the import of old threads has come.
         * @enum {string}
         */
        ImportState: "waiting" | "running" | "done";
        /** @description An invitation to be made. */
        Invite: {
            /** @description As what somebody comes in. */
            role: components["schemas"]["Role"];
        };
        /** @description A one-time link. */
        Invited: {
            /** @description Its secret, told once and good for seven days: `/inbox/join#<link>`. */
            link: string;
        };
        /** @description A label. */
        Label: {
            /** @description Its id. */
            id: string;
            /** @description Its name, which no other has. */
            name: string;
            /** @description Its colour. */
            colour: components["schemas"]["Colour"];
        };
        LabelId: string;
        /** @description What a log-in is tried with. */
        Login: {
            /** @description The address. */
            email: string;
            /** @description The password. */
            password: string;
            /** @description The code of the authenticator, where one is set. */
            code?: string | null;
        };
        /** @description Who is logged in, and where. */
        Me: {
            /** @description The agent. */
            agent: components["schemas"]["Agent"];
            /** @description The desk. */
            workspace: components["schemas"]["Workspace"];
            /**
             * Format: int64
             * @description The present moment of the desk, by which countdowns run.
             */
            now: number;
        };
        /** @description A message, or an event that stands between messages. */
        Message: {
            /** @description The platform's id. */
            mid: string;
            /**
             * Format: int64
             * @description The order of arrival.
             */
            seq: number;
            /**
             * Format: int64
             * @description When it was written.
             */
            sent_time: number;
            /** @description Who wrote. */
            side: components["schemas"]["Side"];
            /** @description What it is: `text`, `image`, `story_reply`, `unsent`, `unknown` and so on. */
            kind: string;
            /** @description Its text. */
            text?: string | null;
            content?: null | components["schemas"]["Content"];
            /**
             * Format: int32
             * @description How often it was edited.
             */
            edits: number;
            agent?: null | components["schemas"]["AgentId"];
        };
        /** @description What an authenticator takes. */
        NewCode: {
            /** @description The secret, for typing. */
            secret: string;
            /** @description The address, for a picture to be scanned. */
            address: string;
        };
        /** @description What an account is connected with. */
        NewConnection: {
            /**
             * @description Where the Graph API is, such as `https://graph.facebook.com` or `http://127.0.0.1:8700`; without it, where the desk was
             *     told that it is.
             */
            graph_url?: string | null;
            /** @description A Page token, or an Instagram User token. */
            token: string;
            /** @description The app's secret, which signs webhooks. */
            app_secret: string;
        };
        /** @description A new name. */
        NewName: {
            /** @description 1 to 100 bytes. */
            name: string;
        };
        /** @description A note to be written. */
        NewNote: {
            /** @description What it says; `@name` names somebody. */
            text: string;
            /** @description Whom it names besides. */
            mentions?: components["schemas"]["AgentId"][];
        };
        /** @description A new password. */
        NewPassword: {
            /** @description The old one. */
            old: string;
            /** @description The new one, of 10 characters or more. */
            new: string;
        };
        /** @description What somebody new comes in with. */
        Newcomer: {
            /** @description The secret of the link. */
            link: string;
            /** @description Their name. */
            name: string;
            /** @description Their address. */
            email: string;
            /** @description Their password, of 10 characters or more. */
            password: string;
        };
        /** @description What stands against a reply. */
        Newer: {
            /** @description What arrived. */
            messages: components["schemas"]["Message"][];
            /** @description What others are sending. */
            outbox: components["schemas"]["Outbox"][];
        };
        /** @description A note between agents. */
        Note: {
            /** @description Its id. */
            id: components["schemas"]["NoteId"];
            /** @description Who wrote it. */
            agent: components["schemas"]["AgentId"];
            /** @description What it says. */
            text: string;
            /**
             * Format: int64
             * @description When it was written.
             */
            created_time: number;
            /** @description Whom it names. */
            mentions: components["schemas"]["AgentId"][];
        };
        NoteId: string;
        /** @description Something that is being sent, or failed. */
        Outbox: {
            /** @description Its id; `outbox:<id>` names it in `last_seen`. */
            id: components["schemas"]["OutboxId"];
            /** @description In which thread. */
            conversation: components["schemas"]["ConversationId"];
            agent?: null | components["schemas"]["AgentId"];
            /** @description What the composer calls it. */
            client_key: string;
            body?: null | components["schemas"]["Outgoing"];
            /** @description Where it stands. */
            state: components["schemas"]["Sending"];
            /**
             * Format: int32
             * @description How often it was tried.
             */
            attempts: number;
            /** @description The platform's id of what was sent. */
            mid?: string | null;
            /** @description Why it failed, as a name that stays the same in every language. */
            reason?: string | null;
            /** @description The same in a sentence, with the next step. */
            sentence?: string | null;
            /**
             * Format: int64
             * @description The Graph API's code.
             */
            code?: number | null;
            /**
             * Format: int64
             * @description Its subcode.
             */
            subcode?: number | null;
            /**
             * Format: int64
             * @description When it was written.
             */
            created_time: number;
        };
        OutboxId: string;
        /** @description What is to be sent. */
        Outgoing: {
            /** @description 1 to 1,000 bytes. */
            text: string;
            /** @description The message that it quotes. */
            reply_to?: string | null;
            /** @enum {string} */
            kind: "text";
        } | {
            /** @description As what. */
            media: components["schemas"]["FileKind"];
            /** @description The platform's id of what was attached. */
            attachment_id?: string | null;
            /** @description The address, which the platform fetches. */
            url?: string | null;
            /** @enum {string} */
            kind: "media";
        } | {
            /** @description Their ids, 1 to 10. */
            attachment_ids: string[];
            /** @enum {string} */
            kind: "images";
        } | {
            /** @description To what. */
            mid: string;
            /** @description The emoji. */
            emoji?: string | null;
            /** @enum {string} */
            kind: "reaction";
        } | {
            /** @enum {string} */
            kind: "seen";
        } | {
            /** @description The comment. */
            comment: string;
            /** @description The text. */
            text: string;
            /** @enum {string} */
            kind: "private_reply";
        };
        /** @description A page of conversations. */
        Page: {
            /** @description The conversations. */
            items: components["schemas"]["Conversation"][];
            /** @description What to give as `after` for the next page; absent behind the last one. */
            next?: string | null;
        };
        /** @description Somebody at a conversation. */
        Presence: {
            /** @description Who. */
            agent: components["schemas"]["AgentId"];
            /** @description Whether they are writing. */
            typing: boolean;
        };
        /** @description A private reply to a comment. */
        PrivateReply: {
            /** @description A name of the composer's own for this reply. */
            client_key: string;
            /** @description The text. */
            text: string;
        };
        /** @description What the platform tells of a person (contract read 5.1). The picture is an address, which dies after days. */
        Profile: {
            /** @description The name. */
            name?: string | null;
            /** @description The username. */
            username?: string | null;
            /** @description The picture's address. */
            picture?: string | null;
            /**
             * Format: int64
             * @description How many follow them.
             */
            followers?: number | null;
            /** @description Whether they follow the account. */
            follows_business?: boolean | null;
            /** @description Whether the account follows them. */
            followed_by_business?: boolean | null;
            /** @description Whether Instagram has verified them. */
            verified?: boolean | null;
        };
        /** @description A label to be made or changed. */
        PutLabel: {
            /** @description Its name, which no other has. */
            name: string;
            /** @description Its colour. */
            colour: components["schemas"]["Colour"];
        };
        /** @description A canned reply to be made or changed. */
        PutReply: {
            /** @description What is typed behind `/`. */
            shortcut: string;
            /** @description What it is for. */
            title: string;
            /** @description The text, with variables such as `{{first_name|there}}`. */
            text: string;
        };
        /** @description A team to be made or changed. */
        PutTeam: {
            /** @description Its name, which no other has. */
            name: string;
            /** @description How its conversations are assigned. */
            assignment: components["schemas"]["Assignment"];
        };
        /** @description A view to be kept. */
        PutView: {
            /** @description Its name. */
            name: string;
            /** @description The filter, as it stands in the address. */
            query: string;
            /** @description True for everybody's, which supervisors keep. */
            shared?: boolean;
        };
        /** @description A reaction. */
        Reaction: {
            /** @description To what. */
            mid: string;
            /** @description Whose. */
            side: components["schemas"]["Side"];
            /** @description The emoji. */
            emoji?: string | null;
            agent?: null | components["schemas"]["AgentId"];
        };
        /** @description The body of a refusal. */
        Refusal: {
            /** @description What is wrong. */
            error: components["schemas"]["Why"];
        };
        /** @description What an agent wants sent. */
        Reply: {
            /** @description A name of the composer's own for this reply, such as a random id: asked for twice it is sent once. */
            client_key: string;
            /**
             * @description The newest thing that the author had seen: a message's `mid`, or `outbox:<id>` for what is still being sent. Absent
             *     only where the thread was empty.
             */
            last_seen?: string | null;
            /** @description What to send. */
            body: components["schemas"]["Outgoing"];
        };
        ReplyId: string;
        /**
         * @description What somebody may do, see `policy::roles`.
         * @enum {string}
         */
        Role: "owner" | "supervisor" | "agent" | "read_only";
        /** @description A view that somebody kept. */
        SavedView: {
            /** @description Its id. */
            id: string;
            /** @description Whose; `None` for everybody's. */
            agent?: string | null;
            /** @description Its name. */
            name: string;
            /** @description The filter, as it stands in the address. */
            query: string;
        };
        /**
         * @description Where something that is to be sent stands.
         * @enum {string}
         */
        Sending: "queued" | "sending" | "sent" | "failed";
        /** @description A log-in. */
        Session: {
            /** @description Its id. */
            id: components["schemas"]["SessionId"];
            /** @description What the browser calls itself. */
            device: string;
            /**
             * Format: int64
             * @description When it began.
             */
            created_time: number;
            /**
             * Format: int64
             * @description When it was last used.
             */
            seen_time: number;
            /**
             * Format: int64
             * @description When it ends.
             */
            ends_time: number;
            /** @description Whether it is the one that asks. */
            current: boolean;
        };
        SessionId: string;
        /** @description How a desk is set up. */
        SetUp: {
            /** @description Its name. */
            name: string;
            /** @description How conversations without a team are assigned. */
            assignment: components["schemas"]["Assignment"];
            /** @description Whether agents see what others are assigned to. */
            agents_see_all: boolean;
        };
        /**
         * @description Who wrote.
         * @enum {string}
         */
        Side: "person" | "business";
        /**
         * @description The newest thing of a thread, as a row of a list tells it. It is read from where it stands, so it says nothing that was
         *     unsent.
         */
        Snippet: {
            side?: null | components["schemas"]["Side"];
            /** @description The kind of a message, or `note` or `reaction`. */
            kind: string;
            /** @description The first 120 characters of its text; of a reaction, those of the message that it is to. */
            text?: string | null;
            agent?: null | components["schemas"]["AgentId"];
            /** @description The emoji of a reaction. */
            emoji?: string | null;
            /**
             * Format: int64
             * @description When, in milliseconds.
             */
            time: number;
        };
        /**
         * @description Where a conversation stands.
         * @enum {string}
         */
        Status: "open" | "snoozed" | "resolved";
        /** @description A story that is answered. */
        Story: {
            /** @description Its id. */
            id?: string | null;
            /** @description Where it is, for 24 hours at most. */
            url?: string | null;
        };
        /** @description A group of agents. */
        Team: {
            /** @description Its id. */
            id: components["schemas"]["TeamId"];
            /** @description Its name. */
            name: string;
            /** @description How its conversations are assigned. */
            assignment: components["schemas"]["Assignment"];
            /** @description Who is in it. */
            members: components["schemas"]["AgentId"][];
        };
        TeamId: string;
        /** @description Being at a conversation. */
        There: {
            /** @description Whether one is writing. */
            typing?: boolean;
        };
        /** @description A page of a thread. */
        Thread: {
            /** @description The conversation. */
            conversation: components["schemas"]["Conversation"];
            /** @description Messages, oldest first. */
            messages: components["schemas"]["Message"][];
            /** @description What to give as `before` for the older page. */
            older?: string | null;
            /** @description Reactions to these messages. */
            reactions: components["schemas"]["Reaction"][];
            /** @description What is not sent yet, or failed. */
            outbox: components["schemas"]["Outbox"][];
            /** @description Notes, oldest first. */
            notes: components["schemas"]["Note"][];
            /** @description The newest message of the business that the person has seen. */
            seen?: string | null;
            /** @description What the caller had begun to write. */
            draft?: string | null;
            /** @description The person's comments, newest first. */
            comments: components["schemas"]["Comment"][];
            /** @description What became of the conversation in the time of these messages, oldest first. */
            happenings: components["schemas"]["Happening"][];
            /** @description What agents note of the person under names of their own. */
            fields: components["schemas"]["Field"][];
        };
        /** @description How many conversations each view shows to somebody, each counted up to 1000. */
        ViewCounts: {
            /**
             * Format: int32
             * @description Open ones that they may see.
             */
            all: number;
            /**
             * Format: int32
             * @description Open ones that they have.
             */
            mine: number;
            /**
             * Format: int32
             * @description Open ones that nobody has.
             */
            unassigned: number;
            /**
             * Format: int32
             * @description Those in whose notes they are named and where they have not been since.
             */
            mentions: number;
            /**
             * Format: int32
             * @description Those that wait for an answer and can be answered freely.
             */
            ending_soon: number;
            /**
             * Format: int32
             * @description Those with a send that failed.
             */
            failed: number;
        };
        ViewId: string;
        /** @description Who is at a conversation. */
        Whispered: {
            /** @description Which conversation. */
            conversation: components["schemas"]["ConversationId"];
            /** @description Who is there. */
            presence: components["schemas"]["Presence"][];
        };
        /** @description Why something was refused. */
        Why: {
            /** @description A name that stays the same in every language. */
            reason: string;
            /** @description A sentence that says what happened and what to do. */
            message: string;
            /** @description The field that makes no sense. */
            field?: string | null;
            /**
             * Format: int64
             * @description When it may be tried again, in milliseconds since 1970.
             */
            until?: number | null;
            newer?: null | components["schemas"]["Newer"];
        };
        /** @description Whether a person may be answered, and until when (contract send 3.1, 3.2). */
        Window: {
            /** @description Which of the three. */
            state: components["schemas"]["WindowState"];
            /**
             * Format: int64
             * @description The last moment of that state; absent when closed.
             */
            until?: number | null;
        };
        /**
         * @description Whether a person may be answered.
         * @enum {string}
         */
        WindowState: "open" | "human_agent" | "closed";
        /** @description A desk. */
        Workspace: {
            /** @description Its id. */
            id: components["schemas"]["WorkspaceId"];
            /** @description Its name. */
            name: string;
            /** @description How conversations without a team are assigned. */
            assignment: components["schemas"]["Assignment"];
            /** @description Whether agents see what others are assigned to. */
            agents_see_all: boolean;
            /**
             * Format: int64
             * @description The number of its newest event: where a live stream begins that misses nothing of what was read after.
             */
            seq: number;
        };
        WorkspaceId: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_agents: {
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
                    "application/json": components["schemas"]["Agent"][];
                };
            };
        };
    };
    change_agent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the agent */
                id: components["schemas"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    read_audit: {
        parameters: {
            query?: {
                /** @description Older than this entry. */
                before?: components["schemas"]["EntryId"];
                /** @description 1 to 200. */
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
                    "application/json": components["schemas"]["Audit"][];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_canned_replies: {
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
                    "application/json": components["schemas"]["CannedReply"][];
                };
            };
        };
    };
    add_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutReply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    change_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the reply */
                id: components["schemas"]["ReplyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutReply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CannedReply"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    remove_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the reply */
                id: components["schemas"]["ReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_comments: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: string;
                /** @description 1 to 100. */
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
                    "application/json": components["schemas"]["Comments"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    reply_privately: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the comment */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrivateReply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outbox"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_connections: {
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
                    "application/json": components["schemas"]["Connection"][];
                };
            };
        };
    };
    connect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Connect"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connected"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    catch_up: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the account */
                id: components["schemas"]["ConnectionId"];
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
                    "application/json": components["schemas"]["CaughtUp"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                /** @description `all` (the default), `mine`, `unassigned`, `mentions`, `ending_soon` or `failed`. */
                view?: "all" | "mine" | "unassigned" | "mentions" | "ending_soon" | "failed";
                /** @description Only those that stand so. */
                status?: "open" | "snoozed" | "resolved";
                /** @description Only this account's. */
                connection?: components["schemas"]["ConnectionId"];
                /** @description Only those with this label. */
                label?: components["schemas"]["LabelId"];
                /** @description Only this team's. */
                team?: components["schemas"]["TeamId"];
                /** @description Only this agent's. */
                assignee?: components["schemas"]["AgentId"];
                /** @description Only these, at most 50 with commas between them: those of them that the list shows, on one page. */
                ids?: string;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description 1 to 100. */
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
                    "application/json": components["schemas"]["Page"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    change_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMany"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"][];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    read_conversation: {
        parameters: {
            query?: {
                /** @description The `older` of the page behind. */
                before?: string;
                /** @description 1 to 100. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
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
                    "application/json": components["schemas"]["Thread"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    change_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Change"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Conversation"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    attach: {
        parameters: {
            query?: never;
            header?: {
                /** @description the file's name; letters beyond ASCII are left out */
                "x-file-name"?: string | null;
            };
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": components["schemas"]["FileBytes"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attached"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    fill_canned_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
                /** @description the reply */
                reply: components["schemas"]["ReplyId"];
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
                    "application/json": components["schemas"]["Filled"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    keep_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    put_fields: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Fields"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Fields"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    write_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Note"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    be_present: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["There"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the conversation */
                id: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outbox"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    count_conversations: {
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
                    "application/json": components["schemas"]["Counts"];
                };
            };
        };
    };
    list_events: {
        parameters: {
            query?: {
                /** @description The number of the newest event that is known; those behind it are told. */
                after?: number;
                /** @description 1 to 500. */
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
                    "application/json": components["schemas"]["Event"][];
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invite"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    join: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Newcomer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_labels: {
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
                    "application/json": components["schemas"]["Label"][];
                };
            };
        };
    };
    add_label: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutLabel"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    change_label: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the label */
                id: components["schemas"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutLabel"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Label"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    remove_label: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the label */
                id: components["schemas"]["LabelId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    follow_events: {
        parameters: {
            query?: {
                /** @description The number of the newest event that is known; those behind it are told. */
                after?: number;
                /** @description 1 to 500. */
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
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    set_available: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Available"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    set_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Code"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    new_code: {
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
                    "application/json": components["schemas"]["NewCode"];
                };
            };
        };
    };
    remove_code: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    rename: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewName"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    discard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description what failed */
                id: components["schemas"]["OutboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description what failed */
                id: components["schemas"]["OutboxId"];
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
                    "application/json": components["schemas"]["Outbox"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    search: {
        parameters: {
            query: {
                /** @description The words, each of which may be only the beginning of one. */
                q: string;
                /** @description 1 to 100. */
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
                    "application/json": components["schemas"]["Hit"][];
                };
            };
        };
    };
    read_session: {
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
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_sessions: {
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
                    "application/json": components["schemas"]["Session"][];
                };
            };
        };
    };
    end_other_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the log-in */
                id: components["schemas"]["SessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_teams: {
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
                    "application/json": components["schemas"]["Team"][];
                };
            };
        };
    };
    add_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutTeam"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    change_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the team */
                id: components["schemas"]["TeamId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutTeam"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    join_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the team */
                id: components["schemas"]["TeamId"];
                /** @description the agent */
                agent: components["schemas"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    leave_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the team */
                id: components["schemas"]["TeamId"];
                /** @description the agent */
                agent: components["schemas"]["AgentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    list_views: {
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
                    "application/json": components["schemas"]["SavedView"][];
                };
            };
        };
    };
    add_view: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutView"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedView"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    remove_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the view */
                id: components["schemas"]["ViewId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
    set_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refusal"];
                };
            };
        };
    };
}
