//! Rows about what a token claims.

use super::*;

#[test]
fn j09_times_are_integers_and_near() {
    for value in [
        json!(NOW_S.to_string()),
        json!(NOW_S as f64 + 0.5),
        json!(null),
        json!([NOW_S]),
        json!(true),
    ] {
        assert_eq!(
            claim_refusal("iat", value.clone()),
            Refusal::Claim("iat"),
            "{value}"
        );
        assert_eq!(
            claim_refusal("exp", value.clone()),
            Refusal::Claim("exp"),
            "{value}"
        );
    }
    for claim in ["iat", "exp"] {
        assert!(
            matches!(
                refusal(&sign(&header(), &without(payload(), claim))),
                Refusal::Claim(_)
            ),
            "{claim}"
        );
    }
    let between = |issued: i64, expires: i64| {
        sign(
            &header(),
            &with(
                with(payload(), "iat", json!(NOW_S + issued)),
                "exp",
                json!(NOW_S + expires),
            ),
        )
    };
    assert!(matches!(judge(&between(61, 300)), Ok(Verdict::Early(_))));
    assert!(matches!(judge(&between(60, 300)), Ok(Verdict::Fresh(_))));
    assert_eq!(refusal(&between(0, 601)), Refusal::Lifetime);
    assert!(matches!(judge(&between(0, 600)), Ok(Verdict::Fresh(_))));
    assert_eq!(refusal(&between(0, 0)), Refusal::Lifetime);
    assert_eq!(refusal(&between(0, -1)), Refusal::Lifetime);
    assert!(matches!(judge(&between(-300, -59)), Ok(Verdict::Fresh(_))));
    assert!(matches!(judge(&between(-300, -60)), Ok(Verdict::Stale(_))));
    let not_yet = with(payload(), "nbf", json!(NOW_S + 61));
    assert!(matches!(
        judge(&sign(&header(), &not_yet)),
        Ok(Verdict::Early(_))
    ));
    assert_eq!(claim_refusal("nbf", json!("soon")), Refusal::Claim("nbf"));
    assert_eq!(
        refusal(&sign(
            &header(),
            &with(
                with(payload(), "iat", json!(i64::MIN)),
                "exp",
                json!(i64::MAX)
            )
        )),
        Refusal::Claim("exp")
    );
}

#[test]
fn j11_a_token_is_for_this_site_alone() {
    let ours = format!("porchlight:{}", site_id());
    for audience in [
        json!(""),
        json!([ours, "porchlight:other"]),
        json!(["porchlight:other", ours]),
        json!([]),
        json!("porchlight:019aaf00-6002-7000-8000-000000000002"),
        json!(format!("{ours} ")),
        json!(site_id().as_str()),
        json!(5),
        json!({"aud": ours}),
    ] {
        assert_eq!(
            claim_refusal("aud", audience.clone()),
            Refusal::Claim("aud"),
            "{audience}"
        );
    }
    assert_eq!(
        refusal(&sign(&header(), &without(payload(), "aud"))),
        Refusal::Claim("aud")
    );
    assert!(
        is_fresh(&with(payload(), "aud", json!([ours]))),
        "an array of one is the same"
    );
    for issuer in [
        json!("other"),
        json!(""),
        json!(null),
        json!([site_id().as_str()]),
    ] {
        assert_eq!(claim_refusal("iss", issuer), Refusal::Claim("iss"));
    }
}

#[test]
fn j13_a_subject_is_1_to_128_printable_characters() {
    for subject in [
        json!(""),
        json!("x".repeat(129)),
        json!(7),
        json!({"id": "noor"}),
        json!("no\0or"),
        json!(" noor"),
        json!("noor "),
        json!("noor\n"),
        json!("no\u{200b}or"),
        json!("no\u{202e}or"),
        json!(null),
    ] {
        assert_eq!(
            claim_refusal("sub", subject.clone()),
            Refusal::Claim("sub"),
            "{subject}"
        );
    }
    assert_eq!(
        refusal(&sign(&header(), &without(payload(), "sub"))),
        Refusal::Claim("sub")
    );
    for subject in [
        "ж".repeat(128),
        "auth0|5f7c8ec7c33c6c004bbafe82".into(),
        "Noor Haddad".into(),
    ] {
        assert!(
            is_fresh(&with(payload(), "sub", json!(subject))),
            "{subject}"
        );
    }
}

