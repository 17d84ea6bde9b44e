//! A stock told with two figures: 城乡居民医疗保险参保27.2万人 here, 城乡居民参保人数268181人 there.

use super::{Context, Found, Rule};
use crate::facts::{Basis, Fact, Period, Role, Unit, label};
use crate::relations::{FactId, Truth, WordCheck};
use crate::taxonomy;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-measure",
    name: ["同一指标两处数字", "one measure in two places"],
    doc: [
        "同一年度、同一对象的存量指标（参保人数、参保率、在校学生等）只有一个数。两处写法略有不同（“参合率”即“参保率”，“城乡居民医疗保险参保”即“城乡居民参保”）而数字不同的，提示核实是否同一口径。",
        "Of a stock (the insured, the rate of them, the pupils) there is one figure a year. Where two places tell it of the same people, in other words and with another figure, a person is asked whether both mean the same.",
    ],
    fails: "一、职工情况\n2023年城镇职工医疗保险参保32895人，城乡居民参保人数268181人。\n二、居民情况\n2023年城乡居民医疗保险参保27.2万人，参保率98%。",
    passes: "一、职工情况\n2023年城镇职工医疗保险参保32895人，城乡居民参保人数268181人。\n二、居民情况\n2023年城乡居民医疗保险参保26.8万人，参保率98%。",
    find,
};

/// What of a stock is told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Count(&'static str),
    Rate,
}

fn find(context: &Context, found: &mut Found) {
    let prose = context.facts().filter_map(|(id, fact)| Some((in_words(context, id, fact)?, id)));
    let rows = context.reading.forms.iter().flat_map(|form| &form.indicators).filter(|row| !row.unread);
    let reached = rows.filter_map(|row| {
        let id = row.actual.as_ref()?.fact?;
        // 指标1：城乡居民参保率: the row is numbered.
        let name = row.name.rsplit('：').next()?;
        Some((measure(kind(context.fact(id))?, name)?, id))
    });
    let mut told: BTreeMap<(Kind, String), Vec<FactId>> = BTreeMap::new();
    prose.chain(reached).for_each(|(measure, id)| told.entry(measure).or_default().push(id));
    let agree = |a: FactId, b: FactId| {
        let value = |id: FactId| context.fact(id).quantity.interval();
        value(a).meet(value(b)).is_some()
    };
    for places in told.into_values().filter(|places| places.len() > 1) {
        let first = places[0];
        let other = places.iter().copied().find(|&id| !agree(first, id));
        // Three figures are of three things, whose names do not say which.
        if other.is_some_and(|other| places.iter().any(|&id| !agree(first, id) && !agree(other, id))) {
            continue;
        }
        found.words.extend(places[1..].iter().map(|&id| WordCheck {
            rule: RULE.id,
            span: context.fact(id).span,
            operands: Vec::new(),
            holds: agree(first, id),
            truth: Some(Truth::OtherFigure(context.fact(first).span)),
            judge: true,
        }));
    }
}

/// What a figure is of, where it may be of a stock.
fn kind(fact: &Fact) -> Option<Kind> {
    match fact.quantity.unit {
        _ if fact.quantity.loose => None,
        Unit::Count(thing) => Some(Kind::Count(thing.word())),
        Unit::Percent => Some(Kind::Rate),
        _ => None,
    }
}

fn measure(kind: Kind, name: &str) -> Option<(Kind, String)> {
    let name = if kind == Kind::Rate { name.strip_suffix('率')? } else { name };
    Some((kind, taxonomy::stock(name)?))
}

/// The stock that a figure of the prose tells, as it was and not as it was planned.
fn in_words(context: &Context, id: FactId, fact: &Fact) -> Option<(Kind, String)> {
    const PLANNED: [&str; 6] = ["目标", "计划", "任务", "预计", "确保", "力争"];
    let kind = kind(fact).filter(|_| fact.period == Period::Current && fact.depth == 0)?;
    let lead = context.reading.lead(id);
    if PLANNED.iter().any(|word| lead.contains(word)) {
        return None;
    }
    match kind {
        Kind::Count(_) => (fact.role == Role::Value(Basis::Actual)).then(|| measure(kind, &fact.subject))?,
        // 城乡居民参保N人，参保率P: the rate is of whom the number is.
        Kind::Rate => {
            let name = label::clean(&context.reading.clause(id));
            let (_, before) = context.before(id).next().filter(|(_, before)| before.sentence == fact.sentence)?;
            let same = || {
                taxonomy::stock(&before.subject)
                    .filter(|stock| name.strip_suffix('率').is_some_and(|of| stock.ends_with(of)))
            };
            measure(kind, &name).or_else(|| Some((kind, same()?)))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::Severity;
    use crate::{Options, check};

    fn told(text: &str) -> Vec<(Severity, String)> {
        let told = check(text, &Options::default()).findings.into_iter();
        told.filter(|finding| finding.rule == super::RULE.id).map(|finding| (finding.severity, finding.text)).collect()
    }

    #[test]
    fn a_rate_is_of_whom_the_number_before_it_is() {
        let text = "一、参保情况\n2023年城乡居民医疗保险参保26.8万人，参保率98%。\n二、自评表\n项目绩效目标自评表\n一级指标\t三级指标\t年度指标值\t全年完成值\n数量指标\t城乡居民参合率\t95%\t100%\n数量指标\t培训场次\t≥2场\t3场";
        assert_eq!(told(text), [(Severity::Info, "100%".to_owned())]);
        assert_eq!(told(&text.replace("\t100%", "\t98%")), []);
        assert_eq!(told(&text.replace("城乡居民参合率", "城镇职工参合率")), []);
    }

    #[test]
    fn plans_other_years_and_three_figures_are_asked_nothing() {
        let text = "一、情况\n2023年城乡居民参保人数268181人。\n二、成效\n2023年城乡居民医疗保险参保27.2万人。";
        assert_eq!(told(text), [(Severity::Info, "27.2万人".to_owned())]);
        assert_eq!(told(&text.replace("2023年城乡居民医疗", "目标为城乡居民医疗")), []);
        assert_eq!(told(&text.replace("2023年城乡居民医疗", "2022年城乡居民医疗")), []);
        assert_eq!(told(&format!("{text}\n三、问题\n2023年城乡居民参保人数25.1万人。")), []);
    }
}
