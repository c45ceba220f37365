//! The wrapper of whatever identifies a patient.

use core::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// What stands in place of patient data when it is printed.
pub const REDACTED: &str = "[redacted]";

/// A value that identifies a patient: protected health information (45 CFR 160.103, with the identifiers of 164.514(b)(2)).
///
/// `Debug` and `Display` print [`REDACTED`], the value is reached only through [`Phi::expose`] and its kin, which are easy to
/// search for in a review, and the memory is wiped when it is dropped. Copies that the program makes of an exposed value
/// are its own affair. With the feature `serde` the value is written in clear only inside `Exposed`; anywhere else the
/// text `[redacted]` is written, and reading that text back is an error.
///
/// ```
/// use superbill_core::{PersonName, Phi};
///
/// let name = Phi::new(PersonName::new("TESTPATIENT", "JANE"));
/// assert_eq!(format!("{name:?}"), "[redacted]");
/// assert_eq!(name.expose().family, "TESTPATIENT");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phi<T: Zeroize>(T);

impl<T: Zeroize> Phi<T> {
    /// Takes the value into protection.
    #[must_use]
    pub const fn new(value: T) -> Phi<T> {
        Phi(value)
    }

    /// The value in clear.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value in clear, to be changed.
    #[must_use]
    pub const fn expose_mut(&mut self) -> &mut T {
        &mut self.0
    }

    /// Computes another protected value from this one: the family name from a name.
    #[must_use]
    pub fn map_exposed<U: Zeroize>(&self, compute: impl FnOnce(&T) -> U) -> Phi<U> {
        Phi(compute(&self.0))
    }
}

impl<T: Zeroize> fmt::Debug for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl<T: Zeroize> fmt::Display for Phi<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(REDACTED)
    }
}

impl<T: Zeroize> Zeroize for Phi<T> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> Drop for Phi<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> ZeroizeOnDrop for Phi<T> {}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::HashSet;
    use std::rc::Rc;

    use super::*;
    use crate::{Date, MemberId, PersonName};

    struct Witness(Rc<Cell<u32>>);

    impl Zeroize for Witness {
        fn zeroize(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }

    #[test]
    fn dropping_wipes() {
        let wiped = Rc::new(Cell::new(0));
        let value = Phi::new(Witness(Rc::clone(&wiped)));
        assert_eq!(wiped.get(), 0);
        drop(value);
        assert_eq!(wiped.get(), 1);
        drop(vec![Phi::new(Witness(Rc::clone(&wiped))), Phi::new(Witness(Rc::clone(&wiped)))]);
        assert_eq!(wiped.get(), 3);
    }

    #[test]
    fn prints_the_placeholder() {
        let member = Phi::new(MemberId::new("TEST0001").unwrap());
        let birth = Phi::new(Date::new(1961, 7, 2).unwrap());
        assert_eq!(format!("{member} {member:?} {member:#?} {birth} {birth:?}"), [REDACTED; 5].join(" "));
        assert_eq!(format!("{:?} {:?}", Some(&member), [&birth]), "Some([redacted]) [[redacted]]");
    }

    #[test]
    fn compares_and_hashes_by_content() {
        let one = Phi::new("TESTPATIENT".to_owned());
        assert_eq!(one, one.clone());
        assert_ne!(one, Phi::new("OTHER".to_owned()));
        assert_eq!(HashSet::from([one.clone(), one]).len(), 1);
    }

    #[test]
    fn exposes_changes_and_computes() {
        let mut name = Phi::new(PersonName::new("TESTPATIENT", "JANE"));
        name.expose_mut().given = None;
        assert_eq!(name.expose().given, None);
        let family = name.map_exposed(|name| name.family.clone());
        assert_eq!(family.expose(), "TESTPATIENT");
        name.zeroize();
        assert_eq!(name.expose(), &PersonName::default());
    }
}
