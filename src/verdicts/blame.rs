//! Blame: of the numbers in failing relations, the one whose correction repairs the most. One cause, one finding.

use super::{Status, Values, Verdict};
use crate::facts::{Quantity, Reading, Unit};
use crate::numbers::{Interval, Scale, Slip, slip, telling_digits};
use crate::relations::{Balance, Certainty, FactId, Formula, Stake};
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;
use std::cell::{OnceCell, RefCell};
use std::cmp::Reverse;
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
    /// Other numbers whose correction would do as well, with the values that they should have then.
    pub rivals: Vec<(FactId, Decimal)>,
}

/// A number that could be the cause, and what its correction would do.
struct Suspect {
    fact: FactId,
    expected: Option<Decimal>,
    repaired: Vec<usize>,
    broken: usize,
    slip: Option<Slip>,
    /// Whether the report prints its right value in another place.
    is_printed: bool,
    /// Whether its unit is not the one that the document prints its amounts in.
    is_odd_unit: bool,
    /// Whether its value has another sign than what is printed.
    turns_sign: bool,
    is_target: bool,
}

impl Suspect {
    /// Repairs less damage counts first, then a slip that explains it, then that a relation determines it.
    fn weight(&self) -> (i64, Explained, bool) {
        let gain = self.repaired.len() as i64 - self.broken as i64;
        let explained = match self.slip {
            Some(Slip::Unit) if self.is_odd_unit => Explained::ByOddUnit,
            Some(Slip::Unit) => Explained::ByUnit,
            Some(_) if self.is_printed => Explained::ByPrint,
            Some(Slip::Digit) if self.repaired.len() == 1 => Explained::Not,
            Some(_) => Explained::ByKeystroke,
            None if self.turns_sign => Explained::Absurd,
            None => Explained::Not,
        };
        (gain, explained, self.is_target)
    }
}

/// How well a slip explains what is printed: any gap may be a keystroke wide, but hardly any is just ten thousandfold.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Explained {
    /// Nobody writes an amount for one of the other sign.
    Absurd,
    Not,
    ByKeystroke,
    /// It is a keystroke away from what the report prints elsewhere.
    ByPrint,
    ByUnit,
    /// The unit that it should have is the one that the document prints its amounts in.
    ByOddUnit,
}

/// How the cause of a failing relation is told.
enum Telling {
    /// Not at all: what was only conjectured may hold by another number, or not be meant.
    Not,
    /// At the whole, where nothing says which of its parts it is.
    AtWhole,
    /// At the number.
    Alone,
    /// At the number, with others that would do as well and their right values.
    Beside(Vec<(FactId, Decimal)>),
}

/// Finds the causes of all failing verdicts. Conjectures that no keystroke explains are passed over.
pub fn causes(reading: &Reading, verdicts: &[Verdict]) -> Vec<Cause> {
    let mut inquest = Inquest::new(reading, verdicts);
    let mut causes = Vec::new();
    // One number of a failing relation is wrong, so the numbers of any one failing relation hold its cause.
    while let Some(&first) = inquest.open.first() {
        causes.extend(inquest.cause(first));
        inquest.open.remove(&first);
    }
    causes.sort_by_key(|cause: &Cause| reading.facts[cause.fact].span);
    causes
}

/// The failing relations that are still without a cause, and the numbers that were found wrong.
struct Inquest<'v> {
    reading: &'v Reading,
    values: Values<'v>,
    verdicts: &'v [Verdict],
    /// The relations that each number stands in, in order.
    uses: Vec<Vec<Use>>,
    /// The failing relations without a cause.
    open: BTreeSet<usize>,
    /// The failing relations that hold with the numbers corrected so far.
    settled: BTreeSet<usize>,
    /// The right values of the numbers that were found wrong.
    corrected: FxHashMap<FactId, Interval>,
    /// The balances of relations, by the values so far.
    balances: RefCell<FxHashMap<usize, Option<Balance>>>,
    /// What repeats a form's total behind it, which bears the total out as little as any copy does.
    copies: BTreeSet<FactId>,
    /// The units that amounts are printed in.
    units: Units,
    /// The places of each figure with digits enough to tell it from others, looked for where something fails.
    prints: OnceCell<FxHashMap<Unit, BTreeMap<Decimal, Vec<FactId>>>>,
}

