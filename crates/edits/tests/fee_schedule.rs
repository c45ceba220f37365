//! The fee schedule and the geographic indices: what is read, what is refused, what a look-up costs.
#![cfg(feature = "import")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs, reason = "tests")]

mod mpfs_files;

use mpfs_files::{ENDS, Fee, INDICES, csv, fee, fixed, workbook, zipped};
use superbill_edits::import::{gpci, mpfs};
use superbill_edits::{
    ApmParticipation, FeeSchedule, FeeSchedules, GlobalPeriod, Gpci, InForce, MultipleProcedure, Releases, ServiceCode,
    StatusCode,
};

const OTHER: &str = "33.4009";
const QUALIFYING: &str = "33.5675";

fn fees() -> Vec<Fee> {
    let [first, last] = ENDS;
    let test = Fee { pctc: "1", indicators: "43000", family: "88", ..fee("G9001", [135, 475, 475, 9]) };
    vec![
        first,
        Fee { modifier: "26", values: [135, 50, 50, 6], ..test.clone() },
        Fee { modifier: "TC", values: [0, 425, 425, 3], opps: [742, 742, 3], ..test.clone() },
        test,
        Fee {
            na: ["NA", ""],
            global: "090",
            shares: [10, 69, 21],
            indicators: "21221",
            ..fee("G9002", [1960, 1530, 1530, 398])
        },
        Fee { base: "G9002", global: "000", indicators: "31000", not_used: "+", ..fee("G9003", [347, 191, 191, 40]) },
        last,
    ]
}

fn code(text: &str) -> ServiceCode {
    text.parse().unwrap()
}

#[test]
fn every_official_form_gives_the_same_table() {
    let fees = fees();
    let text = csv(&fees, "9", OTHER);
    let table = mpfs("PPRRVU2026_Jul_nonQPP.csv", text.as_bytes(), None, None).unwrap();
    let other = csv(&fees, "1", QUALIFYING);
    let archive = zipped(&[
        ("rvu26c/PPRRVU2026_Jul_QPP.csv", other.as_bytes()),
        ("rvu26c/PPRRVU2026_Jul_nonQPP.csv", text.as_bytes()),
        ("rvu26c/PPRRVU2026_Jul_nonQPP.xlsx", b"not looked at"),
        ("rvu26c/GPCI2026.csv", INDICES.as_bytes()),
    ]);
    for (name, bytes) in [
        ("PPRRVU2026_Jul_nonQPP.txt", fixed(&fees, "9", OTHER).into_bytes()),
        ("PPRRVU2026_Jul_nonQPP.xlsx", workbook(&text)),
        ("renamed.csv", format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes()),
        ("rvu26c.zip", archive.clone()),
    ] {
        assert_eq!(mpfs(name, &bytes, None, None).as_ref(), Ok(&table), "{name}");
    }
    let schedule = FeeSchedule::from_bytes(&table).unwrap();
    schedule.verify().unwrap();
    assert_eq!((schedule.len(), schedule.participation()), (7, ApmParticipation::Other));
    assert_eq!(schedule.in_force().to_string(), "2026-07-01/2026-09-30");
    assert_eq!(schedule.about().value("participation"), Some("other"));
    let modifiers: Vec<String> =
        schedule.rows(code("G9001")).map(|row| row.modifier().map_or(String::new(), |own| own.to_string())).collect();
    assert_eq!(modifiers, ["", "26", "TC"]);
    let row = schedule.row(code("G9002"), None).unwrap();
    assert_eq!(
        (row.status(), row.global_period(), row.multiple_procedure()),
        (StatusCode::Active, GlobalPeriod::NinetyDays, MultipleProcedure::Standard)
    );
    assert_eq!(
        (row.rarely_done(false), row.rarely_done(true), row.total(true).to_string()),
        (true, false, "38.88".to_owned())
    );
    assert_eq!(schedule.row(code("G9003"), None).unwrap().endoscopic_base(), Some(code("G9002")));
    assert!(schedule.row(code("G9003"), None).unwrap().not_used_for_medicare());
    assert_eq!(schedule.row(code("G9004"), None), None);
    assert_eq!(schedule.row(code("G9002"), "26".parse().ok()), None);
    assert!(!String::from_utf8_lossy(&table).contains("Made-up"), "no descriptor is kept");

    let qualifying = mpfs("rvu26c.zip", &archive, Some(ApmParticipation::Qualifying), None).unwrap();
    let qualifying = FeeSchedule::from_bytes(&qualifying).unwrap();
    assert_eq!(qualifying.row(code("G9002"), None).unwrap().conversion_factor().to_string(), QUALIFYING);
    let both = FeeSchedules::new([qualifying, schedule]);
    for (day, participation, factor) in [
        ("2026-07-01", ApmParticipation::Other, Some(OTHER)),
        ("2026-09-30", ApmParticipation::Qualifying, Some(QUALIFYING)),
        ("2026-06-30", ApmParticipation::Other, None),
        ("2026-10-01", ApmParticipation::Other, None),
        ("2026-07-01", ApmParticipation::All, None),
    ] {
        let found = both.on(day.parse().unwrap(), participation);
        let factor_found =
            found.and_then(|found| Some(found.row(code("G9002"), None)?.conversion_factor().to_string()));
        assert_eq!(factor_found.as_deref(), factor, "{day} {participation}");
    }
}

