//! Expected payment.
