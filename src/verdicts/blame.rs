//! Blame: of the numbers in failing relations, the one whose correction repairs the most. One cause, one finding.

use super::{Interval, Slip, Values, Verdict, slip};
use crate::facts::Reading;
use crate::relations::{Certainty, FactId, Formula};
use crate::report::Status;
use rust_decimal::{Decimal, RoundingStrategy};
use std::collections::{BTreeMap, BTreeSet};

/// One number that explains failing relations.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The number.
    pub fact: FactId,
    /// The value that it should have, in its base unit; none where only a limit is known.
    pub expected: Option<Decimal>,
    /// The verdict that the finding is told by, as an index.
    pub main: usize,
    /// All failing verdicts that the value repairs, as indices, the main one first.
    pub repaired: Vec<usize>,
    /// The keystroke that explains it.
    pub slip: Option<Slip>,
    /// Whether any of several parts may be wrong or missing: then the finding stands at their whole, and nothing says which part it is.
    pub untold: bool,
}

/// A number that could be the cause, and what its correction would do.
struct Suspect {
    fact: FactId,
    expected: Option<Decimal>,
    repaired: Vec<usize>,
    broken: usize,
    slip: Option<Slip>,
    is_target: bool,
}

impl Suspect {
    /// Repairs less damage counts first, then a slip that explains it, then that a relation determines it.
    fn weight(&self) -> (i64, bool, bool) {
        let gain = self.repaired.len() as i64 - self.broken as i64;
        (gain, self.slip.is_some_and(|s| s != Slip::Digit || self.repaired.len() > 1), self.is_target)
    }
}

/// Finds the causes of all failing verdicts. Conjectures that no keystroke explains are passed over.
pub fn causes(reading: &Reading, verdicts: &[Verdict]) -> Vec<Cause> {
    let values = Values::of(reading);
    let mut uses: BTreeMap<FactId, Vec<usize>> = BTreeMap::new();
    for (index, verdict) in verdicts.iter().enumerate() {
        uses.entry(verdict.relation.target).or_default().push(index);
        for id in verdict.formula.operands() {
            uses.entry(id).or_default().push(index);
        }
    }
    let mut open: BTreeSet<usize> = (0..verdicts.len()).filter(|&i| verdicts[i].status == Status::Fail).collect();
    let mut causes = Vec::new();
    while let Some(&first) = open.first() {
        // Relations that share a number may have one cause: all of them are weighed together.
        let group = connected(first, &open, verdicts, &uses);
        let suspects: BTreeSet<FactId> = group.iter().flat_map(|&i| members(&verdicts[i])).collect();
        let mut suspects: Vec<Suspect> =
            suspects.into_iter().filter_map(|fact| suspect(reading, &values, verdicts, &uses[&fact], &open, fact)).collect();
        suspects.sort_by(|a, b| b.weight().cmp(&a.weight()).then(a.fact.cmp(&b.fact)));
        if suspects.is_empty() {
            open.remove(&first);
            continue;
        }
        let tied = suspects.iter().filter(|s| s.weight() == suspects[0].weight()).count();
        let best = suspects.swap_remove(0);
        if tied > 1 && !best.is_target {
            for index in &best.repaired {
                open.remove(index);
            }
            if best.repaired.iter().any(|&i| verdicts[i].relation.certainty != Certainty::Conjecture) {
                causes.push(untold(verdicts, best.repaired));
            }
            continue;
        }
        for index in &best.repaired {
            open.remove(index);
        }
        let conjectured = best.repaired.iter().all(|&i| verdicts[i].relation.certainty == Certainty::Conjecture);
        if conjectured && !(best.slip.is_some() && best.broken == 0 && is_long(reading, best.fact)) {
            continue;
        }
        // The finding is told by the surest relation, and among those by one that determines the number.
        let main = *best
            .repaired
            .iter()
            .max_by_key(|&&i| (verdicts[i].relation.certainty, verdicts[i].relation.target == best.fact, std::cmp::Reverse(i)))
            .unwrap_or(&first);
        let mut repaired = best.repaired;
        repaired.sort_by_key(|&i| (i != main, i));
        causes.push(Cause { fact: best.fact, expected: best.expected, main, repaired, slip: best.slip, untold: false });
    }
    causes.sort_by_key(|cause| reading.facts[cause.fact].span);
    causes
}

/// Several parts explain the failure alike: the whole that is nearest to them is told, with what its parts make.
fn untold(verdicts: &[Verdict], mut repaired: Vec<usize>) -> Cause {
    repaired.sort_by_key(|&i| (verdicts[i].formula.operands().len(), i));
    let main = repaired[0];
    Cause { fact: verdicts[main].relation.target, expected: Some(verdicts[main].computed), main, repaired, slip: None, untold: true }
}

/// A figure of five digits or more does not come within a keystroke of another by chance.
fn is_long(reading: &Reading, fact: FactId) -> bool {
    reading.facts[fact].quantity.figure.mantissa().unsigned_abs() >= 10_000
}

