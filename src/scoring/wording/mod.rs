//! What the text of a 评分标准 says, where its wording is one of the common forms. Anything else is for a person.

mod deduct;
mod formula;
mod read;
mod tiers;

pub use read::read;

use super::goal::Comparison;
use crate::facts::FactId;
use rust_decimal::Decimal;

/// A rule for a score.
#[derive(Debug, Clone, PartialEq)]
pub enum Wording {
    /// ①…（4分）②…（4分）: the weight in parts that a person judges.
    Split(Vec<FactId>),
    /// 1.制度健全的得2分。2.执行有效的得1分: points for each of several things that a person judges.
    Grants(Vec<FactId>),
    /// 是否评分法: 符合要求的，得2分，否则不得分. A person judges whether.
    Whether(FactId),
    /// Words that give nothing to compute with, or that ask for judgement: 酌情扣分.
    Judged,
    /// 分级评分法, 是否评分法: the first tier that the figure is in gives the points.
    Tiers {
        /// The tiers in their order.
        tiers: Vec<Tier>,
        /// Whether anything else gives nothing: 否则不得分.
        else_zero: bool,
    },
    /// 60%以下的得2.4分，…。两年均无闲置资产的，得3分: tiers, and points where there is none of it.
    Absent {
        /// The words that say so: 无闲置资产.
        none: String,
        /// What they give.
        points: FactId,
        /// The tiers.
        tiers: Vec<Tier>,
    },
    /// 半年进度：≥45%，得2分；…前三季度进度：≥75%，得3分；…: each part has tiers and a figure of its own.
    Parts(Vec<Part>),
    /// 6、9、11月分别达到40%、67.5%、82.5%的分别得2、2、2分，未达到的按比重计算: several goals, each with points of its own.
    Progress {
        /// The goals.
        goals: Vec<FactId>,
        /// The points of each.
        points: Vec<FactId>,
    },
    /// 正常得满分，否则不得分: words decide.
    Words {
        /// The words.
        words: String,
        /// What they give.
        award: Award,
        /// Whether anything else gives nothing.
        else_zero: bool,
    },
    /// 达到目标得满分; what happens to a figure that misses it.
    Target {
        /// The target, where the text names one of its own: ≥95%得满分，未达到的按比例得分.
        own: Option<Bound>,
        /// It scores in proportion.
        proportional: bool,
        /// It scores nothing.
        else_zero: bool,
    },
    /// 全年执行数/全年预算数*4分（执行率≥90%，按4分计算）; 得分=资产利用率×分值: the part of the points that a rate is.
    Rate {
        /// What the rate is called.
        rate: String,
        /// The full points, each time that the text states them.
        points: Vec<FactId>,
        /// The rate from which they are given.
        cap: Option<FactId>,
    },
    /// 得分=（1-结余率）×6; 得分=（1-收入偏离度）×4+（1-支出偏离度）×2: what rates leave of the points.
    Rest(Vec<Rest>),
    /// 得分=完成数量÷总数×100%×4; 得分=4-未完成数量÷总数×100%×4: the part of the points that one number is of another.
    Quotient {
        /// What the part is called.
        part: String,
        /// What the whole is called.
        whole: String,
        /// Whether the part is taken off.
        less: bool,
        /// The full points, each time that the text states them.
        points: Vec<FactId>,
    },
    /// 得分=预算结余率小于10%的常年项目数量÷常年项目总数×100%×2+…: of each kind of projects the part that keeps within a rate.
    Kept(Vec<Kept>),
    /// …为X，市级平均值N为10%，则：X＞N，得1.5分；0.8N＜X≤N，得0.9分: tiers that are parts of a norm, for one rate or several.
    Norms(Vec<Norm>),
    /// ≤5%，得5分；每增加0.1个百分点扣0.1分.
    Deduct {
        /// Up to where nothing is taken off; none for counted faults.
        limit: Option<Bound>,
        /// The step; none where each one counts.
        step: Option<FactId>,
        /// What each takes off.
        each: FactId,
        /// The limit once more, where what lies beyond it is named: >5%的，每增加…
        beyond: Option<FactId>,
        /// What a figure within the limit gives.
        full: Option<FactId>,
    },
    /// 达到目标得满分，每少1期扣2分: for each step that the target is missed by some points less.
    Short {
        /// Whether a figure may fall short of the target, and not go beyond it.
        forward: bool,
        /// The step; none where each one counts.
        step: Option<FactId>,
        /// What each takes off.
        each: FactId,
        /// What a figure that reaches the target gives.
        full: Option<FactId>,
    },
    /// 满分:≥90% 合格:60% 零分:≤50%, straight lines between.
    Marks {
        /// Where full marks begin.
        full: Bound,
        /// The pass mark.
        pass: FactId,
        /// Where nothing is given any more.
        zero: FactId,
        /// The lines above and below the pass mark, where the text prints them.
        lines: [Option<Line>; 2],
    },
}

