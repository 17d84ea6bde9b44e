//! What the report's figures look like: the structures and changes that reports announce a picture for (收入决算结构图) and leave blank.
//! Only what was checked and holds is drawn: parts that make their whole, and changes whose rate is right.

use super::compose::Findings;
use super::{Place, Status};
use crate::facts::{Direction, Fact, Unit};
use crate::relations::{FactId, Formula};
use crate::verdicts::Verdict;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The figures to draw.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Charts {
    /// Wholes of money with the parts that make them, in the order of the document.
    pub structures: Vec<Structure>,
    /// Amounts of this year beside those of the year before.
    pub changes: Vec<Change>,
}

impl Charts {
    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.structures.is_empty() && self.changes.is_empty()
    }
}

/// A whole and its parts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Structure {
    /// What the whole is called.
    pub name: String,
    /// The whole.
    pub whole: Place,
    /// Its parts, those of zero left out.
    pub parts: Vec<Part>,
}

/// A part of a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// The amount.
    pub amount: Place,
    /// Its share of the whole in per cent, to two decimals, half-up.
    pub share: String,
}

/// An amount of this year and that of the year before.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// What changed.
    pub name: String,
    /// This year's amount.
    pub now: Place,
    /// The prior year's amount: as printed, or as it follows from the change, in the unit of this year's.
    pub before: String,
    /// By how many per cent it moved, to two decimals, half-up; with a minus where it fell.
    pub rate: String,
}

/// The figures that are to be drawn.
pub fn charts(found: &Findings) -> Charts {
    let held = || found.verdicts.iter().filter(|verdict| verdict.status != Status::Fail);
    let drawer = Drawer { found, blamed: found.causes.iter().map(|cause| cause.fact).collect() };
    let mut charts = Charts::default();
    let mut drawn: BTreeSet<Vec<Decimal>> = BTreeSet::new();
    for (whole, parts) in drawer.wholes(held()) {
        let Some((values, structure)) = drawer.structure(whole, &parts) else { continue };
        // A whole that is told again in another place is drawn once.
        if drawn.insert(values) {
            charts.structures.push(structure);
        }
    }
    let mut drawn: BTreeSet<[Decimal; 2]> = BTreeSet::new();
    for (now, before) in held().filter_map(|verdict| drawer.years(verdict)) {
        let Some(change) = drawer.change(now, before) else { continue };
        if drawn.insert([drawer.fact(now).quantity.value(), before]) {
            charts.changes.push(change);
        }
    }
    charts
}

struct Drawer<'f> {
    found: &'f Findings<'f>,
    /// The numbers that findings blame: a picture of them would be wrong.
    blamed: BTreeSet<FactId>,
}

