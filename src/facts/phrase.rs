//! The grammar of a phrase: what the words before a number say about it.
//!
//! Chinese puts the role of a number right before it (占…的, 完成预算的, 比上年减少), so a phrase is read from its end.

use super::lexicon::{self, Direction};
use super::quantity::Unit;
use crate::document::COMPARING;
use crate::taxonomy::Basis;

/// What a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// An amount of something: spent, received, planned, counted.
    Value(Basis),
    /// By how much something moved.
    Change(Direction, Against),
    /// By which rate it moved.
    Rate(Direction, Against),
    /// Its share of a whole, which is named or understood.
    Share(Box<str>),
    /// How much of a plan was carried out.
    Completion(Basis),
    /// A percentage of the number right before it (完成预算50万元的83%, 占5座的60%).
    OfThat,
    /// The number that the next one is a percentage of, or is held against.
    Reference,
    /// Anything else, which nothing is computed from.
    Other,
}

/// What a change is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Against {
    /// The year before.
    Prior,
    /// The budget.
    Budget,
    /// Nothing was said.
    Unsaid,
}

/// A phrase that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase<'w> {
    /// What the number says.
    pub role: Role,
    /// About what, as the words name it; may be empty.
    pub subject: &'w str,
    /// Whether the year before is meant (上年收入N).
    pub last_year: bool,
}

/// Words that make a number an average, which no sum holds.
const AVERAGES: [&str; 7] = ["平均", "人均", "车均", "户均", "每辆", "每人", "每户"];

/// Reads the words before a number of the given unit.
pub fn read(words: &str, unit: Unit) -> Phrase<'_> {
    // 车均N: the last word is no filler.
    if words.contains(['均', '每']) && AVERAGES.iter().any(|word| words.contains(word)) {
        return Phrase { role: Role::Other, subject: words, last_year: false };
    }
    let (words, reaches) = lexicon::strip_fillers(words);
    let (role, subject) = match unit {
        Unit::Percent | Unit::Times if words == "的" => (Role::OfThat, ""),
        Unit::Percent => rate(words),
        Unit::Times => times(words),
        Unit::Standard | Unit::Duration | Unit::Score | Unit::Points => (Role::Other, words),
        Unit::Money | Unit::Count(_) | Unit::Bare => amount(words, reaches),
    };
    // Growth on a like-for-like basis rests on figures that the report does not print.
    let role = if words.contains(['比', '同', '均'])
        && (words.contains("可比") || words.contains("同口径") || words.contains("年均"))
    {
        Role::Other
    } else {
        role
    };
    // 加上年初结转 does not speak of 上年, and what 上年结转 brought in is this year's.
    let last_year = subject.contains(['上', '去']) && {
        let plain = subject.replace("加上", "").replace("上年结转", "").replace("上年结余", "");
        lexicon::LAST_YEAR.iter().any(|word| plain.contains(word))
    };
    Phrase { role, subject, last_year }
}

fn rate(words: &str) -> (Role, &str) {
    if let Some((subject, base)) = share(words) {
        let planned = names_only_a_plan(base) || subject.ends_with("完成预算");
        let role = if planned { Role::Completion(basis_of_plan(base)) } else { Role::Share(base.into()) };
        return (role, subject);
    }
    if let Some((basis, subject)) = completion(words) {
        return (Role::Completion(basis), subject);
    }
    if let Some((direction, rest)) = lexicon::strip_direction(words) {
        let (subject, against) = comparison(rest);
        return (Role::Rate(direction, against), subject);
    }
    // 预决算差异率 is the growth of the accounts over the budget, with its sign.
    if let Some(subject) = words.strip_suffix("预决算差异率") {
        return (Role::Rate(Direction::Up, Against::Budget), subject);
    }
    (Role::Other, words)
}

/// 增长N倍; a fall by so many times its size is none.
fn times(words: &str) -> (Role, &str) {
    match lexicon::strip_direction(words) {
        Some((Direction::Up, rest)) => {
            let (subject, against) = comparison(rest);
            (Role::Rate(Direction::Up, against), subject)
        }
        _ => (Role::Other, words),
    }
}

/// 基本支出占总支出的 → (基本支出, 总支出); 占比 → (, ).
fn share(words: &str) -> Option<(&str, &str)> {
    // 药占比 is the name of a hospital's ratio, whose amounts are not those around it.
    if words.ends_with("药占比") || words.ends_with("耗占比") {
        return None;
    }
    let (subject, rest) = words.match_indices('占').rev().find_map(|(at, _)| {
        let rest = &words[at + '占'.len_utf8()..];
        // 占地, but 占地方财政收入的.
        let other_word = rest.starts_with(['用', '有', '地', '道']) && !rest.starts_with("地方");
        (!other_word).then_some((&words[..at], rest))
    })?;
    let mut base = rest;
    for tail in ["为", "比例", "比重", "比率", "比", "的"] {
        base = base.strip_suffix(tail).unwrap_or(base);
    }
    // 占比合计 is the sum of shares.
    if matches!(rest.strip_prefix('比'), Some("合计" | "总计" | "共计")) {
        return None;
    }
    let lead = ["比", "到", "了"].iter().find_map(|lead| base.strip_prefix(lead));
    Some((subject, lead.unwrap_or(base)))
}

