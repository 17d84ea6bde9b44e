//! The scoring methods: each computes a score from numbers that the document prints.
//!
//! Named as the regulations name them: 是否评分法 and 分级评分法 award points, 比率分值法 gives the part that was reached, 缺（错）项扣分法
//! takes points off. No method gives more than the weight or less than nothing (财预〔2020〕10号: 得分最高不能超过该指标分值上限).

use crate::facts::FactId;
use crate::numbers::Interval;
use rust_decimal::{Decimal, RoundingStrategy};
use std::borrow::Cow;

/// How a score follows.
#[derive(Debug, Clone, PartialEq)]
pub enum Method {
    /// 是否评分法, 分级评分法: these points, on these grounds; no points where the condition is missed.
    Award {
        /// The points; none for a score of zero.
        points: Option<FactId>,
        /// What decides.
        grounds: Vec<FactId>,
    },
    /// A rule in parts (半年进度, 前三季度进度): the sum of what each gives. Where a figure leaves open which tier it is in, each of them may be.
    Parts {
        /// For each part the points that it may give; none for no points.
        awards: Vec<Vec<Option<FactId>>>,
        /// What decides.
        grounds: Vec<FactId>,
    },
    /// 比率分值法: the part of the weight that `part` is of `whole`.
    Ratio {
        /// What was reached, or for a limit what was allowed.
        part: FactId,
        /// What was to be reached.
        whole: FactId,
        /// The weight.
        weight: FactId,
    },
    /// Several scores in one.
    Several(Vec<Method>),
    /// A rate in per cent of the weight.
    Rate {
        /// The rate.
        rate: FactId,
        /// The weight.
        weight: FactId,
    },
    /// 满分, 合格 and 零分 with straight lines between: nothing at the zero mark, 60 % of the weight at the pass mark, all at the full one.
    Marks {
        /// The figure.
        actual: FactId,
        /// Where full marks begin.
        full: FactId,
        /// The pass mark.
        pass: FactId,
        /// Up to where nothing is given.
        zero: FactId,
        /// The weight.
        weight: FactId,
    },
    /// What a rate leaves of the weight: （1 − 结余率）× 分值.
    Rest {
        /// The rate.
        rate: FactId,
        /// The weight.
        weight: FactId,
    },
    /// What another method gives, to whole points.
    Whole(Box<Method>),
    /// A part of a rule for which nothing is stated: anything up to its points.
    Open {
        /// The points.
        points: FactId,
    },
    /// What a deviation leaves of the weight: （1 − |执行数 − 预算数| ÷ 预算数）× 分值.
    Deviation {
        /// What was spent.
        executed: FactId,
        /// What was planned.
        budget: FactId,
        /// The weight.
        weight: FactId,
    },
    /// What is left of the weight without some of a number: （1 − 2个 ÷ 10个）× 分值.
    Without {
        /// Those that are left out.
        part: FactId,
        /// All of them.
        whole: FactId,
        /// The weight.
        weight: FactId,
    },
    /// 扣分法: for each step beyond the limit some points less.
    Deduct {
        /// The figure.
        actual: FactId,
        /// Up to where nothing is taken off; none for counted faults.
        limit: Option<FactId>,
        /// The step; none where each one counts.
        step: Option<FactId>,
        /// What each step takes off.
        each: FactId,
        /// The weight.
        weight: FactId,
    },
}

use Method::*;

impl Method {
    /// The facts that it computes from, in the order in which they are spelled out.
    pub fn operands(&self) -> Vec<FactId> {
        match self {
            Award { points, grounds } => grounds.iter().chain(points).copied().collect(),
            Parts { awards, grounds } => grounds.iter().chain(awards.iter().flatten().flatten()).copied().collect(),
            Ratio { part, whole, weight } | Without { part, whole, weight } => vec![*part, *whole, *weight],
            Several(methods) => methods.iter().flat_map(Method::operands).collect(),
            Marks { actual, full, pass, zero, weight } => vec![*actual, *full, *pass, *zero, *weight],
            Rate { rate, weight } | Rest { rate, weight } => vec![*rate, *weight],
            Whole(method) => method.operands(),
            Open { points } => vec![*points],
            Deviation { executed, budget, weight } => vec![*executed, *budget, *weight],
            Deduct { actual, limit, step, each, weight } => {
                [*actual].into_iter().chain(*limit).chain(*step).chain([*each, *weight]).collect()
            }
        }
    }

    /// Whether what is stated leaves open what it gives.
    pub fn is_open(&self) -> bool {
        match self {
            Open { .. } => true,
            Parts { awards, .. } => awards.iter().any(|awards| awards.len() > 1),
            Several(methods) => methods.iter().any(Method::is_open),
            Whole(method) => method.is_open(),
            _ => false,
        }
    }

