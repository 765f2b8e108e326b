//! What the host's server changes about its users, inside the writer's transaction.
//!
//! The law: what it says of a user counts as what an identity token says of them, and what it leaves out stays.

use crate::{
    conversion::change::{Arriving, ConversionTerms, convert_arriving},
    database::{violated, writer::Tx},
    error::Refusal,
    identity::claims::Subject,
    person::{
        email::Email,
        store::{self, KnownEmail, Person, find_address, find_user, insert_user, update_email},
    },
    safety::audit::{self, By, Done},
    settings::store::raise_policy_version,
};
use shared::{
    host::HostUser,
    ids::{HostKeyId, PersonId},
    problem::{Problem, ProblemCode},
    text::Name,
};

/// What somebody is called whose host does not say.
const NAMELESS: &str = "User";

/// `PutHostUser`, parsed.
pub struct Putting {
    pub subject: Subject,
    pub name: Option<Name>,
    pub email: Option<Email>,
    /// `None`: what is known of that very address stays known.
    pub email_verified: Option<bool>,
    /// Of the policy that was in force.
    pub terms: ConversionTerms,
    pub key: HostKeyId,
    pub by: By,
}

/// Makes a user, or changes one. The same again changes nothing.
///
/// **Errors**: `not_stored` where another process made the same user a moment ago.
pub async fn put_user(tx: &mut Tx<'_>, putting: &Putting) -> Result<HostUser, Refusal> {
    let known = find_user(tx.connection(), putting.subject.as_str()).await?;
    let (user, is_news) = match &known {
        None => (insert(tx, putting).await?, true),
        Some(user) => {
            let renamed = rename(tx, putting, user).await?;
            let addressed = readdress(tx, putting, user).await?;
            (user.person_id.clone(), renamed || addressed)
        }
    };
    if is_news {
        let done = Done::HostUserPut {
            user: user.clone(),
            key: putting.key.clone(),
            is_new: known.is_none(),
        };
        audit::record(tx.connection(), &putting.by, &done).await?;
    }
    let converted = convert(tx, &putting.by, user, &putting.terms).await?;
    host_user(tx, &putting.subject, converted).await
}

/// The host vouches for a user before they ever come (C14): the same rules as when they sign in, without a browser.
async fn convert(
    tx: &mut Tx<'_>,
    by: &By,
    user: PersonId,
    terms: &ConversionTerms,
) -> Result<u32, Refusal> {
    let arriving = Arriving {
        user,
        guest_cookie: None,
        is_acted: false,
        terms: terms.clone(),
    };
    let converted = convert_arriving(tx, by, &arriving).await?.len();
    Ok(u32::try_from(converted).unwrap_or(u32::MAX))
}

async fn insert(tx: &mut Tx<'_>, putting: &Putting) -> Result<PersonId, Refusal> {
    let person_id: PersonId = putting.by.mint.id();
    let nameless = || Name::parse(NAMELESS).expect("it is a name");
    let email = putting.email.as_ref().map(|email| KnownEmail {
        email,
        is_verified: putting.email_verified == Some(true),
    });
    let inserted = insert_user(
        tx.connection(),
        &person_id,
        Some(putting.subject.as_str()),
        &putting.name.clone().unwrap_or_else(nameless),
        email,
        putting.by.now,
    )
    .await;
    match inserted {
        // Only Postgres lets another process be quicker inside a transaction: it is there when asked again.
        Err(error) if violated(&error) == Some("person_external_id_unique") => {
            Err(Problem::retry_after(ProblemCode::NotStored, 1).into())
        }
        other => Ok(other.map(|()| person_id)?),
    }
}

/// Whether that is news.
async fn rename(tx: &mut Tx<'_>, putting: &Putting, user: &Person) -> Result<bool, Refusal> {
    let Some(name) = putting
        .name
        .as_ref()
        .filter(|name| name.as_str() != user.name)
    else {
        return Ok(false);
    };
    store::update_name(tx.connection(), &user.person_id, name, putting.by.now).await?;
    // Faces on the door and names that guests may not take: both are read with the policy.
    raise_policy_version(tx.connection()).await?;
    Ok(true)
}

/// Whether that is news.
async fn readdress(tx: &mut Tx<'_>, putting: &Putting, user: &Person) -> Result<bool, Refusal> {
    let Some(email) = &putting.email else {
        return Ok(false);
    };
    let address = find_address(tx.connection(), &user.person_id).await?;
    let present = address.filter(|address| address.normalised == email.normalised());
    let was_verified = present.as_ref().is_some_and(|address| address.is_verified);
    let is_verified = putting.email_verified.unwrap_or(was_verified);
    let is_same = present.is_some_and(|address| address.as_typed == email.as_typed());
    if is_same && is_verified == was_verified {
        return Ok(false);
    }
    let known = KnownEmail { email, is_verified };
    update_email(tx.connection(), &user.person_id, known, putting.by.now).await?;
    Ok(true)
}

/// `EmailIsVerified`, parsed.
pub struct Verifying {
    pub subject: Subject,
    pub email: Email,
    /// Of the policy that was in force.
    pub terms: ConversionTerms,
    pub key: HostKeyId,
    pub by: By,
}

/// The address is the user's, and the host has seen that it is.
///
/// **Errors**: `not_found`.
pub async fn verify_email(tx: &mut Tx<'_>, verifying: &Verifying) -> Result<HostUser, Refusal> {
    let user = find_user(tx.connection(), verifying.subject.as_str()).await?;
    let user = user.ok_or(ProblemCode::NotFound)?.person_id;
    let email = &verifying.email;
    let address = find_address(tx.connection(), &user).await?;
    let is_known = address.is_some_and(|address| {
        address.is_verified
            && address.normalised == email.normalised()
            && address.as_typed == email.as_typed()
    });
    if !is_known {
        let known = KnownEmail {
            email,
            is_verified: true,
        };
        update_email(tx.connection(), &user, known, verifying.by.now).await?;
        let done = Done::HostEmailVerified {
            user: user.clone(),
            key: verifying.key.clone(),
        };
        audit::record(tx.connection(), &verifying.by, &done).await?;
    }
    let converted = convert(tx, &verifying.by, user, &verifying.terms).await?;
    host_user(tx, &verifying.subject, converted).await
}

/// The user as the host's server is answered.
async fn host_user(
    tx: &mut Tx<'_>,
    subject: &Subject,
    converted: u32,
) -> Result<HostUser, Refusal> {
    let found = store::find_host_user(tx.connection(), subject.as_str()).await?;
    let user = found.ok_or(Refusal::Broken("a user is there after it was put"))?;
    Ok(HostUser { converted, ..user })
}
