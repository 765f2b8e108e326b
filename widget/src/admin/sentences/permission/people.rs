//! Whether two people may chat with each other, and why.
//!
//! The law: their groups are named, so that what would change it can be found in *Permissions*.

use super::{Explained, Rule, standing};
use shared::group::permission::{Because, WhyNot, may_find};
use shared::group::{GroupBoard, PermissionPair, PersonRow};

/// Pairs that are named before the rest is only counted on.
const PAIRS_NAMED: usize = 3;

/// What keeps two people apart, and which of them it is about.
struct Apart<'a> {
    asker: &'a PersonRow,
    other: &'a PersonRow,
    why_not: WhyNot,
}

/// Whether two people may chat with each other.
pub fn explain_people(board: &GroupBoard, one: &PersonRow, other: &PersonRow) -> Explained {
    let rule = Rule::of(board);
    if let Some(words) = out_of_the_question(one, other) {
        return Explained { may: false, words };
    }
    let finds = rule.may_find(one, other);
    let is_found = rule.may_find(other, one);
    let may = finds.is_ok() || is_found.is_ok();
    let words = match (finds, is_found) {
        (Ok(because), Ok(_)) => rule.both_find(one, other, &because),
        (Ok(_), Err(why_not)) => rule.one_finds(
            one,
            &Apart {
                asker: other,
                other: one,
                why_not,
            },
        ),
        (Err(why_not), Ok(_)) => rule.one_finds(
            other,
            &Apart {
                asker: one,
                other,
                why_not,
            },
        ),
        (Err(why_not), Err(_)) => {
            let apart = Apart {
                asker: one,
                other,
                why_not,
            };
            vec![
                format!(
                    "{} may not chat with {}, because {}.",
                    one.name,
                    other.name,
                    rule.reason(&apart)
                ),
                rule.remedy(&apart, "They"),
            ]
        }
    };
    Explained { may, words }
}

/// What the rule is never asked about.
fn out_of_the_question(one: &PersonRow, other: &PersonRow) -> Option<Vec<String>> {
    if one.person_id == other.person_id {
        return Some(vec![format!(
            "That is {} twice. Pick two people.",
            one.name
        )]);
    }
    if let Some(guest) = [one, other].into_iter().find(|person| person.is_guest) {
        return Some(vec![format!(
            "{} is a guest, and guests chat with the guest group only.",
            guest.name
        )]);
    }
    let disabled = [one, other].into_iter().find(|person| person.is_disabled)?;
    Some(vec![
        format!(
            "{} is disabled, so nobody finds them and they find nobody.",
            disabled.name
        ),
        "That would change if you enabled them in People.".into(),
    ])
}