impl Drawer<'_> {
    fn fact(&self, id: FactId) -> &Fact {
        &self.found.reading.facts[id]
    }

    /// What an amount is called, without the number of its item (2.卫生健康支出).
    fn name(&self, id: FactId) -> String {
        let subject = &self.fact(id).subject;
        let bare = subject.trim_start_matches(|ch: char| ch.is_ascii_digit() || matches!(ch, '.' | '、' | '．'));
        // 工资福利支出中基本工资: the whole that a part is named in is drawn beside it.
        let own = ["支出中", "收入中", "经费中"].iter().find_map(|whole| bare.split_once(whole)).map(|(_, own)| own);
        let name = own.filter(|own| own.chars().count() >= 2).unwrap_or(bare);
        if name.is_empty() { subject } else { name }.to_owned()
    }

    fn place(&self, id: FactId) -> Place {
        self.found.source.place(self.fact(id).span)
    }

    /// The wholes of prose in document order, each with its parts: those of its sum, or else those whose shares are stated.
    fn wholes<'v>(&self, held: impl Iterator<Item = &'v Verdict>) -> BTreeMap<FactId, Vec<FactId>> {
        let mut summed: BTreeMap<FactId, Vec<FactId>> = BTreeMap::new();
        let mut shared: BTreeMap<FactId, Vec<FactId>> = BTreeMap::new();
        for verdict in held {
            match &verdict.formula {
                Formula::Sum(parts, less) if less.is_empty() => {
                    let known = summed.entry(verdict.target).or_default();
                    // 公务用车 as one part, or its two parts: the fewer say it better.
                    if known.is_empty() || parts.len() < known.len() {
                        known.clone_from(parts);
                    }
                }
                Formula::Share { part, whole } => shared.entry(*whole).or_default().push(*part),
                _ => {}
            }
        }
        for (whole, parts) in shared {
            summed.entry(whole).or_insert(parts);
        }
        summed
    }

    fn structure(&self, whole: FactId, parts: &[FactId]) -> Option<(Vec<Decimal>, Structure)> {
        let is_amount = |fact: &Fact| fact.quantity.unit == Unit::Money && fact.cell.is_none() && !fact.quantity.loose;
        let all = self.fact(whole);
        let total = all.quantity.value();
        if !is_amount(all) || total <= Decimal::ZERO || all.subject.is_empty() || self.blamed.contains(&whole) {
            return None;
        }
        let mut parts: Vec<FactId> =
            parts.iter().copied().filter(|&part| !self.fact(part).quantity.value().is_zero()).collect();
        parts.sort_unstable();
        parts.dedup();
        let names: BTreeSet<&str> = parts.iter().map(|&part| self.fact(part).subject.as_ref()).collect();
        let told_apart = names.len() == parts.len() && names.iter().all(|name| !name.is_empty());
        if parts.len() < 2 || !told_apart || parts.iter().any(|part| self.blamed.contains(part)) {
            return None;
        }
        if !parts.iter().all(|&part| is_amount(self.fact(part))) {
            return None;
        }
        // Shares may be of parts that overlap, or of some parts only: those make no picture of the whole.
        let mut sum = crate::numbers::Interval::point(Decimal::ZERO);
        for &part in &parts {
            sum = sum.plus(self.fact(part).quantity.interval())?;
        }
        sum.meet(all.quantity.interval())?;
        let mut values = vec![total];
        let mut drawn = Vec::new();
        for part in parts {
            let value = self.fact(part).quantity.value();
            values.push(value);
            drawn.push(Part {
                name: self.name(part),
                amount: self.place(part),
                share: per_cent(value.checked_div(total)?),
            });
        }
        values[1..].sort_unstable();
        Some((values, Structure { name: self.name(whole), whole: self.place(whole), parts: drawn }))
    }

    /// This year's amount and the value of the year before, where a relation is about both.
    fn years(&self, verdict: &Verdict) -> Option<(FactId, Decimal)> {
        match verdict.formula {
            Formula::Rate { change, current, direction } => {
                let change = self.fact(change).quantity.value().abs();
                let now = self.fact(current).quantity.value();
                Some((current, if direction == Direction::Up { now - change } else { now + change }))
            }
            // A budget is no year before.
            Formula::RateFrom { current, prior, .. } | Formula::Change { current, prior, .. } => {
                let before = self.fact(prior);
                (before.period == crate::facts::Period::Prior).then(|| (current, before.quantity.value()))
            }
            _ => None,
        }
    }

    fn change(&self, now: FactId, before: Decimal) -> Option<Change> {
        let fact = self.fact(now);
        let value = fact.quantity.value();
        let is_amount = fact.quantity.unit == Unit::Money && !fact.quantity.loose && !fact.subject.is_empty();
        if self.blamed.contains(&now) || !is_amount || before <= Decimal::ZERO || value < Decimal::ZERO {
            return None;
        }
        let place = self.place(now);
        let printed: String = place.text.chars().filter(|ch| !ch.is_whitespace()).collect();
        let unit = printed.trim_start_matches(|ch: char| !ch.is_alphabetic());
        Some(Change {
            name: self.name(now),
            now: place,
            before: format!("{}{unit}", fact.quantity.print(before)),
            rate: per_cent((value - before).checked_div(before)?),
        })
    }
}

/// A ratio in per cent, to two decimals, half-up.
fn per_cent(ratio: Decimal) -> String {
    let rounded = (ratio * Decimal::ONE_HUNDRED).round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    format!("{rounded:.2}")
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn parts_that_make_their_whole_are_drawn_and_others_are_not() {
        let text = "2023年本年支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占40.00%；经营支出0万元，占0%。\n\
            2023年政府采购支出总额90.00万元，其中：授予中小企业合同80.00万元，占88.89%；授予小微企业合同70.00万元，占77.78%。";
        let charts = check(text, &Options::default()).charts;
        let told: Vec<String> = charts
            .structures
            .iter()
            .flat_map(|structure| structure.parts.iter().map(|part| format!("{} {}%", part.name, part.share)))
            .collect();
        assert_eq!(told, ["基本支出 60.00%", "项目支出 40.00%"]);
        assert_eq!(charts.structures[0].whole.text, "500.00万元");
    }

    #[test]
    fn a_change_shows_the_year_before_and_a_wrong_one_is_not_drawn() {
        let charts = |text: &str| check(text, &Options::default()).charts.changes;
        let right = charts("2023年度收、支总计1320.00万元。与2022年相比，收、支总计各增加120.00万元，增长10.00%。");
        assert_eq!((right[0].before.as_str(), right[0].rate.as_str()), ("1200.00万元", "10.00"));
        assert_eq!(charts("2023年度收、支总计1320.00万元。与2022年相比，收、支总计各增加120.00万元，增长12.00%。"), []);
    }
}