/// A relation that a number stands in.
#[derive(Debug, Clone, Copy)]
struct Use {
    /// Which verdict.
    verdict: usize,
    /// How often the relation adds it and takes it off, where it does nothing else.
    stake: Stake,
}

/// What a relation asks of a number.
struct Wanted {
    /// Which verdict.
    verdict: usize,
    /// The values with which it holds.
    value: Interval,
    /// Whether it fails and has no cause yet.
    open: bool,
}

/// How many tied numbers are told one by one.
const MOST_RIVALS: usize = 3;

/// How many failing relations of one number are tried as the one that tells its value: a number in more of them is told by any.
const MOST_SEEDS: usize = 8;

/// How many relations speak for or against a number: of one that stands in more (the total that every row of a long table is held against)
/// those around the failing one do.
const MOST_USES: usize = 64;

/// How many digits a figure has at least that is told from others: hardly another is printed like it by chance.
const TELLING: usize = 4;

/// How many printed values within what is asked for are looked at: a rate leaves an amount a wide range.
const MOST_PRINTS: usize = 64;

/// Among more numbers than these there is always one that a keystroke makes fit, so that a conjecture about them says nothing.
const MOST_CONJECTURED: usize = 30;

impl<'v> Inquest<'v> {
    fn new(reading: &'v Reading, verdicts: &'v [Verdict]) -> Self {
        let mut uses: Vec<Vec<Use>> = vec![Vec::new(); reading.facts.len()];
        for (index, verdict) in verdicts.iter().enumerate() {
            let mut stakes = verdict.formula.stakes();
            for id in members(verdict) {
                let stake = stakes.next().map(|(_, stake)| stake).unwrap_or_default();
                match uses[id].last_mut().filter(|last| last.verdict == index) {
                    Some(last) => last.stake = last.stake.and(stake),
                    None => uses[id].push(Use { verdict: index, stake }),
                }
            }
        }
        let open = (0..verdicts.len()).filter(|&i| verdicts[i].status == Status::Fail).collect();
        Inquest {
            reading,
            values: Values::of(reading),
            verdicts,
            uses,
            open,
            settled: BTreeSet::new(),
            corrected: FxHashMap::default(),
            balances: RefCell::default(),
            copies: reading.forms.iter().filter_map(|form| form.conclusion).collect(),
            units: Units::of(reading),
            prints: OnceCell::new(),
        }
    }

    /// The relations of a number that count for a failing one.
    fn uses(&self, fact: FactId, failing: usize) -> &[Use] {
        let uses = &self.uses[fact];
        let at = uses.partition_point(|one| one.verdict < failing);
        let start = at.saturating_sub(MOST_USES / 2).min(uses.len().saturating_sub(MOST_USES));
        &uses[start..uses.len().min(start + MOST_USES)]
    }

    /// Takes another value for a number from here on.
    fn correct(&mut self, fact: FactId, value: Interval) {
        let own = self.value(fact);
        for one in &self.uses[fact] {
            if let Some(balance) = self.balances.get_mut().get_mut(&one.verdict) {
                *balance = balance.and_then(|balance| balance.with(own, value, one.stake));
            }
        }
        self.corrected.insert(fact, value);
    }

    fn value(&self, id: FactId) -> Interval {
        self.corrected.get(&id).copied().unwrap_or_else(|| self.values.close(id))
    }

    /// The cause of one failing relation, with everything that its correction repairs.
    fn cause(&mut self, first: usize) -> Option<Cause> {
        let mut suspects = self.suspects(first);
        let tied = suspects.iter().filter(|s| s.weight() == suspects[0].weight()).count();
        let adds_up = suspects.first()?.repaired.iter().any(|&i| self.verdicts[i].formula.adds_up());
        // Of a quotient's two numbers neither is likelier: what follows from them is told.
        let at = if tied > 1 && !adds_up { suspects.iter().position(|s| s.is_target).unwrap_or(0) } else { 0 };
        let undecided = tied > 1 && adds_up && !suspects[at].is_target;
        let telling = self.telling(&suspects, at, undecided.then_some(tied));
        let best = suspects.swap_remove(at);
        for index in &best.repaired {
            self.open.remove(index);
        }
        match telling {
            // The limit that was asked for is sure, even where another relation of the number was not.
            Telling::Not => self.limit(first),
            Telling::AtWhole => Some(self.untold(best.repaired)),
            Telling::Alone => Some(self.told(best, None, first)),
            Telling::Beside(rivals) => Some(self.told(best, Some(rivals), first)),
        }
    }

