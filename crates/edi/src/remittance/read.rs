//! Reading a remittance advice.

use crate::error::{ReadError, ReadErrorKind};
use crate::fields::{self, Fields, date, known_id, money, number, quantity};
use crate::notice::{Notice, NoticeKind, Read};
use crate::party::{city, set_npi, street};
use crate::professional::procedure;
use crate::transaction::TransactionKind;
use superbill_claim::{
    Adjustment, AdjustmentGroup, AdjustmentReason, ClaimPayment, ClaimPaymentStatus, FilingIndicator, LinePayment,
    PartyName, Payer, Payment, PaymentMethod, Provider, ProviderAdjustment, RemarkCode, Remittance,
};
use superbill_core::{Address, Date, DateRange, PatientControlNumber, PayerControlNumber, Phi, TaxId, TraceNumber};
use superbill_x12::{Segment, Transaction};

/// Reads a remittance, one 835 transaction set (ASC X12N 005010X221A1).
///
/// A remittance is read whole or not at all: with a claim left out its money would not be all there. Whether it
/// balances is a question to [`Remittance::imbalances`]. What the model does not carry stands in the notices.
///
/// # Errors
/// [`ReadError`] with the place, where the transaction set is another one, a segment is missing that every remittance
/// has, or an amount, identifier or status cannot be read.
pub fn read_remittance(transaction: &Transaction<'_, '_>) -> Result<Read<Remittance>, ReadError> {
    TransactionKind::Remittance.expect(transaction)?;
    let mut reader = Reader { at: At::Header, ..Reader::default() };
    for segment in transaction.body() {
        reader.segment(segment)?;
    }
    let lost = |segment, loop_id| {
        ReadError::new(fields::location(&transaction.st(), None), ReadErrorKind::NoSegment { segment, loop_id })
    };
    let (amount, method, day) = reader.payment.ok_or(lost("BPR", "header"))?;
    let (trace_number, originator) = reader.trace.ok_or(lost("TRN", "header"))?;
    let payer = reader.payer.ok_or(lost("N1*PR", "1000A"))?;
    let payee = reader.payee.ok_or(lost("N1*PE", "1000B"))?;
    let mut payment = Payment::new(amount, method, day, trace_number);
    payment.originator = originator;
    let mut remittance = Remittance::new(payment, payer, payee);
    remittance.claims = reader.claims;
    remittance.provider_adjustments = reader.provider_adjustments;
    Ok(Read { value: remittance, notices: reader.notices })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum At {
    #[default]
    Header,
    Payer,
    Payee,
    /// A party for the second time, or one that the guide does not have.
    OtherParty,
    Group,
    Claim,
    Line,
    Summary,
}

impl At {
    fn id(self) -> &'static str {
        match self {
            Self::Header | Self::OtherParty | Self::Summary => "",
            Self::Payer => "1000A",
            Self::Payee => "1000B",
            Self::Group => "2000",
            Self::Claim => "2100",
            Self::Line => "2110",
        }
    }

    /// Whether the guide has such a segment in this loop.
    fn has(self, segment: &str) -> bool {
        let here: &[&str] = match self {
            Self::Header => &["BPR", "TRN", "CUR", "REF", "DTM"],
            Self::Payer => &["N3", "N4", "REF", "PER"],
            Self::Payee => &["N3", "N4", "REF", "RDM"],
            Self::OtherParty => &["N3", "N4", "REF", "PER", "RDM"],
            Self::Group => &["TS3", "TS2"],
            Self::Claim => &["CAS", "NM1", "MIA", "MOA", "REF", "DTM", "PER", "AMT", "QTY"],
            Self::Line => &["DTM", "CAS", "REF", "AMT", "QTY", "LQ"],
            Self::Summary => &["PLB"],
        };
        here.contains(&segment)
    }
}

#[derive(Default)]
struct Reader {
    at: At,
    payment: Option<(superbill_core::Money, PaymentMethod, Date)>,
    trace: Option<(TraceNumber, Option<String>)>,
    payer: Option<Payer>,
    payee: Option<Provider>,
    groups: usize,
    claims: Vec<ClaimPayment>,
    provider_adjustments: Vec<ProviderAdjustment>,
    notices: Vec<Notice>,
}

