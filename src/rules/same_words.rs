//! What is said again in the same words says the same numbers.

use super::{Context, Found, Rule};
use crate::facts::Fact;
use crate::relations::{Certainty, FactId, Formula, Relation};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-words",
    name: ["同文同数", "the same words again"],
    doc: [
        "同一句话（除数字外一字不差，年份相同）在报告中重复出现时，各处的数字应当一致：其余数字都相同而只有一个不同的，提示该数字。",
        "Where a sentence is repeated word for word, years included, its numbers are the same: one that differs while all the others agree is told.",
    ],
    fails: "一、收入\n主要原因是新增农田水利项目235.60万元，同时在岗人员由8人增加到10人，借用人员9人。\n二、支出\n主要原因是新增农田水利项目235.60万元，同时在岗人员由8人增加到10人，借用人员6人。",
    passes: "一、收入\n主要原因是新增农田水利项目235.60万元，同时在岗人员由8人增加到10人，借用人员9人。\n二、支出\n主要原因是新增农田水利项目235.60万元，同时在岗人员由8人增加到10人，借用人员9人。",
    find,
};

/// A sentence with fewer words than these is said of anything.
const TELLING_WORDS: usize = 15;

/// How many other numbers must agree where a sentence stands only twice.
const TELLING_NUMBERS: usize = 3;

fn find(context: &Context, found: &mut Found) {
    let mut said: BTreeMap<String, Vec<Vec<FactId>>> = BTreeMap::new();
    for paragraph in &context.reading.paragraphs {
        for (words, facts) in sentences(context, paragraph.words.chars(), paragraph.facts.clone()) {
            said.entry(words).or_default().push(facts);
        }
    }
    let mut known: HashSet<(FactId, FactId)> = HashSet::new();
    for relation in &found.relations {
        if let [Formula::Equal(other)] = relation.readings[..] {
            known.insert((relation.target, other));
        }
    }
    for places in said.values().filter(|places| places.len() > 1) {
        let reference = most_said(context, places);
        for place in places.iter().filter(|place| *place != reference) {
            let pairs = place.iter().copied().zip(reference.iter().copied());
            let relations = repeated(context, pairs, places);
            found.relations.extend(relations.into_iter().filter(|relation| match relation.readings[..] {
                [Formula::Equal(other)] => !known.contains(&(relation.target, other)),
                _ => true,
            }));
        }
    }
}

/// The numbers of one place against those of another, where no more than one differs.
fn repeated(context: &Context, pairs: impl Iterator<Item = (FactId, FactId)>, places: &[Vec<FactId>]) -> Vec<Relation> {
    let (same, differing): (Vec<_>, Vec<_>) = pairs.partition(|&(a, b)| says_same(context.fact(a), context.fact(b)));
    let telling = same.iter().filter(|(id, _)| is_telling(context.fact(*id))).count();
    let borne_out = telling >= TELLING_NUMBERS || telling > 0 && places.len() > 2;
    if differing.len() > 1 || !differing.is_empty() && !borne_out {
        return Vec::new();
    }
    let all = same.into_iter().chain(differing).filter(|(id, _)| !context.fact(*id).quantity.loose);
    all.map(|(target, other)| Relation {
        rule: RULE.id,
        target,
        readings: vec![Formula::Equal(other)],
        certainty: Certainty::Likely,
    })
    .collect()
}

fn says_same(a: &Fact, b: &Fact) -> bool {
    a.quantity.value() == b.quantity.value()
}

/// Nothing, and all of something, are said of many things alike.
fn is_telling(fact: &Fact) -> bool {
    !fact.quantity.figure.is_zero() && fact.quantity.figure != Decimal::ONE_HUNDRED
}

/// The first of the places whose numbers stand most often.
fn most_said<'p>(context: &Context, places: &'p [Vec<FactId>]) -> &'p Vec<FactId> {
    let values = |place: &[FactId]| place.iter().map(|&id| context.fact(id).quantity.value()).collect::<Vec<Decimal>>();
    let mut counts: BTreeMap<Vec<Decimal>, usize> = BTreeMap::new();
    for place in places {
        *counts.entry(values(place)).or_default() += 1;
    }
    let often = |place: &&Vec<FactId>| (counts[&values(place)], std::cmp::Reverse((*place).clone()));
    places.iter().max_by_key(often).unwrap_or(&places[0])
}

/// The sentences of a paragraph that have numbers: their words without marks, with a gap for each number.
fn sentences(context: &Context, chars: &[char], facts: std::ops::Range<FactId>) -> Vec<(String, Vec<FactId>)> {
    const GAP: char = '#';
    let mut found = Vec::new();
    let mut facts = facts.filter(|&id| context.fact(id).cell.is_none()).peekable();
    let (mut words, mut numbers) = (String::new(), Vec::new());
    let mut at = 0;
    while at <= chars.len() {
        if let Some(id) = facts.next_if(|&id| context.fact(id).at.0 <= at) {
            words.push(GAP);
            numbers.push(id);
            at = context.fact(id).at.1.max(at);
            continue;
        }
        match chars.get(at) {
            None | Some('。' | '；' | '！' | '？') => {
                let (words, numbers) = (std::mem::take(&mut words), std::mem::take(&mut numbers));
                if !numbers.is_empty() && words.chars().filter(|&c| c != GAP).count() >= TELLING_WORDS {
                    found.push((words, numbers));
                }
            }
            Some(c) if c.is_alphanumeric() => words.push(*c),
            Some(_) => {}
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::told::texts;

    #[test]
    fn sentences_of_two_offices_may_be_alike() {
        let two = "一、本级\n国内公务接待3批次，15人次（不包括陪同人员），共计支出0.20万元，均为业务检查接待。\n二、中心\n国内公务接待4批次，22人次（不包括陪同人员），共计支出0.31万元，均为业务检查接待。";
        assert!(texts(RULE.id, two).is_empty());
    }

    #[test]
    fn of_three_places_one_is_wrong() {
        let text = "一、收入\n费用核算时间2022年只有8个月，2023年为12个月。\n二、支出\n费用核算时间2022年只有8个月，2023年为12个月。\n三、结余\n费用核算时间2022年只有8个月，2023年为7个月。";
        assert_eq!(texts(RULE.id, text), ["7个月"]);
        assert!(texts(RULE.id, &text.replace("7个月", "12个月")).is_empty());
    }
}
