//! What passed is no more than what was looked at: 审核N笔，通过M笔; and the projects whose results a report shows are among those evaluated.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "count-bound",
    name: ["通过数不大于受理数", "no more pass than are looked at"],
    doc: [
        "“受理（审核、检测、发放）N件，通过（合格、收回）M件”的，M不大于N；决算中反映自评结果的项目数不大于开展自评的项目数。",
        "Of N that were looked at no more than N pass, are good or come back; a report shows the results of no more projects than were evaluated.",
    ],
    fails: "全年审核稳岗补贴申请649笔，通过687笔。",
    passes: "全年审核稳岗补贴申请649笔，通过287笔。",
    find,
};

/// Words that name a part of those just counted.
const PASSED: [&str; 8] = ["通过", "合格", "达标", "收回", "回收", "有效", "审核通过", "验收合格"];

fn find(context: &Context, found: &mut Found) {
    let counted = |fact: &Fact| matches!(fact.quantity.unit, Unit::Count(_)) && !fact.quantity.loose;
    let mut at_most = |target, whole| {
        let readings = vec![Formula::AtMost(whole)];
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty: Certainty::Likely });
    };
    for (id, fact) in context.facts().filter(|(_, fact)| counted(fact)) {
        let beside = context.before(id).next().filter(|(whole, of)| {
            let alone = context.place_in_run(*whole).1 == 1;
            counted(of) && of.quantity.unit == fact.quantity.unit && of.sentence == fact.sentence && alone
        });
        let lead = context.reading.lead(id);
        let lead =
            lead.trim_start_matches(['，', ',', '、']).trim_start_matches("其中").trim_start_matches(['，', '：']);
        match beside {
            Some((whole, _)) if PASSED.contains(&lead) => at_most(id, whole),
            _ if shows_results(context, fact) => {
                if let Some(whole) = evaluated(context, id) {
                    at_most(id, whole);
                }
            }
            _ => {}
        }
    }
}

/// 在部门决算中反映…等4个一级项目绩效自评结果: the projects whose results are shown.
fn shows_results(context: &Context, fact: &Fact) -> bool {
    let words = &context.reading.paragraphs[fact.paragraph];
    let before = words.between(fact.at.0.saturating_sub(40), fact.at.0);
    let behind = words.between(fact.at.1, fact.at.1 + 14);
    let clause = behind.split(['，', '。', '；']).next().unwrap_or_default();
    before.contains("反映") && before.ends_with('等') && clause.contains("项目") && clause.contains("自评结果")
}

/// The projects of that kind that were evaluated, where one paragraph before states their number, and none another.
fn evaluated(context: &Context, shown: FactId) -> Option<FactId> {
    let fact = context.fact(shown);
    let noun = noun(context, fact)?;
    let states = |id: FactId| {
        let of = context.fact(id);
        let words = &context.reading.paragraphs[of.paragraph];
        of.quantity.unit == fact.quantity.unit
            && context.scope(id) == context.scope(shown)
            && words.between(of.at.0.saturating_sub(noun.chars().count() + 2), of.at.0).ends_with(noun.as_str())
            && words.between(0, of.at.0).contains("绩效自评")
    };
    let mut wholes = (shown.saturating_sub(REACH)..shown).filter(|&id| states(id));
    wholes.next().filter(|_| wholes.next().is_none())
}

/// How many figures before its results the number of projects may stand.
const REACH: usize = 40;

/// 一级项目 behind 4个.
fn noun(context: &Context, fact: &Fact) -> Option<String> {
    let behind = context.reading.paragraphs[fact.paragraph].between(fact.at.1, fact.at.1 + 10);
    let end = behind.find("项目")? + "项目".len();
    Some(behind[..end].to_owned())
}
