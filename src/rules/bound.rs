//! A part is no more than its whole.

use super::{Context, Found, Rule};
use crate::facts::{Basis, Fact, ListKind, Period, Role, Unit, is_partial_rate, label};
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::taxonomy::BOUNDS;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "part-bound",
    name: ["部分不大于总体", "a part is no more than its whole"],
    doc: [
        "“其中”所列的任一部分不得大于总体，财政拨款收入（支出）不得大于全部收入（支出），占比以及满意度、合格率、参保率等比率不得超过100%。",
        "No part named behind 其中 can exceed its whole, what the treasury gave not all that came in, and no share 100 %; nor can the rate of those satisfied, covered or passed.",
    ],
    fails: "政府采购支出总额100.00万元。授予中小企业合同金额80.00万元，其中：授予小微企业合同金额90.00万元。",
    passes: "政府采购支出总额100.00万元。授予中小企业合同金额80.00万元，其中：授予小微企业合同金额60.00万元。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    fiscal(context, found);
    let rows = context.reading.forms.iter().flat_map(|form| &form.indicators);
    for row in rows.filter(|row| !row.unread && is_partial_rate(&row.name)) {
        let goals = [&row.target, &row.actual].into_iter().flatten();
        goals.filter_map(|goal| goal.fact).for_each(|id| above_whole(context.fact(id), found));
    }
    for list in &context.lists {
        if list.of_paragraphs
            || list.mixed
            || list.kind == ListKind::Divides
            || (list.parts.len() > 1 && list.makes_whole(context.reading))
        {
            continue;
        }
        found
            .relations
            .extend(list.parts.iter().filter_map(|&part| at_most(context, part, list.whole, Certainty::Sure)));
    }
    for (id, fact) in context.facts() {
        let of_whole = match fact.role {
            Role::Share(_) => !fact.quantity.loose,
            Role::Value(_) | Role::Other => fact.cell.is_none() && is_partial_rate(&fact.subject),
            _ => false,
        };
        if of_whole && !runs_on(context, fact) {
            above_whole(fact, found);
        }
        for (whole, _) in BOUNDS.iter().filter(|(_, part)| fact.concept == Some(*part)) {
            let of = context.before(id).find(|(_, f)| f.concept == Some(*whole) && f.is_actual() && fact.is_actual());
            let listed = |whole| context.lists_of(id).any(|list| list.whole == whole);
            if let Some((whole, _)) = of.filter(|(whole, _)| !listed(*whole)) {
                found.relations.extend(at_most(context, id, whole, Certainty::Likely));
            }
        }
    }
}

/// Whether the next number begins right behind the sign: the cells of a table have run together, and so may the digits before it.
fn runs_on(context: &Context, fact: &Fact) -> bool {
    let behind = context.reading.paragraphs[fact.paragraph].words.chars().get(fact.at.1);
    behind.is_some_and(char::is_ascii_digit)
}

/// A share of more than the whole.
fn above_whole(fact: &Fact, found: &mut Found) {
    if fact.quantity.unit == Unit::Percent && fact.quantity.figure > Decimal::ONE_HUNDRED {
        found.words.push(WordCheck {
            rule: RULE.id,
            span: fact.span,
            operands: Vec::new(),
            holds: false,
            truth: Some(Truth::AboveWhole),
            judge: false,
        });
    }
}

/// What the treasury gave is no more than all that came in, and so with what went out, in each year that the words state both for.
fn fiscal(context: &Context, found: &mut Found) {
    let mut wholes: FxHashMap<(usize, &str, Period), FactId> = FxHashMap::default();
    for (id, fact) in context.facts().filter(|(_, fact)| fact.cell.is_none()) {
        let Some((of_treasury, stream)) = stream(fact) else { continue };
        let key = (context.scope(id), stream, fact.period);
        if !of_treasury {
            let whole = wholes.entry(key).or_insert(id);
            if context.fact(*whole).quantity.value() < fact.quantity.value() {
                *whole = id;
            }
        } else if let Some(&whole) = wholes.get(&key) {
            found.relations.extend(at_most(context, id, whole, Certainty::Likely));
        }
    }
}

/// Whether an amount is all of 收入 or 支出 or what the treasury gave of it (财政拨款收入), and which of the two.
fn stream(fact: &Fact) -> Option<(bool, &'static str)> {
    let name = label::core(&fact.subject);
    let (of_treasury, name) = name.strip_prefix("财政拨款").map_or((false, name), |rest| (true, rest));
    let stream = ["收入", "支出"].into_iter().find(|stream| name.strip_prefix('总').unwrap_or(name) == *stream)?;
    let amount = fact.role == Role::Value(Basis::Actual) && fact.quantity.unit == Unit::Money && !fact.quantity.loose;
    amount.then_some((of_treasury, stream))
}

/// No part is more than its whole, but of a whole below nothing each part can be.
fn at_most(context: &Context, part: FactId, whole: FactId, certainty: Certainty) -> Option<Relation> {
    let bounds = !context.fact(whole).quantity.figure.is_sign_negative();
    let readings = vec![Formula::AtMost(whole)];
    bounds.then_some(Relation { rule: RULE.id, target: part, readings, certainty })
}

#[cfg(test)]
mod tests {
    use crate::rules::told;

    #[test]
    fn what_is_below_nothing_bounds_no_part() {
        let told = |text: &str| told::texts("part-bound", text);
        assert!(told("调整支出-100.00万元，其中：基本支出-60.00万元，项目支出-50.00万元。").is_empty());
        assert_eq!(told("调整支出100.00万元，其中：基本支出160.00万元，项目支出-60.50万元。"), ["160.00万元"]);
    }

    #[test]
    fn the_rate_of_a_part_stays_below_its_whole_wherever_it_is_told() {
        let told = |text: &str| told::texts("part-bound", text);
        assert_eq!(told("2023年读者满意度达到105%，图书完好率为98%，任务完成率为110%。"), ["105%"]);
        assert_eq!(told("社会保险参保率（%）150%，较上年增长120%。"), ["150%"]);
        let form = |actual: &str| {
            format!(
                "项目绩效目标完成情况表\n一级指标\t三级指标\t预期指标值\t实际完成指标值\n数量指标\t居民参合率\t≥95%\t{actual}"
            )
        };
        assert_eq!(told(&form("196%")), ["196%"]);
        assert!(told(&form("96%")).is_empty());
    }
}
