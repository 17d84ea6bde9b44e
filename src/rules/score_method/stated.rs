//! What a rule asks for and the prose in front of its form states: rates of execution and of what is left, counts of projects.

use crate::facts::{Against, Direction, Role, Unit};
use crate::relations::FactId;
use crate::rules::Context;
use crate::scoring::{Form, Kept, Norm};
use rust_decimal::Decimal;

/// The rates of execution that the prose in front of a form states in a row (6月、9月、11月执行进度分别达到…), where it does so once.
pub fn progress(context: &Context, form: &Form, count: usize) -> Option<Vec<FactId>> {
    let opens = |id: FactId| {
        let fact = context.fact(id);
        let words = context.reading.paragraphs[fact.paragraph].between(fact.at.0.saturating_sub(20), fact.at.0);
        words.contains("进度") && words.contains("分别")
    };
    let is_rate = |id: FactId| context.fact(id).quantity.unit == Unit::Percent && !context.fact(id).quantity.loose;
    let mut found = context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| {
        let run = id..id + count;
        is_rate(id) && context.place_in_run(id) == (id, count) && opens(id) && run.clone().all(is_rate)
    });
    let first = found.next()?;
    found.next().is_none().then(|| (first..first + count).collect())
}

/// How many projects of a kind go beyond a rate, and how many there are, as the prose in front of a form states them:
/// 常年项目绩效分析。该类项目总数10个，…其中：预算结余率大于10%的项目共计2个.
pub fn kept(context: &Context, form: &Form, part: &Kept) -> Option<(FactId, FactId)> {
    let counted = |id: FactId, end: &str| {
        let fact = context.fact(id);
        matches!(fact.quantity.unit, Unit::Count(_))
            && !fact.quantity.loose
            && context.reading.clause(id).ends_with(end)
    };
    let of_kind = |id: FactId| {
        let fact = context.fact(id);
        let before = context.reading.paragraphs[fact.paragraph].between(fact.at.0.saturating_sub(30), fact.at.0);
        before
            .rsplit_once("项目绩效分析")
            .is_some_and(|(name, _)| name.rsplit('。').next().is_some_and(|name| name.contains(part.kind.as_str())))
    };
    let facts = context.facts_in(context.passage(form)).map(|(id, _)| id);
    let mut wholes = facts.filter(|&id| counted(id, "项目总数") && of_kind(id));
    let (whole, None) = (wholes.next()?, wholes.next()) else { return None };
    let rate = context.fact(part.rate).quantity.value();
    let last = context.reading.paragraphs[context.fact(whole).paragraph].facts.end;
    let beyond = (whole + 1..last.min(whole + 8)).find(|&id| counted(id, "项目共计") || counted(id, "项目总数"))?;
    let limit = context.fact(beyond - 1).quantity;
    let named =
        limit.unit == Unit::Percent && limit.value() == rate && context.reading.clause(beyond - 1).ends_with("大于");
    (named && counted(beyond, "项目共计")).then_some((beyond, whole))
}

/// The rates whose name ends like this that the prose in front of a form states.
pub fn rates(context: &Context, form: &Form, end: &str) -> Vec<FactId> {
    let is_rate = |id: FactId| {
        let fact = context.fact(id);
        fact.quantity.unit == Unit::Percent && !fact.quantity.loose && context.reading.clause(id).ends_with(end)
    };
    context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| is_rate(id)).collect()
}

/// The figure that a term of a formula names, where the prose in front of a form states it under that name.
pub fn named(context: &Context, form: &Form, term: &str) -> Option<FactId> {
    let name = ["部门", "单位", "当年", "本年"].iter().fold(term, |name, lead| name.strip_prefix(lead).unwrap_or(name));
    let is_it = |id: FactId| !context.fact(id).quantity.loose && context.reading.clause(id).ends_with(name);
    let found: Vec<FactId> =
        context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| is_it(id)).collect();
    (name.chars().count() >= SHORTEST_NAME).then(|| only(context, &found)).flatten()
}

/// A name has so many characters at least, to be no other's end.
const SHORTEST_NAME: usize = 4;

/// What was spent and what was planned at the beginning of the year, of which a deviation is the rate, as the prose in front of a form
/// states both in one paragraph. Of purchases and of assets it states other amounts.
pub fn deviation(context: &Context, form: &Form, rate: &str) -> Option<(FactId, FactId)> {
    let of_all = rate.contains("偏离度") && ["采购", "资产", "收入"].iter().all(|other| !rate.contains(other));
    let amounts = |ends: &[&str]| -> Vec<FactId> {
        let is_it = |id: FactId| {
            let quantity = context.fact(id).quantity;
            let lead = context.reading.clause(id);
            quantity.unit == Unit::Money && !quantity.loose && ends.iter().any(|end| lead.ends_with(end))
        };
        context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| is_it(id)).collect()
    };
    if !of_all {
        return None;
    }
    let executed = only(context, &amounts(&["预算执行数", "支出执行数"]))?;
    let paragraph = context.fact(executed).paragraph;
    let mut budgets = amounts(&["年初预算数"]);
    budgets.retain(|&id| context.fact(id).paragraph == paragraph && id < executed);
    Some((executed, only(context, &budgets)?))
}

