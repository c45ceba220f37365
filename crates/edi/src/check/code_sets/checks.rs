//! The checks of code sets.

use crate::check::catalogue::Acknowledged::{Element, No};

crate::check::catalogue::checks! {
    /// Those of code sets.
    CODE_SETS;
    DIAGNOSIS_FORM = "diagnosis-form", 5, Error, Element("7"), "a diagnosis code has not the shape of its code set";
    DIAGNOSIS_POINT = "diagnosis-point", 5, Error, Element("6"), "a diagnosis code has a decimal point";
    DIAGNOSIS_UNKNOWN = "diagnosis-unknown", 5, Error, Element("I11"), "a diagnosis code is in no release";
    DIAGNOSIS_HEADER = "diagnosis-header", 5, Error, Element("I11"), "a diagnosis code is a heading and needs more characters";
    DIAGNOSIS_DATE = "diagnosis-date", 5, Error, Element("I11"), "a diagnosis code is not valid on the day that governs it";
    DIAGNOSIS_VERSION = "diagnosis-version", 5, Error, Element("I11"), "the day asks for the other revision of the classification";
    INPATIENT_PROCEDURE = "inpatient-procedure", 5, Error, Element("7"), "an inpatient procedure code has not the shape of its code set";
    PROCEDURE_FORM = "procedure-form", 5, Error, Element("7"), "a procedure code has not the shape of its code set";
    PROCEDURE_UNKNOWN = "procedure-unknown", 5, Error, Element("I11"), "a procedure code is not in the loaded release";
    PROCEDURE_DATE = "procedure-code-date", 5, Error, Element("I11"), "a procedure code is not valid on the date of service";
    MODIFIER_FORM = "modifier-form", 5, Error, Element("7"), "a modifier is not two letters or digits";
    MODIFIER_UNKNOWN = "modifier-unknown", 5, Warning, Element("I11"), "a modifier is not one that is known";
    MODIFIER_DATE = "modifier-date", 5, Warning, Element("I11"), "a modifier is not valid on the date of service";
    MODIFIER_AGAIN = "modifier-again", 5, Warning, No, "a modifier stands twice on a line";
    NATIONAL_DRUG_CODE = "national-drug-code", 5, Error, Element("7"), "an NDC has not eleven digits";
    HIPPS_CODE = "hipps-code", 5, Error, Element("7"), "a HIPPS rate code has not five characters";
    DENTAL_PROCEDURE = "dental-procedure", 5, Error, Element("7"), "a dental procedure code is not D and four digits";
    DIAGNOSIS_RELATED_GROUP = "diagnosis-related-group", 5, Error, Element("7"), "a DRG has not three or four digits";
    TOOTH = "tooth", 5, Error, Element("7"), "a tooth is not one of the universal numbering";
    TYPE_OF_BILL = "type-of-bill", 5, Error, Element("7"), "a type of bill is not one";
    CLAIM_FREQUENCY = "claim-frequency", 5, Error, Element("7"), "a frequency is not one letter or digit";
    PLACE_OF_SERVICE = "place-of-service", 5, Error, Element("I11"), "a place of service is not one of CMS";
    PLACE_OF_SERVICE_DATE = "place-of-service-date", 5, Warning, Element("I11"), "a place of service begins later";
    REVENUE_CODE = "revenue-code", 5, Error, Element("I11"), "a revenue code is not one";
    CONDITION_CODE = "condition-code", 5, Error, Element("I11"), "a condition code is not one";
    OCCURRENCE_CODE = "occurrence-code", 5, Error, Element("I11"), "an occurrence or occurrence span code is not one";
    VALUE_CODE = "value-code", 5, Error, Element("I11"), "a value code is not one";
    DISCHARGE_STATUS = "discharge-status", 5, Error, Element("I11"), "a discharge status is not one";
    ADMISSION_TYPE = "admission-type", 5, Error, Element("I11"), "a priority of admission is not one";
    ADMISSION_SOURCE = "admission-source", 5, Error, Element("I11"), "a point of origin is not one";
    ADJUSTMENT_REASON = "adjustment-reason", 5, Error, Element("I11"), "a claim adjustment reason is not one";
    REMARK_CODE = "remark-code", 5, Error, Element("I11"), "a remittance remark is not one";
    STATUS_CATEGORY = "status-category", 5, Error, Element("I11"), "a claim status category is not one";
    STATUS_CODE = "status-code", 5, Error, Element("I11"), "a claim status is not one";
    PROVIDER_ADJUSTMENT = "provider-adjustment-reason", 5, Error, Element("I11"), "a provider adjustment reason is not one";
    SERVICE_TYPE = "service-type", 5, Error, Element("I11"), "a service type is not one";
    TAXONOMY = "taxonomy", 5, Error, Element("I11"), "a taxonomy code is not one";
    LISTED_CODE_DATE = "listed-code-date", 5, Warning, Element("I11"), "a code of a loaded list is not in use on the day";
    NPI = "npi", 5, Error, Element("7"), "an NPI is not ten digits beginning with 1 or 2, or its check digit is wrong";
    TAX_ID = "tax-id", 5, Error, Element("7"), "a tax identification number is not nine digits";
    MEDICARE_ID = "medicare-id", 5, Warning, Element("7"), "a member identifier of Medicare is no Medicare Beneficiary Identifier";
    STATE = "state-code", 5, Error, Element("7"), "a state or province is not one of the United States or Canada";
    COUNTRY = "country-code", 5, Error, Element("7"), "a country is not one of ISO 3166";
    ZIP_CODE = "zip-code", 5, Error, Element("7"), "a ZIP or postal code has not its shape";
    CURRENCY = "currency", 5, Error, Element("7"), "a currency is not one of ISO 4217";
    LANGUAGE = "language", 5, Error, Element("7"), "a language code has not its shape";
    FUTURE_DATE = "future-date", 5, Warning, No, "a day is later than the day on which the transaction was made";
}
