//! The words that give a number its role. One table a role; the grammar in `phrase` asks them, no pattern stands anywhere else.

use crate::document::{start, string};

/// Which way something moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// 增加, 上升.
    Up,
    /// 减少, 下降.
    Down,
}

impl Direction {
    /// The other way.
    pub fn reversed(self) -> Direction {
        match self {
            Direction::Up => Direction::Down,
            Direction::Down => Direction::Up,
        }
    }
}

/// Words that end in a rise, the longer ones first.
const RISES: [&str; 26] = [
    "同比增长",
    "增长幅度",
    "增长比例",
    "增长率",
    "增加额",
    "增加数",
    "增长额",
    "增幅",
    "增速",
    "增长",
    "增加",
    "上升",
    "上涨",
    "提高",
    "增收",
    "增支",
    "调增",
    "追加",
    "超支",
    "超出",
    "超",
    "升幅",
    "涨幅",
    "高出",
    "多",
    "增",
];

/// Words that end in a fall.
const FALLS: [&str; 27] = [
    "负增长",
    "节约资金",
    "节约率",
    "同比下降",
    "下降幅度",
    "下降比例",
    "下降率",
    "减少额",
    "减少数",
    "降幅",
    "减幅",
    "下降",
    "减少",
    "降低",
    "下滑",
    "回落",
    "减收",
    "减支",
    "调减",
    "压减",
    "压缩",
    "核减",
    "缩减",
    "节约",
    "节省",
    "少",
    "减",
];

/// Words between a phrase and its number that say nothing of their own.
const FILLERS: [&str; 22] = [
    "分别增减",
    "分别为",
    "分别是",
    "分别",
    "达到",
    "共计",
    "达",
    "约",
    "近",
    "了",
    "为",
    "是",
    "共",
    "各",
    "均",
    "仅",
    "计",
    "到",
    "至",
    "：",
    "=",
    "，",
];

/// Words after 计 may be part of a name: 合计, 总计.
const NAMES_IN_JI: [&str; 5] = ["合计", "总计", "累计", "小计", "预计"];

/// Takes the fillers off the end; tells whether one of them said "up to" (增加到).
pub fn strip_fillers(mut text: &str) -> (&str, bool) {
    let mut reaches = false;
    loop {
        if ends_with_any(text, &NAMES_IN_JI) {
            return (text, reaches);
        }
        let Some((rest, filler)) = strip_end(text, &FILLERS) else { return (text, reaches) };
        reaches |= matches!(filler, "到" | "至" | "达到" | "达");
        text = rest;
    }
}

/// Takes the first of some words that a text ends with off it. Few end alike: one look at their last bytes tells most apart.
pub fn strip_end<'t, 'w>(text: &'t str, words: &[&'w str]) -> Option<(&'t str, &'w str)> {
    let last = text.as_bytes().last();
    let alike = words.iter().filter(|word| word.as_bytes().last() == last);
    alike.into_iter().find_map(|word| Some((text.strip_suffix(word)?, *word)))
}

/// Whether a text ends with one of some words.
pub fn ends_with_any(text: &str, words: &[&str]) -> bool {
    strip_end(text, words).is_some()
}

/// The direction that a phrase ends in, and the phrase before that word.
pub fn strip_direction(text: &str) -> Option<(Direction, &str)> {
    let of = |words: &[&str], direction| strip_end(text, words).map(|(rest, _)| (direction, rest));
    // 负增长 ends as a rise does.
    of(&FALLS, Direction::Down).or_else(|| of(&RISES, Direction::Up))
}

/// What opens a list of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// 其中: some of the parts.
    OfWhich,
    /// 包括, 主要用于: the parts that matter.
    Includes,
    /// 由…组成, 构成是: all of them.
    Consists,
    /// 按支出功能分，从组织形式来看: one of several ways to divide the same whole.
    Divides,
}

/// The words that open a list.
const OPENERS: [(&str, ListKind); 13] = [
    ("构成情况", ListKind::Consists),
    ("构成如下", ListKind::Consists),
    ("其构成", ListKind::Consists),
    ("由以下", ListKind::Consists),
    ("其中", ListKind::OfWhich),
    ("基中", ListKind::OfWhich),
    ("以下方面", ListKind::Includes),
    ("分项情况", ListKind::Includes),
    ("情况如下", ListKind::Includes),
    ("主要用于", ListKind::Includes),
    ("具体包括", ListKind::Includes),
    ("主要包括", ListKind::Includes),
    ("包括", ListKind::Includes),
];

