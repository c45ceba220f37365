//! Reads one value of an LMDB file: the main database, data format 1, 64 bits little-endian.
//!
//! The ordinary clients map the file and need `unsafe`; here one value of a pinned file is wanted.

use crate::error::DevError;
use superbill_table::{u16_at, u32_at, u64_at};

const PAGE: usize = 4096;
const PAGE_HEADER: usize = 16;
const BRANCH: u16 = 0x01;
const LEAF: u16 = 0x02;
const BIG_DATA: u16 = 0x01;

/// The value of a key.
pub(crate) fn value<'a>(file: &'a [u8], key: &str) -> Result<&'a [u8], DevError> {
    let root = root(file).ok_or_else(|| DevError::format("not an LMDB file", "its meta pages"))?;
    search(file, root, key.as_bytes(), 0).ok_or_else(|| DevError::format("no such key in the LMDB file", key))
}

/// The root page of the main database, of the meta page with the later transaction.
fn root(file: &[u8]) -> Option<usize> {
    let meta = |page: usize| {
        let at = page * PAGE + PAGE_HEADER;
        let magic = u32_at(file, at)?;
        // Magic 4, version 4, address 8, size 8, two databases of 48 bytes (the root last in each), last page 8, transaction 8.
        let root = u64_at(file, at + 24 + 48 + 40)?;
        let transaction = u64_at(file, at + 24 + 96 + 8)?;
        (magic == 0xBEEF_C0DE).then_some((transaction, root))
    };
    let newest = [meta(0), meta(1)].into_iter().flatten().max()?;
    usize::try_from(newest.1).ok()
}

fn search<'a>(file: &'a [u8], page: usize, key: &[u8], depth: u32) -> Option<&'a [u8]> {
    if depth > 16 {
        return None;
    }
    let at = page.checked_mul(PAGE)?;
    let flags = u16_at(file, at + 10)?;
    let nodes = usize::from(u16_at(file, at + 12)?).checked_sub(PAGE_HEADER)? / 2;
    let mut child = None;
    for index in 0..nodes {
        let node = at + usize::from(u16_at(file, at + PAGE_HEADER + index * 2)?);
        let (low, high) = (u16_at(file, node)?, u16_at(file, node + 2)?);
        let (node_flags, key_length) = (u16_at(file, node + 4)?, usize::from(u16_at(file, node + 6)?));
        let node_key = file.get(node + 8..node + 8 + key_length)?;
        if flags & BRANCH != 0 {
            // The first key of a branch page is empty and below every key.
            if index > 0 && node_key > key {
                break;
            }
            child = Some(usize::from(low) | usize::from(high) << 16 | usize::from(node_flags) << 32);
        } else if flags & LEAF != 0 && trimmed(node_key) == key {
            let length = usize::from(low) | usize::from(high) << 16;
            let data = node + 8 + key_length;
            if node_flags & BIG_DATA != 0 {
                let start = usize::try_from(u64_at(file, data)?).ok()?.checked_mul(PAGE)? + PAGE_HEADER;
                return file.get(start..start + length);
            }
            return file.get(data..data + length);
        }
    }
    search(file, child?, key, depth + 1)
}

/// Keys are padded with zeros to a multiple of eight here.
fn trimmed(key: &[u8]) -> &[u8] {
    let end = key.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    key.get(..end).unwrap_or_default()
}
