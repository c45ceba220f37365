//! Checking a file as it is read, in bounded memory.

use super::catalogue as checks;
use super::checker::Checker;
use super::finding::Finding;
use super::options::CheckSummary;
use std::io::Read;
use superbill_x12::{SegmentReader, StreamError, X12Error};

/// After how many segments the progress is told.
const TOLD_EACH: u64 = 4_096;

impl Checker<'_> {
    /// Checks a stream to its end: each finding is given as it is made, and `progress` is told how many bytes are behind.
    ///
    /// However long the stream is, little more than one claim of it is held. A stream that is no X12 is a finding, not an error.
    ///
    /// ```
    /// use superbill_edi::check::{CheckOptions, Checker};
    /// let mut checker = Checker::new(CheckOptions::default());
    /// let mut findings = Vec::new();
    /// let summary = checker.read(&b"no X12 at all"[..], &mut |finding| findings.push(finding), &mut |_| {})?;
    /// assert_eq!(summary.errors, 1);
    /// assert_eq!((findings[0].snip(), findings[0].rule()), (1, "no-interchange"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of the source.
    pub fn read<R: Read>(
        &mut self,
        source: R,
        each: &mut dyn FnMut(Finding),
        progress: &mut dyn FnMut(u64),
    ) -> std::io::Result<CheckSummary> {
        let mut reader = SegmentReader::new(source);
        let mut count = 0u64;
        loop {
            match reader.next_segment() {
                Ok(Some(segment)) => self.segment(&segment),
                Ok(None) => break,
                Err(StreamError::Io(error)) => return Err(error),
                Err(StreamError::X12(error)) => {
                    self.unreadable(error);
                    break;
                }
                Err(error) => return Err(std::io::Error::other(error)),
            }
            if !reader.diagnostics().is_empty() {
                for diagnostic in reader.take_diagnostics() {
                    self.diagnostic(&diagnostic);
                }
            }
            if self.has_findings() {
                self.take_findings().into_iter().for_each(&mut *each);
            }
            count += 1;
            if count.is_multiple_of(TOLD_EACH) {
                progress(reader.position());
            }
        }
        for diagnostic in reader.take_diagnostics() {
            self.diagnostic(&diagnostic);
        }
        self.finish();
        self.take_findings().into_iter().for_each(&mut *each);
        progress(reader.position());
        Ok(self.summary())
    }

    /// The stream is no X12, or goes on too long without the end of a segment.
    fn unreadable(&mut self, error: X12Error) {
        let (check, segment, offset, segment_id) = match error {
            X12Error::HeaderUnreadable { offset, .. } => (&checks::HEADER_UNREADABLE, 1, offset, "ISA"),
            X12Error::SegmentTooLong { segment, offset, .. } => (&checks::SEGMENT_TOO_LONG, segment, offset, ""),
            _ => (&checks::NO_INTERCHANGE, 0, 0, ""),
        };
        self.push(Finding {
            check,
            severity: check.severity,
            segment,
            offset,
            segment_id,
            element: None,
            data_element: "",
            loop_id: "",
            transaction: None,
            position: None,
            claim: None,
            message: error.to_string().into(),
        });
    }
}
