//! What the prose says of one indicator's points: 该指标分值4分，扣0.2分，得3.8分，得分率95%.

use super::Context;
use crate::facts::{Fact, Joint, Unit};
use crate::relations::FactId;

/// The points of one indicator, or of one group, as a sentence states them.
#[derive(Debug, Default)]
pub struct Item {
    /// The most that it can score.
    pub weight: Option<FactId>,
    /// Whether the words call it that (分值, 满分), or it only stands behind a name (资金管理10分).
    pub called: bool,
    /// The score.
    pub score: Option<FactId>,
    /// What was taken off.
    pub taken: Vec<FactId>,
    /// The score as a share of the weight.
    pub rate: Option<FactId>,
    /// Whether 其中 stands before it.
    pub of_which: bool,
}

/// What a number of points is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Points {
    Weight,
    Named,
    Score,
    Taken,
}

/// Words that call a number the most that can be scored.
const WEIGHTS: [&str; 8] = ["分值", "满分", "权重", "权重分", "标准分", "满分值", "应得分", "指标分"];
/// Words at the head of a clause that say nothing of their own before 得 and 扣.
const LEADS: [&str; 24] = [
    "该项指标",
    "此项指标",
    "本项指标",
    "该指标",
    "此指标",
    "本指标",
    "该项",
    "此项",
    "本项",
    "因此",
    "因而",
    "予以",
    "实际",
    "自评",
    "评价",
    "评估",
    "最终",
    "综合",
    "酌情",
    "合计",
    "共计",
    "总计",
    "故",
    "共",
];

/// The items that the prose states, in source order.
pub fn items<'c>(context: &'c Context) -> &'c [Item] {
    context.items.get_or_init(|| read(context))
}

fn read(context: &Context) -> Vec<Item> {
    let mut forms: Vec<(usize, usize)> = context
        .reading
        .forms
        .iter()
        .filter_map(|form| Some((form.indicators.first()?.span.start, form.indicators.last()?.span.end)))
        .collect();
    forms.sort_unstable();
    let in_form = |fact: &Fact| {
        let next = forms.partition_point(|&(start, _)| start <= fact.span.start);
        next.checked_sub(1).is_some_and(|last| fact.span.start < forms[last].1)
    };
    let mut items: Vec<Item> = Vec::new();
    // The paragraph and sentence that the last item stands in, while it can still take numbers.
    let mut open: Option<(usize, u32)> = None;
    for (id, fact) in context.facts() {
        let here = (fact.paragraph, fact.sentence);
        if open != Some(here) || fact.joint == Joint::Item {
            open = None;
        }
        if fact.quantity.loose || in_form(fact) {
            continue;
        }
        let clause = context.reading.clause(id);
        if fact.quantity.unit == Unit::Percent {
            if clause.ends_with("得分率")
                && let Some(item) = items.last_mut().filter(|item| open.is_some() && item.rate.is_none())
            {
                item.rate = Some(id);
                open = None;
            }
            continue;
        }
        if fact.quantity.unit != Unit::Score {
            continue;
        }
        let lead = context.reading.lead(id);
        let Some(points) = points(&lead, &clause) else {
            // 每项扣1分 and 达标得5分 are what a rule says: nothing more is known of this item.
            open = None;
            continue;
        };
        let goes_on = open.is_some()
            && items.last().is_some_and(|item| match points {
                // 得18分（满分20分）; with a name of its own it begins the next item.
                Points::Weight => item.weight.is_none() && WEIGHTS.contains(&clause.as_str()),
                Points::Named => false,
                Points::Score => item.score.is_none(),
                Points::Taken => true,
            });
        if !goes_on {
            items.push(Item { of_which: lead.contains("其中"), ..Item::default() });
            open = Some(here);
        }
        let Some(item) = items.last_mut() else { continue };
        match points {
            Points::Weight | Points::Named => {
                (item.weight, item.called) = (Some(id), points == Points::Weight);
            }
            Points::Score => item.score = Some(id),
            Points::Taken => item.taken.push(id),
        }
    }
    items
}

/// What the words before a number of points, and the last clause of them, say that it is.
fn points(lead: &str, words: &str) -> Option<Points> {
    let bare = LEADS.iter().fold(words, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    if ["每", "最高", "最多", "不超过", "否则", "以上", "以下"].iter().any(|word| words.contains(word)) {
        return None;
    }
    if WEIGHTS.iter().any(|word| words.ends_with(word)) {
        return Some(Points::Weight);
    }
    if words.ends_with("得分")
        || ["得", "实得", "自评", "自评分", "评分"].contains(&bare)
        || bare.is_empty() && words == "自评"
    {
        return Some(Points::Score);
    }
    if ["扣", "扣分", "扣减", "扣除", "失分"].contains(&bare) {
        return Some(Points::Taken);
    }
    // What a name stands before: 资金管理10分, 决策（20分）. 达标得 and 未达标扣 are rules.
    let named =
        if words.is_empty() { lead.ends_with('（') && lead.chars().count() > 2 } else { words.chars().count() >= 2 };
    (named && !words.ends_with(['得', '扣', '加', '减', '计'])).then_some(Points::Named)
}
