//! Sets the product up for the shop, as its operator would by the command line.
//!
//! The law: the same functions, the same validation. A second start changes only what the ports changed.

use super::{
    ports::HostPorts,
    rules::chat::{plan_mail, plan_origins},
    seeding::{self, SeedingRefused},
};
use crate::{
    account::{change::give_account, password::Passwords},
    group::change::{add_member, create_group, set_permission},
    host::key::{
        HostKey,
        change::{NewKey, make_key},
    },
    office::Office,
    person::{
        change::{NewUser, add_user, find_user, set_admin},
        email::Email,
    },
    settings::{LANGUAGES, change},
};
use shared::{
    group::PermissionPair,
    host::HostScope,
    ids::{GroupId, PersonId, SiteId, Time},
    samples::{ADA, GUEST_GROUP, MINA, NOOR, Person, TEO},
    settings::{Settings, Switch},
    text::Name,
};

/// Of the cast's accounts. It is printed when the demonstration is ready: nothing in there is anybody's.
pub const PASSWORD: &str = "lantern-and-loom";

/// The shop's regular customers: they may write to somebody of the support group, and those to each other.
const REGULARS: &str = "Regulars";

/// Those of the cast who speak in the seeds, as the product knows them.
pub struct Cast {
    pub mina: PersonId,
    pub teo: PersonId,
    pub noor: PersonId,
    /// The group that answers guests.
    pub group: GroupId,
}

/// Users, groups, the admin and the settings of a fresh demonstration.
pub async fn set_up(office: &Office) -> Result<Cast, SeedingRefused> {
    let group = office
        .change((), |tx, by, ()| Box::pin(create_group(tx, by, GUEST_GROUP)))
        .await?;
    let cast = Cast {
        mina: user(office, &MINA).await?,
        teo: user(office, &TEO).await?,
        noor: user(office, &NOOR).await?,
        group,
    };
    let ada = user(office, &ADA).await?;
    office
        .change(ada, |tx, by, ada| {
            Box::pin(set_admin(tx, by, ada.as_str(), true))
        })
        .await?;
    for agent in [&cast.mina, &cast.teo] {
        // One after the other: the longest there is shown first.
        seeding::go_to(office, Time(office.clock.now().0 + 60_000));
        let membership = (cast.group.clone(), agent.clone());
        office
            .change(membership, |tx, by, (group, agent)| {
                Box::pin(add_member(tx, by, group.as_str(), agent.as_str()))
            })
            .await?;
    }
    join_groups(office, &cast).await?;
    office
        .change(cast.group.clone(), |tx, by, group| {
            Box::pin(change::edit(tx, by, LANGUAGES, |settings| {
                furnish(settings, group)
            }))
        })
        .await?;
    Ok(cast)
}

/// Who may write to whom besides guests and those who answer them.
async fn join_groups(office: &Office, cast: &Cast) -> Result<(), SeedingRefused> {
    let regulars = office
        .change((), |tx, by, ()| Box::pin(create_group(tx, by, REGULARS)))
        .await?;
    let membership = (regulars.clone(), cast.noor.clone());
    office
        .change(membership, |tx, by, (group, user)| {
            Box::pin(add_member(tx, by, group.as_str(), user.as_str()))
        })
        .await?;
    for other in [cast.group.clone(), regulars] {
        let pair = PermissionPair::of(cast.group.clone(), other);
        office
            .change(pair, |tx, by, pair| {
                Box::pin(set_permission(tx, by, pair, Switch::On))
            })
            .await?;
    }
    Ok(())
}

/// Lets the shop at this port embed the chat, and the chat mail into the mailbox at the other; answers the site's id.
pub async fn open_to_shop(office: &Office, ports: HostPorts) -> Result<SiteId, SeedingRefused> {
    let open = move |settings: &mut Settings| {
        settings.allowed_origins = plan_origins(&settings.allowed_origins, ports.shop);
        plan_mail(settings, ports.mail);
    };
    office
        .change((), move |tx, by, ()| {
            Box::pin(change::edit(tx, by, LANGUAGES, open))
        })
        .await?;
    let site = office
        .change((), |tx, by, ()| {
            Box::pin(async move { Ok(Ok::<_, String>(change::found_site(tx, by).await?)) })
        })
        .await?;
    Ok(site.site_id)
}

/// Lets Ada into `/admin` and Mina into `/agent` without the shop. At every start: an older demonstration had no accounts.
pub async fn give_accounts(office: &Office) -> Result<(), SeedingRefused> {
    let hash = Passwords::default().hash(PASSWORD, &office.mint).await?;
    for person in [&ADA, &MINA] {
        office
            .change((person, hash.clone()), |tx, by, (person, hash)| {
                Box::pin(async move {
                    let Ok(user) = find_user(tx, person.key).await? else {
                        return Ok(Err("the cast is there once it was set up"));
                    };
                    let Ok(email) = Email::parse(person.email) else {
                        return Ok(Err("the cast has addresses"));
                    };
                    give_account(tx, by, &user, &email, hash).await?;
                    Ok(Ok(()))
                })
            })
            .await?;
    }
    Ok(())
}

/// Gives the shop's server a key, as an admin does on the admin page; answers what is shown once.
pub async fn give_host_key(office: &Office) -> Result<String, SeedingRefused> {
    let key = HostKey::mint(&office.mint);
    office
        .change(key.clone(), |tx, by, key| {
            Box::pin(async move {
                let new = NewKey {
                    host_key_id: by.mint.id(),
                    key: key.clone(),
                    name: Name::parse("The shop's server").expect("it is a name"),
                    scopes: vec![HostScope::UsersWrite, HostScope::UsersErase],
                    by: by.clone(),
                };
                make_key(tx, &new).await?;
                Ok(Ok::<_, String>(()))
            })
        })
        .await?;
    Ok(key.expose().to_owned())
}

async fn user(office: &Office, person: &Person) -> Result<PersonId, SeedingRefused> {
    let user = NewUser {
        external_id: person.key.into(),
        name: person.name.into(),
        email: Some(person.email.into()),
    };
    let added = office.change(user, |tx, by, user| Box::pin(add_user(tx, by, user)));
    Ok(added.await?)
}

fn furnish(settings: &mut Settings, guest_group: &GroupId) {
    settings.site_name = "Lantern & Loom".into();
    settings.support_name = "Lantern & Loom Support".into();
    settings.footer_text = "Lantern & Loom".into();
    settings.privacy_url = "/privacy".into();
    // The shop's rust, light enough to stand on a dark surface too.
    settings.accent = "#B4531F".into();
    settings.user_groups = Switch::On;
    settings.guest_group_id = Some(guest_group.clone());
    settings.guest_mode = Switch::On;
}
