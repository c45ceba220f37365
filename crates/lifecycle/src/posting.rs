//! How a claim payment becomes a posting.

use crate::ledger::{Entry, Ledger, LedgerAccount, LedgerError, Posting, PostingReason};
use crate::line_match::match_lines;
use crate::remittance_key::RemittanceReference;
use crate::state::Adjudication;
use superbill_claim::{
    Adjustment, AdjustmentGroup, AdjustmentReason, Claim, ClaimPayment, ClaimPaymentStatus, ProcedureCode, RemarkCode,
};
use superbill_core::{Money, MoneyError, PayerControlNumber};

/// What is done with an adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Treatment {
    /// The patient owes it.
    Patient,
    /// The next payer is to bear it first: the claim was passed on.
    NextPayer,
    /// The contract takes it off.
    Contractual,
    /// Sequestration takes it off.
    Sequestration,
    /// It stays with the payer as open until somebody decides: never written off by itself.
    Open,
    /// An earlier payer's adjudication accounts for it: information only.
    EarlierPayer,
}

/// The adjustments that come off the charge for good, without anybody's decision. Whatever is not here stays open.
///
/// Source: the claim adjustment reason codes 45 (charge above the fee schedule or the contracted amount) and 253
/// (reduction of federal payment), both with group CO.
pub const WRITE_OFFS: &[(AdjustmentGroup, &str, Treatment)] = &[
    (AdjustmentGroup::ContractualObligation, "45", Treatment::Contractual),
    (AdjustmentGroup::ContractualObligation, "253", Treatment::Sequestration),
];

/// Remarks that forbid billing the patient: qualified Medicare beneficiaries and Medicaid (remark codes N781 to N783;
/// section 1902(n)(3)(B) of the Social Security Act).
pub const BARS_PATIENT_BILLING: &[&str] = &["N781", "N782", "N783"];

/// An adjustment and what was done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PostedAdjustment {
    /// The service line of the claim, counted from 1. `None` where it is of the whole claim or the line was not found.
    pub line: Option<usize>,
    /// The procedure that the payer names; `None` where it is of the whole claim.
    pub procedure: Option<ProcedureCode>,
    /// Who bears it, as the payer says.
    pub group: AdjustmentGroup,
    /// Why.
    pub reason: AdjustmentReason,
    /// How much of it got this treatment.
    pub amount: Money,
    /// The remarks that came with it.
    pub remark_codes: Vec<RemarkCode>,
    /// What was done with it.
    pub treatment: Treatment,
}

/// What was posted for one claim payment, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RemittancePosting {
    /// Which one it is.
    pub remittance: RemittanceReference,
    /// What the payer did (CLP02).
    pub status: ClaimPaymentStatus,
    /// The place of the payer, 1 for the first.
    pub payer_rank: u8,
    /// The payer's number of the claim (CLP07).
    pub payer_control_number: Option<PayerControlNumber>,
    /// The charge (CLP03).
    pub charge: Money,
    /// What is paid (CLP04).
    pub paid: Money,
    /// Adjudicated or denied.
    pub outcome: Adjudication,
    /// Every adjustment and what was done with it.
    pub adjustments: Vec<PostedAdjustment>,
    /// Whether a remark forbids billing the patient.
    pub bars_patient_billing: bool,
    /// The entries.
    pub posting: Posting,
}

impl RemittancePosting {
    /// The place of the payer to which the claim was passed on.
    #[must_use]
    pub fn forwarded_to(&self) -> Option<u8> {
        is_forwarded(self.status).then(|| self.payer_rank.saturating_add(1))
    }
}

/// Whether the claim was passed on to the next payer.
fn is_forwarded(status: ClaimPaymentStatus) -> bool {
    use ClaimPaymentStatus::{PrimaryForwarded, SecondaryForwarded, TertiaryForwarded};
    matches!(status, PrimaryForwarded | SecondaryForwarded | TertiaryForwarded)
}

/// The place of the payer that adjudicated, and whether it is the one that the charges are booked to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AnsweringPayer {
    pub(crate) rank: u8,
    pub(crate) has_the_charges: bool,
}

