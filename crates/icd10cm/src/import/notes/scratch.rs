use super::resolve::*;
use super::write::*;
use crate::import::tabular::Tabular;
use crate::notes::targets::Part;
use crate::code::Icd10CmCode;
use crate::notes::targets::last_code;
use std::collections::BTreeMap;
#[test]
fn scratch() {
    let dir = "/tmp/src/simple_icd_10_cm/data/";
    let mut out = String::new();
    let table = crate::Icd10Cm::bundled();
    let keys: Vec<u64> = table.keys.from(0).map(|(_, key)| key).collect();
    let mut seen = std::collections::BTreeSet::new();
    for f in ["icd10c-tabular-April-1-2026.xml", "icd10cm-tabular-April-2025.xml", "icd10cm_tabular_2021.xml"] {
        let t = Tabular::read(&std::fs::read_to_string(format!("{dir}{f}")).unwrap()).unwrap();
        let chapters = t.chapters.iter().map(|c| (c.name.clone(), (c.first.packed(), c.last.last_below()))).collect::<BTreeMap<_, _>>();
        let known = KnownCodes { keys: &keys, chapters };
        let mut c = BTreeMap::new();
        for n in &t.notes {
            let r = resolve(n.kind, &n.words, &known);
            let e = c.entry(n.kind).or_insert([0; 4]);
            e[0] += 1; e[1] += usize::from(!r.targets.is_empty()); e[2] += usize::from(r.explicit); e[3] += usize::from(r.explicit && !r.targets.is_empty());
            if seen.insert((n.owner, n.kind, n.words.clone())) {
                let own = Icd10CmCode::from_packed(n.owner.0).unwrap();
                let ts: Vec<String> = r.targets.iter().map(|t| {
                    let p = match t.part { Part::Named => "", Part::Except => "!", Part::Scope => "@" };
                    let (a, b) = (Icd10CmCode::from_packed(t.cover.0).unwrap(), last_code(t.cover.1).unwrap());
                    let m = if t.mask.mask != 0 { format!("{{{:011o}/{:014o}}}", t.mask.mask, t.mask.value) } else { String::new() };
                    if a == b { format!("{p}{a}{m}") } else { format!("{p}{a}-{b}{m}") }
                }).collect();
                out += &format!("{}\t{}\t{}\t{}\t{}\n", n.kind.name(), own, if r.explicit { "E" } else { "-" }, ts.join(" "), n.words);
            }
        }
        println!("{f}: {c:?}");
    }
    std::fs::write("/tmp/nt/resolved.tsv", out).unwrap();
}
