//! What is left of what came in: 本年收入A，本年支出B，本年结余A − B, and with what was there before, 年末结转和结余.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation, is_amount};

/// The rule.
pub const RULE: Rule = Rule {
    id: "surplus",
    name: ["结转结余", "what is carried out"],
    doc: [
        "本年结余 = 本年收入 − 本年支出；年末结转（滚存）结余 = 年初结转和结余 + 本年收入 − 本年支出。其间另有其他金额（结余分配、调入等）的，仅在一处笔误即可解释时提示。",
        "The surplus of a year is its income less its expenditure; what is carried out is what was carried in with that surplus. Where other amounts stand between, a failure is told only where one keystroke explains it.",
    ],
    fails: "年初结转和结余5.00万元，本年收入100.00万元，本年支出95.00万元，年末结转和结余11.00万元。",
    passes: "年初结转和结余5.00万元，本年收入100.00万元，本年支出95.00万元，年末结转和结余10.00万元。",
    find,
};

/// Names of what was there before.
const OPENING: [&str; 7] =
    ["年初结转和结余", "上年结转和结余", "年初结转结余", "上年结转结余", "年初结余", "上年结余", "上年滚存结余"];
/// Names of what is there afterwards.
const CLOSING: [&str; 5] = ["年末结转和结余", "年末结转结余", "年末滚存结余", "年末累计结余", "年末结余"];
/// Names of what the year left.
const SURPLUS: [&str; 3] = ["当年结余", "本年结余", "收支差额"];

/// How many amounts before a balance can be its sides.
const SIDES: usize = 8;

/// What an amount is in a balance.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Opening,
    Income,
    Expenditure,
    Closing,
    Surplus,
    Another,
}

fn find(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts().filter(|(_, fact)| can_be_side(fact)) {
        let side = side(context, id);
        if !matches!(side, Side::Closing | Side::Surplus) {
            continue;
        }
        let before: Vec<(FactId, Side)> = context
            .before(id)
            .take_while(|(_, f)| f.sentence + 1 >= fact.sentence)
            .filter(|(other, f)| can_be_side(f) && context.lists_of(*other).next().is_none())
            .take(SIDES)
            .map(|(other, _)| (other, self::side(context, other)))
            .collect();
        let nearest = |wanted: Side| before.iter().position(|(_, side)| *side == wanted);
        let (Some(income), Some(expenditure)) = (nearest(Side::Income), nearest(Side::Expenditure)) else { continue };
        let mut first = income.max(expenditure);
        let mut plus = vec![before[income].0];
        if side == Side::Closing {
            let Some(opening) = nearest(Side::Opening) else { continue };
            plus.insert(0, before[opening].0);
            first = first.max(opening);
        }
        let alone = before[..=first].iter().filter(|(_, side)| *side != Side::Surplus).count() == plus.len() + 1;
        let same = whose(context.fact(before[income].0), "收入") == whose(context.fact(before[expenditure].0), "支出");
        let certainty = if alone && same { Certainty::Likely } else { Certainty::Conjecture };
        let readings = vec![Formula::Sum(plus, vec![before[expenditure].0])];
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

fn can_be_side(fact: &Fact) -> bool {
    is_amount(fact) && fact.is_actual() && fact.quantity.unit == Unit::Money && fact.depth == 0
}

fn side(context: &Context, id: FactId) -> Side {
    let clause = context.reading.clause(id);
    let ends = |names: &[&str]| names.iter().any(|name| clause.ends_with(name));
    let subject = &context.fact(id).subject;
    if ends(&OPENING) {
        Side::Opening
    } else if ends(&CLOSING) {
        Side::Closing
    } else if ends(&SURPLUS) {
        Side::Surplus
    } else if total_of(subject, "收入").is_some() {
        Side::Income
    } else if total_of(subject, "支出").is_some() {
        Side::Expenditure
    } else {
        Side::Another
    }
}

/// The name of a total of income or expenditure without the words that say so.
fn total_of<'n>(name: &'n str, side: &str) -> Option<&'n str> {
    let bare = ["合计", "总计", "总额", "总量"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
    bare.strip_suffix(side)
}

/// Whose income or expenditure it is.
fn whose<'f>(fact: &'f Fact, side: &str) -> &'f str {
    total_of(&fact.subject, side).unwrap_or_default().trim_end_matches('总')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::told;

    fn told(text: &str) -> Vec<String> {
        told::texts(RULE.id, text)
    }

    #[test]
    fn a_surplus_is_income_less_expenditure() {
        assert_eq!(told("基金收入285.19亿元，基金支出257.82亿元，当年结余28.37亿元。"), ["28.37亿元"]);
        assert!(told("基金收入285.19亿元，基金支出257.82亿元，当年结余27.37亿元。").is_empty());
    }

    #[test]
    fn other_amounts_between_leave_it_open() {
        let text =
            "年初结转和结余5.00万元，本年收入100.00万元，本年支出95.00万元，结余分配2.00万元，年末结转和结余8.00万元。";
        assert!(told(text).is_empty());
    }
}
