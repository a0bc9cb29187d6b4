//! Reactions to messages.

use engine::facts::{Reaction, Side};
use wire::id::{AccountId, Igsid, Item, MessageId};

use super::fields::{Corrupt, Fields};
use super::messages::{side, side_number};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, bound, int, key, values};
use super::{Query, Write};

statements! {
    PUT_REACTION {
        r#"INSERT INTO reaction (account_id, igsid, item, "from", emoji, time) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (account_id, igsid, item, "from") DO UPDATE SET emoji = excluded.emoji, time = excluded.time"#
    }
    REMOVE_REACTION {
        r#"DELETE FROM reaction WHERE account_id = $1 AND igsid = $2 AND item = $3 AND "from" = $4"#
    }
    REACTIONS {
        r#"SELECT account_id, igsid, item, "from", emoji, time FROM reaction WHERE account_id = $1 AND igsid = $2
        AND item >= $3 AND item <= $4 ORDER BY item, "from""#
    }
}

pub(crate) fn put_reaction(reaction: &Reaction) -> Result<Write<'_>, TooLarge> {
    let Reaction { message, from, emoji, time } = reaction;
    let [account, igsid, item] = place(*message)?;
    Ok(Write::new(&PUT_REACTION, values![account, igsid, item, side_number(*from), emoji, *time]))
}

pub(crate) fn remove_reaction(message: MessageId, from: Side) -> Result<Write<'static>, TooLarge> {
    let [account, igsid, item] = place(message)?;
    Ok(Write::new(&REMOVE_REACTION, values![account, igsid, item, side_number(from)]))
}

fn place(message: MessageId) -> Result<[i64; 3], TooLarge> {
    Ok([int(message.account.get())?, int(message.igsid.get())?, int(message.item.get())?])
}

pub(crate) fn reactions(account: AccountId, igsid: Igsid, first: Item, last: Item) -> Query<'static, Reaction> {
    let params = values![key(account.get()), key(igsid.get()), bound(first.get()), bound(last.get())];
    Query { statement: &REACTIONS, params, decode: reaction_row }
}

fn reaction_row(row: Row<'_>) -> Result<Reaction, Corrupt> {
    let mut fields = Fields::new(row, "reaction", 0, 4);
    Ok(Reaction {
        message: MessageId {
            account: fields.int(AccountId::new)?,
            igsid: fields.int(Igsid::new)?,
            item: fields.int(Item::new)?,
        },
        from: fields.decode(side)?,
        emoji: fields.get()?,
        time: fields.time()?,
    })
}
