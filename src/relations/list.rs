//! Lists: which numbers are named as the parts of which.
//!
//! A list is opened by words (其中, 包括, 由…组成) or by a bracket behind an amount, and ends with its sentence or its bracket. One that a
//! paragraph opens with its last words (其中：) goes on through the paragraphs below.

use super::FactId;
use crate::document::Document;
use crate::facts::{Fact, Joint, ListKind, Paragraph, Reading, Role, Unit, label};
use crate::numbers::Interval;
use rust_decimal::Decimal;

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
    /// Whether an item among the paragraphs names no amount that could be a part.
    pub gaps: bool,
    /// Whether the whole is planned and the parts do not say that they are (预算100万元，其中：基本支出60万元).
    pub mixed: bool,
}

impl List {
    /// Whether the printed parts can add up to the printed whole.
    pub fn makes_whole(&self, reading: &Reading) -> bool {
        runs(reading, &self.parts, self.whole).last() == Some(self.parts.len())
    }

    /// Whether the first of the printed parts add up to the printed whole by themselves, so that the others may not belong to it.
    pub fn is_made_before_its_end(&self, reading: &Reading) -> bool {
        runs(reading, &self.parts, self.whole).next().is_some_and(|made| made < self.parts.len())
    }
}

/// How many of the first parts can add up to the whole: every length that does, in one pass.
fn runs(reading: &Reading, parts: &[FactId], whole: FactId) -> impl Iterator<Item = usize> {
    let value = |id: FactId| reading.facts[id].quantity.interval();
    let whole = value(whole);
    let sums = parts.iter().scan(Interval::point(Decimal::ZERO), move |sum, &id| {
        *sum = sum.plus(value(id))?;
        Some(*sum)
    });
    sums.enumerate().filter(move |(_, sum)| sum.meet(whole).is_some()).map(|(at, _)| at + 1)
}

/// The budgets that money comes from, which never overlap.
const BUDGETS: [&str; 3] = ["一般公共预算", "政府性基金", "国有资本经营"];

/// The budget that an amount's name tells it to be of.
pub fn budget(fact: &Fact) -> Option<&'static str> {
    BUDGETS.into_iter().find(|budget| fact.subject.contains(budget))
}

/// Whether the parts behind the first ones go on with the money of another budget: what comes from it is a part like them, and that the
/// first ones make the whole without it is the slip.
fn leave_a_budget_out(reading: &Reading, parts: &[FactId], len: usize) -> bool {
    let of = |id: &FactId| budget(&reading.facts[*id]);
    let (kept, rest) = parts.split_at(len);
    rest.first().and_then(of).is_some_and(|next| {
        let others = || kept.iter().filter_map(of);
        others().next().is_some() && others().all(|other| other != next)
    }) && !reading.facts[rest[0]].quantity.figure.is_zero()
}

/// Finds the lists of a reading.
pub fn lists(document: &Document, reading: &Reading) -> Vec<List> {
    let mut found = Vec::new();
    for paragraph in 0..reading.paragraphs.len() {
        if !is_table(reading, paragraph) {
            within(reading, paragraph, &mut found);
            below(document, reading, paragraph, &mut found);
        }
    }
    found.retain(|list: &List| !list.parts.is_empty() && !stands_beside(reading, list) && !out_of(reading, list));
    found
}

/// 收回285份（发放300份）: the bracket names what the amount before it is out of.
fn out_of(reading: &Reading, list: &List) -> bool {
    const PLANNED: [&str; 6] = ["发放", "应", "计划", "目标", "共", "总"];
    let lead = reading.lead(list.parts[0]);
    list.parts.len() == 1
        && lead.strip_prefix('（').is_some_and(|words| PLANNED.iter().any(|word| words.starts_with(word)))
}

/// 其中：A 60万元 其中：甲 40万元: two lists of a form side by side, each with its own 其中, and no mark between them.
fn stands_beside(reading: &Reading, list: &List) -> bool {
    let opens = |id: FactId| reading.facts[id].opens == Some(ListKind::OfWhich);
    let first = list.parts[0];
    let beside = first == list.whole + 1 && opens(list.whole) && opens(first);
    beside && reading.lead(first).trim_start().starts_with("其中")
}