#[test]
fn the_file_of_before_2026_has_no_pricing_indicator() {
    let cut = |line: &str, at: usize| {
        let line = line.replace("\"Made-up, of course\"", "Made-up");
        line.split(',')
            .enumerate()
            .filter(|(column, _)| *column != at)
            .map(|(_, cell)| cell)
            .collect::<Vec<_>>()
            .join(",")
            + "\n"
    };
    let old: String =
        csv(&fees(), "", "32.3465").replace("2026 Nat", "2025 Nat").lines().map(|line| cut(line, 23)).collect();
    let table = mpfs("PPRRVU25_JUL.csv", old.as_bytes(), None, None).unwrap();
    let table = FeeSchedule::from_bytes(&table).unwrap();
    assert_eq!((table.participation(), table.quarter().to_string()), (ApmParticipation::All, "2025Q3".to_owned()));
    let releases = FeeSchedules::new([table]);
    for participation in [ApmParticipation::All, ApmParticipation::Qualifying, ApmParticipation::Other] {
        assert!(releases.on("2025-07-01".parse().unwrap(), participation).is_some(), "{participation}");
    }
    // A name with another quarter, and one with two factors, are refused.
    assert!(mpfs("PPRRVU25_OCT.csv", old.as_bytes(), None, None).is_err());
    assert!(mpfs("PPRRVU25_JUL_QPP.csv", old.as_bytes(), None, None).is_err());
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    const NAME: &str = "PPRRVU2026_Jul_nonQPP.csv";
    let text = csv(&fees(), "9", OTHER);
    let error = |name: &str, text: &str| {
        mpfs(name, text.as_bytes(), None, None).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let lines: Vec<&str> = text.lines().collect();
    let without = |at: usize| {
        lines
            .iter()
            .enumerate()
            .filter(|(line, _)| *line != at)
            .map(|(_, line)| format!("{line}\n"))
            .collect::<String>()
    };
    // A few rows are an excerpt; many that end early were cut.
    let complete = |text: &str| {
        let table = mpfs(NAME, text.as_bytes(), None, None).unwrap();
        FeeSchedule::from_bytes(&table).unwrap().about().value("complete").map(ToOwned::to_owned)
    };
    assert_eq!((complete(&text).as_deref(), complete(&without(15)).as_deref()), (Some("yes"), Some("no")));
    let many: String = (0..200).map(|number| lines[14].replace("G9003", &format!("H{number:04}")) + "\n").collect();
    assert!(error(NAME, &(without(15) + &many)).contains("does not go from the codes that begin with 0"));
    for (text, expected) in [
        (text.replace("G9002,,", "G902,,"), "line 14, column 1: expected a code of five letters and digits"),
        (text.replace("G9002,,", "G9001,,"), "line 14, column 1: expected a code and modifier that no line before has"),
        (text.replace("19.60", "19.6x"), "line 14, column 6: expected a relative value with two decimals"),
        (text.replace("19.60", "91.60"), "line 14, column 12: expected the sum of work"),
        (text.replace(",0.69,", ",1.69,"), "line 14, column 17: expected a share between"),
        (text.replace(",G9002,33.4009", ",G90,33.4009"), "line 15, column 25: expected the base code"),
        (
            text.replace("G9002,33.4009", "G9002,33.5675"),
            "line 15, column 26: expected the conversion factor of the lines before",
        ),
        (
            text.replace(",1,0,0,0,9,G9002", ",1,0,0,0,1,G9002"),
            "line 15, column 24: expected the pricing indicator of the lines before",
        ),
        (
            text.replace("WORK,NON-FAC", "LABOUR,NON-FAC"),
            "line 9, column 32: expected one column with the heading WORK RVU",
        ),
        (text.replace("MULT,BILAT", "MULT,MULT"), "line 9, column 20: expected one column with the heading MULT PROC"),
        (text.replace("HCPCS,MOD", "CODE,MOD"), "this is no relative value file"),
        (text.replace("July Release", "April Release"), "the file says that it is of 2026Q2, not of 2026Q3"),
        (text.get(..text.len() - 20).unwrap().to_owned(), "line 16, column"),
        (
            text.replace("\"Made-up, of course\",A", "Made-up, of course,A"),
            "line 11, column 33: expected as many columns",
        ),
    ] {
        let found = error(NAME, &text);
        assert!(found.starts_with(&format!("{NAME}: {expected}")), "{expected}: {found}");
    }
    // The name and the pricing indicator disagree: renamed.
    let renamed = error("PPRRVU2026_Jul_QPP.csv", &text);
    assert!(renamed.contains("different participants"), "{renamed}");
    let untitled = without(0);
    assert!(error("table.csv", &untitled).contains("does not say its release"));
    let asked = mpfs("table.csv", untitled.as_bytes(), None, "2026-08-15".parse().ok()).unwrap();
    assert_eq!(FeeSchedule::from_bytes(&asked).unwrap().quarter().to_string(), "2026Q3");
    assert!(mpfs("table.csv", text.as_bytes(), None, "2026-10-01".parse().ok()).is_err());
    let fixed = fixed(&fees(), "9", OTHER);
    let cut: String = fixed.chars().take(fixed.chars().count() - 60).collect();
    assert!(error("a.txt", &cut).contains("line 9, column"), "{}", error("a.txt", &cut));
    let archive = zipped(&[("GPCI2026.csv", b"x")]);
    assert!(mpfs("a.zip", &archive, None, None).unwrap_err().to_string().contains("no file of this kind"));
}

#[test]
fn indices_are_read_by_state_and_contractor() {
    let bytes = gpci("GPCI2026.csv", INDICES.as_bytes(), "2026-07-01".parse().ok()).unwrap();
    let table = Gpci::from_bytes(&bytes).unwrap();
    table.verify().unwrap();
    let by_state = table.row("CA-05".parse().unwrap()).unwrap();
    assert_eq!(table.row("01112-05".parse().unwrap()), Some(by_state));
    assert_eq!(
        (by_state.name, by_state.work.to_string(), by_state.practice_expense.thousandths()),
        ("SECOND, THE", "1.095".to_owned(), 1410)
    );
    assert_eq!((by_state.work_without_floor, by_state.malpractice.to_string()), (None, "0.425".to_owned()));
    for text in ["CA-06", "AL-05", "01112-00", "10112-05"] {
        assert_eq!(table.row(text.parse().unwrap()), None, "{text}");
    }
    // The first release of 2026 and those before give the work index twice; zeros before a number can be lost.
    let twice = INDICES
        .replace("2026 PW GPCI (with 1.0 Floor)***", "2026 PW GPCI (without 1.0 Floor),2026 PW GPCI (with 1.0 Floor)")
        .replace(",FIRST,1.000", ",FIRST,0.969,1.000")
        .replace("THE\",1.095", "THE\",1.095,1.095")
        .replace("LAST**,1.000", "LAST**,0.991,1.000")
        .replace("01112,CA,05", "1112,CA,5");
    let bytes =
        gpci("rvu.zip", &zipped(&[("x/GPCI2026.csv", twice.as_bytes()), ("x/GPCI2026.xlsx", b"")]), None).unwrap();
    let table = Gpci::from_bytes(&bytes).unwrap();
    let row = table.row("AL-00".parse().unwrap()).unwrap();
    assert_eq!((row.work.thousandths(), row.work_without_floor.unwrap().thousandths()), (1000, 969));
    assert!(table.row("01112-05".parse().unwrap()).is_some());
    let sheet = workbook(&INDICES.replace("\"SECOND, THE\"", "SECOND").replace("\"MAC Assignments, made up\"", "MAC"));
    assert_eq!(Gpci::from_bytes(&gpci("GPCI2026.xlsx", &sheet, None).unwrap()).unwrap().len(), 3);
    let releases = Releases::new([table]);
    assert!(
        releases.on("2026-12-31".parse().unwrap()).is_some() && releases.on("2027-01-01".parse().unwrap()).is_none()
    );

    // A few localities are an excerpt; many that end early were cut.
    let excerpt = gpci("g.csv", INDICES.replace("WY", "VA").as_bytes(), None).unwrap();
    assert_eq!(Gpci::from_bytes(&excerpt).unwrap().about().value("complete"), Some("no"));
    let last = INDICES.lines().find(|line| line.contains("WY,21")).unwrap();
    let many: String = (30..50).map(|number| last.replace("WY,21", &format!("VA,{number}")) + "\n").collect();
    let cut = INDICES.replace(&format!("{last}\n"), &many);
    let said = gpci("g.csv", cut.as_bytes(), None).unwrap_err().to_string();
    assert!(said.contains("the file does not go from Alabama to Wyoming"), "{said}");

    let error =
        |text: &str| gpci("g.csv", text.as_bytes(), None).err().map(|error| error.to_string()).unwrap_or_default();
    for (text, expected) in [
        (INDICES.replace("01112", "0111x"), "g.csv: line 5, column 1: expected a contractor's number"),
        (INDICES.replace("CA", "C"), "g.csv: line 5, column 2: expected a state"),
        (INDICES.replace("CA,05", "CA,x"), "g.csv: line 5, column 3: expected a locality's number"),
        (INDICES.replace("1.410", "1.4105"), "g.csv: line 5, column 6: expected an index"),
        (INDICES.replace("\"SECOND, THE\"", ""), "g.csv: line 5, column 4: expected the name"),
        (INDICES.replace("03602,WY,21", "01112,CA,05"), "g.csv: line 6, column 1: expected a locality that no line"),
        (
            INDICES.replace("2026 PE", "2026 PX"),
            "g.csv: line 3, column 7: expected one column with the heading PE GPCI",
        ),
        (INDICES.replace("Locality Number", "Number"), "g.csv: no row has the headings"),
        (INDICES.replace("2026", "the year's"), "g.csv: the file does not say its release"),
    ] {
        assert!(error(&text).starts_with(expected), "{expected}: {}", error(&text));
    }
    assert!(gpci("g.csv", INDICES.as_bytes(), "2025-01-01".parse().ok()).is_err());
}

#[test]
fn a_look_up_allocates_nothing() {
    let table = mpfs("PPRRVU2026_Jul_nonQPP.csv", csv(&fees(), "9", OTHER).as_bytes(), None, None).unwrap();
    let indices = gpci("GPCI2026.csv", INDICES.as_bytes(), None).unwrap();
    let mut found = 0;
    let counted = allocation_counter::measure(|| {
        let schedule = FeeSchedule::from_bytes(&table).unwrap();
        let locality = Gpci::from_bytes(&indices).unwrap().row("CA-05".parse().unwrap());
        for text in ["G9001", "G9002", "G9003", "G9004", "V9999"] {
            let row = schedule.row(text.parse().unwrap(), None);
            found += usize::from(row.is_some_and(|row| row.amount(true, locality.as_ref()).is_some()));
            found += schedule.rows(text.parse().unwrap()).count();
        }
    });
    assert_eq!((found, counted.count_total), (10, 0));
}

#[test]
fn damage_is_found_and_never_stops_the_program() {
    let table = mpfs("PPRRVU2026_Jul_nonQPP.csv", csv(&fees(), "9", OTHER).as_bytes(), None, None).unwrap();
    let indices = gpci("GPCI2026.csv", INDICES.as_bytes(), None).unwrap();
    for (bytes, kind) in [(table, 0), (indices, 1)] {
        for end in (0..bytes.len()).step_by(97) {
            assert!(FeeSchedule::from_bytes(&bytes[..end]).is_err() && Gpci::from_bytes(&bytes[..end]).is_err());
        }
        for at in (0..bytes.len()).step_by(13) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x41;
            superbill_edits::mpfs_checks::check_fee_schedule(&bytes).unwrap();
            superbill_edits::mpfs_checks::check_gpci(&bytes).unwrap();
        }
        assert_eq!(FeeSchedule::from_bytes(&bytes).is_ok(), kind == 0);
        assert_eq!(Gpci::from_bytes(&bytes).is_ok(), kind == 1);
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_row_is_written_as_json() {
    let table = mpfs("PPRRVU2026_Jul_nonQPP.csv", csv(&fees(), "9", OTHER).as_bytes(), None, None).unwrap();
    let schedule = FeeSchedule::from_bytes(&table).unwrap();
    let row = serde_json::to_value(schedule.row(code("G9003"), None)).unwrap();
    assert_eq!(
        (row["code"].as_str(), row["endoscopic_base"].as_str(), row["work"].as_str()),
        (Some("G9003"), Some("G9002"), Some("3.47"))
    );
    assert_eq!(row.as_object().unwrap().len(), 29);
    let indices = gpci("GPCI2026.csv", INDICES.as_bytes(), None).unwrap();
    let row = serde_json::to_value(Gpci::from_bytes(&indices).unwrap().row("WY-21".parse().unwrap())).unwrap();
    assert_eq!((row["locality"].as_str(), row["malpractice"].as_str()), (Some("WY-21"), Some("0.740")));
}