    /// The scores that it can give. Weights, points and targets are set, not measured: they are exact as printed.
    pub fn evaluate(&self, value: &dyn Fn(FactId) -> Interval) -> Option<Interval> {
        let exact = |id: FactId| value(id).middle();
        let hundred = Interval::point(Decimal::ONE_HUNDRED);
        match self {
            Award { points, .. } => Some(Interval::point(points.map_or(Decimal::ZERO, exact))),
            Parts { awards, .. } => {
                let points = |award: &Option<FactId>| award.map_or(Decimal::ZERO, exact);
                awards.iter().try_fold(Interval::point(Decimal::ZERO), |sum, awards| {
                    let (lo, hi) = (awards.iter().map(points).min()?, awards.iter().map(points).max()?);
                    sum.plus(Interval { lo, hi })
                })
            }
            Ratio { part, whole, weight } => {
                bounded(value(*part).over(Interval::point(exact(*whole)))?, exact(*weight))
            }
            Rate { rate, weight } => bounded(value(*rate).over(hundred)?, exact(*weight)),
            Several(methods) => {
                methods.iter().try_fold(Interval::point(Decimal::ZERO), |sum, method| sum.plus(method.evaluate(value)?))
            }
            Marks { actual, full, pass, zero, weight } => {
                let (actual, weight) = (value(*actual), exact(*weight));
                let marks = [exact(*zero), exact(*pass), exact(*full)];
                let at = |figure: Decimal| between_marks(figure, marks, weight);
                Some(Interval { lo: at(actual.lo)?, hi: at(actual.hi)? })
            }
            Rest { rate, weight } => bounded(hundred.minus(value(*rate).magnitude())?.over(hundred)?, exact(*weight)),
            Without { part, whole, weight } => {
                let left = Interval::point(Decimal::ONE).minus(value(*part).over(Interval::point(exact(*whole)))?)?;
                bounded(left, exact(*weight))
            }
            Whole(method) => {
                let Interval { lo, hi } = method.evaluate(value)?;
                let whole = |value: Decimal| value.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
                Some(Interval { lo: whole(lo), hi: whole(hi) })
            }
            Open { points } => Some(Interval { lo: Decimal::ZERO, hi: exact(*points) }),
            Deviation { executed, budget, weight } => {
                let off = value(*executed).minus(value(*budget))?.magnitude().over(value(*budget))?;
                bounded(Interval::point(Decimal::ONE).minus(off)?, exact(*weight))
            }
            Deduct { actual, limit, step, each, weight } => {
                let beyond = value(*actual).minus(Interval::point(limit.map_or(Decimal::ZERO, exact)))?.magnitude();
                let steps = beyond.over(Interval::point(step.map_or(Decimal::ONE, exact)))?;
                // Whether a begun step counts in part, in full or not at all the rules leave open.
                let steps = Interval { lo: steps.lo.floor(), hi: steps.hi.ceil() };
                let weight = exact(*weight);
                let left = Interval::point(weight).minus(steps.times(Interval::point(exact(*each)))?)?;
                Some(clamp(left, weight))
            }
        }
    }

    /// The arithmetic spelled out.
    pub fn spell<'p>(&self, print: &dyn Fn(FactId) -> Cow<'p, str>) -> String {
        match self {
            Award { points: Some(points), grounds } if grounds.is_empty() => print(*points).into_owned(),
            Award { points, grounds } => {
                let grounds: Vec<Cow<str>> = grounds.iter().map(|&id| print(id)).collect();
                format!("{} → {}", grounds.join("，"), points.map_or("0".into(), print))
            }
            Parts { awards, grounds } => {
                let award = |award: &Option<FactId>| award.map_or("0".into(), print);
                let part = |awards: &Vec<Option<FactId>>| awards.iter().map(award).collect::<Vec<_>>().join(" / ");
                let grounds: Vec<Cow<str>> = grounds.iter().map(|&id| print(id)).collect();
                format!("{} → {}", grounds.join("，"), awards.iter().map(part).collect::<Vec<_>>().join(" + "))
            }
            Ratio { part, whole, weight } => format!("{} ÷ {} × {}", print(*part), print(*whole), print(*weight)),
            Rate { rate, weight } => format!("{} × {}", print(*rate), print(*weight)),
            Several(methods) => methods.iter().map(|method| method.spell(print)).collect::<Vec<_>>().join(" + "),
            Marks { actual, full, pass, zero, weight } => {
                format!("{}：{}、{}、{} → {}", print(*actual), print(*zero), print(*pass), print(*full), print(*weight))
            }
            Rest { rate, weight } => format!("（1 − {}） × {}", print(*rate), print(*weight)),
            Without { part, whole, weight } => {
                format!("（1 − {} ÷ {}） × {}", print(*part), print(*whole), print(*weight))
            }
            Whole(method) => method.spell(print),
            Open { points } => format!("0—{}", print(*points)),
            Deviation { executed, budget, weight } => {
                let budget = print(*budget);
                format!("（1 − |{} − {budget}| ÷ {budget}） × {}", print(*executed), print(*weight))
            }
            Deduct { actual, limit: Some(limit), step, each, weight } => {
                let step = step.map_or("1".into(), print);
                format!("{} − （{} − {}） ÷ {step} × {}", print(*weight), print(*actual), print(*limit), print(*each))
            }
            Deduct { actual, each, weight, .. } => {
                format!("{} − {} × {}", print(*weight), print(*actual), print(*each))
            }
        }
    }
}

