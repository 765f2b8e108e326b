//! Short names between the WASM and its glue.
//! Law: both sides are renamed together, and only names that the glue spells out; everything else stays byte for byte.
//!
//! `wasm-bindgen` names what the two hand each other in some fifty letters each; a visitor would download them twice.

use anyhow::{Context, Result};
use std::collections::HashMap;

/// Sections of a WASM file. **Source**: WebAssembly Core Specification, section 5.5.
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// Eight bytes of magic and version come before the first section.
const HEAD: usize = 8;

/// The WASM and the glue with short names.
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut names = Names::default();
    let mut short = wasm.get(..HEAD).context("the WASM is cut off")?.to_vec();
    let mut bytes = Bytes {
        rest: &wasm[HEAD..],
    };
    while let Some(kind) = bytes.next() {
        let section = bytes.sized()?;
        let renamed = match kind {
            IMPORTS => imports(section, glue, &mut names)?,
            EXPORTS => exports(section, glue, &mut names)?,
            _ => section.to_vec(),
        };
        short.push(kind);
        put_sized(&mut short, &renamed);
    }
    Ok((short, names.replace_in(glue)))
}

fn imports(section: &[u8], glue: &str, names: &mut Names) -> Result<Vec<u8>> {
    let mut bytes = Bytes { rest: section };
    let mut renamed = Vec::new();
    let count = bytes.number()?;
    put_number(&mut renamed, count);
    for _ in 0..count {
        let module = bytes.sized()?;
        put_sized(&mut renamed, module);
        let name = bytes.sized()?;
        put_sized(&mut renamed, names.short(name, glue).as_bytes());
        bytes.copy_description(&mut renamed)?;
    }
    Ok(renamed)
}

fn exports(section: &[u8], glue: &str, names: &mut Names) -> Result<Vec<u8>> {
    let mut bytes = Bytes { rest: section };
    let mut renamed = Vec::new();
    let count = bytes.number()?;
    put_number(&mut renamed, count);
    for _ in 0..count {
        let name = bytes.sized()?;
        put_sized(&mut renamed, names.short(name, glue).as_bytes());
        renamed.push(bytes.next().context("an export has no kind")?);
        put_number(&mut renamed, bytes.number()?);
    }
    Ok(renamed)
}

/// Long names and the short ones given to them.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    /// The short name, or the name itself where it is not one of `wasm-bindgen`'s or the glue does not spell it out.
    fn short(&mut self, name: &[u8], glue: &str) -> String {
        let name = String::from_utf8_lossy(name).into_owned();
        let is_theirs = ["__wb", "wasm_bindgen_", "__externref"]
            .iter()
            .any(|begin| name.starts_with(begin));
        if !is_theirs || !words(glue).any(|word| word == name) {
            return name;
        }
        let next = format!("_{}", self.0.len());
        self.0.entry(name).or_insert(next).clone()
    }

    fn replace_in(&self, glue: &str) -> String {
        let mut replaced = String::new();
        let mut rest = glue;
        while let Some(start) = rest.find(is_word) {
            let end = rest[start..]
                .find(|character| !is_word(character))
                .map_or(rest.len(), |length| start + length);
            let word = &rest[start..end];
            replaced.push_str(&rest[..start]);
            replaced.push_str(self.0.get(word).map_or(word, String::as_str));
            rest = &rest[end..];
        }
        replaced + rest
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character| !is_word(character))
}

/// What is left to read.
struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Result<u64> {
        let mut number = 0;
        for shift in (0..63).step_by(7) {
            let byte = self.next().context("a number is cut off")?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number has no end")
    }

    /// A length, and as many bytes.
    fn sized(&mut self) -> Result<&'a [u8]> {
        let length = usize::try_from(self.number()?)?;
        let (sized, rest) = self
            .rest
            .split_at_checked(length)
            .context("the WASM is cut off")?;
        self.rest = rest;
        Ok(sized)
    }

    /// What an import is: a function's type, a table, a memory, a global, a tag.
    fn copy_description(&mut self, output: &mut Vec<u8>) -> Result<()> {
        let kind = self.next().context("an import has no kind")?;
        output.push(kind);
        let mut byte = |bytes: &mut Self| -> Result<u8> {
            let byte = bytes.next().context("an import is cut off")?;
            output.push(byte);
            Ok(byte)
        };
        let numbers = match kind {
            0 => 1,
            1 => {
                byte(self)?;
                1 + usize::from(byte(self)? & 1)
            }
            2 => 1 + usize::from(byte(self)? & 1),
            3 => {
                byte(self)?;
                byte(self)?;
                0
            }
            4 => {
                byte(self)?;
                1
            }
            other => anyhow::bail!("an import is of the unknown kind {other}"),
        };
        for _ in 0..numbers {
            put_number(output, self.number()?);
        }
        Ok(())
    }
}

fn put_number(output: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        output.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    output.push(number as u8);
}

fn put_sized(output: &mut Vec<u8>, bytes: &[u8]) {
    put_number(output, bytes.len() as u64);
    output.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(kind: u8, content: &[u8]) -> Vec<u8> {
        let mut section = vec![kind];
        put_sized(&mut section, content);
        section
    }

    /// One imported function, one memory, one export, and a section that must not change.
    fn wasm(import: &str, export: &str) -> Vec<u8> {
        let mut imports = vec![2];
        for name in [import, "memory"] {
            put_sized(&mut imports, b"./widget_bg.js");
            put_sized(&mut imports, name.as_bytes());
            imports.extend_from_slice(if name == "memory" {
                &[2, 1, 0x80, 1, 0x80, 2]
            } else {
                &[0, 5]
            });
        }
        let mut exports = vec![1];
        put_sized(&mut exports, export.as_bytes());
        exports.extend_from_slice(&[0, 0x85, 1]);
        let sections = [
            section(1, b"types"),
            section(IMPORTS, &imports),
            section(EXPORTS, &exports),
        ];
        [
            b"\0asm\x01\0\0\0".to_vec(),
            sections.concat(),
            section(10, &[7; 300]),
        ]
        .concat()
    }

    #[test]
    fn both_sides_are_renamed_together() {
        let glue = "import0 = { __wbg_now_1f: function() {} }; wasm.wasm_bindgen_closure_2(1); __wbg_now_1f2";
        let (short, renamed) =
            shorten(&wasm("__wbg_now_1f", "wasm_bindgen_closure_2"), glue).unwrap();
        assert_eq!(
            renamed,
            "import0 = { _0: function() {} }; wasm._1(1); __wbg_now_1f2"
        );
        assert_eq!(short, wasm("_0", "_1"));
    }

    #[test]
    fn a_name_that_the_glue_does_not_spell_stays() {
        let before = wasm("__wbg_now_1f", "main");
        let (after, glue) = shorten(&before, "wasm.main()").unwrap();
        assert_eq!(after, before);
        assert_eq!(glue, "wasm.main()");
    }

    #[test]
    fn a_file_that_is_cut_off_is_refused() {
        let whole = wasm("__wbg_now_1f", "main");
        for length in [0, 5, 12, whole.len() - 1] {
            assert!(
                shorten(&whole[..length], "").is_err(),
                "{length} bytes were taken"
            );
        }
    }
}
