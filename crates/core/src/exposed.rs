//! Writing and reading patient data with serde.

use core::cell::Cell;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use zeroize::Zeroize;

use crate::{Phi, REDACTED};

/// The scope in which patient data is written in clear: serialise `Exposed(&value)` in place of `&value`.
///
/// Everything inside `value` is then written whole, however deep. The scope ends with the call and holds for its thread
/// only; a value that serialises itself outside of it writes `[redacted]` for every [`Phi`] and every social security number.
///
/// ```
/// # #[cfg(feature = "serde")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use superbill_core::{Exposed, MemberId, Phi};
///
/// let member = Phi::new("TEST0001".parse::<MemberId>()?);
/// assert_eq!(serde_json::to_string(&member)?, "\"[redacted]\"");
/// assert_eq!(serde_json::to_string(&Exposed(&member))?, "\"TEST0001\"");
/// # Ok(())
/// # }
/// # #[cfg(not(feature = "serde"))]
/// # fn main() {}
/// ```
pub struct Exposed<'a, T: ?Sized>(pub &'a T);

/// Prints nothing of the value: only serialising exposes it.
impl<T: ?Sized> fmt::Debug for Exposed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exposed({REDACTED})")
    }
}

thread_local! {
    /// How many scopes are open on this thread.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether a scope is open; while a thread is torn down, none is.
pub(crate) fn is_exposed() -> bool {
    DEPTH.try_with(|depth| depth.get() > 0).unwrap_or(false)
}

/// An open scope. Dropping it closes the scope, on a panic too.
struct Scope {
    opened: bool,
    /// The depth belongs to one thread, so the guard stays there.
    not_send: PhantomData<*const ()>,
}

impl Scope {
    fn open() -> Scope {
        let opened = DEPTH.try_with(|depth| depth.get().checked_add(1).map(|deeper| depth.set(deeper)).is_some());
        Scope { opened: opened.unwrap_or(false), not_send: PhantomData }
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        if self.opened {
            // A thread that is torn down has no depth left to correct.
            DEPTH.try_with(|depth| depth.set(depth.get().saturating_sub(1))).unwrap_or_default();
        }
    }
}

impl<T: Serialize + ?Sized> Serialize for Exposed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let _scope = Scope::open();
        self.0.serialize(serializer)
    }
}

/// The value inside [`Exposed`], else the text `[redacted]`.
impl<T: Serialize + Zeroize> Serialize for Phi<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_exposed() { self.expose().serialize(serializer) } else { serializer.serialize_str(REDACTED) }
    }
}

/// The value; never the text `[redacted]`. Errors of the value's own reader could repeat the input and are replaced.
impl<'de, T: Deserialize<'de> + Zeroize> Deserialize<'de> for Phi<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Phi<T>, D::Error> {
        let seen = Cell::new(false);
        T::deserialize(Watched { inner: deserializer, seen: &seen }).map(Phi::new).map_err(|_| {
            de::Error::custom(if seen.get() {
                "this patient data was written redacted: write it again inside the scope that exposes it"
            } else {
                "this patient data does not have the expected shape (the value is not shown)"
            })
        })
    }
}

/// A deserializer, or a visitor of one, that refuses the placeholder as a value and notes that it was seen.
struct Watched<'a, X> {
    inner: X,
    seen: &'a Cell<bool>,
}

impl<X> Watched<'_, X> {
    fn refuse_placeholder<E: de::Error>(&self, text: &[u8]) -> Result<(), E> {
        if text == REDACTED.as_bytes() {
            self.seen.set(true);
            return Err(E::custom(REDACTED));
        }
        Ok(())
    }
}

