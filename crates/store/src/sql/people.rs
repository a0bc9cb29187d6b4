//! People, and their identities for the accounts they meet.

use engine::facts::{Person, PersonStatus, Role, ScopedUser};
use wire::id::{AccountId, Igsid, PersonId};

use super::fields::{Corrupt, Fields};
use super::row::Row;
use super::statement::statements;
use super::value::{TooLarge, bound, int, key, values};
use super::{Query, Statement, Write};

macro_rules! person_columns {
    () => {
        "id, username, name, profile_pic, follower_count, is_verified_user, status, phone, email, is_private"
    };
}
macro_rules! scoped_user_columns {
    () => {
        "account_id, igsid, person_id, consent_time, is_user_follow_business, is_business_follow_user, \
        is_user_block_business, is_business_block_user, is_same_accounts_center"
    };
}

statements! {
    PUT_PERSON {
        concat!(
            "INSERT INTO person (",
            person_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET \
            username = excluded.username, name = excluded.name, profile_pic = excluded.profile_pic, follower_count = excluded.follower_count, \
            is_verified_user = excluded.is_verified_user, status = excluded.status, phone = excluded.phone, \
            email = excluded.email, is_private = excluded.is_private"
        )
    }
    PERSON { concat!("SELECT ", person_columns!(), " FROM person WHERE id = $1") }
    /// SQLite's column compares without case.
    PERSON_BY_USERNAME {
        sqlite: concat!("SELECT ", person_columns!(), " FROM person WHERE username = $1"),
        postgres: concat!("SELECT ", person_columns!(), r#" FROM person WHERE lower(username) = lower($1 COLLATE "C")"#)
    }
    PUT_ROLE { "INSERT INTO app_role (app_id, person_id) VALUES ($1, $2) ON CONFLICT (app_id, person_id) DO NOTHING" }
    REMOVE_ROLE { "DELETE FROM app_role WHERE app_id = $1 AND person_id = $2" }
    HAS_ROLE { "SELECT 1 FROM app_role WHERE app_id = $1 AND person_id = $2" }
    PEOPLE { concat!("SELECT ", person_columns!(), " FROM person WHERE id > $1 ORDER BY id LIMIT $2") }

    ADD_SCOPED_USER {
        concat!("INSERT INTO scoped_user (", scoped_user_columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    }
    PUT_SCOPED_USER {
        concat!(
            "INSERT INTO scoped_user (",
            scoped_user_columns!(),
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (account_id, igsid) DO UPDATE SET \
            person_id = excluded.person_id, consent_time = excluded.consent_time, \
            is_user_follow_business = excluded.is_user_follow_business, \
            is_business_follow_user = excluded.is_business_follow_user, \
            is_user_block_business = excluded.is_user_block_business, \
            is_business_block_user = excluded.is_business_block_user, \
            is_same_accounts_center = excluded.is_same_accounts_center"
        )
    }
    SCOPED_USER { concat!("SELECT ", scoped_user_columns!(), " FROM scoped_user WHERE account_id = $1 AND igsid = $2") }
    SCOPED_USER_OF {
        concat!("SELECT ", scoped_user_columns!(), " FROM scoped_user WHERE account_id = $1 AND person_id = $2")
    }
}

pub(crate) fn put_person(person: &Person) -> Result<Write<'_>, TooLarge> {
    let params = values![
        int(person.id.get())?,
        &person.username,
        person.name.as_deref(),
        person.profile_pic.as_deref(),
        int(person.follower_count)?,
        person.is_verified_user,
        status_number(person.status),
        person.phone.as_deref(),
        person.email.as_deref(),
        person.is_private,
    ];
    Ok(Write::new(&PUT_PERSON, params))
}

pub(crate) fn person(id: PersonId) -> Query<'static, Person> {
    Query { statement: &PERSON, params: values![key(id.get())], decode: person_row }
}

