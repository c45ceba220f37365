//! Made-up files in the official forms.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests; each takes what it needs"
)]

use std::fmt::Write as _;

/// A made-up row: what is not named is that of a service without any concept.
#[derive(Clone)]
pub struct Fee {
    pub code: &'static str,
    pub modifier: &'static str,
    pub status: &'static str,
    pub not_used: &'static str,
    /// Work, practice expense outside and inside of a facility, malpractice, in hundredths.
    pub values: [u32; 4],
    pub na: [&'static str; 2],
    pub pctc: &'static str,
    pub global: &'static str,
    pub shares: [u32; 3],
    /// Multiple, bilateral, assistant, co-surgeon, team.
    pub indicators: &'static str,
    pub base: &'static str,
    pub family: &'static str,
    /// Practice expense outside and inside of a facility, malpractice, in hundredths.
    pub opps: [u32; 3],
}

pub const fn fee(code: &'static str, values: [u32; 4]) -> Fee {
    Fee {
        code,
        modifier: "",
        status: "A",
        not_used: "",
        values,
        na: ["", ""],
        pctc: "0",
        global: "XXX",
        shares: [0; 3],
        indicators: "00000",
        base: "",
        family: "99",
        opps: [0; 3],
    }
}

/// The first and last code of a file: each release has such.
pub const ENDS: [Fee; 2] = [
    Fee { status: "I", pctc: "9", indicators: "99999", ..fee("0000F", [0; 4]) },
    Fee { status: "N", pctc: "9", indicators: "99999", ..fee("V9999", [0; 4]) },
];

pub fn amount(hundredths: u32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The fields of a row in the order of the columns of 2026, without the descriptor.
pub fn fields(fee: &Fee, pricing: &str, factor: &str) -> Vec<String> {
    let [work, outside, inside, malpractice] = fee.values;
    let mut fields: Vec<String> = [fee.code, fee.modifier, fee.status, fee.not_used].map(str::to_owned).to_vec();
    fields.extend([amount(work), amount(outside), fee.na[0].to_owned(), amount(inside), fee.na[1].to_owned()]);
    fields.extend([amount(malpractice), amount(work + outside + malpractice), amount(work + inside + malpractice)]);
    fields.extend([fee.pctc.to_owned(), fee.global.to_owned()]);
    fields.extend(fee.shares.map(amount));
    fields.extend(fee.indicators.chars().map(|letter| letter.to_string()));
    fields.extend([pricing, fee.base, factor, "09", "0", fee.family].map(str::to_owned));
    fields.extend(fee.opps.map(amount));
    fields
}

/// The heading rows of 2026.
pub const HEADINGS: &str = "\
,,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED
,,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS
,,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT
";

/// The official text with commas, of July 2026.
pub fn csv(fees: &[Fee], pricing: &str, factor: &str) -> String {
    let mut out = format!(
        ",,2026 National Physician Fee Schedule Relative Value File July Release{0}\n,,A made-up notice{0}\n{0},,\n,,RELEASED 06/30/2026{0}\n",
        ",".repeat(29)
    );
    out.push_str(HEADINGS);
    for fee in fees {
        let fields = fields(fee, pricing, factor);
        let (front, rest) = fields.split_at(2);
        writeln!(out, "{},\"Made-up, of course\",{}", front.join(","), rest.join(",")).unwrap();
    }
    out
}

/// The official text in fixed columns (record layout of RVU26A).
pub fn fixed(fees: &[Fee], pricing: &str, factor: &str) -> String {
    const PLACES: [(usize, usize); 31] = [
        (1, 5),
        (6, 7),
        (58, 58),
        (59, 59),
        (60, 65),
        (67, 72),
        (73, 74),
        (76, 81),
        (82, 83),
        (85, 89),
        (91, 96),
        (97, 102),
        (103, 103),
        (104, 106),
        (107, 109),
        (110, 112),
        (113, 115),
        (116, 116),
        (117, 117),
        (118, 118),
        (119, 119),
        (120, 120),
        (121, 121),
        (128, 132),
        (133, 140),
        (142, 143),
        (144, 144),
        (146, 147),
        (152, 157),
        (159, 164),
        (166, 171),
    ];
    let mut out = "HDR Made-up notice\r\nHDR 2026 National Physician Fee Schedule Relative Value File July Release\r\n"
        .to_owned();
    for fee in fees {
        let mut line = vec![' '; 200];
        for (at, letter) in "Made-up caf\u{e9}".chars().enumerate() {
            line[7 + at] = letter;
        }
        for (field, (first, last)) in fields(fee, pricing, factor).iter().zip(PLACES) {
            let short = field.strip_prefix('0').filter(|_| last - first == 2 && field.contains('.')).unwrap_or(field);
            for (at, letter) in short.chars().enumerate() {
                line[first - 1 + at] = letter;
            }
        }
        out.extend(line);
        out.push_str("\r\n");
    }
    out
}

/// A workbook whose numbers stand in binary.
pub fn workbook(csv: &str) -> Vec<u8> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut sheet = "<worksheet><sheetData>".to_owned();
    for (row, line) in csv.lines().enumerate() {
        write!(sheet, "<row r=\"{}\">", row + 1).unwrap();
        let line = line.replace("\"Made-up, of course\"", "Made-up");
        for (column, cell) in line.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let letters = match column {
                0..26 => char::from(b'A' + column as u8).to_string(),
                _ => format!("A{}", char::from(b'A' + (column - 26) as u8)),
            };
            let number = cell.parse::<f64>().ok().filter(|_| cell.contains('.'));
            match number {
                Some(number) => {
                    write!(sheet, "<c r=\"{letters}{}\"><v>{}</v></c>", row + 1, number * 1.000_000_000_000_000_2)
                        .unwrap()
                }
                None => {
                    write!(sheet, "<c r=\"{letters}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", row + 1, escape(cell))
                        .unwrap()
                }
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write as _;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Made-up indices of 2026, from Alabama to Wyoming.
pub const INDICES: &str = "\
ADDENDUM E. FINAL CY 2026 MADE-UP,,,,,,\n,,,,,,
Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (with 1.0 Floor)***,2026 PE GPCI,2026 MP GPCI
10112,AL,00,FIRST,1.000,0.875,0.566
01112,CA,05,\"SECOND, THE\",1.095,1.410,0.425
03602,WY,21,LAST**,1.000,1.000,0.740
\"MAC Assignments, made up\",,,,,,
";
