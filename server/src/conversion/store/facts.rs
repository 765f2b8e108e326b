//! What is known of guests and users, for the rules.
//!
//! The law: facts only. Who becomes whom, `rules.rs` decides.

use crate::{
    conversion::rules::{GuestFacts, UserFacts},
    database::{AnyConnection, read_id},
};
use shared::ids::{GroupId, PersonId, Time};
use sqlx::{Error, Row, any::AnyRow};

/// Guests of one address that are looked at: the newest, many more than are converted at once.
const LOOKED_AT: i64 = 200;

// Of the guest `g`, for `read_guest`. What they wrote last is the last message of the customer's side in what is theirs.
macro_rules! guest_columns {
    () => {
        "
        g.person_id, g.email,
        case when g.email_verified then 1 else 0 end as is_proven,
        case when exists (
            select 1 from block b where b.scope = 'site' and b.blocked = g.person_id
        ) then 1 else 0 end as is_blocked,
        case when exists (
            select 1 from report r where r.reported = g.person_id and r.dismissed_at is null
        ) then 1 else 0 end as is_reported,
        case when exists (select 1 from conversion v where v.guest = g.person_id) then 1 else 0 end as is_settled,
        (
            select max(m.sent_at)
            from conversation c
            join message m on m.conversation_id = c.conversation_id and m.position = c.last_customer_position
            where c.owner = g.person_id and c.kind = 'support'
        ) as wrote_at"
    };
}

/// A guest, if they own a conversation.
pub async fn find_guest(
    connection: &mut AnyConnection,
    guest: &PersonId,
) -> Result<Option<GuestFacts>, Error> {
    let row = sqlx::query(concat!(
        "select",
        guest_columns!(),
        "
        from person g
        where g.person_id = $1 and g.kind = 'guest' and g.erased_at is null
            and exists (select 1 from conversation o where o.owner = g.person_id and o.kind = 'support')"
    ))
    .bind(guest.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_guest).transpose()
}

/// **Shape**: guests of exactly this address who own a conversation, the latest to write first, at most 200.
pub async fn find_guests_of_address(
    connection: &mut AnyConnection,
    email: &str,
) -> Result<Vec<GuestFacts>, Error> {
    let rows = sqlx::query(concat!(
        "select *
        from (
            select",
        guest_columns!(),
        "
            from person g
            where g.email = $1 and g.kind = 'guest' and g.erased_at is null
                and exists (select 1 from conversation o where o.owner = g.person_id and o.kind = 'support')
        ) as found
        order by coalesce(found.wrote_at, 0) desc, found.person_id desc
        limit $2"
    ))
    .bind(email)
    .bind(LOOKED_AT)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_guest).collect()
}

fn read_guest(row: &AnyRow) -> Result<GuestFacts, Error> {
    let is = |column| Ok::<_, Error>(row.try_get::<i64, _>(column)? == 1);
    Ok(GuestFacts {
        person_id: read_id(row, "person_id")?,
        email: row.try_get("email")?,
        is_proven: is("is_proven")?,
        is_blocked: is("is_blocked")?,
        is_reported: is("is_reported")?,
        is_settled: is("is_settled")?,
        wrote_at: row.try_get::<Option<i64>, _>("wrote_at")?.map(Time),
    })
}

// Of the user `u`; `$1` is the group that answers guests.
macro_rules! user_columns {
    () => {
        "
        u.person_id, u.email,
        case when u.email_verified then 1 else 0 end as is_verified,
        case when u.email_changed_at is not null then 1 else 0 end as is_changed,
        case
            when u.admin_since is not null then 1
            when exists (
                select 1 from group_member s where s.group_id = cast($1 as text) and s.person_id = u.person_id
            ) then 1
            else 0
        end as is_staff,
        case when exists (
            select 1
            from person o
            where o.email = u.email and o.kind = 'user' and o.person_id <> u.person_id
                and o.disabled_at is null and o.erased_at is null
        ) then 1 else 0 end as is_shared"
    };
}

