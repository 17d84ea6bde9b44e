//! The share of a part in its whole: 占P, 占本年支出合计的P.

use super::share_total::share_of;
use super::{Context, Found, Rule, tables_agree};
use crate::facts::{Basis, Fact, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation, heads as heads_of};
use crate::taxonomy::{self, CALCULATIONS, Concept, SIDES, Side, tables};
use std::cell::OnceCell;

/// The rule.
pub const RULE: Rule = Rule {
    id: "share",
    name: ["占比", "share"],
    doc: [
        "占比 = 部分 ÷ 总体。“占本年支出合计的”写明总体；只写“占”的，总体是“其中”之前的数。",
        "A share is the part divided by the whole, which the words name, or which stands before the words that open the list.",
    ],
    fails: "本年支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占42.00%。",
    passes: "本年支出合计500.00万元，其中：基本支出300.00万元，占60.00%；项目支出200.00万元，占40.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let printed = OnceCell::new();
    for (id, share) in context.facts() {
        if share.quantity.loose || !matches!(share.quantity.unit, Unit::Percent | Unit::Times) {
            continue;
        }
        if share.role == Role::OfThat && id > 0 && context.fact(id - 1).role == Role::Reference {
            found.relations.extend(of_that(context, id));
        }
        found.relations.extend(portion(context, id));
        let Role::Share(base) = &share.role else { continue };
        let Some(part) = part_of(context, id) else { continue };
        let (mut wholes, mut certainty) =
            if base.is_empty() { understood(context, part) } else { named(context, base, part) };
        if wholes.is_empty() {
            // The words count what was planned or done; the tables say what was spent.
            let cells = printed.get_or_init(|| tables_agree::cells(context));
            (wholes, certainty) = (in_tables(cells, base), Certainty::Open);
        }
        wholes.retain(|&whole| whole != part && same_measure(context.fact(part), context.fact(whole)));
        if wholes.is_empty() {
            wholes = of_plan(context, base, part);
            certainty = Certainty::Likely;
        }
        if wholes.is_empty() && context.fact(part).quantity.figure.is_zero() {
            wholes.extend(beside(context, part));
        }
        if !wholes.is_empty() {
            let readings = wholes.into_iter().map(|whole| Formula::Share { part, whole }).collect();
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
        }
    }
}

/// 采购预算N，其中：货物a，占采购预算的P: the parts of a budget do not say again that they are planned.
fn of_plan(context: &Context, base: &str, part: FactId) -> Vec<FactId> {
    let measure = context.fact(part);
    let name = label::clean(base);
    let is_plan = |id: FactId| {
        let fact = context.fact(id);
        fact.plan().is_some() && fact.quantity.unit == measure.quantity.unit && !fact.quantity.loose
    };
    let meant = |id: FactId| base.is_empty() || base.ends_with("预算") && context.fact(id).subject.ends_with(&name);
    if measure.planned() != Some(false) || !base.is_empty() && name.is_empty() {
        return Vec::new();
    }
    let listed = context.lists_of(part).filter(|list| list.mixed).map(|list| list.whole);
    listed.filter(|&whole| is_plan(whole) && meant(whole)).take(1).collect()
}

/// Another part of the same sentence, which is more than nothing: so is their whole, of which nothing is no share.
fn beside(context: &Context, part: FactId) -> Option<FactId> {
    let this = context.fact(part);
    let end = context.reading.paragraphs[this.paragraph].facts.end;
    (part + 1..end).take_while(|&id| context.fact(id).sentence == this.sentence).find(|&id| {
        let other = context.fact(id);
        same_measure(this, other) && !other.quantity.figure.is_zero() && share_of(context, id).is_some()
    })
}

/// 首付款为合同价的30%，即36万元: the amount that a rate gives of a whole with that name.
fn portion(context: &Context, rate: FactId) -> Option<Relation> {
    let share = context.fact(rate);
    let clause = context.reading.clause(rate);
    let base = clause.strip_suffix('的')?.rsplit(['为', '按', '是']).next().filter(|base| base.chars().count() >= 3)?;
    let end = context.reading.paragraphs[share.paragraph].facts.end;
    let part = Some(rate + 1).filter(|&next| next < end)?;
    let amount = context.fact(part);
    let says_so = context.reading.clause(part) == "即";
    let alike = |f: &Fact| f.quantity.unit == amount.quantity.unit && !f.quantity.loose && f.subject.ends_with(base);
    let (whole, _) = context.before(rate).find(|(_, f)| matches!(f.role, Role::Value(_)) && alike(f))?;
    (says_so && amount.quantity.unit == Unit::Money && !amount.quantity.loose).then(|| Relation {
        rule: RULE.id,
        target: part,
        readings: vec![Formula::Portion { whole, rate }],
        certainty: Certainty::Likely,
    })
}

