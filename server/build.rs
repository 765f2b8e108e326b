//! Puts the widget's finished files into the binary: a table of every file of the programs that the server answers
//! with, in its compressed forms.
//!
//! The law: it also builds where the widget was not built; the server then says which command builds it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Programs that the server answers with (D10). The gallery is a developer's.
const PROGRAMS: [&str; 3] = ["widget", "agent", "admin"];

fn main() {
    let widget = PathBuf::from("../widget");
    let dist = widget.join("dist");
    // A watched path that is not there would run this script, and build the server, every time.
    fs::create_dir_all(&dist).expect("the widget's folder can be written");
    println!("cargo::rerun-if-changed={}", dist.display());
    println!("cargo::rerun-if-changed=migrations");
    let mut table = String::from("static FILES: &[File] = &[\n");
    for program in PROGRAMS {
        for path in files(&dist.join(program)) {
            write_file(&mut table, program, &path);
        }
    }
    table.push_str("];\n");
    write_loader(&mut table, &widget);
    let output = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the output folder"));
    fs::write(output.join("assets.rs"), table).expect("the output folder can be written");
}

/// **Shape**: the uncompressed files of a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let is_original = |path: &PathBuf| {
        path.is_file()
            && !path
                .extension()
                .is_some_and(|ending| ending == "br" || ending == "gz")
    };
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(is_original)
        .collect();
    files.sort();
    files
}

fn write_file(table: &mut String, program: &str, path: &Path) {
    let name = path
        .file_name()
        .expect("a file has a name")
        .to_string_lossy();
    // The file itself is unpacked for the few who want it so: megabytes that the binary need not hold.
    let packed = |ending: &str| {
        include(
            "include_bytes",
            &PathBuf::from(format!("{}.{ending}", path.display())),
        )
    };
    writeln!(
        table,
        "File {{ program: {program:?}, name: {name:?}, brotli: {}, gzip: {} }},",
        packed("br"),
        packed("gz"),
    )
    .expect("a String takes whatever is written");
}

/// The smaller one where the widget was built, else the one that people read.
fn write_loader(table: &mut String, widget: &Path) {
    let built = widget.join("dist/loader/embed.js");
    let source = widget.join("loader/embed.js");
    println!("cargo::rerun-if-changed={}", source.display());
    let template = if built.is_file() {
        include("include_str", &built)
    } else {
        let source = fs::read_to_string(&source).expect("the loader is a file of the project");
        format!("{:?}", with_marks_on_lines(&source))
    };
    writeln!(table, "const LOADER: &str = {template};")
        .expect("a String takes whatever is written");
}

/// The marks around what only some sites are served begin their lines, as in what is built: the server knows them so.
fn with_marks_on_lines(source: &str) -> String {
    let mut script = String::new();
    for line in source.lines() {
        let is_mark = line.trim_start().starts_with("// ‹");
        script.push_str(if is_mark { line.trim_start() } else { line });
        script.push('\n');
    }
    script
}

fn include(how: &str, path: &Path) -> String {
    let path = path
        .canonicalize()
        .expect("the build of the widget packs each of its files");
    format!("{how}!({:?})", path.display().to_string())
}
