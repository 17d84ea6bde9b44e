//! Words against numbers: 决算数小于预算数, 持平, 增加的原因, 全部到位, 未发生.

use super::completion::operands;
use super::{Context, Found, Rule};
use crate::facts::{Against, Basis, Claim, Direction, Fact, Role, Statement, Unit, label};
use crate::relations::{FactId, Truth, WordCheck};
use crate::taxonomy;
use crate::verdicts::Values;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The rule.
pub const RULE: Rule = Rule {
    id: "words-and-numbers",
    name: ["文字与数字", "words against numbers"],
    doc: [
        "“决算数小于（等于、大于）预算数”“与上年持平”“增加的主要原因”“资金全部到位”“未发生某项支出”等文字应与同段所列的金额、完成率、增减额一致。",
        "Words that compare accounts with budget, say that nothing changed, which way it moved, that funds arrived in full or that nothing was spent, agree with the amounts and rates of their paragraph.",
    ],
    fails: "支出决算为30.00万元，完成预算100.00%，决算数大于预算数。2023年预算数20.00万元，支出决算为30.00万元，决算数小于预算数。",
    passes: "2023年预算数20.00万元，支出决算为30.00万元，决算数大于预算数。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let values = Values::of(context.reading);
    for statement in &context.reading.statements {
        let check = match statement.claim {
            Claim::AgainstBudget(claimed) => against_budget(context, &values, statement, claimed),
            Claim::Unchanged => unchanged(context, statement),
            Claim::Moved(direction) => moved(context, statement, direction),
            Claim::InFull => in_full(context, &values, statement),
            Claim::Nothing(named) => nothing(context, statement, named),
        };
        found.words.extend(check);
    }
}

/// The last fact before the words.
fn last_before(context: &Context, statement: &Statement) -> Option<FactId> {
    let facts = context.reading.paragraphs[statement.paragraph].facts.clone();
    let behind = context.reading.facts[facts.clone()].partition_point(|fact| fact.at.1 <= statement.at.0);
    (behind > 0).then(|| facts.start + behind - 1)
}

fn against_budget(context: &Context, values: &Values, statement: &Statement, claimed: Ordering) -> Option<WordCheck> {
    let last = last_before(context, statement)?;
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    let rate = near.into_iter().find(|(_, fact)| matches!(fact.role, Role::Completion(_))).map(|(id, _)| id);
    let basis = rate.map_or(Basis::Budget, |id| match context.fact(id).role {
        Role::Completion(basis) => basis,
        _ => Basis::Budget,
    });
    let behind = last + 1;
    let amounts = (behind <= context.reading.facts.len()).then(|| amounts(context, last, basis)).flatten();
    let (operands, possible) = match (amounts, rate) {
        (Some((actual, plan)), _) => {
            let (a, p) = (context.fact(actual).quantity, context.fact(plan).quantity);
            // What is printed alike may differ behind the last digit; what is printed differently does differ.
            let order = a.value().cmp(&p.value());
            (vec![actual, plan], if order == Ordering::Equal { None } else { Some(order) })
        }
        (None, Some(rate)) => {
            let interval = values.close(rate);
            let hundred = Decimal::ONE_HUNDRED;
            // 100% beside rates with decimals is said of what was done in full.
            let exact = context.fact(rate).quantity.figure == hundred && values.prints_decimals(rate);
            let order = if interval.hi < hundred {
                Some(Ordering::Less)
            } else if interval.lo > hundred {
                Some(Ordering::Greater)
            } else {
                exact.then_some(Ordering::Equal)
            };
            (vec![rate], order)
        }
        (None, None) => return None,
    };
    let holds = possible.is_none_or(|order| order == claimed);
    let truth = possible.map(Truth::AgainstBudget);
    Some(WordCheck { rule: RULE.id, span: statement.span, operands, holds, truth, judge: false })
}

fn amounts(context: &Context, last: FactId, basis: Basis) -> Option<(FactId, FactId)> {
    // `operands` looks before a fact; the last fact before the words may itself be one of the two.
    let fact = context.fact(last);
    if fact.is_actual() || fact.plan().is_some() {
        let other = context.before(last).find(|(_, f)| {
            f.quantity.unit == fact.quantity.unit && if fact.is_actual() { f.plan().is_some() } else { f.is_actual() }
        });
        let (other, _) = other?;
        return Some(if fact.is_actual() { (last, other) } else { (other, last) });
    }
    operands(context, last, basis).map(|(actual, plans)| (actual, plans[0]))
}

fn unchanged(context: &Context, statement: &Statement) -> Option<WordCheck> {
    let last = last_before(context, statement)?;
    let paragraph = &context.reading.paragraphs[statement.paragraph];
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    // An amount in between is what the words speak of, and so is a part behind 其中.
    let (change, fact) = near
        .into_iter()
        .take_while(|(_, fact)| !matches!(fact.role, Role::Value(_)))
        .find(|(_, fact)| matches!(fact.role, Role::Change(_, Against::Prior)))?;
    let between = paragraph.between(fact.at.1, statement.at.0);
    if between.contains(['；', '。']) || between.contains("其中") {
        return None;
    }
    let holds = context.fact(change).quantity.figure.is_zero();
    Some(WordCheck {
        rule: RULE.id,
        span: statement.span,
        operands: vec![change],
        holds,
        truth: Some(Truth::Changed),
        judge: false,
    })
}