fn is_table(reading: &Reading, paragraph: usize) -> bool {
    reading.facts.get(reading.paragraphs[paragraph].facts.start).is_some_and(|fact| fact.cell.is_some())
}

/// A list that is being read.
struct Open {
    list: List,
    depth: u8,
    /// Whether a semicolon stands between the start of the sentence and the whole: then the next one ends the list.
    within_item: bool,
    /// Whether its parts are parted by semicolons.
    by_items: bool,
    /// Other amounts that the words may mean by the whole.
    rivals: Vec<FactId>,
    /// The number whose words opened it: its parts are of the same kind.
    like: FactId,
    /// The change right before it, whose parts they may be as well: 追加300万元，其中A、B.
    moved: Option<FactId>,
}

impl Open {
    fn new(whole: FactId, like: FactId, kind: ListKind, depth: u8) -> Self {
        let list =
            List { whole, parts: Vec::new(), kind, of_paragraphs: false, partial: false, gaps: false, mixed: false };
        Open { list, depth, within_item: false, by_items: false, rivals: Vec::new(), like, moved: None }
    }

    /// Ends the list. Where the words leave open how far it goes or what its whole is, the arithmetic tells: a first run of its parts that
    /// makes the whole is the list, and a rival that the parts make is the whole.
    fn close(mut self, reading: &Reading, found: &mut Vec<List>) {
        let wholes: Vec<FactId> = std::iter::once(self.list.whole).chain(self.rivals).collect();
        let parts = &self.list.parts;
        let fitting = wholes
            .iter()
            .find_map(|&whole| runs(reading, parts, whole).filter(|&len| len >= 2).last().map(|len| (whole, len)))
            .filter(|&(_, len)| !leave_a_budget_out(reading, parts, len));
        match fitting {
            Some((whole, len)) => {
                self.list.whole = whole;
                self.list.parts.truncate(len);
            }
            // What makes the change before it is of that, and no list of amounts.
            None if self.moved.is_some_and(|moved| runs(reading, parts, moved).last() == Some(parts.len())) => return,
            // Parts larger than what they are said to be part of are parts of something larger, if the words allow it.
            None => {
                let largest = parts.iter().map(|&id| reading.facts[id].quantity.value()).max().unwrap_or_default();
                if let Some(&whole) = wholes.iter().find(|&&id| reading.facts[id].quantity.value() >= largest) {
                    self.list.whole = whole;
                }
            }
        }
        found.push(self.list);
    }
}

