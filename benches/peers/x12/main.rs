//! Superbill and the crates that read X12, one after the other on the same file. Built outside of the workspace by
//! `../x12.py`: one of the peers is GPL-3, the other builds for minutes.

use std::hint::black_box;
use std::time::{Duration, Instant};
use superbill_x12::{Document, SegmentReader, StructuralIndex};

/// The best of some runs.
fn measure(name: &str, bytes: usize, mut work: impl FnMut() -> usize) {
    let (mut best, mut found) = (Duration::MAX, 0);
    let begin = Instant::now();
    for round in 0.. {
        if round >= 3 && begin.elapsed() > Duration::from_secs(5) {
            break;
        }
        let start = Instant::now();
        found = black_box(work());
        best = best.min(start.elapsed());
    }
    println!("{name}\t{:.1}\t{:.2}\t{found}", bytes as f64 / best.as_secs_f64() / 1e6, best.as_secs_f64() * 1e3);
}

fn main() {
    let path = std::env::args().nth(1).expect("the file to read");
    let bytes = std::fs::read(&path).expect("the file is readable");
    let n = bytes.len();
    println!("what\tMB/s\tms\tfound");
    let mut copy = vec![0; n];
    measure("copy of the bytes", n, || {
        copy.copy_from_slice(&bytes);
        copy.len()
    });
    let document = Document::read(&bytes).expect("the file is X12");
    let delimiters = document.interchanges().next().expect("it has an interchange").delimiters();
    let mut index = StructuralIndex::new();
    measure("superbill: every delimiter", n, || index.index(&bytes, &delimiters).expect("below 4 GiB").len());
    measure("superbill: document, segments", n, || Document::read(&bytes).expect("X12").segment_count());
    measure("superbill: document, every element", n, || {
        let document = Document::read(&bytes).expect("X12");
        document.segments().map(|segment| segment.elements().count()).sum()
    });
    measure("superbill: stream, every element", n, || {
        let mut reader = SegmentReader::new(&bytes[..]);
        let mut elements = 0;
        while let Some(segment) = reader.next_segment().expect("X12") {
            elements += segment.elements().count();
        }
        elements
    });
    #[cfg(feature = "edi")]
    {
        let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8");
        measure("edi: parse", n, || {
            let document = edi::parse(&text).expect("edi reads it");
            document.interchanges.len()
        });
    }
    #[cfg(feature = "x12-types")]
    {
        use x12_types::util::Parser;
        use x12_types::v005010::{Transmission, _837};
        let text = String::from_utf8(bytes.clone()).expect("the file is UTF-8").replace("~\r\n", "~").replace("~\n", "~");
        measure("x12-types: 837", n, || {
            let (rest, transmission) = Transmission::<_837>::parse(&text).expect("x12-types reads it");
            black_box(&transmission);
            text.len() - rest.len()
        });
    }
}
