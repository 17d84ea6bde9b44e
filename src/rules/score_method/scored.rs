//! How the score of a row follows from its rule, its target and what was reached.

use crate::facts::Quantity;
use crate::relations::FactId;
use crate::rules::Context;
use crate::scoring::{Award, Comparison, Form, Goal, Indicator, Method, Wording, order};
use rust_decimal::Decimal;

/// How a row's score follows.
pub struct Scored {
    /// The computation.
    pub method: Method,
    /// Whether all that it uses stands in the row or in the form.
    pub own: bool,
    /// Whether the method is only the usual one, which nothing here states.
    pub usual: bool,
}

/// How the score of a row follows; none where its rule is not understood or asks for judgement.
pub fn scored(context: &Context, form: &Form, row: &Indicator) -> Option<Scored> {
    let weight = row.weight?;
    if let Some(rate) = row.coefficient {
        return Some(Scored { method: Method::Rate { rate, weight }, own: false, usual: false });
    }
    let sibling = row.actual.is_none().then(|| sibling(context, row)).flatten();
    let actual = row.actual.as_ref().or(sibling);
    let case = Case { context, form, row, weight, actual, own: sibling.is_none() };
    match &row.wording {
        Some(wording) => case.by_rule(wording),
        // A rule that was not understood is not replaced by another.
        None if row.rule.is_some() => None,
        None => case.usual(),
    }
}

/// A row whose score is looked for.
pub(super) struct Case<'c> {
    pub(super) context: &'c Context<'c>,
    pub(super) form: &'c Form,
    pub(super) row: &'c Indicator,
    pub(super) weight: FactId,
    /// What was reached: by the row itself, or by the same indicator in another form.
    pub(super) actual: Option<&'c Goal>,
    /// Whether that stands in the row.
    own: bool,
}

impl Case<'_> {
    fn by_rule(&self, wording: &Wording) -> Option<Scored> {
        if !self.gives_weight(wording) {
            return None;
        }
        match wording {
            Wording::Split(_) | Wording::Grants(_) | Wording::Whether(_) | Wording::Judged => None,
            Wording::Progress { goals, points } => self.progress(goals, points),
            Wording::Parts(parts) => self.parts(parts),
            Wording::Target { own: Some(own), .. } => self.own_target(*own),
            Wording::Target { proportional, else_zero, .. } => self.target(*proportional, *else_zero),
            Wording::Short { forward, step, each, .. } => self.short(*forward, *step, *each),
            Wording::Absent { none, points, .. } => self.absent(none, *points),
            Wording::Words { words, award, else_zero } => self.words(words, *award, *else_zero),
            Wording::Tiers { tiers, else_zero } => self.tiers(tiers, *else_zero),
            Wording::Rate { rate, cap, .. } => self.rate(rate, *cap),
            Wording::Rest(parts) => self.rest(parts),
            Wording::Quotient { part, whole, less, .. } => self.quotient(part, whole, *less),
            Wording::Kept(parts) => self.kept(parts),
            Wording::Norms(norms) => self.norms(norms),
            Wording::Deduct { limit, step, each, .. } => self.deduct(*limit, *step, *each),
            Wording::Marks { full, pass, zero, lines } => self.marks(*full, *pass, *zero, lines),
        }
    }

    /// Whether the most that a rule gives is the weight. Where it is not, the one or the other is misread, or is for something else.
    fn gives_weight(&self, wording: &Wording) -> bool {
        let value = |id: FactId| self.value(id);
        wording.full(&value).iter().all(|full| full.iter().map(|&id| value(id)).sum::<Decimal>() == value(self.weight))
    }

    pub(super) fn quantity(&self, id: FactId) -> Quantity {
        self.context.fact(id).quantity
    }

    pub(super) fn value(&self, id: FactId) -> Decimal {
        self.quantity(id).value()
    }

    /// A score that follows from what was reached.
    pub(super) fn reached(&self, method: Method) -> Scored {
        Scored { method, own: self.own, usual: false }
    }

    /// One that follows from what the prose states.
    pub(super) fn told(&self, method: Method) -> Scored {
        Scored { method, own: false, usual: false }
    }

    /// What is given on some grounds.
    pub(super) fn award(&self, award: Award, grounds: Vec<FactId>) -> Method {
        let points = match award {
            Award::Full => Some(self.weight),
            Award::Points(points) => Some(points),
            Award::Zero => None,
        };
        Method::Award { points, grounds }
    }

    /// Whether what was reached lies within a bound.
    pub(super) fn fits(&self, comparison: Comparison, bound: FactId) -> Option<bool> {
        fits(self.context, self.actual?, comparison, bound)
    }
}

/// Whether a figure lies within a bound. One that is itself a limit does where its limit is no further.
pub fn fits(context: &Context, actual: &Goal, comparison: Comparison, bound: FactId) -> Option<bool> {
    let order = order(&context.fact(actual.fact?).quantity, &context.fact(bound).quantity)?;
    match actual.comparison {
        None | Some(Comparison::Exactly) => Some(comparison.holds(order)),
        Some(own) if comparison == Comparison::Exactly || own.is_forward() != comparison.is_forward() => None,
        Some(_) => (order.is_eq() || comparison.holds(order)).then_some(true),
    }
}

/// What was reached by the same indicator in another form of the same targets.
pub fn sibling<'c>(context: &'c Context, row: &Indicator) -> Option<&'c Goal> {
    let target = row.target.as_ref()?;
    let mut found = context.rows_named(&row.name).filter(|other| !other.unread).filter_map(|other| {
        let theirs = other.target.as_ref()?;
        let value = |goal: &Goal| goal.fact.map(|id| context.fact(id).quantity.value());
        (value(theirs) == value(target) && (value(target).is_some() || theirs.text == target.text))
            .then_some(other.actual.as_ref()?)
    });
    let first = found.next()?;
    found.all(|other| other.text == first.text).then_some(first)
}
