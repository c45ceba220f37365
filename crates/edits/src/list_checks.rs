//! What must hold for any bytes given as a list or as its table: shared by the property tests and the fuzz target. Not part of the stable interface.

use crate::import;
use crate::{
    AddOns, CodeList, CodeListName, CodeListStatus, DmeposFees, DrugPrices, LaboratoryFees, Mue, MueService,
    NcciModifiers, Opps, Program, PtpColumn, ServiceCode, ServiceLine,
};
use superbill_core::Date;

/// Most rows of a table that are walked, so that a check stays quick.
const ROWS: usize = 2_000;

/// The beginning of each official form, made up.
pub const SEEDS: [&str; 12] = [
    "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\nA0001,4,1 Line Edit,CMS Policy\nA0002,2,3 Date of Service Edit: Clinical,CMS Policy\n",
    "AOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\n1\tG0002\t\tG0001\t\t2013091\t2026243\n2\tG0003\t\tCCCCC\t\t2013091\t\n",
    "1G0002       G0001       2013091       \n2G0003       CCCCC       20130912026243\n",
    "modifier,class,effective,deletion,column 1 from\n59,other,2020-01-01,,2021-01-01\n",
    "HCPCS Code,SI,APC,Relative Weight,Payment Rate,National Unadjusted Copayment,Minimum Unadjusted Copayment\nG0001,J1,5465,151.2253,\"$8,200.26 \",.,$1.00\n",
    "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE\n2026,G0001,QW,20260101,N,12.34\n",
    "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Notes\nJ0001,Made-up drug,10 MG,0.787,\n",
    "HCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,AL (NR),AL (R)\nE0001,NU,,D,IN,1.00,0.90,0.95,1.02\n",
    "Code,Description,Start,Last Modified,Stop\nZ8,Made up,01/01/1995,,06/30/2007\nZ8,Made up again,2008-01-01,2009-01-01,\nZ9,Made up. Start: 01/01/2030,,,\n",
    "Place of Service Code(s),Place of Service Name,Place of Service Description\n01,Made up,Made up (Effective October 1, 2003)\n27-30,Unassigned,N/A\n",
    "0450\tMade up\n\tStart: 01/01/1995 | Stop: 06/30/2007\n0451\n",
    "Code,Classification,Specialization,Notes\n999Z00000X,Made up,,[1/1/2007: new] [7/1/2025: marked inactive]\n",
];

fn sound<T>(result: Result<T, superbill_table::TableError>) -> Result<T, &'static str> {
    result.map_err(|_| "a table that was imported opens and is sound")
}

/// Takes any bytes for each of the files: each is refused, or gives a table that is sound and answers.
///
/// # Errors
/// The promise that does not hold.
pub fn check_import(bytes: &[u8]) -> Result<(), &'static str> {
    let day = Date::new(2026, 7, 1).ok();
    let imported = [
        import::mue("mue", bytes, MueService::Practitioner, Program::Medicare, day),
        import::mue("mue", bytes, MueService::Dme, Program::Medicaid, day),
        import::add_on("aoc", bytes, Program::Medicare, day),
        import::ncci_modifiers("list", bytes, Program::Medicare),
        import::opps("addendum b", bytes, day),
        import::clfs("clfs", bytes, day),
        import::asp("asp", bytes, day),
        import::dmepos("dmepos", bytes, day),
        import::code_list(&[("list", bytes)], CodeListName::ClaimAdjustmentReason, None),
        import::code_list(&[("list", bytes)], CodeListName::PlaceOfService, day),
        import::code_list(&[("list", bytes)], CodeListName::Revenue, day),
        import::code_list(&[("list", bytes)], CodeListName::ServiceType, day),
        import::code_list(&[("list", bytes)], CodeListName::ProviderTaxonomy, day),
    ];
    for table in imported.into_iter().flatten() {
        if !walk(&table, true)? {
            return Err("what was imported is a table");
        }
    }
    Ok(())
}

/// Takes any bytes for a table of each kind: refused, or answering.
///
/// # Errors
/// The promise that does not hold.
pub fn check_table(bytes: &[u8]) -> Result<(), &'static str> {
    walk(bytes, false).map(|_| ())
}

