//! Verdicts: whether a relation holds, and which number is to blame where it does not.

mod blame;
mod repeat;

pub use blame::Cause;

use crate::facts::{Fact, Quantity, Reading, Unit};
use crate::numbers::{Interval, Scale, slip};
use crate::relations::{Certainty, FactId, Formula, Relation};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// The verdict on a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It holds to the last digit.
    Pass,
    /// It holds within the rounding of the printed numbers (尾差).
    Rounding,
    /// It cannot hold.
    Fail,
}

/// A relation with its verdict.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The id of the rule that found the relation.
    pub rule: &'static str,
    /// The number that it determines.
    pub target: FactId,
    /// How sure it is that it must hold.
    pub certainty: Certainty,
    /// The reading that decided: the first that holds, else the likeliest. The others are gone.
    pub formula: Formula,
    /// Whether it holds.
    pub status: Status,
    /// Whether it fails even where figures printed with few decimals stand for a wide interval.
    pub proved: bool,
    /// Whether it holds if the digits behind the printed ones were cut off instead of rounded; only asked of rates.
    pub cut: bool,
    /// What the printed numbers give, in the target's base unit.
    pub computed: Decimal,
}

/// The values of a reading's numbers, as exact as they may be taken.
pub struct Values<'r> {
    reading: &'r Reading,
    /// The decimals that amounts in 万元 are usually printed with here. One printed with fewer has left out zeros (150万元 for 150.00万元).
    usual: u32,
    /// The same of rates.
    usual_rate: u32,
}

impl<'r> Values<'r> {
    /// Looks at how the document prints its amounts.
    pub fn of(reading: &'r Reading) -> Self {
        let amounts: Vec<u32> = reading
            .facts
            .iter()
            .filter(|f| in_ten_thousands(f) && !f.quantity.figure.is_zero())
            .map(|f| f.quantity.decimals)
            .collect();
        let rates = reading
            .facts
            .iter()
            .map(|f| f.quantity)
            .filter(|q| q.unit == Unit::Percent && !q.loose && !q.figure.fract().is_zero());
        let rates: Vec<u32> = rates.map(|q| q.decimals).collect();
        Values { reading, usual: usual(&amounts), usual_rate: usual(&rates) }
    }

    /// Every value that rounds to what is printed.
    pub fn wide(&self, id: usize) -> Interval {
        self.reading.facts[id].quantity.interval()
    }

    /// The same, with the zeros that this document leaves out.
    pub fn close(&self, id: usize) -> Interval {
        let fact = &self.reading.facts[id];
        let whole = matches!(fact.quantity.unit, Unit::Percent) && fact.quantity.figure == Decimal::ONE_HUNDRED;
        if whole {
            // 100% beside rates of two decimals is said of what was done in full, not of 99.81%.
            return fact.quantity.interval_at(fact.quantity.decimals.max(self.usual_rate));
        }
        if in_ten_thousands(fact) {
            fact.quantity.interval_at(fact.quantity.decimals.max(self.usual))
        } else {
            fact.quantity.interval()
        }
    }

    /// Whether a rate printed without decimals stands in a document whose other rates have them.
    pub fn prints_decimals(&self, id: usize) -> bool {
        self.usual_rate > self.reading.facts[id].quantity.decimals
    }

    /// The printed number as it stands.
    pub fn printed(&self, id: usize) -> Interval {
        Interval::point(self.reading.facts[id].quantity.value())
    }
}

/// Two decimals where most numbers have them, else what is printed.
fn usual(decimals: &[u32]) -> u32 {
    let with_two = decimals.iter().filter(|&&d| d >= 2).count();
    if with_two * 2 > decimals.len() { 2 } else { 0 }
}

fn in_ten_thousands(fact: &Fact) -> bool {
    fact.quantity.unit == Unit::Money && fact.quantity.scale == Scale::TEN_THOUSAND
}

/// Finds the causes of all failing verdicts, in document order.
pub fn causes(reading: &Reading, verdicts: &[Verdict]) -> Vec<Cause> {
    repeat::join(reading, verdicts, blame::causes(reading, verdicts))
}

/// How many rates that only cutting explains make it a document's way.
const CUT_BY_HABIT: usize = 3;

/// Whether a document cuts its rates off throughout: several hold only so, and none only by rounding.
pub fn cuts_off(reading: &Reading, verdicts: &[Verdict]) -> bool {
    let rates = || verdicts.iter().filter(|v| v.formula.is_rate());
    let rounds_up = |v: &Verdict| v.computed.abs() < reading.facts[v.target].quantity.value().abs();
    rates().filter(|v| v.status == Status::Fail && v.cut).count() >= CUT_BY_HABIT
        && !rates().any(|v| v.status == Status::Pass && rounds_up(v))
}

