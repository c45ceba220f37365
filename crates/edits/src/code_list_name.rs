//! The code lists that are kept outside of the transaction guides: their names, and the shape of their codes.

use core::fmt;
use core::str::FromStr;
use thiserror::Error;

/// Most characters of a code of any list.
pub const CODE_LIST_CODE_CHARS: usize = 16;
/// What the name of a list of another owner begins with.
const OTHER: &str = "other:";

/// A list of codes that its owner changes more often than the guides that use it. None is shipped: the codes load from the user's files.
///
/// Without a list, [`CodeListName::is_shape`] is all that can be said of a code.
///
/// ```
/// use superbill_edits::CodeListName;
///
/// # fn main() -> Result<(), superbill_edits::CodeListNameError> {
/// let list: CodeListName = "claim-adjustment-reason".parse()?;
/// assert!(list.is_shape("45") && list.is_shape("P14") && !list.is_shape("045"));
/// assert_eq!((list.x12_source(), list.to_string()), (Some(139), "claim-adjustment-reason".to_owned()));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum CodeListName {
    /// Claim adjustment reason codes (CARC): why a claim or line was paid otherwise than billed (835 CAS, 837 CAS).
    ClaimAdjustmentReason,
    /// Remittance advice remark codes (RARC; 835 LQ, MIA, MOA).
    RemittanceRemark,
    /// Health care claim status category codes (277 STC01-1).
    ClaimStatusCategory,
    /// Health care claim status codes (277 STC01-2).
    ClaimStatus,
    /// Health care provider taxonomy (837 PRV03).
    ProviderTaxonomy,
    /// Place of service (837P CLM05-1, SV105).
    PlaceOfService,
    /// Revenue codes (837I SV201).
    Revenue,
    /// Condition codes (837I HI, qualifier BG).
    Condition,
    /// Occurrence codes (837I HI, qualifier BH).
    Occurrence,
    /// Occurrence span codes (837I HI, qualifier BI).
    OccurrenceSpan,
    /// Value codes (837I HI, qualifier BE).
    Value,
    /// Patient discharge status (837I CL103).
    PatientDischargeStatus,
    /// Priority of admission or visit (837I CL101).
    AdmissionType,
    /// Point of origin of an admission or visit (837I CL102).
    AdmissionSource,
    /// Provider-level adjustment reasons (835 PLB03-1).
    ProviderAdjustmentReason,
    /// Service types (270 and 271 EQ01, EB03; 278 UM03).
    ServiceType,
    /// Entity identifiers (NM101, 277 STC01-3).
    EntityIdentifier,
    /// Company codes of insurers.
    Naic,
    /// A list of another owner, as a clearinghouse's payer identifiers.
    Other(OtherListName),
}

/// The name of a list of another owner, behind `other:`: up to 16 small letters, digits and hyphens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OtherListName([u8; 16]);

/// A text that names no list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "a list is one of claim-adjustment-reason, remittance-remark, claim-status-category, claim-status, provider-taxonomy, place-of-service, \
     revenue, condition, occurrence, occurrence-span, value, patient-discharge-status, admission-type, admission-source, \
     provider-adjustment-reason, service-type, entity-identifier, naic, or of your own naming as other:NAME, with small letters, digits and hyphens, 16 at most"
)]
pub struct CodeListNameError;

impl OtherListName {
    /// The name without what stands before it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        // INVARIANT: ASCII since it was read.
        self.0.get(..end).and_then(|name| core::str::from_utf8(name).ok()).unwrap_or_default()
    }

    fn read(text: &str) -> Option<Self> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        let mut name = [0; 16];
        name.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        name.make_ascii_lowercase();
        Some(Self(name))
    }
}

impl fmt::Debug for OtherListName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OtherListName({})", self.as_str())
    }
}

