//! Arithmetic that a text prints itself: (950÷1000)×100%.

use super::FactId;
use crate::numbers::Interval;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What a text computes with, as it prints it.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// A number.
    Number(Operand),
    /// Terms that are added, or taken off where the mark says so.
    Sum(Vec<(bool, Expression)>),
    /// Factors that are multiplied with, or divided by where the mark says so.
    Product(Vec<(bool, Expression)>),
}

/// A number of a printed calculation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Operand {
    /// The number.
    pub id: FactId,
    /// What its value is divided by to be computed with: a hundred where it is a percentage, its scale where scales are passed over.
    pub per: Decimal,
    /// Whether it is printed without decimals: then it is what the text computes with, and nothing was rounded.
    pub whole: bool,
}

use Expression::*;

impl Expression {
    /// The numbers, in their order.
    pub fn operands(&self) -> Vec<Operand> {
        match self {
            Number(operand) => vec![*operand],
            Sum(terms) | Product(terms) => terms.iter().flat_map(|(_, term)| term.operands()).collect(),
        }
    }

    /// The same with other operands.
    pub fn map(&self, to: &dyn Fn(Operand) -> Operand) -> Expression {
        let all = |terms: &[(bool, Expression)]| terms.iter().map(|(mark, term)| (*mark, term.map(to))).collect();
        match self {
            Number(operand) => Number(to(*operand)),
            Sum(terms) => Sum(all(terms)),
            Product(factors) => Product(all(factors)),
        }
    }

    /// Whether it divides.
    pub fn divides(&self) -> bool {
        match self {
            Number(_) => false,
            Sum(terms) => terms.iter().any(|(_, term)| term.divides()),
            Product(factors) => factors.iter().any(|(divides, factor)| *divides || factor.divides()),
        }
    }

    /// What it gives; nothing where a divisor can be zero.
    pub fn evaluate(&self, value: &dyn Fn(FactId) -> Interval) -> Option<Interval> {
        match self {
            Number(operand) => operand.value(value),
            Sum(terms) => sum(terms.iter(), value),
            Product(factors) => product(factors.iter(), value),
        }
    }

    /// The values of the number `wanted` that make it give the target.
    pub fn solve(&self, target: Interval, wanted: FactId, value: &dyn Fn(FactId) -> Interval) -> Option<Interval> {
        let holds = |(_, term): &&(bool, Expression)| term.operands().iter().any(|operand| operand.id == wanted);
        match self {
            Number(operand) => target.times(Interval::point(operand.per)),
            Sum(terms) => {
                let (off, own) = terms.iter().find(holds)?;
                let rest = sum(terms.iter().filter(|term| !holds(term)), value)?;
                own.solve(if *off { rest.minus(target)? } else { target.minus(rest)? }, wanted, value)
            }
            Product(factors) => {
                let (divides, own) = factors.iter().find(holds)?;
                let rest = product(factors.iter().filter(|factor| !holds(factor)), value)?;
                own.solve(if *divides { rest.over(target)? } else { target.over(rest)? }, wanted, value)
            }
        }
    }

    /// It as a person writes it.
    pub fn spell<'p>(&self, print: &dyn Fn(FactId) -> Cow<'p, str>) -> String {
        let (terms, signs) = match self {
            Number(operand) => return print(operand.id).into_owned(),
            Sum(terms) => (terms, [" + ", " − "]),
            Product(factors) => (factors, [" × ", " ÷ "]),
        };
        let mut spelled = String::new();
        for (at, (mark, term)) in terms.iter().enumerate() {
            if at > 0 {
                spelled.push_str(signs[usize::from(*mark)]);
            }
            let own = term.spell(print);
            spelled.push_str(&if matches!(term, Number(_)) { own } else { format!("({own})") });
        }
        spelled
    }
}

impl Operand {
    fn value(self, value: &dyn Fn(FactId) -> Interval) -> Option<Interval> {
        let printed = value(self.id);
        (if self.whole { Interval::point(printed.middle()) } else { printed }).over(Interval::point(self.per))
    }
}

fn sum<'e>(
    mut terms: impl Iterator<Item = &'e (bool, Expression)>,
    value: &dyn Fn(FactId) -> Interval,
) -> Option<Interval> {
    terms.try_fold(Interval::point(Decimal::ZERO), |sum, (off, term)| {
        let term = term.evaluate(value)?;
        if *off { sum.minus(term) } else { sum.plus(term) }
    })
}

fn product<'e>(
    mut factors: impl Iterator<Item = &'e (bool, Expression)>,
    value: &dyn Fn(FactId) -> Interval,
) -> Option<Interval> {
    factors.try_fold(Interval::point(Decimal::ONE), |product, (divides, factor)| {
        let factor = factor.evaluate(value)?;
        if *divides { product.over(factor) } else { product.times(factor) }
    })
}
