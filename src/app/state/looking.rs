//! What is looked at: selecting it, walking through a list, and finding it again in the next report.

use super::{Checked, Model, Outcome, Tab};
use crate::app::inspection::Inspection;
use crate::app::what_if::Field;
use crate::report::{Check, Scorecard};

/// What is looked at, by its place in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// A finding.
    Finding(usize),
    /// A check.
    Check(usize),
    /// A row of a scorecard: the card, and the row in it.
    Indicator(usize, usize),
    /// The total of a scorecard.
    Total(usize),
    /// A number of the document, by its first code unit and one past its last.
    Place(usize, usize),
}

/// Whether a number is the result of a check, or one that it is computed from.
pub(super) fn takes_part(check: &Check, (start, end): (usize, usize)) -> bool {
    std::iter::once(&check.result).chain(&check.operands).any(|place| place.span.start < end && place.span.end > start)
}

impl Model {
    /// What is looked at, taken apart.
    pub fn inspection(&self) -> Option<Inspection> {
        Inspection::new(self.checked.as_ref()?, self.selection?)
    }

    /// Looks at something, and makes sure that the list shows it.
    pub(super) fn select(&mut self, selection: Selection) {
        let Some(checked) = self.checked.clone() else { return };
        self.changed = None;
        match selection {
            Selection::Finding(index) => {
                let Some(finding) = checked.report.findings.get(index) else { return };
                self.tab = Tab::Findings;
                self.cursor = finding.span.start;
                if self.ignoring != Some(index) {
                    self.ignoring = None;
                }
            }
            Selection::Check(index) => {
                let Some(check) = checked.report.checks.get(index) else { return };
                self.tab = Tab::Checks;
                if self.number.is_some_and(|number| !takes_part(check, number)) {
                    self.number = None;
                }
                if self.rule_filter.as_ref().is_some_and(|rule| *rule != check.rule) {
                    self.rule_filter = None;
                }
                if self.outcome_filter.is_some_and(|outcome| outcome != checked.outcomes[index]) {
                    self.outcome_filter = None;
                }
                self.ignoring = None;
            }
            Selection::Indicator(card, row) => {
                let Some(scorecard) = checked.report.scorecards.get(card) else { return };
                if row >= scorecard.indicators.len() {
                    return;
                }
                self.tab = Tab::Scorecards;
                self.open_cards.insert(card);
                self.ignoring = None;
            }
            Selection::Place(..) => self.ignoring = None,
            Selection::Total(card) => {
                if card >= checked.report.scorecards.len() {
                    return;
                }
                self.tab = Tab::Scorecards;
                self.open_cards.insert(card);
                self.ignoring = None;
            }
        }
        self.selection = Some(selection);
    }

    /// Lists the checks that a number takes part in and looks at one: the first that fails, or else the first.
    pub(super) fn pick_number(&mut self, number: (usize, usize)) {
        self.number = Some(number);
        self.rule_filter = None;
        self.outcome_filter = None;
        let listed = self.listed_checks();
        let Some(checked) = &self.checked else { return };
        let failing = listed.iter().find(|&&check| checked.outcomes[check] == Outcome::Fail);
        if let Some(&check) = failing.or(listed.first()) {
            self.select(Selection::Check(check));
            self.reveal += 1;
        }
    }

    /// Supposes something of a row of the scorecard that suppositions are made of.
    pub(super) fn suppose(&mut self, row: usize, field: Field, value: &str) {
        let Some(checked) = self.checked.clone() else { return };
        let Some(what_if) = &mut self.what_if else { return };
        let Some(card) = checked.report.scorecards.get(what_if.card) else { return };
        let Some(indicator) = card.indicators.get(row) else { return };
        let printed = match field {
            Field::Actual => &indicator.actual,
            Field::Score => &indicator.score.stated,
        };
        what_if.suppose(row, field, value, printed.as_ref().map_or("", |place| &place.text));
    }

    pub(super) fn jump_to(&mut self, place: usize) {
        self.jump_place = place;
        self.jump += 1;
    }

