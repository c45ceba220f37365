//! Inputs of the benchmarks: the codes of the bundled table and sequences of questions, the same in every run.

use superbill_core::Date;
use superbill_icd10cm::{Icd10Cm, Icd10CmCode};

/// A generator of numbers that are the same in every run (splitmix64).
#[derive(Debug, Clone)]
pub struct Numbers(u64);

impl Numbers {
    /// Begins with a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.draw()) * limit as u128) >> 64) as usize
    }
}

/// The day that the benchmarks ask about.
#[must_use]
pub fn day() -> Date {
    Date::new(2026, 4, 1).unwrap_or(Date::MIN)
}

/// All codes of the day, headers included: what the peers are built from.
#[must_use]
pub fn codes() -> Vec<Icd10CmCode> {
    Icd10Cm::bundled().on(day()).codes().collect()
}

const CHARACTERS: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// How many questions a sequence has.
pub const QUESTIONS: usize = 1 << 16;

/// Codes at random, each as likely as any other.
#[must_use]
pub fn random(codes: &[Icd10CmCode]) -> Vec<Icd10CmCode> {
    let mut numbers = Numbers::new(1);
    (0..QUESTIONS).filter_map(|_| codes.get(numbers.below(codes.len())).copied()).collect()
}

/// Codes as a busy practice asks: the code of rank r is asked in proportion to 1/r, ranks being dealt at random (Zipf, exponent 1).
#[must_use]
pub fn zipf(codes: &[Icd10CmCode]) -> Vec<Icd10CmCode> {
    let mut numbers = Numbers::new(2);
    let mut ranks = codes.to_vec();
    for place in (1..ranks.len()).rev() {
        ranks.swap(place, numbers.below(place + 1));
    }
    let mut sums = Vec::with_capacity(ranks.len());
    let mut sum = 0.0;
    for rank in 1..=ranks.len() {
        sum += 1.0 / rank as f64;
        sums.push(sum);
    }
    let pick = |number: u64| {
        let at = (number >> 11) as f64 / (1u64 << 53) as f64 * sum;
        ranks.get(sums.partition_point(|s| *s < at)).copied()
    };
    (0..QUESTIONS).filter_map(|_| pick(numbers.draw())).collect()
}

/// Possible codes that do not exist: one character of a code changed.
#[must_use]
pub fn misses(codes: &[Icd10CmCode]) -> Vec<Icd10CmCode> {
    let mut numbers = Numbers::new(3);
    let mut found = Vec::with_capacity(QUESTIONS);
    while found.len() < QUESTIONS {
        let Some(code) = codes.get(numbers.below(codes.len())) else { break };
        let mut text: Vec<char> = code.characters().collect();
        let place = 1 + numbers.below(text.len() - 1);
        if let Some(character) = text.get_mut(place) {
            *character = CHARACTERS.get(numbers.below(36)).copied().map_or('0', char::from);
        }
        if let Ok(other) = text.iter().collect::<String>().parse::<Icd10CmCode>()
            && Icd10Cm::bundled().ordinal(other).is_none()
        {
            found.push(other);
        }
    }
    found
}

/// The questions as text, dotted or not, in one piece of memory as a file would have them.
#[must_use]
pub fn texts(questions: &[Icd10CmCode], dotted: bool) -> Vec<&'static str> {
    let mut all = String::new();
    let mut ends = Vec::with_capacity(questions.len());
    for code in questions {
        all.push_str(&if dotted { code.to_string() } else { code.undotted() });
        ends.push(all.len());
    }
    let all: &'static str = all.leak();
    let starts = core::iter::once(0).chain(ends.iter().copied());
    starts.zip(&ends).filter_map(|(start, end)| all.get(start..*end)).collect()
}