/// An amount and by how much it has risen since the year before, of which 变化率 is the rate: 人均资产为12万元，比上年增长了2万元.
pub fn change(context: &Context, form: &Form, rate: &str) -> Option<(FactId, FactId)> {
    let name = rate.strip_suffix("变化率")?.trim_start_matches("部门").trim_start_matches("单位");
    let rises = |id: FactId| {
        let (now, change) = (context.fact(id), context.fact(id + 1));
        let by = matches!(change.role, Role::Change(Direction::Up, Against::Prior));
        let plain = now.quantity.unit == Unit::Money && change.quantity.unit == Unit::Money && !now.quantity.loose;
        plain && by && now.paragraph == change.paragraph && context.reading.clause(id).ends_with(name)
    };
    let facts = context.facts_in(context.passage(form)).map(|(id, _)| id);
    let mut found = facts.filter(|&id| id + 1 < context.reading.facts.len() && rises(id));
    let first = found.next()?;
    found.next().is_none().then_some((first, first + 1))
}

/// Whether the prose in front of a form says that there is none of it: 无闲置资产.
pub fn is_none(context: &Context, form: &Form, none: &str) -> bool {
    let stretch = context.passage(form);
    let within = |section: usize| context.reading.paragraphs[section].words.clone();
    (0..context.reading.paragraphs.len()).any(|paragraph| {
        let words = within(paragraph);
        let chars = words.chars();
        if chars.is_empty() || !stretch.contains(&words.span(0, chars.len()).start) {
            return false;
        }
        let text: String = chars.iter().filter(|c| **c != ' ').collect();
        text.match_indices(none).any(|(at, _)| !text[..at].ends_with(['有', '否', '如', '若']))
    })
}

/// The limit beyond which the prose in front of a form says that there is none: 没有指标偏离度大于30%的项目, where a formula counts those
/// that keep within it (偏离度在30%内的指标个数).
pub fn none_beyond(context: &Context, form: &Form, counted: &str) -> Option<FactId> {
    let (within, _) = counted.split_once("%内").or_else(|| counted.split_once("%以内"))?;
    let (named, limit) = within.rsplit_once('在')?;
    let name = named.rsplit('中').next().filter(|name| name.chars().count() >= 3)?;
    let limit: Decimal = limit.parse().ok()?;
    let says_none = |id: FactId| {
        let (quantity, clause) = (context.fact(id).quantity, context.reading.clause(id));
        let beyond = ["大于", "超过", "高于"].iter().any(|word| clause.ends_with(&format!("{name}{word}")));
        quantity.unit == Unit::Percent && quantity.value() == limit && beyond && clause.contains("没有")
    };
    context.facts_in(context.passage(form)).map(|(id, _)| id).find(|&id| says_none(id))
}

/// One of them, where all are of one value.
pub fn only(context: &Context, ids: &[FactId]) -> Option<FactId> {
    let value = |id: FactId| context.fact(id).quantity.value();
    let first = *ids.first()?;
    ids.iter().all(|&id| value(id) == value(first)).then_some(first)
}

/// The rate that one of several norms is for: its name ends like the norm's, and holds what sets that norm's name apart from the others'.
pub fn norm_rate(context: &Context, form: &Form, norm: &Norm, norms: &[Norm]) -> Option<FactId> {
    let end: String = norm.name.chars().skip(norm.name.chars().count().saturating_sub(3)).collect();
    let others: String =
        norms.iter().filter(|other| other.name != norm.name).map(|other| other.name.as_str()).collect();
    let own: Vec<char> = norm.name.chars().filter(|c| !others.contains(*c)).collect();
    let stated = rates(context, form, &end);
    let of_norm: Vec<FactId> = stated
        .into_iter()
        .filter(|&id| {
            let lead = context.reading.clause(id);
            norms.len() == 1 || own.iter().all(|c| lead.contains(*c))
        })
        .collect();
    (norms.len() == 1 || own.len() >= 2).then(|| only(context, &of_norm)).flatten()
}

/// The rate of execution that the prose in front of a form states: the last one, where its report states no other.
pub fn execution(context: &Context, form: &Form) -> Option<FactId> {
    let is_rate = |id: FactId| {
        let fact = context.fact(id);
        fact.quantity.unit == Unit::Percent
            && !fact.quantity.loose
            && context.reading.paragraphs[fact.paragraph]
                .between(fact.at.0.saturating_sub(6), fact.at.0)
                .contains("执行率")
    };
    let rates: Vec<FactId> =
        context.facts_in(context.passage(form)).map(|(id, _)| id).filter(|&id| is_rate(id)).collect();
    let last = *rates.last()?;
    let value = |id: FactId| context.fact(id).quantity.value();
    rates.iter().all(|&id| context.scope(id) != context.scope(last) || value(id) == value(last)).then_some(last)
}
