//! Commands about conversions, one function each.

use crate::net::path::conversation;
use crate::net::{Failure, Method, body, call, order};
use shared::conversion::{AnswerQuestion, AskForCode, EnterCode, SameAddress};
use shared::identity::Session;
use shared::ids::ConversationId;

/// Asks for a code. The answer is the same for every address.
pub async fn ask_for_code(email: String) -> Result<(), Failure> {
    order(Method::Post, "/api/code", body(&AskForCode { email })).await
}

/// Enters it. What is proven so is in the session that answers.
pub async fn enter_code(code: String) -> Result<Session, Failure> {
    call(Method::Post, "/api/code/enter", body(&EnterCode { code })).await
}

/// Answers whether the guest of this browser goes on as this user.
pub async fn answer_question(continue_here: bool) -> Result<Session, Failure> {
    let command = body(&AnswerQuestion { continue_here });
    call(Method::Post, "/api/conversion/answer", command).await
}

/// The guest's part of a conversation was not this user's.
pub async fn say_not_me(id: &ConversationId) -> Result<(), Failure> {
    order(Method::Post, &conversation(id, "/not-me"), None).await
}

/// Others who typed, or have, the same address.
pub async fn same_address(id: &ConversationId) -> Result<SameAddress, Failure> {
    call(Method::Get, &conversation(id, "/same-address"), None).await
}
