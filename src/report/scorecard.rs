//! Scorecards in the report: what a scoring form states, beside what its own rules compute.

use super::{Check, Note, Place, Span, Status};
use serde::{Deserialize, Serialize};

/// A scoring form: indicators in groups, each with its weight, target, actual and score.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Scorecard {
    /// Its title; empty where none stands above it.
    pub title: String,
    /// Where the form stands.
    pub span: Span,
    /// The rows, in the order of the form.
    pub indicators: Vec<Indicator>,
    /// The groups that have a weight or a subtotal of their own, outermost first.
    pub groups: Vec<ScoreGroup>,
    /// The sum of the weights: as stated by the form's last row, and as added up.
    pub weight: ScoreValue,
    /// The total score.
    pub total: ScoreValue,
    /// The band that the total falls into (优, 良, 中, 差); none where the form gives no total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<Band>,
    /// Remarks, such as that rows were not understood.
    pub notes: Vec<Note>,
}

impl Scorecard {
    /// The check that holds the printed total against the scores; none where it could not be held against them, as where rows are not read.
    pub fn total_check<'c>(&self, checks: &'c [Check]) -> Option<&'c Check> {
        let total = self.total.stated.as_ref()?;
        checks.iter().find(|check| check.rule == "score-total" && check.result.span == total.span)
    }
}

/// A row of a scoring form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Indicator {
    /// The groups that it belongs to, outermost first (产出指标, 数量指标).
    pub path: Vec<String>,
    /// Its own name.
    pub name: String,
    /// The whole row.
    pub span: Span,
    /// The most that it can score.
    pub weight: Option<Place>,
    /// What was to be reached.
    pub target: Option<Place>,
    /// What was reached.
    pub actual: Option<Place>,
    /// The wording that the score follows from.
    pub rule: Option<Place>,
    /// The score: as printed, and as its rule computes it.
    pub score: ScoreValue,
    /// Whether the target was reached, where both can be compared.
    pub met: Option<bool>,
    /// How the score was looked at.
    pub status: ScoreStatus,
    /// What kind of method its rule is.
    pub method: ScoreMethod,
    /// The arithmetic in the form's own numbers; empty where nothing was computed.
    pub formula: String,
    /// The ids of the checks that this row takes part in.
    pub checks: Vec<usize>,
}

/// A group of indicators with a weight or a subtotal of its own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreGroup {
    /// Its name with those of the groups around it, outermost first.
    pub path: Vec<String>,
    /// Its weight: as printed in its name (预算执行（25分）), and as its rows add up.
    pub weight: ScoreValue,
    /// Its score: as printed in a subtotal, and as its rows add up.
    pub score: ScoreValue,
}

/// A number that is printed, computed, or both.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScoreValue {
    /// As printed.
    pub stated: Option<Place>,
    /// As computed, rounded half-up; none where nothing determines it.
    pub computed: Option<String>,
}

/// How an indicator's score was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScoreStatus {
    /// It follows from its rule.
    Pass,
    /// It follows from its rule within rounding.
    Rounding,
    /// Its own rule gives another score.
    Fail,
    /// The cell is empty, and the rule gives the score.
    Derived,
    /// The form has no score for it.
    Unscored,
    /// Nothing computes it: its method says why.
    #[default]
    Judge,
    /// The row could not be read with certainty.
    Unread,
}

/// What kind of method a rule is, as the regulations name them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ScoreMethod {
    /// The form prints no rule beside the indicator.
    #[default]
    Usual,
    /// 是否评分法: all or nothing.
    Whether,
    /// 分级评分法: tiers.
    Tiers,
    /// 比率分值法: in proportion.
    Ratio,
    /// 缺（错）项扣分法: points off.
    Deduction,
    /// The rule itself asks a person to judge.
    Judge,
    /// The wording of the rule was not understood; nothing was computed from it.
    Unread,
}

impl From<Status> for ScoreStatus {
    fn from(status: Status) -> ScoreStatus {
        match status {
            Status::Pass => ScoreStatus::Pass,
            Status::Rounding => ScoreStatus::Rounding,
            Status::Fail => ScoreStatus::Fail,
        }
    }
}

/// The band of a total.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Band {
    /// Its name (优, 良, 中, 差).
    pub name: String,
    /// Whether the document prints its own bands; else those of 财预〔2020〕10号 are meant.
    pub own: bool,
    /// From which total on 优, 良 and 中 are given; below the last of them stands 差.
    pub floors: Vec<String>,
}
