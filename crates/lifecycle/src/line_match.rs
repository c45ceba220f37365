//! Which service line of the claim a line of the remittance answers.

use superbill_claim::{LinePayment, ServiceLine};

/// For each line of the remittance the service line of the claim, counted from 1. Each service line is given once: first by
/// the provider's line number, then by procedure, modifiers and charge, then by procedure and charge, at last by
/// procedure alone.
pub(crate) fn match_lines(lines: &[ServiceLine], paid: &[LinePayment]) -> Vec<Option<usize>> {
    let tests: [fn(&ServiceLine, &LinePayment) -> bool; 4] = [
        |line, paid| line.control_number.is_some() && line.control_number == paid.control_number,
        |line, paid| line.procedure == paid.procedure && line.modifiers == paid.modifiers && line.charge == paid.charge,
        |line, paid| line.procedure == paid.procedure && line.charge == paid.charge,
        |line, paid| line.procedure == paid.procedure,
    ];
    let mut found = vec![None; paid.len()];
    let mut taken = vec![false; lines.len()];
    for test in tests {
        for (found, paid) in found.iter_mut().zip(paid).filter(|(found, _)| found.is_none()) {
            let mut numbered = (1..).zip(lines).zip(taken.iter_mut());
            let fits = numbered.find(|((_, line), taken)| !**taken && test(line, paid));
            if let Some(((number, _), taken)) = fits {
                *taken = true;
                *found = Some(number);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use superbill_claim::ProcedureCode;
    use superbill_core::{DateRange, Money};

    fn line(code: &str, charge: &str, number: Option<&str>) -> ServiceLine {
        let day = DateRange::single("2026-10-05".parse().unwrap());
        let charge: Money = charge.parse().unwrap();
        let mut line = ServiceLine::new(ProcedureCode::from_text(code), day, "1".parse().unwrap(), charge);
        line.control_number = number.map(str::to_owned);
        line
    }

    fn paid(code: &str, charge: &str, number: Option<&str>) -> LinePayment {
        let mut paid = LinePayment::new(ProcedureCode::from_text(code), charge.parse().unwrap(), Money::ZERO);
        paid.control_number = number.map(str::to_owned);
        paid
    }

    #[test]
    fn each_service_line_is_given_once() {
        let claim = [line("G0108", "150", Some("1")), line("G0008", "35", None), line("G0008", "30", None)];
        for (answers, expected) in [
            // In another order, and the payer changed the code of the first line.
            (vec![paid("G0008", "30", None), paid("G0109", "150", Some("1"))], vec![Some(3), Some(1)]),
            // One procedure twice: the charge tells them apart, then what is left.
            (vec![paid("G0008", "99", None), paid("G0008", "35", None)], vec![Some(3), Some(2)]),
            // Nothing fits.
            (vec![paid("J1885", "10", Some("9"))], vec![None]),
            // More answers than lines.
            (vec![paid("G0108", "150", None), paid("G0108", "150", None)], vec![Some(1), None]),
        ] {
            assert_eq!(match_lines(&claim, &answers), expected);
        }
    }
}
