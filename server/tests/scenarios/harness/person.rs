//! Whoever opens a browser: cookies, calls, and the verbs of the cast.

use super::{
    site::{ORIGIN, Site},
    socket::Socket,
};
use serde::{Serialize, de::DeserializeOwned};
use shared::{
    identity::{Session, SignIn},
    ids::ClientId,
    problem::{Problem, ProblemCode},
    samples::Person,
    wire,
};
use std::collections::BTreeMap;

/// A browser with its cookies, on a page that vouches for its person or for nobody.
#[derive(Clone)]
pub struct Browser<'a> {
    pub site: &'a Site,
    pub person: &'static Person,
    vouched: &'static str,
    cookies: BTreeMap<String, String>,
    /// Behind which address it is, as the site's proxy says. `None`: no proxy says anything.
    peer: Option<String>,
}

/// An answer as it came.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

/// A refusal as its caller sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    pub status: u16,
    pub problem: Problem,
}

impl Refused {
    pub fn code(&self) -> ProblemCode {
        self.problem.code
    }
}

impl Answer {
    /// The value, or the problem; anything else is a failure of the test.
    pub fn read<T: DeserializeOwned>(self) -> Result<T, Refused> {
        let Self { status, body, .. } = self;
        if (200..300).contains(&status) {
            return Ok(serde_json::from_slice(&body)
                .unwrap_or_else(|error| panic!("{error}: {}", text(&body))));
        }
        let problem: Problem = serde_json::from_slice(&body)
            .unwrap_or_else(|error| panic!("{status} {error}: {}", text(&body)));
        assert_eq!(problem.code.status(), status, "{:?}", problem.code);
        Err(Refused { status, problem })
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl<'a> Browser<'a> {
    pub fn visitor(site: &'a Site, person: &'static Person) -> Self {
        Self {
            site,
            person,
            vouched: wire::AS_VISITOR,
            cookies: BTreeMap::new(),
            peer: None,
        }
    }

    pub fn user(site: &'a Site, person: &'static Person) -> Self {
        Self {
            vouched: wire::AS_USER,
            ..Self::visitor(site, person)
        }
    }

    /// A browser on the admin page, with the cookie that it got there.
    pub fn admin(site: &'a Site, person: &'static Person, token: &str) -> Self {
        let cookie = ("__Host-porchlight-admin".to_owned(), token.to_owned());
        Self {
            vouched: wire::AS_ADMIN,
            cookies: BTreeMap::from([cookie]),
            ..Self::visitor(site, person)
        }
    }

    /// The same browser behind another address.
    pub fn behind(self, peer: String) -> Self {
        Self {
            peer: Some(peer),
            ..self
        }
    }

    /// The same browser, led to another node.
    pub fn at<'b>(&self, site: &'b Site) -> Browser<'b> {
        let Self {
            person,
            vouched,
            cookies,
            peer,
            ..
        } = self.clone();
        Browser {
            site,
            person,
            vouched,
            cookies,
            peer,
        }
    }

    /// The same browser, with somebody else before it.
    pub fn used_by(self, person: &'static Person) -> Self {
        Self { person, ..self }
    }

    /// The same browser on the admin page.
    pub fn on_admin_page(self) -> Self {
        Self {
            vouched: wire::AS_ADMIN,
            ..self
        }
    }

    /// The same browser on a page that vouches for somebody.
    pub fn on_behalf_of_user(self) -> Self {
        Self {
            vouched: wire::AS_USER,
            ..self
        }
    }

    /// The same browser on a page that vouches for nobody.
    pub fn on_behalf_of_visitor(self) -> Self {
        Self {
            vouched: wire::AS_VISITOR,
            ..self
        }
    }

    /// A new client id, as its frame would mint one.
    pub fn client_id(&self) -> ClientId {
        self.site.app().mint.id()
    }

    pub fn cookie(&self) -> String {
        let pairs: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    pub const fn vouched(&self) -> &'static str {
        self.vouched
    }

    /// A call as our frame makes it; what it does not say can be said or left out by `shape`.
    pub async fn calls(
        &self,
        method: &str,
        path: &str,
        shape: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Answer {
        self.attempts(method, path, shape).await.unwrap()
    }

    /// A call to a server that may be away.
    pub async fn attempts(
        &self,
        method: &str,
        path: &str,
        shape: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Result<Answer, reqwest::Error> {
        let url = format!("http://{}{path}", self.site.address());
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self
            .site
            .http
            .request(method, url)
            .header(wire::HEADER, self.vouched);
        if !self.cookies.is_empty() {
            request = request.header("cookie", self.cookie());
        }
        if let Some(peer) = &self.peer {
            request = request.header("x-forwarded-for", peer);
        }
        let answer = shape(request).send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Ok(Answer {
            status,
            headers,
            body: answer.bytes().await?.to_vec(),
        })
    }

    /// A write in JSON, and the cookies that come back.
    pub async fn writes(&mut self, method: &str, path: &str, command: &impl Serialize) -> Answer {
        let body = serde_json::to_vec(command).unwrap();
        let answer = self.posts(method, path, body).await;
        self.takes_cookies(&answer);
        answer
    }

    /// Keeps the cookies that an answer sets, and forgets those that it ends.
    pub fn takes_cookies(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all("set-cookie") {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match attributes.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.into(), value.into()),
            };
        }
    }

    /// Bytes that claim to be JSON.
    pub async fn posts(&self, method: &str, path: &str, body: impl Into<reqwest::Body>) -> Answer {
        self.calls(method, path, |request| {
            request
                .header("origin", ORIGIN)
                .header("content-type", wire::JSON)
                .body(body)
        })
        .await
    }

    pub async fn gets<T: DeserializeOwned>(&self, path: &str) -> Result<T, Refused> {
        self.calls("GET", path, |request| request).await.read()
    }

    /// Exchanges a fresh token.
    pub async fn signs_in(&mut self) -> Session {
        let token = self.site.token(self.person);
        self.signs_in_with(&token).await
    }

    /// Exchanges this token.
    pub async fn signs_in_with(&mut self, token: &str) -> Session {
        let command = SignIn {
            token: token.into(),
        };
        self.writes("POST", "/api/session", &command)
            .await
            .read()
            .unwrap()
    }

    pub async fn signs_out(&mut self) {
        let answer = self
            .calls("DELETE", "/api/session", |request| {
                request.header("origin", ORIGIN)
            })
            .await;
        assert_eq!(answer.status, 200);
    }

    pub async fn session(&self) -> Session {
        self.gets("/api/session").await.unwrap()
    }

    pub async fn listens(&self) -> Socket {
        Socket::open(self, wire::SOCKET_JSON).await
    }
}
