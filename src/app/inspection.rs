//! What is looked at, taken apart: the number, what it was held against, and where each of them stands.

use super::layout::is_number;
use super::state::{Checked, Selection};
use crate::report::{Block, Check, Place, ScoreStatus, Span, Status};

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
    /// The most that an indicator can score.
    Weight,
    /// What an indicator was to reach.
    Target,
    /// What it reached.
    Actual,
    /// The wording that its score follows from.
    Criterion,
}

impl Inspection {
    /// What stands between the formula and the expected value: nothing where the formula says itself what it comes to, and no sign of
    /// equality where it is no arithmetic, as behind words about a number.
    pub fn joint(&self) -> Option<&'static str> {
        let is_arithmetic = self.formula.contains(['+', '−', '-', '×', '÷']);
        // Words that agree with what they were held against lead to nothing else.
        let is_plain = self.status == Some(Status::Pass) && !is_arithmetic;
        if self.expected.is_empty() || is_plain || self.formula.contains(['=', '≤', '≥', '<', '>', '≠']) {
            None
        } else if is_arithmetic {
            Some(" = ")
        } else {
            Some(" → ")
        }
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
            Selection::Indicator(card, row) => {
                let indicator = report.scorecards.get(card)?.indicators.get(row)?;
                let score = &indicator.score;
                let whole = Place { text: indicator.name.clone(), span: indicator.span };
                rows.push(Role::Stated, score.stated.as_ref().unwrap_or(&whole));
                let others = [
                    (Role::Weight, &indicator.weight),
                    (Role::Target, &indicator.target),
                    (Role::Actual, &indicator.actual),
                    (Role::Criterion, &indicator.rule),
                ];
                for (role, place) in others {
                    if let Some(place) = place {
                        rows.push(role, place);
                    }
                }
                Inspection {
                    formula: indicator.formula.clone(),
                    status: match indicator.status {
                        ScoreStatus::Pass => Some(Status::Pass),
                        ScoreStatus::Rounding => Some(Status::Rounding),
                        ScoreStatus::Fail => Some(Status::Fail),
                        _ => None,
                    },
                    stated: score.stated.as_ref().map_or_else(String::new, |place| place.text.clone()),
                    expected: score.computed.clone().unwrap_or_default(),
                    rows: rows.rows,
                }
            }
            Selection::Place(start, end) => {
                let text = checked.offsets.slice(&checked.text, start, end).to_owned();
                rows.push(Role::Stated, &Place { text, span: Span { start, end, ..Span::default() } });
                Inspection {
                    formula: String::new(),
                    status: None,
                    stated: String::new(),
                    expected: String::new(),
                    rows: rows.rows,
                }
            }
            Selection::Total(card) => {
                let card = report.scorecards.get(card)?;
                let whole = Place { text: card.title.clone(), span: card.span };
                let total = card.total.stated.as_ref();
                rows.push(Role::Stated, total.unwrap_or(&whole));
                for score in card.indicators.iter().filter_map(|indicator| indicator.score.stated.as_ref()) {
                    rows.push(Role::Operand, score);
                }
                let check = card.total_check(&report.checks);
                let scores: Vec<&str> = rows.rows[1..].iter().map(|row| row.text.trim()).collect();
                Inspection {
                    formula: check.map_or_else(|| scores.join(" + "), |check| check.formula.clone()),
                    status: check.map(|check| check.status),
                    stated: total.map_or_else(String::new, |place| place.text.clone()),
                    expected: card.total.computed.clone().unwrap_or_default(),
                    rows: rows.rows,
                }
            }
        };
        Some(inspection)
    }
}

/// Whether a printed number and a computed one are the same number, however they are written (8.00 and 8, 12分 and 12).
pub fn is_same_number(stated: &str, computed: &str) -> bool {
    let number = |text: &str| text.trim().trim_end_matches('分').trim().parse::<f64>().ok();
    stated.trim() == computed.trim() || number(stated).is_some_and(|stated| number(computed) == Some(stated))
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
        let blocks = &self.checked.report.document.blocks;
        let block = blocks[blocks.partition_point(|block| block.span.end < place.span.end)..].first();
        let lead = block
            .and_then(|block| name_in_row(self.checked, block, place.span))
            .unwrap_or_else(|| lead(self.checked, block.map_or(0, |block| block.span.start), place.span));
        self.rows.push(Row { role, lead, text: place.text.clone(), span: place.span });
    }
}

