//! From the forms and the checks on them to the report's scorecards.

use super::compose::Findings;
use super::words;
use super::{
    Band, Check, Indicator, Language, Note, Place, ScoreGroup, ScoreMethod, ScoreStatus, ScoreValue, Scorecard, Status,
};
use crate::relations::{FactId, Truth, WordCheck};
use crate::scoring::standard::Weights;
use crate::scoring::{self, Form, Wording};
use crate::source::ByteSpan;
use crate::verdicts::Verdict;
use rust_decimal::Decimal;

/// The checks of a report, found by what they are about.
pub struct Checks<'c> {
    /// All of them, by their number less one.
    pub all: &'c [Check],
    /// The check behind each verdict.
    pub verdicts: &'c [Option<CheckId>],
    /// The check behind each claim of words.
    pub words: &'c [Option<CheckId>],
}

/// The number of a check, counted from 1.
pub type CheckId = std::num::NonZeroU32;

/// The number as a report prints it.
pub fn number(id: CheckId) -> usize {
    id.get() as usize
}

/// The scorecards of all forms, which give their names to them.
pub fn cards(forms: Vec<Form>, found: &Findings, checks: &Checks, language: Language) -> Vec<Scorecard> {
    let verdicts = || found.verdicts.iter().zip(checks.verdicts).filter_map(|(verdict, id)| Some((verdict, (*id)?)));
    let scoring = verdicts().filter(|(verdict, _)| matches!(verdict.rule, "score-method" | "score-total"));
    let by_target = Index::of(scoring.map(|(verdict, id)| (verdict.target, &checks.all[number(id) - 1])));
    let mut asked: Vec<FactId> = forms.iter().flat_map(|form| &form.indicators).flat_map(figures).collect();
    asked.sort_unstable();
    let members = |verdict: &Verdict| verdict.formula.operands().into_iter().chain([verdict.target]);
    let by_fact = Index::of(verdicts().flat_map(|(verdict, id)| {
        members(verdict).filter(|fact| asked.binary_search(fact).is_ok()).map(move |fact| (fact, id))
    }));
    let words = found.words.iter().zip(checks.words).filter_map(|(words, id)| Some((words, (*id)?)));
    let by_span = Index::of(words.map(|(words, id)| (words.span, (words, id))));
    let mut writer = Writer { found, by_target, by_fact, by_span, checks, language, shared: Vec::new() };
    let mut weights: Vec<Weights> = forms.iter().filter_map(|form| writer.weights_of(form)).collect();
    weights.sort_unstable();
    writer.shared = weights.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    let mut cards = Vec::with_capacity(forms.len());
    cards.extend(forms.into_iter().filter(|form| !form.indicators.is_empty()).map(|form| writer.card(form)));
    cards
}

/// The figures of a row.
fn figures(row: &scoring::Indicator) -> impl Iterator<Item = FactId> {
    let goals = row.target.iter().chain(&row.actual).filter_map(|goal| goal.fact);
    row.weight.into_iter().chain(row.score).chain(goals)
}

/// What kind of method the rule of a row is.
fn method(row: &scoring::Indicator) -> ScoreMethod {
    let Some(wording) = &row.wording else {
        return if row.rule.is_some() { ScoreMethod::Unread } else { ScoreMethod::Usual };
    };
    match wording {
        Wording::Words { .. } | Wording::Whether(_) => ScoreMethod::Whether,
        Wording::Tiers { .. } | Wording::Absent { .. } | Wording::Parts(_) | Wording::Norms(_) => ScoreMethod::Tiers,
        Wording::Target { proportional: false, .. } => ScoreMethod::Whether,
        Wording::Progress { .. }
        | Wording::Target { .. }
        | Wording::Rate { .. }
        | Wording::Rest(_)
        | Wording::Quotient { .. }
        | Wording::Kept(_)
        | Wording::Marks { .. } => ScoreMethod::Ratio,
        Wording::Deduct { .. } | Wording::Short { .. } => ScoreMethod::Deduction,
        Wording::Split(_) | Wording::Grants(_) | Wording::Judged => ScoreMethod::Judge,
    }
}

/// Entries by their keys; those of one key in the order in which they were given.
struct Index<K, V>(Vec<(K, V)>);

impl<K: Ord + Copy, V> Index<K, V> {
    fn of(entries: impl Iterator<Item = (K, V)>) -> Self {
        let mut entries: Vec<(K, V)> = entries.collect();
        entries.sort_by_key(|(key, _)| *key);
        Index(entries)
    }

