//! Lists: which numbers are named as the parts of which.
//!
//! A list is opened by words (其中, 包括) or by a bracket behind an amount, and ends with its sentence or its bracket. One that a paragraph
//! opens with its last words (其中：) goes on through the paragraphs below.

use super::FactId;
use crate::document::Document;
use crate::facts::{Fact, Joint, ListKind, Reading, Role};

/// A whole and the parts that are named of it.
#[derive(Debug, Clone)]
pub struct List {
    /// The whole.
    pub whole: FactId,
    /// The parts, in order.
    pub parts: Vec<FactId>,
    /// The words that opened it.
    pub kind: ListKind,
    /// Whether each part is the head of a paragraph of its own.
    pub of_paragraphs: bool,
    /// Whether the opening words say 主要: the parts that matter, not all.
    pub partial: bool,
}

/// Finds the lists of a reading.
pub fn lists(document: &Document, reading: &Reading) -> Vec<List> {
    let mut found = Vec::new();
    for paragraph in 0..reading.paragraphs.len() {
        within(reading, paragraph, &mut found);
        below(document, reading, paragraph, &mut found);
    }
    found.retain(|list: &List| !list.parts.is_empty());
    found
}

/// A list that is being read.
struct Open {
    list: List,
    depth: u8,
}

fn within(reading: &Reading, paragraph: usize, found: &mut Vec<List>) {
    let range = reading.paragraphs[paragraph].facts.clone();
    let mut open: Vec<Open> = Vec::new();
    for id in range.clone() {
        let fact = &reading.facts[id];
        let previous = (id > range.start).then(|| &reading.facts[id - 1]);
        if previous.is_some_and(|p| p.sentence != fact.sentence) {
            close(&mut open, 0, found);
        }
        while open.last().is_some_and(|o| o.depth > fact.depth) {
            close_one(&mut open, found);
        }
        if fact.joint == Joint::Item {
            // A semicolon ends the list within the list.
            while open.len() > 1 && open[open.len() - 2].depth == fact.depth {
                close_one(&mut open, found);
            }
        }
        let whole = match (fact.opens, previous) {
            (Some(kind), Some(_)) => last_amount(reading, range.start, id, fact).map(|whole| (whole, kind)),
            (Some(kind), None) => head_above(reading, paragraph).map(|whole| (whole, kind)),
            (None, Some(p)) if fact.depth > p.depth && is_amount(p) && is_amount(fact) => Some((id - 1, ListKind::OfWhich)),
            _ => None,
        };
        if let Some((whole, kind)) = whole {
            let partial = words_before(reading, paragraph, fact).contains("主要");
            let list = List { whole, parts: Vec::new(), kind, of_paragraphs: false, partial };
            open.push(Open { list, depth: fact.depth });
        }
        if is_amount(fact)
            && let Some(top) = open.last_mut()
            && same_kind(&reading.facts[top.list.whole], fact)
            && id != top.list.whole
        {
            top.list.parts.push(id);
        }
    }
    close(&mut open, 0, found);
}

fn close(open: &mut Vec<Open>, to: usize, found: &mut Vec<List>) {
    while open.len() > to {
        close_one(open, found);
    }
}

fn close_one(open: &mut Vec<Open>, found: &mut Vec<List>) {
    if let Some(Open { list, .. }) = open.pop() {
        found.push(list);
    }
}

/// The parts of a list that a paragraph opens with its last words: the heads of the paragraphs below, to the end of the section.
fn below(document: &Document, reading: &Reading, paragraph: usize, found: &mut Vec<List>) {
    let opener = &reading.paragraphs[paragraph];
    let Some(kind @ (ListKind::OfWhich | ListKind::Consists)) = opener.opens_list else { return };
    let wholes: Vec<FactId> = heads(reading, paragraph);
    let mut lists: Vec<List> =
        wholes.iter().map(|&whole| List { whole, parts: Vec::new(), kind, of_paragraphs: true, partial: false }).collect();
    for (index, below) in reading.paragraphs.iter().enumerate().skip(paragraph + 1) {
        if below.scope != opener.scope || !is_under(document, below.section, opener.section) {
            break;
        }
        // 其中：… below is about the paragraph right above it, not about the list.
        if below.continues.is_some() {
            continue;
        }
        for list in &mut lists {
            let whole = &reading.facts[list.whole];
            let head = heads(reading, index).into_iter().find(|&id| same_kind(whole, &reading.facts[id]));
            list.parts.extend(head);
        }
    }
    found.append(&mut lists);
}

fn is_under(document: &Document, mut section: usize, ancestor: usize) -> bool {
    loop {
        if section == ancestor {
            return true;
        }
        match document.sections[section].parent {
            Some(parent) => section = parent,
            None => return false,
        }
    }
}

/// The first amount of each kind (actual, each budget) that stands in no bracket and in no list of the paragraph.
pub fn heads(reading: &Reading, paragraph: usize) -> Vec<FactId> {
    let mut heads: Vec<FactId> = Vec::new();
    for id in reading.paragraphs[paragraph].facts.clone() {
        let fact = &reading.facts[id];
        if fact.opens.is_some() {
            break;
        }
        if fact.depth == 0 && is_amount(fact) && !heads.iter().any(|&head| same_kind(&reading.facts[head], fact)) {
            heads.push(id);
        }
    }
    heads
}

/// The amount that the words 其中 refer to: the last one before them at the same depth.
fn last_amount(reading: &Reading, from: FactId, before: FactId, part: &Fact) -> Option<FactId> {
    let outside = if before > from && reading.facts[before - 1].depth < part.depth { part.depth - 1 } else { part.depth };
    (from..before).rev().find(|&id| {
        let fact = &reading.facts[id];
        is_amount(fact) && fact.depth == outside && same_kind(fact, part)
    })
}

/// The main amount of the paragraph above, which a paragraph that begins with 其中 goes on about.
fn head_above(reading: &Reading, paragraph: usize) -> Option<FactId> {
    let above = paragraph.checked_sub(1)?;
    if reading.paragraphs[above].section != reading.paragraphs[paragraph].section {
        return None;
    }
    let part = reading.facts.get(reading.paragraphs[paragraph].facts.start)?;
    heads(reading, above).into_iter().find(|&id| same_kind(&reading.facts[id], part))
}

fn words_before(reading: &Reading, paragraph: usize, fact: &Fact) -> String {
    let from = fact.at.0.saturating_sub(40);
    reading.paragraphs[paragraph].text.chars().skip(from).take(fact.at.0 - from).collect()
}

/// Whether a fact is an amount that can be a whole or a part.
pub fn is_amount(fact: &Fact) -> bool {
    matches!(fact.role, Role::Value(_)) && !fact.quantity.loose
}

/// Whether two amounts could be whole and part: the same unit, basis and period.
pub fn same_kind(a: &Fact, b: &Fact) -> bool {
    a.quantity.unit == b.quantity.unit && a.role == b.role && a.period == b.period
}