/// What a number in a table is called: where it fills its cell, the nearest cell of its row that is no number, before it if there is one;
/// where words stand around it, the words before it.
fn name_in_row(checked: &Checked, table: &Block, span: Span) -> Option<String> {
    let holds = |cell: &Span| cell.start <= span.start && span.end <= cell.end;
    let row = table.rows.iter().find(|row| row.iter().any(holds))?;
    let column = row.iter().position(holds)?;
    let text =
        |cell: &Span| checked.offsets.slice(&checked.text, cell.start, cell.end).split_whitespace().collect::<String>();
    if is_name(&text(&row[column])) {
        return Some(lead(checked, row[column].start, span)).filter(|lead| !lead.is_empty());
    }
    let before = row[..column].iter().rev().map(text).find(|text| is_name(text));
    Some(before.or_else(|| row[column + 1..].iter().map(text).find(|text| is_name(text))).unwrap_or_default())
}

/// Whether a cell names something: it is no number, and does not begin with one (46个) or with a comparison (≥50个).
fn is_name(cell: &str) -> bool {
    let is_value = |ch: char| ch.is_numeric() || "≥≤＞＜＝=><+-−".contains(ch);
    !is_number(cell) && cell.chars().next().is_some_and(|ch| !is_value(ch))
}

/// The words before a number in a sentence, of a block that begins at `start`.
fn lead(checked: &Checked, start: usize, span: Span) -> String {
    let before = checked.offsets.slice(&checked.text, start, span.start);
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
    lead.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::app::offsets::units;
    use crate::app::state::Request;
    use crate::report::{BlockKind, Language, Report};

    /// A text of one table and one sentence, its blocks as the core gives them.
    fn checked() -> Checked {
        let text = "项目\t金额\n收 入\t12.00\n本年支出合计500.00万元，其中：基本支出300.00万元。";
        let span = |part: &str| {
            let start = units(&text[..text.find(part).expect("the part is there")]);
            Span { start, end: start + units(part), line: 1, column: 1 }
        };
        let table = Block {
            kind: BlockKind::Table,
            span: span("项目\t金额\n收 入\t12.00"),
            level: None,
            rows: vec![vec![span("项目"), span("金额")], vec![span("收 入"), span("12.00")]],
        };
        let sentence = Block {
            kind: BlockKind::Paragraph,
            span: span("本年支出合计500.00万元，其中：基本支出300.00万元。"),
            level: None,
            rows: Vec::new(),
        };
        let place = |part: &str| Place { text: part.to_owned(), span: span(part) };
        let mut report = Report::default();
        report.document.blocks = vec![table, sentence];
        report.checks.push(Check {
            id: 1,
            rule: "share".into(),
            status: Status::Fail,
            formula: "300.00万元 ÷ 500.00万元".into(),
            result: place("12.00"),
            operands: vec![place("300.00万元"), place("500.00万元"), place("12.00")],
            stated: "12.00".into(),
            expected: "60%".into(),
        });
        Checked::new(Request { version: 0, language: Language::Zh }, Rc::from(text), report)
    }

    #[test]
    fn numbers_are_named_by_their_row_or_by_the_words_before_them() {
        let inspection = Inspection::new(&checked(), Selection::Check(0)).expect("the check is there");
        let rows: Vec<_> = inspection.rows.iter().map(|row| (row.role, row.lead.as_str())).collect();
        assert_eq!(rows, [(Role::Stated, "收入"), (Role::Operand, "基本支出"), (Role::Operand, "本年支出合计")]);
        assert_eq!(Inspection::new(&checked(), Selection::Finding(0)), None);
    }

    #[test]
    fn a_value_names_no_row() {
        assert!(is_name("新建城市书房") && is_name("（一）产出"));
        assert!(!is_name("46个") && !is_name("≥50个") && !is_name("12.00") && !is_name(""));
    }

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        assert!(is_same_number("8.00 分", "8"));
        assert!(is_same_number("7.14", "7.14"));
        assert!(!is_same_number("7.14", "7.1"));
        assert!(!is_same_number("—", "8"));
    }

    #[test]
    fn a_formula_is_joined_to_its_value_as_it_needs() {
        let joint = |formula: &str| {
            Inspection {
                formula: formula.into(),
                status: None,
                stated: String::new(),
                expected: "1".into(),
                rows: Vec::new(),
            }
            .joint()
        };
        assert_eq!(joint("3 ÷ 5"), Some(" = "));
        assert_eq!(joint("3 + 5 = 8"), None);
        assert_eq!(joint("3 ≤ 5"), None);
        assert_eq!(joint("3.00%"), Some(" → "));
    }
}
