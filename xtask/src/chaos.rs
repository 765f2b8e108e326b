//! `cargo xtask chaos`: the long forms of the experiments with faults, one after the other.
//! Law: the machine is theirs alone; together they show each promise of the README at the size that is promised.

use crate::experiments::{self, Experiment};
use anyhow::Result;

/// How much longer each is. Those that are not named here are as long as always.
const EXPERIMENTS: &[Experiment] = &[
    Experiment {
        heading: "Kills, full disks, backups, deploys, bad networks, slow readers, storms",
        file: "durability",
        words: &[],
        longer: &[("PORCHLIGHT_TEST_LONG", "1")],
        at_once: 1,
    },
    Experiment {
        heading: "Conversion by many at once",
        file: "scenarios",
        words: &["races"],
        longer: &[("PORCHLIGHT_TEST_STORIES", "5000")],
        at_once: 1,
    },
    Experiment {
        heading: "Resuming",
        file: "scenarios",
        words: &["resume"],
        longer: &[("PORCHLIGHT_TEST_CASES", "10000")],
        at_once: 1,
    },
    Experiment {
        heading: "Nodes, and clocks that jump",
        file: "scenarios",
        words: &["other_nodes", "clock_jumps"],
        longer: &[("PORCHLIGHT_TEST_LONG", "1")],
        at_once: 1,
    },
    Experiment {
        heading: "Bytes that nobody would send",
        file: "fuzz",
        words: &[],
        longer: &[("PORCHLIGHT_TEST_FUZZ_SECONDS", "300")],
        at_once: 4,
    },
];

/// `cargo xtask chaos`; words behind it choose among the tests by their names.
pub fn run(arguments: &[String]) -> Result<()> {
    experiments::run(EXPERIMENTS, arguments)
}