/// Whether the base of a share is the plan of the very thing (占年度调整预算的), and not a whole that happens to be planned
/// (占政府采购预算的).
fn names_only_a_plan(base: &str) -> bool {
    const WHICH: [&str; 10] = ["年初", "年度", "全年", "当年", "本年", "调整后", "调整", "预算", "批复", "总"];
    let Some((mut rest, _)) = lexicon::strip_end(base, &lexicon::PLANS) else { return false };
    while let Some((shorter, _)) = lexicon::strip_end(rest, &WHICH) {
        rest = shorter;
    }
    rest.trim_end_matches(|c: char| c.is_ascii_digit() || c == '年').is_empty()
}

/// 完成年初预算的, 为调整预算的, 预算执行率.
fn completion(words: &str) -> Option<(Basis, &str)> {
    if let Some((subject, _)) = lexicon::strip_end(words, &lexicon::COMPLETION_RATES) {
        return Some((basis_of_plan(words), subject));
    }
    let of = words.strip_suffix("的").unwrap_or(words);
    if let Some(subject) = of.strip_suffix("完成") {
        return Some((Basis::Budget, subject));
    }
    lexicon::strip_end(of, &lexicon::PLANS)?;
    let at = ["完成", "为", "达", "相当于"].iter().filter_map(|verb| of.rfind(verb)).max()?;
    // The verb and the plan stand together; 完成 at the far end of a clause speaks of something else.
    (of[at..].chars().count() <= 16).then(|| (basis_of_plan(&of[at..]), &of[..at]))
}

fn amount(words: &str, reaches: bool) -> (Role, &str) {
    if !reaches && let Some((direction, rest)) = lexicon::strip_direction(words) {
        let (subject, against) = comparison(rest);
        return (Role::Change(direction, against), subject);
    }
    if !reaches && let Some((direction, subject)) = beyond_budget(words) {
        return (Role::Change(direction, Against::Budget), subject);
    }
    // 首次突破N names a mark that was passed, not how much there is.
    if words.ends_with("突破") {
        return (Role::Other, words);
    }
    // 与2016年相比N has lost the word that says which way.
    if words.ends_with("相比") || words.ends_with("比较") {
        return (Role::Other, words);
    }
    // 差额为N says how far two figures are apart, not which is the larger.
    if matches!(words, "差额" | "差值" | "差异" | "差异额" | "相差" | "两者相差") {
        return (Role::Other, words);
    }
    // 年中追加资金N: what was added, not what there is.
    let added = words.split(['，', '；']).next_back().unwrap_or(words);
    for (word, direction) in ADDED {
        if let Some(name) = added.strip_prefix(word).filter(|name| name.chars().count() >= 2) {
            return (Role::Change(direction, Against::Unsaid), name);
        }
    }
    (Role::Value(basis_of_amount(words)), words)
}

/// 决算数大于预算数N: N is how far the two are apart.
fn beyond_budget(words: &str) -> Option<(Direction, &str)> {
    const ORDERS: [(&str, Direction); 8] = [
        ("大于", Direction::Up),
        ("高于", Direction::Up),
        ("超过", Direction::Up),
        ("超出", Direction::Up),
        ("多于", Direction::Up),
        ("小于", Direction::Down),
        ("低于", Direction::Down),
        ("少于", Direction::Down),
    ];
    if !lexicon::ends_with_any(words, &lexicon::PLANS) {
        return None;
    }
    ORDERS.iter().find_map(|(order, direction)| {
        let (subject, plan) = words.rsplit_once(order)?;
        lexicon::ends_with_any(plan, &lexicon::PLANS).then_some((*direction, subject))
    })
}

/// Words that open a phrase about what was added or taken away.
const ADDED: [(&str, Direction); 9] = [
    ("年中追加", Direction::Up),
    ("年中增加", Direction::Up),
    ("追加", Direction::Up),
    ("增加", Direction::Up),
    ("调增", Direction::Up),
    ("年中调减", Direction::Down),
    ("年中减少", Direction::Down),
    ("调减", Direction::Down),
    ("减少", Direction::Down),
];

/// 公务接待费比2019年 → (公务接待费, the prior year).
pub fn comparison(words: &str) -> (&str, Against) {
    let cut = words.match_indices(COMPARING).map(|(at, _)| at).find(|&at| names_reference(&words[at..]));
    let Some(cut) = cut else { return (words, Against::Unsaid) };
    (&words[..cut], against(&words[cut..]).unwrap_or(Against::Unsaid))
}

/// Which way the words right before a number say that something moved.
pub fn direction(words: &str) -> Option<Direction> {
    lexicon::strip_direction(lexicon::strip_fillers(words).0).map(|(direction, _)| direction)
}

