//! What is mailed: the code and fixed words, to the address that was typed and to no other.

use super::cora_was_here;
use crate::harness::{PostOffice, scenarios};
use shared::problem::{Field, Problem, ProblemCode};
use shared::samples::{CORA, LONG};

const HOUR_MS: i64 = 60 * 60_000;

/// All of a mail, save for its code.
const IN_ENGLISH: &str = "Your code for the chat of Lantern & Loom:

12345678

It is good for ten minutes, in the window where you asked for it.
Tell it to nobody, not even to us.
If you did not ask for it, you need not do anything: nobody gets in without it.";

scenarios! {
    async fn a_mail_holds_the_code_and_fixed_words_alone(site) {
        let post = PostOffice::open().await;
        site.mails_by(&post).await;
        let mut stranger = site.browser(&LONG);
        stranger.starts("Win a lamp at https://evil.example now").await;
        let mut elsewhere = site.browser(&LONG);
        elsewhere.fetches_code(&post, LONG.email).await;
        let letter = site.letters_to(&post, LONG.email).await.remove(0);
        let code = letter.code();
        let text = letter.text.replace(&code, "12345678");
        assert_eq!(text.trim_end(), IN_ENGLISH);
        for part in ["Auto-Submitted: auto-generated", "From: ", "<chat@shop.example>", "Subject: Your code for Lantern & Loom"] {
            assert!(letter.headers.contains(part), "{part} is missing:\n{}", letter.headers);
        }
        let whole = format!("{}\n{}", letter.headers, letter.text);
        for said in ["Maximiliana", "Win a lamp", "evil.example", "http"] {
            assert!(!whole.contains(said), "{said} is in the mail:\n{whole}");
        }
        for (language, word) in [("de", "Sag ihn niemandem"), ("ar", "لا تخبر به أحدًا")] {
            site.sets(move |settings| settings.language = language.into()).await;
            site.clock.advance(HOUR_MS);
            let code = elsewhere.fetches_code(&post, LONG.email).await;
            let letter = site.letters_to(&post, LONG.email).await.pop().unwrap();
            assert!(letter.text.contains(word) && letter.code() == code, "{}", letter.text);
        }
    }

    async fn no_address_writes_a_line_of_its_own_to_the_mail_server(site) {
        let post = cora_was_here(site).await;
        let mut cora = site.browser(&CORA);
        for (email, code) in [
            ("", ProblemCode::EmailRequired),
            ("cora", ProblemCode::EmailNoAt),
            ("cora@example.org\r\nBcc: idris@example.org", ProblemCode::EmailShape),
            ("cora@example.org>\r\nRCPT TO:<idris@example.org", ProblemCode::EmailShape),
            ("cora@example.org\n.\nQUIT", ProblemCode::EmailShape),
            ("cora@example.org%0aBcc:idris@example.org", ProblemCode::EmailShape),
            ("cora@example.org, idris@example.org", ProblemCode::EmailShape),
            ("Cora <cora@example.org>", ProblemCode::EmailShape),
            ("\"cora\r\nX: y\"@example.org", ProblemCode::EmailShape),
            ("cora@[127.0.0.1]", ProblemCode::EmailShape),
            (&format!("{}@example.org", "c".repeat(65)), ProblemCode::EmailTooLong),
        ] {
            let answer = cora.asks_for_code(email).await.read::<()>().err().unwrap();
            assert_eq!(answer.problem, Problem::about(code, Field::Email), "{email:?}");
        }
        // A guest of an address that no mail server takes is no way in either.
        cora.fetches_code(&post, CORA.email).await;
        let heard = post.heard();
        assert_eq!(heard.matches("RCPT TO:").count(), 1, "{heard}");
        assert!(!heard.contains("idris"), "{heard}");
    }
}
