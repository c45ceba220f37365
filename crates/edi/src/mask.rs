//! Segments that may be shown: what identifies the patient is masked.

use superbill_core::Npi;
use superbill_x12::{Document, Segment};

/// What stands in place of a masked element.
const MASK: &str = "[...]";

/// The segments of a document as text, one after the other, without terminators, with the elements masked that identify a patient:
/// names, addresses, dates of birth, member and patient control numbers, and free text, which can hold anything.
///
/// Providers, payers and trace numbers of payments stay. The delimiters stay as they are in the document.
#[derive(Debug)]
pub struct Masked;

/// The person or organisation that the last NM1 or N1 named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    Patient,
    Other,
}

impl Masked {
    /// The masked segments of a document, in order.
    pub fn of<'d>(document: &'d Document<'_>) -> impl Iterator<Item = String> + use<'d> {
        let mut named = Named::Other;
        let mut set = String::new();
        let mut claim_level = false;
        document.segments().map(move |segment| {
            let id = segment.id();
            match id {
                "ST" => {
                    set = segment.element(1).text().into_owned();
                    named = Named::Other;
                    claim_level = false;
                }
                "NM1" => named = if is_patient(&segment.element(1).text()) { Named::Patient } else { Named::Other },
                "N1" => named = Named::Other,
                // A new level has a new name to come; until then what follows is the patient's or the insured's.
                "HL" => {
                    claim_level = matches!(&*segment.element(3).text(), "22" | "23" | "PT");
                    named = if claim_level { Named::Patient } else { Named::Other };
                }
                "CLM" | "CLP" | "HI" | "LX" | "STC" | "SVC" => named = Named::Other,
                _ => {}
            }
            masked(&segment, |element| hides(id, element, &segment, named, claim_level && set != "835"))
        })
    }
}

/// The entities of NM101 that are patients or insured persons; an entity that is not known to be a provider or payer counts as one.
fn is_patient(entity: &str) -> bool {
    !matches!(
        entity,
        "40" | "41"
            | "45"
            | "71"
            | "72"
            | "77"
            | "82"
            | "85"
            | "87"
            | "DK"
            | "DN"
            | "DQ"
            | "P3"
            | "PE"
            | "PR"
            | "PW"
            | "TT"
            | "ZZ"
    )
}

/// Segments whose elements show unless [`hides`] says otherwise. What is not listed can hold anything and is masked whole.
const OPEN: [&str; 59] = [
    "AAA", "AK1", "AK2", "AK9", "AMT", "BHT", "BPR", "CAS", "CL1", "CLM", "CLP", "CN1", "CR1", "CR2", "CR3", "CRC",
    "CTP", "CUR", "DMG", "DN1", "DN2", "DTM", "DTP", "EB", "EQ", "GE", "GS", "HCP", "HI", "HL", "IEA", "IK3", "IK4",
    "IK5", "ISA", "LIN", "LQ", "LX", "MEA", "MIA", "MOA", "N1", "OI", "PAT", "PLB", "PRV", "PWK", "QTY", "RDM", "SBR",
    "SE", "ST", "STC", "SV1", "SVC", "SVD", "TA1", "TOO", "TRN",
];

fn hides(id: &str, element: usize, segment: &Segment<'_>, named: Named, claim_level: bool) -> bool {
    let patient = named == Named::Patient;
    match id {
        // What was sent as an NPI and is none can be any number.
        "NM1" if !patient => {
            element == 9 && segment.element(8) == "XX" && segment.element(9).trimmed().text().parse::<Npi>().is_err()
        }
        "NM1" => (3..=9).contains(&element) && !matches!(element, 6 | 8),
        "N2" | "N3" | "N4" | "PER" => patient,
        "DMG" => element == 2,
        "PAT" => matches!(element, 6 | 8),
        "SBR" => element == 3,
        "CLM" | "CLP" => element == 1,
        // The patient control number where a claim is spoken of; elsewhere the trace of a payment or file.
        "TRN" => element == 2 && claim_level,
        "REF" => {
            let kind = segment.element(1).text();
            element > 1 && (patient || matches!(&*kind, "1W" | "D9" | "EA" | "EJ" | "G1" | "IG" | "SY" | "Y4"))
        }
        // A reference behind the reason can be a patient's claim.
        "PLB" => element >= 3 && element % 2 == 1 && !segment.element(element).component(2).is_empty(),
        // Copies of what was wrong, and free text.
        "IK4" => element == 4,
        "CR1" => matches!(element, 9 | 10),
        "CR2" => matches!(element, 10 | 11),
        "PWK" => matches!(element, 6 | 7),
        "STC" => element == 12,
        _ => !OPEN.contains(&id),
    }
}