/// 3座（占5座的60%）, 是上年12万元的3倍: the whole stands right before the share.
fn of_that(context: &Context, id: FactId) -> Option<Relation> {
    let whole = id - 1;
    let fact = context.fact(whole);
    let is_part = |f: &Fact| {
        f.is_actual() && f.quantity.unit == fact.quantity.unit && !f.quantity.loose && f.sentence == fact.sentence
    };
    // 为季度目标A的P，为全年目标B的Q: what another rate is held against is no part.
    let held_against = |id: FactId| context.reading.clause(id).starts_with('为');
    let (part, _) = context.before(whole).find(|&(id, f)| is_part(f) && !(held_against(whole) && held_against(id)))?;
    Some(Relation {
        rule: RULE.id,
        target: id,
        readings: vec![Formula::Share { part, whole }],
        certainty: Certainty::Likely,
    })
}

/// The amount whose share is stated.
pub fn part_of(context: &Context, id: FactId) -> Option<FactId> {
    let share = context.fact(id);
    let is_part = |f: &Fact| {
        f.planned().is_some() && !f.quantity.loose && matches!(f.quantity.unit, Unit::Money | Unit::Count(_))
    };
    let is_value = |f: &Fact| matches!(f.role, Role::Value(_) | Role::Reference);
    if let Some(paired) = context.paired(id, is_part) {
        return Some(paired);
    }
    // 分别占全年支出的p、q, behind as many amounts that have a name each.
    let (start, len) = context.place_in_run(id);
    if len >= 2 {
        let sentence = |f: &Fact| f.sentence == share.sentence && f.depth == share.depth;
        let all: Vec<FactId> =
            context.before(start).filter(|(_, f)| sentence(f) && is_part(f)).map(|(id, _)| id).collect();
        return (all.len() == len).then(|| all[len - 1 - (id - start)]);
    }
    if share.subject.chars().count() <= 2 {
        let near =
            context.before(id).find(|(_, f)| is_value(f) && f.depth == share.depth && f.sentence == share.sentence);
        return near.filter(|(_, f)| is_part(f)).map(|(id, _)| id);
    }
    // A share with a name of its own speaks of the amount of that name.
    let named = |f: &Fact| {
        f.subject == share.subject
            || *as_done(&f.subject) == *share.subject
            || (share.concept.is_some() && f.concept == share.concept)
    };
    context.before(id).find(|(_, f)| is_part(f) && named(f)).map(|(id, _)| id)
}

/// 一般公共预算收入完成N: what was done is called as what it is.
fn as_done(subject: &str) -> &str {
    subject.trim_end_matches("完成").trim_end_matches("预计")
}

fn same_measure(a: &Fact, b: &Fact) -> bool {
    a.quantity.unit == b.quantity.unit && b.planned().is_some() && a.planned() == b.planned() && !b.quantity.loose
}

/// The wholes of the lists around a part, from the inside outwards.
fn around(context: &Context, part: FactId) -> Vec<FactId> {
    let mut wholes: Vec<FactId> = Vec::new();
    let mut inner = part;
    while let Some(list) = context.lists_of(inner).find(|list| !wholes.contains(&list.whole)) {
        wholes.push(list.whole);
        inner = list.whole;
    }
    wholes
}

