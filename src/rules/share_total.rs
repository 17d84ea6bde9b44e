//! The shares of a whole make a hundred.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Role};
use crate::relations::{Certainty, FactId, Formula, List, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "share-total",
    name: ["占比合计", "shares make a hundred"],
    doc: [
        "各部分金额之和等于总体的，其占比之和应为100%（允许四舍五入的尾差）。",
        "Where the parts make the whole, their shares make 100 %, but for rounding.",
    ],
    fails: "本年支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占42.00%。",
    passes: "本年支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占40.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for list in &context.lists {
        let Some(shares) = shares(context, list) else { continue };
        let Some(&target) = shares.iter().max_by_key(|&&id| context.fact(id).quantity.value()) else { continue };
        let others = shares.iter().copied().filter(|&id| id != target).collect();
        // Shares of parts of a part may be shares of the larger whole.
        let nested = context.lists_of(list.whole).next().is_some();
        let certainty =
            if list.makes_whole(context.reading) && !nested { Certainty::Sure } else { Certainty::Conjecture };
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::RestOfHundred(others)],
            certainty,
        });
    }
    found.relations.extend(named_only(context));
}

/// 财政拨款收入占77.36%，其他收入占22.64%: shares by name in a sentence that states no amounts.
fn named_only(context: &Context) -> Vec<Relation> {
    let mut found = Vec::new();
    for paragraph in &context.reading.paragraphs {
        for sentence in context.reading.facts[paragraph.facts.clone()].chunk_by(|a, b| a.sentence == b.sentence) {
            let named = |fact: &Fact| {
                matches!(fact.role, Role::Share(_)) && fact.role == sentence[0].role && !fact.subject.is_empty()
            };
            // Whole numbers make a hundred by chance.
            let exact = |fact: &Fact| fact.quantity.decimals >= 2 && !fact.quantity.loose && fact.cell.is_none();
            if sentence.len() < 2 || !sentence.iter().all(|fact| named(fact) && exact(fact)) {
                continue;
            }
            let start = context.reading.facts.partition_point(|fact| fact.span.start < sentence[0].span.start);
            let others = (start + 1..start + sentence.len()).collect();
            found.push(Relation {
                rule: RULE.id,
                target: start,
                readings: vec![Formula::RestOfHundred(others)],
                certainty: Certainty::Conjecture,
            });
        }
    }
    found
}

/// The share stated for each part of a list, where each of two parts or more has one.
pub fn shares(context: &Context, list: &List) -> Option<Vec<FactId>> {
    if list.parts.len() < 2 {
        return None;
    }
    list.parts.iter().map(|&part| share_of(context, part)).collect()
}

/// The share that is stated for a part.
pub fn share_of(context: &Context, part: FactId) -> Option<FactId> {
    let fact = context.fact(part);
    let end = context.reading.paragraphs[fact.paragraph].facts.end;
    (part + 1..end)
        .take_while(|&id| {
            !matches!(context.fact(id).role, Role::Value(_)) && context.fact(id).sentence == fact.sentence
        })
        .find(|&id| matches!(context.fact(id).role, Role::Share(_)))
}
