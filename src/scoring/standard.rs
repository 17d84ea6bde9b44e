//! The nation's standard: what 财预〔2020〕10号《项目支出绩效评价管理办法》 sets in numbers for a self-evaluation, and 财预〔2021〕101号
//! for projects with indicators of cost.
//!
//! What a form prints of its own comes first, for that form and for no other: [`super::band::Bands`] and [`super::Grades`] read it, and
//! [`Weights`] are those that it prints. The method that a missed target scores by is in [`super::Method::Ratio`].

use super::{Form, Indicator};
use crate::facts::FactId;
use rust_decimal::Decimal;

/// 90（含）—100分为优、80（含）—90分为良、60（含）—80分为中、60分以下为差.
pub const BANDS: [Decimal; 3] = hundredths([90, 80, 60]);

/// 达成年度指标 100%—80%（含）, 部分达成 80%—60%（含）, 未达成且效果较差 60%—0%: where each grade ends, in per cent of the weight.
pub const GRADES: [Decimal; 3] = hundredths([80, 60, 0]);

/// 原则上预算执行率和一级指标权重统一设置为：预算执行率10%、产出指标50%、效益指标30%、服务对象满意度指标10%.
pub const WEIGHTS: Weights = Weights(hundredths([10, 0, 50, 30, 10]));

/// 财预〔2021〕101号: with indicators of cost 成本20%、产出40%、效益20%、满意度10%; whoever is served by none adds that part to 效益.
const VARIANTS: [Weights; 3] = [
    Weights(hundredths([10, 20, 40, 20, 10])),
    Weights(hundredths([10, 20, 40, 30, 0])),
    Weights(hundredths([10, 0, 50, 40, 0])),
];

/// What the parts of a total are called, in the order of [`Weights`].
pub const PARTS: [&str; 5] = ["预算执行率", "成本", "产出", "效益", "满意度"];

const fn hundredths<const N: usize>(points: [u32; N]) -> [Decimal; N] {
    let mut decimals = [Decimal::ZERO; N];
    let mut i = 0;
    while i < N {
        decimals[i] = Decimal::from_parts(points[i], 0, 0, false, 0);
        i += 1;
    }
    decimals
}

/// What each part of a hundred weighs, in the order of [`PARTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weights([Decimal; 5]);

impl Weights {
    /// The weights of a project's form; none where its parts are others, or make no hundred.
    pub fn of(form: &Form, value: &dyn Fn(FactId) -> Decimal) -> Option<Weights> {
        let is_project = !form.title.contains("整体") && (form.title.contains("项目") || !form.project.is_empty());
        let mut weights = [Decimal::ZERO; 5];
        for row in form.indicators.iter().filter(|row| !row.extra) {
            weights[part(row)?] += value(row.weight.filter(|_| !row.unread)?);
        }
        let rest = Decimal::ONE_HUNDRED - weights.iter().sum::<Decimal>();
        if weights[0].is_zero() && form.funds.iter().filter_map(|fund| fund.weight).any(|id| value(id) == rest) {
            weights[0] = rest;
        }
        let whole = weights.iter().sum::<Decimal>() == Decimal::ONE_HUNDRED;
        (is_project && whole).then_some(Weights(weights))
    }

    /// Whether they are those of the standard.
    pub fn are_usual(self) -> bool {
        self == WEIGHTS || VARIANTS.contains(&self)
    }

    /// Each part that weighs anything, with its weight.
    pub fn parts(self) -> impl Iterator<Item = (&'static str, Decimal)> {
        PARTS.into_iter().zip(self.0).filter(|(_, weight)| !weight.is_zero())
    }
}

/// The part of the total that a row belongs to, by its outermost group.
fn part(row: &Indicator) -> Option<usize> {
    const WORDS: [(&str, usize); 6] =
        [("预算执行", 0), ("满意", 4), ("成本", 1), ("产出", 2), ("效益", 3), ("效果", 3)];
    let outermost = row.path.first().unwrap_or(&row.name);
    WORDS.iter().find(|(word, _)| outermost.contains(word)).map(|(_, part)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(rows: &[(&str, usize)], money: Option<usize>) -> Option<Weights> {
        let row = |&(group, weight): &(&str, usize)| Indicator {
            path: vec![group.to_owned()],
            weight: Some(weight),
            ..Indicator::default()
        };
        let fund = super::super::Fund { weight: money, ..Default::default() };
        let indicators = rows.iter().map(row).collect();
        let form =
            Form { title: "项目支出绩效自评表".into(), indicators, funds: vec![fund], ..Form::default() };
        // The number of a fact is its value here.
        Weights::of(&form, &|id| Decimal::from(id))
    }

    #[test]
    fn the_forms_own_weights_are_read_beside_the_standard() {
        let usual = weights(&[("产出指标", 30), ("产出指标", 20), ("效益指标", 30), ("满意度指标", 10)], Some(10));
        assert_eq!(usual, Some(WEIGHTS));
        let with_cost = weights(&[("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10)], Some(10));
        assert!(with_cost.is_some_and(Weights::are_usual));
        let own = weights(&[("产出指标", 40), ("效益指标", 40), ("满意度指标", 20)], None).unwrap();
        assert!(!own.are_usual());
        let parts: Vec<(&str, Decimal)> = own.parts().collect();
        assert_eq!(parts, [("产出", 40), ("效益", 40), ("满意度", 20)].map(|(name, n)| (name, Decimal::from(n))));
    }

    #[test]
    fn of_other_parts_and_of_parts_that_make_no_hundred_it_says_nothing() {
        assert_eq!(weights(&[("决策", 20), ("过程", 20), ("产出", 30), ("效益", 30)], None), None);
        assert_eq!(weights(&[("产出指标", 50), ("效益指标", 30)], Some(10)), None);
    }
}
