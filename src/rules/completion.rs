//! How much of a budget was carried out: 完成预算P, 执行率P.

use super::{Context, Found, Rule, tables_agree};
use crate::facts::{Basis, Direction, Fact, Joint, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation, WordCheck};
use crate::taxonomy::tables;
use rust_decimal::Decimal;
use std::cell::OnceCell;

/// The rule.
pub const RULE: Rule = Rule {
    id: "completion-rate",
    name: ["预算完成率", "budget completion"],
    doc: [
        "完成率 = 决算（执行、到位）数 ÷ 所称预算数。写明年初预算、调整预算或全年预算的，按所写的预算计算；只写“预算”的，任一预算相符即可。结余率 = 1 − 完成率。",
        "A completion rate is the amount carried out divided by the budget that the words name: the initial, the adjusted, or either where they only say budget. What was left (结余率) is the rest of it.",
    ],
    fails: "年初预算为250.00万元，支出决算为200.00万元，完成年初预算的85.00%。",
    passes: "年初预算为250.00万元，支出决算为200.00万元，完成年初预算的80.00%。",
    find,
};

/// How many numbers back the budget may stand that a 结余率 speaks of.
const FAR: usize = 60;

fn find(context: &Context, found: &mut Found) {
    let printed = OnceCell::new();
    for (id, rate) in context.facts() {
        if rate.quantity.loose {
            continue;
        }
        if context.place_in_run(id).1 > 1 {
            continue;
        }
        if is_left_over(context, id) {
            found.relations.extend(left_over(context, id));
            continue;
        }
        let operands = match rate.role {
            Role::Completion(basis) => operands(context, id, basis)
                .or_else(|| of_money(context, id))
                .or_else(|| plan_behind(context, id, basis)),
            Role::OfThat if id > 0 && context.fact(id - 1).plan().is_some() => of_that(context, id),
            _ => None,
        };
        let Some((actual, plans)) = operands else {
            if let Role::Completion(basis) = rate.role {
                found.words.extend(of_nothing(context, id));
                let cells = printed.get_or_init(|| tables_agree::cells(context));
                found.relations.extend(of_table(context, cells, id, basis));
            }
            found.relations.extend(stated_beside(context, id).or_else(|| stated_behind(context, id)));
            continue;
        };
        // 其他项目完成100%: a rate with a name of its own speaks of what has that name.
        let named = rate.subject.chars().count() > 2;
        let is_named = |id: FactId| {
            label::likeness(&context.fact(id).subject, &rate.subject) >= 0.7
                || context.fact(id).subject.contains(&*rate.subject)
        };
        if named && !is_named(actual) && !plans.iter().any(|&plan| is_named(plan)) {
            continue;
        }
        let plan = context.fact(plans[0]);
        let said = plan.plan().is_some() && plan.sentence == rate.sentence;
        let certainty = if said { Certainty::Sure } else { Certainty::Likely };
        let readings = spoken_of(context, id, actual)
            .into_iter()
            .flat_map(|part| plans.iter().map(move |&whole| Formula::Share { part, whole }))
            .collect();
        found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
    }
}

/// Whether a rate is that of what was left of a budget (结余率).
fn is_left_over(context: &Context, id: FactId) -> bool {
    context.fact(id).quantity.unit == Unit::Percent && context.reading.clause(id).ends_with("结余率")
}

/// 结余率13.31%: what was left of the budget, which the last sentence that states budget and accounts gives.
fn left_over(context: &Context, id: FactId) -> Option<Relation> {
    let same_scope = |other: FactId| context.scope(other) == context.scope(id);
    let is_done = |other: FactId| {
        let fact = context.fact(other);
        let called = || {
            let clause = context.reading.clause(other);
            ["执行数", "决算数", "支出数"].iter().any(|name| clause.trim_end_matches('共').ends_with(name))
        };
        fact.is_actual() && fact.quantity.unit == Unit::Money && fact.cell.is_none() && called()
    };
    let done =
        (id.saturating_sub(FAR)..id).rev().take_while(|&other| same_scope(other)).find(|&other| is_done(other))?;
    let sentence = context.fact(done).sentence;
    let plans = context.before(done).take_while(|(_, f)| f.sentence == sentence);
    let readings: Vec<Formula> = plans
        .filter(|(_, f)| f.plan().is_some() && f.quantity.unit == Unit::Money)
        .map(|(prior, _)| Formula::RateFrom { current: done, prior, direction: Direction::Down })
        .collect();
    let certainty = Certainty::Conjecture;
    (!readings.is_empty()).then_some(Relation { rule: RULE.id, target: id, readings, certainty })
}

