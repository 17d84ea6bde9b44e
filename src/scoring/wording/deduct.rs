//! Rules that take points off: for each fault, or for each step beyond a limit.

use super::read::{Figure, Reader, Register};
use super::{Bound, Wording};
use crate::facts::{Quantity, Unit};
use crate::numbers::Scale;
use crate::scoring::goal::Comparison;
use rust_decimal::Decimal;

impl Reader<'_> {
    /// 每…N扣M分, with the limit that stands before it.
    pub(super) fn deduct(&self, register: &mut Register) -> Option<Wording> {
        let is_points = |f: &&Figure| f.quantity.unit == Unit::Score;
        let taken: Vec<&Figure> =
            self.figures.iter().filter(is_points).filter(|f| f.start > 0 && self.chars[f.start - 1] == '扣').collect();
        let [each] = taken[..] else { return None };
        let lead: String = self.chars[..each.start].iter().collect();
        let fault = is_fault(&lead);
        if fault && self.figures.iter().all(|f| f.start == each.start || f.quantity.value() == Decimal::ONE) {
            return Some(Wording::Deduct {
                limit: None,
                step: None,
                each: register(each.quantity, each.start, each.end),
                beyond: None,
                full: None,
            });
        }
        let beyond = ["每增加", "每超过", "每超出", "每超", "每高于", "每上升", "每提高", "每高", "每多"];
        let short = ["每降低", "每减少", "每低于", "每下降", "每少", "每低"];
        let at = |words: &[&str]| words.iter().find_map(|word| self.find(word));
        let (from, forward) = at(&beyond).map(|at| (at, false)).or_else(|| at(&short).map(|at| (at, true)))?;
        if let Some(short) = self.short(each, from, forward, register) {
            return Some(short);
        }
        let printed = self
            .figures
            .iter()
            .find(|f| f.start > from && f.end < each.start && matches!(f.quantity.unit, Unit::Points | Unit::Percent));
        let step = printed.copied().or_else(|| self.one_point(from, each.start))?;
        // 每超过（降低）5%: either way loses points, which no limit on one side says.
        if self.chars[from..step.start].contains(&'（') {
            return None;
        }
        let limit = self.limit(from)?;
        // 100%计满分，每低于5%扣2分: full marks from the figure on, in the direction in which it may be missed.
        let given = || {
            ["计满分", "得满分", "记满分"]
                .iter()
                .any(|word| self.chars[limit.end..].starts_with(&word.chars().collect::<Vec<_>>()))
        };
        let towards = if forward { Comparison::AtLeast } else { Comparison::AtMost };
        let comparison = self.comparison(limit).or_else(|| given().then_some(towards))?;
        // One limit, and once more as that of what lies beyond it: a rule of several tiers is none of these.
        let others: Vec<&Figure> = self
            .figures
            .iter()
            .filter(|f| f.end <= from && f.start > limit.start && f.quantity.unit == Unit::Percent)
            .collect();
        let again = match others[..] {
            [] => None,
            [again] if turned(self.comparison(again)?) == Some(comparison) => Some(again),
            _ => return None,
        };
        let full = self
            .figures
            .iter()
            .find(|f| f.start > limit.end && f.end <= from && f.quantity.unit == Unit::Score)
            .filter(|f| matches!(self.chars[f.start - 1], '得' | '计' | '记'));
        (comparison.is_forward() == forward).then(|| {
            let mut fact = |f: &Figure| register(f.quantity, f.start, f.end);
            Wording::Deduct {
                limit: Some(Bound { comparison, fact: fact(limit) }),
                beyond: again.map(&mut fact),
                full: full.map(&mut fact),
                step: Some(fact(&step)),
                each: fact(each),
            }
        })
    }

    /// The limit before the steps: the one that a sign or a word marks where 以100%为标准 names it once more.
    fn limit(&self, from: usize) -> Option<&Figure> {
        let mut limits = self.figures.iter().filter(|f| f.end <= from && f.quantity.unit == Unit::Percent);
        let first = limits.next()?;
        let same = limits.find(|f| f.quantity.value() == first.quantity.value() && self.comparison(f).is_some());
        if self.comparison(first).is_some() { Some(first) } else { same.or(Some(first)) }
    }

    /// 一个百分点: a step in words.
    fn one_point(&self, from: usize, to: usize) -> Option<Figure> {
        const WORDS: [char; 5] = ['一', '个', '百', '分', '点'];
        let start = from + self.chars[from..to].windows(WORDS.len()).position(|words| words == WORDS)?;
        let quantity = Quantity {
            figure: Decimal::ONE,
            scale: Scale::ONE,
            decimals: 0,
            unit: Unit::Points,
            loose: false,
            garbled: false,
        };
        Some(Figure { quantity, start, end: start + WORDS.len() })
    }

    /// 达到目标得满分，每少1期扣2分: steps from the row's own target, where the text names no other limit.
    fn short(&self, each: &Figure, from: usize, forward: bool, register: &mut Register) -> Option<Wording> {
        let reached = ["达到目标", "达到指标值", "完成目标", "达到年度", "达标", "完成年度", "达到预期"]
            .iter()
            .any(|word| self.text.contains(word));
        let full = match self.figures.iter().filter(|f| f.start < from).collect::<Vec<_>>()[..] {
            [] => None,
            [full] if full.quantity.unit == Unit::Score => Some(full),
            _ => return None,
        };
        if !reached {
            return None;
        }
        let step = match self.figures.iter().filter(|f| f.start > from && f.end < each.start).collect::<Vec<_>>()[..] {
            [] if self.chars[from..each.start].contains(&'一') => None,
            [step] => Some(register(step.quantity, step.start, step.end)),
            _ => return None,
        };
        let each = register(each.quantity, each.start, each.end);
        let full = full.map(|f| register(f.quantity, f.start, f.end));
        Some(Wording::Short { forward, step, each, full })
    }
}

/// Whether the words before 扣N分 count faults: 发现一处, 每出现1次, 有一项不符. What is wanted of something is no fault: 每少一场.
fn is_fault(lead: &str) -> bool {
    const COUNTED: [char; 11] = ['处', '次', '项', '例', '个', '起', '条', '笔', '宗', '件', '人'];
    let clause = lead.rsplit(['，', '。', '；', ',', ';']).next().unwrap_or_default();
    let found = clause.match_indices(['一', '1']).any(|(at, one)| {
        let before = &clause[..at];
        let leads = ["发现", "出现", "存在", "发生", "有", "查出"].iter().any(|word| before.ends_with(word));
        leads && clause[at + one.len()..].trim_start().starts_with(COUNTED)
    });
    let wanted = ["少", "缺", "低", "超", "多", "增", "减", "延", "晚"].iter().any(|word| clause.contains(word));
    found && !wanted
}

/// What lies beyond a limit: > behind ≤.
fn turned(comparison: Comparison) -> Option<Comparison> {
    match comparison {
        Comparison::AtLeast => Some(Comparison::Below),
        Comparison::Above => Some(Comparison::AtMost),
        Comparison::AtMost => Some(Comparison::Above),
        Comparison::Below => Some(Comparison::AtLeast),
        Comparison::Exactly => None,
    }
}
