//! What was sent before an undo is the same message when it is sent again, wherever the undo carried it.

use crate::harness::{Browser, Site, scenarios};
use shared::{
    conversation::{SendMessage, Sent},
    ids::{ConversationId, Position},
    problem::ProblemCode,
    safety::BlockScope,
    samples::{ADA, CORA, MINA, TEO},
};

struct Undone<'a> {
    guest: Browser<'a>,
    user: Browser<'a>,
    mina: Browser<'a>,
    /// The guest's again.
    former: ConversationId,
    /// Where the user goes on.
    own: ConversationId,
    /// What the user and Mina had sent into the former one, and its answers.
    users: (SendMessage, Sent),
    minas: (SendMessage, Sent),
}

async fn undone<'a>(site: &'a Site) -> Undone<'a> {
    let mina = site.signed_in(&MINA).await;
    let ada = site.admin_of(&ADA).await;
    let mut guest = site.browser(&CORA);
    let former = guest.starts("Hello").await;
    let mut user = Browser::user(site, &CORA);
    user.signs_in_verified().await;
    let command = |browser: &Browser<'_>, text: &str, quoted: u64| SendMessage {
        client_id: browser.client_id(),
        text: text.into(),
        reply_to: Some(Position(quoted)),
    };
    let by_user = command(&user, "I am here", 1);
    let first = user.sends(&former, &by_user).await.unwrap();
    let by_mina = command(&mina, "So I see", 3);
    let second = mina.sends(&former, &by_mina).await.unwrap();
    ada.undoes_latest(&former).await;
    let [own] = user.own().await.try_into().unwrap();
    Undone {
        guest,
        user,
        mina,
        former,
        own,
        users: (by_user, first),
        minas: (by_mina, second),
    }
}

fn is_same(again: &Sent, first: &Sent, position: u64) -> bool {
    let (now, was) = (&again.message, &first.message);
    (
        &now.message_id,
        &now.client_id,
        &now.author,
        now.sent_at,
        &now.text,
    ) == (
        &was.message_id,
        &was.client_id,
        &was.author,
        was.sent_at,
        &was.text,
    ) && now.position == Position(position)
}

scenarios! {
    async fn a_retry_finds_its_message_where_an_undo_carried_it(site) {
        let Undone { user, mina, former, own, users, minas, .. } = undone(site).await;
        let before = site.count("message").await;
        // Sent to where it was: the user no longer sees that conversation, and staff still do.
        let again = user.sends(&former, &users.0).await.unwrap();
        assert!(is_same(&again, &users.1, 2));
        assert_eq!(again.message.reply_to, None, "a quote of the guest's stayed behind");
        let again = mina.sends(&former, &minas.0).await.unwrap();
        assert!(is_same(&again, &minas.1, 3));
        assert_eq!(again.message.reply_to, Some(Position(2)));
        // And to where it is.
        let thread = user.reads(&own).await.unwrap();
        assert!(thread.messages[1].message_id == users.1.message.message_id);
        assert_eq!(site.count("message").await, before, "nothing is said twice");
        // Whatever happened since.
        let mina_id = mina.session().await.person.unwrap().person_id;
        let user_id = user.session().await.person.unwrap().person_id;
        site.blocks(&mina_id, &user_id, BlockScope::Site, &own).await;
        assert!(is_same(&user.sends(&former, &users.0).await.unwrap(), &users.1, 2));
    }

    async fn nobody_elses_retry_finds_it(site) {
        let Undone { guest, user, former, own, users, minas, .. } = undone(site).await;
        let teo = site.signed_in(&TEO).await;
        // Staff see client ids. Another author's retry is another message, to where it was sent.
        let sent = teo.sends(&former, &SendMessage { reply_to: None, ..users.0.clone() }).await.unwrap();
        assert_eq!(sent.message.position, Position(4));
        assert_eq!(guest.reads(&former).await.unwrap().messages.len(), 4);
        // The user's own words, changed; something else of theirs; Mina's client id.
        let other_words = SendMessage { text: "I am not here".into(), ..users.0.clone() };
        assert_eq!(user.sends(&former, &other_words).await.err().unwrap().code(), ProblemCode::IdReused);
        for command in [SendMessage { client_id: user.client_id(), ..users.0.clone() }, minas.0] {
            assert_eq!(user.sends(&former, &command).await.err().unwrap().status, 404);
        }
        assert_eq!(guest.sends(&own, &users.0).await.err().unwrap().status, 404);
    }
}