pub(crate) fn person_by_username(username: &str) -> Query<'_, Person> {
    Query { statement: &PERSON_BY_USERNAME, params: values![username], decode: person_row }
}

pub(crate) fn people(after: Option<PersonId>, limit: u32) -> Query<'static, Person> {
    let after = after.map_or(-1, |id| bound(id.get()));
    Query { statement: &PEOPLE, params: values![after, limit], decode: person_row }
}

fn person_row(row: Row<'_>) -> Result<Person, Corrupt> {
    let mut fields = Fields::new(row, "person", 0, 1);
    Ok(Person {
        id: fields.int(PersonId::new)?,
        username: fields.get()?,
        name: fields.get()?,
        profile_pic: fields.get()?,
        follower_count: fields.int(|count| count)?,
        is_verified_user: fields.flag()?,
        status: fields.decode(status)?,
        phone: fields.get()?,
        email: fields.get()?,
        is_private: fields.flag()?,
    })
}

fn status_number(status: PersonStatus) -> Option<i64> {
    PersonStatus::ALL.iter().find(|row| row.0 == status).map(|row| row.2)
}

/// The status of a number.
pub(super) fn status(number: i64) -> Option<PersonStatus> {
    PersonStatus::ALL.iter().find(|row| row.2 == number).map(|row| row.0)
}

pub(crate) fn put_role(role: Role) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&PUT_ROLE, values![int(role.app.get())?, int(role.person.get())?]))
}

pub(crate) fn remove_role(role: Role) -> Result<Write<'static>, TooLarge> {
    Ok(Write::new(&REMOVE_ROLE, values![int(role.app.get())?, int(role.person.get())?]))
}

pub(crate) fn has_role(role: Role) -> Query<'static, ()> {
    Query::exists(&HAS_ROLE, values![key(role.app.get()), key(role.person.get())])
}

pub(crate) fn add_scoped_user(user: &ScopedUser) -> Result<Write<'static>, TooLarge> {
    write_scoped_user(&ADD_SCOPED_USER, user)
}

pub(crate) fn put_scoped_user(user: &ScopedUser) -> Result<Write<'static>, TooLarge> {
    write_scoped_user(&PUT_SCOPED_USER, user)
}

fn write_scoped_user(statement: &'static Statement, user: &ScopedUser) -> Result<Write<'static>, TooLarge> {
    let params = values![
        int(user.account.get())?,
        int(user.igsid.get())?,
        int(user.person.get())?,
        user.consent_time,
        user.is_user_follow_business,
        user.is_business_follow_user,
        user.is_user_block_business,
        user.is_business_block_user,
        user.is_same_accounts_center,
    ];
    Ok(Write::new(statement, params))
}

pub(crate) fn scoped_user(account: AccountId, igsid: Igsid) -> Query<'static, ScopedUser> {
    let params = values![key(account.get()), key(igsid.get())];
    Query { statement: &SCOPED_USER, params, decode: |row| scoped_user_row(row, 0) }
}

pub(crate) fn scoped_user_of(account: AccountId, person: PersonId) -> Query<'static, ScopedUser> {
    let params = values![key(account.get()), key(person.get())];
    Query { statement: &SCOPED_USER_OF, params, decode: |row| scoped_user_row(row, 0) }
}

/// Decodes the columns of `scoped_user`, in the order of the table.
pub(super) fn scoped_user_row(row: Row<'_>, start: usize) -> Result<ScopedUser, Corrupt> {
    let mut fields = Fields::new(row, "scoped_user", start, 2);
    Ok(ScopedUser {
        account: fields.int(AccountId::new)?,
        igsid: fields.int(Igsid::new)?,
        person: fields.int(PersonId::new)?,
        consent_time: fields.some_time()?,
        is_user_follow_business: fields.flag()?,
        is_business_follow_user: fields.flag()?,
        is_user_block_business: fields.flag()?,
        is_business_block_user: fields.flag()?,
        is_same_accounts_center: fields.flag()?,
    })
}