impl CodeListName {
    /// All lists whose names are fixed.
    pub const ALL: [Self; 18] = [
        Self::ClaimAdjustmentReason,
        Self::RemittanceRemark,
        Self::ClaimStatusCategory,
        Self::ClaimStatus,
        Self::ProviderTaxonomy,
        Self::PlaceOfService,
        Self::Revenue,
        Self::Condition,
        Self::Occurrence,
        Self::OccurrenceSpan,
        Self::Value,
        Self::PatientDischargeStatus,
        Self::AdmissionType,
        Self::AdmissionSource,
        Self::ProviderAdjustmentReason,
        Self::ServiceType,
        Self::EntityIdentifier,
        Self::Naic,
    ];

    /// The name in data, as `claim-adjustment-reason`; that of a list of another owner is `other`, and prints with what follows.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClaimAdjustmentReason => "claim-adjustment-reason",
            Self::RemittanceRemark => "remittance-remark",
            Self::ClaimStatusCategory => "claim-status-category",
            Self::ClaimStatus => "claim-status",
            Self::ProviderTaxonomy => "provider-taxonomy",
            Self::PlaceOfService => "place-of-service",
            Self::Revenue => "revenue",
            Self::Condition => "condition",
            Self::Occurrence => "occurrence",
            Self::OccurrenceSpan => "occurrence-span",
            Self::Value => "value",
            Self::PatientDischargeStatus => "patient-discharge-status",
            Self::AdmissionType => "admission-type",
            Self::AdmissionSource => "admission-source",
            Self::ProviderAdjustmentReason => "provider-adjustment-reason",
            Self::ServiceType => "service-type",
            Self::EntityIdentifier => "entity-identifier",
            Self::Naic => "naic",
            Self::Other(_) => "other",
        }
    }

    /// The number by which X12 names the list among its external code sources; `None` where it has none that is sure.
    #[must_use]
    pub const fn x12_source(self) -> Option<u16> {
        match self {
            Self::ClaimAdjustmentReason => Some(139),
            Self::RemittanceRemark => Some(411),
            Self::ClaimStatusCategory => Some(507),
            Self::ClaimStatus => Some(508),
            Self::ProviderTaxonomy => Some(682),
            Self::PlaceOfService => Some(237),
            Self::Revenue | Self::Condition | Self::Occurrence | Self::OccurrenceSpan | Self::Value => Some(132),
            Self::AdmissionSource => Some(230),
            Self::AdmissionType => Some(231),
            Self::PatientDischargeStatus => Some(239),
            Self::Naic => Some(245),
            Self::ProviderAdjustmentReason | Self::ServiceType | Self::EntityIdentifier | Self::Other(_) => None,
        }
    }

    /// Whether a code of the list can look like this: as it stands on a claim, capitals and leading zeros included. Whether it exists, a list tells.
    #[must_use]
    pub fn is_shape(self, code: &str) -> bool {
        let bytes = code.as_bytes();
        let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
        let both = |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        match self {
            Self::ClaimAdjustmentReason => match bytes {
                [b'1'..=b'9', rest @ ..] => rest.len() <= 2 && digits(rest),
                // M and N are what remark codes begin with.
                [b'M' | b'N', ..] => false,
                [b'A'..=b'Z', rest @ ..] => matches!(rest.len(), 1..=3) && digits(rest),
                _ => false,
            },
            Self::RemittanceRemark => match bytes {
                [b'M', b'A', rest @ ..] => matches!(rest.len(), 2..=4) && digits(rest),
                [b'M' | b'N', rest @ ..] => matches!(rest.len(), 1..=4) && !rest.starts_with(b"0") && digits(rest),
                _ => false,
            },
            Self::ClaimStatusCategory => match bytes {
                [b'A'..=b'Z', rest @ ..] => matches!(rest.len(), 1..=3) && both(rest),
                _ => false,
            },
            Self::ClaimStatus => match bytes {
                b"0" => true,
                [b'1'..=b'9', rest @ ..] => rest.len() <= 3 && digits(rest),
                _ => false,
            },
            Self::ProviderTaxonomy => bytes.len() == 10 && both(bytes) && code.ends_with('X'),
            Self::PlaceOfService => bytes.len() == 2 && digits(bytes) && code != "00",
            Self::PatientDischargeStatus => bytes.len() == 2 && digits(bytes),
            Self::Revenue => bytes.len() == 4 && digits(bytes),
            Self::Condition
            | Self::Occurrence
            | Self::OccurrenceSpan
            | Self::Value
            | Self::ProviderAdjustmentReason => bytes.len() == 2 && both(bytes),
            Self::AdmissionType => bytes.len() == 1 && digits(bytes),
            Self::AdmissionSource => bytes.len() == 1 && both(bytes),
            Self::ServiceType => matches!(bytes.len(), 1..=3) && both(bytes),
            Self::EntityIdentifier => matches!(bytes.len(), 2..=3) && both(bytes),
            Self::Naic => bytes.len() == 5 && digits(bytes),
            Self::Other(_) => {
                let sound = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/');
                matches!(bytes.len(), 1..=CODE_LIST_CODE_CHARS) && bytes.iter().all(sound)
            }
        }
    }

    /// What [`CodeListName::is_shape`] looks for, in words that follow "expected".
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::ClaimAdjustmentReason => {
                "an adjustment reason code: 1 to 3 digits without leading zeros, or a letter other than M and N and digits"
            }
            Self::RemittanceRemark => "a remark code: M, MA or N and digits",
            Self::ClaimStatusCategory => "a status category code of 2 to 4 letters and digits, a letter first",
            Self::ClaimStatus => "a claim status code of 1 to 4 digits without leading zeros",
            Self::ProviderTaxonomy => "a taxonomy code of 10 letters and digits, the last an X",
            Self::PlaceOfService => "a place of service of 2 digits, 01 to 99",
            Self::Revenue => "a revenue code of 4 digits",
            Self::Condition => "a condition code of 2 letters and digits",
            Self::Occurrence => "an occurrence code of 2 letters and digits",
            Self::OccurrenceSpan => "an occurrence span code of 2 letters and digits",
            Self::Value => "a value code of 2 letters and digits",
            Self::PatientDischargeStatus => "a discharge status of 2 digits",
            Self::AdmissionType => "an admission type of 1 digit",
            Self::AdmissionSource => "a point of origin of 1 letter or digit",
            Self::ProviderAdjustmentReason => "a provider adjustment reason of 2 letters and digits",
            Self::ServiceType => "a service type of 1 to 3 letters and digits",
            Self::EntityIdentifier => "an entity identifier of 2 or 3 letters and digits",
            Self::Naic => "a company code of 5 digits",
            Self::Other(_) => "a code of 1 to 16 letters, digits and the signs - . _ /",
        }
    }

    /// What is said of the owner of the list's texts; `None` where it is public.
    #[must_use]
    pub const fn notice(self) -> Option<&'static str> {
        Some(match self {
            Self::ClaimAdjustmentReason
            | Self::RemittanceRemark
            | Self::ClaimStatusCategory
            | Self::ClaimStatus
            | Self::ProviderAdjustmentReason
            | Self::ServiceType
            | Self::EntityIdentifier => {
                "The descriptions of these codes, as X12 publishes them, are copyright of X12. This table was made from its user's own copy, for use within its licence."
            }
            Self::ProviderTaxonomy => {
                "The Health Care Provider Taxonomy is copyright of the American Medical Association on behalf of the National Uniform Claim Committee. \
                 This table was made from its user's own copy, for use within its licence."
            }
            Self::Revenue
            | Self::Condition
            | Self::Occurrence
            | Self::OccurrenceSpan
            | Self::Value
            | Self::PatientDischargeStatus
            | Self::AdmissionType
            | Self::AdmissionSource => {
                "UB-04 codes and texts of the National Uniform Billing Committee are copyright of the American Hospital Association. \
                 This table was made from files that its user licenses, for use within that licence."
            }
            Self::Naic | Self::Other(_) => {
                "The texts of this list belong to its owner. This table was made from its user's own copy, for use within its licence."
            }
            Self::PlaceOfService => return None,
        })
    }
}

