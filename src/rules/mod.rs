//! The rules: one file each. A rule finds relations of one kind in a reading; whether they hold is not its business.

mod accounts;
mod added_total;
mod adjusted_budget;
mod average;
mod balance;
mod blank_figure;
mod blank_table;
mod bound;
mod change;
mod change_rate;
mod changes_total;
mod class_items;
mod code_name;
mod complement;
mod completion;
mod completion_total;
mod contract;
mod count_bound;
mod counted_rate;
mod difference;
mod form_budget;
mod form_goal;
mod garbled_figure;
mod indicator_words;
mod listed_count;
mod listed_table;
mod missed_reason;
mod movement;
mod own_words;
mod parts;
mod points;
mod printed_calculation;
mod product;
mod prose_indicator;
mod prose_table;
mod same_fact;
mod same_indicator;
mod same_measure;
mod same_sentence;
mod score_band;
mod score_bound;
mod score_claim;
mod score_deduction;
mod score_groups;
mod score_item;
mod score_method;
mod score_rate;
mod score_total;
mod share;
mod share_total;
mod statement;
mod surplus;
mod survey_rate;
mod table_codes;
mod table_compare;
mod table_list;
mod table_outline;
mod table_overview;
mod table_row;
mod table_sangong;
mod tables_agree;
mod target;
mod target_met;
#[cfg(test)]
mod told;
mod unit_slip;

use crate::document::{BlockKind, Document};
use crate::facts::{Basis, Fact, Joint, Period, Reading, Role, label};
use crate::relations::{Codes, FactId, List, Relation, Tree, WordCheck, lists, trees};
use crate::scoring::{Form, Indicator};
use crate::source::ByteSpan;
use crate::taxonomy::Concept;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::ops::Range;