    /// What the right pane lists, with where each stands in the text.
    pub(super) fn listed(&self) -> Vec<(Selection, usize)> {
        let Some(report) = self.report() else { return Vec::new() };
        match self.tab {
            Tab::Findings => self
                .listed_findings()
                .into_iter()
                .map(|index| (Selection::Finding(index), report.findings[index].span.start))
                .collect(),
            Tab::Checks => self
                .listed_checks()
                .into_iter()
                .map(|index| (Selection::Check(index), report.checks[index].result.span.start))
                .collect(),
            // Its bars are walked by the tabulator.
            Tab::Charts => Vec::new(),
            Tab::Scorecards => {
                let rows = |(card, scorecard): (usize, &Scorecard)| {
                    let starts = scorecard.indicators.iter().map(|indicator| indicator.span.start);
                    starts.enumerate().map(|(row, start)| (Selection::Indicator(card, row), start)).collect::<Vec<_>>()
                };
                report.scorecards.iter().enumerate().flat_map(rows).collect()
            }
        }
    }

    pub(super) fn walk(&mut self, onward: bool) {
        let listed = self.listed();
        let selected = listed.iter().position(|&(selection, _)| self.selection == Some(selection));
        let next = match (selected, onward) {
            (Some(selected), true) => listed.get(selected + 1),
            (Some(selected), false) => selected.checked_sub(1).and_then(|before| listed.get(before)),
            // Nothing is selected: a fix or an ignored finding left the cursor where it stood.
            (None, true) => listed.iter().find(|&&(_, start)| start >= self.cursor).or(listed.first()),
            (None, false) => listed.iter().rev().find(|&&(_, start)| start < self.cursor).or(listed.last()),
        };
        if let Some(&(next, _)) = next {
            self.select(next);
            self.jump_to(0);
            self.reveal += 1;
        }
    }

    /// Looks at nothing where the list hides what was looked at.
    pub(super) fn drop_hidden_selection(&mut self) {
        let visible = match self.selection {
            Some(Selection::Finding(index)) => self.listed_findings().contains(&index),
            Some(Selection::Check(index)) => self.listed_checks().contains(&index),
            Some(Selection::Indicator(..) | Selection::Total(_) | Selection::Place(..)) | None => true,
        };
        if !visible {
            self.selection = None;
        }
    }

