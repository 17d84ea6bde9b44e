//! The few shapes of arithmetic that reports use, each evaluated over intervals and solved for any of its numbers.

use super::{Expression, FactId};
use crate::facts::Direction;
use crate::numbers::Interval;
use crate::scoring::Method;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How a number follows from others. Percentages are counted in per cent.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// The sum of the first, less the second.
    Sum(Vec<FactId>, Vec<FactId>),
    /// part ÷ whole × 100.
    Share {
        /// The part.
        part: FactId,
        /// The whole.
        whole: FactId,
    },
    /// change ÷ (current ∓ change) × 100: a rate from the change and this year's amount.
    Rate {
        /// By how much it changed.
        change: FactId,
        /// This year's amount.
        current: FactId,
        /// Which way.
        direction: Direction,
    },
    /// (current − prior) ÷ prior × 100, or the other way round for a fall.
    RateFrom {
        /// This year's amount.
        current: FactId,
        /// The amount that it is held against.
        prior: FactId,
        /// Which way.
        direction: Direction,
    },
    /// current − prior, or the other way round for a fall.
    Change {
        /// This year's amount.
        current: FactId,
        /// The amount that it is held against.
        prior: FactId,
        /// Which way.
        direction: Direction,
    },
    /// The same fact, stated elsewhere.
    Equal(FactId),
    /// The product of the factors and a plain number: people × standard × 12 months.
    Product(Vec<FactId>, u32),
    /// The sum of numbers times their standards: 320 people at one and 100 at another.
    Products(Vec<(FactId, FactId)>),
    /// total ÷ count: what came to one.
    Each {
        /// The amount.
        total: FactId,
        /// How many it was for.
        count: FactId,
    },
    /// whole ÷ (part ÷ rate + …) × 100: the rate of a whole from its parts, each with its own rate.
    Weighted {
        /// The whole.
        whole: FactId,
        /// The parts, each with its rate.
        parts: Vec<(FactId, FactId)>,
    },
    /// whole × rate ÷ 100: the part that a rate gives.
    Portion {
        /// The whole.
        whole: FactId,
        /// The rate.
        rate: FactId,
    },
    /// 100 less the other shares of a whole.
    RestOfHundred(Vec<FactId>),
    /// What a printed calculation gives, times a plain number: a hundred where a rate is counted in per cent.
    Printed(Box<Expression>, Decimal),
    /// No more than the whole that it is part of.
    AtMost(FactId),
    /// A score by its rule.
    Scored(Box<Method>),
    /// The sum of scores, and of one that its rule gives where its cell is empty.
    Total(Vec<FactId>, Box<Method>),
}

/// The sums of what a formula adds and of what it takes off.
#[derive(Debug, Clone, Copy)]
pub struct Balance {
    plus: Interval,
    minus: Interval,
}

/// How often one number is added in a formula, and how often it is taken off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stake {
    added: u32,
    taken: u32,
}

impl Stake {
    /// Both together.
    pub fn and(self, other: Stake) -> Stake {
        Stake { added: self.added + other.added, taken: self.taken + other.taken }
    }
}

impl Balance {
    /// The values of a number that make the target, by the value that stands in the balance and its stake.
    pub fn solve(&self, target: Interval, own: Interval, stake: Stake) -> Option<Interval> {
        let others = self.without(own, stake)?;
        if stake.added > 0 {
            target.minus(others.plus)?.plus(others.minus)
        } else {
            others.plus.minus(others.minus)?.minus(target)
        }
    }

    /// What the formula gives.
    pub fn difference(&self) -> Option<Interval> {
        self.plus.minus(self.minus)
    }

    /// The balance with another value for a number.
    pub fn with(&self, own: Interval, other: Interval, stake: Stake) -> Option<Balance> {
        let others = self.without(own, stake)?;
        let add = |sum: Interval, times: u32| (0..times).try_fold(sum, |sum, _| sum.plus(other));
        Some(Balance { plus: add(others.plus, stake.added)?, minus: add(others.minus, stake.taken)? })
    }

