//! One call: bytes out, bytes in, and what each status means.
//!
//! The law: every call says on whose behalf this page vouches (`shared::wire::HEADER`), and asks for our own encoding;
//! all but the one that the page itself sent early.

use super::heading::{Vouched, heading};
use crate::frame::clock;
use crate::frame::fetch::{Answered, Asked, fetch};
use serde::{Serialize, de::DeserializeOwned};
use shared::problem::{Problem, ProblemCode};
use shared::wire;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

/// Why there is no answer.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(any(debug_assertions, not(target_arch = "wasm32")), derive(Debug))]
pub enum Failure {
    /// No network, no server, or something between that is neither.
    Unreachable,
    /// The server speaks another build.
    Outdated,
    Refused(Problem),
}

impl Failure {
    /// The problem to say, where it is one that a sentence can be said of.
    pub fn problem(self) -> Problem {
        match self {
            Self::Refused(problem) => problem,
            Self::Outdated => ProblemCode::Outdated.into(),
            Self::Unreachable => ProblemCode::NotStored.into(),
        }
    }

    pub fn is(self, code: ProblemCode) -> bool {
        matches!(self, Self::Refused(problem) if problem.code == code)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    /// The very request that the page sent before this program ran: without a word of on whose behalf.
    Early,
    Post,
    Put,
    Delete,
}

/// Finds out who is there now; answers whether the same call may be tried again.
type Renewal = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = bool>>>>;

/// How often, and how many times, to look whether everything was answered. **Units**: milliseconds.
const LOOK_MS: u32 = 50;
const LANDING_LOOKS: u32 = 60;

thread_local! {
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
    static VOUCHED: Cell<Vouched> = const { Cell::new(Vouched::Visitor) };
    static RENEWAL: RefCell<Option<Renewal>> = const { RefCell::new(None) };
}

/// From now on the page speaks for these.
pub fn vouch(vouched: Vouched) {
    VOUCHED.set(vouched);
}

pub fn vouched() -> Vouched {
    VOUCHED.get()
}

/// Who is asked when a session has ended.
pub fn on_stale_identity(renewal: Renewal) {
    RENEWAL.set(Some(renewal));
}

/// Asks for something.
pub async fn call<Answer: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<Vec<u8>>,
) -> Result<Answer, Failure> {
    let bytes = exchange(method, path, ours(body.as_deref())).await?;
    // A body that is not what this build expects, in spite of its content type, is from another build.
    read(&bytes).ok_or(Failure::Outdated)
}

/// The same, by the guest's cookie, whoever has signed in since.
#[cfg(feature = "users")]
pub async fn call_as_guest<Answer: DeserializeOwned>(
    method: Method,
    path: &str,
    body: Option<Vec<u8>>,
) -> Result<Answer, Failure> {
    let bytes = once(Vouched::Visitor, method, path, ours(body.as_deref())).await?;
    read(&bytes).ok_or(Failure::Outdated)
}

/// Asks for something to be done; there is nothing to be told.
pub async fn order(method: Method, path: &str, body: Option<Vec<u8>>) -> Result<(), Failure> {
    exchange(method, path, ours(body.as_deref()))
        .await
        .map(drop)
}

/// Hands a file over as it is, and says what it is believed to be.
#[cfg(feature = "admin")]
pub async fn upload<Answer: DeserializeOwned>(
    path: &str,
    content_type: &str,
    file: &[u8],
) -> Result<Answer, Failure> {
    let bytes = exchange(Method::Put, path, Some((content_type, file))).await?;
    read(&bytes).ok_or(Failure::Outdated)
}

/// What is sent, and what it is.
type Sent<'a> = Option<(&'a str, &'a [u8])>;

fn ours(body: Option<&[u8]>) -> Sent<'_> {
    body.map(|body| (wire::POSTCARD, body))
}

/// A command as bytes.
pub fn body<Command: Serialize>(command: &Command) -> Option<Vec<u8>> {
    postcard::to_allocvec(command).ok()
}

fn read<Answer: DeserializeOwned>(bytes: &[u8]) -> Option<Answer> {
    let (answer, rest) = postcard::take_from_bytes(bytes).ok()?;
    rest.is_empty().then_some(answer)
}

