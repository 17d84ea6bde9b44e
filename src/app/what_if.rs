//! What a scorecard's total would be with other actuals or scores. The document is not touched: a copy of its text, in which the actuals
//! are replaced, is checked as any other, so that a score follows from its own rule.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::state::Checked;
use crate::report::{Band, Indicator, Place, Scorecard};
use crate::scoring::band;

/// What of an indicator is supposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// What was reached.
    Actual,
    /// The score itself.
    Score,
}

/// The suppositions about one scorecard, by row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Which scorecard.
    pub card: usize,
    supposed: BTreeMap<(usize, Field), String>,
}

/// What comes of the suppositions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The scores that move, by row; nothing where the rule of the row gives none for the new actual.
    pub scores: BTreeMap<usize, Option<Decimal>>,
    /// The total as it is, and as it would be.
    pub total: Option<(Decimal, Decimal)>,
}

impl WhatIf {
    /// No suppositions yet about a scorecard.
    pub fn new(card: usize) -> WhatIf {
        WhatIf { card, supposed: BTreeMap::new() }
    }

    /// Supposes something of a row; what the document says is no supposition, nor is nothing.
    pub fn suppose(&mut self, row: usize, field: Field, value: &str, printed: &str) {
        // A tab or a line end would move the cells of the copy.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() || value == printed.trim() {
            self.supposed.remove(&(row, field));
        } else {
            self.supposed.insert((row, field), value);
        }
    }

    /// What is supposed of a row.
    pub fn supposed(&self, row: usize, field: Field) -> Option<&str> {
        self.supposed.get(&(row, field)).map(String::as_str)
    }

    /// Whether nothing is supposed.
    pub fn is_empty(&self) -> bool {
        self.supposed.is_empty()
    }

    /// The copy of the text that has to be checked for the scores; nothing where no actual is supposed.
    pub fn text(&self, checked: &Checked) -> Option<String> {
        let card = checked.report.scorecards.get(self.card)?;
        let mut changes: Vec<(&Place, &str)> = self
            .supposed
            .iter()
            .filter(|((_, field), _)| *field == Field::Actual)
            .filter_map(|(&(row, _), value)| Some((card.indicators.get(row)?.actual.as_ref()?, value.as_str())))
            .collect();
        changes.sort_by_key(|(place, _)| place.span.start);
        changes.dedup_by_key(|(place, _)| place.span.start);
        let mut text = String::with_capacity(checked.text.len());
        let mut at = 0;
        for (place, value) in &changes {
            let start = checked.offsets.byte(&checked.text, place.span.start);
            text.push_str(checked.text.get(at..start)?);
            text.push_str(value);
            at = checked.offsets.byte(&checked.text, place.span.end);
        }
        text.push_str(&checked.text[at..]);
        (!changes.is_empty()).then_some(text)
    }

    /// What comes of it, with the scorecard as it was read from the copy.
    pub fn outcome(&self, card: &Scorecard, copy: Option<&Scorecard>) -> Outcome {
        let copy = copy.filter(|copy| copy.indicators.len() == card.indicators.len());
        let rows: BTreeSet<usize> = self.supposed.keys().map(|&(row, _)| row).collect();
        let mut scores = BTreeMap::new();
        let mut moved = Decimal::ZERO;
        for row in rows {
            let Some(indicator) = card.indicators.get(row) else { continue };
            let score = match self.supposed(row, Field::Score) {
                Some(score) => number(score),
                None => copy.and_then(|copy| number(copy.indicators[row].score.computed.as_deref()?)),
            };
            if let (Some(score), Some(before)) = (score, score_of(indicator)) {
                moved += score - before;
            }
            scores.insert(row, score);
        }
        let total = card.total.stated.as_ref().map(|place| place.text.as_str()).or(card.total.computed.as_deref());
        Outcome { scores, total: total.and_then(number).map(|total| (total, total + moved)) }
    }
}

