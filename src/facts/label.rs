//! Names of things as reports write them, brought to one form.

use super::lexicon::{LAST_YEAR, strip_end};
use crate::taxonomy;
use std::borrow::Cow;

/// Words that lead into a name without being part of it.
const LEADS: [&str; 41] = [
    "其中",
    "基中",
    "主要包括",
    "主要用于",
    "包括",
    "分别为",
    "分别是",
    "主要是",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "六是",
    "本年度",
    "当年",
    "全年",
    "年度",
    "年末",
    "本部门",
    "本单位",
    "我单位",
    "我部门",
    "我局",
    "单位",
    "共有",
    "共计",
    "以及",
    "和",
    "与",
    "及",
    "并",
    "另",
    "即",
    "用于",
    "实现",
    "安排",
    "全部",
    "实际",
    "截止",
    "截至",
];

/// Words that follow a name and say only that it is the accounts' figure.
const TAILS: [&str; 27] = [
    "支出决算数为",
    "决算支出",
    "支出决算数",
    "支出决算",
    "决算金额",
    "决算总额",
    "决算数",
    "决算",
    "年初预算数",
    "年初预算",
    "全年预算数",
    "全年预算",
    "调整预算数",
    "预算调整数",
    "调整预算",
    "预算执行数",
    "执行数",
    "预算安排",
    "预算数",
    "预算",
    "总额共",
    "金额",
    "各",
    "均",
    "分别",
    "共",
    "的",
];

/// A name without leads, tails, quotes and years.
pub fn clean(words: &str) -> String {
    const QUOTES: [char; 8] = ['“', '”', '"', '「', '」', '【', '】', ' '];
    let plain = if words.contains(QUOTES) { Cow::Owned(words.replace(QUOTES, "")) } else { Cow::Borrowed(words) };
    let mut name = plain.trim_start_matches(['、', '.', '，', ',', '；', '：']);
    name = strip_dates(name);
    while let Some(rest) = strip_lead(name) {
        name = strip_dates(rest.trim_start_matches(['：', '，', '、']));
    }
    strip_tails(name).to_owned()
}

/// What a lead stands before. Few names begin with one: a look at the last byte of their first characters tells most.
fn strip_lead(name: &str) -> Option<&str> {
    let first = name.as_bytes().get(2)?;
    let alike = LEADS.iter().filter(|lead| lead.as_bytes().get(2) == Some(first));
    alike.into_iter().find_map(|lead| name.strip_prefix(lead).filter(|rest| !rest.is_empty()))
}

/// 2020年度, 12月底, 12月31日 at the front.
fn strip_dates(mut name: &str) -> &str {
    loop {
        let digits = name.len() - name.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let rest = &name[digits..];
        let unit =
            ["年度", "年末", "年底", "年", "月末", "月底", "月", "日"].iter().find_map(|unit| rest.strip_prefix(unit));
        match unit {
            Some(rest) if digits > 0 => name = rest.trim_start_matches(['，', ',']),
            _ => return name,
        }
    }
}

fn strip_tails(mut name: &str) -> &str {
    while let Some((rest, tail)) = strip_end(name, &TAILS) {
        // 一般公共预算 and 政府性基金预算 are names of budgets, not of what they plan.
        if tail == "预算" && ["公共", "基金", "经营"].iter().any(|budget| rest.ends_with(budget)) {
            break;
        }
        name = rest;
    }
    name
}

/// What a total's name has in common with all the ways to write it: 全国政府采购规模, 政府采购总额 and 政府采购 are one.
pub fn core(name: &str) -> &str {
    const WHERE: [&str; 9] = ["全国", "全省", "全市", "全县", "全区", "全州", "全镇", "本年", "当年"];
    let mut core = name;
    while let Some(rest) = WHERE.iter().find_map(|word| core.strip_prefix(word)) {
        core = rest;
    }
    while let Some(rest) = taxonomy::without_total(core) {
        core = rest;
    }
    if core.chars().count() >= 2 { core } else { name }
}

/// Words that make a name that of a total.
const ALL: [&str; 6] = ["总", "全部", "合计", "全年", "本年", "当年"];

/// Whether a name is one that any amount can have: 支出, 收入总额, 决算.
pub fn is_general(name: &str) -> bool {
    const OF_MONEY: [&str; 18] = [
        "收入",
        "支出",
        "收、支",
        "收支",
        "预算",
        "决算",
        "费用",
        "经费",
        "资金",
        "财政",
        "金额",
        "部门",
        "单位",
        "数",
        "额",
        "量",
        "计",
        "体",
    ];
    let rest = ALL.iter().chain(&OF_MONEY).fold(name.to_owned(), |rest, word| rest.replace(word, ""));
    rest.trim_matches('各').is_empty()
}

