//! Plays the seeds: everybody says their lines through the product's own commands, at the time when they said them.
//!
//! The law: whoever writes has read what was there before, as people do.

use super::{
    seeding::{self, SeedingRefused},
    seeds::{Act, Line, Scene, Speaker, Standing, all_scenes, plan_play},
    setup::Cast,
};
use crate::{
    conversation::{
        change::{Advance, Newcomer, Opener, Opening, advance_seen, start},
        rules::{Hand, Terms},
    },
    conversion::change::ConversionTerms,
    database::writer::messages::Sending,
    identity::token::SessionToken,
    office::Office,
    person::email::Email,
    webhook::rules::Wanted,
};
use shared::{
    conversion::ConversionPolicy,
    ids::{ConversationId, PersonId, Position, Time},
    samples::Person,
    settings::Switch,
    text::{MessageText, Name},
};

/// How long a seeded guest's session lasts; no browser holds its cookie. **Units**: milliseconds.
const GUEST_SESSION_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// A scene that has begun.
#[derive(Clone)]
struct Thread {
    conversation_id: ConversationId,
    customer: PersonId,
    last_position: Position,
}

/// Plays everything, counted back from `now`.
pub async fn play(office: &Office, cast: &Cast, now: Time) -> Result<(), SeedingRefused> {
    let scenes: Vec<&Scene> = all_scenes().collect();
    let mut threads: Vec<Option<Thread>> = vec![None; scenes.len()];
    for step in plan_play() {
        seeding::go_to(office, Time(now.0 - step.minutes_ago * 60_000));
        let (scene, thread) = (scenes[step.scene], &mut threads[step.scene]);
        match (step.act, thread) {
            (Act::Says(number), Some(thread)) => {
                say(office, cast, thread, &scene.lines[number]).await?;
            }
            (Act::Says(number), thread) => {
                *thread = Some(open(office, cast, scene, &scene.lines[number]).await?);
            }
            (Act::ReadsAll, Some(thread)) => read(office, cast, thread, &thread.customer).await?,
            (Act::ReadsAll, None) => {}
        }
    }
    Ok(())
}

/// The customer's first line.
async fn open(
    office: &Office,
    cast: &Cast,
    scene: &Scene,
    line: &Line,
) -> Result<Thread, SeedingRefused> {
    let mint = &office.mint;
    let customer: PersonId = match scene.standing {
        Standing::Guest => mint.id(),
        Standing::User => cast.noor.clone(),
    };
    let opener = match scene.standing {
        Standing::Guest => {
            Opener::Newcomer(Box::new(newcomer(office, scene.customer, customer.clone())))
        }
        Standing::User => Opener::User(customer.clone()),
    };
    let opening = Opening {
        opener,
        conversation_id: mint.id(),
        client_id: mint.id(),
        text: text(line),
        with: None,
        hand: Hand::Own,
        terms: terms(cast),
        conversion: ConversionTerms {
            policy: ConversionPolicy::Off,
            guest_group: Some(cast.group.clone()),
        },
        now: office.clock.now(),
    };
    let started = office
        .writer
        .run(opening, |tx, opening| Box::pin(start(tx, opening)))
        .await?;
    Ok(Thread {
        conversation_id: started.conversation.conversation_id,
        customer,
        last_position: started.message.position,
    })
}

fn newcomer(office: &Office, person: &Person, person_id: PersonId) -> Newcomer {
    Newcomer {
        token_hash: SessionToken::mint(&office.mint).hash(),
        person_id,
        name: Name::parse(person.name).expect("the cast has names"),
        email: Email::parse(person.email).expect("the cast has addresses"),
        session_ends: Time(office.clock.now().0 + GUEST_SESSION_MS),
    }
}

async fn say(
    office: &Office,
    cast: &Cast,
    thread: &mut Thread,
    line: &Line,
) -> Result<(), SeedingRefused> {
    let author = match line.speaker {
        Speaker::Customer => thread.customer.clone(),
        Speaker::Mina => cast.mina.clone(),
        Speaker::Teo => cast.teo.clone(),
    };
    read(office, cast, thread, &author).await?;
    let sending = Sending {
        hand: Hand::Own,
        conversation_id: thread.conversation_id.clone(),
        client_id: office.mint.id(),
        author,
        terms: terms(cast),
        text: text(line),
        reply_to: None,
    };
    thread.last_position = office.writer.send(sending).await?.sent.message.position;
    Ok(())
}

/// Has everything on screen that was said so far.
async fn read(
    office: &Office,
    cast: &Cast,
    thread: &Thread,
    reader: &PersonId,
) -> Result<(), SeedingRefused> {
    let advance = Advance {
        hand: Hand::Own,
        conversation_id: thread.conversation_id.clone(),
        person_id: reader.clone(),
        terms: terms(cast),
        position: thread.last_position,
    };
    office
        .writer
        .run(advance, |tx, advance| Box::pin(advance_seen(tx, advance)))
        .await?;
    Ok(())
}

fn terms(cast: &Cast) -> Terms {
    Terms {
        guest_group: Some(cast.group.clone()),
        user_groups: Switch::On,
        show_addresses: Switch::Off,
        webhooks: Wanted::default(),
    }
}

fn text(line: &Line) -> MessageText {
    MessageText::parse(line.text).expect("a line of the seeds is a message")
}
