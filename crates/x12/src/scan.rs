//! Searching bytes, eight at a time.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The place of the first `needle` at or after `from`.
#[inline]
pub(crate) fn find(bytes: &[u8], from: usize, needle: u8) -> Option<usize> {
    let pattern = u64::from(needle).wrapping_mul(LOW);
    let (chunks, rest) = bytes.get(from..)?.as_chunks::<8>();
    let mut at = from;
    for chunk in chunks {
        let word = u64::from_le_bytes(*chunk) ^ pattern;
        // The lowest marked byte is exact: borrows only ever reach the bytes above a true zero.
        let zeros = word.wrapping_sub(LOW) & !word & HIGH;
        if zeros != 0 {
            return Some(at + (zeros.trailing_zeros() / 8) as usize);
        }
        at += 8;
    }
    rest.iter().position(|&byte| byte == needle).map(|place| at + place)
}

/// The place of the first `ISA` at or after `from`.
pub(crate) fn find_isa(bytes: &[u8], from: usize) -> Option<usize> {
    // Sixty-four places at a time, without a branch for each `I`: names are full of them.
    let mut at = from;
    while let Some(first) = at_chunk::<64>(bytes, at)
        && let Some(second) = at_chunk::<64>(bytes, at + 1)
        && let Some(third) = at_chunk::<64>(bytes, at + 2)
    {
        let letters = first.iter().zip(second).zip(third);
        let any = letters.fold(0u8, |any, ((&a, &b), &c)| any | (u8::from((a ^ b'I') | (b ^ b'S') | (c ^ b'A') == 0)));
        if any != 0 {
            break;
        }
        at += 64;
    }
    let place = bytes.get(at..)?.windows(3).position(|three| three == b"ISA")?;
    Some(at + place)
}

fn at_chunk<const N: usize>(bytes: &[u8], at: usize) -> Option<&[u8; N]> {
    bytes.get(at..)?.first_chunk()
}

/// Whether the byte may stand between segments without meaning anything.
#[inline]
pub(crate) fn is_trivia(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b' ' | b'\t' | 0 | 0x1A)
}

/// The length of the segment identifier at the start of `bytes`: two or three capital letters or digits, the first a
/// letter, and then the element separator or the end.
#[inline]
pub(crate) fn id_len(bytes: &[u8], element: u8) -> Option<usize> {
    let is_id = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    match *bytes {
        [a, b, ref rest @ ..] if a.is_ascii_uppercase() && is_id(b) => match *rest {
            [] => Some(2),
            [c, ..] if c == element => Some(2),
            [c] if is_id(c) => Some(3),
            [c, d, ..] if is_id(c) && d == element => Some(3),
            _ => None,
        },
        _ => None,
    }
}

const UPPER: u16 = 1;
const ID: u16 = 2;

/// What a byte can be in an identifier: a capital letter, a capital letter or digit; in four pairs of bits, whether it
/// is the first and the second letter of one that opens or closes an envelope or has a counted payload.
const CLASSES: [u16; 256] = {
    let mut classes = [0u16; 256];
    let mut byte = 0u8;
    while byte < 128 {
        let mut class = 0;
        if byte.is_ascii_uppercase() {
            class |= UPPER | ID;
        }
        if byte.is_ascii_digit() {
            class |= ID;
        }
        class |= match byte {
            b'S' => (1 << 4) | (2 << 8) | (4 << 8),
            b'G' => 2 << 4,
            b'I' => (4 << 4) | (8 << 8),
            b'B' => 8 << 4,
            b'T' => 1 << 8,
            b'E' => (1 << 8) | (2 << 8) | (4 << 8),
            b'D' => 8 << 8,
            _ => 0,
        };
        let (_, rest) = classes.split_at_mut(byte as usize);
        if let Some(first) = rest.first_mut() {
            *first = class;
        }
        byte += 1;
    }
    classes
};

/// Whether a segment that begins with these bytes has an identifier and elements, and is certainly none of an envelope
/// (ST, SE, GS, GE, ISA, IEA) and has no counted payload (BIN, BDS). Without a branch.
#[inline]
pub(crate) fn is_plain_id([a, b, c, d]: [u8; 4], element: u8) -> bool {
    let class = |byte: u8| CLASSES.get(usize::from(byte)).copied().unwrap_or_default();
    let (first, second) = (class(a), class(b));
    let is_special = (first >> 4) & (second >> 8) & 15 != 0;
    let ends = (c == element) | ((class(c) & ID != 0) & (d == element));
    (first & UPPER != 0) & (second & ID != 0) & ends & !is_special
}

/// For BIN and BDS the element, from 1, that is a counted payload and may hold any byte.
#[inline]
pub(crate) fn payload_element(raw: &[u8], element: u8) -> Option<usize> {
    match *raw {
        [b'B', b'I', b'N', separator, ..] if separator == element => Some(2),
        [b'B', b'D', b'S', separator, ..] if separator == element => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn find_agrees_with_a_byte_by_byte_search() {
        let bytes: Vec<u8> = (0u8..=255).chain((0..=255).rev()).chain([0x80, 0x7F, 0x00, 0x01, 0xFF]).collect();
        for from in 0..bytes.len() + 2 {
            for needle in [0u8, 1, b'~', 0x7F, 0x80, 0x81, 0xFE, 0xFF] {
                let naive = bytes.iter().enumerate().skip(from).find(|(_, byte)| **byte == needle).map(|(at, _)| at);
                assert_eq!(find(&bytes, from, needle), naive, "{needle} from {from}");
            }
        }
    }

    #[test]
    fn a_plain_identifier_is_one_of_no_envelope() {
        for (raw, plain) in [
            ("SV1*", true),
            ("N1*X", true),
            ("CLM*", true),
            ("BHT*", true),
            ("SBR*", true),
            ("GE*1", false),
            ("GS*H", false),
            ("ST*8", false),
            ("SE*4", false),
            ("ISA*", false),
            ("IEA*", false),
            ("BIN*", false),
            ("BDS*", false),
            ("n1*X", false),
            ("1A*X", false),
            ("ISAA", false),
            ("LE~X", false),
        ] {
            assert_eq!(raw.as_bytes().first_chunk().map(|first| is_plain_id(*first, b'*')), Some(plain), "{raw}");
        }
    }

    #[test]
    fn an_isa_is_found_wherever_it_stands() {
        for length in [3, 63, 64, 65, 66, 67, 130, 200] {
            for place in 0..=length - 3 {
                let mut bytes = vec![b'I'; length];
                if let Some(hole) = bytes.get_mut(place..place + 3) {
                    hole.copy_from_slice(b"ISA");
                }
                for from in [0, 1, place.saturating_sub(1), place] {
                    assert_eq!(find_isa(&bytes, from), (from <= place).then_some(place), "{length} {place} {from}");
                }
                assert_eq!(find_isa(&bytes, place + 1), None);
            }
        }
    }

    #[test]
    fn an_identifier_has_two_or_three_capital_letters_or_digits() {
        for (raw, len) in [
            ("ST*837", Some(2)),
            ("N1", Some(2)),
            ("CLM*1", Some(3)),
            ("SE1", Some(3)),
            ("ISAAC*1", None),
            ("st*837", None),
            ("1A*", None),
            ("S", None),
            ("S*1", None),
            ("", None),
        ] {
            assert_eq!(id_len(raw.as_bytes(), b'*'), len, "{raw}");
        }
    }
}
