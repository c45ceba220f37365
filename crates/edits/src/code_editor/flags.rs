//! Sets of marks, a bit each.

/// An enum of marks and a set of them over 32 bits, where the place of a mark in the enum is its bit.
macro_rules! flags {
    (
        $(#[$doc:meta])* $flag:ident, $(#[$set_doc:meta])* $set:ident;
        $($(#[$variant_doc:meta])* $variant:ident = $name:literal, $official:literal;)*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $flag {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $flag {
            /// All, in the order of their bits.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in data.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The mark of this name in the master of the editor.
            #[must_use]
            pub fn from_master(name: &str) -> Option<Self> {
                match name {
                    $($official => Some(Self::$variant),)*
                    _ => None,
                }
            }

            const fn bit(self) -> u32 {
                1 << self as u32
            }
        }

        impl core::fmt::Display for $flag {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.name())
            }
        }

        $(#[$set_doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $set(u32);

        impl $set {
            /// No mark.
            pub const NONE: Self = Self(0);

            /// Whether a mark is there.
            #[inline]
            #[must_use]
            pub const fn contains(self, flag: $flag) -> bool {
                self.0 & flag.bit() != 0
            }

            /// The set with one mark more.
            #[must_use]
            pub const fn with(self, flag: $flag) -> Self {
                Self(self.0 | flag.bit())
            }

            /// All that are in one of the two.
            #[must_use]
            pub const fn union(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// Whether there is none.
            #[must_use]
            pub const fn is_empty(self) -> bool {
                self.0 == 0
            }

            /// The marks, in the order of their bits.
            pub fn iter(self) -> impl Iterator<Item = $flag> {
                $flag::ALL.iter().copied().filter(move |flag| self.contains(*flag))
            }
        }

        impl core::fmt::Debug for $set {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_set().entries(self.iter()).finish()
            }
        }

        impl FromIterator<$flag> for $set {
            fn from_iter<I: IntoIterator<Item = $flag>>(flags: I) -> Self {
                flags.into_iter().fold(Self::NONE, Self::with)
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $flag {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $set {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.iter())
            }
        }
    };
}

pub(crate) use flags;