/// Reads whatever a table has; whether the bytes are one.
fn walk(bytes: &[u8], must_be_sound: bool) -> Result<bool, &'static str> {
    let Ok(day) = Date::new(2026, 7, 1) else { return Err("a day") };
    let check = |result| if must_be_sound { sound(result) } else { Ok(()) };
    let mut any = false;
    if let Ok(mue) = Mue::from_bytes(bytes) {
        any = true;
        check(mue.verify())?;
        let mut before: Option<ServiceCode> = None;
        for edit in mue.edits().take(ROWS) {
            let lines = [ServiceLine::new(edit.code, edit.value, day)];
            let _ = mue.units(edit.code, day, &lines);
            if must_be_sound && (mue.edit(edit.code) != Some(edit) || before >= Some(edit.code)) {
                return Err("a code is found, and codes ascend");
            }
            before = Some(edit.code);
        }
    }
    if let Ok(add_ons) = AddOns::from_bytes(bytes) {
        any = true;
        check(add_ons.verify())?;
        for edit in add_ons.edits().take(ROWS) {
            let _ = add_ons.check(edit.add_on, edit.primary.as_slice(), day);
            if must_be_sound && !add_ons.edits_of(edit.add_on).any(|other| other == edit) {
                return Err("an edit is found by its add-on code");
            }
        }
    }
    if let Ok(list) = NcciModifiers::from_bytes(bytes) {
        any = true;
        check(list.verify())?;
        for one in list.modifiers().take(ROWS) {
            let _ = list.bypasses(one.modifier, PtpColumn::One, day);
        }
    }
    if let Ok(opps) = Opps::from_bytes(bytes) {
        any = true;
        check(opps.verify())?;
        if opps.services().take(ROWS).any(|service| must_be_sound && opps.service(service.code) != Some(service)) {
            return Err("a service is found by its code");
        }
    }
    if let Ok(fees) = LaboratoryFees::from_bytes(bytes) {
        any = true;
        check(fees.verify())?;
        if fees.fees().take(ROWS).any(|fee| must_be_sound && !fees.fees_of(fee.code).any(|other| other == fee)) {
            return Err("a fee is found by its code");
        }
    }
    if let Ok(drugs) = DrugPrices::from_bytes(bytes) {
        any = true;
        check(drugs.verify())?;
        if drugs.prices().take(ROWS).any(|price| must_be_sound && drugs.price(price.code) != Some(price)) {
            return Err("a price is found by its code");
        }
    }
    if let Ok(fees) = DmeposFees::from_bytes(bytes) {
        any = true;
        check(fees.verify())?;
        for item in fees.items().take(ROWS) {
            let _ = (item.fee("AL", true), item.fees().count(), item.category());
            let modifiers: Vec<_> = item.modifiers.into_iter().flatten().collect();
            if must_be_sound && fees.item(item.code, &modifiers).is_none() {
                return Err("an item is found by its code and modifiers");
            }
        }
    }
    if let Ok(list) = CodeList::from_bytes(bytes) {
        any = true;
        check(list.verify())?;
        check_code_list(&list, day, must_be_sound)?;
    }
    Ok(any)
}

/// A code is valid on a day where it is among the codes of the day, and only there.
fn check_code_list(list: &CodeList<'_>, day: Date, must_be_sound: bool) -> Result<(), &'static str> {
    for listed in list.entries().take(ROWS) {
        for day in [Some(day), Some(list.release()), listed.since, listed.until, listed.retired_since()] {
            let Some(day) = day else { continue };
            let status = list.status(listed.code, day);
            if must_be_sound && status.code().is_none() && status != CodeListStatus::CannotTell {
                return Err("a code of the list is found");
            }
        }
        let among = list.codes(day).take(ROWS).any(|other| other.code == listed.code);
        if must_be_sound && among != matches!(list.status(listed.code, day), CodeListStatus::Valid(_)) {
            return Err("a code is valid on a day where it is among the codes of the day");
        }
    }
    let _ = list.status("", day);
    Ok(())
}
