//! What the tests of the lists share.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::io::{Cursor, Write};
use superbill_core::{Date, Modifier};
use superbill_edits::{Quarter, ServiceCode};

pub fn code(text: &str) -> ServiceCode {
    ServiceCode::parse(text).unwrap()
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

pub fn modifier(text: &str) -> Option<Modifier> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

/// An archive of these files.
pub fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these cells.
pub fn workbook(rows: &[Vec<&str>]) -> Vec<u8> {
    let mut sheet = String::from("<worksheet><sheetData>");
    for row in rows {
        sheet.push_str("<row>");
        for cell in row {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            sheet.push_str(&format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"));
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    packed(&[("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

/// A folder of conformance data, where one is given.
pub fn folder() -> Option<std::path::PathBuf> {
    std::env::var_os("SUPERBILL_CONFORMANCE").map(std::path::PathBuf::from)
}

/// Every cut and a sample of flipped bits of a table: refused or answering, never a panic.
pub fn damaged(bytes: &[u8], mut open: impl FnMut(&[u8])) {
    for end in (0..bytes.len()).step_by(bytes.len().div_ceil(400).max(1)) {
        open(&bytes[..end]);
    }
    let mut bytes = bytes.to_vec();
    for at in (0..bytes.len()).step_by(bytes.len().div_ceil(2_000).max(1)) {
        for bit in [0, 3, 7] {
            bytes[at] ^= 1 << bit;
            open(&bytes);
            bytes[at] ^= 1 << bit;
        }
    }
}