impl FromStr for CodeListName {
    type Err = CodeListNameError;

    fn from_str(text: &str) -> Result<Self, CodeListNameError> {
        let text = text.trim();
        let other = text.split_at_checked(OTHER.len()).filter(|(start, _)| start.eq_ignore_ascii_case(OTHER));
        let found = match other {
            Some((_, name)) => OtherListName::read(name).map(Self::Other),
            None => Self::ALL.into_iter().find(|list| list.name().eq_ignore_ascii_case(text)),
        };
        found.ok_or(CodeListNameError)
    }
}

impl fmt::Display for CodeListName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(name) => f.pad(&format!("{OTHER}{}", name.as_str())),
            _ => f.pad(self.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_print() {
        let error = CodeListNameError.to_string();
        for list in CodeListName::ALL {
            assert_eq!(list.to_string().parse(), Ok(list));
            assert!(error.contains(list.name()), "{list} stands in the message");
        }
        let other: CodeListName = " Other:Payers-2026 ".parse().unwrap();
        assert_eq!((other.to_string(), other.name()), ("other:payers-2026".to_owned(), "other"));
        assert_eq!(format!("{other:?}"), "Other(OtherListName(payers-2026))");
        assert_eq!("other:0123456789abcdef".parse::<CodeListName>().unwrap().to_string(), "other:0123456789abcdef");
        for text in
            ["", "other", "other:", "other:a b", "other:\u{e9}", "other:0123456789abcdefg", "carc", "claim_status"]
        {
            assert_eq!(text.parse::<CodeListName>(), Err(CodeListNameError), "{text}");
        }
    }

    #[test]
    fn shapes_are_those_of_the_lists() {
        let list = |name: &str| name.parse::<CodeListName>().unwrap();
        for (name, shapes, others) in [
            ("claim-adjustment-reason", "1 45 253 A1 B22 P14 Y3", "045 0 1000 AA1 A a1 CO45 B2222 M1 N30"),
            ("remittance-remark", "M1 M144 MA01 MA130 N1 N900 N1000", "MA1 M01 N0 MA X1 n1 45 N12345"),
            ("claim-status-category", "A0 R10 F3F RQ DR01", "A 1A a1 DR001"),
            ("claim-status", "0 1 20 999 1000", "00 01 A1 10000"),
            ("provider-taxonomy", "207R00000X 390200000X", "207R00000 207R00000Y 207r00000X 207R-0000X 207R000000X"),
            ("place-of-service", "01 11 99", "00 1 011 1A"),
            ("revenue", "0001 0450", "450 00450 045A"),
            ("condition", "01 A0 C5", "1 a0 001"),
            ("occurrence", "11 A1", "1"),
            ("occurrence-span", "70 M0", "070"),
            ("value", "80 A1", "8"),
            ("patient-discharge-status", "01 30", "1 A1"),
            ("admission-type", "1 9", "A 01"),
            ("admission-source", "1 D", "d 11"),
            ("provider-adjustment-reason", "50 WO L6", "W wo"),
            ("service-type", "1 30 AA", "a 0001"),
            ("entity-identifier", "85 IL 1P", "I 1PPP"),
            ("naic", "12345", "1234 1234A"),
            ("other:x", "a-1 60054 A_B/C.D", "abcdefghijklmnopq a,b"),
        ] {
            let list = list(name);
            for code in shapes.split(' ') {
                assert!(list.is_shape(code), "{name} {code}");
            }
            for code in others.split(' ').chain(["", "\u{e9}", "4 5"]) {
                assert!(!list.is_shape(code), "{name} {code}");
            }
            assert!(list.shape().starts_with('a'), "{name}");
        }
    }

    #[test]
    fn only_the_public_list_has_no_notice() {
        let without: Vec<_> = CodeListName::ALL.into_iter().filter(|list| list.notice().is_none()).collect();
        assert_eq!(without, [CodeListName::PlaceOfService]);
    }
}