    fn without(&self, own: Interval, stake: Stake) -> Option<Balance> {
        let less = |sum: Interval, times: u32| (0..times).try_fold(sum, |sum, _| sum.without(own));
        Some(Balance { plus: less(self.plus, stake.added)?, minus: less(self.minus, stake.taken)? })
    }
}

use Formula::*;

impl Formula {
    /// Whether it gives a rate, whose digits never end where they are printed.
    pub fn is_rate(&self) -> bool {
        match self {
            Share { .. } | Rate { .. } | RateFrom { .. } | Each { .. } | Weighted { .. } => true,
            Printed(expression, _) => expression.divides(),
            _ => false,
        }
    }

    /// Whether it only limits its numbers, so that none of them follows from the others.
    pub fn is_limit(&self) -> bool {
        matches!(self, AtMost(_))
    }

    /// Whether the target is the whole of the others.
    pub fn adds_up(&self) -> bool {
        matches!(self, Sum(..) | RestOfHundred(_) | Total(..))
    }

    /// The facts that it computes from.
    pub fn operands(&self) -> Vec<FactId> {
        match self {
            Sum(plus, minus) => plus.iter().chain(minus).copied().collect(),
            Share { part, whole } => vec![*part, *whole],
            Each { total, count } => vec![*total, *count],
            Weighted { whole, parts } => {
                std::iter::once(*whole).chain(parts.iter().flat_map(|&(part, rate)| [part, rate])).collect()
            }
            Portion { whole, rate } => vec![*whole, *rate],
            Rate { change, current, .. } => vec![*change, *current],
            RateFrom { current, prior, .. } | Change { current, prior, .. } => vec![*current, *prior],
            Equal(other) | AtMost(other) => vec![*other],
            Product(others, _) | RestOfHundred(others) => others.clone(),
            Products(pairs) => pairs.iter().flat_map(|&(number, standard)| [number, standard]).collect(),
            Printed(expression, _) => expression.operands().into_iter().map(|operand| operand.id).collect(),
            Scored(method) => method.operands(),
            Total(scores, method) => scores.iter().copied().chain(method.operands()).collect(),
        }
    }

    /// The values that the target can have. Nothing where a divisor can be zero or the figures are too large to compute with.
    pub fn evaluate(&self, value: &dyn Fn(FactId) -> Interval) -> Option<Interval> {
        match self {
            Sum(plus, minus) => {
                let mut sum = Interval::point(Decimal::ZERO);
                for &id in plus {
                    sum = sum.plus(value(id))?;
                }
                for &id in minus {
                    sum = sum.minus(value(id))?;
                }
                Some(sum)
            }
            Share { part, whole } => hundredfold(value(*part))?.over(value(*whole)),
            Each { total, count } => value(*total).over(value(*count)),
            Weighted { whole, parts } => hundredfold(value(*whole))?.over(planned(parts, None, value)?),
            Portion { whole, rate } => value(*whole).times(value(*rate))?.over(hundred()),
            Rate { change, current, direction } => {
                let change = value(*change).magnitude();
                let prior = match direction {
                    Direction::Up => value(*current).minus(change)?,
                    Direction::Down => value(*current).plus(change)?,
                };
                hundredfold(change)?.over(prior.magnitude())
            }
            RateFrom { current, prior, direction } => {
                let change = difference(value(*current), value(*prior), *direction)?;
                hundredfold(change)?.over(value(*prior).magnitude())
            }
            Change { current, prior, direction } => difference(value(*current), value(*prior), *direction),
            Equal(other) => Some(value(*other)),
            Product(factors, times) => {
                factors.iter().try_fold(Interval::point(Decimal::from(*times)), |product, &id| product.times(value(id)))
            }
            Products(pairs) => products(pairs, None, value),
            RestOfHundred(others) => {
                let mut rest = Interval::point(Decimal::ONE_HUNDRED);
                for &id in others {
                    rest = rest.minus(value(id))?;
                }
                Some(rest)
            }
            AtMost(whole) => Some(Interval { lo: Decimal::MIN / Decimal::TEN, hi: value(*whole).hi }),
            Printed(expression, times) => expression.evaluate(value)?.times(Interval::point(*times)),
            Scored(method) => method.evaluate(value),
            Total(scores, method) => scores.iter().try_fold(method.evaluate(value)?, |sum, &id| sum.plus(value(id))),
        }
    }

