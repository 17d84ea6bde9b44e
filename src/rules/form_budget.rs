//! The money of a form: 执行率（B/A）, the whole and its sources, and the same project's money in the prose.

use super::{Context, Found, Rule};
use crate::document::Flow;
use crate::facts::{Fact, Paragraph, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::scoring::{Form, Fund};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub const RULE: Rule = Rule {
    id: "form-budget",
    name: ["自评表资金", "the money of a form"],
    doc: [
        "绩效自评表的预算执行情况：执行率＝全年执行数（B）÷全年预算数（A）；年度资金总额等于各来源之和；正文同一项目的全年预算数、执行数与表一致（财预〔2020〕10号附表）。",
        "In a form the rate of execution is B over A, the whole is the sum of its sources, and the prose on the same project states the same amounts (forms of 财预〔2020〕10号).",
    ],
    fails: "项目支出绩效自评表\n项目名称\t灌溉渠道修缮\n项目资金（万元）\t\t全年预算数（A）\t全年执行数（B）\t执行率（B/A）\n\t年度资金总额\t28.00\t27.78\t95.21%\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t修缮渠道\t≥12公里\t13公里",
    passes: "项目支出绩效自评表\n项目名称\t灌溉渠道修缮\n项目资金（万元）\t\t全年预算数（A）\t全年执行数（B）\t执行率（B/A）\n\t年度资金总额\t28.00\t27.78\t99.21%\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t修缮渠道\t≥12公里\t13公里",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let mut projects: BTreeMap<&str, Vec<&Form>> = BTreeMap::new();
    for form in &context.reading.forms {
        for fund in &form.funds {
            rate(fund, found);
        }
        sources(context, form, found);
        tasks(context, form, found);
        if form.project.chars().count() >= 4 && !form.funds.is_empty() {
            projects.entry(&form.project).or_default().push(form);
        }
    }
    concluded(context, found);
    let speaking = speaking(context);
    for (project, forms) in &projects {
        for (paragraph, words) in speaking.iter().filter(|(_, words)| words.contains(project)) {
            for form in nearest(forms, paragraph) {
                prose(context, form, paragraph, words, found);
            }
        }
    }
    granted(context, &projects, found);
}

/// A project may have a form before the words and one behind them; those further off are of other reports.
fn nearest<'f>(forms: &'f [&'f Form], paragraph: &Paragraph) -> impl Iterator<Item = &'f Form> {
    let (before, behind) = forms.split_at(forms.partition_point(|form| is_before(form, paragraph)));
    before.last().into_iter().chain(behind.first()).copied()
}

/// 批复灌溉渠道修缮项目资金28万元: an amount right behind a project's name is that of its form, if it is not of another year or budget.
fn granted(context: &Context, projects: &BTreeMap<&str, Vec<&Form>>, found: &mut Found) {
    let Some(longest) = projects.keys().map(|project| project.chars().count()).max() else { return };
    let firsts: BTreeSet<char> = projects.keys().filter_map(|project| project.chars().next()).collect();
    for (id, fact) in context.facts().filter(|(_, fact)| fact.quantity.unit == Unit::Money) {
        let paragraph = &context.reading.paragraphs[fact.paragraph];
        let before = paragraph.between(fact.at.0.saturating_sub(longest.min(LONGEST) + 8), fact.at.0);
        let known = |at: usize| names(&before[at..]).find_map(|name| projects.get_key_value(name));
        let names = before
            .char_indices()
            .filter(|(_, first)| firsts.contains(first))
            .filter_map(|(at, _)| known(at).map(|(name, forms)| (name.len(), forms)));
        let Some((_, forms)) = names.max_by_key(|(len, _)| *len) else { continue };
        let funds = nearest(forms, paragraph).filter_map(|form| form.funds.first());
        let meant = funds.flat_map(|fund| [fund.initial, fund.budget, fund.executed]).flatten();
        let readings: Vec<Formula> =
            meant.filter(|&fact| context.fact(fact).quantity.unit == Unit::Money).map(Formula::Equal).collect();
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Conjecture });
        }
    }
}

/// No project is named in more characters than these, as far as the prose repeats its name.
const LONGEST: usize = 40;

/// What a project may be called by some words, with more and more left off of what only says that it is money of a project.
fn names(words: &str) -> impl Iterator<Item = &str> {
    const BEHIND: [&str; 8] = ["项目", "资金", "经费", "预算", "”", "为", "共", " "];
    std::iter::successors(Some(words), |words| BEHIND.iter().find_map(|word| words.strip_suffix(word)))
}

/// Whether a form's money stands before a paragraph's figures.
fn is_before(form: &Form, paragraph: &Paragraph) -> bool {
    let money = form.funds.iter().find_map(|fund| fund.budget.or(fund.executed).or(fund.initial));
    money.is_none_or(|id| id < paragraph.facts.start)
}

