//! Splitting a file into several, and merging several into one.

use crate::{
    ControlNumbers, Document, Group, Interchange, LineEnding, Segment, Severity, Transaction, Writer, X12Error,
};
use core::num::NonZeroUsize;

/// Splits every interchange of a document into files of one interchange with at most so many transaction sets each.
///
/// The order is kept. Headers are copied with new control numbers (ISA13, GS06), trailers are counted again; a
/// transaction set keeps its bytes, its own control number too. Acknowledgements of interchanges (TA1) go into the
/// first file of theirs. To split within a transaction set is for one who knows what is in it:
/// [`TransactionWriter::copy`](crate::TransactionWriter::copy).
///
/// # Errors
/// [`X12Error::Faulty`] when the document has an error, such as a wrong count: what would be copied could not be
/// trusted. [`X12Error::ControlNumbers`] when there are too few.
pub fn split(
    document: &Document<'_>,
    transactions: NonZeroUsize,
    numbers: &mut ControlNumbers,
) -> Result<Vec<Vec<u8>>, X12Error> {
    check(document)?;
    let mut files = Vec::new();
    for interchange in document.interchanges() {
        let mut file = Assembly::begin(&interchange, numbers)?;
        for segment in interchange.ta1() {
            file.writer.copy(&segment)?;
        }
        for group in interchange.groups() {
            file.begin_group(&group, numbers)?;
            for set in group.transactions() {
                if file.sets == transactions.get() {
                    files.push(file.finish()?);
                    file = Assembly::begin(&interchange, numbers)?;
                    file.begin_group(&group, numbers)?;
                }
                file.copy(&set)?;
            }
            file.end_group()?;
        }
        files.push(file.finish()?);
    }
    Ok(files)
}

/// Merges the interchanges of several documents into one interchange.
///
/// Its header is that of the first, with a new control number; all must have the same sender, receiver, version and
/// usage (ISA05 to ISA08, ISA12, ISA15). Groups stay as they are, each with a new control number and its transaction
/// sets with their own; trailers are counted again. What has other delimiters than the first is written with those of
/// the first.
///
/// # Errors
/// [`X12Error::Faulty`] when a document has an error; [`X12Error::NotAlike`] when the interchanges do not belong
/// together; [`X12Error::NoInterchange`] without any document; [`X12Error::DelimiterInText`] where a text holds a
/// delimiter of the first; [`X12Error::ControlNumbers`] when there are too few.
pub fn merge(documents: &[Document<'_>], numbers: &mut ControlNumbers) -> Result<Vec<u8>, X12Error> {
    documents.iter().try_for_each(check)?;
    let mut interchanges = documents.iter().flat_map(|document| document.interchanges());
    let first = interchanges.next().ok_or(X12Error::NoInterchange)?;
    let mut file = Assembly::begin(&first, numbers)?;
    // TA1 segments stand before all groups.
    let all = || core::iter::once(first).chain(interchanges.clone());
    for interchange in all() {
        for element in [5usize, 6, 7, 8, 12, 15] {
            if interchange.isa().element(element).trimmed() != first.isa().element(element).trimmed() {
                return Err(X12Error::NotAlike { element: u8::try_from(element).unwrap_or(u8::MAX) });
            }
        }
        for segment in interchange.ta1() {
            file.writer.copy(&segment)?;
        }
    }
    for group in all().flat_map(|interchange| interchange.groups()) {
        file.begin_group(&group, numbers)?;
        for set in group.transactions() {
            file.copy(&set)?;
        }
        file.end_group()?;
    }
    file.finish()
}

fn check(document: &Document<'_>) -> Result<(), X12Error> {
    match document.diagnostics().iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
        Some(diagnostic) => Err(X12Error::Faulty { segment: diagnostic.segment, offset: diagnostic.offset }),
        None => Ok(()),
    }
}

/// An interchange being put together.
struct Assembly {
    writer: Writer,
    number: u32,
    groups: u64,
    /// Of all groups.
    sets: usize,
    /// Its control number, and its transaction sets so far.
    group: Option<(u32, u64)>,
}