    /// The values of the operand `wanted` that make the relation hold for the given target.
    pub fn solve(&self, target: Interval, wanted: FactId, value: &dyn Fn(FactId) -> Interval) -> Option<Interval> {
        let hundred = hundred();
        match self {
            Sum(..) | RestOfHundred(_) => self.balance(value)?.solve(target, value(wanted), self.stake(wanted)?),
            Share { part, whole } if wanted == *part => target.times(value(*whole))?.over(hundred),
            Share { part, .. } => hundredfold(value(*part))?.over(target),
            Weighted { whole, parts } if wanted == *whole => target.times(planned(parts, None, value)?)?.over(hundred),
            Weighted { whole, parts } => {
                let own = hundredfold(value(*whole))?.over(target)?.minus(planned(parts, Some(wanted), value)?)?;
                let &(part, rate) = parts.iter().find(|(part, rate)| [*part, *rate].contains(&wanted))?;
                if wanted == part { own.times(value(rate))?.over(hundred) } else { hundredfold(value(part))?.over(own) }
            }
            Each { total, count } if wanted == *total => target.times(value(*count)),
            Each { total, .. } => value(*total).over(target),
            Portion { whole, rate } => hundredfold(target)?.over(value(if wanted == *whole { *rate } else { *whole })),
            Rate { change, current, direction } => {
                let factor = match direction {
                    Direction::Up => hundred.plus(target)?,
                    Direction::Down => hundred.minus(target)?,
                };
                if wanted == *change {
                    target.times(value(*current))?.over(factor)
                } else {
                    value(*change).magnitude().times(factor)?.over(target)
                }
            }
            RateFrom { current, prior, direction } => {
                let factor = match direction {
                    Direction::Up => hundred.plus(target)?,
                    Direction::Down => hundred.minus(target)?,
                };
                if wanted == *current {
                    value(*prior).times(factor)?.over(hundred)
                } else {
                    hundredfold(value(*current))?.over(factor)
                }
            }
            Change { current, prior, direction } => {
                let signed = if *direction == Direction::Up { target } else { target.negated() };
                if wanted == *current { value(*prior).plus(signed) } else { value(*current).minus(signed) }
            }
            Equal(_) => Some(target),
            Product(factors, times) => {
                let mut others = factors.iter().filter(|&&id| id != wanted);
                target.over(
                    others.try_fold(Interval::point(Decimal::from(*times)), |product, &id| product.times(value(id)))?,
                )
            }
            Products(pairs) => {
                let own = target.minus(products(pairs, Some(wanted), value)?)?;
                let &(number, standard) = pairs.iter().find(|(a, b)| [*a, *b].contains(&wanted))?;
                own.over(value(if wanted == number { standard } else { number }))
            }
            Printed(expression, times) => expression.solve(target.over(Interval::point(*times))?, wanted, value),
            Total(scores, method) if scores.contains(&wanted) => {
                let rest = scores
                    .iter()
                    .filter(|&&id| id != wanted)
                    .try_fold(method.evaluate(value)?, |sum, &id| sum.plus(value(id)))?;
                target.minus(rest)
            }
            AtMost(_) => Some(Interval { lo: target.lo, hi: Decimal::MAX / Decimal::TEN }),
            // The method was chosen by its grounds: with others it would be another.
            Scored(_) | Total(..) => None,
        }
    }

    /// What is added and what is taken off, where the formula only adds and takes off.
    fn addends(&self) -> Option<(&[FactId], &[FactId])> {
        match self {
            Sum(plus, minus) => Some((plus, minus)),
            RestOfHundred(others) => Some((&[], others)),
            _ => None,
        }
    }