/// The score that a row counts with: the printed one, or the one that its rule gives where none is printed.
fn score_of(indicator: &Indicator) -> Option<Decimal> {
    match &indicator.score.stated {
        Some(place) => number(&place.text),
        // A score that the form leaves out counts with nothing so far, or else with what it comes to.
        None => Some(indicator.score.computed.as_deref().and_then(number).unwrap_or_default()),
    }
}

/// The number that a cell begins with (`14.8分`).
pub fn number(text: &str) -> Option<Decimal> {
    let text = text.trim().replace([',', '，'], "");
    let end = text.find(|ch: char| !ch.is_ascii_digit() && ch != '.' && ch != '-').unwrap_or(text.len());
    text[..end].parse().ok()
}

/// The name of the band of a total, by the bands that the document goes by.
pub fn band_of(band: &Band, total: Decimal) -> Option<&'static str> {
    let floors: Vec<Decimal> = band.floors.iter().filter_map(|floor| number(floor)).collect();
    let reached = floors.iter().position(|&floor| total >= floor).unwrap_or(floors.len());
    (!floors.is_empty()).then(|| band::NAMES.get(reached).copied()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::Request;
    use crate::report::{Language, Options};

    const FORM: &str = "示例市图书馆项目支出绩效自评表\n\
        一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n\
        产出指标\t数量指标\t阅读活动场次\t≥100场\t80场\t50\t40\n\
        效益指标\t社会效益\t到馆人次\t≥40万人次\t42万人次\t50\t50\n\
        合计\t\t\t\t\t100\t90\n\
        注：定量指标完成值达到指标值的得满分，未达到的按完成比例得分。\n";

    fn checked(text: &str) -> Checked {
        let report = crate::check(text, &Options::default());
        Checked::new(Request { version: 0, language: Language::Zh }, text.into(), report)
    }

    /// What comes of suppositions, the copy checked by the library itself.
    fn outcome(what_if: &WhatIf, checked: &Checked) -> Outcome {
        let copy = what_if.text(checked).map(|text| crate::check(&text, &Options::default()));
        let copy = copy.as_ref().and_then(|report| report.scorecards.first());
        what_if.outcome(&checked.report.scorecards[0], copy)
    }

    #[test]
    fn another_actual_moves_its_score_and_the_total_by_the_forms_own_rule() {
        let checked = checked(FORM);
        let mut what_if = WhatIf::new(0);
        what_if.suppose(0, Field::Actual, "90场", "80场");
        let outcome = outcome(&what_if, &checked);
        assert_eq!(outcome.scores[&0], Some(Decimal::from(45)));
        assert_eq!(outcome.total, Some((Decimal::from(90), Decimal::from(95))));
        assert_eq!(&*checked.text, FORM);
    }

    #[test]
    fn a_score_can_be_supposed_and_taken_back() {
        let checked = checked(FORM);
        let mut what_if = WhatIf::new(0);
        what_if.suppose(1, Field::Score, "45", "50");
        assert_eq!(what_if.text(&checked), None, "nothing has to be checked");
        assert_eq!(outcome(&what_if, &checked).total, Some((Decimal::from(90), Decimal::from(85))));
        what_if.suppose(1, Field::Score, " 50 ", "50");
        assert!(what_if.is_empty());
    }

    #[test]
    fn what_no_rule_can_score_moves_nothing() {
        let checked = checked(FORM);
        let mut what_if = WhatIf::new(0);
        what_if.suppose(0, Field::Actual, "不少", "80场");
        let outcome = outcome(&what_if, &checked);
        assert_eq!(outcome.scores[&0], None);
        assert_eq!(outcome.total, Some((Decimal::from(90), Decimal::from(90))));
    }

    #[test]
    fn a_supposed_total_has_its_band() {
        let band = Band { name: "优".into(), own: false, floors: ["90", "80", "60"].map(str::to_owned).into() };
        assert_eq!(band_of(&band, Decimal::from(90)), Some("优"));
        assert_eq!(band_of(&band, Decimal::new(8999, 2)), Some("良"));
        assert_eq!(band_of(&band, Decimal::ZERO), Some("差"));
        assert_eq!(band_of(&Band::default(), Decimal::ZERO), None);
    }
}