/// The whole that a list, a topic or the accounts give to a part.
fn understood(context: &Context, part: FactId) -> (Vec<FactId>, Certainty) {
    let wholes = around(context, part);
    if !wholes.is_empty() {
        return (wholes, Certainty::Sure);
    }
    if let Some(topic) = topic(context, part) {
        let (wholes, certainty) = named(context, &topic, part);
        // 支出中：… means one of the totals, stated here or not; any other name may be read wrongly.
        if !wholes.is_empty() || matches!(topic.as_str(), "收入" | "支出") {
            return (wholes, certainty);
        }
    }
    if let Some(whole) = whole_by_accounts(context, part) {
        return (vec![whole], Certainty::Sure);
    }
    let fact = context.fact(part);
    // An amount with a share of its own is a part like this one.
    let mut heads: Vec<FactId> = context
        .before(part)
        .filter(|(id, f)| same_measure(fact, f) && f.depth <= fact.depth && share_of(context, *id).is_none())
        .map(|(id, _)| id)
        .collect();
    heads.reverse();
    let chapter = context.chapter(part);
    let above = (0..fact.paragraph)
        .rev()
        .take_while(|&p| {
            context.reading.paragraphs[p].facts.clone().next().is_none_or(|id| context.chapter(id) == chapter)
        })
        .flat_map(|p| heads_of(context.reading, p))
        .filter(|&id| same_measure(fact, context.fact(id)) && share_of(context, id).is_none());
    heads.extend(above.take(3));
    (heads, Certainty::Likely)
}

/// “三公”经费支出决算中，…: the whole named at the head of the sentence.
fn topic(context: &Context, part: FactId) -> Option<String> {
    let fact = context.fact(part);
    let first = context.before(part).take_while(|(_, f)| f.sentence == fact.sentence).last().map_or(fact, |(_, f)| f);
    let text = context.reading.paragraphs[fact.paragraph].between(first.at.0.saturating_sub(120), first.at.0);
    let sentence = text.rsplit('。').next()?;
    let at = ["中，", "中,", "中：", "的具体构成", "的构成", "构成情况", "构成为"]
        .iter()
        .find_map(|word| sentence.find(word))?;
    Some(sentence[..at].to_owned())
}

/// The whole that the accounts give to a part's concept, where the chapter states it.
pub fn whole_by_accounts(context: &Context, part: FactId) -> Option<FactId> {
    let concept = context.fact(part).concept?;
    let planned = context.fact(part).planned()?;
    let chapter = context.chapter(part);
    CALCULATIONS.iter().filter(|c| c.has(concept)).flat_map(|c| c.wholes).find_map(|whole| {
        context.amounts_before(*whole, planned, part).next().filter(|&id| context.chapter(id) == chapter)
    })
}

/// The whole that the words name.
fn named(context: &Context, base: &str, part: FactId) -> (Vec<FactId>, Certainty) {
    let name = label::clean(base);
    let bare = taxonomy::without_total(&name).unwrap_or(&name);
    let concept = taxonomy::concept(&name).or_else(|| taxonomy::concept(bare));
    let measure = context.fact(part);
    let is_it = |f: &Fact| {
        same_measure(measure, f)
            && (*f.subject == *name
                || *f.subject == *bare
                || as_done(&f.subject) == bare
                || concept.is_some() && f.concept == concept)
    };
    // 财政拨款基本支出N，其中：…占基本支出的P: the whole of the list, under a shorter name.
    let of_list = context.lists_of(part).map(|list| list.whole);
    if let Some(whole) = of_list.filter(|_| !bare.is_empty()).find(|&id| context.fact(id).subject.ends_with(bare)) {
        return (vec![whole], Certainty::Sure);
    }
    let is_side = SIDES.iter().any(|side| name == side.name);
    if let Some((whole, _)) = context.before(part).find(|(_, f)| !is_side && is_it(f)) {
        return (vec![whole], Certainty::Sure);
    }
    if let Some(side) = SIDES.iter().find(|side| name == side.name) {
        return (of_side(context, side, part), Certainty::Likely);
    }
    if let Some(concept) = concept {
        // A report that never says 本年支出合计 may call it 总支出, and the other way round.
        let side = Side::of(concept).filter(|side| side.with_carried != concept);
        let planned = measure.planned() == Some(true);
        let states = |concept: Concept| {
            context.amounts(concept, planned, part).find(|&id| same_measure(measure, context.fact(id)))
        };
        // Under a name of its own it may be what holds the part, or holds that.
        let around = if label::is_any_total(&name) { around(context, part) } else { Vec::new() };
        if let Some(whole) = states(concept).filter(|whole| around.is_empty() || around.contains(whole)) {
            return (vec![whole], Certainty::Sure);
        }
        let stated = std::iter::once(concept).chain(side.into_iter().flat_map(Side::totals)).filter_map(states);
        return (around.into_iter().chain(stated).collect(), Certainty::Likely);
    }
    let planned = measure.planned() == Some(true);
    let elsewhere: Vec<FactId> = context
        .named(&name, planned, part)
        .iter()
        .copied()
        .filter(|&id| id != part && same_measure(measure, context.fact(id)))
        .collect();
    if !elsewhere.is_empty() {
        return (elsewhere, Certainty::Likely);
    }
    if label::is_any_total(&name) {
        let mut totals: Vec<FactId> =
            context.before(part).filter(|(_, f)| same_measure(measure, f)).map(|(id, _)| id).collect();
        totals.reverse();
        return (totals, Certainty::Likely);
    }
    (Vec::new(), Certainty::Likely)
}

