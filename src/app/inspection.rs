//! What is looked at, taken apart: the number, what it was held against, and where each of them stands.

use super::state::{Checked, Selection};
use crate::report::{Check, Place, Span, Status};

/// How many characters of the document stand before a number in its row at most, to tell which one it is ...
const LEAD: usize = 16;
/// ... and how many say enough, so that it may begin with a clause.
const ENOUGH: usize = 4;

/// The arithmetic behind a finding or a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The formula in the report's own numbers, empty where there is none.
    pub formula: String,
    /// The verdict, where a relation was evaluated.
    pub status: Option<Status>,
    /// What is printed.
    pub stated: String,
    /// What it should be, empty where no value follows.
    pub expected: String,
    /// The numbers involved; the first is the one that is looked at.
    pub rows: Vec<Row>,
}

/// One number of an [`Inspection`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is to the relation.
    pub role: Role,
    /// The words just before it.
    pub lead: String,
    /// The number as printed.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// What a number is to a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The number that is looked at.
    Stated,
    /// The number that the relation determines, where another one is blamed.
    Result,
    /// A number that the result is computed from.
    Operand,
    /// Another number that has to do with it.
    Related,
}

impl Inspection {
    /// Whether the formula says itself what it comes to, as a sum with its total or a bound does.
    pub fn is_complete(&self) -> bool {
        self.formula.contains(['=', '≤', '≥', '<', '>', '≠'])
    }

    /// Takes apart what is selected; nothing where the report does not hold it.
    pub fn new(checked: &Checked, selection: Selection) -> Option<Inspection> {
        let report = &checked.report;
        let mut rows = Rows { checked, rows: Vec::new() };
        let inspection = match selection {
            Selection::Check(index) => {
                let check = report.checks.get(index)?;
                rows.push(Role::Stated, &check.result);
                rows.operands(check);
                Inspection {
                    formula: check.formula.clone(),
                    status: Some(check.status),
                    stated: check.stated.clone(),
                    expected: check.expected.clone(),
                    rows: rows.rows,
                }
            }
            Selection::Finding(index) => {
                let finding = report.findings.get(index)?;
                rows.push(Role::Stated, &Place { text: finding.text.clone(), span: finding.span });
                let check = finding.check.and_then(|id| report.checks.iter().find(|check| check.id == id));
                if let Some(check) = check {
                    rows.push(Role::Result, &check.result);
                    rows.operands(check);
                }
                for place in &finding.related {
                    rows.push(Role::Related, place);
                }
                Inspection {
                    formula: check.map(|check| check.formula.clone()).unwrap_or_default(),
                    status: check.map(|check| check.status),
                    // The formula's own values: the number that is blamed may be one that it is computed from.
                    stated: check.map_or(&finding.stated, |check| &check.stated).clone(),
                    expected: check.map_or(&finding.expected, |check| &check.expected).clone(),
                    rows: rows.rows,
                }
            }
        };
        Some(inspection)
    }
}

struct Rows<'a> {
    checked: &'a Checked,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn operands(&mut self, check: &Check) {
        for place in &check.operands {
            self.push(Role::Operand, place);
        }
    }

    /// A place is listed once, in the first role that it has.
    fn push(&mut self, role: Role, place: &Place) {
        if self.rows.iter().any(|row| (row.span.start, row.span.end) == (place.span.start, place.span.end)) {
            return;
        }
        let Checked { text, offsets, .. } = self.checked;
        let before = &text[..offsets.byte(text, place.span.start)];
        let mut lead = Vec::new();
        for ch in before.chars().rev().take(LEAD * 3) {
            // Words of another sentence or cell would name another number.
            let ends = "。；;\t|｜".contains(ch) || (lead.len() >= ENOUGH && "，,：:（(".contains(ch));
            if ends || lead.len() == LEAD {
                break;
            }
            if !ch.is_whitespace() {
                lead.push(ch);
            }
        }
        lead.reverse();
        self.rows.push(Row { role, lead: lead.into_iter().collect(), text: place.text.clone(), span: place.span });
    }
}
