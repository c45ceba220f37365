//! A bar of progress.

use std::io::{IsTerminal, Write};

/// A progress bar on standard error, where that is a terminal.
pub(crate) struct Bar {
    shown: bool,
}

impl Bar {
    const WIDTH: u64 = 40;

    pub(crate) fn new() -> Self {
        Self { shown: std::io::stderr().is_terminal() }
    }

    pub(crate) fn show(&mut self, done: u64, total: u64) {
        if self.shown {
            let filled = done.saturating_mul(Self::WIDTH).checked_div(total).unwrap_or(0).min(Self::WIDTH) as usize;
            let bar = "#".repeat(filled) + &".".repeat(Self::WIDTH as usize - filled);
            // A bar that cannot be shown hinders nothing.
            let _ = write!(std::io::stderr(), "\r[{bar}] {} of {} MB", done / 1_000_000, total / 1_000_000);
        }
    }

    pub(crate) fn clear(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r{:70}\r", "");
        }
    }
}