fn rate(fund: &Fund, found: &mut Found) {
    if let (Some(part), Some(whole), Some(target)) = (fund.executed, fund.budget, fund.rate) {
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Share { part, whole }],
            certainty: Certainty::Sure,
        });
    }
}

/// What the words behind a form conclude of its money: 该项目支出30万元，预算执行率为60%.
fn concluded(context: &Context, found: &mut Found) {
    let forms = &context.reading.forms;
    for (index, form) in forms.iter().enumerate() {
        let (Some(fund), Some(end)) = (form.funds.first(), end(context, form)) else { continue };
        let next = forms.get(index + 1).map_or(usize::MAX, |next| context.document.blocks[next.block].span.start);
        for (id, fact) in context.facts_in(end..next.min(end + CONCLUSION)) {
            if fact.quantity.loose || !says_project(context, fact) || context.scope(id) != form.scope {
                continue;
            }
            let said = context.reading.clause(id);
            let of = match fact.quantity.unit {
                Unit::Percent if said.ends_with("执行率") => fund.rate,
                Unit::Money if said.ends_with("项目支出") => fund.executed,
                _ => None,
            };
            found.relations.extend(of.map(|of| Relation {
                rule: RULE.id,
                target: id,
                readings: vec![Formula::Equal(of)],
                certainty: Certainty::Likely,
            }));
        }
    }
}

/// How far behind a form its conclusion may stand, in bytes.
const CONCLUSION: usize = 3000;

/// Where a form ends.
fn end(context: &Context, form: &Form) -> Option<usize> {
    let totals = form.totals.iter().flat_map(|total| [total.weight, total.score]).flatten();
    let ends = totals.map(|id| context.fact(id).span.end).chain(form.indicators.iter().map(|row| row.span.end));
    ends.max()
}

/// Whether a sentence speaks of the one project that a form is about.
fn says_project(context: &Context, fact: &Fact) -> bool {
    let before = context.reading.paragraphs[fact.paragraph].between(0, fact.at.0);
    let sentence = before.rsplit('。').next().unwrap_or_default();
    ["该项目", "本项目"].iter().any(|word| sentence.contains(word))
}

/// The whole is the sum of the rows below it. One column that adds up vouches for the others.
fn sources(context: &Context, form: &Form, found: &mut Found) {
    let Some((whole, parts)) = form.funds.split_first().filter(|(first, _)| first.is_whole()) else { return };
    let parts: Vec<&Fund> = parts.iter().take_while(|fund| !fund.is_whole()).collect();
    let columns: [fn(&Fund) -> Option<FactId>; 3] = [|fund| fund.initial, |fund| fund.budget, |fund| fund.executed];
    let value = |id: FactId| context.fact(id).quantity.value();
    let sums: Vec<(FactId, Vec<FactId>)> = columns
        .iter()
        .filter_map(|column| Some((column(whole)?, parts.iter().filter_map(|fund| column(fund)).collect::<Vec<_>>())))
        .filter(|(_, ids)| !ids.is_empty())
        .collect();
    let holds = |(target, ids): &(FactId, Vec<FactId>)| {
        ids.iter().fold(Decimal::ZERO, |sum, &id| sum + value(id)) == value(*target)
    };
    let holding = sums.iter().filter(|sum| holds(sum)).count();
    // Of lines whose names are torn some may not have been read.
    if form.torn && holding == 0 {
        return;
    }
    let certainty = if holding + 1 >= sums.len() && holding > 0 { Certainty::Sure } else { Certainty::Conjecture };
    for (target, ids) in sums {
        found.relations.push(Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Sum(ids, Vec::new())],
            certainty,
        });
    }
}

/// Each task's own rate and sources, and what all tasks make.
fn tasks(context: &Context, form: &Form, found: &mut Found) {
    let Some(whole) = form.funds.first().filter(|_| !form.tasks.is_empty()) else { return };
    let value = |id: FactId| context.fact(id).quantity.value();
    let mut sums: Vec<(FactId, Vec<FactId>)> = Vec::new();
    for fund in &form.tasks {
        rate(fund, found);
    }
    for fund in form.tasks.iter().chain([whole]) {
        let by_source = [fund.budget, fund.executed].into_iter().zip(&fund.sources);
        sums.extend(by_source.filter_map(|(all, of)| Some((all.filter(|_| !of.is_empty())?, of.clone()))));
    }
    let columns: [fn(&Fund) -> Option<FactId>; 2] = [|fund| fund.budget, |fund| fund.executed];
    for column in columns {
        // A task without its amount may have lost it.
        let parts: Option<Vec<FactId>> = form.tasks.iter().map(column).collect();
        sums.extend(column(whole).zip(parts));
    }
    let holding = sums.iter().filter(|(all, of)| of.iter().copied().map(value).sum::<Decimal>() == value(*all)).count();
    let certainty = if holding * 2 > sums.len() { Certainty::Likely } else { Certainty::Conjecture };
    for (target, of) in sums {
        let readings = vec![Formula::Sum(of, Vec::new())];
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
}

/// Words before what was planned for a project: a budget of the form.
const PLANNED: [&str; 2] = ["资金计划", "计划资金"];

/// Words before what was granted of it: a budget of the form, or what was spent.
const GRANTED: [&str; 2] = ["到位资金", "资金到位"];

/// The paragraphs that state a 全年预算, an 执行数 or what was granted, with their words: the only ones that can repeat a form's money.
fn speaking<'c>(context: &'c Context) -> Vec<(&'c Paragraph, String)> {
    let text = |paragraph: &Paragraph| paragraph.words.text(0, paragraph.words.chars().len());
    let states =
        |words: &Flow| ["全年预算", "执行数"].iter().chain(&PLANNED).chain(&GRANTED).any(|word| words.contains(word));
    let paragraphs = context.reading.paragraphs.iter().filter(|paragraph| !paragraph.facts.is_empty());
    paragraphs.filter(|paragraph| states(&paragraph.words)).map(|paragraph| (paragraph, text(paragraph))).collect()
}