    /// What is told of a limit that fails for itself.
    fn limit(&mut self, first: usize) -> Option<Cause> {
        if !self.open.contains(&first) {
            return None;
        }
        let suspect = self.beyond_limits(self.verdicts[first].target, first)?;
        for index in &suspect.repaired {
            self.open.remove(index);
        }
        suspect.repaired.contains(&first).then(|| self.told(suspect, None, first))
    }

    /// The numbers that could be the cause of one failing relation, the likeliest first.
    fn suspects(&self, first: usize) -> Vec<Suspect> {
        let members: BTreeSet<FactId> = members(&self.verdicts[first]).into_iter().collect();
        if self.verdicts[first].certainty == Certainty::Conjecture && members.len() > MOST_CONJECTURED {
            return Vec::new();
        }
        let mut suspects: Vec<Suspect> = members
            .into_iter()
            .filter(|fact| !self.corrected.contains_key(fact))
            .filter_map(|fact| self.suspect(fact, first))
            .collect();
        // A number whose right value leaves this relation failing is the cause of others.
        if suspects.iter().any(|suspect| suspect.repaired.contains(&first)) {
            suspects.retain(|suspect| suspect.repaired.contains(&first));
        }
        let by_keystroke = |suspect: &Suspect| Reverse(suspect.slip.is_some());
        suspects.sort_by_key(|suspect| (Reverse(suspect.weight()), by_keystroke(suspect), suspect.fact));
        suspects
    }

    /// How the likeliest suspect is told, where so many of them are as likely.
    fn telling(&self, suspects: &[Suspect], at: usize, undecided: Option<usize>) -> Telling {
        let best = &suspects[at];
        let conjectured = best.repaired.iter().all(|&i| self.verdicts[i].certainty == Certainty::Conjecture);
        let Some(tied) = undecided else {
            let by_chance =
                best.slip.is_none() || best.broken > 0 || !best.repaired.iter().any(|&i| self.is_telling(i));
            return if conjectured && by_chance { Telling::Not } else { Telling::Alone };
        };
        let whole_holds = suspects.iter().any(|s| s.is_target && s.broken > 0);
        if conjectured {
            Telling::Not
        } else if whole_holds && tied <= MOST_RIVALS {
            let others = suspects[1..tied].iter();
            Telling::Beside(others.filter_map(|suspect| Some((suspect.fact, suspect.expected?))).collect())
        } else {
            Telling::AtWhole
        }
    }

    /// A number found wrong, beside others that may be so as well. Alone it has its right value from here on.
    fn told(&mut self, best: Suspect, rivals: Option<Vec<(FactId, Decimal)>>, first: usize) -> Cause {
        // The finding is told by the surest relation, and among those by one that determines the number.
        let sure = |i: usize| {
            let verdict = &self.verdicts[i];
            (!verdict.formula.is_limit(), verdict.certainty, verdict.target == best.fact, Reverse(i))
        };
        let main = best.repaired.iter().copied().max_by_key(|&i| sure(i)).unwrap_or(first);
        let mut repaired = best.repaired;
        if let Some(expected) = best.expected.filter(|_| rivals.is_none()) {
            self.correct(best.fact, Interval::point(expected));
            repaired.extend(self.reopened(best.fact));
            self.settled.extend(&repaired);
        }
        repaired.sort_by_key(|&i| (i != main, i));
        Cause {
            fact: best.fact,
            expected: best.expected,
            main,
            repaired,
            slip: best.slip,
            untold: false,
            rivals: rivals.unwrap_or_default(),
        }
    }

    /// Whether the figures of a relation are so long that they do not come within a keystroke of it by chance: a gap of any size is as likely
    /// as another, and of ten thousand sizes some fifty are one digit away.
    fn is_telling(&self, index: usize) -> bool {
        let digits = |id: FactId| self.reading.facts[id].quantity.figure.mantissa().unsigned_abs();
        let verdict = &self.verdicts[index];
        let longest = members(verdict).into_iter().map(digits).max().unwrap_or_default();
        longest >= 10_000
    }

