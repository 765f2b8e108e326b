//! A command on its way, and what became of it.
//!
//! The law: whatever comes back, the message is acknowledged, waits, or is shown as not sent.

use super::super::api;
use super::super::drafts::Writer;
use super::super::outbox::Unsent;
use super::{Delivered, Outgoing};
use crate::frame::tabs::{TabWord, tell};
use crate::frame::{clock, page};
use crate::guest::api::start_chat;
use crate::net::{Failure, Vouched, vouched};
use shared::ids::ClientId;
use shared::problem::ProblemCode;

impl Outgoing {
    pub(super) async fn deliver(self, unsent: Unsent) {
        let outcome = match &unsent.conversation_id {
            Some(id) => api::send_message(id, &unsent.as_send())
                .await
                .map(|sent| Delivered::Sent(id.clone(), Box::new(sent))),
            None => api::start_conversation(&unsent.as_start())
                .await
                .map(|started| Delivered::Started(unsent.destination(), Box::new(started))),
        };
        match outcome {
            Ok(delivered) => self.delivered(&unsent, delivered),
            Err(failure) => self.failed(unsent, failure).await,
        }
        self.pump();
    }

    fn delivered(self, unsent: &Unsent, delivered: Delivered) {
        if let Delivered::Started(place, started) = &delivered
            && let Some(author) = &started.message.author
        {
            let writer = Writer::new(unsent.writer.clone());
            // What somebody wrote as a guest is theirs as a user, though its author stays who it was.
            let person_id = unsent.writer.as_ref().unwrap_or(&author.person_id);
            let id = &started.conversation.conversation_id;
            self.went_into(&writer, place, person_id, id);
        }
        // The log knows the message before the outbox forgets it, so it is never missing from the screen.
        self.tell(delivered);
        self.take_out(&unsent.client_id);
        tell(&TabWord::Acknowledged(unsent.client_id.clone()));
    }

    async fn failed(self, unsent: Unsent, failure: Failure) {
        let client_id = &unsent.client_id;
        match failure {
            Failure::Unreachable => self.postpone(client_id, 0),
            Failure::Outdated => {
                self.postpone(client_id, 10_000);
                page::reload_once();
            }
            Failure::Refused(problem) if problem.code.is_passing() => {
                self.postpone(
                    client_id,
                    problem
                        .retry_after_s
                        .unwrap_or_default()
                        .saturating_mul(1_000),
                );
            }
            Failure::Refused(problem) if problem.code == ProblemCode::NoIdentity => {
                self.no_identity(unsent).await
            }
            // It is stored, and goes on in an account. What was written behind it waits for whoever that is: by itself it
            // would begin anew, as another guest.
            Failure::Refused(problem) if problem.code == ProblemCode::Continued => {
                self.change(|outbox| outbox.refused_together(&unsent, problem.code));
                self.tell(Delivered::WentOn);
            }
            Failure::Refused(problem) => {
                self.change(|outbox| outbox.refused(client_id, problem.code))
            }
        }
    }

    /// Nobody knows us. For a first message: the anonymous cookie ended, or was never kept. *Start chat* once more
    /// tells which, unless somebody has signed in: then perhaps the guest became them.
    async fn no_identity(self, unsent: Unsent) {
        let client_id = &unsent.client_id;
        let guest = unsent.guest.as_ref();
        let guest = guest.filter(|_| vouched() == Vouched::Visitor);
        let (Some((name, email)), false) = (guest, self.knocked_again.get_value()) else {
            self.change(|outbox| outbox.refused(client_id, ProblemCode::NoIdentity));
            return self.tell(if guest.is_some() {
                Delivered::CookieLost
            } else {
                Delivered::SessionEnded
            });
        };
        self.knocked_again.set_value(true);
        match start_chat(name, email).await {
            Ok(()) | Err(Failure::Unreachable) => self.postpone(client_id, 0),
            Err(failure) => self.change(|outbox| outbox.refused(client_id, failure.problem().code)),
        }
    }

    fn postpone(self, client_id: &ClientId, at_least_ms: u32) {
        self.change(|outbox| {
            outbox.postpone(client_id, clock::now(), at_least_ms, clock::chance())
        });
    }
}
