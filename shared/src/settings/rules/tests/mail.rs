//! The mail server: where it is, and how it is spoken to (S15).

use super::*;

#[test]
fn s15_a_mail_server_is_a_host_name() {
    fn with_mail(edit: impl FnOnce(&mut Settings)) -> impl FnOnce(&mut Settings) {
        |settings| {
            settings.mail_host = "smtp.example.com".into();
            settings.mail_from = "chat@example.com".into();
            edit(settings);
        }
    }
    for bad in [
        "smtp.example.com\r\nRCPT TO:<x@evil.example>",
        "smtp\n",
        "-oQ",
        "-oQ/tmp/x.example",
        "smtp.example.com:25",
        "smtp://smtp.example.com",
        "user@smtp.example.com",
        "smtp example com",
        "smtp..example.com",
        "2130706433",
        "0x7f.1",
        "a_b.example.com",
        "/etc/passwd",
        "[::1]",
    ] {
        let bad_host = with_mail(|settings| settings.mail_host = bad.into());
        // White space around it is no part of what was typed.
        if bad == "smtp\n" {
            assert_eq!(set(bad_host).unwrap().mail_host, "smtp");
            continue;
        }
        assert_eq!(
            fault(bad_host),
            (Field::MailHost, ProblemCode::HostShape),
            "{bad:?}"
        );
    }
    for (typed, kept) in [
        ("SMTP.Example.COM", "smtp.example.com"),
        ("localhost", "localhost"),
        ("10.0.0.25", "10.0.0.25"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("", ""),
    ] {
        let good = with_mail(|settings| settings.mail_host = typed.into());
        assert_eq!(set(good).unwrap().mail_host, kept);
    }
    for (bad, code) in [
        ("", ProblemCode::EmailRequired),
        ("chat", ProblemCode::EmailNoAt),
        ("Chat <chat@example.com>", ProblemCode::EmailShape),
        (
            "chat@example.com\r\nBcc: x@y.example",
            ProblemCode::EmailShape,
        ),
        ("a@example.com, b@example.com", ProblemCode::EmailShape),
        ("чат@example.com", ProblemCode::EmailShape),
        ("-oQ@example.com", ProblemCode::EmailShape),
    ] {
        let bad_from = with_mail(|settings| settings.mail_from = bad.into());
        assert_eq!(fault(bad_from), (Field::MailFrom, code), "{bad:?}");
    }
    let bad_user = with_mail(|settings| settings.mail_user = "a\r\nb".into());
    assert_eq!(fault(bad_user), (Field::MailUser, ProblemCode::LineShape));
}

#[test]
fn a_password_travels_in_the_clear_on_this_machine_only() {
    let in_the_clear = |host: &str| {
        let mail_host = host.to_owned();
        move |settings: &mut Settings| {
            settings.mail_host = mail_host;
            settings.mail_from = "chat@example.com".into();
            settings.mail_security = MailSecurity::None;
        }
    };
    for far in ["smtp.example.com", "10.0.0.25", "localhost.example.com"] {
        assert_eq!(
            fault(in_the_clear(far)),
            (Field::MailSecurity, ProblemCode::NeedsTls)
        );
    }
    for near in ["localhost", "127.0.0.1", "mail.localhost"] {
        assert!(set(in_the_clear(near)).is_ok(), "{near}");
    }
}
