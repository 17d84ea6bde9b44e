//! The goals of a form in words (年度总体目标, 实际完成情况) against its indicators and its money.

use super::{Context, Found, Rule};
use crate::facts::Unit;
use crate::relations::{Certainty, FactId, Formula, Relation, Truth, WordCheck};
use crate::scoring::{Form, Goal, Indicator, Narrative, Statement, order};

/// The rule.
pub const RULE: Rule = Rule {
    id: "form-goal",
    name: ["自评表目标文字", "a form's goals in words"],
    doc: [
        "绩效自评表“年度总体目标”文字中的数字应与同名指标的指标值一致，“实际完成情况”中的数字应与其完成值一致；其中的资金总额应与全年预算数、全年执行数一致。",
        "The figures in the words of a form's goals are the targets of the indicators that they name, those of what was done are what was reached, and its money is that of the row of money.",
    ],
    fails: "项目支出绩效自评表\n年度总体目标\t预期目标\t\t实际完成情况\t\n\t清淤灌渠86公里，改造泵站5座，新建水窖120口。\t\t清淤灌渠37公里。\t\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t清淤灌渠\t≥36公里\t37公里\t40\t40\n产出指标\t改造泵站\t≥5座\t5座\t30\t30\n产出指标\t新建水窖\t≥120口\t120口\t30\t30",
    passes: "项目支出绩效自评表\n年度总体目标\t预期目标\t\t实际完成情况\t\n\t清淤灌渠36公里，改造泵站5座，新建水窖120口。\t\t清淤灌渠37公里。\t\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t清淤灌渠\t≥36公里\t37公里\t40\t40\n产出指标\t改造泵站\t≥5座\t5座\t30\t30\n产出指标\t新建水窖\t≥120口\t120口\t30\t30",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for form in &context.reading.forms {
        let Narrative { target, actual, either } = &form.narrative;
        let mut pairs = named(context, form, target, |row| vec![row.target.as_ref()]);
        pairs.extend(named(context, form, actual, |row| vec![row.actual.as_ref()]));
        pairs.extend(named(context, form, either, |row| vec![row.target.as_ref(), row.actual.as_ref()]));
        let value = |id: FactId| context.fact(id).quantity.value();
        let agrees = |(said, cells): &&(FactId, Vec<FactId>)| cells.iter().any(|&of| value(*said) == value(of));
        let agreeing = pairs.iter().filter(agrees).count();
        // The words may speak of more than the indicator of that name, unless they agree elsewhere.
        let certainty =
            if agreeing >= 2 && agreeing + 1 >= pairs.len() { Certainty::Likely } else { Certainty::Conjecture };
        for (target, cells) in pairs {
            let readings = cells.into_iter().map(Formula::Equal).collect();
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
        }
        money(context, form, found);
        met(context, target, actual, found);
    }
}

/// The money that the words state is that of the form's row of money.
fn money(context: &Context, form: &Form, found: &mut Found) {
    const SPENT: [&str; 7] = ["支出", "支付", "执行", "使用", "完成", "投入", "拨付"];
    const PLANNED: [&str; 5] = ["预算", "资金", "经费", "投入", "安排"];
    let Some(whole) = form.funds.first() else { return };
    let says = |words: &[&str], said: &Statement| words.iter().any(|word| said.words.contains(word));
    let is_money = |said: &&Statement| context.fact(said.fact).quantity.unit == Unit::Money;
    let Narrative { target, actual, either } = &form.narrative;
    for (statements, words, of) in [(target, &PLANNED[..], whole.budget), (actual, &SPENT[..], whole.executed)] {
        let only = only(statements.iter().filter(is_money)).filter(|said| says(words, said));
        if let (Some(said), Some(of)) = (only, of) {
            let readings = vec![Formula::Equal(of)];
            let certainty = Certainty::Conjecture;
            found.relations.push(Relation { rule: RULE.id, target: said.fact, readings, certainty });
        }
    }
    // What was foreseen for the year is in the row of money; a person sees why it is none of its amounts.
    let foreseen = |said: &&Statement| says(&["预计", "计划", "预算"], said) || said.words.starts_with('用');
    let amounts = [whole.budget, whole.initial, whole.executed].into_iter().flatten();
    // A project that came in the year began with nothing.
    let some = amounts.filter(|&id| !context.fact(id).quantity.figure.is_zero());
    let readings: Vec<Formula> = some.map(Formula::Equal).collect();
    if let Some(said) = only(either.iter().filter(is_money).filter(foreseen)).filter(|_| !readings.is_empty()) {
        let certainty = Certainty::Open;
        found.relations.push(Relation { rule: RULE.id, target: said.fact, readings, certainty });
    }
}