#[test]
fn a_token_id_is_there_and_short() {
    for token_id in [json!(""), json!(1), json!("x".repeat(129)), json!(null)] {
        assert_eq!(claim_refusal("jti", token_id), Refusal::Claim("jti"));
    }
    assert_eq!(
        refusal(&sign(&header(), &without(payload(), "jti"))),
        Refusal::Claim("jti")
    );
}

#[test]
fn j19_a_token_gives_no_powers() {
    for (claim, value) in [
        ("role", json!("admin")),
        ("role", json!(null)),
        ("admin", json!(true)),
        ("admin", json!(false)),
        ("is_agent", json!(true)),
    ] {
        assert_eq!(claim_refusal(claim, value), Refusal::ForbiddenClaim(claim));
    }
    for actor in [
        json!("ada"),
        json!(null),
        json!([]),
        json!({}),
        json!({"sub": ""}),
        json!({"sub": " ada"}),
        json!({"sub": 5}),
        json!({"sub": {"sub": "ada"}}),
        json!({"sub": "a".repeat(129)}),
        json!([{"sub": "ada"}]),
    ] {
        assert_eq!(claim_refusal("act", actor), Refusal::Claim("act"));
    }
    assert!(
        is_fresh(&with(payload(), "plan", json!({"tier": "gold"}))),
        "what we do not know is ignored"
    );
}

#[test]
fn who_is_signed_in_as_somebody_is_named_also_when_the_token_is_stale() {
    let actor = json!({"sub": "ada", "act": {"sub": "x"}, "iss": 5});
    let token = sign(&header(), &with(payload(), "act", actor.clone()));
    let Ok(Verdict::Fresh(claims)) = judge(&token) else {
        panic!("refused")
    };
    assert_eq!(claims.acted_by, Subject::parse("ada"));
    let stale = with(
        with(payload(), "iat", json!(NOW_S - 300)),
        "exp",
        json!(NOW_S - 60),
    );
    let token = sign(&header(), &with(stale, "act", actor));
    let Ok(Verdict::Stale(bearer)) = judge(&token) else {
        panic!("it is stale")
    };
    assert_eq!(bearer.acted_by, Subject::parse("ada"));
    assert_eq!(bearer.subject.as_str(), "noor");
}

#[test]
fn groups_are_texts() {
    for groups in [
        json!("Support"),
        json!([1]),
        json!({}),
        json!([null]),
        json!(vec!["g"; 101]),
    ] {
        assert_eq!(claim_refusal("groups", groups), Refusal::Claim("groups"));
    }
    let token = sign(&header(), &with(payload(), "groups", json!(["g1", "g2"])));
    let Ok(Verdict::Fresh(claims)) = judge(&token) else {
        panic!("refused")
    };
    assert_eq!(claims.groups, Some(vec!["g1".to_owned(), "g2".to_owned()]));
}

#[test]
fn a_particular_of_the_wrong_type_is_refused_and_an_unusable_one_left_out() {
    for claim in ["email", "name", "picture"] {
        for value in [
            json!(5),
            json!(null),
            json!(["noor@example.org"]),
            json!({}),
        ] {
            assert_eq!(claim_refusal(claim, value), Refusal::Claim(claim));
        }
    }
    for value in [json!("true"), json!(1), json!(null)] {
        assert_eq!(
            claim_refusal("email_verified", value),
            Refusal::Claim("email_verified")
        );
    }
    let odd = with(
        with(payload(), "email", json!("noor@localhost")),
        "name",
        json!("\u{200b}"),
    );
    let Ok(Verdict::Fresh(claims)) = judge(&sign(&header(), &odd)) else {
        panic!("refused")
    };
    assert!(claims.email.is_none() && claims.name.is_none());
    assert_eq!(
        claims.email_is_verified, None,
        "what is left out is not verified"
    );
    assert_eq!(claims.ignored, ["name", "email"]);
}
