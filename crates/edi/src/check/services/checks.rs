//! The checks of lines of service, each with its source.

use crate::check::catalogue::{Acknowledged::No, Check};

crate::check::catalogue::checks! {
    /// Those of lines of service.
    SERVICES;
    AMBULANCE_TRIP = "ambulance-trip", 6, Warning, No, "an ambulance trip does not say from where to where";
    AMBULANCE_PLACE = "ambulance-place", 6, Warning, No, "an ambulance trip has the place of service of another kind";
    AMBULANCE_BASE = "ambulance-base", 6, Warning, No, "ambulance miles stand without a base rate";
    AMBULANCE_MILES = "ambulance-miles", 6, Warning, No, "more ambulance miles are charged than the transport was long";
    OXYGEN_CERTIFICATE = "oxygen-certificate", 6, Warning, No, "oxygen has no certificate of medical necessity";
    CERTIFICATE_ENDED = "certificate-ended", 6, Warning, No, "a certificate of medical necessity is sent after these ended";
    EQUIPMENT_ORDER = "equipment-order", 6, Warning, No, "equipment or supplies have no ordering provider";
    EQUIPMENT_MODIFIER = "equipment-modifier", 6, Info, No, "equipment is neither rented nor bought";
    SPINAL_START = "spinal-start", 6, Warning, No, "spinal manipulation has no date of the initial treatment";
    SPINAL_ACTIVE = "spinal-active", 6, Info, No, "spinal manipulation is not said to be active treatment";
    ANESTHESIA_MODIFIER = "anesthesia-modifier", 6, Warning, No, "anesthesia does not say who gave or directed it";
    DRUG_NDC = "drug-ndc", 6, Warning, No, "a drug has no NDC";
    LABORATORY_CLIA = "laboratory-clia", 6, Warning, No, "laboratory tests have no CLIA number";
    CLIA_FORM = "clia-form", 6, Warning, No, "a CLIA number has not its form";
    CLIA_WAIVED = "clia-waived", 6, Warning, No, "a waived test has no CLIA number";
    REFERENCE_LABORATORY = "reference-laboratory", 6, Warning, No, "a test of another laboratory does not name it";
    HOMEBOUND_SPECIMEN = "homebound-specimen", 6, Info, No, "travel for a specimen, and the patient is not said to be homebound";
    DATE_LAST_SEEN = "date-last-seen", 6, Info, No, "routine foot care has no date on which the patient was last seen";
    VISION_CONDITION = "vision-condition", 6, Warning, No, "a condition of vision stands on a claim without vision services";
    TELEHEALTH_ORIGIN = "telehealth-origin", 6, Warning, No, "the fee of the originating site has the place of telehealth";
    OPIOID_PLACE = "opioid-place", 6, Warning, No, "an opioid treatment program has another place of service";
    RATE_CODE = "rate-code", 6, Warning, No, "a line of a prospective payment has no HIPPS rate code";
    RATE_CODE_LINE = "rate-code-line", 6, Warning, No, "a HIPPS rate code stands on another line than that of a prospective payment";
    HOME_HEALTH_RATE = "home-health-rate", 6, Warning, No, "a home health claim has no line of its payment period";
    HOME_HEALTH_VISIT = "home-health-visit", 6, Warning, No, "a home health visit has no HCPCS code";
    HOSPICE_LOCATION = "hospice-location", 6, Warning, No, "a level of hospice care does not say where it was given";
    RENAL_SIZE = "renal-size", 6, Warning, No, "a dialysis claim has no weight or height";
    RENAL_SETTING = "renal-setting", 6, Warning, No, "a dialysis claim does not say in which setting";
    THERAPY_MODIFIER = "therapy-modifier", 6, Warning, No, "a therapy line does not say under which plan of care";
    DETAILED_DRUG = "detailed-drug", 6, Warning, No, "a drug that is coded in detail has no HCPCS code";
    AMBULANCE_LINE = "ambulance-line", 6, Warning, No, "an ambulance line of a facility has no ambulance code";
    AMBULANCE_ZIP = "ambulance-zip", 6, Warning, No, "an ambulance claim of a facility has no ZIP code of the pick-up";
    PARTIAL_HOSPITALIZATION = "partial-hospitalization", 6, Warning, No, "a service of partial hospitalization has no HCPCS code";
    HEALTH_CENTER_VISIT = "health-center-visit", 6, Warning, No, "a health center claim has no visit";
    RURAL_CLINIC_VISIT = "rural-clinic-visit", 6, Warning, No, "a rural health clinic claim marks no line as the visit";
    ACCOMMODATION_DAYS = "accommodation-days", 6, Warning, No, "room and board is not counted in days";
    DENTAL_TOOTH = "dental-tooth", 6, Warning, No, "a dental procedure on a tooth names no tooth";
    DENTAL_SURFACE = "dental-surface", 6, Warning, No, "a filling names no surface";
}

