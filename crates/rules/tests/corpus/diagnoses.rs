//! Diagnoses by themselves and beside each other.

use super::{After, Before, CannotTell, Case, Clear, Firing, NearMiss, case, visit, visit_for_two};
use crate::support::claim;

pub(crate) fn validity() -> Vec<Case> {
    vec![
        case("DX001", Firing, "no such code", visit("E11.99", "2026-10-05"), &["DX001 fires reject /diagnoses/0"]),
        case(
            "DX001",
            Firing,
            "no such category",
            visit("A99.9999", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "a code of ICD-9-CM",
            visit("250.00", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "a comma for the dot",
            visit("E11,9", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "placeholders without the seventh character",
            visit("T07.XXX", "2026-10-05"),
            &["DX001 fires reject /diagnoses/0"],
        ),
        case(
            "DX001",
            Firing,
            "the second of two, and on two days it is told once",
            claim(&["E11.9", "E11.99"], &["2026-10-05 G0108 150.00 AB", "2026-10-06 G0108 150.00 B"]),
            &["DX001 fires reject /diagnoses/1"],
        ),
        case("DX001", Clear, "a code that is there", visit("E11.9", "2026-10-05"), &[]),
        case("DX001", NearMiss, "small letters without the dot", visit("e119", "2026-10-05"), &[]),
        case("DX001", NearMiss, "a letter in the second place", visit("QA0.0101", "2026-10-05"), &[]),
        case("DX001", NearMiss, "placeholders with the seventh character", visit("T07.XXXA", "2026-10-05"), &[]),
        case("DX001", Before, "the last day of the table", visit("E11.9", "2027-03-31"), &[]),
        case("DX001", After, "the day after", visit("E11.9", "2027-04-01"), &["DX001 cannot_tell review /diagnoses/0"]),
        case(
            "DX001",
            CannotTell,
            "a code unknown today may be in a release to come",
            visit("E11.99", "2027-04-01"),
            &["DX001 cannot_tell review /diagnoses/0"],
        ),
        case(
            "DX002",
            Firing,
            "the seventh character was left off",
            visit("S93.401", "2026-10-05"),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case("DX002", Firing, "a category", visit("E11", "2026-10-05"), &["DX002 fires reject /diagnoses/0"]),
        case("DX002", Clear, "the seventh character is there", visit("S93.401A", "2026-10-05"), &[]),
        case("DX002", NearMiss, "a category that is billable", visit("I10", "2026-10-05"), &[]),
        case("DX002", Before, "billable to this day", visit("D69.1", "2026-09-30"), &[]),
        case(
            "DX002",
            After,
            "a header since codes were added below it",
            visit("D69.1", "2026-10-01"),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case(
            "DX002",
            NearMiss,
            "only the line of September points to it",
            claim(&["D69.1", "E11.9"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 B"]),
            &[],
        ),
        case(
            "DX002",
            Firing,
            "the line of October points to it too",
            claim(&["D69.1", "E11.9"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 BA"]),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case(
            "DX002",
            Firing,
            "no line points to it: every day counts",
            claim(&["E11.9", "D69.1"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 A"]),
            &["DX002 fires reject /diagnoses/1"],
        ),
        case(
            "DX004",
            Before,
            "before there was a code",
            visit("U07.1", "2020-03-31"),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case("DX004", After, "the first day", visit("U07.1", "2020-04-01"), &[]),
        case("DX004", Before, "the last day", visit("T52.8X1A", "2026-09-30"), &[]),
        case("DX004", After, "retired", visit("T52.8X1A", "2026-10-01"), &["DX004 fires reject /diagnoses/0"]),
        case(
            "DX004",
            Firing,
            "retired years ago",
            visit("S06.0X2A", "2026-10-05"),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case("DX004", Firing, "before ICD-10-CM", visit("E11.9", "2015-09-30"), &["DX004 fires reject /diagnoses/0"]),
        case(
            "DX004",
            Firing,
            "on two days it is told once",
            claim(&["U07.1"], &["2020-03-30 G0108 150.00 A", "2020-03-31 G0108 150.00 A"]),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case("DX004", Clear, "valid all along", visit("E11.9", "2026-10-01"), &[]),
        case(
            "DX004",
            NearMiss,
            "no longer billable, but a header: that is another fault",
            visit("D69.1", "2026-10-01"),
            &["DX002 fires reject /diagnoses/0"],
        ),
        case(
            "DX004",
            NearMiss,
            "old and new code, each pointed to on its side of October 1",
            {
                let lines = ["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 B"];
                claim(&["T52.8X1A", "T52.811A"], &lines)
            },
            &[],
        ),
        case(
            "DX004",
            Firing,
            "old and new code, each on the wrong side",
            {
                let lines = ["2026-09-30 G0108 150.00 B", "2026-10-01 G0108 150.00 A"];
                claim(&["T52.8X1A", "T52.811A"], &lines)
            },
            &["DX004 fires reject /diagnoses/0", "DX004 fires reject /diagnoses/1"],
        ),
        case(
            "DX004",
            Firing,
            "both lines point to the new code",
            claim(&["F64.A"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 A"]),
            &["DX004 fires reject /diagnoses/0"],
        ),
        case(
            "DX004",
            NearMiss,
            "the days of a line count from the first",
            claim(&["T52.8X1A"], &["2026-09-30/2026-10-02 G0108 150.00 A"]),
            &[],
        ),
    ]
}

pub(crate) fn conflicts() -> Vec<Case> {
    vec![
        case(
            "DX010",
            Firing,
            "a finding beside the condition that includes it",
            visit_for_two("E11.65", "R73.03", "2026-09-14"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "in the other order",
            visit_for_two("R73.03", "E11.65", "2026-09-14"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "two types of diabetes",
            visit_for_two("E10.9", "E11.9", "2026-09-14"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "each pair of three",
            claim(&["E11.65", "Z79.4", "R73.03", "R73.09"], &["2026-09-14 G0108 150.00 A"]),
            &["DX010 fires review /diagnoses/2", "DX010 fires review /diagnoses/3"],
        ),
        case("DX010", Clear, "insulin beside diabetes", visit_for_two("E11.65", "Z79.4", "2026-09-14"), &[]),
        case(
            "DX010",
            NearMiss,
            "two codes of one category that no note keeps apart",
            visit_for_two("E11.65", "E11.69", "2026-09-14"),
            &[],
        ),
        case(
            "DX010",
            Before,
            "the last day on which the note is known",
            visit_for_two("E11.65", "R73.03", "2026-09-30"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            After,
            "the day after",
            visit_for_two("E11.65", "R73.03", "2026-10-01"),
            &["DX010 cannot_tell review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "by the notes of January 2021",
            visit_for_two("E10.9", "E11.9", "2021-02-01"),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            CannotTell,
            "the notes of this release are not known",
            visit_for_two("E11.65", "R73.03", "2026-10-05"),
            &["DX010 cannot_tell review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "a line in September is enough",
            claim(&["E11.65", "R73.03"], &["2026-10-05 G0108 150.00 A", "2026-09-14 G0108 150.00 B"]),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            Firing,
            "the note is known on the second day only",
            claim(&["E11.65", "R73.03"], &["2026-03-31 G0108 150.00 A", "2026-04-01 G0108 150.00 B"]),
            &["DX010 fires review /diagnoses/1"],
        ),
        case(
            "DX010",
            CannotTell,
            "the one code is valid from October on, on the second line",
            claim(&["T53.4X1A", "T52.811A"], &["2026-09-14 G0108 150.00 A", "2026-10-05 G0108 150.00 B"]),
            &["DX010 cannot_tell review /diagnoses/1"],
        ),
        case(
            "DX010",
            NearMiss,
            "the one ends where the other begins",
            claim(&["T52.8X1A", "Z77.41", "E11.9"], &["2026-09-30 G0108 150.00 A", "2026-10-01 G0108 150.00 B"]),
            &[],
        ),
    ]
}