fn members(verdict: &Verdict) -> Vec<FactId> {
    let mut members = verdict.formula.operands();
    members.push(verdict.relation.target);
    members
}

/// The open relations that hang together with `first` by shared numbers.
fn connected(first: usize, open: &BTreeSet<usize>, verdicts: &[Verdict], uses: &BTreeMap<FactId, Vec<usize>>) -> BTreeSet<usize> {
    let mut group = BTreeSet::from([first]);
    let mut queue = vec![first];
    while let Some(index) = queue.pop() {
        for fact in members(&verdicts[index]) {
            for &other in uses[&fact].iter().filter(|i| open.contains(i)) {
                if group.insert(other) {
                    queue.push(other);
                }
            }
        }
    }
    group
}

/// The best value of one number, and what it repairs and breaks.
fn suspect(
    reading: &Reading,
    values: &Values,
    verdicts: &[Verdict],
    uses: &[usize],
    open: &BTreeSet<usize>,
    fact: FactId,
) -> Option<Suspect> {
    let wanted: Vec<(usize, Interval)> = uses.iter().filter_map(|&i| Some((i, needed(values, &verdicts[i], fact)?))).collect();
    let failing = || uses.iter().copied().filter(|i| open.contains(i));
    let is_target = failing().any(|i| verdicts[i].relation.target == fact);
    let own = |i: usize| wanted.iter().find(|(index, _)| *index == i).map(|(_, interval)| *interval);
    // The value that most relations agree on.
    let mut best: Option<(Interval, Vec<usize>, usize)> = None;
    for seed in failing() {
        let Some(mut common) = own(seed) else { continue };
        let mut repaired = vec![seed];
        let mut agreeing = 1;
        // Narrow relations first, so that a loose one does not pull the value its way.
        let mut others: Vec<&(usize, Interval)> = wanted.iter().filter(|(i, _)| *i != seed).collect();
        others.sort_by_key(|(_, interval)| interval.hi.checked_sub(interval.lo).unwrap_or(Decimal::MAX));
        for (index, interval) in others {
            if let Some(meet) = common.meet(*interval) {
                common = meet;
                agreeing += 1;
                if open.contains(index) {
                    repaired.push(*index);
                }
            }
        }
        if best.as_ref().is_none_or(|(_, known, agreed)| (repaired.len(), agreeing) > (known.len(), *agreed)) {
            best = Some((common, repaired, agreeing));
        }
    }
    let Some((common, repaired, _)) = best else {
        // Only limits fail at it: a part above its whole.
        let limited: Vec<usize> = failing().filter(|&i| matches!(verdicts[i].formula, Formula::AtMost(_))).collect();
        let suspect = Suspect { fact, expected: None, repaired: limited, broken: 0, slip: None, is_target };
        return (is_target && !suspect.repaired.is_empty()).then_some(suspect);
    };
    let broken = wanted
        .iter()
        .filter(|(i, interval)| verdicts[*i].status != Status::Fail && common.meet(*interval).is_none())
        .count();
    let quantity = reading.facts[fact].quantity;
    let expected = printable(common, quantity.scale, quantity.decimals, &repaired, verdicts, fact);
    let figure = expected / quantity.scale;
    let decimals = quantity.decimals.max(figure.normalize().scale().min(4));
    let slip = slip(quantity.figure, figure, decimals);
    Some(Suspect { fact, expected: Some(expected), repaired, broken, slip, is_target })
}

/// The values of a number that one relation asks for.
fn needed(values: &Values, verdict: &Verdict, fact: FactId) -> Option<Interval> {
    let close = |id: FactId| values.close(id);
    if verdict.relation.target == fact {
        return if matches!(verdict.formula, Formula::AtMost(_)) { None } else { verdict.formula.evaluate(&close) };
    }
    verdict.formula.solve(close(verdict.relation.target), fact, &close)
}

/// The value of the interval that a person would print: what a relation that determines the number gives, else the middle, to the printed
/// decimals where they can tell it, else to more.
fn printable(common: Interval, scale: Decimal, decimals: u32, repaired: &[usize], verdicts: &[Verdict], fact: FactId) -> Decimal {
    let determined = repaired.iter().map(|&i| &verdicts[i]).find(|v| v.relation.target == fact).map(|v| v.computed);
    let same = repaired.iter().map(|&i| &verdicts[i]).find(|v| matches!(v.formula, Formula::Equal(_)) && v.relation.target == fact).map(|v| v.computed);
    let middle = common.middle();
    let preferred = same.or(determined).unwrap_or(middle);
    for decimals in decimals..=decimals + 2 {
        for value in [preferred, middle] {
            let rounded = (value / scale).round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero) * scale;
            if common.contains(rounded) || (decimals > 1 && value == preferred && determined.is_some()) {
                return rounded;
            }
        }
    }
    preferred
}