/// 支出0万元，完成预算0%: nothing is nothing of any budget, or all of none.
fn of_nothing(context: &Context, id: FactId) -> Option<WordCheck> {
    let rate = context.fact(id);
    let (actual, done) = context.before(id).next()?;
    let beside = done.is_actual() && done.quantity.unit == Unit::Money && done.quantity.figure.is_zero();
    let said = rate.subject.chars().count() <= 2 && done.sentence == rate.sentence && done.depth == rate.depth;
    (beside && said).then(|| WordCheck {
        rule: RULE.id,
        span: rate.span,
        operands: vec![actual],
        holds: rate.quantity.figure.is_zero() || rate.quantity.figure == Decimal::ONE_HUNDRED,
        truth: None,
        judge: false,
    })
}

/// 计划培训800人次，实际培训760人次，完成率95%: no budget is called by its name, but the clauses before the rate say what was planned and
/// what was done.
fn stated_beside(context: &Context, id: FactId) -> Option<Relation> {
    const RATES: [&str; 8] = ["执行率", "完成率", "到位率", "支出率", "支付率", "拨付率", "使用率", "控制率"];
    let rate = context.fact(id);
    if rate.quantity.unit != Unit::Percent {
        return None;
    }
    let (lead, clause) = (context.reading.lead(id), context.reading.clause(id));
    // Only the clause right behind the amounts speaks of them.
    if !lead.trim_start_matches(['，', ',', '；', '（', '）']).starts_with(&clause) {
        return None;
    }
    let named = RATES.iter().find(|name| clause.ends_with(*name))?;
    let amounts: Vec<(FactId, Stage)> = context
        .before(id)
        .take_while(|(_, fact)| fact.sentence == rate.sentence)
        .filter(|(_, fact)| matches!(fact.quantity.unit, Unit::Money | Unit::Count(_)) && !fact.quantity.loose)
        .take_while(|(_, fact)| matches!(fact.role, Role::Value(_)))
        .map_while(|(id, _)| Some((id, Stage::of(&context.reading.clause(id))?)))
        .collect();
    let (&(part, done), rest) = amounts.split_first()?;
    let fits = match *named {
        "到位率" => done == Stage::Arrived,
        "完成率" => done != Stage::Planned,
        _ => done == Stage::Done,
    };
    let same = |id: FactId| context.fact(id).quantity.unit == context.fact(part).quantity.unit;
    let readings: Vec<Formula> = rest
        .iter()
        .take_while(|&&(whole, stage)| same(whole) && stage < done)
        .map(|&(whole, _)| Formula::Share { part, whole })
        .collect();
    (fits && part + 1 == id && !readings.is_empty()).then_some(Relation {
        rule: RULE.id,
        target: id,
        readings,
        certainty: Certainty::Likely,
    })
}