const AMBULANCE: &str = "Medicare Claims Processing Manual, chapter 15, section 30";
const LABORATORY: &str = "42 CFR part 493; Medicare Claims Processing Manual, chapter 16, section 70";
const RENAL: &str = "Medicare Claims Processing Manual, chapter 8, section 50.3";
const HOME_HEALTH: &str = "Medicare Claims Processing Manual, chapter 10, section 40.2";

/// Who says so, for each check.
pub(in crate::check) static SOURCES: &[(&Check, &str)] = &[
    (&AMBULANCE_TRIP, AMBULANCE),
    (&AMBULANCE_PLACE, "Medicare Claims Processing Manual, chapter 26, section 10.5"),
    (&AMBULANCE_BASE, AMBULANCE),
    (&AMBULANCE_MILES, "837P CR106, SV104; Medicare Claims Processing Manual, chapter 15, section 30"),
    (&OXYGEN_CERTIFICATE, "837P 2400 CR3, 2440; Medicare Claims Processing Manual, chapter 20, section 100"),
    (&CERTIFICATE_ENDED, "CMS, MLN Matters SE22002: certificates ended on 2022-12-31"),
    (&EQUIPMENT_ORDER, "42 CFR 424.507(a)"),
    (&EQUIPMENT_MODIFIER, "Medicare Claims Processing Manual, chapter 20, section 30"),
    (&SPINAL_START, "Medicare Claims Processing Manual, chapter 26, section 10.4, item 14"),
    (&SPINAL_ACTIVE, "Medicare Benefit Policy Manual, chapter 15, section 240.1.3"),
    (&ANESTHESIA_MODIFIER, "Medicare Claims Processing Manual, chapter 12, section 50"),
    (&DRUG_NDC, "Social Security Act, section 1927(a)(7); 42 CFR 447.520"),
    (&LABORATORY_CLIA, LABORATORY),
    (&CLIA_FORM, LABORATORY),
    (&CLIA_WAIVED, LABORATORY),
    (&REFERENCE_LABORATORY, "837P 2400 REF*F4; Medicare Claims Processing Manual, chapter 16, section 40"),
    (&HOMEBOUND_SPECIMEN, "837P 2300 CRC*75; Medicare Claims Processing Manual, chapter 16, section 60.2"),
    (&DATE_LAST_SEEN, "Medicare Claims Processing Manual, chapter 26, section 10.4, item 19"),
    (&VISION_CONDITION, "837P 2300 CRC E1, E2, E3"),
    (&TELEHEALTH_ORIGIN, "42 CFR 410.78; Medicare Claims Processing Manual, chapter 12, section 190"),
    (&OPIOID_PLACE, "CMS, transmittal 4486 (change request 11353)"),
    (
        &RATE_CODE,
        "Medicare Claims Processing Manual, chapter 3, section 140; chapter 6, section 30; chapter 10, section 40.2",
    ),
    (
        &RATE_CODE_LINE,
        "Medicare Claims Processing Manual, chapter 3, section 140; chapter 6, section 30; chapter 10, section 40.2",
    ),
    (&HOME_HEALTH_RATE, HOME_HEALTH),
    (&HOME_HEALTH_VISIT, HOME_HEALTH),
    (&HOSPICE_LOCATION, "Medicare Claims Processing Manual, chapter 11, section 30.3"),
    (&RENAL_SIZE, RENAL),
    (&RENAL_SETTING, RENAL),
    (&THERAPY_MODIFIER, "Medicare Claims Processing Manual, chapter 5, section 20.1"),
    (&DETAILED_DRUG, "Medicare Claims Processing Manual, chapter 25, section 75.4, FL 42 and FL 44"),
    (&AMBULANCE_LINE, AMBULANCE),
    (&AMBULANCE_ZIP, AMBULANCE),
    (&PARTIAL_HOSPITALIZATION, "Medicare Claims Processing Manual, chapter 4, section 260.1"),
    (&HEALTH_CENTER_VISIT, "Medicare Claims Processing Manual, chapter 9, section 60"),
    (&RURAL_CLINIC_VISIT, "CMS, MLN Matters SE1611"),
    (&ACCOMMODATION_DAYS, "837I SV204; Medicare Claims Processing Manual, chapter 25, section 75.5, FL 46"),
    (&DENTAL_TOOTH, "American Dental Association, dental claim form instructions, item 27; 837D 2400 TOO"),
    (&DENTAL_SURFACE, "American Dental Association, dental claim form instructions, item 28; 837D 2400 TOO03"),
];
