//! The rules: one file each. A rule finds relations of one kind in a reading; whether they hold is not its business.

mod accounts;
mod blank_figure;
mod bound;
mod change;
mod change_rate;
mod class_items;
mod completion;
mod contract;
mod difference;
mod movement;
mod parts;
mod product;
mod same_fact;
mod share;
mod share_total;
mod statement;
mod target;
mod unit_slip;


use crate::document::Document;
use crate::facts::{Fact, Reading};
use crate::relations::{FactId, List, Relation, WordCheck, lists};

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
    class_items::RULE,
    bound::RULE,
    share::RULE,
    share_total::RULE,
    change::RULE,
    change_rate::RULE,
    completion::RULE,
    difference::RULE,
    product::RULE,
    contract::RULE,
    statement::RULE,
    target::RULE,
    same_fact::RULE,
    unit_slip::RULE,
    blank_figure::RULE,
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
}

/// What rules found.
#[derive(Debug, Default)]
pub struct Found {
    /// Relations between numbers.
    pub relations: Vec<Relation>,
    /// Claims of words about numbers.
    pub words: Vec<WordCheck>,
}

/// Runs every rule.
pub fn find(document: &Document, reading: &Reading) -> Found {
    let context = Context { document, reading, lists: lists(document, reading) };
    let mut found = Found::default();
    for rule in RULES {
        (rule.find)(&context, &mut found);
    }
    found
}

impl Context<'_> {
    /// The fact of an id.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.reading.facts[id]
    }

    /// The facts of the prose, with their ids.
    pub fn facts(&self) -> impl Iterator<Item = (FactId, &Fact)> {
        self.reading.facts.iter().enumerate().filter(|(_, fact)| fact.cell.is_none())
    }

    /// The facts before `id` in its paragraph, the nearest first.
    pub fn before(&self, id: FactId) -> impl Iterator<Item = (FactId, &Fact)> {
        let start = self.reading.paragraphs[self.fact(id).paragraph].facts.start;
        (start..id).rev().map(|id| (id, self.fact(id)))
    }

    /// Facts of one kind that stand in a row (a、b、c), counted with the one at `id` last: their number up to and with it.
    pub fn place_in_run(&self, id: FactId) -> (FactId, usize) {
        let mut start = id;
        while start > 0 && self.goes_on(start) {
            start -= 1;
        }
        let mut end = id + 1;
        while end < self.reading.facts.len() && self.goes_on(end) {
            end += 1;
        }
        (start, end - start)
    }

    /// Whether the fact goes on with the list of bare numbers that the one before it is in.
    fn goes_on(&self, id: FactId) -> bool {
        let (fact, previous) = (self.fact(id), self.fact(id - 1));
        fact.paragraph == previous.paragraph
            && fact.joint == crate::facts::Joint::List
            && fact.subject.is_empty()
            && fact.role == previous.role
            && fact.quantity.unit == previous.quantity.unit
    }

    /// The number that belongs to the one at `id` by its place, where two rows of equal length follow each other: 分别增加a、b，增长p、q.
    pub fn paired(&self, id: FactId, fits: impl Fn(&Fact) -> bool) -> Option<FactId> {
        let (start, len) = self.place_in_run(id);
        let last = self.before(start).map(|(id, _)| id).next()?;
        let (other, other_len) = self.place_in_run(last);
        (len >= 2 && len == other_len && fits(self.fact(other))).then_some(other + (id - start))
    }

    /// The section of level 2 (一、二、…) or above that a fact stands in.
    pub fn chapter(&self, id: FactId) -> usize {
        let mut section = self.reading.paragraphs[self.fact(id).paragraph].section;
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