/// Whether a name is that of a total which the sentence must say the meaning of: 总支出, 总额.
pub fn is_any_total(name: &str) -> bool {
    ALL.iter().any(|word| name.contains(word)) && is_general(name)
}

/// A name without the words for the year before: 上年财政拨款支出 and 财政拨款支出 are one.
pub fn of_any_year(name: &str) -> &str {
    let rest = LAST_YEAR.iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name);
    rest.trim_start_matches('的')
}

/// How well two names agree: the characters that they share, in order, of the longer one's.
pub fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(40).collect(), b.chars().take(40).collect());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let mut row = vec![0_u8; b.len() + 1];
    for &x in &a {
        let mut diagonal = 0;
        for (j, &y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    f32::from(row[b.len()]) / a.len().max(b.len()) as f32
}

/// The 类, 款 and 项 of the functional classification that a phrase names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// 类.
    pub class: String,
    /// 款.
    pub group: String,
    /// 项; empty where only the 款 or 类 is named.
    pub item: String,
}

/// Reads `教育（类）进修及培训（款）培训支出（项）`.
pub fn item(words: &str) -> Option<Item> {
    let (class, rest) = named(words, "类")?;
    let mut found = Item { class, ..Item::default() };
    if let Some((group, rest)) = named(rest, "款") {
        found.group = group;
        if let Some((item, _)) = named(rest, "项") {
            found.item = item;
        }
    }
    Some(found)
}

fn named<'w>(words: &'w str, mark: &str) -> Option<(String, &'w str)> {
    let close = format!("{mark}）");
    // （类）, and （208类） where the code stands in the bracket.
    let (at, end) = words.match_indices(&close).find_map(|(at, close)| {
        let code = words[..at].trim_end_matches(|c: char| c.is_ascii_digit());
        code.ends_with('（').then(|| (code.len() - '（'.len_utf8(), at + close.len()))
    })?;
    let mut rest = &words[end..];
    // （类）支出: the word stands behind the mark as often as before it.
    if let Some(behind) = rest.strip_prefix("支出") {
        rest = behind;
    }
    let name = clean(behind_signs(&words[..at]));
    Some((short(&name).to_owned(), rest))
}

/// What stands behind the last sign that can part a name from the words before it. A bracket parts where it numbers an item (（1）) and
/// belongs to the name where it holds words: 政府办公厅（室）及相关机构事务.
fn behind_signs(words: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let parts = |(at, c): (usize, char)| match c {
        '，' | '。' | '；' | '：' | '、' | ',' | '.' => true,
        '）' => words[..at].rsplit_once('（').is_none_or(|(_, inside)| inside.chars().all(is_number)),
        _ => false,
    };
    match words.char_indices().rev().find(|&place| parts(place)) {
        Some((at, sign)) => &words[at + sign.len_utf8()..],
        None => words,
    }
}

/// A classification's name without 支出, which reports add and leave out at will.
pub fn short(name: &str) -> &str {
    name.strip_suffix("支出").filter(|rest| rest.chars().count() >= 2).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_with_words_belong_to_a_name() {
        let found = item("（1）一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）").unwrap();
        let expected = ("一般公共服务", "政府办公厅（室）及相关机构事务", "行政运行");
        assert_eq!((found.class.as_str(), found.group.as_str(), found.item.as_str()), expected);
    }

    #[test]
    fn cleans_names() {
        assert_eq!(clean("2020年本年收入合计"), "本年收入合计");
        assert_eq!(clean("2020年“三公”经费财政拨款支出决算"), "三公经费财政拨款");
        assert_eq!(clean("其中：一般公共预算财政拨款收入"), "一般公共预算财政拨款收入");
        assert_eq!(clean("截至2020年12月31日，本部门共有车辆"), "车辆");
        assert_eq!(clean("收、支总计各"), "收、支总计");
    }

    #[test]
    fn reads_items() {
        let item = item("1.社会保障和就业（类）行政事业单位养老支出（款）行政单位离退休（项）：").unwrap();
        assert_eq!(
            (item.class.as_str(), item.group.as_str(), item.item.as_str()),
            ("社会保障和就业", "行政事业单位养老", "行政单位离退休")
        );
        assert_eq!(super::item("教育支出（类）").unwrap().class, "教育");
    }

    #[test]
    fn likeness_is_of_characters_in_order() {
        assert_eq!(likeness("支出", "支出"), 1.0);
        assert!(likeness("一般公共预算财政拨款", "一般公共预算财政拨款支出") > 0.8);
        assert!(likeness("收入总计", "支出总计") < 0.8);
    }
}