/// The points on the lines between the marks of nothing, 60 % and all.
fn between_marks(figure: Decimal, [zero, pass, full]: [Decimal; 3], weight: Decimal) -> Option<Decimal> {
    if zero >= pass || pass >= full {
        return None;
    }
    let (from, to, start, share) = if figure < pass {
        (zero, pass, Decimal::ZERO, Decimal::new(6, 1))
    } else {
        (pass, full, Decimal::new(6, 1), Decimal::new(4, 1))
    };
    let part = start + share * (figure - from).checked_div(to - from)?;
    Some((part * weight).max(Decimal::ZERO).min(weight))
}

/// A part of the weight.
fn bounded(part: Interval, weight: Decimal) -> Option<Interval> {
    Some(clamp(part.times(Interval::point(weight))?, weight))
}

fn clamp(score: Interval, weight: Decimal) -> Interval {
    let within = |value: Decimal| value.max(Decimal::ZERO).min(weight.max(Decimal::ZERO));
    Interval { lo: within(score.lo), hi: within(score.hi) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score(method: &Method, values: &[Decimal]) -> Decimal {
        method.evaluate(&|id| Interval::point(values[id])).unwrap().middle()
    }

    #[test]
    fn computes_as_the_forms_do() {
        let ratio = Ratio { part: 0, whole: 1, weight: 2 };
        let values = |v: &[&str]| v.iter().map(|v| v.parse().unwrap()).collect::<Vec<Decimal>>();
        assert_eq!(score(&ratio, &values(&["555", "700", "9"])).round_dp(2).to_string(), "7.14");
        assert_eq!(score(&ratio, &values(&["880", "700", "9"])), Decimal::from(9));
        let without = Without { part: 0, whole: 1, weight: 2 };
        assert_eq!(score(&without, &values(&["2", "10", "2"])).normalize().to_string(), "1.6");
        assert_eq!(score(&Rest { rate: 0, weight: 1 }, &values(&["10", "8"])).normalize().to_string(), "7.2");
        let deviation = Deviation { executed: 0, budget: 1, weight: 2 };
        assert_eq!(score(&deviation, &values(&["60", "50", "4"])).normalize().to_string(), "3.2");
        assert_eq!(score(&deviation, &values(&["120", "50", "4"])), Decimal::ZERO);
        assert_eq!(score(&Whole(Box::new(ratio.clone())), &values(&["30", "80", "5"])), Decimal::TWO);
        let half = Several(vec![ratio.clone(), Open { points: 3 }]);
        let range = half.evaluate(&|id| Interval::point(values(&["1", "2", "4", "6"])[id])).unwrap();
        assert_eq!((range.lo, range.hi, half.is_open()), (Decimal::TWO, Decimal::from(8), true));
        let deduct = Deduct { actual: 0, limit: Some(1), step: Some(2), each: 3, weight: 4 };
        assert_eq!(score(&deduct, &values(&["6.2", "5", "0.1", "0.1", "5"])).normalize().to_string(), "3.8");
        let marks = Marks { actual: 0, full: 1, pass: 2, zero: 3, weight: 4 };
        for (actual, points) in
            [("95", "10"), ("90", "10"), ("75", "8"), ("60", "6"), ("55", "3"), ("50", "0"), ("20", "0")]
        {
            let given = score(&marks, &values(&[actual, "90", "60", "50", "10"]));
            assert_eq!(given.normalize().to_string(), points, "{actual}");
        }
        assert_eq!(score(&deduct, &values(&["90", "5", "0.1", "0.1", "5"])).normalize().to_string(), "0");
    }

    fn amount() -> impl Strategy<Value = Decimal> {
        (1_i64..1_000_000, 0_u32..3).prop_map(|(n, scale)| Decimal::new(n, scale))
    }

    fn points() -> impl Strategy<Value = Decimal> {
        (0_i64..2_000).prop_map(|n| Decimal::new(n, 2))
    }

    /// The most that a score moves where its figure moves by a step, for the methods that are lines.
    fn is_continuous(method: &Method, values: &[Decimal], slope: Decimal) -> bool {
        let step = Decimal::new(1, 6);
        let moved: Vec<Decimal> = [values[0] + step].iter().chain(&values[1..]).copied().collect();
        (score(method, &moved) - score(method, values)).abs() <= slope * step * Decimal::TWO
    }

    proptest! {
        #[test]
        fn every_method_is_monotone_and_capped(a in amount(), b in amount(), whole in amount(), each in amount(), weight in 1_i64..100) {
            let (low, high) = (a.min(b), a.max(b));
            let weight = Decimal::from(weight);
            let rising = vec![
                Ratio { part: 0, whole: 1, weight: 3 },
                Rate { rate: 0, weight: 3 },
                Marks { actual: 0, full: 4, pass: 5, zero: 6, weight: 3 },
                Whole(Box::new(Ratio { part: 0, whole: 1, weight: 3 })),
            ];
            let falling = vec![
                // A limit: what was allowed over what was reached.
                Ratio { part: 1, whole: 0, weight: 3 },
                Rest { rate: 0, weight: 3 },
                Without { part: 0, whole: 1, weight: 3 },
                Deduct { actual: 0, limit: None, step: None, each: 2, weight: 3 },
                Deduct { actual: 0, limit: Some(1), step: None, each: 2, weight: 3 },
                Deduct { actual: 0, limit: Some(1), step: Some(2), each: 2, weight: 3 },
            ];
            for (methods, rises) in [(rising, true), (falling, false)] {
                for method in methods {
                    // Below its limit a figure loses nothing, which the rule says before it counts.
                    let floor = if matches!(method, Deduct { limit: Some(_), .. }) { whole } else { Decimal::ZERO };
                    let (x, y) = (
                        score(&method, &[low.max(floor), whole, each, weight, whole * Decimal::from(3), whole * Decimal::TWO, whole]),
                        score(&method, &[high.max(floor), whole, each, weight, whole * Decimal::from(3), whole * Decimal::TWO, whole]),
                    );
                    prop_assert!(if rises { x <= y } else { x >= y }, "{method:?}: {x} {y}");
                    prop_assert!(x >= Decimal::ZERO && y >= Decimal::ZERO && x <= weight && y <= weight);
                }
            }
        }

        #[test]
        fn lines_have_no_jumps(actual in amount(), whole in 1_i64..100_000, weight in 1_i64..100) {
            let (whole, weight) = (Decimal::from(whole), Decimal::from(weight));
            let values = [actual, whole, Decimal::ZERO, weight];
            let steepest = weight / whole + weight;
            let marks = Marks { actual: 0, full: 1, pass: 4, zero: 2, weight: 3 };
            let values = values.into_iter().chain([whole / Decimal::TWO]).collect::<Vec<_>>();
            let lines = [Ratio { part: 0, whole: 1, weight: 3 }, Rate { rate: 0, weight: 3 }, Rest { rate: 0, weight: 3 }, marks];
            for method in lines {
                let jumps = !is_continuous(&method, &values, steepest * Decimal::TWO);
                prop_assert!(!jumps, "{:?}", method);
            }
        }

        #[test]
        fn awards_are_as_printed(points in points(), other in points()) {
            let values = [points, other];
            prop_assert_eq!(score(&Award { points: Some(0), grounds: vec![] }, &values), points);
            prop_assert_eq!(score(&Award { points: None, grounds: vec![0] }, &values), Decimal::ZERO);
            let parts = |awards| Parts { awards, grounds: vec![] };
            prop_assert_eq!(score(&parts(vec![vec![Some(0)], vec![Some(1)], vec![None]]), &values), points + other);
            // A figure that leaves the tier open gives every score between.
            let open = parts(vec![vec![Some(0), None], vec![Some(1)]]).evaluate(&|id| Interval::point(values[id])).unwrap();
            prop_assert_eq!((open.lo, open.hi), (other, points + other));
        }

        #[test]
        fn wide_figures_give_wide_scores(actual in amount(), spread in amount(), whole in amount(), weight in 1_i64..100) {
            let weight = Decimal::from(weight);
            let values = |id: usize| match id {
                0 => Interval { lo: actual, hi: actual + spread },
                1 => Interval::point(whole),
                _ => Interval::point(weight),
            };
            for method in [Ratio { part: 0, whole: 1, weight: 3 }, Rate { rate: 0, weight: 3 }, Rest { rate: 0, weight: 3 }] {
                let wide = method.evaluate(&values).unwrap();
                let inside = score(&method, &[actual, whole, whole, weight]);
                // Quotients are rounded in their last digits.
                let [lo, inside, hi] = [wide.lo, inside, wide.hi].map(|value| value.round_dp(20));
                prop_assert!(lo <= inside && inside <= hi, "{:?}", method);
            }
        }
    }
}
