//! The modifiers, a row each. Numbers and function; the words are ours and say what the modifier does, not what the code set says of it.

use super::{ModifierClass, ModifierUse};

/// What is known of a modifier.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) modifier: &'static str,
    pub(super) class: ModifierClass,
    pub(super) used_by: ModifierUse,
    /// First day, ccyymmdd.
    pub(super) since: Option<u32>,
    /// Whether it goes with a visit, anaesthesia, surgery, radiology, laboratory, medicine, Category II, Category III: `y`es, `n`o, or `?` where
    /// the single code decides.
    pub(super) fits: &'static str,
    pub(super) words: &'static str,
}

/// Sources: National Correct Coding Initiative policy manual, chapter 1; Medicare Claims Processing Manual, chapter 12 (sections 30 and 40) and
/// chapter 4 (section 20.6, hospitals); the first days from the transmittals that announced them.
#[rustfmt::skip]
pub(super) const ROWS: [Row; 49] = {
    use ModifierClass::*;
    use ModifierUse::{Both, Facility, Professional};
    [
        // Columns of `fits`: visit, anaesthesia, surgery, radiology, laboratory, medicine, Category II, Category III.
        row("1P", PerformanceExclusion, Both, None, "nnnnnnyn", "the measure does not apply: medical reason"),
        row("22", Increased, Professional, None, "n?yy?yn?", "much more work than usual"),
        row("23", Anesthesia, Professional, None, "nynnnnnn", "anaesthesia of the whole body where none is usual"),
        row("24", VisitApart, Professional, None, "ynnnn?nn", "visit in a global period for another reason"),
        row("25", VisitApart, Both, None, "ynnnn?nn", "separate evaluation on the day of a procedure"),
        row("26", ProfessionalComponent, Professional, None, "nn????n?", "the physician's part alone"),
        row("27", MultipleVisits, Facility, None, "ynnnn?nn", "more than one hospital outpatient visit on a day"),
        row("2P", PerformanceExclusion, Both, None, "nnnnnnyn", "the measure does not apply: the patient's choice"),
        row("32", Mandate, Professional, None, "yyyyyyny", "a payer or authority asked for it"),
        row("33", Mandate, Both, Some(20_110_101), "y?yyyyn?", "prevention that the law frees from cost sharing"),
        row("3P", PerformanceExclusion, Both, None, "nnnnnnyn", "the measure does not apply: reason in the system"),
        row("47", Anesthesia, Professional, None, "nn????nn", "anaesthesia by the surgeon"),
        row("50", Bilateral, Both, None, "nn????n?", "both sides in one session"),
        row("51", Multiple, Professional, None, "n???n?n?", "further procedure of one session"),
        row("52", Reduced, Both, None, "??yyyyny", "less than the whole service"),
        row("53", Discontinued, Professional, None, "n?yy?yny", "begun and given up for the patient's safety"),
        row("54", SplitSurgery, Professional, None, "nn?nn?n?", "the operation without the care around it"),
        row("55", SplitSurgery, Professional, None, "nn?nn?n?", "the care after the operation alone"),
        row("56", SplitSurgery, Professional, None, "nn?nn?n?", "the care before the operation alone"),
        row("57", VisitApart, Professional, None, "ynnnn?nn", "visit that led to the decision for major surgery"),
        row("58", GlobalPeriod, Both, None, "nnyynyny", "planned or further step in a global period"),
        row("59", DistinctService, Both, None, "n?yyyyny", "procedure told apart from another on the day"),
        row("62", CoSurgery, Professional, None, "nn?nn?n?", "two surgeons with a part each"),
        row("63", Infant, Professional, None, "nn?nn?nn", "infant of less than four kilograms"),
        row("66", CoSurgery, Professional, None, "nn?nnnn?", "team of surgeons"),
        row("73", Discontinued, Facility, None, "n?yy?yny", "given up at the facility before anaesthesia"),
        row("74", Discontinued, Facility, None, "n?yy?yny", "given up at the facility after anaesthesia began"),
        row("76", Repeat, Both, None, "n?yynyny", "again by the same practitioner"),
        row("77", Repeat, Both, None, "n?yynyny", "again by another practitioner"),
        row("78", GlobalPeriod, Both, None, "n?y?n?n?", "return to the operating room for a complication"),
        row("79", GlobalPeriod, Both, None, "n?yynyny", "unrelated procedure in a global period"),
        row("80", Assistant, Professional, None, "nn?nn?n?", "assistant at surgery"),
        row("81", Assistant, Professional, None, "nn?nn?n?", "assistant for a small part"),
        row("82", Assistant, Professional, None, "nn?nn?n?", "assistant where no resident could be had"),
        row("8P", PerformanceExclusion, Both, None, "nnnnnnyn", "the measure was not met, no reason given"),
        row("90", Laboratory, Professional, None, "nnnnynnn", "test by an outside laboratory"),
        row("91", Repeat, Both, None, "nnnnynnn", "laboratory test again on the day, for a further result"),
        row("92", Laboratory, Professional, Some(20_080_101), "nnnn?nnn", "test with a kit or instrument that is carried along"),
        row("93", Telehealth, Both, Some(20_220_101), "?nnnn?n?", "from afar by sound alone"),
        row("95", Telehealth, Both, Some(20_170_101), "?nnnn?n?", "from afar by sound and picture"),
        row("96", Therapy, Both, Some(20_180_101), "?nnnn?n?", "to learn a skill"),
        row("97", Therapy, Both, Some(20_180_101), "?nnnn?n?", "to regain a skill"),
        row("99", Overflow, Professional, None, "yyyyyyny", "more modifiers than fit"),
        row("P1", PhysicalStatus, Professional, None, "nynnnnnn", "state before anaesthesia: healthy"),
        row("P2", PhysicalStatus, Professional, None, "nynnnnnn", "state before anaesthesia: mild disease"),
        row("P3", PhysicalStatus, Professional, None, "nynnnnnn", "state before anaesthesia: severe disease"),
        row("P4", PhysicalStatus, Professional, None, "nynnnnnn", "state before anaesthesia: disease that threatens life"),
        row("P5", PhysicalStatus, Professional, None, "nynnnnnn", "state before anaesthesia: not expected to live without the operation"),
        row("P6", PhysicalStatus, Professional, None, "nynnnnnn", "state before anaesthesia: brain-dead donor"),
    ]
};

const fn row(
    modifier: &'static str,
    class: ModifierClass,
    used_by: ModifierUse,
    since: Option<u32>,
    fits: &'static str,
    words: &'static str,
) -> Row {
    Row { modifier, class, used_by, since, fits, words }
}