    /// The same finding (or check) in a new report: the nearest that says the same.
    pub(super) fn reselect(&self, selection: Selection, before: &Checked, after: &Checked) -> Option<Selection> {
        let nearest = |old: usize, candidates: &mut dyn Iterator<Item = (usize, usize)>| {
            candidates.min_by_key(|&(_, start)| start.abs_diff(old)).map(|(index, _)| index)
        };
        match selection {
            Selection::Finding(index) => {
                let span = before.report.findings.get(index)?.span;
                let old = self.current((span.start, span.end)).map_or(span.start, |span| span.0);
                let key = before.keys.get(index)?;
                let mut same = (0..after.keys.len())
                    .filter(|&candidate| after.keys[candidate] == *key)
                    .map(|candidate| (candidate, after.report.findings[candidate].span.start));
                nearest(old, &mut same).map(Selection::Finding)
            }
            Selection::Check(index) => {
                let check = before.report.checks.get(index)?;
                let span = check.result.span;
                let old = self.current((span.start, span.end)).map_or(span.start, |span| span.0);
                let mut same = after
                    .report
                    .checks
                    .iter()
                    .enumerate()
                    .filter(|(_, candidate)| candidate.rule == check.rule && candidate.formula == check.formula)
                    .map(|(candidate, check)| (candidate, check.result.span.start));
                nearest(old, &mut same).map(Selection::Check)
            }
            Selection::Indicator(card, row) => {
                let named =
                    |checked: &Checked| Some(checked.report.scorecards.get(card)?.indicators.get(row)?.name.clone());
                (named(before)? == named(after)?).then_some(selection)
            }
            Selection::Place(start, end) => self.current((start, end)).map(|(start, end)| Selection::Place(start, end)),
            Selection::Total(card) => {
                let titled = |checked: &Checked| Some(checked.report.scorecards.get(card)?.title.clone());
                (titled(before)? == titled(after)?).then_some(selection)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::super::testing::{TEXT, answer, checked};
    use super::*;
    use crate::app::inspection::Role;
    use crate::report::Severity;

    #[test]
    fn walking_visits_what_is_listed_and_goes_on_from_a_fix() {
        let mut model = checked(TEXT);
        let mut visited = Vec::new();
        for _ in 0..3 {
            model.apply(Action::Walk { onward: true });
            visited.push(model.selection);
        }
        let finding = |index| Some(Selection::Finding(index));
        assert_eq!(visited, [finding(0), finding(1), finding(1)], "notes are not shown at first");
        model.apply(Action::Toggle(Severity::Info));
        model.apply(Action::Walk { onward: true });
        assert_eq!(model.selection, finding(2));
        model.apply(Action::Fix(0));
        answer(&mut model);
        assert_eq!(model.selection, None);
        model.apply(Action::Walk { onward: true });
        assert_eq!(model.selection, finding(0), "the finding after the one that was fixed");
        model.apply(Action::Tab(Tab::Checks));
        model.apply(Action::Walk { onward: true });
        assert!(matches!(model.selection, Some(Selection::Check(_))));
    }

    #[test]
    fn the_selection_follows_its_finding_through_an_edit() {
        let mut model = checked(TEXT);
        model.apply(Action::Select(Selection::Finding(1)));
        model.apply(Action::Typed(TEXT.replace("2.00", "1.00")));
        answer(&mut model);
        assert_eq!(model.selection, Some(Selection::Finding(0)));
        model.apply(Action::Typed("全部删去".into()));
        answer(&mut model);
        assert_eq!(model.selection, None);
    }

    #[test]
    fn what_only_a_note_speaks_of_is_for_a_person_to_judge() {
        let mut model = checked(TEXT);
        model.apply(Action::FilterOutcome(Some(Outcome::Judge)));
        assert_eq!(model.listed_checks(), [3]);
    }

    #[test]
    fn picking_a_check_shows_it_whatever_the_filters_hid() {
        let mut model = checked(TEXT);
        model.apply(Action::FilterOutcome(Some(Outcome::Fail)));
        assert_eq!(model.listed_checks(), [0, 1]);
        let reveal = model.reveal;
        model.apply(Action::Pick(Selection::Check(2)));
        assert_eq!((model.tab, model.outcome_filter), (Tab::Checks, None));
        assert_eq!(model.reveal, reveal + 1);
        assert!(model.listed_checks().contains(&2));
        model.apply(Action::FilterRule(Some("share".into())));
        assert_eq!(model.selection, Some(Selection::Check(2)));
        model.apply(Action::FilterOutcome(Some(Outcome::Fail)));
        assert_eq!(model.selection, None, "what is hidden is not looked at");
    }

    #[test]
    fn an_inspection_names_the_number_then_what_it_was_held_against() {
        let mut model = checked(TEXT);
        model.apply(Action::Select(Selection::Finding(0)));
        let inspection = model.inspection().unwrap();
        assert_eq!((inspection.formula.as_str(), inspection.expected.as_str()), ("1 ÷ 100", "1.00%"));
        let rows: Vec<_> = inspection.rows.iter().map(|row| (row.role, row.text.as_str(), row.lead.as_str())).collect();
        assert_eq!(rows, [(Role::Stated, "2.00%", "甲占"), (Role::Operand, "甲", "")], "each place once");
    }

    #[test]
    fn picking_a_number_lists_every_check_that_it_takes_part_in() {
        let mut model = checked(TEXT);
        model.apply(Action::PickNumber { start: 0, end: 1 });
        assert_eq!(model.listed_checks(), [0, 1, 2, 3], "all are computed from it");
        assert_eq!((model.tab, model.selection), (Tab::Checks, Some(Selection::Check(0))));
        let third = model.report().unwrap().checks[2].result.span;
        model.apply(Action::PickNumber { start: third.start, end: third.end });
        assert_eq!(model.listed_checks(), [2]);
        model.apply(Action::Typed(format!("前言。{TEXT}")));
        answer(&mut model);
        assert_eq!(model.listed_checks(), [2], "the number is followed through an edit");
        model.apply(Action::Select(Selection::Check(1)));
        assert_eq!(model.listed_checks().len(), 4);
        model.apply(Action::PickNumber { start: third.start, end: third.end });
        model.apply(Action::LeaveNumber);
        assert_eq!(model.listed_checks().len(), 4);
    }
}