/// The cells of the accounts' tables that the words name as the whole.
fn in_tables(cells: &tables_agree::Cells, base: &str) -> Vec<FactId> {
    let name = label::clean(base);
    let bare = label::core(&name);
    let Some(concept) = taxonomy::concept(&name).or_else(|| taxonomy::concept(bare)) else { return Vec::new() };
    let stated = tables::meanings(concept, Basis::Actual).into_iter().filter_map(|meaning| cells.get(&(0, meaning)));
    stated.flatten().copied().collect()
}

/// 占全年支出的, 支出中，…: the totals of one side, the nearest in the paragraph first; what merely ends in 支出N may be anything's.
fn of_side(context: &Context, side: &Side, part: FactId) -> Vec<FactId> {
    let concepts = side.totals();
    let measure = context.fact(part);
    let is_total = |f: &Fact| same_measure(measure, f) && f.concept.is_some_and(|concept| concepts.contains(&concept));
    let near: Vec<FactId> = context.before(part).filter(|(_, f)| is_total(f)).map(|(id, _)| id).collect();
    if !near.is_empty() {
        return near;
    }
    let planned = measure.planned() == Some(true);
    // 决算收入为A。支出为B: the report calls them by no longer name.
    const SHORT: [&str; 7] = ["部门", "单位", "决算", "全年", "本年", "当年", "总"];
    let above = context.reading.paragraphs[measure.paragraph.saturating_sub(2)].facts.start;
    let is_short = |id: &FactId| {
        let fact = context.fact(*id);
        let named = fact.subject.ends_with(side.name)
            && SHORT.iter().fold(fact.subject.to_string(), |rest, word| rest.replace(word, "")) == side.name;
        let free = context.lists_of(*id).next().is_none();
        named && free && fact.depth == 0 && same_measure(measure, fact) && context.scope(*id) == context.scope(part)
    };
    if let Some(short) = (above..part).rev().find(is_short) {
        return vec![short];
    }
    let states = |concept: &Concept| {
        context.amounts(*concept, planned, part).find(|&id| same_measure(measure, context.fact(id)))
    };
    concepts.iter().filter_map(states).collect()
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    #[test]
    fn a_rate_of_a_named_whole_gives_the_amount_behind_it() {
        let told = |part: &str| {
            let text = format!("项目合同价120.00万元，首付款为合同价的30%，即{part}。");
            check(&text, &Options::default()).findings.into_iter().map(|f| f.expected).collect::<Vec<String>>()
        };
        assert!(told("36.00万元").is_empty());
        assert_eq!(told("35.00万元"), ["36.00万元"]);
    }

    #[test]
    fn the_parts_of_a_budget_are_shares_of_it() {
        let told = |share: &str| {
            let text = format!(
                "政府采购预算20.00万元，其中：货物类采购12.00万元，占政府采购预算{share}；服务类采购8.00万元，占政府采购预算40.00%。"
            );
            check(&text, &Options::default()).findings.into_iter().map(|f| f.text).collect::<Vec<String>>()
        };
        assert!(told("60.00%").is_empty());
        assert_eq!(told("65.00%"), ["65.00%"]);
    }

    #[test]
    fn nothing_is_no_share_of_a_whole_that_another_part_is_of() {
        let told = |share: &str| {
            let text =
                format!("因公出国费0万元，占{share}；运行维护费5.00万元，占62.50%；公务接待费3.00万元，占37.50%。");
            check(&text, &Options::default()).findings.len()
        };
        assert_eq!((told("100%"), told("0%")), (1, 0));
    }
}
