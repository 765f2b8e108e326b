//! The three cookies: the guest's, the user's, the admin page's (D2).
//!
//! The law: no script ever sees them, and only this file writes them. The first two belong to one host's site
//! (`Partitioned`) and are `SameSite=None`, because the chat lives in a frame on another site; what that would open is
//! closed by the origin check of every write. The admin page's is `Strict`: no frame on another site ever brings it.

use super::store::SessionKind;
use super::token::SessionToken;
use axum::http::{HeaderMap, HeaderValue, header};

const GUEST: &str = "__Host-porchlight-guest";
const USER: &str = "__Host-porchlight-user";
const ADMIN: &str = "__Host-porchlight-admin";

/// How long the browser keeps a user's or an admin's cookie. The session behind it ends long before; a cookie that outlives it only
/// spares us telling *never signed in* from *signed in last week*. **Units**: seconds.
const SIGNED_IN_SECONDS: i64 = 7 * 86_400;

const fn name(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Guest => GUEST,
        SessionKind::User => USER,
        SessionKind::Admin => ADMIN,
    }
}

/// The token that the browser brought. `None`: no cookie, or not one of ours.
pub fn read(headers: &HeaderMap, kind: SessionKind) -> Option<SessionToken> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter(|(cookie, _)| *cookie == name(kind))
        .find_map(|(_, value)| SessionToken::parse(value))
}

/// `Set-Cookie` for a new token. `guest_days`: what the site allows a guest's session at most.
pub fn set(kind: SessionKind, token: &SessionToken, guest_days: u32) -> HeaderValue {
    let seconds = match kind {
        SessionKind::Guest => i64::from(guest_days) * 86_400,
        SessionKind::User | SessionKind::Admin => SIGNED_IN_SECONDS,
    };
    write(kind, token.expose(), seconds)
}

/// `Set-Cookie` that ends it.
pub fn clear(kind: SessionKind) -> HeaderValue {
    write(kind, "", 0)
}

fn write(kind: SessionKind, value: &str, seconds: i64) -> HeaderValue {
    let travels = match kind {
        SessionKind::Guest | SessionKind::User => "SameSite=None; Partitioned",
        SessionKind::Admin => "SameSite=Strict",
    };
    let text = format!(
        "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; {travels}",
        name(kind)
    );
    let mut value =
        HeaderValue::from_str(&text).expect("a token is base64url and the rest is ours");
    value.set_sensitive(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    fn brought(cookies: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        headers
    }

    #[test]
    fn a_cookie_is_closed_to_scripts_and_bound_to_its_host() {
        let token = SessionToken::parse(TOKEN).unwrap();
        assert_eq!(
            set(SessionKind::Guest, &token, 180).to_str().unwrap(),
            format!(
                "__Host-porchlight-guest={TOKEN}; Path=/; Max-Age=15552000; HttpOnly; Secure; SameSite=None; Partitioned"
            )
        );
        assert_eq!(
            clear(SessionKind::User).to_str().unwrap(),
            "__Host-porchlight-user=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=None; Partitioned"
        );
        assert_eq!(
            set(SessionKind::Admin, &token, 180).to_str().unwrap(),
            format!(
                "__Host-porchlight-admin={TOKEN}; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Strict"
            )
        );
        assert!(
            !format!("{:?}", set(SessionKind::User, &token, 180)).contains(TOKEN),
            "a cookie is never printed"
        );
    }

    #[test]
    fn each_kind_reads_its_own_cookie() {
        let other = TOKEN.replace('A', "B");
        let headers = brought(&[
            &format!("a=b; __Host-porchlight-guest={TOKEN}"),
            &format!("__Host-porchlight-user={other};x"),
        ]);
        assert_eq!(read(&headers, SessionKind::Guest).unwrap().expose(), TOKEN);
        assert_eq!(read(&headers, SessionKind::User).unwrap().expose(), other);
    }

    #[test]
    fn what_is_not_ours_is_no_cookie() {
        for cookie in [
            "__Host-porchlight-guest=",
            "__Host-porchlight-guest=short",
            "porchlight-guest=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "__host-porchlight-guest=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
            "",
            ";;;=;",
        ] {
            assert_eq!(
                read(&brought(&[cookie]), SessionKind::Guest),
                None,
                "{cookie}"
            );
        }
        let twice = format!("__Host-porchlight-guest=broken; __Host-porchlight-guest={TOKEN}");
        assert_eq!(
            read(&brought(&[&twice]), SessionKind::Guest)
                .unwrap()
                .expose(),
            TOKEN
        );
    }
}