/// The list that a stretch of words opens, the last one where there are several.
pub fn opens_list(text: &str) -> Option<ListKind> {
    // Most words open nothing; one look at their characters says so.
    if !text.contains(['其', '基', '构', '由', '方', '用', '括', '具', '况', '按', '从', '分']) {
        return None;
    }
    if divides(text) {
        return Some(ListKind::Divides);
    }
    OPENERS
        .iter()
        .filter_map(|&(word, kind)| text.rfind(word).map(|at| (at, kind)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, kind)| kind)
}

/// Whether a clause says by what the whole is divided: 按债券性质分：, 从结构来看，, 分部门看，.
fn divides(text: &str) -> bool {
    text.split(['，', ',', '：', '。', '；']).any(|clause| {
        if clause.trim_start().starts_with('分') && clause.ends_with('看') {
            return true;
        }
        let clause = clause.trim_start_matches(|c: char| !matches!(c, '按' | '从'));
        let long_enough = clause.chars().count() >= 4;
        long_enough
            && (clause.starts_with('按')
                && ["分", "划分", "分类", "类别", "科目"].iter().any(|end| clause.ends_with(end))
                || clause.starts_with('从') && clause.ends_with('看'))
    })
}

/// The list that a stretch of words opens with its first word.
pub fn begins_list(words: &[char]) -> Option<ListKind> {
    if words.first().is_some_and(|first| matches!(first, '按' | '从' | '分'))
        && words.iter().position(|c| matches!(c, '：' | '，' | ',')).is_some_and(|end| divides(&string(&words[..end])))
    {
        return Some(ListKind::Divides);
    }
    start(words, OPENERS.iter().map(|(word, _)| *word)).map(|opener| OPENERS[opener].1)
}

/// Whether a clause says that what it names is added to the amounts before it: 加上…, 加：…, 加上级补助收入.
pub fn says_added(clause: &[char]) -> bool {
    const OTHER_VERBS: [char; 9] = ['强', '大', '快', '入', '班', '工', '密', '装', '油'];
    let rest = clause.strip_prefix(&['再']).unwrap_or(clause).strip_prefix(&['加']);
    rest.and_then(|rest| rest.first()).is_some_and(|next| !OTHER_VERBS.contains(next))
}

/// Whether words leave something out of what they compare: 剔除减税降费因素, 扣除上划单位后, 不考虑…影响.
pub fn excludes(words: &str) -> bool {
    if !words.contains(['剔', '扣', '虑']) {
        return false;
    }
    let left_out = ["剔除", "扣除", "不考虑"].iter().find_map(|verb| words.find(verb).map(|at| &words[at..]));
    left_out.is_some_and(|rest| ["因素", "影响", "后", "外"].iter().any(|word| rest.contains(word)))
}

/// Rates that compare what was spent with what was planned.
pub const COMPLETION_RATES: [&str; 13] = [
    "预算执行率",
    "预算完成率",
    "支出完成率",
    "资金执行率",
    "资金到位率",
    "执行进度",
    "支付进度",
    "支出进度",
    "支付率",
    "执行率",
    "完成率",
    "到位率",
    "执行比例",
];

/// Rates that are the part of a whole by what they mean: no more than all of it can be satisfied, checked or covered. (预算编制准确率 is how
/// far the accounts are off, 毛入学率 counts pupils of other ages, and stand not among them.)
const PARTIAL_RATES: [&str; 18] = [
    "满意度",
    "满意率",
    "合格率",
    "达标率",
    "覆盖率",
    "正确率",
    "知晓率",
    "知晓度",
    "完好率",
    "优良率",
    "及时率",
    "通过率",
    "普及率",
    "公开率",
    "参合率",
    "参保率",
    "好评率",
    "出勤率",
];

/// Whether a name is that of a rate that cannot exceed 100 %: 群众满意度, 新型农村合作医疗参合率（%）.
pub fn is_partial_rate(name: &str) -> bool {
    ends_with_any(name.trim_end_matches(['≥', '（', '）', '(', ')', '%']), &PARTIAL_RATES)
}

/// Names of what was planned, as they end a phrase.
pub const PLANS: [&str; 13] = [
    "预算规模",
    "预算调整数",
    "预算安排数",
    "预算金额",
    "预算总额",
    "预算安排",
    "预算资金",
    "预算指标",
    "预算数",
    "预算",
    "计划资金",
    "计划数",
    "计划",
];

/// Names of what was done, as they end a phrase.
pub const DONE: [&str; 12] = [
    "支出决算数",
    "支出决算",
    "决算支出",
    "决算金额",
    "决算数",
    "决算",
    "预算执行数",
    "实际执行数",
    "执行数",
    "实际支出",
    "执行金额",
    "完成数",
];

/// The prior year without its number.
pub const LAST_YEAR: [&str; 6] = ["上年度", "上年", "去年", "上一年度", "上一年", "上年同期"];