    fn get(&self, key: K) -> impl Iterator<Item = &V> {
        let from = self.0.partition_point(|(other, _)| *other < key);
        self.0[from..].iter().take_while(move |(other, _)| *other == key).map(|(_, value)| value)
    }
}

struct Writer<'c> {
    found: &'c Findings<'c>,
    by_target: Index<FactId, &'c Check>,
    by_fact: Index<FactId, CheckId>,
    by_span: Index<ByteSpan, (&'c WordCheck, CheckId)>,
    checks: &'c Checks<'c>,
    language: Language,
    /// The weights of the parts that several forms have in common: those that the office sets.
    shared: Vec<Weights>,
}

impl Writer<'_> {
    fn card(&self, mut form: Form) -> Scorecard {
        let spans = form.indicators.iter().map(|row| row.span).reduce(ByteSpan::to).unwrap_or_default();
        let total = form.total();
        let rows = &form.indicators[..];
        let unread = rows.iter().filter(|row| row.unread).count();
        let rules = rows.iter().filter(|row| method(row) == ScoreMethod::Unread).count();
        let note = |kind: &str, message: String| Note { kind: kind.to_owned(), message };
        let total_value = self.value(total.and_then(|total| total.score), self.total_score(&form));
        let stated = total.and_then(|total| total.score).map(|id| self.number(id));
        let computed = || total_value.computed.as_ref().and_then(|total| total.parse().ok());
        let bands = form.own.bands.unwrap_or_else(|| self.found.reading.bands(form.scope));
        let weights = self.weights_of(&form).filter(|weights| !weights.are_usual() && !self.shared.contains(weights));
        let weight = self.value(total.and_then(|total| total.weight), self.with_money(&form));
        let groups = std::mem::take(&mut form.groups).into_iter().map(|group| self.group(&form, group)).collect();
        let title = if form.project.is_empty() { form.title } else { format!("{}（{}）", form.title, form.project) };
        Scorecard {
            title,
            span: self.found.source.span(spans),
            indicators: form.indicators.into_iter().map(|row| self.indicator(row)).collect(),
            groups,
            weight,
            band: stated.or_else(computed).map(|total| Band {
                name: bands.of(total).to_owned(),
                own: bands.own,
                floors: bands.floors().map(|floor| floor.to_string()).into(),
            }),
            total: total_value,
            notes: [
                (unread > 0).then(|| note("unread-rows", words::unread_rows(self.language, unread))),
                (rules > 0).then(|| note("unread-rules", words::unread_rules(self.language, rules))),
                weights.map(|weights| note("own-weights", words::own_weights(self.language, weights))),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }
    }

    fn weights_of(&self, form: &Form) -> Option<Weights> {
        Weights::of(form, &|id| self.number(id))
    }

    fn group(&self, form: &Form, group: scoring::Group) -> ScoreGroup {
        let rows = &form.indicators[group.rows];
        ScoreGroup {
            path: group.path,
            weight: self.value(Some(group.weight), self.weights(rows)),
            score: self.value(None, self.scores(rows)),
        }
    }

    /// What the rows' weights add up to, where all of them are there.
    fn weights(&self, rows: &[scoring::Indicator]) -> Option<Decimal> {
        rows.iter().filter(|row| !row.extra).map(|row| Some(self.number(row.weight?))).sum()
    }

    /// The weights of all rows, and of 预算执行率 where it stands outside of them.
    fn with_money(&self, form: &Form) -> Option<Decimal> {
        let money = form.funds.iter().find_map(|fund| fund.weight).map_or(Decimal::ZERO, |id| self.number(id));
        let sum = self.weights(&form.indicators)?;
        Some(if sum + money <= Decimal::ONE_HUNDRED { sum + money } else { sum })
    }

    /// What the rows' scores add up to, less what is taken off, where all of them are there.
    fn scores(&self, rows: &[scoring::Indicator]) -> Option<Decimal> {
        let sign = |row: &scoring::Indicator| if row.takes { -Decimal::ONE } else { Decimal::ONE };
        rows.iter().map(|row| Some(self.score(row)? * sign(row))).sum()
    }

    /// The scores of the rows, and of the row of money (预算执行率): that stands outside of the indicators, and belongs to the total where the
    /// weights lack it.
    fn total_score(&self, form: &Form) -> Option<Decimal> {
        let whole = form.total().and_then(|total| total.weight).map_or(Decimal::ONE_HUNDRED, |id| self.number(id));
        let rest = self.weights(&form.indicators).map(|sum| whole - sum);
        let money = form.funds.iter().find(|fund| fund.weight.is_some_and(|id| Some(self.number(id)) == rest));
        let score = money.map_or(Some(Decimal::ZERO), |fund| Some(self.number(fund.score?)));
        Some(self.scores(&form.indicators)? + score?)
    }

    /// A stated number beside the sum of the numbers that make it.
    fn value(&self, stated: Option<FactId>, sum: Option<Decimal>) -> ScoreValue {
        let checked = stated.and_then(|id| self.by_target.get(id).find(|check| check.rule == "score-total"));
        let sum = sum.filter(|sum| !sum.is_zero());
        let computed =
            checked.map(|check| check.expected.clone()).or_else(|| sum.map(|sum| sum.normalize().to_string()));
        ScoreValue { stated: stated.map(|id| self.place(self.found.reading.facts[id].span)), computed }
    }

    fn number(&self, id: FactId) -> Decimal {
        self.found.reading.facts[id].quantity.value()
    }

    /// The score of a row: the stated one, else the one that its rule gives.
    fn score(&self, row: &scoring::Indicator) -> Option<Decimal> {
        row.score.map(|id| self.number(id)).or_else(|| Some(self.missing(row)?.0))
    }

    /// The score that the rule of a row gives where none is stated, and the check that computes it.
    fn missing(&self, row: &scoring::Indicator) -> Option<(Decimal, &Check)> {
        let at_weight = row.weight.map(|id| self.found.reading.facts[id].span)?;
        self.by_span.get(at_weight).find_map(|&(words, id)| match words.truth {
            Some(Truth::MissingScore(score)) => Some((score, &self.checks.all[number(id) - 1])),
            _ => None,
        })
    }

    fn place(&self, span: ByteSpan) -> Place {
        self.found.source.place(span)
    }

    fn indicator(&self, row: scoring::Indicator) -> Indicator {
        let fact = |id: FactId| self.place(self.found.reading.facts[id].span);
        let words =
            |span: ByteSpan| self.by_span.get(span).map(|&(words, id)| (words, &self.checks.all[number(id) - 1]));
        let check = row.score.and_then(|id| self.by_target.get(id).find(|check| check.rule == "score-method"));
        let at_weight = row.weight.map(|id| self.found.reading.facts[id].span);
        let missing = self.missing(&row);
        // A score that may be one of several is held against all that they can be.
        let between =
            row.score.into_iter().flat_map(|id| words(self.found.reading.facts[id].span)).find(|(check, _)| {
                matches!(check.truth, Some(Truth::ScoreBetween(..))) && (check.holds || !check.judge)
            });
        let met = row
            .actual
            .as_ref()
            .into_iter()
            .flat_map(|actual| words(actual.span))
            .find(|(check, _)| matches!(check.truth, Some(Truth::Missed | Truth::Exceeded)))
            .map(|(check, _)| check.holds);
        let status = match (check, missing) {
            _ if row.unread => ScoreStatus::Unread,
            (Some(check), _) => check.status.into(),
            (None, Some(_)) => ScoreStatus::Derived,
            _ if let Some((check, _)) = between => if check.holds { Status::Pass } else { Status::Fail }.into(),
            _ if row.score.is_none() => ScoreStatus::Unscored,
            _ => ScoreStatus::Judge,
        };
        let computed =
            check.map(|check| check.expected.clone()).or_else(|| missing.map(|(score, _)| score.to_string()));
        let computing = check.copied().or(missing.map(|(_, check)| check)).or(between.map(|(_, check)| check));
        let mut ids: Vec<CheckId> = figures(&row).flat_map(|id| self.by_fact.get(id)).copied().collect();
        ids.extend(
            at_weight
                .into_iter()
                .chain(row.score.map(|id| self.found.reading.facts[id].span))
                .chain(row.actual.as_ref().map(|actual| actual.span))
                .flat_map(|span| self.by_span.get(span))
                .map(|(_, id)| id),
        );
        ids.sort_unstable();
        ids.dedup();
        Indicator {
            span: self.found.source.span(row.span),
            weight: row.weight.map(fact),
            target: row.target.as_ref().map(|goal| self.place(goal.span)),
            actual: row.actual.as_ref().map(|goal| self.place(goal.span)),
            rule: row.rule.map(|span| self.place(span)),
            score: ScoreValue { stated: row.score.map(fact), computed },
            met,
            status,
            method: method(&row),
            path: row.path,
            name: row.name,
            formula: computing.map_or(String::new(), |check| check.formula.clone()),
            checks: ids.into_iter().map(number).collect(),
        }
    }
}