/// Words that describe a service stand behind the modifiers of the procedure.
fn hides_component(id: &str, element: usize, component: usize) -> bool {
    matches!((id, element), ("SV1", 1) | ("SVC", 1 | 6) | ("SVD", 3)) && component >= 7
}

fn masked(segment: &Segment<'_>, hides: impl Fn(usize) -> bool) -> String {
    let delimiters = segment.delimiters();
    let mut line = segment.id().to_owned();
    for (element, number) in segment.elements().zip(1..) {
        line.push(char::from(delimiters.element));
        if element.is_empty() {
            continue;
        }
        if hides(number) {
            line.push_str(MASK);
        } else if hides_component(segment.id(), number, 7) {
            for (component, place) in element.components().zip(1..) {
                if place > 1 {
                    line.push(char::from(delimiters.component));
                }
                let hidden = hides_component(segment.id(), number, place) && !component.is_empty();
                let shown = if hidden { MASK.into() } else { component.text() };
                line.push_str(&shown);
            }
        } else {
            line.push_str(&element.text());
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &[u8] = b"ISA*00*          *00*          *ZZ*TESTA          *ZZ*TESTB          *260101*0900*^*00501*000000001*0*T*:~\
GS*HC*TESTA*TESTB*20260101*0900*1*X*005010X222A1~ST*837*0001*005010X222A1~\
NM1*85*2*TEST CLINIC*****XX*1234567893~N3*1 CLINIC STREET~HL*2*1*22*0~SBR*P*18*GROUPNO**~\
NM1*IL*1*HIDDENNAME*HIDDENGIVEN****MI*HIDDENID~N3*HIDDEN STREET~N4*HIDDENTOWN*MD*21244~DMG*D8*19500101*F~\
NM1*PR*2*TEST PAYER*****PI*TEST1~CLM*HIDDENPCN*100***11:B:1~REF*EA*HIDDENREC~REF*G1*HIDDENAUTH~NTE*ADD*HIDDEN WORDS~\
NM1*82*1*TESTDOCTOR*****XX*HIDDEN9~ZZ9*HIDDENUNKNOWN~LX*1~SV1*HC:J3490:::::HIDDEN DRUG*10*UN*1***1~SE*18*0001~GE*1*1~IEA*1*000000001~";

    #[test]
    fn the_patient_is_masked_and_the_rest_stays() {
        let document = Document::read(FILE).unwrap();
        let lines: Vec<String> = Masked::of(&document).collect();
        let text = lines.join("\n");
        for hidden in ["HIDDEN", "19500101", "GROUPNO", "21244"] {
            assert!(!text.contains(hidden), "{hidden} shows in {text}");
        }
        for shown in [
            "TEST CLINIC",
            "1 CLINIC STREET",
            "1234567893",
            "TEST PAYER",
            "CLM*[...]*100***11:B:1",
            "DMG*D8*[...]*F",
            "SV1*HC:J3490:::::[...]*10*UN*1***1",
            "TESTDOCTOR",
        ] {
            assert!(text.contains(shown), "{shown} is missing in {text}");
        }
        assert_eq!(lines.len(), document.segment_count());
    }

    #[test]
    fn free_text_is_masked_wherever_a_guide_has_it() {
        for (segment, shown) in [
            ("CR1*LB*140*I*A*DH*12****HIDDEN", "CR1*LB*140*I*A*DH*12****[...]"),
            ("CR2********A**HIDDEN*HIDDEN", "CR2********A**[...]*[...]"),
            ("PWK*OZ*BM***AC*HIDDEN*HIDDEN", "PWK*OZ*BM***AC*[...]*[...]"),
            ("SVC*HC:G0108*150*78.4**2*HC:J3490:::::HIDDEN", "SVC*HC:G0108*150*78.4**2*HC:J3490:::::[...]"),
            ("SVD*TEST1*55*HC:J3490:::::HIDDEN**1", "SVD*TEST1*55*HC:J3490:::::[...]**1"),
            ("STC*A7:21:85*20260916*U*185********HIDDEN", "STC*A7:21:85*20260916*U*185********[...]"),
            ("IK4*2**7*HIDDEN", "IK4*2**7*[...]"),
            ("XX9*HIDDEN*HIDDEN", "XX9*[...]*[...]"),
        ] {
            let text = String::from_utf8_lossy(FILE).replace("LX*1~", &format!("LX*1~{segment}~"));
            let document = Document::read(text.as_bytes()).unwrap();
            let lines: Vec<String> = Masked::of(&document).collect();
            assert!(lines.iter().any(|line| line == shown), "{shown} is missing in {lines:?}");
        }
    }

    #[test]
    fn an_entity_that_is_not_known_counts_as_a_patient() {
        for (entity, patient) in
            [("IL", true), ("QC", true), ("74", true), ("03", true), ("", true), ("85", false), ("PR", false)]
        {
            assert_eq!(is_patient(entity), patient, "{entity}");
        }
    }
}