impl Reader {
    fn segment(&mut self, segment: Segment<'_>) -> Result<(), ReadError> {
        let id = segment.id();
        self.at = match (id, self.at) {
            ("N1", At::Header | At::Payer | At::Payee | At::OtherParty) => match segment.element(1).trimmed().bytes() {
                b"PR" if self.payer.is_none() => At::Payer,
                b"PE" if self.payee.is_none() => At::Payee,
                _ => At::OtherParty,
            },
            ("LX", _) => At::Group,
            ("CLP", _) => At::Claim,
            ("SVC", At::Claim | At::Line) => At::Line,
            ("PLB", _) => At::Summary,
            (_, at) => at,
        };
        let mut fields = Fields::new(segment, self.at.id());
        if self.carried(id, &mut fields)? {
            self.notices.extend(fields.finish());
            return Ok(());
        }
        let kind = match (known_id(id), self.at.has(id)) {
            ("", _) => NoticeKind::Unknown,
            (_, true) => NoticeKind::NotCarried,
            (_, false) => NoticeKind::Misplaced,
        };
        self.notices.push(Notice { location: fields::location(&segment, None), loop_id: self.at.id(), kind });
        Ok(())
    }

    /// Reads a segment; false where the model does not carry it.
    fn carried(&mut self, id: &str, fields: &mut Fields<'_>) -> Result<bool, ReadError> {
        match (self.at, id) {
            (At::Header, "BPR") if self.payment.is_none() => {
                // Whether the money travels with the remittance, or there is none.
                fields.expect(1, &["I", "H"]);
                let amount = fields.required(2, money)?;
                fields.expect(3, &["C"]);
                let method = match fields.code(4).as_ref() {
                    "ACH" => PaymentMethod::Ach,
                    "CHK" => PaymentMethod::Check,
                    "NON" => PaymentMethod::NoPayment,
                    other => PaymentMethod::Other(other.to_owned()),
                };
                self.payment = Some((amount, method, fields.required(16, date)?));
            }
            (At::Header, "TRN") if self.trace.is_none() => {
                fields.expect(1, &["1"]);
                self.trace = Some((fields.required(2, TraceNumber::new)?, fields.text(3)));
            }
            (At::Payer, "N1") => {
                fields.element(1);
                fields.expect(3, &["XV"]);
                self.payer = Some(Payer::new(fields.name(2), fields.text(4).unwrap_or_default()));
            }
            (At::Payee, "N1") => self.payee = Some(payee(fields)),
            (At::Payer, "N3" | "N4") => {
                let Some(payer) = &mut self.payer else { return Ok(false) };
                address(payer.address.get_or_insert_default(), id, fields);
            }
            (At::Payee, "N3" | "N4") => {
                let Some(payee) = &mut self.payee else { return Ok(false) };
                address(payee.address.get_or_insert_default(), id, fields);
            }
            (At::Payee, "REF") if fields.code(1) == "TJ" => {
                let Some(payee) = self.payee.as_mut().filter(|payee| payee.tax_id.is_none()) else {
                    return Ok(false);
                };
                payee.tax_id = fields.optional(2, |text| TaxId::ein(text.trim()));
            }
            (At::Group, "LX") => {
                self.groups += 1;
                // The claims are one list: with a second group, the grouping is lost.
                if self.groups == 1 {
                    fields.element(1);
                }
            }
            (At::Claim, "CLP") => self.claims.push(claim(fields)?),
            (At::Line, "SVC") => {
                let Some(claim) = self.claims.last_mut() else {
                    return Ok(false);
                };
                claim.lines.push(line(fields)?);
            }
            (At::Claim, _) => {
                return self.claims.last_mut().map_or(Ok(false), |claim| claim_detail(claim, id, fields));
            }
            (At::Line, _) => {
                let line = self.claims.last_mut().and_then(|claim| claim.lines.last_mut());
                return line.map_or(Ok(false), |line| line_detail(line, id, fields));
            }
            (At::Summary, "PLB") => self.provider_adjustment(fields)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn provider_adjustment(&mut self, fields: &mut Fields<'_>) -> Result<(), ReadError> {
        let provider = fields.name(1);
        let period = fields.optional(2, date);
        for n in [3, 5, 7, 9, 11, 13] {
            let reason = fields.composite(n, 2);
            if reason.is_empty() && fields.element(n + 1).is_empty() {
                continue;
            }
            let amount = fields.required(n + 1, money)?;
            let code = reason.component(1).trimmed().text();
            if code.is_empty() {
                return Err(fields.error(n, ReadErrorKind::Missing));
            }
            let mut adjustment = ProviderAdjustment::new(provider.clone(), code, amount);
            adjustment.fiscal_period = period;
            let reference = reason.component(2);
            adjustment.reference = (!reference.is_empty()).then(|| Phi::new(reference.text().into_owned()));
            self.provider_adjustments.push(adjustment);
        }
        Ok(())
    }
}

fn payee(fields: &mut Fields<'_>) -> Provider {
    fields.element(1);
    let mut payee = Provider::new(PartyName::Organization(fields.name(2)), None);
    match fields.code(3).as_ref() {
        "XX" => set_npi(&mut payee, fields.text(4)),
        "FI" => payee.tax_id = fields.optional(4, |text| TaxId::ein(text.trim())),
        _ => fields.expect(3, &[]),
    }
    payee
}

fn address(place: &mut Address, id: &str, fields: &mut Fields<'_>) {
    match id {
        "N3" => street(fields, place),
        _ => city(fields, place),
    }
}

fn claim(fields: &mut Fields<'_>) -> Result<ClaimPayment, ReadError> {
    let patient_control_number = fields.required(1, PatientControlNumber::new)?;
    let status = fields.required(2, number).map(ClaimPaymentStatus::from_code)?;
    let (charge, paid) = (fields.required(3, money)?, fields.required(4, money)?);
    let mut claim = ClaimPayment::new(patient_control_number, status, charge, paid);
    claim.patient_responsibility = fields.parse(5, money)?;
    claim.filing_indicator = fields.optional(6, |text| FilingIndicator::parse(text.trim()));
    claim.payer_control_number = fields.optional(7, PayerControlNumber::new);
    Ok(claim)
}

fn line(fields: &mut Fields<'_>) -> Result<LinePayment, ReadError> {
    let (procedure, modifiers, description) = procedure(fields, 1);
    if description.is_some() {
        fields.note(Some(1), NoticeKind::NotCarried);
    }
    let (charge, paid) = (fields.required(2, money)?, fields.required(3, money)?);
    let mut line = LinePayment::new(procedure, charge, paid);
    line.modifiers = modifiers;
    line.units = fields.optional(5, quantity);
    Ok(line)
}

/// CAS: a group and up to six reasons with amount and quantity.
fn adjustments(list: &mut Vec<Adjustment>, fields: &mut Fields<'_>) -> Result<(), ReadError> {
    let group = AdjustmentGroup::from_code(&fields.code(1));
    if group.code().is_none() {
        fields.note(Some(1), NoticeKind::Unreadable(ReadErrorKind::Code));
    }
    for n in [2, 5, 8, 11, 14, 17] {
        if fields.element(n).is_empty() && fields.element(n + 1).is_empty() {
            continue;
        }
        let reason = fields.required(n, |text| AdjustmentReason::parse(text.trim()))?;
        let mut adjustment = Adjustment::new(group, reason, fields.required(n + 1, money)?);
        adjustment.quantity = fields.optional(n + 2, quantity);
        list.push(adjustment);
    }
    Ok(())
}

fn remark(list: &mut Vec<RemarkCode>, fields: &mut Fields<'_>, n: u8) {
    list.extend(fields.optional(n, |text| RemarkCode::parse(text.trim())));
}

fn claim_detail(claim: &mut ClaimPayment, id: &str, fields: &mut Fields<'_>) -> Result<bool, ReadError> {
    match id {
        "CAS" => adjustments(&mut claim.adjustments, fields)?,
        "MIA" => [5, 20, 21, 22, 23].into_iter().for_each(|n| remark(&mut claim.remark_codes, fields, n)),
        "MOA" => (3..=7).for_each(|n| remark(&mut claim.remark_codes, fields, n)),
        _ => return Ok(false),
    }
    Ok(true)
}

fn line_detail(line: &mut LinePayment, id: &str, fields: &mut Fields<'_>) -> Result<bool, ReadError> {
    match id {
        "CAS" => adjustments(&mut line.adjustments, fields)?,
        "DTM" => {
            let period = match fields.code(1).as_ref() {
                "472" if line.date_of_service.is_none() => fields.optional(2, date).map(DateRange::single),
                "150" if line.date_of_service.is_none() => fields.optional(2, date).map(DateRange::from),
                "151" => match line.date_of_service.filter(DateRange::is_open) {
                    Some(begun) => {
                        let until = |text: &str| {
                            let last = date(text).map_err(ReadErrorKind::from)?;
                            DateRange::new(begun.first(), Some(last)).map_err(ReadErrorKind::from)
                        };
                        fields.optional(2, until).or(Some(begun))
                    }
                    None => return Ok(false),
                },
                "472" | "150" => {
                    fields.element(2);
                    fields.note(None, NoticeKind::Repeated);
                    return Ok(true);
                }
                _ => return Ok(false),
            };
            line.date_of_service = period;
        }
        "REF" if fields.code(1) == "6R" && line.control_number.is_none() => line.control_number = fields.text(2),
        "AMT" if fields.code(1) == "B6" && line.allowed.is_none() => line.allowed = fields.parse(2, money)?,
        "LQ" if fields.code(1) == "HE" => remark(&mut line.remark_codes, fields, 2),
        _ => return Ok(false),
    }
    Ok(true)
}
