//! Writing a 999.

use crate::error::WriteError;
use superbill_claim::{FunctionalAcknowledgement, TransactionAcknowledgement, Trigger};
use superbill_x12::TransactionWriter;

/// Writes AK1 to AK9.
pub(super) fn write(set: &mut TransactionWriter<'_>, group: &FunctionalAcknowledgement) -> Result<(), WriteError> {
    let version = group.implementation.as_deref().unwrap_or_default();
    set.elements("AK1", &[&group.functional_id, group.group_control_number.as_str(), version])?;
    for transaction in &group.transactions {
        write_transaction(set, transaction)?;
    }
    set.segment("AK9", |ak9| {
        ak9.text(group.code.code().encode_utf8(&mut [0; 4]));
        ak9.number(u64::from(group.included)).number(u64::from(group.received)).number(u64::from(group.accepted));
        for code in &group.codes {
            ak9.text(code);
        }
    })?;
    Ok(())
}

fn write_transaction(
    set: &mut TransactionWriter<'_>,
    transaction: &TransactionAcknowledgement,
) -> Result<(), WriteError> {
    let guide = transaction.implementation.as_deref().unwrap_or_default();
    set.elements("AK2", &[&transaction.set_id, transaction.control_number.as_str(), guide])?;
    for note in &transaction.segments {
        let loop_id = note.loop_id.as_deref().unwrap_or_default();
        set.segment("IK3", |ik3| {
            ik3.text(&note.segment_id).number(u64::from(note.position)).text(loop_id).text(&note.code);
        })?;
        for trigger in &note.triggers {
            write_trigger(set, trigger)?;
        }
        if let Some(claim) = &note.claim {
            set.segment("CTX", |ctx| {
                ctx.composite(&["CLM01", claim.expose().as_str()]);
            })?;
        }
        for element in &note.elements {
            let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
            let place = [element.position.to_string(), number(element.component), number(element.repetition)];
            set.segment("IK4", |ik4| {
                ik4.composite(&[&place[0], &place[1], &place[2]]);
                ik4.text(element.data_element.as_deref().unwrap_or_default()).text(&element.code);
            })?;
            for trigger in &element.triggers {
                write_trigger(set, trigger)?;
            }
        }
    }
    set.segment("IK5", |ik5| {
        ik5.text(transaction.code.code().encode_utf8(&mut [0; 4]));
        for code in &transaction.codes {
            ik5.text(code);
        }
    })?;
    Ok(())
}

fn write_trigger(set: &mut TransactionWriter<'_>, trigger: &Trigger) -> Result<(), WriteError> {
    let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
    set.segment("CTX", |ctx| {
        ctx.text("SITUATIONAL TRIGGER").text(&trigger.segment_id).number(u64::from(trigger.position));
        ctx.text(trigger.loop_id.as_deref().unwrap_or_default());
        ctx.composite(&[&number(trigger.element), &number(trigger.component)]);
        ctx.text(trigger.data_element.as_deref().unwrap_or_default());
    })?;
    Ok(())
}
