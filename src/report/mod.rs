//! The report: what was checked, what failed, and how it could be mended. This is the contract (`gouji-report/1`) of the command line, of
//! the JavaScript door and of the page; it only grows.

mod cards;
mod charts;
mod compose;
mod scorecard;
mod words;

pub use crate::source::{Place, Span};
pub use crate::verdicts::Status;
pub use charts::{Change, Charts, Part, Structure};
pub use compose::{Findings, compose, describe};
pub use scorecard::{Band, Indicator, ScoreGroup, ScoreMethod, ScoreStatus, ScoreValue, Scorecard};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The version of the contract, in every report.
pub const SCHEMA: &str = "gouji-report/1";

/// What the caller wants of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// The language of messages. Figures and formulas are the same in both.
    pub language: Language,
    /// Whether [`DocumentInfo::blocks`] is filled, which a page needs to draw the document.
    pub blocks: bool,
}

/// A language that messages are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, the language of the users.
    #[default]
    Zh,
    /// English.
    En,
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What the document is.
    pub document: DocumentInfo,
    /// The counts.
    pub summary: Summary,
    /// Every relation that was evaluated, in the order of the document.
    pub checks: Vec<Check>,
    /// What a person should look at, in the order of the document; one finding a cause.
    pub findings: Vec<Finding>,
    /// The scoring tables.
    pub scorecards: Vec<Scorecard>,
    /// What of it can be drawn.
    #[serde(default)]
    pub charts: Charts,
}

impl Default for Report {
    fn default() -> Self {
        Report {
            schema: SCHEMA.to_owned(),
            document: DocumentInfo::default(),
            summary: Summary::default(),
            checks: Vec::new(),
            findings: Vec::new(),
            scorecards: Vec::new(),
            charts: Charts::default(),
        }
    }
}

/// What was found out about the document as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// The title, empty where none was recognised.
    pub title: String,
    /// The department or unit that reports, empty where none was recognised.
    pub unit: String,
    /// The year of the accounts.
    pub year: Option<u16>,
    /// How many sections (headings) were recognised.
    pub sections: usize,
    /// How many tables were recognised.
    pub tables: usize,
    /// Remarks about the whole document, such as that it holds no figures.
    pub notes: Vec<Note>,
    /// The layout, in document order, covering every line that is not empty; only where [`Options::blocks`] asks for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
}

/// A remark about the whole document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// A stable name of the remark, in kebab case.
    pub kind: String,
    /// The remark in the chosen language.
    pub message: String,
}

/// One block of the document's layout.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// The depth of a heading, 1 for 第一部分.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The cells of a table, row by row. Empty for any other kind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Span>>,
}

/// The kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph; its span may hold line ends where the source was hard-wrapped.
    Paragraph,
    /// A table.
    Table,
    /// A page number, a running head, a line of a table of contents: shown, not read.
    Furniture,
}

/// The counts of a report.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Relations evaluated.
    pub checks: usize,
    /// Relations that hold to the last digit.
    pub passed: usize,
    /// Relations that hold within rounding (尾差).
    pub rounding: usize,
    /// Relations that cannot hold.
    pub failed: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
}

/// A relation that was evaluated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Its number, counted from 1 in this report.
    pub id: usize,
    /// The id of its rule, in kebab case.
    pub rule: Cow<'static, str>,
    /// The verdict.
    pub status: Status,
    /// The arithmetic in the report's own numbers.
    pub formula: String,
    /// The number that the relation determines.
    pub result: Place,
    /// The numbers that it is computed from.
    pub operands: Vec<Place>,
    /// What is printed.
    pub stated: String,
    /// What the relation gives, rounded half-up to the printed precision.
    pub expected: String,
}

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The id of the rule that speaks, in kebab case.
    pub rule: Cow<'static, str>,
    /// How sure it is.
    pub severity: Severity,
    /// The blamed text, verbatim.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What is printed.
    pub stated: String,
    /// What it should be; empty where no value follows.
    pub expected: String,
    /// A sentence for a person, in the chosen language.
    pub message: String,
    /// The numbers that it was held against.
    pub related: Vec<Place>,
    /// The id of the check behind it.
    pub check: Option<usize>,
    /// A one-step repair, where one explains the slip.
    pub fix: Option<Fix>,
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Arithmetic proves it.
    Error,
    /// Words against numbers, a likely slip.
    Warning,
    /// A tail difference, or something that a person must judge.
    Info,
}

/// A repair of the text in one replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
    /// Why, in the chosen language (digits transposed, a digit dropped, 元 for 万元).
    pub why: String,
}
