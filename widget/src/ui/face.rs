//! Somebody's face: a picture, or initials on a quiet ground.
//!
//! The law: a face is decoration beside a name that is written out, so it is hidden from those who listen; a picture
//! comes from the chat origin and nowhere else.

use crate::frame::draw::{Drawn, draw};
use crate::reactive::Signal;
use shared::identity::{Face, ProofLevel};

use super::icon::{Icon, icon};

/// How large a face is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum FaceSize {
    /// 40 px: headers and rows.
    #[default]
    Usual,
    /// 28 px: beside a bubble.
    Small,
    /// 20 px: who of the team is in it.
    Tiny,
}

/// The letters that stand for a name: of its first and its last word, or of its first alone where letters join.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let letter = |word: &str| {
        word.chars()
            .find(|character| !character.is_ascii() || character.is_ascii_alphanumeric())
    };
    let Some(first) = words.next().and_then(letter) else {
        return "?".into();
    };
    // From Hebrew on, scripts join their letters or draw whole syllables: two in a row would read as a word.
    let last = (first < '\u{0590}')
        .then(|| words.next_back().and_then(letter))
        .flatten();
    [Some(first), last].into_iter().flatten().collect()
}

/// Which of the six grounds somebody has; the same wherever they appear.
fn ground(face: &Face) -> usize {
    // FNV-1a: ids differ in few places, and a mere sum would give neighbours the same ground. 32 bits, so that the
    // browser and the tests agree.
    let mixed = face
        .person_id
        .as_str()
        .bytes()
        .fold(0x811C_9DC5_u32, |mixed, byte| {
            (mixed ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
    (mixed >> 8) as usize % GROUNDS.len()
}

const GROUNDS: [&str; 6] = [
    "face is-0",
    "face is-1",
    "face is-2",
    "face is-3",
    "face is-4",
    "face is-5",
];

/// Where pictures may come from: a path on the chat origin, never another host.
pub fn is_own_path(picture: &str) -> bool {
    picture.starts_with('/') && !picture.starts_with("//") && !picture.contains('\\')
}

const fn proof_icon(proof: ProofLevel) -> Icon {
    match proof {
        ProofLevel::Claimed => Icon::Person,
        ProofLevel::Mailbox => Icon::Envelope,
        ProofLevel::Host => Icon::Shield,
    }
}

/// One face; `proof` is a mark at its corner: how sure we are who it is.
pub fn face_view(face: &Face, size: FaceSize, proof: Option<ProofLevel>) -> Drawn {
    let frame = draw("span")
        .class(GROUNDS[ground(face)])
        .set("aria-hidden", "true");
    let frame = frame
        .class_if("is-small", size == FaceSize::Small)
        .class_if("is-tiny", size == FaceSize::Tiny);
    let shown = match face
        .picture
        .as_deref()
        .filter(|picture| is_own_path(picture))
    {
        Some(picture) => frame.child(
            draw("img")
                .class("face-picture")
                .set("src", picture)
                .set("alt", ""),
        ),
        None => frame.text(&initials(&face.name)),
    };
    shown.children(proof.map(proof_mark))
}

/// The letters of a team, where no one person stands for it. Always of the same ground.
pub fn team_view(name: &str) -> Drawn {
    draw("span")
        .class(GROUNDS[0])
        .set("aria-hidden", "true")
        .text(&initials(name))
}

fn proof_mark(proof: ProofLevel) -> Drawn {
    let mark = draw("span")
        .class("face-mark")
        .class_if("is-sure", proof == ProofLevel::Host);
    mark.child(icon(proof_icon(proof)))
}

/// What a face is drawn from, for a page that draws with something else.
#[cfg(feature = "admin")]
pub struct FaceParts {
    pub class: &'static str,
    /// A path on the chat origin.
    pub picture: Option<String>,
    pub initials: String,
}

#[cfg(feature = "admin")]
pub fn face_parts(face: &Face) -> FaceParts {
    FaceParts {
        class: GROUNDS[ground(face)],
        picture: face.picture.clone().filter(|picture| is_own_path(picture)),
        initials: initials(&face.name),
    }
}

/// A few faces, one leaning on the next. At most four are worth showing.
pub fn face_stack(faces: Signal<Vec<Face>>) -> Drawn {
    let stack = draw("span").class("face-stack").set("aria-hidden", "true");
    stack.show(move || {
        faces.with(|faces| {
            faces
                .iter()
                .map(|face| face_view(face, FaceSize::Usual, None))
                .collect::<Vec<_>>()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::samples;

    #[test]
    fn a_name_has_its_initials() {
        for (name, letters) in [
            ("Cora Lindqvist", "CL"),
            ("Mina", "M"),
            ("  jean  luc  picard ", "jp"),
            ("ليلى المنصوري", "ل"),
            ("<img src=x>", "is"),
            ("(Teo) Marchetti", "TM"),
            ("", "?"),
            ("!", "?"),
        ] {
            assert_eq!(initials(name), letters, "{name:?}");
        }
    }

    #[test]
    fn a_face_looks_the_same_everywhere() {
        let ground_of = |person: &samples::Person| ground(&person.face());
        assert_eq!(ground_of(&samples::MINA), ground_of(&samples::MINA));
        let all: std::collections::BTreeSet<_> = samples::CAST.iter().map(ground_of).collect();
        assert!(all.len() > 3, "the cast is of one colour");
    }

    #[test]
    fn a_picture_comes_from_the_chat_origin() {
        assert!(is_own_path("/api/pictures/1"));
        for foreign in [
            "//evil.example/x",
            "https://evil.example/x",
            "/\\evil.example",
            "data:image/svg+xml,x",
            "",
        ] {
            assert!(!is_own_path(foreign), "{foreign}");
        }
    }
}
