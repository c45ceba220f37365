//! What the four books have in common: opening and checking a table, what it says of itself, whether it knows a word.

/// The methods, within the `impl` of a book that holds its tree as `tree`. `$what` names the book in the documentation.
macro_rules! opening {
    ($kind:expr, $what:literal) => {
        /// Opens a table. Only its directory is looked at; [`Self::verify`] looks at the rest.
        ///
        /// # Errors
        #[doc = concat!("[`TableError`] where the bytes are no ", $what, " or a section is missing or has the wrong size.")]
        pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, TableError> {
            Ok(Self { tree: IndexTree::open(bytes, $kind)? })
        }

        /// Checks everything that reading relies on. For tables from outside.
        ///
        /// # Errors
        /// [`TableError`] with the first place that is wrong.
        pub fn verify(&self) -> Result<(), TableError> {
            self.tree.verify()
        }

        /// What the table says of itself.
        #[must_use]
        pub fn about(&self) -> About<'a> {
            self.tree.about()
        }

        /// The first day on which the release is in force.
        #[must_use]
        pub fn release(&self) -> Option<Date> {
            self.about().value("release")?.parse().ok()
        }

        /// How many entries there are, main terms and those below them.
        #[must_use]
        pub fn len(&self) -> usize {
            self.tree.len()
        }

        /// Whether there is none.
        #[must_use]
        pub fn is_empty(&self) -> bool {
            self.tree.len() == 0
        }

        /// Whether a word is in any title, whatever its case, diacritics and plural.
        #[must_use]
        pub fn knows(&self, word: &str) -> bool {
            self.tree.lexicon.find(&stem(word)).is_some()
        }
    };
}

pub(super) use opening;