/// A rate and the points of which it leaves a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// What the rate is called.
    pub rate: String,
    /// The full points.
    pub points: FactId,
}

/// Of one kind of projects the part that keeps within a rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The kind: 常年, 一次性.
    pub kind: String,
    /// The rate.
    pub rate: FactId,
    /// The full points.
    pub points: FactId,
}

/// Tiers for one rate, in parts of a norm.
#[derive(Debug, Clone, PartialEq)]
pub struct Norm {
    /// What the rate is called.
    pub name: String,
    /// The norm.
    pub norm: FactId,
    /// The tiers.
    pub tiers: Vec<NormTier>,
}

/// Above one part of the norm, up to another: 0.8N＜X≤N.
#[derive(Debug, Clone, PartialEq)]
pub struct NormTier {
    /// Beyond this part.
    pub above: Option<Decimal>,
    /// Up to this one.
    pub to: Option<Decimal>,
    /// What it gives.
    pub points: FactId,
}

/// A line from the pass mark: 60+40*(实际值-60%)/20% upwards, 60-60*(60%-实际值)/10% downwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// What the pass mark itself gives, of a hundred.
    pub start: FactId,
    /// What the whole line adds, or takes.
    pub rise: FactId,
    /// The pass mark.
    pub mark: FactId,
    /// The distance to the other mark.
    pub divisor: FactId,
}

/// A limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// How a figure is held against it.
    pub comparison: Comparison,
    /// The limit.
    pub fact: FactId,
}

/// Some bounds and what lies within them.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// All must hold.
    pub bounds: Vec<Bound>,
    /// What it gives.
    pub award: Award,
}

/// What is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Award {
    /// 得满分.
    Full,
    /// 得4分.
    Points(FactId),
    /// 不得分.
    Zero,
}

/// A part of a rule with its own figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What leads it, in the rule as in the cell of what was reached: 半年进度.
    pub name: String,
    /// Its tiers.
    pub tiers: Vec<Tier>,
}

impl Wording {
    /// The points that the rule gives at most, each time that it states them: one number, or those of its parts.
    pub fn full(&self, value: &dyn Fn(FactId) -> Decimal) -> Vec<Vec<FactId>> {
        let most = |tiers: &[Tier]| {
            let points = tiers.iter().map(|tier| match tier.award {
                Award::Points(points) => Some(points),
                Award::Full | Award::Zero => None,
            });
            points.flatten().max_by_key(|&id| value(id))
        };
        let printed = |tiers: &[Tier]| tiers.iter().all(|tier| tier.award != Award::Full);
        match self {
            Wording::Split(parts) | Wording::Grants(parts) | Wording::Progress { points: parts, .. } => {
                vec![parts.clone()]
            }
            Wording::Tiers { tiers, .. } if printed(tiers) => most(tiers).map(|id| vec![id]).into_iter().collect(),
            Wording::Absent { points, tiers, .. } if printed(tiers) => {
                let all = most(tiers).into_iter().chain([*points]);
                all.max_by_key(|&id| value(id)).map(|id| vec![id]).into_iter().collect()
            }
            Wording::Parts(parts) => {
                parts.iter().map(|part| most(&part.tiers)).collect::<Option<_>>().into_iter().collect()
            }
            Wording::Words { award: Award::Points(points), .. } | Wording::Whether(points) => vec![vec![*points]],
            Wording::Rest(parts) => vec![parts.iter().map(|part| part.points).collect()],
            Wording::Kept(parts) => vec![parts.iter().map(|part| part.points).collect()],
            Wording::Norms(norms) => {
                let most = |norm: &Norm| norm.tiers.iter().map(|tier| tier.points).max_by_key(|&id| value(id));
                norms.iter().map(most).collect::<Option<_>>().into_iter().collect()
            }
            Wording::Rate { points, .. } | Wording::Quotient { points, .. } => {
                points.iter().map(|&id| vec![id]).collect()
            }
            Wording::Deduct { full, .. } | Wording::Short { full, .. } => full.map(|id| vec![id]).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The tiers of the rule, those of each of its parts by themselves.
    pub fn tiers(&self) -> Vec<&[Tier]> {
        match self {
            Wording::Tiers { tiers, .. } | Wording::Absent { tiers, .. } => vec![tiers],
            Wording::Parts(parts) => parts.iter().map(|part| &part.tiers[..]).collect(),
            _ => Vec::new(),
        }
    }

    /// Where the rule's full marks begin.
    pub fn full_from(&self) -> Option<Bound> {
        match self {
            Wording::Tiers { tiers, .. } => match &tiers.first()?.bounds[..] {
                [bound] => Some(*bound),
                _ => None,
            },
            Wording::Deduct { limit, .. } => *limit,
            Wording::Marks { full, .. } => Some(*full),
            Wording::Target { own, .. } => *own,
            Wording::Rate { cap, .. } => cap.map(|fact| Bound { comparison: Comparison::AtLeast, fact }),
            _ => None,
        }
    }
}
