//! What came to one: 支出3.00万元，接待180人次，人均166.67元.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Period, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "average",
    name: ["人均、车均", "what came to one"],
    doc: [
        "人均（车均、户均）金额 = 总金额 ÷ 数量。同句有几个金额或数量的，任一组合相符即可，否则仅在一处笔误即可解释时提示。",
        "An amount a head, a vehicle or a household is the total divided by their number. Where a sentence states several of either, any pair will do, and one that does not is told only where one keystroke explains it.",
    ],
    fails: "国内公务接待支出3.00万元，共接待180人次，人均接待费176.67元。",
    passes: "国内公务接待支出3.00万元，共接待180人次，人均接待费166.67元。",
    find,
};

/// The words for an average, and what it is counted by.
const AVERAGES: [(&[&str], &[&str]); 4] = [
    (&["人均", "平均每人", "每人平均", "每人次"], &["人", "人次", "名"]),
    (&["车均", "辆均", "台均", "平均每辆", "每辆平均", "平均每台", "单车"], &["辆", "台"]),
    (&["户均", "平均每户", "每户平均"], &["户"]),
    (&["批均", "平均每批", "每批平均"], &["批", "批次"]),
];

/// Words that make the figure a limit, a standard or another year's.
const OTHERWISE: [&str; 11] = ["比", "较", "上年", "去年", "标准", "限额", "不超过", "控制", "增", "减", "降"];

/// How many amounts, or numbers of things, may be meant.
const MOST: usize = 2;

fn find(context: &Context, found: &mut Found) {
    for (id, average) in context.facts() {
        if average.quantity.unit != Unit::Money || average.quantity.loose || average.period != Period::Current {
            continue;
        }
        let clause = context.reading.clause(id);
        let of = |(words, things): &(&[&str], &'static [&'static str])| {
            words.iter().find_map(|word| clause.split_once(word)).map(|(_, name)| (name, *things))
        };
        let Some((name, things)) = AVERAGES.iter().find_map(of) else { continue };
        if OTHERWISE.iter().any(|word| clause.contains(word)) {
            continue;
        }
        let near = |fits: &dyn Fn(&Fact) -> bool| -> Vec<FactId> {
            let first = average.sentence.saturating_sub(1);
            let all = context.before(id).take_while(|(_, f)| f.sentence >= first);
            let fitting =
                all.filter(|(_, f)| fits(f) && f.is_actual() && !f.quantity.loose && !f.quantity.figure.is_zero());
            fitting.take(MOST).map(|(id, _)| id).collect()
        };
        let counts = near(&|f| matches!(f.quantity.unit, Unit::Count(thing) if things.contains(&thing.word())));
        let totals = near(&|f| f.quantity.unit == Unit::Money && matches!(f.role, Role::Value(_)));
        let beside =
            |ids: &[FactId]| ids.first().is_some_and(|&first| context.fact(first).sentence == average.sentence);
        if !beside(&counts) && !beside(&totals) {
            continue;
        }
        let readings: Vec<Formula> =
            totals.iter().flat_map(|&total| counts.iter().map(move |&count| Formula::Each { total, count })).collect();
        let certainty = match totals[..] {
            [total] if readings.len() == 1 && is_of(context.fact(total), name) => Certainty::Likely,
            _ => Certainty::Conjecture,
        };
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
        }
    }
}

/// Whether what an average is said of (人均接待费) is the amount: by its name, or by having none of its own.
fn is_of(total: &Fact, name: &str) -> bool {
    const ANY: [&str; 6] = ["费用", "支出", "花费", "消费", "成本", "费"];
    let name = label::clean(name);
    let bare = ANY.iter().find_map(|word| name.strip_suffix(word)).unwrap_or(&name);
    let shares = || {
        let chars: Vec<char> = bare.chars().collect();
        chars.windows(2).any(|pair| total.subject.contains(&String::from_iter(pair)))
    };
    bare.is_empty() || shares()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::told;

    fn told(text: &str) -> Vec<String> {
        told::texts(RULE.id, text)
    }

    #[test]
    fn reads_what_came_to_one() {
        assert_eq!(told("公务用车运行维护费12.00万元，公务用车保有量为4辆，车均维护费3.50万元。"), ["3.50万元"]);
        assert!(told("公务用车运行维护费12.00万元，公务用车保有量为4辆，车均维护费3.00万元。").is_empty());
        assert!(told("公务接待费3.00万元，接待180人次，人均不超过176.67元。").is_empty());
        assert!(told("会议费3.00万元，参会180人，人均公用经费1.20万元。").is_empty());
    }
}