/// 资金到位率90%，年初预算200万元，到位资金180万元: the sentence begins with the rate, and ends with what it is of.
fn stated_behind(context: &Context, id: FactId) -> Option<Relation> {
    let rate = context.fact(id);
    let end = context.reading.paragraphs[rate.paragraph].facts.end;
    let of_sentence = |id: FactId| id < end && context.fact(id).sentence == rate.sentence;
    let opens = || context.before(id).next().is_none_or(|(_, fact)| fact.sentence != rate.sentence);
    let arrives = || context.reading.clause(id).ends_with("到位率");
    let ends = of_sentence(id + 2) && !of_sentence(id + 3);
    if rate.quantity.unit != Unit::Percent || !ends || !opens() || !arrives() {
        return None;
    }
    let stage = |id: FactId| {
        let fact = context.fact(id);
        let amount = fact.quantity.unit == Unit::Money && !fact.quantity.loose && fact.depth == rate.depth;
        Stage::of(&context.reading.clause(id)).filter(|_| amount && fact.joint == Joint::Comma)
    };
    let (part, whole) = match (stage(id + 1)?, stage(id + 2)?) {
        (Stage::Planned, Stage::Arrived) => (id + 2, id + 1),
        (Stage::Arrived, Stage::Planned) => (id + 1, id + 2),
        _ => return None,
    };
    let readings = vec![Formula::Share { part, whole }];
    Some(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely })
}

/// 支出A，完成年初预算的P，年初预算为B: the budget that the rate names stands right behind it, under no name of its own.
fn plan_behind(context: &Context, id: FactId, basis: Basis) -> Option<(FactId, Vec<FactId>)> {
    let rate = context.fact(id);
    let (actual, done) = context.before(id).next()?;
    let end = context.reading.paragraphs[rate.paragraph].facts.end;
    let plan = context.fact(Some(id + 1).filter(|&next| next < end)?);
    let beside = |fact: &Fact| fact.sentence == rate.sentence && fact.depth == rate.depth && !fact.quantity.loose;
    let unnamed = plan.subject.is_empty() || plan.subject == done.subject;
    let of_it = plan.plan() == Some(basis) && unnamed && plan.joint == Joint::Comma;
    let alike = done.is_actual() && done.quantity.unit == Unit::Money && plan.quantity.unit == Unit::Money;
    (beside(done) && beside(plan) && of_it && alike).then(|| (actual, vec![id + 1]))
}

/// How far the money or the work of an amount has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Planned,
    Arrived,
    Done,
}

impl Stage {
    /// What the clause before an amount says.
    fn of(clause: &str) -> Option<Stage> {
        const DONE: [&str; 8] = ["支出", "支付", "执行", "使用", "发放", "完成", "实际", "拨付"];
        const PLANNED: [&str; 7] = ["计划", "安排", "下达", "批复", "任务", "目标", "应"];
        let says = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        if ["到位", "收到", "到账"].iter().any(|word| clause.contains(word)) && !clause.contains('应') {
            Some(Stage::Arrived)
        } else if says(&["实际", "已"]) {
            Some(Stage::Done)
        } else if says(&PLANNED) {
            Some(Stage::Planned)
        } else if let Some((_, behind)) = clause.rsplit_once("预算") {
            // 预算资金 is planned, 公共预算支出 was spent.
            Some(if DONE.iter().any(|word| behind.contains(word)) { Stage::Done } else { Stage::Planned })
        } else {
            says(&DONE).then_some(Stage::Done)
        }
    }
}

/// 完成预算50万元的83%: the budget stands right before the rate.
fn of_that(context: &Context, id: FactId) -> Option<(FactId, Vec<FactId>)> {
    let plan = context.fact(id - 1);
    let is_done = |f: &Fact| {
        f.is_actual() && f.quantity.unit == plan.quantity.unit && f.depth == plan.depth && f.sentence == plan.sentence
    };
    let (actual, _) = context.before(id - 1).find(|(_, f)| is_done(f))?;
    Some((actual, vec![id - 1]))
}

/// 项目资金A，已拨付B，执行率P: the sentence tells of no budget, but of the money there was and of what was paid of it.
fn of_money(context: &Context, id: FactId) -> Option<(FactId, Vec<FactId>)> {
    const THERE: [&str; 6] = ["资金", "到位", "下达", "安排", "投资", "经费"];
    const PAID: [&str; 6] = ["支付", "拨付", "支出", "使用", "执行", "完成"];
    let rate = context.fact(id);
    let mut amounts = context
        .before(id)
        .take_while(|(_, f)| f.sentence == rate.sentence)
        .filter(|(_, f)| f.quantity.unit == Unit::Money);
    let (paid, done) = amounts.next()?;
    let (there, money) = amounts.next()?;
    let plain = |f: &Fact| f.is_actual() && !f.quantity.loose && f.depth == rate.depth;
    let says = |id: FactId, words: &[&str]| {
        let clause = context.reading.clause(id);
        words.iter().any(|word| clause.contains(word)) && !clause.contains('未')
    };
    let told = amounts.next().is_none() && plain(done) && plain(money) && says(paid, &PAID) && says(there, &THERE);
    (told && !says(there, &PAID)).then_some((paid, vec![there]))
}

