//! The logo: what is taken, what is refused, and what is served.

use crate::harness::{Answer, Browser, ORIGIN, scenarios};
use image::{DynamicImage, ImageFormat, RgbImage};
use shared::{
    problem::{Field, Problem, ProblemCode},
    samples::{ADA, CORA, MINA},
    settings::SettingsPage,
};
use std::io::Cursor;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([
            u8::try_from(x % 256).unwrap(),
            u8::try_from(y % 256).unwrap(),
            7,
        ])
    });
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(pixels)
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}

async fn uploads(admin: &Browser<'_>, content_type: &'static str, file: Vec<u8>) -> Answer {
    admin
        .calls("PUT", "/api/admin/logo", |request| {
            request
                .header("origin", ORIGIN)
                .header("content-type", content_type)
                .body(file)
        })
        .await
}

async fn takes_away(admin: &Browser<'_>) -> SettingsPage {
    let answer = admin.calls("DELETE", "/api/admin/logo", |request| {
        request.header("origin", ORIGIN)
    });
    answer.await.read().unwrap()
}

scenarios! {
    async fn a_logo_is_drawn_anew_and_stands_on_the_door(site) {
        let admin = site.admin_of(&ADA).await;
        assert_eq!(site.browser(&CORA).session().await.site.logo, None);
        let mut former: Option<String> = None;
        for (content_type, format) in [
            ("image/png", ImageFormat::Png),
            ("image/jpeg", ImageFormat::Jpeg),
            ("image/webp", ImageFormat::WebP),
        ] {
            let page: SettingsPage = uploads(&admin, content_type, picture(600, 300, format)).await.read().unwrap();
            assert_eq!(page.changed_by.as_deref(), Some(ADA.name));
            let path = site.browser(&CORA).session().await.site.logo.unwrap();
            assert_eq!(path, format!("/pictures/{}", page.settings.logo.unwrap()));
            let shown = site.browser(&CORA).calls("GET", &path, |request| request).await;
            assert_eq!(shown.status, 200);
            let drawn = image::load_from_memory_with_format(&shown.body, ImageFormat::Png).unwrap();
            assert_eq!((drawn.width(), drawn.height()), (256, 128));
            for (name, value) in [
                ("content-type", "image/png"),
                ("cache-control", "public, max-age=31536000, immutable"),
                ("x-content-type-options", "nosniff"),
                ("cross-origin-resource-policy", "same-origin"),
                ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ] {
                assert_eq!(shown.headers[name], value);
            }
            assert!(!shown.headers.contains_key("set-cookie"));
            if let Some(former) = former.replace(path) {
                let gone = site.browser(&CORA).calls("GET", &former, |request| request).await;
                assert_eq!(gone.status, 404, "what nothing names is not kept");
            }
        }
        assert_eq!(site.count("picture").await, 1);
        assert_eq!(takes_away(&admin).await.settings.logo, None);
        assert_eq!(takes_away(&admin).await.settings.logo, None, "and once more");
        assert_eq!(site.browser(&CORA).session().await.site.logo, None);
        assert_eq!(site.count("picture").await, 0);
    }

    async fn what_is_no_picture_is_refused_and_nothing_is_stored(site) {
        let admin = site.admin_of(&ADA).await;
        let html = b"<!doctype html><script>alert(1)</script>".to_vec();
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec();
        let cut_off = picture(64, 64, ImageFormat::Jpeg)[..200].to_vec();
        for (what, content_type, file, code) in [
            ("markup under another name", "image/png", html.clone(), ProblemCode::PictureShape),
            ("nothing", "image/png", Vec::new(), ProblemCode::PictureShape),
            ("cut off", "image/jpeg", cut_off, ProblemCode::PictureShape),
            ("too large a file", "image/png", vec![0; 2 * 1024 * 1024 + 1], ProblemCode::TooBig),
            ("a drawing with scripts", "image/svg+xml", svg, ProblemCode::ContentType),
            ("markup", "text/html", html, ProblemCode::ContentType),
            ("no word of what it is", "application/octet-stream", picture(8, 8, ImageFormat::Png), ProblemCode::ContentType),
        ] {
            let refused = uploads(&admin, content_type, file).await.read::<SettingsPage>().err().unwrap();
            assert_eq!(refused.code(), code, "{what}");
            if code != ProblemCode::ContentType {
                assert_eq!(refused.problem, Problem::about(code, Field::Logo), "{what}");
            }
        }
        assert_eq!(site.count("picture").await, 0);
        assert_eq!(site.browser(&CORA).session().await.site.logo, None);
    }

    async fn only_admins_upload_and_only_what_was_uploaded_is_a_logo(site) {
        let agent = site.signed_in(&MINA).await;
        assert_eq!(uploads(&agent, "image/png", picture(8, 8, ImageFormat::Png)).await.status, 404);
        assert_eq!(uploads(&site.browser(&CORA), "image/png", picture(8, 8, ImageFormat::Png)).await.status, 401);
        let admin = site.admin_of(&ADA).await;
        let mut page: SettingsPage = admin.gets("/api/admin/settings").await.unwrap();
        page.settings.logo = Some(site.app().mint.id());
        let save = serde_json::json!({"version": page.version, "settings": page.settings});
        let refused = admin.posts("PUT", "/api/admin/settings", save.to_string()).await.read::<SettingsPage>().err().unwrap();
        assert_eq!(refused.problem, Problem::about(ProblemCode::NoSuchPicture, Field::Logo));
        for path in ["/pictures/..%2f..%2fetc%2fpasswd", "/pictures/1", "/pictures/019aaf00-1001-7000-8000-000000000001"] {
            assert_eq!(site.browser(&CORA).calls("GET", path, |request| request).await.status, 404, "{path}");
        }
    }
}
