//! The loops of the guide: which one a segment stands in.

/// The loop that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Header,
    Submitter,
    Receiver,
    Billing,
    BillingName,
    /// Pay-to address or plan.
    PayTo(&'static str),
    Subscriber,
    Insured,
    Payer,
    Patient,
    PatientName,
    /// A level of the hierarchy that is none of the three.
    OtherLevel,
    Claim,
    ClaimRendering,
    ClaimFacility,
    /// Another provider of the claim.
    ClaimOther(&'static str),
    /// Another coverage of the patient.
    Coverage,
    CoverageParty(&'static str),
    Line,
    LineRendering,
    /// A drug, another provider, an adjudication or a form of the line.
    LineOther(&'static str),
}

/// Who a name at claim or line level can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Claim,
    Coverage,
    Line,
}

impl Within {
    /// A loop that the guide does not have there.
    pub(super) fn unplaced(self) -> At {
        match self {
            Self::Claim => At::ClaimOther(""),
            Self::Coverage => At::CoverageParty(""),
            Self::Line => At::LineOther(""),
        }
    }
}

impl At {
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Header | Self::OtherLevel => "",
            Self::Submitter => "1000A",
            Self::Receiver => "1000B",
            Self::Billing => "2000A",
            Self::BillingName => "2010AA",
            Self::Subscriber => "2000B",
            Self::Insured => "2010BA",
            Self::Payer => "2010BB",
            Self::Patient => "2000C",
            Self::PatientName => "2010CA",
            Self::Claim => "2300",
            Self::ClaimRendering => "2310B",
            Self::ClaimFacility => "2310C",
            Self::Coverage => "2320",
            Self::Line => "2400",
            Self::LineRendering => "2420A",
            Self::PayTo(id) | Self::ClaimOther(id) | Self::CoverageParty(id) | Self::LineOther(id) => id,
        }
    }

    /// Which part of a claim it is; `None` outside claims.
    pub(super) fn within(self) -> Option<Within> {
        match self {
            Self::Claim | Self::ClaimRendering | Self::ClaimFacility | Self::ClaimOther(_) => Some(Within::Claim),
            Self::Coverage | Self::CoverageParty(_) => Some(Within::Coverage),
            Self::Line | Self::LineRendering | Self::LineOther(_) => Some(Within::Line),
            _ => None,
        }
    }

    /// The loop of a name inside a claim, by its entity code (NM101).
    pub(super) fn named(within: Within, entity: &str) -> Option<Self> {
        Some(match (within, entity) {
            (Within::Claim, "DN" | "P3") => Self::ClaimOther("2310A"),
            (Within::Claim, "82") => Self::ClaimRendering,
            (Within::Claim, "77") => Self::ClaimFacility,
            (Within::Claim, "DQ") => Self::ClaimOther("2310D"),
            (Within::Claim, "PW") => Self::ClaimOther("2310E"),
            (Within::Claim, "45") => Self::ClaimOther("2310F"),
            (Within::Coverage, "IL") => Self::CoverageParty("2330A"),
            (Within::Coverage, "PR") => Self::CoverageParty("2330B"),
            (Within::Coverage, "DN" | "P3") => Self::CoverageParty("2330C"),
            (Within::Coverage, "82") => Self::CoverageParty("2330D"),
            (Within::Coverage, "77") => Self::CoverageParty("2330E"),
            (Within::Coverage, "DQ") => Self::CoverageParty("2330F"),
            (Within::Coverage, "85") => Self::CoverageParty("2330G"),
            (Within::Line, "82") => Self::LineRendering,
            (Within::Line, "QB") => Self::LineOther("2420B"),
            (Within::Line, "77") => Self::LineOther("2420C"),
            (Within::Line, "DQ") => Self::LineOther("2420D"),
            (Within::Line, "DK") => Self::LineOther("2420E"),
            (Within::Line, "DN" | "P3") => Self::LineOther("2420F"),
            (Within::Line, "PW") => Self::LineOther("2420G"),
            (Within::Line, "45") => Self::LineOther("2420H"),
            _ => return None,
        })
    }

    /// Whether the guide has such a segment in this loop.
    pub(super) fn has(self, segment: &str) -> bool {
        let party = ["N3", "N4", "REF", "PER", "PRV"];
        let here: &[&str] = match self {
            Self::Header => &["BHT"],
            Self::OtherLevel => &[],
            Self::Submitter => &["PER"],
            Self::Receiver => &[],
            Self::Billing => &["PRV", "CUR"],
            Self::BillingName => &["N3", "N4", "REF", "PER"],
            Self::PayTo(_) | Self::Payer => &["N3", "N4", "REF"],
            Self::Subscriber => &["SBR", "PAT"],
            Self::Insured | Self::PatientName => &["N3", "N4", "DMG", "REF", "PER"],
            Self::Patient => &["PAT"],
            Self::Claim => &["DTP", "PWK", "CN1", "AMT", "REF", "K3", "NTE", "CR1", "CR2", "CRC", "HI", "HCP"],
            Self::ClaimRendering | Self::ClaimFacility | Self::ClaimOther(_) => &party,
            Self::Coverage => &["CAS", "AMT", "OI", "MOA"],
            Self::CoverageParty(_) => &["N3", "N4", "REF", "DTP"],
            Self::Line => &[
                "SV1", "SV5", "PWK", "CR1", "CR3", "CRC", "DTP", "QTY", "MEA", "CN1", "REF", "AMT", "K3", "NTE", "PS1",
                "HCP",
            ],
            Self::LineOther("2410") => &["LIN", "CTP", "REF"],
            Self::LineOther("2430") => &["SVD", "CAS", "DTP", "AMT"],
            Self::LineOther("2440") => &["LQ", "FRM"],
            Self::LineRendering | Self::LineOther(_) => &party,
        };
        here.contains(&segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_belongs_to_the_loop_around_it() {
        for (within, entity, id) in [
            (Within::Claim, "82", "2310B"),
            (Within::Coverage, "82", "2330D"),
            (Within::Line, "82", "2420A"),
            (Within::Claim, "DN", "2310A"),
            (Within::Line, "DN", "2420F"),
            (Within::Coverage, "IL", "2330A"),
        ] {
            assert_eq!(At::named(within, entity).map(At::id), Some(id), "{entity}");
        }
        assert_eq!(At::named(Within::Claim, "IL"), None);
        assert_eq!(At::named(Within::Line, "85"), None);
    }
}