/// The only one of some.
fn only<T>(mut some: impl Iterator<Item = T>) -> Option<T> {
    some.next().filter(|_| some.next().is_none())
}

/// The figures of words that name an indicator, each with those of its cells that may be meant; none where the words name it twice.
fn named<'f>(
    context: &Context,
    form: &'f Form,
    statements: &[Statement],
    cells: fn(&'f Indicator) -> Vec<Option<&'f Goal>>,
) -> Vec<(FactId, Vec<FactId>)> {
    let quantity = |id: FactId| context.fact(id).quantity;
    let mut pairs = Vec::new();
    for row in form.indicators.iter().filter(|row| !row.unread && !statements.is_empty()) {
        let goals: Vec<&Goal> = cells(row).into_iter().flatten().collect();
        let of: Vec<FactId> = goals.iter().filter_map(|goal| goal.fact).collect();
        let alike = |id: FactId| of.iter().any(|&of| order(&quantity(id), &quantity(of)).is_some());
        // The cell may name what it counts: 稽核企业28家.
        let own = |goal: &&Goal| goal.text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_owned();
        let own: Vec<String> = goals.iter().map(own).collect();
        let counts = |said: &Statement| own.iter().any(|own| common_end(&said.words, own) >= SHORTEST);
        let names = |said: &Statement| names(&said.words, &row.name) || counts(said);
        let said = statements.iter().filter(|said| names(said) && alike(said.fact));
        pairs.extend(only(said).map(|said| (said.fact, of)));
    }
    // A figure whose words name two indicators is of neither.
    let mut said: Vec<FactId> = pairs.iter().map(|(said, _)| *said).collect();
    said.sort_unstable();
    pairs.retain(|(of, _)| said.iter().filter(|said| *said == of).count() == 1);
    pairs
}

/// Whether words name an indicator.
fn names(words: &str, name: &str) -> bool {
    // 指标1：泵站改造数量
    let name = name.rsplit(['：', ':']).next().unwrap_or(name);
    let stem = ["数量", "人数", "个数", "率"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    stem.chars().count() >= SHORTEST && words.contains(stem)
}

/// How many characters a name has at least that is found in other words.
const SHORTEST: usize = 4;

/// How many characters two texts end with alike.
fn common_end(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b).count()
}

/// What was done against what was to be done, where both texts use the same words. Missing a goal is a note.
fn met(context: &Context, target: &[Statement], actual: &[Statement], found: &mut Found) {
    let quantity = |id: FactId| context.fact(id).quantity;
    // Of money less may have been wanted.
    let counted = |id: FactId| matches!(quantity(id).unit, Unit::Count(_) | Unit::Percent);
    for wanted in target.iter().filter(|said| counted(said.fact)) {
        let like = |said: &&Statement| {
            common_end(&said.words, &wanted.words) >= SHORTEST && quantity(said.fact).unit == quantity(wanted.fact).unit
        };
        let Some(reached) = only(actual.iter().filter(like)) else { continue };
        let Some(order) = order(&quantity(reached.fact), &quantity(wanted.fact)) else { continue };
        found.words.push(WordCheck {
            rule: RULE.id,
            span: context.fact(reached.fact).span,
            operands: vec![wanted.fact],
            holds: order.is_ge(),
            truth: Some(Truth::Missed),
            judge: true,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    /// A form in lines whose two texts have run together.
    fn form(foreseen: &str, held: &str) -> String {
        format!(
            "部门预算项目支出绩效自评表\n项目名称 灌溉渠道修缮\n项目年度目标 年度目标完成情况\n2023 年预计使用 {foreseen} 万元，修缮灌\n溉渠道。\n已举办农技培训 {held} 场，\n清淤灌渠 37 公里，新建水窖 120 口。\n年度预算\n数（万元）\n年初预算 调整后预算数 预算执行数\n预算执行\n率\n权重\n得分\n原因\n总额 28.00 24.23 24.23 100.00% 10 10\n绩效指标\n一级指标 二级指标 三级指标\n指标性质\n指标值\n度量单位\n完成值\n权重\n得分\n未完成原因分析\n产出指标 数量指标 农技培训数量 ≥ 12 场 13 30 30\n清淤灌渠数量 ≥ 36 公里 37 30 30\n新建水窖数量 ≥ 120 口 120 30 30\n合计 100 100\n"
        )
    }

    #[test]
    fn texts_that_have_run_together_speak_of_target_or_actual() {
        assert!(told(&form("28", "12")).is_empty());
        assert!(told(&form("24.23", "13")).is_empty());
        assert_eq!(told(&form("28", "18")), [("18 场".to_owned(), "12场".to_owned())]);
        assert_eq!(told(&form("31", "13")), [("31 万元".to_owned(), "24.23万元".to_owned())]);
    }
}