    /// The open relations that hold once a number is corrected; they leave the open ones.
    fn reopened(&mut self, fact: FactId) -> Vec<usize> {
        let value = |id: FactId| self.value(id);
        let held: Vec<usize> = self.uses[fact]
            .iter()
            .map(|one| one.verdict)
            .filter(|i| self.open.contains(i))
            .filter(|&i| {
                let verdict = &self.verdicts[i];
                let computed = match self.balance(i) {
                    Some(balance) => balance.difference(),
                    None => verdict.formula.evaluate(&value),
                };
                computed.is_some_and(|computed| computed.meet(value(verdict.target)).is_some())
            })
            .collect();
        for index in &held {
            self.open.remove(index);
        }
        held
    }

    /// Several parts explain the failure alike: the whole that is nearest to them is told, with what its parts make.
    fn untold(&self, mut repaired: Vec<usize>) -> Cause {
        repaired.sort_by_key(|&i| (self.verdicts[i].formula.operands().len(), i));
        let main = repaired[0];
        let verdict = &self.verdicts[main];
        Cause {
            fact: verdict.target,
            expected: Some(verdict.computed),
            main,
            repaired,
            slip: None,
            untold: true,
            rivals: Vec::new(),
        }
    }

    /// The best value of one number in a failing relation, and what it repairs and breaks.
    fn suspect(&self, fact: FactId, first: usize) -> Option<Suspect> {
        let uses = self.uses(fact, first);
        let failing = || uses.iter().map(|one| one.verdict).filter(|i| self.open.contains(i));
        let determines = |&i: &usize| self.verdicts[i].target == fact;
        let mut wanted: Vec<Wanted> = uses.iter().filter_map(|one| self.wanted(*one, fact)).collect();
        // Narrow relations first, so that a loose one does not pull the value its way.
        wanted.sort_by_key(|one| one.value.hi.checked_sub(one.value.lo).unwrap_or(Decimal::MAX));
        // The value that most relations agree on.
        let mut best: Option<(Interval, Vec<usize>, usize)> = None;
        for seed in failing().filter(|&i| !self.verdicts[i].formula.is_limit()).take(MOST_SEEDS) {
            let Some(mut common) = wanted.iter().find(|one| one.verdict == seed).map(|one| one.value) else { continue };
            let mut repaired = vec![seed];
            let mut agreeing = 1;
            for one in wanted.iter().filter(|one| one.verdict != seed) {
                if let Some(meet) = common.meet(one.value) {
                    common = meet;
                    agreeing += 1;
                    if one.open {
                        repaired.push(one.verdict);
                    }
                }
            }
            if best.as_ref().is_none_or(|(_, known, agreed)| (repaired.len(), agreeing) > (known.len(), *agreed)) {
                best = Some((common, repaired, agreeing));
            }
        }
        let Some((common, repaired, _)) = best else { return self.beyond_limits(fact, first) };
        let is_copy = |one: &&Wanted| self.copies.contains(&self.verdicts[one.verdict].target);
        let kept = wanted.iter().filter(|one| self.holds(one.verdict) && !is_copy(one));
        let broken = kept.filter(|one| common.meet(one.value).is_none()).count();
        let quantity = self.reading.facts[fact].quantity;
        let (expected, slip) = match other_unit(quantity, common) {
            Some(value) => (value, Some(Slip::Unit)),
            None => {
                let expected = printable(common, quantity.scale, quantity.decimals, &repaired, self.verdicts, fact);
                let figure = expected / quantity.scale;
                let decimals = quantity.decimals.max(figure.normalize().scale().min(4));
                let is_cut = |&i: &usize| self.verdicts[i].cut && self.verdicts[i].target == fact;
                let cut = repaired.iter().all(is_cut).then_some(Slip::Cut);
                let base = || repaired.iter().all(|&i| self.is_of_this_year(i, fact)).then_some(Slip::Base);
                (expected, cut.or_else(base).or_else(|| slip(quantity.figure, figure, decimals)))
            }
        };
        let printed = self
            .printed_elsewhere(fact, common, &repaired)
            .filter(|_| !matches!(slip, Some(Slip::Unit | Slip::Cut | Slip::Base)));
        let is_printed = printed.is_some();
        // What the relations give to the last digit is no less likely than what is printed beside it.
        let (expected, slip) = match printed {
            Some((value, keystroke)) if slip.is_none() => (value, Some(keystroke)),
            _ => (expected, slip),
        };
        let is_target = repaired.iter().any(determines);
        let is_odd_unit = self.units.are_other_than(self.reading, fact);
        let turns_sign = turns_sign(quantity.figure, expected);
        let expected = Some(expected);
        Some(Suspect { fact, expected, repaired, broken, slip, is_printed, is_odd_unit, turns_sign, is_target })
    }

