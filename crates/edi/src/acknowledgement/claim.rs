//! Reading claim acknowledgements.

use crate::error::{ReadError, ReadErrorKind};
use crate::fields::{Fields, date, known_id, money};
use crate::notice::{Location, Notice, NoticeKind};
use crate::transaction::TransactionKind;
use superbill_claim::{ClaimAcknowledgement, ClaimStatus, LineAcknowledgement};
use superbill_core::{PatientControlNumber, PayerControlNumber};
use superbill_x12::Transaction;

/// One 277CA transaction set, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimAcknowledgementTransaction {
    /// The statuses of the whole transmission and of whole providers (loops 2200B and 2200C). A rejection here rejects
    /// claims that are not listed one by one.
    pub batch_statuses: Vec<ClaimStatus>,
    /// What is said of single claims, in order.
    pub claims: Vec<ClaimAcknowledgement>,
    /// Claims whose answer cannot be read, such as one without number or status.
    pub failed: Vec<ReadError>,
    /// What is not in the model.
    pub notices: Vec<Notice>,
}

/// Reads what the front end of a payer says of claims, one 277CA transaction set (ASC X12N 005010X214).
///
/// # Errors
/// [`ReadErrorKind::WrongTransaction`] where the transaction set is another one.
pub fn read_claim_acknowledgements(
    transaction: &Transaction<'_, '_>,
) -> Result<ClaimAcknowledgementTransaction, ReadError> {
    TransactionKind::ClaimAcknowledgement.expect(transaction)?;
    let mut reader = Reader {
        at: At::Header,
        draft: None,
        out: ClaimAcknowledgementTransaction {
            batch_statuses: Vec::new(),
            claims: Vec::new(),
            failed: Vec::new(),
            notices: Vec::new(),
        },
    };
    for segment in transaction.body() {
        let id = segment.id();
        match id {
            "HL" => reader.level(&segment.element(3).trimmed().text()),
            "SVC" if reader.at == At::Claim => reader.at = At::Line,
            "TRN" if matches!(reader.at, At::Claim | At::Line) => reader.begin(),
            _ => {}
        }
        let mut fields = Fields::new(segment, reader.at.id());
        if reader.carried(id, &mut fields) {
            reader.out.notices.extend(fields.finish());
        } else {
            let kind = if known_id(id).is_empty() { NoticeKind::Unknown } else { NoticeKind::NotCarried };
            reader.out.notices.push(Notice { location: fields.location(None), loop_id: reader.at.id(), kind });
        }
    }
    reader.finish();
    Ok(reader.out)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Header,
    Source,
    Receiver,
    Provider,
    Claim,
    Line,
    Other,
}

impl At {
    fn id(self) -> &'static str {
        match self {
            Self::Header | Self::Other => "",
            Self::Source => "2000A",
            Self::Receiver => "2000B",
            Self::Provider => "2000C",
            Self::Claim => "2200D",
            Self::Line => "2220D",
        }
    }
}

struct Draft {
    trn: Location,
    claim: Option<ClaimAcknowledgement>,
    error: Option<ReadError>,
}

struct Reader {
    at: At,
    draft: Option<Draft>,
    out: ClaimAcknowledgementTransaction,
}

impl Reader {
    fn level(&mut self, code: &str) {
        self.finish();
        self.at = match code {
            "20" => At::Source,
            "21" => At::Receiver,
            "19" => At::Provider,
            "PT" => At::Claim,
            _ => At::Other,
        };
    }

    /// The claim before ends where the next TRN begins.
    fn begin(&mut self) {
        self.finish();
        self.at = At::Claim;
    }

    fn finish(&mut self) {
        let Some(draft) = self.draft.take() else { return };
        let no_status = ReadError::new(draft.trn, ReadErrorKind::NoSegment { segment: "STC", loop_id: "2200D" });
        match (draft.claim, draft.error) {
            (Some(claim), None) if !claim.statuses.is_empty() => self.out.claims.push(claim),
            (_, Some(error)) => self.out.failed.push(error),
            _ => self.out.failed.push(no_status),
        }
    }

