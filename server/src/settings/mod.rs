//! What an admin decides about the site, and the loader that is rendered from it.
//!
//! The laws: every door changes settings through the same validation (`shared::settings::rules`), in one transaction,
//! with a line in the audit log; what visitors may see of them is `shared::settings::Site` and the loader, nothing else.

/// Changing the settings.
pub mod change;
/// The script tag's file, and the admin page's settings.
pub mod http;
/// The loader as this site's pages get it.
pub mod loader;
/// The settings as the admin page shows them.
pub mod settings_page;
/// What anybody may see of the settings, and of who answers.
pub mod site_view;
/// How the server keeps the one row of `site`.
pub mod store;
/// Settings as an operator types and reads them.
pub mod text_form;

/// Languages with a file in `widget/locales`. English is compiled in.
pub const LANGUAGES: &[&str] = &["ar", "de"];

/// The secret that the mail server asks for, by its name in the table of secrets.
pub const MAIL_PASSWORD: &str = "mail_password";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_its_file() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../widget/locales");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|file| {
                file.unwrap()
                    .file_name()
                    .to_str()
                    .and_then(|name| name.strip_suffix(".json"))
                    .map(str::to_owned)
            })
            .collect();
        files.sort();
        assert_eq!(files, LANGUAGES);
    }
}