/// Judges the relations. One that nothing can be computed for is left out.
pub fn judge(reading: &Reading, relations: Vec<Relation>) -> Vec<Verdict> {
    let values = Values::of(reading);
    let mut verdicts = Vec::with_capacity(relations.len());
    // What a garbled figure seems to be can bear a relation out, and not refute it.
    let is_garbled = |id: usize| reading.facts[id].quantity.garbled;
    let tells = |verdict: &Verdict| {
        verdict.status != Status::Fail
            || !(is_garbled(verdict.target) || verdict.formula.operands().into_iter().any(is_garbled))
    };
    verdicts.extend(relations.into_iter().filter_map(|relation| verdict(reading, &values, relation)).filter(tells));
    verdicts
}

fn verdict(reading: &Reading, values: &Values, relation: Relation) -> Option<Verdict> {
    if let Some(verdict) = nothing_of_nothing(reading, &relation) {
        return Some(verdict);
    }
    let close = |id: usize| values.close(id);
    let wide = |id: usize| values.wide(id);
    let holds = |formula: &Formula, value: &dyn Fn(usize) -> Interval| {
        formula.evaluate(value).map(|computed| computed.meet(value(relation.target)).is_some())
    };
    let holding = relation.readings.iter().position(|f| holds(f, &close) == Some(true));
    let decisive = holding.or_else(|| mistyped(reading, values, &relation)).unwrap_or(0);
    let formula = relation.readings.get(decisive)?;
    let holds_closely = holding.is_some() || holds(formula, &close)?;
    let proved = !holds_closely && relation.readings.iter().all(|f| holds(f, &wide) == Some(false));
    let printed = |id: usize| values.printed(id);
    let computed = match formula {
        Formula::AtMost(whole) => printed(*whole).middle(),
        formula => formula.evaluate(&printed)?.middle(),
    };
    let quantity = reading.facts[relation.target].quantity;
    let status = if !holds_closely {
        Status::Fail
    } else if matches!(formula, Formula::AtMost(_))
        || agrees(computed, quantity.value(), quantity.scale, quantity.decimals)
    {
        Status::Pass
    } else {
        Status::Rounding
    };
    let cut = status == Status::Fail && relation.readings.iter().any(|f| holds_when_cut(f, &quantity, &close));
    let Relation { rule, target, certainty, mut readings } = relation;
    Some(Verdict { rule, target, certainty, formula: readings.swap_remove(decisive), status, proved, cut, computed })
}

/// A conjecture is told where one keystroke explains it: the reading that it explains is the one that was meant. The number must be so long
/// that none of several readings comes within a keystroke of it by chance.
fn mistyped(reading: &Reading, values: &Values, relation: &Relation) -> Option<usize> {
    const TELLING: u128 = 100_000;
    let quantity = reading.facts[relation.target].quantity;
    let long = quantity.figure.mantissa().unsigned_abs() >= TELLING;
    if relation.certainty != Certainty::Conjecture || relation.readings.len() < 2 || !long {
        return None;
    }
    let printed = |id: usize| values.printed(id);
    relation.readings.iter().position(|formula| {
        let computed = formula.evaluate(&printed).map(|computed| computed.middle() / quantity.scale);
        computed.is_some_and(|figure| slip(quantity.figure, figure, quantity.decimals).is_some())
    })
}

/// Whether a rate is what is printed with the digits behind it cut off.
fn holds_when_cut(formula: &Formula, printed: &Quantity, value: &dyn Fn(usize) -> Interval) -> bool {
    let digit = Decimal::new(1, printed.decimals) * printed.scale;
    let shown = printed.value().abs();
    formula.is_rate()
        && formula
            .evaluate(value)
            .is_some_and(|computed| computed.magnitude().meet(Interval::new(shown, shown + digit)).is_some())
}

/// Zero of zero has no rate: by convention 0% or 100% is printed, and anything else is wrong.
fn nothing_of_nothing(reading: &Reading, relation: &Relation) -> Option<Verdict> {
    let formula = relation.readings.first()?;
    let Formula::Share { part, whole } = formula else { return None };
    let is_zero = |id: usize| reading.facts[id].quantity.figure.is_zero();
    if !is_zero(*part) || !is_zero(*whole) {
        return None;
    }
    let stated = reading.facts[relation.target].quantity.figure;
    let status = if stated.is_zero() || stated == Decimal::ONE_HUNDRED { Status::Pass } else { Status::Fail };
    Some(Verdict {
        rule: relation.rule,
        target: relation.target,
        certainty: relation.certainty,
        formula: formula.clone(),
        status,
        proved: false,
        cut: false,
        computed: Decimal::ZERO,
    })
}

/// Whether a computed value is printed as stated, half up or half even.
fn agrees(computed: Decimal, stated: Decimal, scale: Scale, decimals: u32) -> bool {
    let (computed, stated) = (computed / scale, stated / scale);
    [RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven]
        .iter()
        .any(|&strategy| computed.round_dp_with_strategy(decimals, strategy) == stated)
}
