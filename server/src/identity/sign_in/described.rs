//! The user as the host describes them.
//!
//! The law: what a token leaves out stays as it is known.

use crate::{
    database::writer::Tx,
    error::Refusal,
    identity::claims::Claims,
    person::store::{KnownEmail, Person, find_address, insert_user, update_email, update_name},
    safety::audit::By,
    settings::store::raise_policy_version,
};
use shared::{ids::PersonId, text::Name};

/// What somebody is called whose host does not say.
const NAMELESS: &str = "User";

/// The user as the host describes them now.
pub(super) async fn upsert(
    tx: &mut Tx<'_>,
    by: &By,
    known: Option<Person>,
    claims: &Claims,
) -> Result<PersonId, Refusal> {
    let Some(user) = known else {
        let email = claims.email.as_ref().map(|email| KnownEmail {
            email,
            is_verified: claims.email_is_verified == Some(true),
        });
        let person_id: PersonId = by.mint.id();
        let nameless = || Name::parse(NAMELESS).expect("it is a name");
        let name = claims.name.clone().unwrap_or_else(nameless);
        insert_user(
            tx.connection(),
            &person_id,
            Some(claims.subject.as_str()),
            &name,
            email,
            by.now,
        )
        .await?;
        return Ok(person_id);
    };
    if let Some(name) = claims
        .name
        .as_ref()
        .filter(|name| name.as_str() != user.name)
    {
        update_name(tx.connection(), &user.person_id, name, by.now).await?;
        // Faces on the door and names that guests may not take: both are read with the policy.
        raise_policy_version(tx.connection()).await?;
    }
    if let Some(email) = &claims.email {
        let known = KnownEmail {
            email,
            is_verified: match claims.email_is_verified {
                Some(is_verified) => is_verified,
                None => find_address(tx.connection(), &user.person_id)
                    .await?
                    .is_some_and(|address| {
                        address.is_verified && address.normalised == email.normalised()
                    }),
            },
        };
        update_email(tx.connection(), &user.person_id, known, by.now).await?;
    }
    Ok(user.person_id)
}
