//! Two rates that share out a hundred between them: 支出控制率98.15%，偏差率1.85%.

use super::{Context, Found, Rule};
use crate::facts::{Fact, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "complement",
    name: ["互补的比率", "rates that make a hundred"],
    doc: [
        "控制率不足100%的，偏差率 = 100% − 控制率；合格率与不合格率、完成率与未完成率等相反的比率同理。",
        "The deviation is 100 % less the control rate where that is below 100 %; so are rates of opposite names (合格率, 不合格率).",
    ],
    fails: "日常公用经费支出控制率为97.35%，偏差率为2.56%，支出控制良好。",
    passes: "日常公用经费支出控制率为97.35%，偏差率为2.65%，支出控制良好。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let is_rate = |fact: &Fact| fact.quantity.unit == Unit::Percent && !fact.quantity.loose;
    for (id, rest) in context.facts().filter(|(_, fact)| is_rate(fact)) {
        let Some(opposite) = opposite(&context.reading.clause(id)) else { continue };
        let named =
            |(other, fact): &(FactId, &Fact)| is_rate(fact) && context.reading.clause(*other).ends_with(&opposite);
        let mut pairs = context.before(id).take_while(|(_, fact)| fact.sentence == rest.sentence).filter(named);
        // With a third of the name (满意率、基本满意率、不满意率) the two no longer make the hundred.
        let (Some((pair, whole)), None) = (pairs.next(), pairs.next()) else { continue };
        if whole.quantity.figure <= Decimal::ONE_HUNDRED {
            let readings = vec![Formula::RestOfHundred(vec![pair])];
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely });
        }
    }
}

/// The name of the rate that makes a hundred with the one that a clause leads to.
fn opposite(clause: &str) -> Option<String> {
    if clause.ends_with("偏差率") {
        return Some("控制率".to_owned());
    }
    let (at, negation) = clause.rmatch_indices(['不', '未']).next()?;
    let core = &clause[at + negation.len()..];
    // 良率 of 不良率 is no rate of its own.
    (core.ends_with('率') && core.chars().count() > 2).then(|| core.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    fn failing(text: &str) -> usize {
        let checks = check(text, &Options::default()).checks;
        checks.iter().filter(|c| c.rule == "complement" && c.status == crate::report::Status::Fail).count()
    }

    #[test]
    fn a_third_rate_leaves_the_two_alone() {
        assert_eq!(failing("抽检产品合格率为98.50%，不合格率为2.50%。"), 1);
        assert_eq!(failing("群众满意率为90.00%，基本满意率为8.00%，不满意率为2.00%。"), 0);
        assert_eq!(failing("空气优良率为91.20%，不良率为1.30%。"), 0);
        assert_eq!(failing("支出控制率为103.20%，偏差率为3.20%。"), 0);
    }
}