macro_rules! forward_deserialize {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$method($($argument,)* Watched { inner: visitor, seen: self.seen })
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Watched<'_, D> {
    type Error = D::Error;

    forward_deserialize! {
        deserialize_any()
        deserialize_bool()
        deserialize_i8()
        deserialize_i16()
        deserialize_i32()
        deserialize_i64()
        deserialize_i128()
        deserialize_u8()
        deserialize_u16()
        deserialize_u32()
        deserialize_u64()
        deserialize_u128()
        deserialize_f32()
        deserialize_f64()
        deserialize_char()
        deserialize_str()
        deserialize_string()
        deserialize_bytes()
        deserialize_byte_buf()
        deserialize_option()
        deserialize_unit()
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_seq()
        deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
        deserialize_identifier()
        deserialize_ignored_any()
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! forward_visit {
    ($($method:ident: $type:ty)*) => {$(
        fn $method<E: de::Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    forward_visit! {
        visit_bool: bool
        visit_i8: i8
        visit_i16: i16
        visit_i32: i32
        visit_i64: i64
        visit_i128: i128
        visit_u8: u8
        visit_u16: u16
        visit_u32: u32
        visit_u64: u64
        visit_u128: u128
        visit_f32: f32
        visit_f64: f64
        visit_char: char
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<V::Value, E> {
        self.refuse_placeholder(text.as_bytes())?;
        self.inner.visit_str(text)
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<V::Value, E> {
        self.refuse_placeholder(text.as_bytes())?;
        self.inner.visit_borrowed_str(text)
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<V::Value, E> {
        self.refuse_placeholder(text.as_bytes())?;
        self.inner.visit_string(text)
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<V::Value, E> {
        self.refuse_placeholder(bytes)?;
        self.inner.visit_bytes(bytes)
    }

    fn visit_borrowed_bytes<E: de::Error>(self, bytes: &'de [u8]) -> Result<V::Value, E> {
        self.refuse_placeholder(bytes)?;
        self.inner.visit_borrowed_bytes(bytes)
    }

    fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<V::Value, E> {
        self.refuse_placeholder(&bytes)?;
        self.inner.visit_byte_buf(bytes)
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Watched { inner: deserializer, seen: self.seen })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Watched { inner: deserializer, seen: self.seen })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(sequence)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(map)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(data)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;
    use crate::{Address, Date, MemberId, PersonName};

    type Patient = BTreeMap<String, Phi<String>>;

    fn patient() -> Patient {
        BTreeMap::from([("name".to_owned(), Phi::new("TESTPATIENT".to_owned()))])
    }

    #[test]
    fn the_scope_exposes_what_is_inside_and_ends() {
        let redacted = r#"{"name":"[redacted]"}"#;
        assert_eq!(serde_json::to_string(&patient()).unwrap(), redacted);
        assert_eq!(serde_json::to_string(&Exposed(&patient())).unwrap(), r#"{"name":"TESTPATIENT"}"#);
        assert_eq!(serde_json::to_string(&Exposed(&Exposed(&patient()))).unwrap(), r#"{"name":"TESTPATIENT"}"#);
        assert_eq!(serde_json::to_string(&patient()).unwrap(), redacted);
        // A scope that ends inside another leaves the outer one open.
        let nested = serde_json::to_string(&Exposed(&(Exposed(&patient()), &patient()))).unwrap();
        assert_eq!(nested, r#"[{"name":"TESTPATIENT"},{"name":"TESTPATIENT"}]"#);
        let pair = serde_json::to_string(&(&patient(), Exposed(&patient()), &patient())).unwrap();
        assert_eq!(pair, format!(r#"[{redacted},{{"name":"TESTPATIENT"}},{redacted}]"#));
    }

    struct Panics;

    impl Serialize for Panics {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            assert!(is_exposed());
            panic!("while exposed");
        }
    }

    struct Fails;

    impl Serialize for Fails {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("while exposed"))
        }
    }

    #[test]
    fn a_failure_or_a_panic_ends_the_scope() {
        assert!(serde_json::to_string(&Exposed(&Fails)).is_err());
        assert!(!is_exposed());
        assert!(catch_unwind(AssertUnwindSafe(|| serde_json::to_string(&Exposed(&Panics)))).is_err());
        assert!(!is_exposed());
    }

    #[test]
    fn another_thread_is_not_exposed() {
        let _scope = Scope::open();
        assert!(is_exposed());
        assert!(!std::thread::spawn(is_exposed).join().unwrap());
    }

    #[test]
    fn the_placeholder_is_never_a_value() {
        fn error<T: for<'de> Deserialize<'de>>(json: &str) -> String {
            serde_json::from_str::<T>(json).err().unwrap().to_string()
        }
        let json = "\"[redacted]\"";
        for error in [
            error::<Phi<String>>(json),
            error::<Phi<MemberId>>(json),
            error::<Phi<Option<String>>>(json),
            error::<Option<Phi<String>>>(json),
            error::<Phi<PersonName>>(json),
            error::<Phi<Date>>(json),
            error::<Phi<Phi<String>>>(json),
            error::<Patient>(r#"{"name":"[redacted]"}"#),
        ] {
            assert!(error.contains("written redacted") || error.contains("not shown"), "{error}");
        }
        assert!(error::<Phi<Option<String>>>(json).contains("written redacted"));
        assert!(error::<Phi<MemberId>>(json).contains("written redacted"));
        // Not in a value from memory either.
        assert!(serde_json::from_value::<Phi<String>>(serde_json::json!("[redacted]")).is_err());
    }

    #[test]
    fn what_was_exposed_is_read_back() {
        let name = Phi::new(PersonName::new("TESTPATIENT", "JANE"));
        let written = serde_json::to_string(&Exposed(&name)).unwrap();
        assert_eq!(written, r#"{"family":"TESTPATIENT","given":"JANE"}"#);
        assert_eq!(serde_json::from_str::<Phi<PersonName>>(&written).unwrap(), name);

        let address = Phi::new(Address {
            lines: vec!["1 INVENTED ST".to_owned()],
            city: "NOWHERE".to_owned(),
            state: Some("ZZ".to_owned()),
            postal_code: Some("00000".to_owned()),
            country: None,
        });
        let written = serde_json::to_string(&Exposed(&address)).unwrap();
        assert_eq!(serde_json::from_str::<Phi<Address>>(&written).unwrap(), address);

        let nothing: Phi<Option<String>> = serde_json::from_str("null").unwrap();
        assert_eq!(nothing.expose(), &None);
    }
}