    fn carried(&mut self, id: &str, fields: &mut Fields<'_>) -> bool {
        match (self.at, id) {
            (_, "HL") => {
                // The levels always follow in the same order: the numbers say nothing more.
                fields.seen(1..=4);
                if self.at == At::Other {
                    fields.note(Some(3), NoticeKind::NotCarried);
                }
            }
            (At::Receiver | At::Provider, "STC") => match statuses(fields) {
                Ok(statuses) => self.out.batch_statuses.extend(statuses),
                Err(error) => self.out.failed.push(error),
            },
            (At::Claim, "TRN") => {
                fields.expect(1, &["2"]);
                let number = fields.required(2, PatientControlNumber::new);
                self.draft = Some(Draft {
                    trn: fields.location(None),
                    error: number.as_ref().err().copied(),
                    claim: number.ok().map(ClaimAcknowledgement::new),
                });
            }
            (At::Claim, "STC") => {
                let Some(draft) = &mut self.draft else { return false };
                let Some(claim) = &mut draft.claim else { return false };
                match statuses(fields) {
                    Ok(statuses) => claim.statuses.extend(statuses),
                    Err(error) => drop(draft.error.get_or_insert(error)),
                }
                let day = fields.optional(2, date);
                let charge = fields.optional(4, money);
                claim.date = claim.date.or(day);
                claim.charge = claim.charge.or(charge);
            }
            (At::Claim, "REF") if fields.code(1) == "1K" => {
                let Some(claim) = self.draft.as_mut().and_then(|draft| draft.claim.as_mut()) else {
                    return false;
                };
                if claim.payer_control_number.is_some() {
                    fields.note(None, NoticeKind::Repeated);
                    fields.element(2);
                } else {
                    claim.payer_control_number = fields.optional(2, PayerControlNumber::new);
                }
            }
            (At::Line, "SVC") => {
                let Some(claim) = self.draft.as_mut().and_then(|draft| draft.claim.as_mut()) else {
                    return false;
                };
                let mut line = LineAcknowledgement::default();
                let code = fields.composite(1, 2);
                line.procedure = code.component(2).trimmed().text().into_owned();
                line.charge = fields.optional(2, money);
                line.revenue_code = fields.text(4);
                claim.lines.push(line);
            }
            (At::Line, "STC" | "REF") => {
                let line = self.draft.as_mut().and_then(|draft| draft.claim.as_mut());
                let Some(line) = line.and_then(|claim| claim.lines.last_mut()) else { return false };
                if id == "STC" {
                    match statuses(fields) {
                        Ok(statuses) => line.statuses.extend(statuses),
                        Err(error) => self.out.failed.push(error),
                    }
                    // The action follows from the category, and the day is the claim's.
                    fields.seen(2..=3);
                } else if fields.code(1) == "FJ" && line.control_number.is_none() {
                    line.control_number = fields.text(2);
                } else {
                    return false;
                }
            }
            _ => return false,
        }
        true
    }
}

/// The statuses of an STC (STC01, STC10, STC11).
fn statuses(fields: &mut Fields<'_>) -> Result<Vec<ClaimStatus>, ReadError> {
    let mut statuses = Vec::new();
    for n in [1, 10, 11] {
        let composite = fields.composite(n, 3);
        if composite.is_empty() && n > 1 {
            continue;
        }
        let part = |n| composite.component(n).trimmed().text();
        let status = ClaimStatus::new(&part(1), &part(2));
        let mut status = status.map_err(|why| fields.error(n, why))?;
        let entity = part(3);
        status.entity = (!entity.is_empty()).then(|| entity.into_owned());
        statuses.push(status);
    }
    Ok(statuses)
}
