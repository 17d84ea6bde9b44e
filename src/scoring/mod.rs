//! Scorecards: what a scoring form says, row by row, and the methods that its scores follow from.
//!
//! The forms are those of 财预〔2020〕10号 (项目支出绩效自评) and what provinces made of them: indicators in groups, each with a weight, a
//! target, what was reached, a score, and often the rule that gives it. A row that cannot be read with certainty is [`Indicator::unread`];
//! nothing is concluded from it.

mod align;
pub mod band;
mod funds;
mod goal;
mod grade;
mod group;
mod head;
mod lines;
mod method;
mod narrative;
mod note;
mod reader;
mod row;
mod rubric;
pub mod standard;
mod table;
mod tasks;
mod term;
mod when;
mod wording;

pub use funds::Fund;
pub use goal::{Comparison, Goal, comparison, order};
pub use grade::Grades;
pub use method::Method;
pub use narrative::{Narrative, Statement};
pub use note::Own;
pub use reader::TOTALS;
pub use table::read;
pub use term::{Term, terms};
pub use wording::{Award, Bound, Kept, Line, Norm, NormTier, Part, Rest, Tier, Wording};

use crate::document::Document;
use crate::facts::{FactId, Reading};
use crate::source::{ByteSpan, Source};
use rust_decimal::Decimal;

/// Reads the forms that stand in lines without tabs.
pub fn read_lines(source: &Source, document: &Document, reading: &mut Reading) {
    // The names of levels or of indicators are what every head has.
    let has = |word| source.text().contains(word);
    if has("级指标") || has("指标名称") || has("指标体系") {
        let page = lines::Page::read(source.text());
        lines::read(source, document, &page, reading);
        rubric::read(source, document, &page, reading);
        reading.forms.sort_by_key(|form| form.block);
    }
}

/// A scoring form.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// The table, as an index of [`crate::document::Document::blocks`].
    pub block: usize,
    /// The report that it belongs to, as in [`crate::document::Section::scope`].
    pub scope: usize,
    /// The line above it.
    pub title: String,
    /// The project that it names.
    pub project: String,
    /// Its rows, in order.
    pub indicators: Vec<Indicator>,
    /// The weights printed in the names of groups.
    pub groups: Vec<Group>,
    /// Subtotals and totals.
    pub totals: Vec<Total>,
    /// The rows of money.
    pub funds: Vec<Fund>,
    /// The money of each task of an office, of which the first fund is the sum.
    pub tasks: Vec<Fund>,
    /// Its goals in words.
    pub narrative: Narrative,
    /// The total that its 评价结论 repeats.
    pub conclusion: Option<FactId>,
    /// Whether its rows stand in lines, where the order of the words alone tells which group a row is of.
    pub torn: bool,
    /// What its notes set for it.
    pub own: Own,
}

/// A row with a weight, a score, or a target.
#[derive(Debug, Clone, Default)]
pub struct Indicator {
    /// The groups that it belongs to, outermost first.
    pub path: Vec<String>,
    /// Its name.
    pub name: String,
    /// The row.
    pub span: ByteSpan,
    /// The most that it can score.
    pub weight: Option<FactId>,
    /// The weight once more, behind the name: 预算完成率（10分）.
    pub named_weight: Option<FactId>,
    /// The score.
    pub score: Option<FactId>,
    /// The part of the weight that the score is: 得分系数.
    pub coefficient: Option<FactId>,
    /// The part of the target that was reached: 完成率.
    pub completion: Option<FactId>,
    /// Whether it stands beside the weights: 加分项, 扣分项.
    pub extra: bool,
    /// Whether its score is printed as the points that it takes off.
    pub takes: bool,
    /// Whether each cell stands under its head.
    pub straight: bool,
    /// Whether its rule gives points beside the weight: 每项加1分.
    pub bonus: bool,
    /// Whether the form has a column for the score and the cell is empty.
    pub unscored: bool,
    /// What was to be reached.
    pub target: Option<Goal>,
    /// What was reached.
    pub actual: Option<Goal>,
    /// Why the target was missed, as far as the form says so.
    pub reason: Option<Reason>,
    /// What was reached in each part of a rule in parts, where all of them are stated.
    pub parts: Vec<Goal>,
    /// The text of its rule.
    pub rule: Option<ByteSpan>,
    /// What the text says.
    pub wording: Option<Wording>,
    /// Whether the cells could not be told apart.
    pub unread: bool,
}

/// What a row says of why its target was missed.
#[derive(Debug, Clone)]
pub struct Reason {
    /// Its text without spaces.
    pub text: String,
    /// Where it stands.
    pub span: ByteSpan,
}

/// A group whose name prints its weight: 预算执行（25分）.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its name with those around it, outermost first.
    pub path: Vec<String>,
    /// The printed weight.
    pub weight: FactId,
    /// The same where a page repeats the name.
    pub again: Vec<FactId>,
    /// Its rows, as indices of [`Form::indicators`].
    pub rows: std::ops::Range<usize>,
}

/// A row that adds up others.
#[derive(Debug, Clone)]
pub struct Total {
    /// The indicators above it that it adds up.
    pub rows: std::ops::Range<usize>,
    /// Whether it is the last word: 合计 and not 小计.
    pub grand: bool,
    /// The sum of weights.
    pub weight: Option<FactId>,
    /// The sum of scores.
    pub score: Option<FactId>,
}

impl Form {
    /// The total of the whole form.
    pub fn total(&self) -> Option<&Total> {
        self.totals.iter().rev().find(|total| total.grand)
    }

    /// Whether the weights make the stated whole, or a hundred, with or without the row of money.
    pub fn weights_make(&self, value: &dyn Fn(FactId) -> Decimal) -> bool {
        let weights: Option<Decimal> =
            self.indicators.iter().filter(|row| !row.extra).map(|row| row.weight.map(value)).sum();
        let money = self.funds.iter().find_map(|fund| fund.weight).map_or(Decimal::ZERO, value);
        let whole = self.total().and_then(|total| total.weight).map_or(Decimal::ONE_HUNDRED, value);
        weights.is_some_and(|sum| sum == whole || sum + money == whole)
    }

    /// Whether the form gives scores at all.
    pub fn is_scored(&self) -> bool {
        self.indicators.iter().any(|row| row.score.is_some())
    }
}