/// 公务接待费支出决算为N，完成预算P: the budget of this part stands in the table only, beside the same amount.
fn of_table(context: &Context, cells: &tables_agree::Cells, id: FactId, basis: Basis) -> Option<Relation> {
    let rate = context.fact(id);
    let near = |f: &Fact| f.sentence == rate.sentence && f.depth == rate.depth && f.quantity.unit == Unit::Money;
    let (part, done) = context.before(id).next().filter(|(_, f)| near(f) && f.is_actual() && !f.quantity.loose)?;
    let concept = done.concept.filter(|_| context.scope(id) == 0)?;
    let of = |basis: Basis| {
        let meanings = tables::meanings(concept, basis).into_iter();
        meanings.filter_map(|meaning| cells.get(&(0, meaning))).flatten().copied().collect::<Vec<FactId>>()
    };
    let same = |&cell: &FactId| context.fact(cell).quantity.interval().meet(done.quantity.interval()).is_some();
    let readings: Vec<Formula> = of(basis).into_iter().map(|whole| Formula::Share { part, whole }).collect();
    // The 预算数 of the tables is mostly that of the whole year, and may not be the initial one.
    let certainty = if basis == Basis::Budget { Certainty::Likely } else { Certainty::Conjecture };
    (!readings.is_empty() && of(Basis::Actual).iter().any(same)).then_some(Relation {
        rule: RULE.id,
        target: id,
        readings,
        certainty,
    })
}

/// What a figure in a sentence of its own behind a list can speak of: the last part, or the whole.
pub fn spoken_of(context: &Context, id: FactId, actual: FactId) -> Vec<FactId> {
    let (fact, part) = (context.fact(id), context.fact(actual));
    let mut spoken_of = vec![actual];
    if part.sentence != fact.sentence {
        let wholes = context.lists_of(actual).map(|list| list.whole);
        spoken_of.extend(wholes.filter(|&whole| context.fact(whole).paragraph == fact.paragraph));
    }
    spoken_of
}

/// What was carried out, and the budgets that can be meant, the nearest first.
pub fn operands(context: &Context, id: FactId, basis: Basis) -> Option<(FactId, Vec<FactId>)> {
    let rate = context.fact(id);
    let usable = |f: &Fact| f.quantity.unit == Unit::Money && !f.quantity.loose && f.depth == rate.depth;
    let (actual, done) = context.before(id).find(|(_, f)| usable(f) && f.is_actual())?;
    // A budget with another amount between it and this one is that other amount's, as is one that a rate stands right behind.
    let other = context.before(actual).find(|(_, f)| usable(f) && f.is_actual()).map_or(0, |(id, _)| id);
    let consumed = |plan: FactId| plan < other || context.fact(plan + 1).role == Role::OfThat;
    let plans: Vec<(FactId, Basis)> = context
        .before(id)
        .filter(|(id, f)| usable(f) && !consumed(*id))
        .filter_map(|(id, f)| f.plan().map(|plan| (id, plan)))
        .collect();
    let named = |plan: Basis| basis == Basis::Budget || plan == basis || plan == Basis::Budget;
    let mut fitting: Vec<FactId> = plans.iter().filter(|(_, plan)| named(*plan)).map(|(id, _)| *id).collect();
    // The budget of the same thought comes first; one from an earlier sentence is only meant where this one names none.
    let near: Vec<FactId> = fitting.iter().copied().filter(|&p| context.fact(p).sentence == done.sentence).collect();
    if !near.is_empty() {
        fitting = near;
    } else {
        fitting.truncate(1);
    }
    (!fitting.is_empty()).then_some((actual, fitting))
}