async fn exchange(method: Method, path: &str, body: Sent<'_>) -> Result<Vec<u8>, Failure> {
    let failure = match once(vouched(), method, path, body).await {
        Err(failure) if failure.is(ProblemCode::NoIdentity) => failure,
        done => return done,
    };
    let renewal = RENEWAL.with_borrow(Clone::clone);
    match renewal {
        // What the exchange of a token answers must not ask for another token.
        Some(renewal) if path != "/api/session" && renewal().await => {
            once(vouched(), method, path, body).await
        }
        _ => Err(failure),
    }
}

async fn once(
    behalf: Vouched,
    method: Method,
    path: &str,
    body: Sent<'_>,
) -> Result<Vec<u8>, Failure> {
    let [vouched, accept] = heading(behalf);
    let headers = [
        vouched,
        accept,
        (
            "content-type",
            body.map_or("", |(content_type, _)| content_type),
        ),
    ];
    let said = match method {
        Method::Early => 0,
        _ if body.is_some() => headers.len(),
        _ => 2,
    };
    let method = match method {
        Method::Get | Method::Early => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    };
    UNDER_WAY.set(UNDER_WAY.get() + 1);
    let answered = fetch(Asked {
        method,
        path,
        headers: &headers[..said],
        body: body.map(|(_, bytes)| bytes),
    })
    .await;
    UNDER_WAY.set(UNDER_WAY.get() - 1);
    judge(answered.map_err(|_| Failure::Unreachable)?)
}

/// Waits, a moment at most, until everything that is on its way was answered.
pub async fn landed() {
    for _ in 0..LANDING_LOOKS {
        if UNDER_WAY.get() == 0 {
            break;
        }
        clock::pause(LOOK_MS).await;
    }
}

/// What an answer means.
pub(super) fn judge(answered: Answered) -> Result<Vec<u8>, Failure> {
    let is_ours = answered.content_type == wire::POSTCARD;
    match answered.status {
        204 => Ok(Vec::new()),
        200..=299 if is_ours => Ok(answered.body),
        // An answer in another build's encoding.
        200..=299 | 426 => Err(Failure::Outdated),
        status => {
            let said = if is_ours {
                read::<Problem>(&answered.body)
            } else {
                None
            };
            let code = said.map(|problem| problem.code).or_else(|| code_of(status));
            let Some(code) = code else {
                return Err(Failure::Unreachable);
            };
            let problem = said.unwrap_or(Problem::new(code));
            let retry_after_s = problem.retry_after_s.or(answered.retry_after_s);
            Err(Failure::Refused(Problem {
                retry_after_s,
                ..problem
            }))
        }
    }
}

/// What a status means when something between us and the server gave it. `None`: as good as no answer.
fn code_of(status: u16) -> Option<ProblemCode> {
    Some(match status {
        401 => ProblemCode::NoIdentity,
        403 => ProblemCode::ForeignOrigin,
        404 => ProblemCode::NotFound,
        413 => ProblemCode::TooBig,
        429 => ProblemCode::SlowDown,
        400..=499 => ProblemCode::Malformed,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, content_type: &str, body: Vec<u8>) -> Answered {
        Answered {
            status,
            content_type: content_type.into(),
            retry_after_s: Some(9),
            body,
        }
    }

    #[test]
    fn a_problem_is_read_and_keeps_the_servers_patience() {
        let problem = Problem::retry_after(ProblemCode::SlowDown, 7);
        let failure = judge(answered(429, wire::POSTCARD, body(&problem).unwrap())).unwrap_err();
        assert_eq!(failure, Failure::Refused(problem));
        let bare = judge(answered(429, "text/html", b"<h1>".into())).unwrap_err();
        assert_eq!(
            bare,
            Failure::Refused(Problem::retry_after(ProblemCode::SlowDown, 9))
        );
    }

    #[test]
    fn another_build_is_outdated_and_a_broken_proxy_is_no_answer() {
        assert_eq!(
            judge(answered(426, wire::JSON, b"{}".into())),
            Err(Failure::Outdated)
        );
        assert_eq!(
            judge(answered(200, "application/x-porchlight; build=0", vec![1])),
            Err(Failure::Outdated)
        );
        for status in [500, 502, 503, 504] {
            assert_eq!(
                judge(answered(status, "text/html", b"<h1>".into())),
                Err(Failure::Unreachable)
            );
        }
    }

    #[test]
    fn an_answer_has_exactly_its_length() {
        let mut bytes = body(&7u32).unwrap();
        assert_eq!(read::<u32>(&bytes), Some(7));
        bytes.push(0);
        assert_eq!(read::<u32>(&bytes), None);
    }
}
