//! The rate of a score: 分值20分，得19分，得分率95%.

use super::score_item::items;
use super::{Context, Found, Rule};
use crate::relations::{Certainty, Formula, Relation};

/// The rule.
pub const RULE: Rule = Rule {
    id: "score-rate",
    name: ["得分率", "rate of a score"],
    doc: [
        "得分率 = 得分 ÷ 分值（项目支出绩效评价报告的参考提纲所列各类指标得分情况）。",
        "The rate of a score is the score divided by its weight, as evaluation reports state it for each group of indicators.",
    ],
    fails: "决策类指标分值20分，得分19.00分，得分率95.00%；过程类指标分值25分，得分21.50分，得分率88.00%。",
    passes: "决策类指标分值20分，得分19.00分，得分率95.00%；过程类指标分值25分，得分21.50分，得分率86.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let of_prose = items(context).iter().filter_map(|item| {
        let certainty = if item.called { Certainty::Sure } else { Certainty::Likely };
        Some((item.rate?, item.score?, item.weight?, certainty))
    });
    for (target, part, whole, certainty) in of_prose {
        let readings = vec![Formula::Share { part, whole }];
        found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    fn rates(text: &str) -> Vec<(bool, String)> {
        let checks = check(text, &Options::default()).checks;
        let of_rule = checks.into_iter().filter(|check| check.rule == "score-rate");
        of_rule.map(|check| (check.status != crate::report::Status::Fail, check.formula)).collect()
    }

    #[test]
    fn reads_the_usual_ways_to_say_it() {
        for text in [
            "产出指标满分30分，得26.1分，得分率为87%。",
            "A类决策指标权重为15分，得分为14.00分，得分率为93.33%。",
            "项目决策（15分）评价得分13.20分，得分率88.00%。",
            "项目管理20分，自评得分18分，得分率90%。",
            "过程指标得分18分（满分20分），得分率90%。",
            "效益指标分值30分，扣3分，得27分，得分率90%。",
        ] {
            assert_eq!(rates(text).iter().map(|(holds, _)| *holds).collect::<Vec<_>>(), [true], "{text}");
        }
    }

    #[test]
    fn a_rate_without_its_weight_is_left_alone() {
        assert!(rates("综合得分92.5分。决策类指标得分19分，得分率90%。").is_empty());
        assert!(rates("该指标分值5分，每缺一项扣1分，得分率不足60%的不得分。").is_empty());
    }
}
