//! People, and their identities for the accounts they meet.

use engine::facts::{Person, ScopedUser};
use rusqlite::{Connection, Result, Row, params};
use wire::id::{AccountId, Igsid, PersonId};

use super::fields::{Fields, bound, int, key, many, one, run};

macro_rules! person_columns {
    () => {
        "id, username, name, profile_pic, follower_count, is_verified_user"
    };
}
const PUT_PERSON: &str = concat!(
    "INSERT INTO person (",
    person_columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET username = excluded.username, \
    name = excluded.name, profile_pic = excluded.profile_pic, follower_count = excluded.follower_count, \
    is_verified_user = excluded.is_verified_user"
);
const PERSON: &str = concat!("SELECT ", person_columns!(), " FROM person WHERE id = ?1");
const PERSON_BY_USERNAME: &str = concat!("SELECT ", person_columns!(), " FROM person WHERE username = ?1");
const PEOPLE: &str = concat!("SELECT ", person_columns!(), " FROM person WHERE id > ?1 ORDER BY id LIMIT ?2");

macro_rules! scoped_user_columns {
    () => {
        "account_id, igsid, person_id, consent_time, is_user_follow_business, is_business_follow_user"
    };
}
const ADD_SCOPED_USER: &str =
    concat!("INSERT INTO scoped_user (", scoped_user_columns!(), ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
const PUT_SCOPED_USER: &str = concat!(
    "INSERT INTO scoped_user (",
    scoped_user_columns!(),
    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (account_id, igsid) DO UPDATE SET \
    person_id = excluded.person_id, consent_time = excluded.consent_time, \
    is_user_follow_business = excluded.is_user_follow_business, \
    is_business_follow_user = excluded.is_business_follow_user"
);
const SCOPED_USER: &str =
    concat!("SELECT ", scoped_user_columns!(), " FROM scoped_user WHERE account_id = ?1 AND igsid = ?2");
const SCOPED_USER_OF: &str =
    concat!("SELECT ", scoped_user_columns!(), " FROM scoped_user WHERE account_id = ?1 AND person_id = ?2");

pub(super) fn put_person(connection: &Connection, person: &Person) -> Result<usize> {
    run(
        connection,
        PUT_PERSON,
        params![
            int(person.id.get())?,
            person.username,
            person.name,
            person.profile_pic,
            int(person.follower_count)?,
            person.is_verified_user,
        ],
    )
}

pub(super) fn person(connection: &Connection, id: PersonId) -> Result<Option<Person>> {
    one(connection, PERSON, [key(id.get())], person_row)
}

pub(super) fn person_by_username(connection: &Connection, username: &str) -> Result<Option<Person>> {
    one(connection, PERSON_BY_USERNAME, [username], person_row)
}

pub(super) fn people(connection: &Connection, after: Option<PersonId>, limit: u32) -> Result<Vec<Person>> {
    let after = after.map_or(-1, |id| bound(id.get()));
    many(connection, PEOPLE, params![after, limit], person_row)
}

fn person_row(row: &Row<'_>) -> Result<Person> {
    let mut fields = Fields::new(row, "person", 0, 1);
    Ok(Person {
        id: fields.int(PersonId::new)?,
        username: fields.get()?,
        name: fields.get()?,
        profile_pic: fields.get()?,
        follower_count: fields.int(|count| count)?,
        is_verified_user: fields.flag()?,
    })
}

pub(super) fn add_scoped_user(connection: &Connection, user: &ScopedUser) -> Result<usize> {
    write_scoped_user(connection, ADD_SCOPED_USER, user)
}

pub(super) fn put_scoped_user(connection: &Connection, user: &ScopedUser) -> Result<usize> {
    write_scoped_user(connection, PUT_SCOPED_USER, user)
}

fn write_scoped_user(connection: &Connection, sql: &str, user: &ScopedUser) -> Result<usize> {
    run(
        connection,
        sql,
        params![
            int(user.account.get())?,
            int(user.igsid.get())?,
            int(user.person.get())?,
            user.consent_time.map(|time| time.get()),
            user.is_user_follow_business,
            user.is_business_follow_user,
        ],
    )
}

pub(super) fn scoped_user(connection: &Connection, account: AccountId, igsid: Igsid) -> Result<Option<ScopedUser>> {
    one(connection, SCOPED_USER, [key(account.get()), key(igsid.get())], |row| scoped_user_row(row, 0))
}

pub(super) fn scoped_user_of(
    connection: &Connection,
    account: AccountId,
    person: PersonId,
) -> Result<Option<ScopedUser>> {
    one(connection, SCOPED_USER_OF, [key(account.get()), key(person.get())], |row| scoped_user_row(row, 0))
}

/// Decodes the columns of `scoped_user`, in the order of the table.
pub(super) fn scoped_user_row(row: &Row<'_>, start: usize) -> Result<ScopedUser> {
    let mut fields = Fields::new(row, "scoped_user", start, 2);
    Ok(ScopedUser {
        account: fields.int(AccountId::new)?,
        igsid: fields.int(Igsid::new)?,
        person: fields.int(PersonId::new)?,
        consent_time: fields.some_time()?,
        is_user_follow_business: fields.flag()?,
        is_business_follow_user: fields.flag()?,
    })
}
