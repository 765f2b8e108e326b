//! The page a program starts from: what we wrote in `widget/pages`, with Trunk's line replaced by the finished files.
//! Law: it holds no inline script and no inline style, and everything it needs is asked for at once.

use super::{Program, program, styles};
use crate::shell;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// Writes every file of a program, and the page that names them, into `output`.
pub fn assemble(program: &Program, stage: &Path, output: &Path) -> Result<()> {
    let widget = shell::root().join("widget");
    let (wasm, script) = program::bundle(program, stage, output)?;
    let sheet = styles::bundle(program, stage, output)?;
    copy_locales(&widget.join("locales"), output)?;
    let source = widget.join("pages").join(format!("{}.html", program.name));
    let source = fs::read_to_string(&source)
        .with_context(|| format!("{} cannot be read", source.display()))?;
    fs::write(
        output.join("index.html"),
        finish(&source, &wasm, &script, &sheet, early(program))?,
    )?;
    Ok(())
}

/// Who is there is asked while the program travels; only on the page that visitors begin with.
fn early(program: &Program) -> &'static str {
    match program.name {
        "widget" => "<link rel=\"preload\" href=\"/api/session/early\" as=\"fetch\" crossorigin>\n",
        _ => "",
    }
}

/// The page with its links. The WASM is asked for while the script still travels; `crossorigin` makes that request the
/// same as the one `fetch` sends later, otherwise the browser would download it twice.
fn finish(source: &str, wasm: &str, script: &str, sheet: &str, early: &str) -> Result<String> {
    let links = format!(
        "<link rel=\"stylesheet\" href=\"/assets/{sheet}\">\n\
         {early}<link rel=\"preload\" href=\"/assets/{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <script type=\"module\" src=\"/assets/{script}\"></script>"
    );
    let start = source
        .find("<link data-trunk")
        .context("the page lacks its line for Trunk")?;
    let length = source[start..]
        .find('>')
        .context("the page's line for Trunk does not end")?
        + 1;
    let page = format!("{}{links}{}", &source[..start], &source[start + length..]);
    ensure!(
        is_free_of_inline_code(&page),
        "the page holds inline script or style, which our policy forbids"
    );
    Ok(page)
}

fn is_free_of_inline_code(page: &str) -> bool {
    let scripts = page.matches("<script").count();
    let in_files = page.matches("\"></script>").count();
    scripts == in_files
        && !page.contains("<style")
        && !page.contains(" style=")
        && !page.contains(" onload=")
}

fn copy_locales(locales: &Path, output: &Path) -> Result<()> {
    if !locales.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(locales)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            fs::copy(
                &path,
                output.join(path.file_name().expect("a file has a name")),
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "<head>\n<link data-trunk rel=\"rust\" data-bin=\"widget\">\n</head><body></body>";

    #[test]
    fn a_page_names_its_files_and_holds_no_code() {
        let page = finish(SOURCE, "w-1.wasm", "w-2.js", "w-3.css", "").unwrap();
        assert!(!page.contains("data-trunk"));
        for name in ["/assets/w-1.wasm", "/assets/w-2.js", "/assets/w-3.css"] {
            assert!(page.contains(name), "{name} is missing");
        }
    }

    #[test]
    fn a_page_with_inline_code_is_refused() {
        for inline in [
            "<script>start()</script>",
            "<style>a{}</style>",
            "<p style=\"color:red\">",
            "<body onload=\"start()\">",
        ] {
            assert!(
                finish(&format!("{SOURCE}{inline}"), "w", "s", "c", "").is_err(),
                "{inline} got through"
            );
        }
    }
}
