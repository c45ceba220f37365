//! The fee schedule amount: relative values, geographic indices, conversion factor.

use crate::fee_schedule::{FeeScheduleRow, RelativeValue};
use crate::gpci::{GpciRow, PracticeCostIndex};
use superbill_core::{Money, Rate};

/// The indices of work, practice expense and malpractice. Without a locality they are 1.000: the national payment amount.
#[derive(Debug, Clone, Copy)]
struct Indices {
    work: PracticeCostIndex,
    practice: PracticeCostIndex,
    malpractice: PracticeCostIndex,
}

impl Indices {
    fn of(locality: Option<&GpciRow<'_>>) -> Self {
        locality.map_or(
            Self {
                work: PracticeCostIndex::ONE,
                practice: PracticeCostIndex::ONE,
                malpractice: PracticeCostIndex::ONE,
            },
            |row| Self { work: row.work, practice: row.practice_expense, malpractice: row.malpractice },
        )
    }
}

impl FeeScheduleRow<'_> {
    /// The fee schedule amount of one unit in a facility or outside of one, at a locality, or without one the national payment amount:
    /// `(work * GPCI + practice expense * GPCI + malpractice * GPCI) * conversion factor`, exactly, to the nearest cent at the end.
    ///
    /// It says nothing of the status. `None` beyond 92 quadrillion dollars.
    ///
    /// Source: record layout of the relative value file; 42 CFR 414.20.
    #[must_use]
    pub fn amount(&self, facility: bool, locality: Option<&GpciRow<'_>>) -> Option<Money> {
        self.dollars(self.practice_expense(facility), Rate::ONE, self.malpractice(), Indices::of(locality))
    }

    /// The cap of one unit at what a hospital outpatient department is paid; `None` where no cap applies to the code.
    ///
    /// Source: record layout of the relative value file; Deficit Reduction Act of 2005, section 5102(b).
    #[must_use]
    pub fn opps_cap(&self, facility: bool, locality: Option<&GpciRow<'_>>) -> Option<Money> {
        let (practice, malpractice) = (self.opps_practice_expense(facility), self.opps_malpractice());
        if practice.is_zero() && malpractice.is_zero() {
            return None;
        }
        self.dollars(practice, Rate::ONE, malpractice, Indices::of(locality))
    }

    /// The amount with a part of the practice expense.
    pub(crate) fn amount_with_practice(&self, part: Rate, facility: bool, locality: &GpciRow<'_>) -> Option<Money> {
        self.dollars(self.practice_expense(facility), part, self.malpractice(), Indices::of(Some(locality)))
    }

    fn dollars(
        &self,
        practice: RelativeValue,
        part: Rate,
        malpractice: RelativeValue,
        indices: Indices,
    ) -> Option<Money> {
        // Hundredths times thousandths times parts per million times ten-thousandths: each product is far below 2^127.
        let term = |value: RelativeValue, index: PracticeCostIndex, part: Rate| {
            i128::from(value.hundredths()) * i128::from(index.thousandths()) * i128::from(part.parts_per_million())
        };
        let values = term(self.work(), indices.work, Rate::ONE)
            + term(practice, indices.practice, part)
            + term(malpractice, indices.malpractice, Rate::ONE);
        let exact = values.checked_mul(i128::from(self.conversion_factor().ten_thousandths()))?;
        // Units of 10^-15 dollars: a cent has 10^13.
        const CENT: i128 = 10_000_000_000_000;
        let cents = exact.checked_add(CENT / 2)?.checked_div(CENT)?;
        i64::try_from(cents).ok().map(Money::from_cents)
    }
}
