//! What the figures of a form are called where a sentence speaks of them.

use super::Form;
use crate::facts::FactId;
use rustc_hash::FxHashMap;

/// What a figure of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// 分值.
    Weight,
    /// 指标值.
    Target,
    /// 完成值.
    Actual,
    /// 得分系数.
    Coefficient,
    /// 预算数.
    Budget,
    /// 执行数.
    Executed,
    /// 执行率.
    Rate,
}

/// What each figure that a score may follow from is.
pub fn terms(forms: &[Form]) -> FxHashMap<FactId, Term> {
    let rows = forms.iter().flat_map(|form| &form.indicators).flat_map(|row| {
        let actuals = row.actual.iter().chain(&row.parts).filter_map(|goal| goal.fact);
        let one = [
            (row.weight, Term::Weight),
            (row.target.as_ref().and_then(|goal| goal.fact), Term::Target),
            (row.coefficient, Term::Coefficient),
        ];
        one.into_iter().filter_map(|(id, term)| Some((id?, term))).chain(actuals.map(|id| (id, Term::Actual)))
    });
    let funds = forms.iter().flat_map(|form| &form.funds).flat_map(|fund| {
        let figures = [
            (fund.budget, Term::Budget),
            (fund.executed, Term::Executed),
            (fund.rate, Term::Rate),
            (fund.weight, Term::Weight),
        ];
        figures.into_iter().filter_map(|(id, term)| Some((id?, term)))
    });
    rows.chain(funds).collect()
}