/// What a paragraph that names a form's project says of its 全年预算数, its 执行数, and what was planned and granted.
fn prose(context: &Context, form: &Form, paragraph: &Paragraph, words: &str, found: &mut Found) {
    let (Some(whole), Some(at)) = (form.funds.first(), words.find(form.project.as_str())) else { return };
    let place = words[..at].chars().count();
    let (of_year, spent): (&[&str], &[&str]) = (&["全年预算数", "全年预算"], &["执行数", "全年执行数"]);
    let money = [whole.executed, whole.budget, whole.initial];
    let stated = [
        (of_year, &money[1..2], Certainty::Likely),
        (spent, &money[..1], Certainty::Likely),
        (&PLANNED, &money[1..], Certainty::Open),
        (&GRANTED, &money[..], Certainty::Open),
    ];
    // The paragraph is about the project whose name stands before its amounts.
    for (lead, meant, certainty) in stated {
        let behind = |id: FactId| {
            let fact = context.fact(id);
            let before = paragraph.between(fact.at.0.saturating_sub(7).max(place), fact.at.0);
            lead.iter().any(|word| before.trim_end_matches('为').ends_with(word)) && fact.quantity.unit == Unit::Money
        };
        let stated: Vec<FactId> = paragraph.facts.clone().filter(|&id| behind(id)).collect();
        let is_money = |id: &FactId| context.fact(*id).quantity.unit == Unit::Money;
        let readings: Vec<Formula> = meant.iter().copied().flatten().filter(is_money).map(Formula::Equal).collect();
        if let ([target], false) = (&stated[..], readings.is_empty()) {
            found.relations.push(Relation { rule: RULE.id, target: *target, readings, certainty });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    #[test]
    fn the_tasks_of_an_office_make_its_money() {
        let form = "部门整体支出绩效自评表\n\t任务名称\t主要内容\t全年预算数（万元）\t\t\t全年执行数（万元）\t\t\t分值\t执行率\t得分\n\t\t\t总额\t财政拨款\t其他资金\t总额\t财政拨款\t其他资金\t\t\t\n\t任务1\t造林绿化\t320.00\t300.00\t20.00\t304.00\t284.00\t20.00\t—\t95.00%\t—\n\t任务2\t森林防火\t180.00\t180.00\t\t180.00\t180.00\t\t—\t100.00%\t—\n\t金额合计\t\t500.00\t480.00\t20.00\t484.00\t464.00\t20.00\t10\t96.80%\t9.68\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t造林面积\t≥2万亩\t2.1万亩\t90\t90\n总分\t\t\t\t100\t99.68";
        assert!(told(form).is_empty(), "{:?}", told(form));
        for (right, wrong) in [
            ("320.00", "330.00"),
            ("284.00", "248.00"),
            ("95.00%", "59.00%"),
            ("484.00", "448.00"),
            ("96.80%", "98.60%"),
        ] {
            let told = told(&form.replace(right, wrong));
            assert!(told.contains(&(wrong.to_owned(), right.to_owned())), "{wrong}: {told:?}");
        }
    }

    #[test]
    fn what_is_concluded_of_a_form_is_its_money() {
        let form = |concluded: &str| {
            format!(
                "项目支出绩效自评表\n项目名称\t灌溉渠道修缮\n项目资金（万元）\t\t全年预算数（A）\t全年执行数（B）\t执行率（B/A）\n\t年度资金总额\t28.00\t25.76\t92.00%\n一级指标\t三级指标\t年度指标值\t实际完成值\n数量指标\t修缮渠道\t≥12公里\t13公里\n\n存在问题：截至年末该项目支出{concluded}，主要原因是工程款未结算。"
            )
        };
        assert!(told(&form("25.76万元，预算执行率为92%")).is_empty());
        assert_eq!(told(&form("25.76万元，预算执行率为62%")), [("62%".to_owned(), "92%".to_owned())]);
        assert_eq!(told(&form("15.76万元，预算执行率为92%")), [("15.76万元".to_owned(), "25.76万元".to_owned())]);
    }
}
