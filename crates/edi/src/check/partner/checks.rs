//! The checks of trading partners.

use crate::check::catalogue::Acknowledged::{Element, No, Segment};

crate::check::catalogue::checks! {
    /// Those of trading partners.
    PARTNER;
    SENDER = "partner-sender", 7, Error, No, "the sender is not the one that the partner knows";
    RECEIVER = "partner-receiver", 7, Error, No, "the receiver is not the partner";
    USAGE = "partner-usage", 7, Error, No, "the file is a test, or none, where the partner takes the other";
    VERSION = "partner-version", 7, Error, No, "the partner does not take the version";
    CLAIMS = "partner-claims", 7, Error, No, "a transaction has more claims than the partner takes";
    CHARACTERS = "partner-characters", 7, Error, Element("6"), "an element has a character that the partner does not take";
    REQUIRED = "partner-required", 7, Error, Segment("3"), "the partner asks for something that is missing";
    FORBIDDEN = "partner-forbidden", 7, Error, No, "the partner does not take something that is there";
    VALUE = "partner-value", 7, Error, Element("7"), "an element has a value that the partner does not take";
    LENGTH = "partner-length", 7, Error, Element("4"), "an element is shorter or longer than the partner takes it";
}
