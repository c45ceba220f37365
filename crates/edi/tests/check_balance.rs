//! Amounts that add up, and amounts that do not.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

mod samples;

use samples::{INSTITUTIONAL, PROFESSIONAL, REMITTANCE, coordinated, edit, said};

#[expect(clippy::type_complexity, reason = "a table of cases")]
fn assert_said(base: &str, cases: &[(&str, &[(&str, &str)], &[&str])]) {
    for (what, edits, expected) in cases {
        assert_eq!(said(&edit(base, edits)), *expected, "{what}");
    }
}

#[test]
fn samples_balance() {
    for sample in [PROFESSIONAL, &coordinated(), INSTITUTIONAL, REMITTANCE] {
        assert_eq!(said(sample), [] as [&str; 0], "{}", &sample[..24]);
    }
}

#[test]
fn charges_of_a_claim_are_those_of_its_lines() {
    let claim = ["claim-charge-sum CLM02"].as_slice();
    assert_said(
        PROFESSIONAL,
        &[
            ("the total", &[("CLM*P1*150", "CLM*P1*151")], claim),
            ("a line", &[("36415*50", "36415*50.01")], claim),
            ("more decimals", &[("CLM*P1*150", "CLM*P1*150.00")], &[]),
            ("a line that is no amount says nothing more", &[("36415*50", "36415*5O")], &["number-format SV102"]),
        ],
    );
    assert_said(INSTITUTIONAL, &[("a line", &[("80053*500", "80053*501")], claim)]);
}

#[test]
fn other_payers_paid_and_adjusted_the_charge() {
    assert_said(
        &coordinated(),
        &[
            (
                "a line that does not balance, so that the claim does not either",
                &[("CAS*CO*45*40", "CAS*CO*45*41")],
                &["cob-line-balance SVD02", "cob-claim-balance AMT02"],
            ),
            (
                "a payer that comes later is not balanced",
                &[
                    ("SBR*S*18", "SBR*P*18"),
                    ("SBR*P*18*GROUP2", "SBR*S*18*GROUP2"),
                    ("CAS*PR*1*10~", ""),
                    ("SVD*PAY02*60*HC:99213**1~CAS*CO*45*40~DTP*573*D8*20260108~", ""),
                    ("SVD*PAY02*25*HC:36415**1~CAS*CO*45*20**253*5~DTP*573*D8*20260108~", ""),
                    ("PI*PAY02~", "PI*PAY02~DTP*573*D8*20260108~"),
                ],
                &[],
            ),
            ("the payment of the claim", &[("AMT*D*75", "AMT*D*76")], &["cob-claim-balance AMT02"]),
            ("an adjustment of the claim", &[("CAS*PR*1*10", "CAS*PR*1*9")], &["cob-claim-balance AMT02"]),
            (
                "an adjustment of a line stands at the claim again",
                &[("CAS*PR*1*10", "CAS*CO*45*40~CAS*PR*1*10")],
                &["cob-adjustment-twice CAS"],
            ),
            (
                "the adjustments of the lines stand at the claim in sum",
                &[("CAS*PR*1*10", "CAS*CO*45*65"), ("AMT*D*75", "AMT*D*85")],
                &["cob-adjustment-twice CAS"],
            ),
            ("the date stands at both", &[("PI*PAY02~", "PI*PAY02~DTP*573*D8*20260108~")], &["cob-date-twice DTP"]),
            (
                "a negative payment of a line",
                &[("PAY02*60", "PAY02*-60"), ("CAS*CO*45*40", "CAS*CO*45*160")],
                &["cob-paid-negative SVD02", "cob-claim-balance AMT02"],
            ),
            (
                "a payer that never saw the claim",
                &[
                    ("CAS*PR*1*10~AMT*D*75~", "AMT*A8*150~"),
                    ("SVD*PAY02*60*HC:99213**1~CAS*CO*45*40~DTP*573*D8*20260108~", ""),
                    ("SVD*PAY02*25*HC:36415**1~CAS*CO*45*20**253*5~DTP*573*D8*20260108~", ""),
                ],
                &[],
            ),
            (
                "which has no adjustments, and leaves nothing covered",
                &[("AMT*D*75~", "AMT*A8*140~")],
                &["cob-non-covered CAS", "cob-non-covered-amount AMT02"],
            ),
            (
                "a reason with a quantity and no amount",
                &[("CAS*CO*45*20**253*5", "CAS*CO*45*25**253**5")],
                &["adjustment-pair CAS06"],
            ),
        ],
    );
}

#[test]
fn remittances_balance_by_line_claim_and_payment() {
    assert_said(
        REMITTANCE,
        &[
            ("the payment of a line", &[("99213*100*65", "99213*100*66")], &["service-balance SVC03"]),
            (
                "an adjustment of a line",
                &[("CAS*CO*45*25", "CAS*CO*45*26")],
                &["service-balance SVC03", "payment-balance CLP04"],
            ),
            (
                "an adjustment of the claim",
                &[("CAS*PR*3*10", "CAS*PR*3*11")],
                &["payment-balance CLP04", "patient-responsibility-sum CLP05"],
            ),
            (
                "the payment of a claim",
                &[("CLP*P1*1*150*80", "CLP*P1*1*150*81")],
                &["payment-balance CLP04", "remittance-balance BPR02"],
            ),
            (
                "the charge of a line",
                &[("99213*100*65", "99213*99*64"), ("CAS*PR*3*10", "CAS*PR*3*9"), ("80*20*12", "80*19*12")],
                &["payment-balance CLP04", "payment-charge-sum CLP03"],
            ),
            ("the patient's part", &[("80*20*12", "80*21*12")], &["patient-responsibility-sum CLP05"]),
            ("a provider adjustment", &[("WO:ICN0*15", "WO:ICN0*16")], &["remittance-balance BPR02"]),
            ("the sign of a provider adjustment", &[("L6*-5", "L6*5")], &["remittance-balance BPR02"]),
            ("the count of a group", &[("20261231*2*250", "20261231*3*250")], &["summary-claims TS304"]),
            ("the charges of a group", &[("20261231*2*250", "20261231*2*251")], &["summary-charges TS305"]),
            ("a predetermination", &[("CLP*P2*1*", "CLP*P2*25*")], &["predetermination-paid CLP04"]),
            ("nothing paid by ACH", &[("BPR*I*120", "BPR*I*0"), ("WO:ICN0*15", "WO:ICN0*135")], &["no-payment BPR04"]),
            (
                "a negative payment",
                &[("BPR*I*120", "BPR*I*-1"), ("WO:ICN0*15", "WO:ICN0*136")],
                &["remittance-negative BPR02"],
            ),
            ("an amount that is none", &[("CLP*P2*1*100*50", "CLP*P2*1*100*5O")], &["number-format CLP04"]),
        ],
    );
}

#[test]
fn a_reversal_balances_with_its_signs() {
    assert_said(
        REMITTANCE,
        &[
            (
                "a reversal",
                &[
                    ("CLP*P2*1*100*50**", "CLP*P2*22*-100*-50**"),
                    ("CAS*CO*45*50", "CAS*CO*45*-50"),
                    ("BPR*I*120", "BPR*I*20"),
                    ("20261231*2*250", "20261231*2*50"),
                ],
                &[],
            ),
            (
                "a reversal whose adjustment lost its sign",
                &[
                    ("CLP*P2*1*100*50**", "CLP*P2*22*-100*-50**"),
                    ("BPR*I*120", "BPR*I*20"),
                    ("20261231*2*250", "20261231*2*50"),
                ],
                &["payment-balance CLP04"],
            ),
        ],
    );
}