impl Assembly {
    /// An interchange with the header, the delimiters and the line breaks of this one.
    fn begin(interchange: &Interchange<'_, '_>, numbers: &mut ControlNumbers) -> Result<Self, X12Error> {
        let number = numbers.interchange()?;
        let delimiters = interchange.delimiters();
        let mut writer = Writer::new(delimiters, line_ending(interchange));
        let isa = interchange.isa();
        let mut body = b"ISA".to_vec();
        for ((n, element), width) in (1..).zip(isa.elements()).zip(crate::header::WIDTHS) {
            body.push(delimiters.element);
            let mut text = element.bytes().to_vec();
            match n {
                13 => text = format!("{number:09}").into_bytes(),
                11 | 16 => {}
                _ => text.resize(usize::from(width).max(text.len()), b' '),
            }
            body.extend_from_slice(&text);
        }
        writer.raw(&body);
        Ok(Self { writer, number, groups: 0, sets: 0, group: None })
    }

    fn begin_group(&mut self, group: &Group<'_, '_>, numbers: &mut ControlNumbers) -> Result<(), X12Error> {
        // Without a GS there would have been an error.
        let Some(gs) = group.gs() else {
            return Ok(());
        };
        let number = numbers.group()?;
        self.writer.copy_with(&gs, 6, &number.to_string())?;
        self.group = Some((number, 0));
        self.groups += 1;
        Ok(())
    }

    fn copy(&mut self, set: &Transaction<'_, '_>) -> Result<(), X12Error> {
        let delimiters = set.st().delimiters();
        if delimiters == self.writer.delimiters() {
            self.writer.copy_bytes(set.raw(), set.segments().len());
        } else {
            set.segments().try_for_each(|segment| self.writer.copy(&segment))?;
        }
        self.sets += 1;
        if let Some((_, sets)) = &mut self.group {
            *sets += 1;
        }
        Ok(())
    }