fn within(reading: &Reading, paragraph: usize, found: &mut Vec<List>) {
    let range = reading.paragraphs[paragraph].facts.clone();
    let mut open: Vec<Open> = Vec::new();
    let mut items_in_sentence = 0;
    // The whole of the list before, which one that goes on beside it (收入包括…；支出包括…) shares.
    let mut shared: Option<FactId> = None;
    let mut close_one = |open: &mut Vec<Open>| {
        if let Some(list) = open.pop() {
            list.close(reading, found);
        }
    };
    for id in range.clone() {
        let fact = &reading.facts[id];
        let previous = (id > range.start).then(|| &reading.facts[id - 1]);
        if previous.is_some_and(|p| p.sentence != fact.sentence) {
            items_in_sentence = 0;
            while !open.is_empty() {
                close_one(&mut open);
            }
        }
        while open.last().is_some_and(|o| o.depth > fact.depth) {
            close_one(&mut open);
        }
        if fact.joint == Joint::Item {
            if fact.depth == 0 {
                items_in_sentence += 1;
            }
            while let Some(last) = open.last()
                && last.depth == fact.depth
            {
                let nested = open.len() > 1 && open[open.len() - 2].depth == fact.depth;
                let ended = last.list.parts.len() >= 2 && !last.by_items;
                if !(nested || ended || last.within_item) {
                    break;
                }
                close_one(&mut open);
            }
            if let Some(last) = open.last_mut() {
                last.by_items = true;
            }
        }
        // What is added to the whole is none of its parts, and behind a semicolon expenditure is none of income.
        let other_side = |o: &Open| {
            let side = |of: &Fact, name: &str| of.subject.ends_with(name);
            let whole = &reading.facts[o.list.whole];
            [("收入", "支出"), ("支出", "收入")].iter().any(|(one, other)| {
                let alike = |&part: &FactId| !side(&reading.facts[part], other);
                side(whole, one) && side(fact, other) && !o.list.parts.is_empty() && o.list.parts.iter().all(alike)
            })
        };
        if reading.is_added(id) || fact.joint == Joint::Item && open.last().is_some_and(other_side) {
            while open.last().is_some_and(|o| o.depth == fact.depth) {
                close_one(&mut open);
            }
        }
        if let Some(mut opened) = opened(reading, paragraph, id) {
            // 其构成是：①A: the number of the first item parts it from nothing.
            let numbered = fact.depth == 0 && reading.lead(id).contains(|c| matches!(c, '①'..='⑳'));
            let begins = numbered && fact.joint == Joint::Item;
            opened.within_item = items_in_sentence > usize::from(begins);
            opened.list.partial = words_before(reading, paragraph, fact).contains("主要");
            let divides = opened.list.kind == ListKind::Divides;
            opened.list.partial |= divides;
            let first = || {
                heads(reading, paragraph).into_iter().find(|&head| head < id && same_kind(&reading.facts[head], fact))
            };
            // 从结构看，全市收入中，A…；B…: the words name the whole themselves.
            let named = divides.then(|| topic(&reading.lead(id))).flatten();
            if let Some(name) = &named {
                let Some(whole) = named_above(reading, paragraph, id, name) else { continue };
                opened.list.whole = whole;
                opened.rivals.clear();
            }
            let whole = match shared {
                _ if named.is_some() => None,
                None if divides => first(),
                shared => shared.filter(|_| divides || goes_beside(reading, id)),
            };
            if let Some(whole) = whole.filter(|&whole| whole != opened.list.whole) {
                opened.rivals.insert(0, opened.list.whole);
                opened.list.whole = whole;
                opened.list.mixed = !same_kind(&reading.facts[whole], fact);
            }
            shared = Some(opened.list.whole);
            open.push(opened);
        }
        if is_part(fact)
            && let Some(top) = open.last_mut()
            && top.depth == fact.depth
            && same_kind(&reading.facts[top.like], fact)
            && id != top.list.whole
            && !is_part_of_part(reading, id, &top.list)
        {
            top.list.parts.push(id);
        }
    }
    while !open.is_empty() {
        close_one(&mut open);
    }
}

/// The whole that words name before its parts: 全市收入 in 从结构看，全市收入中，.
fn topic(lead: &str) -> Option<String> {
    let sentence = lead.rsplit('。').next()?;
    let clause =
        sentence.split(['，', ',']).find_map(|clause| clause.strip_suffix('中')).filter(|name| *name != "其")?;
    Some(label::clean(clause.strip_prefix('在').unwrap_or(clause)))
}

/// The nearest amount before a fact that bears a name, in its paragraph or in those above it.
fn named_above(reading: &Reading, paragraph: usize, id: FactId, name: &str) -> Option<FactId> {
    let scope = reading.paragraphs[paragraph].scope;
    let name = label::core(name);
    let alike = |fact: &Fact| {
        let subject = fact.subject.trim_end_matches("完成").trim_end_matches("累计");
        is_amount(fact) && same_kind(fact, &reading.facts[id]) && label::core(subject) == name
    };
    (id.saturating_sub(FARTHEST)..id)
        .rev()
        .take_while(|&other| reading.paragraphs[reading.facts[other].paragraph].scope == scope)
        .find(|&other| alike(&reading.facts[other]))
}

/// How many numbers back the whole of a division can stand.
const FARTHEST: usize = 120;

/// Whether a list that a fact opens has a subject of its own behind a semicolon (；支出包括), so that it stands beside the list before it.
fn goes_beside(reading: &Reading, id: FactId) -> bool {
    let words = reading.lead(id);
    let clause = words.rsplit_once('；').map_or("", |(_, clause)| clause);
    clause.find("包括").is_some_and(|topic| topic >= "支出".len())
}

