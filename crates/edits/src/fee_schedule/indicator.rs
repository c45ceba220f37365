//! What the one- to three-letter columns of the fee schedule say.

use core::fmt;

/// The text of an indicator that has no name here: up to three letters or digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Indicator([u8; 3]);

impl Indicator {
    /// Up to three ASCII characters, kept as they stand; more are left out.
    pub(crate) fn new(text: &str) -> Self {
        let mut bytes = [0; 3];
        for (to, from) in bytes.iter_mut().zip(text.bytes().filter(u8::is_ascii_graphic)) {
            *to = from;
        }
        Self(bytes)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(self.0.len());
        self.0.get(..length).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An enum of a column's values with our own short wording; another value is kept as it stands.
macro_rules! indicators {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal, $meaning:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`: ", $meaning, ".")] $variant,)+
            /// Another value, as it stands in the file.
            Unknown(Indicator),
        }

        impl $name {
            /// The value that a text of the file means.
            #[inline]
            #[must_use]
            pub fn from_code(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    _ => Self::Unknown(Indicator::new(text)),
                }
            }

            /// The text of the file.
            #[must_use]
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Unknown(text) => text.as_str(),
                }
            }

            /// What it means, in few words.
            #[must_use]
            pub const fn meaning(&self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)+
                    Self::Unknown(_) => "a value that has no meaning here yet",
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.code())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from_code(&<std::borrow::Cow<'de, str>>::deserialize(deserializer)?))
            }
        }
    };
}

indicators! {
    /// Whether and how Medicare pays a code under the fee schedule (status code).
    ///
    /// Source: record layout of the National Physician Fee Schedule Relative Value File, attachment A.
    StatusCode {
        Active = "A", "paid on its own, where the service is covered";
        Bundled = "B", "always part of the payment for other services";
        ContractorPriced = "C", "the contractor sets the price";
        Deleted = "D", "deleted at the beginning of the year";
        Excluded = "E", "left out of the fee schedule by regulation; other rules pay it";
        DeletedAtOnce = "F", "deleted, without days of grace";
        NotValidGrace = "G", "not valid for Medicare, which uses another code; with days of grace";
        DeletedModifier = "H", "the component is deleted";
        NotValid = "I", "not valid for Medicare, which uses another code";
        Anesthesia = "J", "anaesthesia, paid by base units and time";
        Measurement = "M", "for reporting a measure only";
        NonCovered = "N", "not covered by Medicare";
        BundledOrExcluded = "P", "part of a physician's service, or paid outside the fee schedule";
        Restricted = "R", "covered in special circumstances only";
        Injection = "T", "paid only where nothing else of the fee schedule is billed on the day";
        StatutoryExclusion = "X", "no physician service by statute; other rules pay it";
    }
}

indicators! {
    /// Whether a service has a professional and a technical component (PC/TC indicator).
    ///
    /// Source: record layout of the relative value file, attachment A.
    ComponentIndicator {
        PhysicianService = "0", "a physician's service: not split in components";
        DiagnosticTest = "1", "a test with both components, 26 and TC";
        ProfessionalOnly = "2", "the professional component under a code of its own";
        TechnicalOnly = "3", "the technical component under a code of its own";
        GlobalOnly = "4", "the whole test, whose components have codes of their own";
        IncidentTo = "5", "incident to a physician's service: not paid in a hospital";
        LaboratoryInterpretation = "6", "a laboratory test that a physician interprets: 26 only";
        TherapyNotPaid = "7", "therapy that is not paid in a hospital to an independent therapist";
        SmearInterpretation = "8", "a physician's reading of a smear of a hospital inpatient";
        NotApplicable = "9", "the concept does not apply";
    }
}

indicators! {
    /// The days around a procedure that its payment includes (global surgery).
    ///
    /// Source: record layout of the relative value file; Medicare Claims Processing Manual, chapter 12, section 40.
    GlobalPeriod {
        DayOnly = "000", "the day of the procedure";
        TenDays = "010", "the day of the procedure and 10 days after";
        NinetyDays = "090", "the day before, the day of the procedure and 90 days after";
        Maternity = "MMM", "maternity: the usual days do not apply";
        NotApplicable = "XXX", "the concept does not apply";
        Contractor = "YYY", "the contractor says which days";
        AddOn = "ZZZ", "within the days of the service that it belongs to";
    }
}

impl GlobalPeriod {
    /// The days before and after the day of the procedure; `None` where the file gives no days.
    #[must_use]
    pub const fn days(self) -> Option<(u8, u8)> {
        match self {
            Self::DayOnly => Some((0, 0)),
            Self::TenDays => Some((0, 10)),
            Self::NinetyDays => Some((1, 90)),
            _ => None,
        }
    }
}

indicators! {
    /// Which reduction applies where several procedures are done on a day (modifier 51).
    ///
    /// Source: record layout of the relative value file; Medicare Claims Processing Manual, chapter 12, section 40.6.
    MultipleProcedure {
        None = "0", "no reduction";
        Before1995 = "1", "the reduction of before 1995: 100, 50, 25, 25, 25 percent";
        Standard = "2", "100, 50, 50, 50, 50 percent, then by report";
        Endoscopy = "3", "endoscopy: of each further one of a family, what it pays above the base";
        DiagnosticImaging = "4", "diagnostic imaging: less of the further technical and professional components";
        Therapy = "5", "therapy: less of the practice expense of each further unit";
        Cardiovascular = "6", "cardiovascular tests: less of each further technical component";
        Ophthalmology = "7", "ophthalmology tests: less of each further technical component";
        NotApplicable = "9", "the concept does not apply";
    }
}

indicators! {
    /// What is paid where a procedure is done on both sides (modifier 50).
    ///
    /// Source: record layout of the relative value file; Medicare Claims Processing Manual, chapter 12, section 40.7.
    BilateralIndicator {
        NoAdjustment = "0", "both sides pay as one";
        Adjustment = "1", "both sides pay 150 percent of one";
        Included = "2", "the value is for both sides already";
        EachSide = "3", "each side pays in full";
        NotApplicable = "9", "the concept does not apply";
    }
}

indicators! {
    /// Whether an assistant at surgery is paid (modifiers 80, 81, 82, AS).
    ///
    /// Source: record layout of the relative value file; Medicare Claims Processing Manual, chapter 12, section 20.4.3.
    AssistantIndicator {
        Documentation = "0", "paid only with documents that show the need";
        NotPaid = "1", "not paid, by statute";
        Paid = "2", "paid";
        NotApplicable = "9", "the concept does not apply";
    }
}

indicators! {
    /// Whether two surgeons of different specialties are paid (modifier 62).
    ///
    /// Source: record layout of the relative value file; Medicare Claims Processing Manual, chapter 12, section 40.8.
    CoSurgeonIndicator {
        NotPermitted = "0", "not permitted";
        Documentation = "1", "permitted with documents that show the need";
        Permitted = "2", "permitted where the surgeons are of different specialties";
        NotApplicable = "9", "the concept does not apply";
    }
}

indicators! {
    /// Whether a team of surgeons is paid (modifier 66).
    ///
    /// Source: record layout of the relative value file; Medicare Claims Processing Manual, chapter 12, section 40.8.
    TeamSurgeryIndicator {
        NotPermitted = "0", "not permitted";
        Documentation = "1", "permitted with documents that show the need; paid by report";
        Permitted = "2", "permitted; paid by report";
        NotApplicable = "9", "the concept does not apply";
    }
}

indicators! {
    /// How a physician must supervise a diagnostic procedure.
    ///
    /// Source: record layout of the relative value file; 42 CFR 410.32(b)(3).
    PhysicianSupervision {
        General = "01", "general supervision";
        Direct = "02", "direct supervision";
        Personal = "03", "personal supervision";
        Psychologist = "04", "none for a qualified psychologist, else general";
        Audiologist = "05", "none for a qualified audiologist, else general";
        ElectrophysiologicTherapist = "06", "a physician, or a physical therapist certified in electrophysiology";
        CertifiedTechnician = "21", "general for a certified technician, else direct";
        OnlineTechnician = "22", "a technician with a physician on line in real time";
        CertifiedInProcedure = "66", "a physician, or a physical therapist certified in this procedure";
        CertifiedInProcedureSupervising = "6A", "as 66; the therapist may supervise another and alone may bill";
        CertifiedTherapist = "77", "a certified physical therapist, else direct, or general for a certified technician";
        CertifiedTherapistSupervising = "7A", "as 77; the therapist may supervise another and alone may bill";
        NotApplicable = "09", "the concept does not apply";
    }
}

indicators! {
    /// The family of diagnostic imaging within which further procedures are reduced.
    ///
    /// Source: record layout of the relative value file. Since 2011 there is one family, 88.
    ImagingFamily {
        Reduced = "88", "subject to the reduction of diagnostic imaging";
        NotApplicable = "99", "the concept does not apply";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_name_is_kept() {
        assert_eq!(StatusCode::from_code("A"), StatusCode::Active);
        let other = StatusCode::from_code("Q");
        assert_eq!((other.code(), other), ("Q", StatusCode::Unknown(Indicator::new("Q"))));
        assert_eq!(GlobalPeriod::from_code("").code(), "");
        assert_eq!(GlobalPeriod::from_code("090").days(), Some((1, 90)));
        assert_eq!(GlobalPeriod::from_code("YYY").days(), None);
        assert_eq!(PhysicianSupervision::from_code("6A").code(), "6A");
        assert_eq!(Indicator::new("\u{e9}abcd").as_str(), "abc");
    }
}