/// 减少5万元，下降10%。增加的主要原因是: all that the last sentence with figures says of moves is of the other way.
fn moved(context: &Context, statement: &Statement, claimed: Direction) -> Option<WordCheck> {
    let last = last_before(context, statement)?;
    let sentence = context.fact(last).sentence;
    let between = context.reading.paragraphs[statement.paragraph].between(context.fact(last).at.1, statement.at.0);
    let beside = between.chars().all(|c| matches!(c, '，' | ',' | '。' | '；' | '同' | '比'));
    let way = |fact: &Fact| match fact.role {
        Role::Change(direction, _) | Role::Rate(direction, _) if !fact.quantity.figure.is_zero() => Some(direction),
        _ => None,
    };
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    let moves: Vec<(FactId, Direction)> = near
        .take_while(|(_, fact)| fact.sentence == sentence)
        .filter_map(|(id, fact)| way(fact).map(|way| (id, way)))
        .collect();
    let &(operand, _) = moves.first().filter(|_| beside)?;
    Some(WordCheck {
        rule: RULE.id,
        span: statement.span,
        operands: vec![operand],
        holds: moves.iter().any(|(_, way)| *way == claimed),
        truth: Some(Truth::OtherWay),
        judge: false,
    })
}

/// 资金全部到位，到位率100%: the rate of what arrived, in the clause before or behind.
fn in_full(context: &Context, values: &Values, statement: &Statement) -> Option<WordCheck> {
    let paragraph = &context.reading.paragraphs[statement.paragraph];
    let arrived = |id: FactId| {
        let fact = context.fact(id);
        let gap = paragraph.between(fact.at.1.min(statement.at.1), fact.at.0.max(statement.at.0));
        let clauses = gap.chars().filter(|c| matches!(c, '，' | ',')).count();
        let of_arrival = context.reading.lead(id).trim_end_matches(['为', '达', '是', '到']).ends_with("到位率");
        fact.quantity.unit == Unit::Percent && of_arrival && clauses <= 2 && !gap.contains(['。', '；'])
    };
    let behind = last_before(context, statement).map_or(paragraph.facts.start, |last| last + 1);
    let near = [Some(behind), behind.checked_sub(1)];
    let rate = near.into_iter().flatten().find(|&id| paragraph.facts.contains(&id) && arrived(id))?;
    let interval = values.wide(rate);
    let holds = interval.lo <= Decimal::ONE_HUNDRED && interval.hi >= Decimal::ONE_HUNDRED;
    Some(WordCheck { rule: RULE.id, span: statement.span, operands: vec![rate], holds, truth: None, judge: false })
}

/// 公务接待费0万元，未发生公务接待费支出: the amount that the paragraph states for what the words name.
fn nothing(context: &Context, statement: &Statement, named: usize) -> Option<WordCheck> {
    let paragraph = &context.reading.paragraphs[statement.paragraph];
    let name = label::clean(&paragraph.between(named, statement.at.1));
    let concept = taxonomy::concept(&name).or_else(|| taxonomy::concept(label::short(&name)))?;
    let last = last_before(context, statement)?;
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    let of_name = |fact: &Fact| taxonomy::concept(&fact.subject).or(fact.concept) == Some(concept);
    let (amount, fact) = near.into_iter().find(|(_, fact)| fact.is_actual() && of_name(fact))?;
    let holds = fact.quantity.figure.is_zero();
    let operands = vec![amount];
    Some(WordCheck { rule: RULE.id, span: statement.span, operands, holds, truth: None, judge: false })
}

#[cfg(test)]
mod tests {
    use crate::report::Status;
    use crate::{Options, check};

    fn statuses(text: &str) -> Vec<Status> {
        let checks = check(text, &Options::default()).checks;
        checks.iter().filter(|c| c.rule == super::RULE.id).map(|c| c.status).collect()
    }

    #[test]
    fn the_way_of_a_move_is_that_of_its_reason() {
        assert_eq!(statuses("公务接待费比上年减少5.00万元，下降10.00%。增加的主要原因是业务量上升。"), [Status::Fail]);
        assert_eq!(statuses("公务接待费比上年减少5.00万元，下降10.00%。减少的主要原因是厉行节约。"), [Status::Pass]);
        // One of the two moved the way that a reason is given for.
        let mixed = "收入比上年减少5.00万元，支出比上年增加3.00万元。减少的主要原因是拨款减少。";
        assert_eq!(statuses(mixed), [Status::Pass]);
    }

    #[test]
    fn funds_in_full_arrive_at_a_hundred() {
        assert_eq!(statuses("项目资金全部到位，到位率96.00%，支付进度50.00%。"), [Status::Fail]);
        assert_eq!(statuses("项目资金到位率为100%，足额到位。"), [Status::Pass]);
        assert_eq!(statuses("人员尚未全部到位，到位率96.00%。"), []);
    }

    #[test]
    fn nothing_costs_nothing() {
        assert_eq!(statuses("公务接待费支出0.30万元，本年未发生公务接待费支出。"), [Status::Fail]);
        assert_eq!(statuses("公务接待费支出0万元，未发生公务接待费支出。"), [Status::Pass]);
        assert_eq!(statuses("公务接待费支出0.30万元，上年未发生公务接待费支出。"), []);
    }
}
