//! What is left over: 收入合计A。支出合计B。收支相抵，年终结余C；基金收入A，支出B，本年收支结余C.

use super::{Context, Found, REACH, Rule};
use crate::facts::Fact;
use crate::relations::{Certainty, FactId, Formula, Relation, is_amount};

/// The rule.
pub const RULE: Rule = Rule {
    id: "balance",
    name: ["收支结余", "what is left over"],
    doc: [
        "“收支相抵，结余N”的，N = 收入总计 − 支出总计；没有总计的，N = 前面各项收入、上年结余之和 − 支出之和，仅在一处笔误即可解释时提示。“本年收支结余N”的，N = 同段的收入 − 支出。",
        "Behind 收支相抵, what is left over is the total of income less that of expenditure. Where no totals are stated it is the income with the balance brought forward less the expenditure, told only where one keystroke explains the gap. 本年收支结余 is the income less the expenditure of its paragraph.",
    ],
    fails: "基金收入300万元，加上上年结余200万元，收入总计500万元。基金支出420万元，支出总计420万元。收支相抵，年终结余90万元。",
    passes: "基金收入300万元，加上上年结余200万元，收入总计500万元。基金支出420万元，支出总计420万元。收支相抵，年终结余80万元。",
    find,
};

/// How the total of either side ends, and what may be said of it before that.
const TOTALS: [&str; 5] = ["总计", "合计", "总量", "总收入", "总支出"];

/// How many paragraphs above the two sides may stand.
const PARAGRAPHS: usize = 3;

fn find(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts() {
        if !is_amount(fact) || !fact.is_actual() {
            continue;
        }
        let sides = if is_left_over(context, id) {
            let sides = totals(context, id).map(|sides| (sides, Certainty::Likely));
            sides.or_else(|| items(context, id).map(|sides| (sides, Certainty::Conjecture)))
        } else if of_the_year(fact) {
            of_paragraph(context, id).map(|sides| (sides, Certainty::Likely))
        } else {
            None
        };
        let Some(((income, spent), certainty)) = sides else { continue };
        found.relations.push(Relation {
            rule: RULE.id,
            target: id,
            readings: vec![Formula::Sum(income, spent)],
            certainty,
        });
    }
}

/// Whether an amount is what the two sides leave: 收支相抵，年终结余N, 收支相抵后结余N.
fn is_left_over(context: &Context, id: FactId) -> bool {
    let lead = context.reading.lead(id);
    let sentence = lead.rsplit('。').next().unwrap_or("");
    let names = ["结余", "结转", "净结余"].iter().any(|name| context.fact(id).subject.contains(name));
    names && sentence.contains("相抵")
}

/// 本年收支结余N: what the year itself leaves, without what was there before.
fn of_the_year(fact: &Fact) -> bool {
    fact.depth == 0 && ["收支结余", "收支相抵结余", "当期结余"].iter().any(|name| fact.subject.ends_with(name))
}

/// The income and the expenditure that the paragraph tells before, themselves and not their parts.
fn of_paragraph(context: &Context, id: FactId) -> Option<(Vec<FactId>, Vec<FactId>)> {
    let paragraph = context.fact(id).paragraph;
    let is_part = |id: FactId| context.lists_of(id).any(|list| context.fact(list.whole).paragraph == paragraph);
    let side = |name: &str| {
        above(context, id)
            .take_while(|(_, f)| f.paragraph == paragraph)
            .find(|(other, f)| f.is_actual() && f.subject.ends_with(name) && !is_part(*other))
            .map(|(id, _)| vec![id])
    };
    let (income, spent) = (side("收入")?, side("支出")?);
    // What another fund has left over lies between: these are not of one.
    let since = income.first().min(spent.first())?;
    let another = above(context, id).take_while(|(other, _)| other > since).any(|(_, f)| of_the_year(f));
    (!another).then_some((income, spent))
}

/// The amounts above of the same unit, the nearest first, as far as the words can mean them.
fn above<'c>(context: &'c Context, id: FactId) -> impl Iterator<Item = (FactId, &'c Fact)> {
    let fact = context.fact(id);
    let scope = context.scope(id);
    let nearest = fact.paragraph.saturating_sub(PARAGRAPHS);
    (id.saturating_sub(REACH)..id)
        .rev()
        .map(|other| (other, context.fact(other)))
        .take_while(move |(other, f)| f.paragraph >= nearest && context.scope(*other) == scope && f.cell.is_none())
        .filter(move |(_, f)| f.quantity.unit == fact.quantity.unit && f.depth == 0)
}

/// The total of each side.
fn totals(context: &Context, id: FactId) -> Option<(Vec<FactId>, Vec<FactId>)> {
    let total = |side: &str| {
        let is_total =
            |f: &Fact| f.is_actual() && f.subject.contains(side) && TOTALS.iter().any(|name| f.subject.ends_with(name));
        above(context, id).find(|(_, f)| is_total(f)).map(|(id, _)| vec![id])
    };
    let (income, spent) = (total("收入")?, total("支出")?);
    // An earlier balance between the totals and this one has its own.
    let since = income.first().min(spent.first())?;
    let closed =
        above(context, id).take_while(|(other, _)| other > since).any(|(other, _)| is_left_over(context, other));
    (!closed).then_some((income, spent))
}

/// The amounts of each side where no total is stated, all of the paragraph right above.
fn items(context: &Context, id: FactId) -> Option<(Vec<FactId>, Vec<FactId>)> {
    let paragraph = above(context, id).next()?.1.paragraph;
    let mut sides: (Vec<FactId>, Vec<FactId>) = Default::default();
    for (other, fact) in above(context, id).take_while(|(_, f)| f.paragraph == paragraph) {
        let ends = |names: &[&str]| names.iter().any(|name| fact.subject.ends_with(name));
        if !fact.is_actual() && !ends(&["上年结余"]) || fact.quantity.loose {
            return None;
        }
        if ends(&["收入", "上年结余", "上年结转"]) {
            sides.0.push(other);
        } else if ends(&["支出"]) {
            sides.1.push(other);
        } else {
            return None;
        }
    }
    (!sides.0.is_empty() && !sides.1.is_empty()).then_some(sides)
}