    /// The two sides of a formula that only adds and takes off. Made once, it solves for each of many numbers without adding them up again.
    pub fn balance(&self, value: &dyn Fn(FactId) -> Interval) -> Option<Balance> {
        let (plus, minus) = self.addends()?;
        let hundred = if matches!(self, RestOfHundred(_)) { Decimal::ONE_HUNDRED } else { Decimal::ZERO };
        let sum = |ids: &[FactId], from| ids.iter().try_fold(Interval::point(from), |sum, &id| sum.plus(value(id)));
        Some(Balance { plus: sum(plus, hundred)?, minus: sum(minus, Decimal::ZERO)? })
    }

    /// The stakes of all numbers that the formula adds or takes off, in its order; a number that stands in it twice comes twice.
    pub fn stakes(&self) -> impl Iterator<Item = (FactId, Stake)> {
        let (plus, minus) = self.addends().unwrap_or_default();
        let added = plus.iter().map(|&id| (id, Stake { added: 1, taken: 0 }));
        added.chain(minus.iter().map(|&id| (id, Stake { added: 0, taken: 1 })))
    }

    /// How often a number is added and taken off; none where the formula does neither.
    fn stake(&self, wanted: FactId) -> Option<Stake> {
        self.stakes().filter(|(id, _)| *id == wanted).map(|(_, stake)| stake).reduce(Stake::and)
    }

    /// The arithmetic spelled out, each number as `print` gives it.
    pub fn spell<'p>(&self, print: &dyn Fn(FactId) -> Cow<'p, str>) -> String {
        let join = |ids: &[FactId], sign: &str| ids.iter().map(|&id| print(id)).collect::<Vec<_>>().join(sign);
        match self {
            Sum(plus, minus) => {
                // Where every part is blank, or all of it is taken off, the sum begins with nothing.
                let gained = if plus.is_empty() { "0".to_owned() } else { join(plus, " + ") };
                minus.iter().fold(gained, |sum, &id| format!("{sum} − {}", print(id)))
            }
            Weighted { whole, parts } => {
                let plans: Vec<String> =
                    parts.iter().map(|&(part, rate)| format!("{} ÷ {}", print(part), print(rate))).collect();
                format!("{} ÷ ({})", print(*whole), plans.join(" + "))
            }
            Share { part: a, whole: b } | Each { total: a, count: b } => format!("{} ÷ {}", print(*a), print(*b)),
            Portion { whole, rate } => format!("{} × {}", print(*whole), print(*rate)),
            Rate { change, current, direction } => {
                let sign = if *direction == Direction::Up { "−" } else { "+" };
                format!("{} ÷ ({} {sign} {})", print(*change), print(*current), print(*change))
            }
            RateFrom { current, prior, direction: Direction::Up } => {
                format!("({} − {1}) ÷ {1}", print(*current), print(*prior))
            }
            RateFrom { current, prior, direction: Direction::Down } => {
                format!("({1} − {0}) ÷ {1}", print(*current), print(*prior))
            }
            Change { current, prior, direction: Direction::Up } => format!("{} − {}", print(*current), print(*prior)),
            Change { current, prior, direction: Direction::Down } => format!("{} − {}", print(*prior), print(*current)),
            Equal(other) => format!("= {}", print(*other)),
            Product(factors, 1) => join(factors, " × "),
            Product(factors, times) => format!("{} × {times}", join(factors, " × ")),
            Products(pairs) => {
                let products: Vec<String> = pairs
                    .iter()
                    .map(|&(number, standard)| format!("{} × {}", print(number), print(standard)))
                    .collect();
                products.join(" + ")
            }
            RestOfHundred(others) => format!("100% − {}", join(others, " − ")),
            AtMost(whole) => format!("≤ {}", print(*whole)),
            Printed(expression, _) => expression.spell(print),
            Scored(method) => method.spell(print),
            Total(scores, method) => format!("{} + {}", join(scores, " + "), method.spell(print)),
        }
    }
}

/// What numbers at a standard each make together, but for the one that a number belongs to.
fn products(
    pairs: &[(FactId, FactId)],
    without: Option<FactId>,
    value: &dyn Fn(FactId) -> Interval,
) -> Option<Interval> {
    // A standard is set, and not rounded.
    let set = |standard: FactId| Interval::point(value(standard).middle());
    summed(pairs, without, |number, standard| value(number).times(set(standard)))
}