    /// A number that only limits fail at: a part above its whole.
    fn beyond_limits(&self, fact: FactId, first: usize) -> Option<Suspect> {
        let uses = self.uses(fact, first).iter().map(|one| one.verdict);
        let is_limit = |i: &usize| self.verdicts[*i].formula.is_limit();
        let limits: Vec<usize> = uses.filter(|i| self.open.contains(i)).filter(is_limit).collect();
        limits.iter().any(|&i| self.verdicts[i].target == fact).then_some(Suspect {
            fact,
            expected: None,
            repaired: limits,
            broken: 0,
            slip: None,
            is_printed: false,
            is_odd_unit: false,
            turns_sign: false,
            is_target: true,
        })
    }

    /// A value that repairs the same relations, is a keystroke away from what is printed and stands in a place that none of them knows of.
    fn printed_elsewhere(&self, fact: FactId, wanted: Interval, repaired: &[usize]) -> Option<(Decimal, Slip)> {
        let quantity = self.reading.facts[fact].quantity;
        let members: BTreeSet<FactId> = repaired.iter().flat_map(|&i| members(&self.verdicts[i])).collect();
        let prints = self.prints.get_or_init(|| prints(self.reading)).get(&quantity.unit)?;
        let within = prints.range(wanted.lo..=wanted.hi).take(MOST_PRINTS);
        within.filter(|(_, places)| places.iter().any(|id| !members.contains(id))).find_map(|(&value, _)| {
            let figure = value / quantity.scale;
            let decimals = quantity.decimals.max(figure.normalize().scale().min(4));
            Some((value, slip(quantity.figure, figure, decimals)?))
        })
    }

    /// Whether a rate of change is what is printed if it is taken of this year's amount.
    fn is_of_this_year(&self, index: usize, rate: FactId) -> bool {
        let verdict = &self.verdicts[index];
        let Formula::Rate { change, current, .. } = verdict.formula else { return false };
        let share = Formula::Share { part: change, whole: current };
        let value = |id: FactId| self.value(id).magnitude();
        verdict.target == rate && share.evaluate(&value).is_some_and(|share| share.meet(value(rate)).is_some())
    }

    /// The balance of a relation that only adds and takes off, by the values so far.
    fn balance(&self, verdict: usize) -> Option<Balance> {
        let value = |id: FactId| self.value(id);
        let mut balances = self.balances.borrow_mut();
        *balances.entry(verdict).or_insert_with(|| self.verdicts[verdict].formula.balance(&value))
    }

    /// Whether a relation holds by the values so far.
    fn holds(&self, verdict: usize) -> bool {
        self.verdicts[verdict].status != Status::Fail || self.settled.contains(&verdict)
    }

    /// What one relation asks of a number.
    fn wanted(&self, one: Use, fact: FactId) -> Option<Wanted> {
        let open = self.open.contains(&one.verdict);
        Some(Wanted { verdict: one.verdict, value: self.needed(one, fact)?, open })
    }

    /// The values of a number that one relation asks for.
    fn needed(&self, one: Use, fact: FactId) -> Option<Interval> {
        let verdict = &self.verdicts[one.verdict];
        let value = |id: FactId| self.value(id);
        if verdict.target == fact {
            return verdict.formula.evaluate(&value);
        }
        let target = value(verdict.target);
        match self.balance(one.verdict) {
            Some(balance) => balance.solve(target, value(fact), one.stake),
            None => verdict.formula.solve(target, fact, &value),
        }
    }
}