/// The list that the words before a fact open, if they do.
fn opened(reading: &Reading, paragraph: usize, id: FactId) -> Option<Open> {
    let start = reading.paragraphs[paragraph].facts.start;
    let fact = &reading.facts[id];
    if id == start {
        let kind = reading.paragraphs[paragraph].continues?;
        if kind == ListKind::Divides {
            return divided_above(reading, paragraph, id);
        }
        let whole = head_above(reading, paragraph)?;
        return Some(Open::new(whole, id, kind, fact.depth));
    }
    let previous = &reading.facts[id - 1];
    let kind = match fact.opens {
        Some(kind) => kind,
        None if fact.depth > previous.depth && is_part(fact) && !is_balance_of(fact, previous) => ListKind::OfWhich,
        None => return None,
    };
    let outside = if fact.depth > previous.depth { previous.depth } else { fact.depth };
    // No list reaches back over a sentence that has amounts of its own.
    let sentence = (start..id).rev().map(|other| &reading.facts[other]).find(|f| may_hold(f, fact, outside))?.sentence;
    let reach = || {
        let within = move |other: &FactId| reading.facts[*other].sentence >= sentence;
        (start..id).rev().take_while(within).filter(|&other| may_hold(&reading.facts[other], fact, outside))
    };
    let alike = reach().find(|&other| same_kind(&reading.facts[other], fact));
    let unsaid = || reach().find(|&other| reading.facts[other].plan().is_some() && fact.is_actual());
    let mut opened = Open::new(alike.or_else(unsaid)?, id, kind, fact.depth);
    opened.list.mixed = alike.is_none();
    opened.moved = matches!(previous.role, Role::Change(..)).then_some(id - 1);
    // 其中 at the head of a sentence may go back to any amount of the one before; within a sentence it means the amount right before it.
    if fact.sentence != sentence {
        opened.rivals = reach()
            .skip_while(|&other| other != opened.list.whole)
            .skip(1)
            .filter(|&other| same_kind(&reading.facts[other], &reading.facts[opened.list.whole]))
            .collect();
    }
    Some(opened)
}

/// How many paragraphs a list can go through: more than the items of any accounts.
const MOST_BELOW: usize = 120;

/// The parts of a list that a paragraph opens with its last words: the heads of the paragraphs below, to the end of the section.
fn below(document: &Document, reading: &Reading, paragraph: usize, found: &mut Vec<List>) {
    let opener = &reading.paragraphs[paragraph];
    let Some(kind) = opener.opens_list else { return };
    let partial = opener.between(opener.words.chars().len().saturating_sub(12), usize::MAX).contains("主要");
    let wholes: Vec<FactId> = heads(reading, paragraph);
    let mut lists: Vec<List> = wholes
        .iter()
        .map(|&whole| List { whole, parts: Vec::new(), kind, of_paragraphs: true, partial, gaps: false, mixed: false })
        .collect();
    for (index, below) in reading.paragraphs.iter().enumerate().skip(paragraph + 1).take(MOST_BELOW) {
        if below.scope != opener.scope || !is_under(document, below.section, opener.section) {
            break;
        }
        // A paragraph that names a year or an office anew has left the list behind.
        if index > paragraph + 1 && begins_anew(below) {
            break;
        }
        // 其中：… below is about the paragraph right above it, not about the list, unless a heading names an item of its own.
        let goes_on = below.continues.is_some_and(|kind| kind != ListKind::Divides);
        if goes_on && below.item.is_none() || is_table(reading, index) {
            continue;
        }
        for list in &mut lists {
            let whole = &reading.facts[list.whole];
            let head = heads(reading, index).into_iter().find(|&id| same_kind(whole, &reading.facts[id]));
            list.gaps |= head.is_none() && below.item.as_ref().is_some_and(|item| !item.item.is_empty());
            list.parts.extend(head);
        }
    }
    for list in &mut lists {
        // Nothing marks where such a list ends; where its first parts make the whole, it ends with them.
        let first = runs(reading, &list.parts, list.whole).find(|&len| len >= 2);
        list.parts.truncate(first.unwrap_or(list.parts.len()));
    }
    found.append(&mut lists);
}

