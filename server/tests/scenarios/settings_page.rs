//! The admin page's settings: rows S and U at the HTTP door.

use crate::harness::{Browser, Refused, Site, scenarios};
use serde_json::{Value, json};
use shared::{
    problem::{Field, ProblemCode},
    samples::{ADA, CORA, MINA, NOOR},
    settings::{GuestGroup, Presence, SaveSettings, Settings, SettingsPage, Switch},
};

const PATH: &str = "/api/admin/settings";

async fn page(admin: &Browser<'_>) -> SettingsPage {
    admin.gets(PATH).await.unwrap()
}

async fn saves(
    admin: &Browser<'_>,
    version: i64,
    settings: &Settings,
) -> Result<SettingsPage, Refused> {
    let save = SaveSettings {
        version,
        settings: settings.clone(),
    };
    let body = serde_json::to_vec(&save).unwrap();
    admin.posts("PUT", PATH, body).await.read()
}

/// A save of the settings as they are, save for what `edit` makes of them.
async fn changes(
    admin: &Browser<'_>,
    edit: impl FnOnce(&mut Settings),
) -> Result<SettingsPage, Refused> {
    let SettingsPage {
        mut settings,
        version,
        ..
    } = page(admin).await;
    edit(&mut settings);
    saves(admin, version, &settings).await
}