/// The places of figures that are told from others, by unit and value.
fn prints(reading: &Reading) -> FxHashMap<Unit, BTreeMap<Decimal, Vec<FactId>>> {
    let mut prints: FxHashMap<Unit, BTreeMap<Decimal, Vec<FactId>>> = FxHashMap::default();
    for (id, fact) in
        reading.facts.iter().enumerate().filter(|(_, fact)| telling_digits(fact.quantity.figure) >= TELLING)
    {
        prints.entry(fact.quantity.unit).or_default().entry(fact.quantity.value()).or_default().push(id);
    }
    prints
}

fn members(verdict: &Verdict) -> Vec<FactId> {
    let mut members = verdict.formula.operands();
    members.push(verdict.target);
    members
}

/// Whether the right value of a printed figure has another sign: an amount falls below nothing, a loss becomes a gain.
fn turns_sign(figure: Decimal, expected: Decimal) -> bool {
    let (printed, right) = (figure.cmp(&Decimal::ZERO), expected.cmp(&Decimal::ZERO));
    right.is_ne() && right != printed && (right.is_lt() || printed.is_ne())
}

/// How many amounts are printed in 元 and how many in larger units: by paragraph, and in all.
struct Units {
    in_paragraph: Vec<[usize; 2]>,
    in_all: [usize; 2],
}

impl Units {
    fn of(reading: &Reading) -> Units {
        let mut units = Units { in_paragraph: vec![[0; 2]; reading.paragraphs.len()], in_all: [0; 2] };
        for fact in reading.facts.iter().filter(|fact| fact.quantity.unit == Unit::Money) {
            let larger = usize::from(fact.quantity.scale != Scale::ONE);
            units.in_paragraph[fact.paragraph][larger] += 1;
            units.in_all[larger] += 1;
        }
        units
    }

    /// Whether a number's unit is the odd one in its paragraph, or in the document where the paragraph has as many of either: of them the
    /// 元, since 元 written for 万元 is by far the commoner slip.
    fn are_other_than(&self, reading: &Reading, fact: FactId) -> bool {
        let [plain, larger] = self.in_paragraph[reading.facts[fact].paragraph];
        let [plain, larger] = if plain == larger { self.in_all } else { [plain, larger] };
        (reading.facts[fact].quantity.scale == Scale::ONE) == (plain <= larger)
    }
}

/// The same figure in 万元 for 元 or the other way round, where that is what the relations ask for.
fn other_unit(quantity: Quantity, wanted: Interval) -> Option<Decimal> {
    let factor = Decimal::from(Scale::TEN_THOUSAND);
    let value = quantity.value();
    let (scaled, plain) = if quantity.scale == Scale::ONE {
        (value.checked_mul(factor)?, true)
    } else {
        (value / factor, quantity.scale == Scale::TEN_THOUSAND)
    };
    // Where nothing at all would do as well, the unit explains nothing.
    let telling = plain && !value.is_zero() && !wanted.contains(Decimal::ZERO);
    (quantity.unit == Unit::Money && telling && wanted.contains(scaled)).then_some(scaled)
}

/// The value of the interval that a person would print: what a relation that determines the number gives, else the middle, to the printed
/// decimals where they can tell it, else to more.
fn printable(
    common: Interval,
    scale: Scale,
    decimals: u32,
    repaired: &[usize],
    verdicts: &[Verdict],
    fact: FactId,
) -> Decimal {
    let is_rate = repaired.iter().any(|&i| verdicts[i].target == fact && verdicts[i].formula.is_rate());
    let determined =
        repaired.iter().map(|&i| &verdicts[i]).find(|v| v.target == fact && !v.formula.is_limit()).map(|v| v.computed);
    let same = repaired
        .iter()
        .map(|&i| &verdicts[i])
        .find(|v| matches!(v.formula, Formula::Equal(_)) && v.target == fact)
        .map(|v| v.computed);
    let middle = common.middle();
    let preferred = same.or(determined).unwrap_or(middle);
    for decimals in decimals..=decimals + 2 {
        for value in [preferred, middle] {
            let rounded =
                (value / scale).round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero) * scale;
            if common.contains(rounded)
                || (decimals > u32::from(!is_rate) && value == preferred && determined.is_some())
            {
                return rounded;
            }
        }
    }
    preferred
}

#[cfg(test)]
mod tests {
    use crate::report::Finding;
    use crate::{Options, check};