/// What was planned for parts of which the amount and the rate are known, but for the one that a number belongs to.
fn planned(
    parts: &[(FactId, FactId)],
    without: Option<FactId>,
    value: &dyn Fn(FactId) -> Interval,
) -> Option<Interval> {
    summed(parts, without, |part, rate| hundredfold(value(part))?.over(value(rate)))
}

/// What pairs come to together, but for the one that a number belongs to.
fn summed(
    pairs: &[(FactId, FactId)],
    without: Option<FactId>,
    each: impl Fn(FactId, FactId) -> Option<Interval>,
) -> Option<Interval> {
    let mut others = pairs.iter().filter(|(a, b)| without.is_none_or(|id| id != *a && id != *b));
    others.try_fold(Interval::point(Decimal::ZERO), |sum, &(a, b)| sum.plus(each(a, b)?))
}

fn hundred() -> Interval {
    Interval::point(Decimal::ONE_HUNDRED)
}

fn hundredfold(interval: Interval) -> Option<Interval> {
    interval.times(Interval::point(Decimal::ONE_HUNDRED))
}

fn difference(current: Interval, prior: Interval, direction: Direction) -> Option<Interval> {
    match direction {
        Direction::Up => current.minus(prior),
        Direction::Down => prior.minus(current),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A balance made once solves for each number as adding up the others does, also for one that stands in the sum twice.
    #[test]
    fn a_balance_leaves_out_every_place_of_a_number() {
        let value = |id: FactId| Interval::new(Decimal::from(10 * id + 1), Decimal::from(10 * id + 3));
        let formula = Sum(vec![0, 1, 1, 2], vec![3]);
        let target = Interval::point(Decimal::from(100));
        let rest = value(0).plus(value(2)).unwrap().minus(value(3)).unwrap();
        let balance = formula.balance(&value).unwrap();
        let stake = formula.stake(1).unwrap();
        assert_eq!(balance.solve(target, value(1), stake), target.minus(rest));
        // Corrected, it is the balance that the corrected number makes.
        let five = Interval::point(Decimal::from(5));
        let anew = formula.balance(&|id| if id == 1 { five } else { value(id) }).unwrap();
        let solved = balance.with(value(1), five, stake).unwrap().solve(target, five, stake);
        assert_eq!(solved, anew.solve(target, five, stake));
    }

    /// Every formula, solved for each of its numbers, gives back a value that the evaluation accepts.
    #[test]
    fn solving_is_the_inverse_of_evaluating() {
        let values: Vec<Interval> = [3000, 120, 40, 7, 5].iter().map(|&v| Interval::point(Decimal::from(v))).collect();
        let value = |id: FactId| values[id];
        let formulas = [
            Sum(vec![0, 1], vec![2]),
            Share { part: 1, whole: 0 },
            Each { total: 0, count: 3 },
            Weighted { whole: 0, parts: vec![(1, 2), (3, 4)] },
            Rate { change: 2, current: 0, direction: Direction::Up },
            Rate { change: 2, current: 0, direction: Direction::Down },
            RateFrom { current: 0, prior: 1, direction: Direction::Up },
            RateFrom { current: 1, prior: 0, direction: Direction::Down },
            Change { current: 0, prior: 1, direction: Direction::Up },
            Change { current: 1, prior: 0, direction: Direction::Down },
            Equal(3),
            Product(vec![3, 4], 12),
            Portion { whole: 0, rate: 2 },
            RestOfHundred(vec![2, 3]),
        ];
        let tiny = Decimal::new(1, 18);
        for formula in formulas {
            let target = formula.evaluate(&value).unwrap();
            for operand in formula.operands() {
                let solved = formula.solve(target, operand, &value).unwrap();
                assert!(
                    (solved.middle() - values[operand].middle()).abs() < tiny,
                    "{formula:?} for {operand}: {solved:?}"
                );
            }
        }
    }
}