/// A rule: what it is called, why it is right, and how it finds its relations.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name for machines, in kebab case.
    pub id: &'static str,
    /// Its name in Chinese and in English.
    pub name: [&'static str; 2],
    /// What it does and what it rests on, in Chinese and in English.
    pub doc: [&'static str; 2],
    /// A text that it finds fault with.
    pub fails: &'static str,
    /// A text like it that is right.
    pub passes: &'static str,
    /// Finds its relations.
    pub find: fn(&Context, &mut Found),
}

/// Every rule, in the order in which they are explained.
pub const RULES: &[Rule] = &[
    accounts::RULE,
    parts::RULE,
    added_total::RULE,
    balance::RULE,
    class_items::RULE,
    bound::RULE,
    count_bound::RULE,
    share::RULE,
    share_total::RULE,
    change::RULE,
    change_rate::RULE,
    changes_total::RULE,
    points::RULE,
    completion::RULE,
    complement::RULE,
    completion_total::RULE,
    survey_rate::RULE,
    counted_rate::RULE,
    adjusted_budget::RULE,
    difference::RULE,
    printed_calculation::RULE,
    product::RULE,
    average::RULE,
    surplus::RULE,
    contract::RULE,
    statement::RULE,
    target::RULE,
    same_fact::RULE,
    same_sentence::RULE,
    same_measure::RULE,
    unit_slip::RULE,
    blank_figure::RULE,
    garbled_figure::RULE,
    table_row::RULE,
    table_codes::RULE,
    table_overview::RULE,
    table_sangong::RULE,
    table_list::RULE,
    table_outline::RULE,
    table_compare::RULE,
    tables_agree::RULE,
    prose_table::RULE,
    code_name::RULE,
    listed_table::RULE,
    listed_count::RULE,
    blank_table::RULE,
    score_bound::RULE,
    score_total::RULE,
    score_method::RULE,
    score_band::RULE,
    score_rate::RULE,
    score_deduction::RULE,
    score_groups::RULE,
    target_met::RULE,
    missed_reason::RULE,
    own_words::RULE,
    same_indicator::RULE,
    indicator_words::RULE,
    prose_indicator::RULE,
    form_budget::RULE,
    form_goal::RULE,
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// What rules look at.
pub struct Context<'r> {
    /// The document's structure.
    pub document: &'r Document,
    /// The facts.
    pub reading: &'r Reading,
    /// The lists of parts.
    pub lists: Vec<List>,
    /// The tables by code.
    pub trees: Vec<Tree>,
    /// What the tables say of codes.
    pub codes: Codes,
    /// Where the last of the text begins, behind which it may have gone on.
    last: usize,
    /// The lists that name a fact as a part, by the part.
    lists_of: FxHashMap<FactId, Vec<usize>>,
    /// The facts of one kind that stand in a row of two or more, in source order.
    runs: Vec<Range<FactId>>,
    /// The facts of the prose by where they stand.
    prose: Vec<FactId>,
    /// Where the scored forms begin, in order.
    scored_forms: Vec<usize>,
    /// The rows of scoring forms, by their names.
    rows_named: FxHashMap<&'r str, Vec<&'r Indicator>>,
    /// The amounts of a name in a scope, the planned ones and those done, in source order.
    named: FxHashMap<(usize, &'r str, bool), Vec<FactId>>,
    /// The amounts of a concept in a scope, the planned ones and those done, in source order.
    amounts: FxHashMap<(usize, Concept, bool), Vec<FactId>>,
    /// The amounts of the year before in the prose of a scope, by the names that they have without it, in source order.
    priors: FxHashMap<(usize, &'r str), Vec<FactId>>,
    /// What the prose says of the points of single indicators, and the totals that it claims: several rules ask, the first one looks.
    items: OnceCell<Vec<score_item::Item>>,
    totals: OnceCell<Vec<FactId>>,
}

/// How many numbers back the words of a sentence can reach. A paragraph without end must not cost the square of its length.
const REACH: usize = 120;

/// What rules found.
#[derive(Debug, Default)]
pub struct Found {
    /// Relations between numbers.
    pub relations: Vec<Relation>,
    /// Claims of words about numbers.
    pub words: Vec<WordCheck>,
}

/// Where the last block of words begins; the one before it where that is torn in the middle of a sentence.
fn last_of(document: &Document) -> usize {
    let mut blocks = document.blocks.iter().rev().filter(|block| !matches!(block.kind, BlockKind::Furniture));
    let Some(last) = blocks.next() else { return 0 };
    let torn = match &last.kind {
        BlockKind::Paragraph { flow, .. } | BlockKind::Heading { flow, .. } => {
            flow.chars().last().is_some_and(|end| !matches!(end, '。' | '；' | '！' | '？'))
        }
        _ => false,
    };
    blocks.next().filter(|_| torn).map_or(last.span.start, |before| before.span.start)
}

/// Runs every rule.
pub fn find(document: &Document, reading: &Reading) -> Found {
    let context = Context::new(document, reading);
    let mut found = Found::default();
    for rule in RULES {
        (rule.find)(&context, &mut found);
    }
    found.words.shrink_to_fit();
    found
}

impl<'r> Context<'r> {
    fn new(document: &'r Document, reading: &'r Reading) -> Self {
        let lists = lists(document, reading);
        let mut lists_of: FxHashMap<FactId, Vec<usize>> = FxHashMap::default();
        for (index, list) in lists.iter().enumerate() {
            for &part in &list.parts {
                lists_of.entry(part).or_default().push(index);
            }
        }
        let mut amounts: FxHashMap<(usize, Concept, bool), Vec<FactId>> = FxHashMap::default();
        let mut named: FxHashMap<(usize, &str, bool), Vec<FactId>> = FxHashMap::default();
        let mut priors: FxHashMap<(usize, &str), Vec<FactId>> = FxHashMap::default();
        for (id, fact) in reading.facts.iter().enumerate() {
            let scope = reading.paragraphs[fact.paragraph].scope;
            if fact.cell.is_none() && fact.period == Period::Prior && fact.role == Role::Value(Basis::Actual) {
                priors.entry((scope, label::of_any_year(&fact.subject))).or_default().push(id);
            }
            let Some(planned) = fact.planned() else { continue };
            if let Some(concept) = fact.concept {
                amounts.entry((scope, concept, planned)).or_default().push(id);
            }
            if fact.cell.is_none() && !fact.subject.is_empty() {
                named.entry((scope, label::core(&fact.subject), planned)).or_default().push(id);
            }
        }
        let trees = trees(document, reading);
        let codes = Codes::of(document, reading, &trees);
        let mut rows_named: FxHashMap<&str, Vec<&Indicator>> = FxHashMap::default();
        for row in reading.forms.iter().flat_map(|form| &form.indicators) {
            rows_named.entry(row.name.as_str()).or_default().push(row);
        }
        let runs = runs(reading);
        let mut prose: Vec<FactId> = (0..reading.facts.len()).filter(|&id| reading.facts[id].cell.is_none()).collect();
        prose.sort_by_key(|&id| reading.facts[id].span.start);
        let scored = reading.forms.iter().filter(|form| form.is_scored());
        let mut scored_forms: Vec<usize> = scored.map(|form| document.blocks[form.block].span.start).collect();
        scored_forms.sort_unstable();
        Context {
            document,
            reading,
            lists,
            trees,
            codes,
            last: last_of(document),
            lists_of,
            runs,
            prose,
            scored_forms,
            rows_named,
            amounts,
            named,
            priors,
            items: OnceCell::new(),
            totals: OnceCell::new(),
        }
    }

    /// Whether something stands in the last of the text: what it belongs to may go on in a part that was not copied.
    pub fn may_break_off(&self, span: ByteSpan) -> bool {
        span.end > self.last
    }

    /// The rows of all forms that have a name.
    pub fn rows_named(&self, name: &str) -> impl Iterator<Item = &Indicator> {
        self.rows_named.get(name).into_iter().flatten().copied()
    }

    /// The lists that name a fact as a part.
    pub fn lists_of(&self, part: FactId) -> impl Iterator<Item = &List> {
        self.lists_of.get(&part).into_iter().flatten().map(|&index| &self.lists[index])
    }

    /// The amounts of the prose that bear a name in a fact's scope, planned or done, in source order.
    pub fn named<'n>(&'n self, name: &'n str, planned: bool, id: FactId) -> &'n [FactId] {
        self.named.get(&(self.scope(id), label::core(name), planned)).map_or(&[], Vec::as_slice)
    }

    /// The amounts of the year before that the prose of a fact's scope states under its name.
    pub fn priors(&self, id: FactId) -> &[FactId] {
        let name = label::of_any_year(&self.fact(id).subject);
        self.priors.get(&(self.scope(id), name)).map_or(&[], Vec::as_slice)
    }

    /// The amounts of a concept in a fact's scope, planned or done: those before the fact, the nearest first, then those behind it.
    pub fn amounts(&self, concept: Concept, planned: bool, id: FactId) -> impl Iterator<Item = FactId> {
        self.amounts_before(concept, planned, id).chain(self.amounts_behind(concept, planned, id))
    }

    /// Those before the fact, the nearest first.
    pub fn amounts_before(&self, concept: Concept, planned: bool, id: FactId) -> impl Iterator<Item = FactId> {
        let all = self.all_amounts(concept, planned, id);
        all[..all.partition_point(|&other| other < id)].iter().rev().copied()
    }

    /// Those behind it, the nearest first.
    pub fn amounts_behind(&self, concept: Concept, planned: bool, id: FactId) -> impl Iterator<Item = FactId> {
        let all = self.all_amounts(concept, planned, id);
        all[all.partition_point(|&other| other <= id)..].iter().copied()
    }

    fn all_amounts(&self, concept: Concept, planned: bool, id: FactId) -> &[FactId] {
        self.amounts.get(&(self.scope(id), concept, planned)).map_or(&[], Vec::as_slice)
    }

    /// The fact of an id.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.reading.facts[id]
    }

    /// The facts of the prose, with their ids.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.reading.facts.iter().enumerate().filter(|(_, fact)| fact.cell.is_none())
    }

    /// The facts of the prose that stand in a stretch of the text, with their ids.
    pub fn facts_in(&self, stretch: Range<usize>) -> impl Iterator<Item = (FactId, &Fact)> {
        let from = self.prose.partition_point(|&id| self.fact(id).span.start < stretch.start);
        let facts = self.prose[from..].iter().map(|&id| (id, self.fact(id)));
        facts.take_while(move |(_, fact)| fact.span.start < stretch.end)
    }

    /// The stretch of the text in front of a scoring form that belongs to it: from the scored form before.
    pub fn passage(&self, form: &Form) -> Range<usize> {
        let start = self.document.blocks[form.block].span.start;
        let before = self.scored_forms.partition_point(|&other| other < start);
        before.checked_sub(1).map_or(0, |last| self.scored_forms[last])..start
    }

    /// The facts before `id` in its paragraph, the nearest first.
    pub fn before(&self, id: FactId) -> impl Iterator<Item = (FactId, &Fact)> {
        let start = self.reading.paragraphs[self.fact(id).paragraph].facts.start.max(id.saturating_sub(REACH));
        (start..id).rev().map(|id| (id, self.fact(id)))
    }

    /// Facts of one kind that stand in a row (a、b、c): where the row of a fact begins and how many it has.
    pub fn place_in_run(&self, id: FactId) -> (FactId, usize) {
        let before = self.runs.partition_point(|run| run.end <= id);
        self.runs.get(before).filter(|run| run.contains(&id)).map_or((id, 1), |run| (run.start, run.len()))
    }

    /// The number that belongs to the one at `id` by its place, where two rows of equal length follow each other: 分别增加a、b，增长p、q.
    pub fn paired(&self, id: FactId, fits: impl Fn(&Fact) -> bool) -> Option<FactId> {
        let (start, len) = self.place_in_run(id);
        let last = self.before(start).map(|(id, _)| id).next()?;
        let (other, other_len) = self.place_in_run(last);
        (len >= 2 && len == other_len && fits(self.fact(other))).then_some(other + (id - start))
    }

    /// The same, where the other row stands in the sentence before: 分别是A、B。比上年分别减少a、b.
    pub fn paired_across(&self, id: FactId, fits: impl Fn(&Fact) -> bool) -> Option<FactId> {
        let (start, len) = self.place_in_run(id);
        let (last, _) = self.before(start).find(|(_, f)| fits(f))?;
        let (other, other_len) = self.place_in_run(last);
        (len >= 2 && len == other_len).then_some(other + (id - start))
    }

    /// The section of level 2 (一、二、…) or above that a fact stands in.
    pub fn chapter(&self, id: FactId) -> usize {
        self.chapter_of(self.reading.paragraphs[self.fact(id).paragraph].section)
    }

    /// The section of level 2 or above around a section.
    pub fn chapter_of(&self, mut section: usize) -> usize {
        while self.document.sections[section].level > 2
            && let Some(parent) = self.document.sections[section].parent
        {
            section = parent;
        }
        section
    }

    /// The scope of a fact: 0 for the main report, more for each annex.
    pub fn scope(&self, id: FactId) -> usize {
        self.reading.paragraphs[self.fact(id).paragraph].scope
    }
}

/// The facts of one kind that stand in a row of two or more: bare numbers that a list joins to the one before them.
fn runs(reading: &Reading) -> Vec<Range<FactId>> {
    let goes_on = |previous: &Fact, fact: &Fact| {
        fact.paragraph == previous.paragraph
            && fact.joint == Joint::List
            && fact.subject.is_empty()
            && fact.role == previous.role
            && fact.quantity.unit == previous.quantity.unit
    };
    let mut runs: Vec<Range<FactId>> = Vec::new();
    for (before, _) in reading.facts.windows(2).enumerate().filter(|(_, pair)| goes_on(&pair[0], &pair[1])) {
        match runs.last_mut().filter(|run| run.end == before + 1) {
            Some(run) => run.end += 1,
            None => runs.push(before..before + 2),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Severity, Status};
    use crate::{Options, check};

    #[test]
    fn every_rule_finds_fault_with_its_failing_example() {
        for rule in RULES {
            let report = check(rule.fails, &Options::default());
            let fails = report.checks.iter().any(|c| c.rule == rule.id && c.status == Status::Fail);
            assert!(fails, "{}: {:#?}", rule.id, report.checks);
            // A rule that only asks tells a note.
            let told = report.findings.iter().any(|f| f.severity != Severity::Info || f.rule == rule.id);
            assert!(told, "{} tells nothing", rule.id);
        }
    }

    #[test]
    fn every_rule_is_silent_on_its_passing_example() {
        for rule in RULES {
            let report = check(rule.passes, &Options::default());
            let told: Vec<&str> =
                report.findings.iter().filter(|f| f.severity != Severity::Info).map(|f| f.message.as_str()).collect();
            assert!(told.is_empty(), "{}: {told:#?}", rule.id);
        }
    }

    #[test]
    fn ids_are_kebab_case_and_unique() {
        let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }
}