#[cfg(test)]
mod tests {
    use crate::report::Status;
    use crate::{Options, check};

    #[test]
    fn nothing_is_nothing_of_any_budget() {
        let failing = |rate: &str| {
            let text = format!("因公出国（境）费支出0万元，完成预算{rate}。");
            check(&text, &Options::default()).checks.iter().filter(|c| c.status == Status::Fail).count()
        };
        assert_eq!((failing("8.00%"), failing("0%"), failing("100%")), (1, 0, 0));
    }

    #[test]
    fn what_was_left_is_the_rest_of_the_budget() {
        let statuses = |rate: &str| {
            let text = format!(
                "年初预算数为300.00万元，调整预算数为400.00万元，预算执行数为350.00万元。\n资金使用准确，年末资金结余率为{rate}。"
            );
            let checks = check(&text, &Options::default()).checks;
            checks.iter().filter(|c| c.result.text == rate).map(|c| c.status).collect::<Vec<_>>()
        };
        assert_eq!(statuses("12.50%"), [Status::Pass]);
        // One digit is wrong; anything further off may be about another budget.
        assert_eq!(statuses("12.80%"), [Status::Fail]);
        assert_eq!(statuses("3.71%"), []);
    }

    fn rates(text: &str) -> Vec<bool> {
        let checks = check(text, &Options::default()).checks;
        checks
            .iter()
            .filter(|check| check.rule == "completion-rate")
            .map(|check| check.status == Status::Pass)
            .collect()
    }

    #[test]
    fn a_rate_may_stand_before_what_it_is_of() {
        let budget = "支出决算1000.00万元，完成年初预算的100.00%，年初预算为990.00万元。";
        assert_eq!(rates(budget), [false]);
        assert_eq!(rates(&budget.replace("100.00%", "101.01%")), [true]);
        assert_eq!(rates(&budget.replace("支出决算", "一般公共预算财政拨款支出")), [false]);
        assert!(rates("支出决算1000.00万元，完成年初预算的100.00%，会议费年初预算为990.00万元。").is_empty());
        assert_eq!(rates("资金到位率100%，年初预算200万元，到位资金180万元。"), [false]);
        assert_eq!(rates("资金到位率90%，年初预算200万元，到位资金180万元。"), [true]);
        assert!(rates("资金到位率100%，乙项目预算200万元，到位资金180万元，到位率90%。").len() <= 1);
    }

    #[test]
    fn what_was_planned_and_done_need_no_budget_by_name() {
        assert_eq!(rates("项目计划投入资金1200万元，实际到位1140万元，资金到位率95%。"), [true]);
        assert_eq!(rates("实际到位资金1140万元，实际支出1083万元，预算执行率95%。"), [true]);
        assert_eq!(rates("计划培训8000人次，实际培训7600人次，完成率95%。"), [true]);
        assert_eq!(rates("“三公”经费预算12万元，实际支出9.6万元，控制率80%。"), [true]);
        assert_eq!(rates("下达资金500万元，到位资金400万元，实际支出380万元，执行率76%。"), [true]);
        assert_eq!(rates("下达资金500万元，到位资金400万元，实际支出380万元，执行率78%。"), [false]);
        assert_eq!(rates("收到补助资金合计500万元，已支出320万元，资金支付率64%。"), [true]);
        assert_eq!(
            rates("预算安排资金600万元，到位资金600万元，到位率100%；实际支出540万元，支出率90%。"),
            [true, true]
        );
        assert!(rates("全年举办培训12场，培训800人次，学员完成率95%。").is_empty());
        assert!(
            rates("两个项目涉及公共预算支出共213.40万元，执行率90.30%：甲项目支出20.70万元，预算执行率82.70%。")
                .is_empty()
        );
        assert!(rates("计划目标4个，实际完成2个，其中：1、时效完成率100%。").is_empty());
    }
}
