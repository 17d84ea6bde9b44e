//! A total that the words add up: A，加上B、C，收入总计T.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Period, Role, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "added-total",
    name: ["加总", "a total added up in words"],
    doc: [
        "“A，加上B、C，收入总计T”的，T = A + B + C。“A；B；C，共计T”的，T 是同句前面金额之和，仅在一处笔误即可解释时提示。另起一行的“以上合计T”，T 为上面各项之和。",
        "Where the words add amounts up to a total (加上), it is their sum. A bare 共计 or 合计 at the end of a sentence is the sum of amounts before it, told only where one keystroke explains the gap. 以上合计 on a line of its own is the sum of the items above it.",
    ],
    fails: "本年收入320.50万元，加上年初结转和结余20.30万元、使用非财政拨款结余9.20万元，收入总计360.00万元。",
    passes: "本年收入320.50万元，加上年初结转和结余20.30万元、使用非财政拨款结余9.20万元，收入总计350.00万元。",
    find,
};

/// How the name of a total ends.
const TOTALS: [&str; 8] = ["总计", "合计", "总量", "总额", "总收入", "总支出", "滚存结余", "累计结余"];

/// How many amounts before 加上 may be the one that is added to.
const MOST_BASES: usize = 4;

fn find(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts() {
        found.relations.extend(closing(context, id));
        found.relations.extend(closing_items(context, id));
        if !is_addend(fact) || !context.reading.is_added(id) {
            continue;
        }
        let Some((addends, total)) = addends(context, id) else { continue };
        let bases = context.before(id).filter(|(_, f)| is_addend(f)).take(MOST_BASES).map(|(base, _)| base);
        let readings: Vec<Formula> = bases
            .map(|base| Formula::Sum(std::iter::once(base).chain(addends.iter().copied()).collect(), Vec::new()))
            .collect();
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: total, readings, certainty: Certainty::Likely });
        }
    }
}

/// A；B；C，共计T: a total without a name of its own closes the amounts before it, of which the first may be something else.
fn closing(context: &Context, id: FactId) -> Option<Relation> {
    const CLOSING: [&str; 8] = ["合计", "共计", "总计", "累计", "总收入", "总支出", "收入总量", "支出总量"];
    let total = context.fact(id);
    let closes = || {
        let lead = context.reading.lead(id);
        let clause = lead.rsplit(['，', ',', '；', '、']).next().unwrap_or("").trim_end_matches(['为', '：']);
        CLOSING.iter().any(|word| clause.ends_with(word))
    };
    if !is_addend(total) || !closes() {
        return None;
    }
    let mut addends: Vec<FactId> = context
        .before(id)
        .take_while(|(_, f)| f.sentence == total.sentence)
        .filter(|(other, f)| is_addend(f) && context.lists_of(*other).all(|list| list.whole >= *other))
        .map(|(other, _)| other)
        .collect();
    addends.reverse();
    let readings: Vec<Formula> =
        (0..addends.len().saturating_sub(1)).map(|first| Formula::Sum(addends[first..].to_vec(), Vec::new())).collect();
    (!readings.is_empty()).then_some(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Conjecture })
}

/// 1. A⏎2. B⏎以上合计T: a line of its own closes the items in the paragraphs right above it.
fn closing_items(context: &Context, id: FactId) -> Option<Relation> {
    let total = context.fact(id);
    let lead = context.reading.lead(id);
    if !is_addend(total)
        || !lead.starts_with("以上")
        || !TOTALS.iter().any(|name| lead.trim_end_matches('为').ends_with(name))
    {
        return None;
    }
    let paragraphs = &context.reading.paragraphs;
    let section = paragraphs[total.paragraph].section;
    let mut addends: Vec<FactId> = Vec::new();
    for above in (0..total.paragraph).rev().take_while(|&above| paragraphs[above].section == section) {
        let mut amounts = paragraphs[above].facts.clone().filter(|&id| is_addend(context.fact(id)));
        let (Some(item), None) = (amounts.next(), amounts.next()) else { break };
        addends.push(item);
    }
    addends.reverse();
    (addends.len() >= 2).then_some(Relation {
        rule: RULE.id,
        target: id,
        readings: vec![Formula::Sum(addends, Vec::new())],
        certainty: Certainty::Likely,
    })
}

fn is_addend(fact: &Fact) -> bool {
    let amount = matches!(fact.role, Role::Value(basis) if !basis.is_plan());
    amount
        && fact.quantity.unit == Unit::Money
        && fact.depth == 0
        && !fact.quantity.loose
        && fact.period == Period::Current
}

/// What is added, and the total that it comes to.
fn addends(context: &Context, first: FactId) -> Option<(Vec<FactId>, FactId)> {
    let end = context.reading.paragraphs[context.fact(first).paragraph].facts.end;
    let mut addends = vec![first];
    for id in first + 1..end {
        let fact = context.fact(id);
        if fact.sentence != context.fact(first).sentence {
            return None;
        }
        if !is_addend(fact) {
            continue;
        }
        if TOTALS.iter().any(|name| fact.subject.ends_with(name)) {
            return Some((addends, id));
        }
        // 其中 behind an addend tells its parts.
        if !context.lists_of(id).any(|list| addends.contains(&list.whole)) {
            addends.push(id);
        }
    }
    None
}
