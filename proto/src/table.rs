//! Why a table in a file is not taken.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Currency;

/// Refusals of a table. Of a faulty one nothing is taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TableRefusal")]
pub enum Refusal {
    /// The media type or the file's ending is of no format that is read.
    #[error("files of the type `{kind}` are not read")]
    UnknownFormat {
        /// The media type or ending.
        kind: String,
    },
    /// The content is of another format than was said.
    #[error("the file is said to be {told:?} and is {really:?}")]
    OtherFormat {
        /// What was said.
        told: Format,
        /// What it is.
        really: Format,
    },
    /// The file is protected by a password.
    #[error("the file is protected by a password")]
    Encrypted,
    /// The file is damaged, or no file of this format.
    #[error("the file cannot be read as {told:?}")]
    Broken {
        /// What it should be.
        told: Format,
    },
    /// Unpacked the file would be too large.
    #[error("unpacked, the file is larger than {megabytes} MB")]
    TooLarge {
        /// The limit, in 2^20 bytes.
        megabytes: u64,
    },
    /// The sheets reach too far.
    #[error("the sheets span more than {limit} cells")]
    TooManyCells {
        /// The limit.
        limit: u64,
    },
    /// The table has too many rows.
    #[error("the table has more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// There is no such sheet.
    #[error("the file has no sheet `{sheet}`; it has {sheets:?}")]
    NoSuchSheet {
        /// Which was asked for.
        sheet: String,
        /// Those that there are.
        sheets: Vec<String>,
    },
    /// There is nothing in the table.
    #[error("the table is empty")]
    Empty,
    /// More members than a set can have.
    #[error("a table of coalitions takes up to {limit} members")]
    TooManyMembers {
        /// The limit.
        limit: usize,
    },
    /// The table was read whole, and this is what is wrong with it.
    #[error("the table has {} faults", faults.len() + more)]
    Faulty {
        /// The first of them.
        faults: Vec<Fault>,
        /// How many more there are.
        more: usize,
    },
}

/// Formats in which tables are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TableFormat")]
pub enum Format {
    /// Excel since 2007 (XLSX).
    Workbook,
    /// Excel up to 2003 (XLS).
    OldWorkbook,
    /// `OpenDocument` (ODS).
    OpenDocument,
    /// Text with separators (CSV).
    Text,
}

/// What is wrong in a table. Cells are named as spreadsheet programs do, with the sheet where there are sheets: `Costs!B7`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "TableFault")]
pub enum Fault {
    /// Cells are merged: it cannot be said whose their content is.
    Merged {
        /// Which.
        at: String,
    },
    /// A number should stand there.
    NotANumber {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// A comma or a point that can be read in two ways, or in none.
    Separator {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// An amount has a part below the smallest unit of its currency.
    TooFine {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// A number cell with more digits than spreadsheets keep: the last ones are lost already.
    TooManyDigits {
        /// Where.
        at: String,
    },
    /// A figure below zero.
    Negative {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// A date where a number should stand.
    Date {
        /// Where.
        at: String,
    },
    /// A formula that gave an error.
    Formula {
        /// Where.
        at: String,
        /// The error, such as `#REF!`.
        text: String,
    },
    /// Money of another currency.
    OtherCurrency {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
        /// The currency of the table.
        currency: Currency,
    },
    /// Amounts in thousands, millions or 억원 instead of whole units.
    OtherUnit {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// Something must stand there.
    Blank {
        /// Where.
        at: String,
    },
    /// Something stands beside the columns of the table.
    Beside {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// Someone who is none of the members.
    UnknownMember {
        /// Where.
        at: String,
        /// Who.
        text: String,
    },
    /// No set of members: empty, or one stands twice.
    BadCoalition {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// A mark that says neither that a member is in nor that it is not.
    BadMark {
        /// Where.
        at: String,
        /// What stands there.
        text: String,
    },
    /// A set of members, or a government, stands there a second time.
    Twice {
        /// Where.
        at: String,
        /// Which.
        of: String,
        /// Where it stood first.
        first: String,
    },
    /// A set of members, or a government, is missing.
    Missing {
        /// Which.
        of: String,
    },
}
