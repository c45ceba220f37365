//! How the part below one cent is decided.

/// What becomes of a part below one cent. There is no default: a contract or a manual names the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Rounding {
    /// To the nearest, a half away from zero: 0.125 becomes 0.13, -0.125 becomes -0.13.
    HalfUp,
    /// To the nearest, a half to the even neighbour: 0.125 becomes 0.12, 0.135 becomes 0.14.
    HalfEven,
    /// Toward zero: 0.129 becomes 0.12, -0.129 becomes -0.12.
    Down,
    /// Away from zero: 0.121 becomes 0.13, -0.121 becomes -0.13.
    Up,
}

impl Rounding {
    /// The rounded quotient by a positive divisor below 2 to the 126th; `None` for a divisor of zero.
    pub(crate) fn divide(self, dividend: i128, divisor: i128) -> Option<i128> {
        let quotient = dividend.checked_div(divisor)?;
        let rest = dividend.checked_rem(divisor)?.checked_abs()?;
        let twice = rest.checked_mul(2)?;
        let away = match self {
            Rounding::Down => false,
            Rounding::Up => rest != 0,
            Rounding::HalfUp => twice >= divisor,
            Rounding::HalfEven => twice > divisor || (twice == divisor && quotient % 2 != 0),
        };
        if away { quotient.checked_add(dividend.signum()) } else { Some(quotient) }
    }
}

#[cfg(test)]
mod tests {
    use super::Rounding::{Down, HalfEven, HalfUp, Up};

    #[test]
    fn each_way_does_what_it_says() {
        for (tenths, half_up, half_even, down, up) in [
            (0, 0, 0, 0, 0),
            (10, 1, 1, 1, 1),
            (11, 1, 1, 1, 2),
            (15, 2, 2, 1, 2),
            (25, 3, 2, 2, 3),
            (26, 3, 3, 2, 3),
            (-4, 0, 0, 0, -1),
            (-5, -1, 0, 0, -1),
            (-15, -2, -2, -1, -2),
            (-25, -3, -2, -2, -3),
            (-29, -3, -3, -2, -3),
        ] {
            let ways = [HalfUp, HalfEven, Down, Up].map(|way| way.divide(tenths, 10));
            assert_eq!(ways, [half_up, half_even, down, up].map(Some), "{tenths}");
        }
        assert_eq!(HalfUp.divide(1, 0), None);
        assert_eq!(HalfUp.divide(i128::from(i64::MIN), 1), Some(i128::from(i64::MIN)));
    }
}
