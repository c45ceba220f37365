//! The transitions of the machines as data, to be printed and compared.

use crate::state::Machine;
use core::fmt;

/// One row of the table of transitions. A test drives each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transition {
    /// The machine.
    pub machine: Machine,
    /// The states from which it leads, in the words of the state.
    pub from: &'static [&'static str],
    /// What happens.
    pub event: &'static str,
    /// What must hold; empty where nothing must.
    pub guard: &'static str,
    /// The state to which it leads.
    pub to: &'static str,
    /// What it does to the ledger; empty where it does nothing.
    pub money_effect: &'static str,
}

impl fmt::Display for Transition {
    /// The cells with tabs between them; `-` for an empty one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cell = |text: &'static str| if text.is_empty() { "-" } else { text };
        let from = self.from.join("|");
        let (guard, money) = (cell(self.guard), cell(self.money_effect));
        write!(f, "{}\t{from}\t{}\t{guard}\t{}\t{money}", self.machine, self.event, self.to)
    }
}

macro_rules! transitions {
    ($($machine:ident: $($from:literal)|+, $event:literal, $guard:literal => $to:literal, $money:literal;)*) => {
        /// Every transition of the machines of a case.
        pub const TRANSITIONS: &[Transition] = &[$(Transition {
            machine: Machine::$machine,
            from: &[$($from),+],
            event: $event,
            guard: $guard,
            to: $to,
            money_effect: $money,
        }),*];
    };
}

transitions! {
    Prep: "draft", "code", "the claim has a diagnosis and a service line" => "coded", "";
    Prep: "coded" | "held" | "ready", "scrub with review at worst", "the receipt covers the claim" => "ready", "";
    Prep: "coded" | "held" | "ready", "scrub with worse than review", "the receipt covers the claim" => "held", "";
    Prep: "draft", "amend", "the patient control number stays" => "draft", "";
    Prep: "coded" | "held" | "ready", "amend", "not at the payer; the patient control number stays" => "coded", "";

    Submission: "none", "release", "ready, on a receipt of this exact content" => "queued",
        "Dr payer receivable, Cr charges";
    Submission: "none", "release again", "the charge is another one" => "queued",
        "the difference: Dr payer receivable, Cr charges";
    Submission: "rejected for syntax" | "rejected by the front end", "release again", "the charge is the same" => "queued",
        "";
    Submission: "queued", "submit", "control numbers are recorded" => "sent", "";
    Submission: "queued" | "rejected for syntax" | "rejected by the front end", "amend",
        "once sent, the frequency code stays" => "none", "";
    Submission: "sent", "999 accepts", "it names the group and transaction" => "syntax accepted", "";
    Submission: "sent", "999 rejects", "it names the group and transaction" => "rejected for syntax", "";
    Submission: "sent" | "syntax accepted", "277CA A0", "it names the claim" => "forwarded", "";
    Submission: "sent" | "syntax accepted" | "forwarded", "277CA A1 or A5", "it names the claim" => "received", "";
    Submission: "sent" | "syntax accepted" | "forwarded" | "received", "277CA A2", "it names the claim" => "accepted", "";
    Submission: "sent" | "syntax accepted" | "forwarded" | "received", "277CA A3, A6, A7 or A8",
        "it names the claim" => "rejected by the front end", "";

    Adjudication: "awaiting" | "reversed" | "predetermined" | "not this payer's" | "patient not recognized",
        "835 with status 1 to 3 or 19 to 21", "sent once; it balances; the payer is expected" => "adjudicated",
        "Dr clearing, contractual, sequestration, patient or next payer; Cr payer receivable";
    Adjudication: "awaiting" | "reversed", "835 with nothing paid, nothing the patient's and reasons open",
        "sent once; it balances; the payer is expected" => "denied", "";
    Adjudication: "adjudicated", "835 with status 22", "it is the opposite of a standing posting" => "reversed",
        "the exact mirror of that posting";
    Adjudication: "awaiting", "835 with status 25", "nothing is paid" => "predetermined", "";
    Adjudication: "awaiting", "835 with status 23", "nothing is paid" => "not this payer's", "";
    Adjudication: "awaiting", "835 with status 4", "nothing is paid" => "patient not recognized", "";
    Adjudication: "patient not recognized", "amend", "the patient control number stays" => "awaiting", "";

    PatientAccount: "not billable", "835 makes the patient owe", "a PR adjustment" => "billable", "Dr patient receivable";
    PatientAccount: "not billable", "835 with a remark that forbids billing", "N781, N782 or N783" => "not billable",
        "Dr patient receivable";
    PatientAccount: "billable" | "statemented", "bill", "something is owed" => "statemented", "";
    PatientAccount: "billable" | "statemented", "payment of all", "above 0.00" => "paid",
        "Dr cash, Cr patient receivable";
    PatientAccount: "billable", "payment of a part", "above 0.00" => "billable", "Dr cash, Cr patient receivable";
    PatientAccount: "paid", "payment of more", "above 0.00" => "paid", "Dr cash, Cr patient credit";
    PatientAccount: "paid", "refund", "no more than the credit" => "paid", "Dr patient credit, Cr cash";

    Case: "open", "close", "adjudicated; no payer, patient or credit balance" => "closed", "";
    Case: "closed", "payment or remittance", "" => "open", "as the payment or remittance does";
}
