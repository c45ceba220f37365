//! Berenson-Eggers types of service.

use crate::indicator::Indicator;

/// A Berenson-Eggers type of service: the group in which CMS counts what a code costs, by its code of two or three characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Betos {
    code: &'static str,
    words: &'static str,
}

impl Betos {
    /// Every group that this version knows: code and words.
    pub fn all() -> impl Iterator<Item = Self> {
        GROUPS.iter().map(|(code, words)| Self { code, words })
    }

    /// The code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.code
    }
}

impl Indicator for Betos {
    fn of(value: &str) -> Option<Self> {
        // INVARIANT: the groups ascend by their codes.
        let at = GROUPS.binary_search_by(|(code, _)| (*code).cmp(value)).ok()?;
        GROUPS.get(at).map(|(code, words)| Self { code, words })
    }

    fn words(self) -> &'static str {
        self.words
    }
}

/// Source: CMS, HCPCS contractor record layout, table of BETOS codes; the words are ours.
const GROUPS: &[(&str, &str)] = &[
    ("D1A", "supplies"),
    ("D1B", "hospital beds"),
    ("D1C", "oxygen and supplies"),
    ("D1D", "wheelchairs"),
    ("D1E", "other durable equipment"),
    ("D1F", "prosthetic and orthotic devices"),
    ("D1G", "drugs given through equipment"),
    ("I1A", "chest X-ray"),
    ("I1B", "skeleton X-ray"),
    ("I1C", "breast imaging"),
    ("I1D", "contrast study of stomach and bowel"),
    ("I1E", "nuclear medicine"),
    ("I1F", "other standard imaging"),
    ("I2A", "computed tomography of head and neck"),
    ("I2B", "computed tomography elsewhere"),
    ("I2C", "magnetic resonance of head and neck"),
    ("I2D", "magnetic resonance elsewhere"),
    ("I3A", "ultrasound of the eye"),
    ("I3B", "ultrasound of abdomen and pelvis"),
    ("I3C", "ultrasound of the heart"),
    ("I3D", "ultrasound of the carotid arteries"),
    ("I3E", "ultrasound of the prostate"),
    ("I3F", "other ultrasound"),
    ("I4A", "imaging during a heart procedure"),
    ("I4B", "imaging during another procedure"),
    ("M1A", "office visit, new patient"),
    ("M1B", "office visit, established patient"),
    ("M2A", "first hospital visit"),
    ("M2B", "later hospital visit"),
    ("M2C", "critical care in hospital"),
    ("M3", "emergency department visit"),
    ("M4A", "home visit"),
    ("M4B", "nursing home visit"),
    ("M5A", "pathology consultation by a specialist"),
    ("M5B", "psychiatry"),
    ("M5C", "ophthalmology"),
    ("M5D", "other specialist services"),
    ("M6", "consultation"),
    ("O1A", "ambulance"),
    ("O1B", "chiropractic"),
    ("O1C", "enteral and parenteral feeding"),
    ("O1D", "chemotherapy"),
    ("O1E", "other drugs"),
    ("O1F", "hearing and speech services"),
    ("O1G", "vaccines"),
    ("O1L", "lymphedema compression"),
    ("P0", "anesthesia"),
    ("P1A", "major breast procedure"),
    ("P1B", "removal of colon"),
    ("P1C", "removal of gallbladder"),
    ("P1D", "resection of prostate through the urethra"),
    ("P1E", "removal of uterus"),
    ("P1F", "spinal decompression or disc excision"),
    ("P1G", "other major procedure"),
    ("P2A", "coronary bypass"),
    ("P2B", "aneurysm repair"),
    ("P2C", "removal of clot and plaque from an artery"),
    ("P2D", "coronary balloon angioplasty"),
    ("P2E", "pacemaker insertion"),
    ("P2F", "other major procedure of heart and vessels"),
    ("P3A", "hip fracture repair"),
    ("P3B", "hip replacement"),
    ("P3C", "knee replacement"),
    ("P3D", "other major orthopedic procedure"),
    ("P4A", "corneal transplant"),
    ("P4B", "cataract removal with or without lens"),
    ("P4C", "retinal detachment"),
    ("P4D", "treatment of the retina"),
    ("P4E", "other eye procedure"),
    ("P5A", "ambulatory skin procedure"),
    ("P5B", "ambulatory musculoskeletal procedure"),
    ("P5C", "groin hernia repair"),
    ("P5D", "shock wave treatment of stones"),
    ("P5E", "other ambulatory procedure"),
    ("P6A", "minor skin procedure"),
    ("P6B", "minor musculoskeletal procedure"),
    ("P6C", "other minor procedure under the physician fee schedule"),
    ("P6D", "other minor procedure outside the physician fee schedule"),
    ("P7A", "radiation therapy"),
    ("P7B", "other cancer treatment"),
    ("P8A", "joint endoscopy"),
    ("P8B", "upper gastrointestinal endoscopy"),
    ("P8C", "sigmoidoscopy"),
    ("P8D", "colonoscopy"),
    ("P8E", "bladder endoscopy"),
    ("P8F", "bronchoscopy"),
    ("P8G", "gallbladder removal through a laparoscope"),
    ("P8H", "laryngoscopy"),
    ("P8I", "other endoscopy"),
    ("P9A", "dialysis under the physician fee schedule"),
    ("P9B", "dialysis outside the physician fee schedule"),
    ("T1A", "routine blood draw"),
    ("T1B", "automated chemistry profile"),
    ("T1C", "urinalysis"),
    ("T1D", "blood count"),
    ("T1E", "glucose"),
    ("T1F", "bacterial culture"),
    ("T1G", "other laboratory test under the physician fee schedule"),
    ("T1H", "other laboratory test outside the physician fee schedule"),
    ("T2A", "electrocardiogram"),
    ("T2B", "cardiac stress test"),
    ("T2C", "electrocardiogram monitoring"),
    ("T2D", "other test"),
    ("Y1", "other, under the physician fee schedule"),
    ("Y2", "other, outside the physician fee schedule"),
    ("Z1", "local codes"),
    ("Z2", "undefined codes"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_ascend_and_are_found() {
        assert!(GROUPS.is_sorted_by(|one, next| one.0 < next.0));
        assert!(Betos::all().all(|group| Betos::of(group.code()) == Some(group)));
        assert_eq!(Betos::of("Z9Z"), None);
    }
}