    fn end_group(&mut self) -> Result<(), X12Error> {
        if let Some((number, sets)) = self.group.take() {
            self.writer.segment("GE", |ge| {
                ge.number(sets).number(u64::from(number));
            })?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, X12Error> {
        self.end_group()?;
        let number = format!("{:09}", self.number);
        self.writer.segment("IEA", |iea| {
            iea.number(self.groups).text(&number);
        })?;
        Ok(self.writer.into_bytes())
    }
}

/// The line break behind the ISA.
fn line_ending(interchange: &Interchange<'_, '_>) -> LineEnding {
    let bytes = interchange.document.bytes();
    let isa: Segment<'_> = interchange.isa();
    let end = usize::try_from(isa.offset()).unwrap_or(usize::MAX).saturating_add(isa.raw().len() + 1);
    match bytes.get(end..) {
        Some([b'\n', ..]) => LineEnding::Lf,
        Some([b'\r', b'\n', ..]) => LineEnding::CrLf,
        _ => LineEnding::None,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    const PARTS: [&str; 3] =
        ["ST*837*0001~NTE*ADD*ONE~SE*3*0001~", "ST*837*0002~BIN*3*a~b~SE*3*0002~", "ST*837*0003~SE*2*0003~"];

    fn file(number: u32, sets: &[&str], ending: &str) -> String {
        let isa = format!(
            "ISA*00*          *00*          *ZZ*TESTSENDER     *ZZ*TESTRECEIVER   *260101*1200*^*00501*{number:09}*0*T*:~"
        );
        let gs = "GS*HC*TESTSENDER*TESTRECEIVER*20260101*1200*1*X*005010X222A1~";
        let end = format!("GE*{}*1~IEA*1*{number:09}~", sets.len());
        [isa.as_str(), gs, &sets.concat(), &end]
            .concat()
            .replace('~', &format!("~{ending}"))
            .replace(&format!("a~{ending}b"), "a~b")
    }

    fn one() -> NonZeroUsize {
        NonZeroUsize::MIN
    }

    #[test]
    fn a_file_is_split_by_transaction_sets() {
        for ending in ["", "\n", "\r\n"] {
            let whole = file(9, &PARTS, ending);
            let document = Document::read(whole.as_bytes()).unwrap();
            let mut numbers = ControlNumbers::starting_at(41, 1, 1).unwrap();
            let files = split(&document, one(), &mut numbers).unwrap();
            let files: Vec<String> = files.into_iter().map(|file| String::from_utf8(file).unwrap()).collect();
            let expected: Vec<String> = (41..)
                .zip(1..)
                .zip(PARTS)
                .map(|((interchange, group), set)| {
                    file(interchange, &[set], ending)
                        .replace("*1200*1*X", &format!("*1200*{group}*X"))
                        .replace("GE*1*1", &format!("GE*1*{group}"))
                })
                .collect();
            assert_eq!(files, expected, "{ending:?}");
            assert_eq!(numbers.to_string(), "44 4 1");
            let two = split(&document, one().saturating_add(1), &mut numbers).unwrap();
            assert_eq!(two.len(), 2);
            let documents: Vec<Document<'_>> = two.iter().map(|file| Document::read(file).unwrap()).collect();
            assert!(documents.iter().all(|document| document.diagnostics().is_empty()));
            let merged = merge(&documents, &mut numbers).unwrap();
            let again = Document::read(&merged).unwrap();
            assert!(again.diagnostics().is_empty());
            let sets = |document: &Document<'_>| -> Vec<Vec<u8>> {
                document
                    .interchanges()
                    .flat_map(|one| one.groups())
                    .flat_map(|one| one.transactions())
                    .map(|set| set.raw().to_vec())
                    .collect()
            };
            assert_eq!(sets(&again), sets(&document), "{ending:?}");
            assert_eq!(again.interchanges().next().unwrap().groups().len(), 2);
        }
    }

    #[test]
    fn other_delimiters_become_those_of_the_first() {
        let first = file(1, &PARTS[..1], "");
        let second = file(2, &PARTS[1..], "")
            .replace('*', "|")
            .replace("a~b", "\u{1}")
            .replace('~', "\n")
            .replace('\u{1}', "a~b");
        let documents = [Document::read(first.as_bytes()).unwrap(), Document::read(second.as_bytes()).unwrap()];
        let merged = String::from_utf8(merge(&documents, &mut ControlNumbers::default()).unwrap()).unwrap();
        let sets = PARTS[1..].concat();
        assert!(merged.ends_with(&format!("{sets}GE*2*2~IEA*2*000000001~")), "{merged}");
        assert!(Document::read(merged.as_bytes()).unwrap().diagnostics().is_empty());
        let hides = second.replace("837|0003\n", "837|0003\nNTE|ADD|1*2\n").replace("SE|2|", "SE|3|");
        let documents = [Document::read(first.as_bytes()).unwrap(), Document::read(hides.as_bytes()).unwrap()];
        assert!(matches!(merge(&documents, &mut ControlNumbers::default()), Err(X12Error::DelimiterInText { .. })));
    }

    #[test]
    fn what_does_not_belong_together_or_is_faulty_is_refused() {
        let first = file(1, &PARTS, "");
        let other = first.replace("TESTRECEIVER   ", "OTHER          ");
        let documents = [Document::read(first.as_bytes()).unwrap(), Document::read(other.as_bytes()).unwrap()];
        let mut numbers = ControlNumbers::default();
        assert_eq!(merge(&documents, &mut numbers), Err(X12Error::NotAlike { element: 8 }));
        assert_eq!(merge(&[], &mut numbers), Err(X12Error::NoInterchange));
        let faulty = first.replace("SE*3*0001", "SE*9*0001");
        let document = Document::read(faulty.as_bytes()).unwrap();
        let offset = u64::try_from(faulty.find("SE*9").unwrap()).unwrap();
        assert_eq!(split(&document, one(), &mut numbers), Err(X12Error::Faulty { segment: 5, offset }));
        let mut used_up = "1000000000 1 1".parse().unwrap();
        assert_eq!(split(&documents[0], one(), &mut used_up), Err(X12Error::ControlNumbers));
    }

    #[test]
    fn an_acknowledgement_stays_with_its_interchange() {
        let whole = file(9, &PARTS, "").replace("GS*", "TA1*000000007*260101*1200*A*000~GS*");
        let files = split(&Document::read(whole.as_bytes()).unwrap(), one(), &mut ControlNumbers::default()).unwrap();
        let counts: Vec<usize> = files
            .iter()
            .map(|file| Document::read(file).unwrap().interchanges().next().unwrap().ta1().count())
            .collect();
        assert_eq!(counts, [1, 0, 0]);
    }
}