/// What the words before a change or a rate name as that which it is held against (比2019年决算数 in 比2019年决算数下降); empty where they
/// name nothing.
pub fn reference(words: &str) -> &str {
    let (words, _) = lexicon::strip_fillers(words);
    let Some((_, rest)) = lexicon::strip_direction(words) else { return "" };
    rest.rfind(['比', '较']).map_or("", |at| &rest[at..])
}

/// Whether a comparison names what it compares with.
fn names_reference(words: &str) -> bool {
    words.starts_with("同比") || against(words).is_some()
}

/// What a comparison compares with: 与2019年相比, 较年初预算, 比上年决算数.
pub fn against(words: &str) -> Option<Against> {
    // 2022年预算执行数 is what was done in that year.
    if words.contains("预算") && !words.contains("预算执行") {
        return Some(Against::Budget);
    }
    let year = words.match_indices("年").any(|(at, _)| words[..at].ends_with(|c: char| c.is_ascii_digit()));
    let prior = year
        || words.contains("同比")
        || words.contains("同期")
        || lexicon::LAST_YEAR.iter().any(|word| words.contains(word));
    prior.then_some(Against::Prior)
}

/// Which budget a phrase names.
fn basis_of_plan(words: &str) -> Basis {
    if words.contains("年初") {
        Basis::Initial
    } else if words.contains("调整") || words.contains("全年") {
        Basis::Adjusted
    } else {
        Basis::Budget
    }
}

/// What kind of figure an amount with this name is.
fn basis_of_amount(words: &str) -> Basis {
    let done = lexicon::ends_with_any(words, &lexicon::DONE);
    let planned = lexicon::ends_with_any(words, &lexicon::PLANS)
        && !words.ends_with("一般公共预算")
        && !words.ends_with("基金预算");
    // 部门预算批复某项目资金N: what was granted.
    let granted = words.contains("预算批复");
    if (planned || granted) && !done { basis_of_plan(words) } else { Basis::Actual }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(words: &str) -> (Role, String) {
        let phrase = read(words, Unit::Percent);
        (phrase.role, phrase.subject.to_owned())
    }

    fn money(words: &str) -> (Role, String) {
        let phrase = read(words, Unit::Money);
        (phrase.role, phrase.subject.to_owned())
    }

    #[test]
    fn reads_shares() {
        assert_eq!(percent("占"), (Role::Share("".into()), "".into()));
        assert_eq!(percent("占本年支出合计的"), (Role::Share("本年支出合计".into()), "".into()));
        assert_eq!(percent("项目支出占总支出的比重为"), (Role::Share("总支出".into()), "项目支出".into()));
        assert_eq!(percent("税收收入占地方财政收入"), (Role::Share("地方财政收入".into()), "税收收入".into()));
        assert_eq!(percent("占比"), (Role::Share("".into()), "".into()));
        assert_eq!(percent("占比合计").0, Role::Other);
        assert_eq!(percent("占政府采购预算的"), (Role::Share("政府采购预算".into()), "".into()));
    }

    #[test]
    fn reads_completion() {
        assert_eq!(percent("完成预算"), (Role::Completion(Basis::Budget), "".into()));
        assert_eq!(percent("完成年初预算的"), (Role::Completion(Basis::Initial), "".into()));
        assert_eq!(percent("为调整预算的"), (Role::Completion(Basis::Adjusted), "".into()));
        assert_eq!(percent("占年度调整预算的"), (Role::Completion(Basis::Adjusted), "".into()));
        assert_eq!(percent("预算执行率为"), (Role::Completion(Basis::Budget), "".into()));
        assert_eq!(percent("完成预算占"), (Role::Completion(Basis::Budget), "完成预算".into()));
    }

    #[test]
    fn reads_changes() {
        assert_eq!(percent("下降"), (Role::Rate(Direction::Down, Against::Unsaid), "".into()));
        assert_eq!(money("收、支总计各增加"), (Role::Change(Direction::Up, Against::Unsaid), "收、支总计各".into()));
        assert_eq!(
            money("公务接待费支出决算比2019年减少"),
            (Role::Change(Direction::Down, Against::Prior), "公务接待费支出决算".into())
        );
        assert_eq!(money("决算数较预算数减少"), (Role::Change(Direction::Down, Against::Budget), "决算数".into()));
        assert_eq!(money("增加到"), (Role::Value(Basis::Actual), "增加".into()));
        assert_eq!(percent("按可比口径增长").0, Role::Other);
    }

    #[test]
    fn reads_amounts() {
        assert_eq!(money("年初预算为"), (Role::Value(Basis::Initial), "年初预算".into()));
        assert_eq!(money("支出决算为"), (Role::Value(Basis::Actual), "支出决算".into()));
        assert_eq!(money("部门预算批复运行维护费项目资金").0, Role::Value(Basis::Budget));
        assert_eq!(money("预算执行数").0, Role::Value(Basis::Actual));
        assert_eq!(money("政府性基金预算财政拨款收入").0, Role::Value(Basis::Actual));
        assert!(read("上年收入", Unit::Money).last_year);
    }
}