impl Rule<'_> {
    fn may_find<'b>(
        &self,
        asker: &'b PersonRow,
        other: &'b PersonRow,
    ) -> Result<Because<'b>, WhyNot> {
        may_find(
            self.is_on,
            &self.permissions,
            standing(asker.is_admin, &asker.groups),
            standing(other.is_admin, &other.groups),
        )
    }

    /// The pairs of one's groups with the other's, each once, ticked or not.
    fn pairs(&self, one: &PersonRow, other: &PersonRow, is_ticked: bool) -> Vec<String> {
        let mut seen: Vec<PermissionPair> = Vec::new();
        let mut ticks = Vec::new();
        for own in &one.groups {
            for theirs in &other.groups {
                let pair = PermissionPair::of(own.clone(), theirs.clone());
                if self.permissions.joins(own, theirs) == is_ticked && !seen.contains(&pair) {
                    ticks.push(self.tick(own, theirs));
                    seen.push(pair);
                }
            }
        }
        ticks
    }

    fn both_find(&self, one: &PersonRow, other: &PersonRow, because: &Because<'_>) -> Vec<String> {
        let may = format!(
            "{} and {} may chat with each other, because ",
            one.name, other.name
        );
        let ticked = self.pairs(one, other, true);
        let (why, change) = match because {
            Because::Admin => (admin_words(one), None),
            Because::Joined(own, theirs) if own == theirs => (
                format!(
                    "both are in {}, and {} is ticked",
                    self.name(own),
                    self.tick(own, theirs)
                ),
                Some(ticked),
            ),
            Because::Joined(own, theirs) => (
                format!(
                    "{} is in {}, {} is in {}, and {} is ticked",
                    one.name,
                    self.name(own),
                    other.name,
                    self.name(theirs),
                    self.tick(own, theirs)
                ),
                Some(ticked),
            ),
        };
        let change = change.map(|ticked| match ticked.len() {
            1 => "They couldn't if you took that tick away.".into(),
            _ => format!(
                "They couldn't if you took away all ticks that join them: {}.",
                some_of(&ticked, ", ")
            ),
        });
        [Some(format!("{may}{why}.")), change]
            .into_iter()
            .flatten()
            .collect()
    }

    /// One finds the other and not the other way round; who was found may answer.
    fn one_finds(&self, finder: &PersonRow, apart: &Apart<'_>) -> Vec<String> {
        let found = apart.asker;
        vec![
            format!(
                "{} may chat with {}, because {}.",
                finder.name,
                found.name,
                admin_words(finder)
            ),
            format!(
                "{} may answer, but doesn't find {} in Groups, because {}.",
                found.name,
                finder.name,
                self.reason(apart)
            ),
            self.remedy(apart, &found.name),
        ]
    }

    fn reason(&self, apart: &Apart<'_>) -> String {
        let Apart {
            asker,
            other,
            why_not,
        } = apart;
        match why_not {
            WhyNot::GroupsOff => "User Groups are off".into(),
            WhyNot::AskerInNoGroup if other.groups.is_empty() => {
                "neither of them is in a group".into()
            }
            WhyNot::AskerInNoGroup => format!("{} is in no group", asker.name),
            WhyNot::OtherInNoGroup => format!("{} is in no group", other.name),
            WhyNot::NotJoined => format!(
                "no tick joins a group of {} ({}) with one of {} ({})",
                asker.name,
                self.names(&asker.groups),
                other.name,
                self.names(&other.groups)
            ),
        }
    }

    /// What would change it. `who`: of whom it is said that they could.
    fn remedy(&self, apart: &Apart<'_>, who: &str) -> String {
        let Apart {
            asker,
            other,
            why_not,
        } = apart;
        match why_not {
            WhyNot::GroupsOff => self.remedy_for_off(asker, other, who),
            WhyNot::AskerInNoGroup if other.groups.is_empty() => {
                format!("{who} could if you put both into groups and ticked those two.")
            }
            WhyNot::AskerInNoGroup => self.remedy_for_groupless(asker, other, who),
            WhyNot::OtherInNoGroup => self.remedy_for_groupless(other, asker, who),
            WhyNot::NotJoined => format!(
                "{who} could if you ticked {}.",
                some_of(&self.pairs(asker, other, false), " or ")
            ),
        }
    }

    fn remedy_for_off(&self, asker: &PersonRow, other: &PersonRow, who: &str) -> String {
        let on = Self {
            board: self.board,
            permissions: self.permissions.clone(),
            is_on: true,
        };
        match on
            .may_find(asker, other)
            .or_else(|why_not| on.may_find(other, asker).map_err(|_| why_not))
        {
            Ok(_) => format!("{who} could if you turned User Groups on."),
            Err(why_not) => {
                let apart = Apart {
                    asker,
                    other,
                    why_not,
                };
                format!("Turn User Groups on first. {}", on.remedy(&apart, who))
            }
        }
    }

    /// Somebody is in no group; the other one is in some.
    fn remedy_for_groupless(&self, nobody: &PersonRow, other: &PersonRow, who: &str) -> String {
        let joined = self.board.groups.iter().find_map(|group| {
            let theirs = other
                .groups
                .iter()
                .find(|theirs| self.permissions.joins(&group.group_id, theirs))?;
            Some((group, theirs))
        });
        match (joined, other.groups.first()) {
            (Some((group, theirs)), _) => format!(
                "{who} could if you put {} into {}, because {} is ticked.",
                nobody.name,
                group.name,
                self.tick(&group.group_id, theirs)
            ),
            (None, Some(theirs)) => format!(
                "{who} could if you put {} into a group and ticked that group × {}.",
                nobody.name,
                self.name(theirs)
            ),
            (None, None) => {
                format!("{who} could if you put both into groups and ticked those two.")
            }
        }
    }
}

fn admin_words(admin: &PersonRow) -> String {
    format!(
        "{} is an admin, and admins may chat with everybody",
        admin.name
    )
}

/// The first few, and that there are more.
fn some_of(ticks: &[String], between: &str) -> String {
    let named = ticks[..ticks.len().min(PAIRS_NAMED)].join(between);
    match ticks.len() > PAIRS_NAMED {
        true => format!("{named}{between}another pair of their groups"),
        false => named,
    }
}
