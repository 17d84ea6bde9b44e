//! Words against numbers: 决算数小于预算数, 持平.

use super::completion::operands;
use super::{Context, Found, Rule};
use crate::facts::{Against, Basis, Claim, Direction, Period, Role, Statement, label};
use crate::relations::{FactId, Truth, WordCheck};
use crate::taxonomy::Concept;
use crate::verdicts::Values;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The rule.
pub const RULE: Rule = Rule {
    id: "words-and-numbers",
    name: ["文字与数字", "words against numbers"],
    doc: [
        "“决算数小于（等于、大于）预算数”“与上年持平”“增加（减少）的原因”“未发生某项支出”“全部到位”等文字应与同段所列的金额、完成率、增减额一致。",
        "Words that compare accounts with budget, say which way an amount moved or that it did not, that nothing was spent on a thing or that all of the money came, agree with the amounts and rates of their paragraph.",
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
            Claim::Nothing(concept) => nothing(context, statement, concept),
            Claim::InFull(rate) => in_full(context, &values, statement, rate),
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
    if let Some(check) = equal_years(context, statement, last) {
        return Some(check);
    }
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

/// A，与上年B持平, A，上年B，与上年持平 and A，与上年持平，上年B: the amounts of both years are one.
fn equal_years(context: &Context, statement: &Statement, last: FactId) -> Option<WordCheck> {
    let paragraph = &context.reading.paragraphs[statement.paragraph];
    let inside = (last + 1 < paragraph.facts.end && context.fact(last + 1).at.1 <= statement.at.1).then_some(last + 1);
    let beside = || paragraph.between(context.fact(last).at.1, statement.at.0).chars().count() <= 1;
    // Right behind the words, under the name of this year's amount or none of its own.
    let behind = (last + 1 < paragraph.facts.end).then_some(last + 1).filter(|&next| {
        let words = paragraph.between(statement.at.1, context.fact(next).at.0);
        let name = label::of_any_year(&context.fact(next).subject);
        let clause = words.trim_start_matches(['，', ',', '（']);
        inside.is_none() && !clause.contains(['，', ',', '。', '；']) && context.fact(last).subject.ends_with(name)
    });
    let (current, prior) = match inside.or(behind) {
        Some(prior) if inside.is_some() || context.fact(prior).period == Period::Prior => (last, prior),
        _ => (context.before(last).next().filter(|_| beside())?.0, last),
    };
    let (now, then) = (context.fact(current), context.fact(prior));
    let both = now.is_actual()
        && matches!(then.role, Role::Value(basis) if !basis.is_plan())
        && then.period == Period::Prior
        && now.sentence == then.sentence
        && now.quantity.unit == then.quantity.unit
        && !now.quantity.loose
        && !then.quantity.loose;
    both.then(|| WordCheck {
        rule: RULE.id,
        span: statement.span,
        operands: vec![current, prior],
        holds: now.quantity.interval().meet(then.quantity.interval()).is_some(),
        truth: None,
        judge: false,
    })
}

/// 增加的主要原因是: some change of its sentence or the one before moved that way, or this year's amount lies so to the one before.
fn moved(context: &Context, statement: &Statement, claimed: Direction) -> Option<WordCheck> {
    let last = last_before(context, statement)?;
    let near = std::iter::once((last, context.fact(last))).chain(context.before(last));
    let recent = context.fact(last).sentence.saturating_sub(1);
    let moves: Vec<(FactId, Direction)> = near
        .take_while(|(_, fact)| fact.sentence >= recent)
        .filter_map(|(id, fact)| match fact.role {
            Role::Change(direction, _) | Role::Rate(direction, _) if !fact.quantity.figure.is_zero() => {
                let turned = fact.quantity.figure.is_sign_negative();
                Some((id, if turned { direction.reversed() } else { direction }))
            }
            _ => None,
        })
        .collect();
    let (operands, holds) = if moves.is_empty() {
        let (current, prior, moved) = two_years(context, last)?;
        // 12.50元 beside 9.80万元 has lost a word of its unit, which is told by itself.
        let one_unit = context.fact(current).quantity.scale == context.fact(prior).quantity.scale;
        if !one_unit && moved != claimed {
            return None;
        }
        (vec![current, prior], moved == claimed)
    } else {
        let agreeing = moves.iter().find(|(_, moved)| *moved == claimed);
        (vec![agreeing.unwrap_or(&moves[0]).0], agreeing.is_some())
    };
    Some(WordCheck { rule: RULE.id, span: statement.span, operands, holds, truth: Some(Truth::OtherWay), judge: false })
}

/// The amounts of both years that end a passage (支出N，上年支出M), and which way they moved.
fn two_years(context: &Context, last: FactId) -> Option<(FactId, FactId, Direction)> {
    let fact = context.fact(last);
    let current = context.before(last).next().filter(|_| fact.period == Period::Prior)?.0;
    let this = context.fact(current);
    let both = this.is_actual() && fact.role == this.role && fact.quantity.unit == this.quantity.unit;
    let alike = both && !fact.quantity.loose && !this.quantity.loose;
    let moved = match this.quantity.figure.cmp(&fact.quantity.figure) {
        Ordering::Greater => Direction::Up,
        Ordering::Less => Direction::Down,
        Ordering::Equal => return None,
    };
    alike.then_some((current, last, moved))
}

/// 未发生某费支出: its amount in the paragraph is zero.
fn nothing(context: &Context, statement: &Statement, concept: Concept) -> Option<WordCheck> {
    let facts = context.reading.paragraphs[statement.paragraph].facts.clone();
    let of_it = |id: &FactId| context.fact(*id).concept == Some(concept) && context.fact(*id).is_actual();
    let is_zero = |id: &FactId| context.fact(*id).quantity.figure.is_zero();
    let stated: Vec<FactId> = facts.filter(of_it).collect();
    let told = stated.iter().copied().find(is_zero).or(stated.first().copied())?;
    Some(WordCheck {
        rule: RULE.id,
        span: statement.span,
        operands: vec![told],
        holds: is_zero(&told),
        truth: None,
        judge: false,
    })
}

/// 资金全部到位，到位率P: the rate of that name that stands beside the words.
fn in_full(context: &Context, values: &Values, statement: &Statement, name: &str) -> Option<WordCheck> {
    let facts = context.reading.paragraphs[statement.paragraph].facts.clone();
    let paragraph = &context.reading.paragraphs[statement.paragraph];
    let says = |id: &FactId| {
        matches!(context.fact(*id).role, Role::Completion(_)) && context.reading.clause(*id).ends_with(name)
    };
    let beside = |id: &FactId| {
        let at = context.fact(*id).at;
        let between = if at.0 >= statement.at.1 {
            paragraph.between(statement.at.1, at.0)
        } else {
            paragraph.between(at.1, statement.at.0)
        };
        !between.contains(['。', '；']) && !between.contains(|c: char| c.is_ascii_digit())
    };
    let rate = facts.filter(says).find(beside)?;
    Some(WordCheck {
        rule: RULE.id,
        span: statement.span,
        operands: vec![rate],
        holds: values.close(rate).contains(Decimal::ONE_HUNDRED),
        truth: None,
        judge: false,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::told;

    fn told(text: &str) -> Vec<String> {
        told::texts(RULE.id, text)
    }

    #[test]
    fn a_reason_for_a_rise_follows_a_rise() {
        assert_eq!(told("支出30.00万元，上年支出50.00万元。本年支出增加原因是人员变动。"), ["增加原因"]);
        assert_eq!(told("支出30.00万元，较上年减少5.00万元，增加的主要原因是人员变动。"), ["增加的主要原因"]);
        assert!(told("支出70.00万元，上年支出50.00万元。本年支出增加原因是人员变动。").is_empty());
        assert!(told("收入增加3.00万元，支出减少5.00万元，增加的主要原因是人员变动。").is_empty());
    }

    #[test]
    fn what_has_not_changed_is_the_same_in_both_years() {
        assert_eq!(told("公务接待费支出决算5.00万元，与上年5.20万元持平。"), ["与上年5.20万元持平"]);
        assert_eq!(told("公务接待费支出决算5.00万元，上年支出决算5.20万元，与上年持平。"), ["与上年持平"]);
        assert_eq!(told("公务接待费支出5.00万元，与上年持平，上年支出5.20万元。"), ["与上年持平"]);
        assert!(told("公务接待费支出5.00万元，与上年持平，上年支出5.00万元。").is_empty());
        assert!(told("公务接待费支出5.00万元，与上年持平，上年会议费支出6.00万元。").is_empty());
        assert!(told("公务接待费支出决算5.00万元，与上年5.00万元持平。").is_empty());
        assert!(told("收入5.00万元，上年收入5.20万元，支出与上年持平。").is_empty());
    }

    #[test]
    fn what_was_not_spent_is_zero() {
        assert_eq!(told("公务接待费支出决算2.00万元。2023年未发生公务接待费支出。"), ["未发生公务接待费支出"]);
        assert!(told("公务接待费支出决算0万元，2023年未发生公务接待费支出。").is_empty());
        assert!(told("公务接待费支出决算2.00万元，上年未发生公务接待费支出。").is_empty());
    }

    #[test]
    fn money_that_came_in_full_came_to_a_hundred_per_cent() {
        assert_eq!(told("项目资金全部到位，到位率98.50%。"), ["全部到位"]);
        assert!(told("项目资金全部到位，到位率100%。").is_empty());
    }
}