    fn only(text: &str) -> Finding {
        let mut findings = check(text, &Options::default()).findings;
        assert_eq!(findings.len(), 1, "{text}: {findings:#?}");
        findings.remove(0)
    }

    /// A whole that other figures bear out is not told for what its parts do not make: the parts are, with no fix where two would do.
    #[test]
    fn a_whole_that_is_borne_out_is_not_blamed() {
        let found = only(
            "支出总计560.00万元，其中：基本支出420.00万元（人员经费350.00万元，公用经费90.00万元），项目支出140.00万元。",
        );
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("350.00万元", "330.00万元"));
        assert!(found.message.contains("90.00万元 应为 70.00万元"));
        assert!(found.fix.is_none());
    }

    /// No part is corrected to less than nothing.
    #[test]
    fn an_amount_does_not_turn_negative() {
        let found = only(
            "支出总计560.00万元，其中：基本支出420.00万元（人员经费5.00万元，公用经费440.00万元），项目支出140.00万元。",
        );
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("440.00万元", "415.00万元"));
    }

    /// A part of nothing does not become less than nothing, which no digit left out would make of it.
    #[test]
    fn a_zero_does_not_turn_negative() {
        let found = only(
            "支出决算表\n公开03表\n单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n221\t住房保障支出\t300.00\t0.00\t310.00",
        );
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("300.00", "310.00"));
    }

    /// A sure limit is told, though a conjecture on the same number fails as well.
    #[test]
    fn a_conjecture_does_not_hide_a_limit() {
        let found = only(
            "项目支出绩效自评表\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t新增图书\t≥700册\t755册\t70\t70\n满意度指标\t读者满意度\t≥90%\t92%\t30\t30\n总分\t\t\t\t90\t108",
        );
        assert_eq!((&*found.rule, found.text.as_str()), ("score-bound", "108"));
    }

    /// A gap of just ten thousandfold is the unit, whatever a digit elsewhere would do; of two units the odd one.
    #[test]
    fn a_unit_explains_more_than_a_digit() {
        let found = only(
            "政府采购支出总额35.60万元，其中：政府采购货物支出20.00元、政府采购工程支出10.00万元、政府采购服务支出5.60万元。",
        );
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("20.00元", "20.00万元"));
        let found = only("机关运行经费支出45.60元，比上年增加3.60万元，增长8.57%。");
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("45.60元", "45.60万元"));
    }

    /// Of the numbers that a keystroke explains, the one is the slip whose right value the report prints in another place.
    #[test]
    fn what_is_printed_elsewhere_tells_the_slip() {
        let text = "一、收支情况\n机关运行经费支出3583.95万元，比上年增加172.04万元，增长5.09%。\n二、三公经费情况\n全年共支出3553.95万元。";
        let found = only(text);
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("3583.95万元", "3553.95万元"));
        let found = only(&text.replace("全年共支出3553.95", "全年共支出6553.95"));
        assert_eq!(found.text, "5.09%");
    }

    /// Where a paragraph prints its amounts in one unit, the odd one is the slip, whatever the rest of the document prints.
    #[test]
    fn the_odd_unit_is_that_of_the_paragraph() {
        let found = only(
            "全年经费总投入1200.00万元，其中一般公共预算经费为894.10万元，比上年的1318.71元减少32.20%。\n生均经费2299.11元。\n人均办公经费1200.00元。\n每户补助3000.00元。",
        );
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("1318.71元", "1318.71万元"));
    }

    /// A whole that lost a digit, and so lies below its part, is one slip.
    #[test]
    fn a_whole_below_its_part_is_the_slip_that_another_place_tells() {
        let found = only(
            "一、收支情况\n支出总计1867.48万元。\n二、平衡情况\n支出总计867.48万元，其中：一般公共预算支出1867.48万元。",
        );
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("867.48万元", "1867.48万元"));
    }

    /// Where nothing tells which number of a quotient is wrong, no part is missing: the rate is told, to its own digits.
    #[test]
    fn a_rate_has_no_parts() {
        let found = only("机关运行经费支出45.60万元，比上年增加3.60万元，增长7.13%。");
        assert_eq!((found.text.as_str(), found.expected.as_str()), ("7.13%", "8.57%"));
        assert!(!found.message.contains("分项"));
    }
}