/// Whether a paragraph begins as one does that goes on from nothing before it.
fn begins_anew(paragraph: &Paragraph) -> bool {
    let lead = paragraph.between(0, 5);
    let year = lead.ends_with('年') && lead.chars().take(4).all(|c| c.is_ascii_digit());
    year || ["截至", "本单位", "本部门", "我单位", "我局", "根据"].iter().any(|word| lead.starts_with(word))
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

/// The main amount of the paragraph above, which a paragraph that begins with 其中 or 主要用于 goes on about.
fn head_above(reading: &Reading, paragraph: usize) -> Option<FactId> {
    let above = paragraph.checked_sub(1)?;
    if reading.paragraphs[above].scope != reading.paragraphs[paragraph].scope {
        return None;
    }
    let part = reading.facts.get(reading.paragraphs[paragraph].facts.start)?;
    heads(reading, above).into_iter().find(|&id| same_kind(&reading.facts[id], part))
}

/// 按用途划分：… at the head of a paragraph: any amount of the paragraph above can be the whole; other ways to divide it may stand between.
fn divided_above(reading: &Reading, paragraph: usize, id: FactId) -> Option<Open> {
    let fact = &reading.facts[id];
    let above = (0..paragraph).rev().find(|&above| reading.paragraphs[above].continues != Some(ListKind::Divides))?;
    if reading.paragraphs[above].scope != reading.paragraphs[paragraph].scope {
        return None;
    }
    let range = reading.paragraphs[above].facts.clone();
    let mut wholes = range.filter(|&other| reading.facts[other].depth == 0 && may_hold(&reading.facts[other], fact, 0));
    let mut opened = Open::new(wholes.next()?, id, ListKind::Divides, fact.depth);
    opened.rivals = wholes.collect();
    Some(opened)
}

fn words_before(reading: &Reading, paragraph: usize, fact: &Fact) -> String {
    let from = fact.at.0.saturating_sub(40);
    reading.paragraphs[paragraph].between(from, fact.at.0)
}

/// Whether a fact is an amount that can be a whole.
pub fn is_amount(fact: &Fact) -> bool {
    matches!(fact.role, Role::Value(_))
        && matches!(fact.quantity.unit, Unit::Money | Unit::Count(_))
        && !fact.quantity.loose
}

/// Whether a fact is an amount that can be a part: 单价50万元以上的设备3台 is not one of the vehicles before it.
fn is_part(fact: &Fact) -> bool {
    is_amount(fact) && !fact.subject.contains("以上") && !fact.subject.contains("保有量")
}

/// 补充N（累计M）, 净值N（原值M，累计折旧L）: what has come together over the years, or what is left of it, is no part of the amount before.
fn is_balance_of(fact: &Fact, previous: &Fact) -> bool {
    ["累计", "滚存", "余额", "结存", "原值", "折旧"]
        .iter()
        .any(|word| fact.subject.contains(word) && !previous.subject.contains(word))
}

/// 其中技术人员A；高级职称B，占技术人员的P: what the share says to be of an earlier part is no part beside it.
fn is_part_of_part(reading: &Reading, id: FactId, list: &List) -> bool {
    let fact = &reading.facts[id];
    let Some(Fact { role: Role::Share(base), .. }) =
        reading.facts.get(id + 1).filter(|share| share.paragraph == fact.paragraph && share.sentence == fact.sentence)
    else {
        return false;
    };
    let base = label::clean(base);
    !base.is_empty() && list.parts.iter().any(|&part| *reading.facts[part].subject == *base)
}

/// Whether an amount outside the brackets of another can be its whole, whatever its kind.
fn may_hold(whole: &Fact, part: &Fact, depth: u8) -> bool {
    is_amount(whole) && whole.depth == depth && whole.quantity.unit == part.quantity.unit
}

/// Whether two amounts could be whole and part: the same unit, basis and period.
pub fn same_kind(a: &Fact, b: &Fact) -> bool {
    a.quantity.unit == b.quantity.unit && a.role == b.role && a.period == b.period
}
