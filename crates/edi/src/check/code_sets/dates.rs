//! Which day governs a code.

use crate::check::placed::Seen;
use crate::check::unit::Unit;
use superbill_core::Date;

/// The days of a unit. Kept from unit to unit, so that it is made once.
#[derive(Debug, Default)]
pub(in crate::check) struct Dates {
    /// The service days of the claim itself: of the statement (DTP 434), of service (DTP 472), or as the payer has them (DTM 232, 233).
    first: Option<Date>,
    last: Option<Date>,
    discharge: Option<Date>,
    /// The first day of each service line.
    lines: Vec<Option<Date>>,
    earliest: Option<Date>,
    /// The day on which the transaction was made (BHT04, BPR16), as it stands.
    made: [u8; 8],
    is_inpatient: bool,
}

impl Dates {
    pub(super) fn read(&mut self, unit: &Unit<'_>) {
        self.lines.clear();
        (self.first, self.last, self.discharge, self.earliest) = (None, None, None, None);
        (self.made, self.is_inpatient) = ([0; 8], false);
        // BHT and BPR are the second segment.
        for seen in unit.view.all().take(2) {
            let made = match seen.segment.id() {
                "BHT" => seen.element(4),
                "BPR" => seen.element(16),
                _ => continue,
            };
            self.made = made.try_into().unwrap_or_default();
        }
        for seen in unit.view.unit() {
            match seen.segment.id() {
                "CLM" => self.is_inpatient = is_inpatient(seen.component(5, 1), seen.component(5, 2)),
                "LX" | "SVC" => self.lines.push(None),
                "DTP" => self.dtp(&seen),
                "DTM" => self.dtm(&seen),
                _ => {}
            }
        }
    }

    fn dtp(&mut self, seen: &Seen<'_>) {
        match seen.element(1) {
            b"472" => {
                let (first, last) = days(seen.element(3));
                self.service(first, last);
            }
            b"434" => (self.first, self.last) = days(seen.element(3)),
            b"096" => self.discharge = days(seen.element(3)).0,
            _ => {}
        }
    }

    fn dtm(&mut self, seen: &Seen<'_>) {
        let day = days(seen.element(2)).0;
        match seen.element(1) {
            b"472" | b"150" => self.service(day, day),
            b"232" => self.first = day,
            b"233" => self.last = day,
            _ => {}
        }
    }

    /// Days of service: of the line that is open, or of the claim.
    fn service(&mut self, first: Option<Date>, last: Option<Date>) {
        match self.lines.last_mut() {
            Some(line) => {
                *line = line.or(first);
                self.earliest = [self.earliest, first].into_iter().flatten().min();
            }
            None => (self.first, self.last) = (first, last),
        }
    }

    /// The first day of a service line.
    pub(super) fn line(&self, line: usize) -> Option<Date> {
        self.lines.get(line).copied().flatten()
    }

    /// The first day of the claim.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.first.or(self.earliest)
    }

    /// The day that governs the diagnoses: that of the discharge of an inpatient, else the last of the statement; of others the first day of service.
    ///
    /// Source: ICD-10-CM Official Guidelines, introduction (in effect by dates of discharge and encounter); CMS, MLN Matters MM7492 (by type of bill).
    pub(super) fn diagnosis_day(&self) -> Option<Date> {
        if self.is_inpatient {
            return self.discharge.or(self.last).or(self.first_day());
        }
        self.first_day()
    }

    /// The day on which the transaction was made.
    pub(super) fn made(&self) -> Option<Date> {
        day(&self.made)
    }

    /// Whether the transaction was made on a day, CCYYMMDD, or later; false where it does not say when.
    pub(super) fn is_made_since(&self, day: &[u8; 8]) -> bool {
        self.made.first() != Some(&0) && self.made >= *day
    }

    /// Whether a day, CCYYMMDD, is later than that on which the transaction was made. Days compare as their texts do.
    pub(super) fn is_future(&self, day: &[u8]) -> bool {
        let is_day = |day: &[u8]| day.len() == 8 && day.iter().all(u8::is_ascii_digit);
        is_day(&self.made) && is_day(day) && day > self.made.as_slice()
    }
}

/// Whether a type of bill is of an inpatient's stay.
///
/// Source: CMS, MLN Matters MM7492: claims of types 11X, 18X and 21X are coded by the last day; the types of other stays go the same way.
fn is_inpatient(facility: &[u8], qualifier: &[u8]) -> bool {
    qualifier == b"A" && matches!(facility, b"11" | b"18" | b"21" | b"28" | b"41" | b"65" | b"66" | b"86")
}

/// The first and last day of a value: CCYYMMDD, CCYYMMDDHHMM, or two days with a hyphen.
fn days(value: &[u8]) -> (Option<Date>, Option<Date>) {
    let first = value.get(..8).and_then(day);
    match value.get(8..) {
        Some([b'-', last @ ..]) => (first, last.get(..8).and_then(day)),
        _ => (first, first),
    }
}

fn day(value: &[u8]) -> Option<Date> {
    let digits = value.iter().try_fold(0u32, |number, byte| {
        byte.is_ascii_digit().then(|| number.checked_mul(10)?.checked_add(u32::from(byte - b'0'))).flatten()
    })?;
    Date::from_ccyymmdd(digits).ok()
}