/// A user who is neither disabled nor erased. `guest_group`: who is in it is never found by an address, whether or not
/// groups are on right now.
pub async fn find_user_facts(
    connection: &mut AnyConnection,
    user: &PersonId,
    guest_group: Option<&GroupId>,
) -> Result<Option<UserFacts>, Error> {
    let row = sqlx::query(concat!(
        "select",
        user_columns!(),
        "
        from person u
        where u.person_id = $2 and u.kind = 'user' and u.disabled_at is null and u.erased_at is null"
    ))
    .bind(guest_group.map(GroupId::as_str))
    .bind(user.as_str())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(read_user).transpose()
}

fn read_user(row: &AnyRow) -> Result<UserFacts, Error> {
    let is = |column| Ok::<_, Error>(row.try_get::<i64, _>(column)? == 1);
    Ok(UserFacts {
        person_id: read_id(row, "person_id")?,
        email: row.try_get("email")?,
        is_verified: is("is_verified")?,
        is_changed: is("is_changed")?,
        is_staff: is("is_staff")?,
        is_acted: false,
        is_shared: is("is_shared")?,
    })
}

/// How many guests the dry run holds at once.
const PAGE: i64 = 1_000;

/// Where a page of guests in the order of their addresses begins.
pub struct AddressPlace {
    email: String,
    person_id: String,
}

impl AddressPlace {
    pub const fn first() -> Self {
        Self {
            email: String::new(),
            person_id: String::new(),
        }
    }

    /// Behind this guest.
    pub fn of(guest: &GuestFacts) -> Self {
        Self {
            email: guest.email.clone().unwrap_or_default(),
            person_id: guest.person_id.as_str().to_owned(),
        }
    }
}

/// **Shape**: guests who own a conversation, by address and id, at most 1,000; nobody whose address was taken away.
pub async fn list_guests_by_address(
    connection: &mut AnyConnection,
    after: &AddressPlace,
) -> Result<Vec<GuestFacts>, Error> {
    let rows = sqlx::query(concat!(
        "select",
        guest_columns!(),
        "
        from person g
        where g.kind = 'guest' and g.erased_at is null and (g.email, g.person_id) > ($1, $2)
            and exists (select 1 from conversation o where o.owner = g.person_id and o.kind = 'support')
        order by g.email, g.person_id
        limit $3"
    ))
    .bind(after.email.as_str())
    .bind(after.person_id.as_str())
    .bind(PAGE)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_guest).collect()
}

/// **Shape**: guests who own a conversation and whose address was taken away, by id, at most 1,000, behind that id.
pub async fn list_guests_without_address(
    connection: &mut AnyConnection,
    after: &str,
) -> Result<Vec<GuestFacts>, Error> {
    let rows = sqlx::query(concat!(
        "select",
        guest_columns!(),
        "
        from person g
        where g.kind = 'guest' and g.email is null and g.erased_at is null and g.person_id > $1
            and exists (select 1 from conversation o where o.owner = g.person_id and o.kind = 'support')
        order by g.person_id
        limit $2"
    ))
    .bind(after)
    .bind(PAGE)
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_guest).collect()
}

/// **Shape**: the users who have an address of these guests, which are in the order of their addresses.
pub async fn list_users_of_addresses(
    connection: &mut AnyConnection,
    guests: &[GuestFacts],
    guest_group: Option<&GroupId>,
) -> Result<Vec<UserFacts>, Error> {
    let email = |guest: Option<&GuestFacts>| guest.and_then(|guest| guest.email.clone());
    let rows = sqlx::query(concat!(
        "select",
        user_columns!(),
        "
        from (
            select distinct g.email
            from person g
            where g.kind = 'guest' and g.email >= $2 and g.email <= $3
        ) as typed
        join person u on u.kind = 'user' and u.email = typed.email
        where u.disabled_at is null and u.erased_at is null
        order by u.person_id"
    ))
    .bind(guest_group.map(GroupId::as_str))
    .bind(email(guests.first()).unwrap_or_default())
    .bind(email(guests.last()).unwrap_or_default())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read_user).collect()
}