/// Makes the posting of an adjudication. What is moved leaves the receivable of the payer that answers; what stays there
/// is open.
pub(crate) fn post_adjudication(
    claim: &Claim,
    ledger: &Ledger,
    payer: AnsweringPayer,
    remittance: RemittanceReference,
    payment: &ClaimPayment,
) -> Result<RemittancePosting, LedgerError> {
    let mut adjustments = treat(claim, payer, payment);
    if !payer.has_the_charges {
        cap_to_the_receivable(ledger, payer, payment.paid, &mut adjustments)?;
    }
    let receivable = LedgerAccount::PayerReceivable(payer.rank);
    let mut entries = vec![Entry::debit(LedgerAccount::RemittanceClearing, payment.paid)];
    for adjustment in &adjustments {
        let account = match adjustment.treatment {
            Treatment::Patient => LedgerAccount::PatientReceivable,
            Treatment::NextPayer => LedgerAccount::PayerReceivable(payer.rank.saturating_add(1)),
            Treatment::Contractual => LedgerAccount::ContractualAdjustment,
            Treatment::Sequestration => LedgerAccount::Sequestration,
            Treatment::Open | Treatment::EarlierPayer => continue,
        };
        entries.push(Entry::debit(account, adjustment.amount));
    }
    let moved = Money::try_sum(entries.iter().map(|entry| entry.amount))?;
    entries.push(Entry::credit(receivable, moved)?);

    let mut borne = adjustments.iter().filter(|adjustment| adjustment.group == AdjustmentGroup::PatientResponsibility);
    let mut open = adjustments.iter().filter(|adjustment| adjustment.treatment == Treatment::Open);
    let is_denied = payment.paid.is_zero()
        && open.any(|adjustment| !adjustment.amount.is_zero())
        && !borne.any(|adjustment| !adjustment.amount.is_zero());
    let remarks = payment.remark_codes.iter().chain(payment.lines.iter().flat_map(|line| &line.remark_codes));
    Ok(RemittancePosting {
        status: payment.status,
        payer_rank: payer.rank,
        payer_control_number: payment.payer_control_number.clone(),
        charge: payment.charge,
        paid: payment.paid,
        outcome: if is_denied { Adjudication::Denied } else { Adjudication::Adjudicated },
        bars_patient_billing: remarks.into_iter().any(|remark| BARS_PATIENT_BILLING.contains(&remark.as_str())),
        posting: Posting::new(PostingReason::ClaimPayment(remittance.clone()), entries)?,
        adjustments,
        remittance,
    })
}

/// Every adjustment of a claim payment with its treatment.
fn treat(claim: &Claim, payer: AnsweringPayer, payment: &ClaimPayment) -> Vec<PostedAdjustment> {
    let posted = |adjustment: &Adjustment, line, procedure, remark_codes: &[RemarkCode]| PostedAdjustment {
        line,
        procedure,
        group: adjustment.group,
        reason: adjustment.reason.clone(),
        amount: adjustment.amount,
        remark_codes: remark_codes.to_vec(),
        treatment: treatment(payer, payment.status, adjustment),
    };
    let whole = payment.adjustments.iter().map(|adjustment| posted(adjustment, None, None, &payment.remark_codes));
    let lines = match_lines(&claim.lines, &payment.lines);
    let by_line = payment.lines.iter().zip(lines).flat_map(|(line, number)| {
        let adjustments = line.adjustments.iter();
        adjustments.map(move |adjustment| posted(adjustment, number, Some(line.procedure.clone()), &line.remark_codes))
    });
    whole.chain(by_line).collect()
}

fn treatment(payer: AnsweringPayer, status: ClaimPaymentStatus, adjustment: &Adjustment) -> Treatment {
    let reason = adjustment.reason.as_str();
    match adjustment.group {
        AdjustmentGroup::PatientResponsibility if is_forwarded(status) => return Treatment::NextPayer,
        AdjustmentGroup::PatientResponsibility => return Treatment::Patient,
        // What earlier payers did (reason 23) tells a later payer's reader nothing new: it was posted with their answers.
        AdjustmentGroup::OtherAdjustment | AdjustmentGroup::ContractualObligation
            if reason == "23" && !payer.has_the_charges =>
        {
            return Treatment::EarlierPayer;
        }
        _ => {}
    }
    let write_off = WRITE_OFFS.iter().find(|(group, code, _)| *group == adjustment.group && *code == reason);
    write_off.map_or(Treatment::Open, |(_, _, treatment)| *treatment)
}

/// A later payer adjudicates the whole charge but owes only what was passed on to it. Its adjustments count up to that;
/// the rest repeats what earlier payers took off.
fn cap_to_the_receivable(
    ledger: &Ledger,
    payer: AnsweringPayer,
    paid: Money,
    adjustments: &mut Vec<PostedAdjustment>,
) -> Result<(), MoneyError> {
    let borne = adjustments
        .iter()
        .filter(|adjustment| matches!(adjustment.treatment, Treatment::Patient | Treatment::NextPayer));
    let borne = Money::try_sum(borne.map(|adjustment| adjustment.amount))?;
    let owed = ledger.balance(LedgerAccount::PayerReceivable(payer.rank));
    let mut left = owed.try_sub(paid)?.try_sub(borne)?.max(Money::ZERO);
    let mut capped = Vec::with_capacity(adjustments.len());
    for mut adjustment in adjustments.drain(..) {
        let counts =
            matches!(adjustment.treatment, Treatment::Contractual | Treatment::Sequestration | Treatment::Open);
        if counts && adjustment.amount.is_positive() {
            let taken = adjustment.amount.min(left);
            left = left.try_sub(taken)?;
            let rest = adjustment.amount.try_sub(taken)?;
            if rest.is_positive() {
                capped.push(PostedAdjustment {
                    amount: rest,
                    treatment: Treatment::EarlierPayer,
                    ..adjustment.clone()
                });
            }
            adjustment.amount = taken;
            if taken.is_zero() {
                continue;
            }
        }
        capped.push(adjustment);
    }
    *adjustments = capped;
    Ok(())
}