/// One member of the JSON replaced by what no program of ours would write there.
async fn writes_raw(admin: &Browser<'_>, key: &str, value: Value) -> u16 {
    let SettingsPage {
        settings, version, ..
    } = page(admin).await;
    let mut body = json!({"version": version, "settings": settings});
    body["settings"][key] = value;
    admin.posts("PUT", PATH, body.to_string()).await.status
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

async fn stays_as_it_was(site: &Site, before: &SettingsPage, admin: &Browser<'_>) {
    let now = page(admin).await;
    assert!(now.settings == before.settings && now.version == before.version);
    assert_eq!(site.app().policy().settings_version, before.version);
}

scenarios! {
    async fn s01_settings_are_for_admins_at_the_admin_page(site) {
        let admin = site.admin_of(&ADA).await;
        let before = page(&admin).await;
        let save = SaveSettings { version: before.version, settings: Settings::default() };
        let body = serde_json::to_vec(&save).unwrap();
        let mut guest = site.browser(&CORA);
        guest.starts("Hello").await;
        for (who, browser, status) in [
            ("a visitor", site.browser(&CORA), 401),
            ("a guest", guest, 404),
            ("a user", site.signed_in(&NOOR).await, 404),
            ("an agent", site.signed_in(&MINA).await, 404),
            ("an admin in a frame", site.signed_in(&ADA).await, 404),
            ("somebody at the admin page who is no admin", site.admin_of(&MINA).await, 404),
        ] {
            assert_eq!(browser.gets::<Value>(PATH).await.err().unwrap().status, status, "{who}");
            assert_eq!(browser.posts("PUT", PATH, body.clone()).await.status, status, "{who}");
        }
        stays_as_it_was(site, &before, &admin).await;
        // A host page's own script sends the cookie from another origin.
        let foreign = admin.calls("PUT", PATH, |request| {
            request.header("origin", "https://shop.example").header("content-type", "application/json").body(body)
        });
        assert_eq!(foreign.await.status, 403);
        stays_as_it_was(site, &before, &admin).await;
    }

    async fn what_is_saved_is_served_and_says_by_whom(site) {
        let admin = site.admin_of(&ADA).await;
        let before = page(&admin).await;
        assert_eq!((before.changed_by.clone(), before.guest_group), (None, GuestGroup::Staffed));
        assert_eq!(before.languages, ["ar", "de"]);
        assert_eq!(before.keys.len(), 1);
        assert!(before.keys[0].key_id == "scenario" && before.keys[0].created_at.is_none());
        assert!(!before.has_mail_password);
        let saved = changes(&admin, |settings| {
            settings.greeting = " Come in ".into();
            settings.exclude_urls = texts(&["/checkout", "/cafe\u{301}/*"]);
        }).await.unwrap();
        assert_eq!(saved.version, before.version + 1);
        assert_eq!(saved.changed_by.as_deref(), Some(ADA.name));
        assert_eq!(saved.changed_at, Some(site.clock.now()));
        assert_eq!(saved.settings.greeting, "Come in");
        assert_eq!(saved.settings.exclude_urls, ["/checkout", "/caf\u{e9}/*"]);
        assert_eq!(site.browser(&CORA).session().await.site.greeting, "Come in");
        let loader = site.browser(&CORA).calls("GET", "/embed.js", |request| request).await;
        assert!(String::from_utf8(loader.body).unwrap().contains("\"exclude\":[\"/checkout\",\"/caf\u{e9}/*\"]"));
        // The command line is nobody by name.
        site.sets(|settings| settings.page_size = 50).await;
        let later = page(&admin).await;
        assert_eq!((later.changed_by, later.version), (None, saved.version + 1));
    }

    async fn s13_two_admins_never_overwrite_each_other_unseen(site) {
        let (ada, also_ada) = (site.admin_of(&ADA).await, site.admin_of(&ADA).await);
        let read = page(&ada).await;
        let mine = Settings { greeting: "Mine".into(), ..read.settings.clone() };
        let yours = Settings { greeting: "Yours".into(), ..read.settings.clone() };
        assert!(saves(&also_ada, read.version, &yours).await.is_ok());
        for version in [read.version, read.version - 1, read.version + 2, -1, i64::MAX] {
            let refused = saves(&ada, version, &mine).await.err().unwrap();
            assert_eq!((refused.status, refused.code()), (409, ProblemCode::StaleVersion));
        }
        let now = page(&ada).await;
        assert_eq!(now.settings.greeting, "Yours");
        assert!(saves(&ada, now.version, &mine).await.is_ok());
        // The same save once more: its version is a former one.
        assert_eq!(saves(&ada, now.version, &mine).await.err().unwrap().status, 409);
        let audit = site.count("audit").await;
        let unchanged = saves(&ada, now.version + 1, &mine).await.unwrap();
        assert_eq!(unchanged.version, now.version + 1, "what changes nothing is no save");
        assert_eq!(site.count("audit").await, audit);
    }

    async fn a_save_leaves_a_line_that_names_who_and_which(site) {
        let admin = site.admin_of(&ADA).await;
        changes(&admin, |settings| {
            settings.mail_host = "smtp.example.com".into();
            settings.mail_from = "chat@example.com".into();
        }).await.unwrap();
        let app = site.app();
        let mut connection = app.database.read().await.unwrap();
        let (actor, line): (Option<String>, String) =
            sqlx::query_as("select actor, particulars from audit where action = 'settings_changed' order by audit_id desc limit 1")
                .fetch_one(&mut *connection).await.unwrap();
        assert_eq!(actor.as_deref(), Some(app.policy().admins[0].person_id.as_str()));
        assert_eq!(line, r#"{"keys":["mail_host","mail_from"]}"#);
    }

    async fn s_every_bad_setting_is_refused_by_its_field(site) {
        type Edit = fn(&mut Settings);
        let admin = site.admin_of(&ADA).await;
        let before = page(&admin).await;
        let rows: &[(Field, ProblemCode, Edit)] = &[
            (Field::SiteName, ProblemCode::NameRequired, |all| all.site_name = " ".into()),
            (Field::SupportName, ProblemCode::NameTooLong, |all| all.support_name = "x".repeat(81)),
            (Field::Greeting, ProblemCode::LineShape, |all| all.greeting = "a\nb".into()),
            (Field::FooterText, ProblemCode::LineShape, |all| all.footer_text = "a\u{202e}b".into()),
            (Field::FooterUrl, ProblemCode::UrlShape, |all| all.footer_url = "javascript:alert(1)".into()),
            (Field::FooterUrl, ProblemCode::UrlShape, |all| all.footer_url = "data:text/html,x".into()),
            (Field::FooterUrl, ProblemCode::UrlShape, |all| all.footer_url = "//evil.example".into()),
            (Field::FooterUrl, ProblemCode::UrlShape, |all| all.footer_url = "http://shop.example".into()),
            (Field::FooterUrl, ProblemCode::UrlShape, |all| all.footer_url = "https://a:b@shop.example".into()),
            (Field::PrivacyUrl, ProblemCode::UrlShape, |all| all.privacy_url = "javascript:alert(1)".into()),
            (Field::PrivacyUrl, ProblemCode::UrlShape, |all| all.privacy_url = "//evil.example".into()),
            (Field::Accent, ProblemCode::ColourShape, |all| all.accent = "red;}*{display:none".into()),
            (Field::PageSize, ProblemCode::OutOfRange, |all| all.page_size = 0),
            (Field::PageSize, ProblemCode::OutOfRange, |all| all.page_size = 101),
            (Field::PageSize, ProblemCode::OutOfRange, |all| all.page_size = 1_000_000_000),
            (Field::GuestIdleDays, ProblemCode::OutOfRange, |all| all.guest_idle_days = 181),
            (Field::GuestAbsoluteDays, ProblemCode::OutOfRange, |all| all.guest_absolute_days = 366),
            (Field::KeepGuestConversationsDays, ProblemCode::OutOfRange, |all| all.keep_guest_conversations_days = 29),
            (Field::KeepEndedConversationsDays, ProblemCode::OutOfRange, |all| all.keep_ended_conversations_days = 3_651),
            (Field::KeepAuditDays, ProblemCode::OutOfRange, |all| all.keep_audit_days = 1),
            (Field::GuestIdleDays, ProblemCode::OutOfRange, |all| all.guest_idle_days = 0),
            (Field::KeepGuestConversationsDays, ProblemCode::KeptTooShort, |all| {
                all.guest_idle_days = 60;
                all.keep_guest_conversations_days = 59;
            }),
            (Field::UserGroups, ProblemCode::GuestModeIsOn, |all| all.user_groups = Switch::Off),
            (Field::GuestGroupId, ProblemCode::NeedsGuestGroup, |all| all.guest_group_id = None),
            (Field::Language, ProblemCode::LanguageUnknown, |all| all.language = "../../etc".into()),
            (Field::Language, ProblemCode::LanguageUnknown, |all| all.language = "fr".into()),
            (Field::MailHost, ProblemCode::HostShape, |all| all.mail_host = "a\r\nb".into()),
            (Field::MailHost, ProblemCode::HostShape, |all| all.mail_host = "-oQ".into()),
            (Field::MailPort, ProblemCode::OutOfRange, |all| all.mail_port = 0),
            (Field::MailPort, ProblemCode::OutOfRange, |all| all.mail_port = 65_536),
            (Field::MailFrom, ProblemCode::EmailRequired, |all| all.mail_host = "smtp.example.com".into()),
            (Field::MailFrom, ProblemCode::EmailShape, |all| all.mail_from = "a@b.example\r\nBcc: x@y.example".into()),
            (Field::AllowedOrigins, ProblemCode::OriginMore, |all| all.allowed_origins = texts(&["https://a; script-src *"])),
            (Field::AllowedOrigins, ProblemCode::OriginScheme, |all| all.allowed_origins = texts(&["http://shop.example"])),
            (Field::ReservedNames, ProblemCode::TooMany, |all| all.reserved_names = vec!["x".into(); 101]),
            (Field::IncludeUrls, ProblemCode::PathOnly, |all| all.include_urls = texts(&["https://site/x"])),
            (Field::ExcludeUrls, ProblemCode::PathOnly, |all| all.exclude_urls = texts(&["//site/x"])),
            (Field::IncludeUrls, ProblemCode::RuleShape, |all| all.include_urls = texts(&[""])),
            (Field::IncludeUrls, ProblemCode::RuleShape, |all| all.include_urls = vec![format!("/{}", "x".repeat(200))]),
            (Field::IncludeUrls, ProblemCode::Duplicate, |all| all.include_urls = texts(&["/x", "/x/"])),
            (Field::IncludeUrls, ProblemCode::TooMany, |all| all.include_urls = (0..101).map(|n| format!("/{n}")).collect()),
            (Field::ExcludeUrls, ProblemCode::BothLists, |all| {
                all.include_urls = texts(&["/shop/*"]);
                all.exclude_urls = texts(&["/checkout"]);
            }),
        ];
        for (field, code, edit) in rows {
            let refused = changes(&admin, edit).await.err().unwrap();
            assert_eq!((refused.status, refused.code(), refused.problem.field), (422, *code, Some(*field)));
        }
        stays_as_it_was(site, &before, &admin).await;
    }

    async fn s05_what_is_no_setting_at_all_is_malformed(site) {
        let admin = site.admin_of(&ADA).await;
        let before = page(&admin).await;
        for (key, value) in [
            ("page_size", json!("5")),
            ("page_size", json!(-1)),
            ("page_size", json!(5.5)),
            ("page_size", json!(1e300)),
            ("guest_mode", json!(true)),
            ("corner", json!("top")),
            ("guest_group_id", json!("../x")),
            ("logo", json!("/etc/passwd")),
            ("allowed_origins", json!("https://shop.example")),
            ("include_urls", json!([1])),
            ("webhook_url", json!("https://127.0.0.1")),
        ] {
            assert_eq!(writes_raw(&admin, key, value.clone()).await, 400, "{key} {value}");
        }
        stays_as_it_was(site, &before, &admin).await;
    }

    async fn s07_the_page_says_what_guest_mode_lacks(site) {
        let admin = site.admin_of(&ADA).await;
        let code = |refused: Result<SettingsPage, Refused>| refused.err().unwrap().code();
        changes(&admin, |settings| settings.guest_mode = Switch::Off).await.unwrap();
        let group_id = page(&admin).await.settings.guest_group_id;
        let unchosen = changes(&admin, |settings| settings.guest_group_id = None).await.unwrap();
        assert_eq!(unchosen.guest_group, GuestGroup::NotChosen);
        assert_eq!(code(changes(&admin, |settings| settings.guest_mode = Switch::On).await), ProblemCode::NeedsGuestGroup);
        let nobody = Some(site.app().mint.id());
        assert_eq!(code(changes(&admin, |settings| settings.guest_group_id = nobody).await), ProblemCode::NoSuchGroup);
        changes(&admin, |settings| settings.guest_group_id = group_id.clone()).await.unwrap();
        for agent in [&MINA, &shared::samples::TEO] {
            site.leaves_group(agent).await;
        }
        assert_eq!(page(&admin).await.guest_group, GuestGroup::Empty);
        assert_eq!(code(changes(&admin, |settings| settings.guest_mode = Switch::On).await), ProblemCode::GuestGroupEmpty);
        site.joins(&MINA).await;
        changes(&admin, |settings| settings.user_groups = Switch::Off).await.unwrap();
        assert_eq!(code(changes(&admin, |settings| settings.guest_mode = Switch::On).await), ProblemCode::NeedsUserGroups);
        // Both at once, as the page can save them.
        let on = changes(&admin, |settings| {
            settings.user_groups = Switch::On;
            settings.guest_mode = Switch::On;
        }).await.unwrap();
        assert_eq!(on.guest_group, GuestGroup::Staffed);
        assert_eq!(site.browser(&CORA).session().await.site.presence, Presence::Away);
    }
}
