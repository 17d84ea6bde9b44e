//! Heads that a PDF's text has broken into pieces. The cells of a head are centred and wrapped, so its lines mix their words: 附属单位 over the
//! line of all other heads and 上缴收入 below it. The pieces still hold the characters of the form's head, and no others; and the forms
//! print their columns in one order.

use super::Column;
use super::wrapped::Word;
use rustc_hash::FxHashMap;

/// The name above a list and the columns of its amounts, each by the texts of its head from the outermost inwards.
type List = (&'static str, &'static [&'static [&'static str]]);

/// The forms whose heads are long enough to be wrapped.
const FORMS: [&[List]; 9] = [
    &[(
        "",
        &[
            &["本年收入合计"],
            &["财政拨款收入"],
            &["上级补助收入"],
            &["事业收入"],
            &["经营收入"],
            &["附属单位上缴收入"],
            &["其他收入"],
        ],
    )],
    &[(
        "",
        &[&["本年支出合计"], &["基本支出"], &["项目支出"], &["上缴上级支出"], &["经营支出"], &["对附属单位补助支出"]],
    )],
    &[(
        "",
        &[
            &["年初结转和结余"],
            &["本年收入"],
            &["本年支出", "合计"],
            &["本年支出", "基本支出"],
            &["本年支出", "项目支出"],
            &["年末结转和结余"],
        ],
    )],
    &[("", &[&["本年支出合计"], &["基本支出"], &["项目支出"]])],
    &[("", &[&["本年支出"], &["基本支出"], &["项目支出"]])],
    &[("", &[&["合计"], &["基本支出"], &["项目支出"]])],
    &[
        ("收入", &[&["决算数"]]),
        ("支出", &[&["合计"], &["一般公共预算财政拨款"], &["政府性基金预算财政拨款"], &["国有资本经营预算财政拨款"]]),
    ],
    &[("收入", &[&["决算数"]]), ("支出", &[&["合计"], &["一般公共预算财政拨款"], &["政府性基金预算财政拨款"]])],
    &[("", &[&["决算数"]]), ("", &[&["决算数"]])],
];

/// The 三公, without the words that some print and some do not (运行维护费, 费用).
const EXPENSES: [&[&str]; 6] = [
    &["合计"],
    &["因公出国（境）费"],
    &["公务用车购置及运行费", "小计"],
    &["公务用车购置及运行费", "公务用车购置费"],
    &["公务用车购置及运行费", "公务用车运行费"],
    &["公务接待费"],
];

/// What stands in a head besides the columns: the names of the codes and of the rows, and of the whole.
const BESIDE: &str = "项目功能分类科编码名称款经济栏行次收入支出决算数财政拨一般公共预“”三费";

/// The lists and columns of a head by its characters.
pub fn panels(lines: &[Vec<Word>], has_codes: bool) -> Option<Vec<(Vec<String>, Vec<Column>)>> {
    let words: Vec<&str> = lines.iter().flatten().map(|word| word.text.as_ref()).collect();
    let chars = count(words.iter().copied());
    if let Some(columns) = expenses(&chars, lines) {
        return Some(vec![(Vec::new(), columns)]);
    }
    let names = chars.get(&'称').copied().unwrap_or(0);
    let lists = if has_codes { names } else { words.iter().filter(|word| **word == "项目").count() };
    let form = FORMS.iter().find(|form| {
        let heads: Vec<&str> = form.iter().flat_map(|(group, columns)| heads(group, columns)).collect();
        let groups: Vec<&str> = form.iter().map(|(group, _)| *group).collect();
        form.len() == lists.max(1)
            // The lists of the economic classification have codes, the overviews have items.
            && (form.len() == 1 || form[0].0.is_empty()) == has_codes
            && holds(&chars, &heads)
            && in_order(&words, &heads, &groups)
    })?;
    Some(
        form.iter()
            .map(|(group, columns)| {
                let group = if group.is_empty() { Vec::new() } else { vec![(*group).to_owned()] };
                (group, super::spaced::columns(columns.iter().map(|path| owned(path)).collect()))
            })
            .collect(),
    )
}

/// The columns of the 三公: each with its budget and its accounts below, or all of them once for the budget and once for the accounts.
fn expenses(chars: &FxHashMap<char, usize>, lines: &[Vec<Word>]) -> Option<Vec<Column>> {
    let bases: Vec<&str> = lines
        .iter()
        .flatten()
        .map(|word| word.text.as_ref())
        .filter(|word| matches!(*word, "预算数" | "决算数"))
        .collect();
    let in_turn = bases.chunks(2).all(|pair| pair == ["预算数", "决算数"]);
    let times = if bases.len() == 2 { 2 } else { 1 };
    let pieces = [heads("", &EXPENSES).repeat(times), bases.clone()].concat();
    let unsaid = |c: char| "维护用".contains(c);
    let chars: FxHashMap<char, usize> = chars.iter().filter(|(c, _)| !unsaid(**c)).map(|(c, n)| (*c, *n)).collect();
    let pieces: Vec<String> = pieces.iter().map(|piece| piece.replace(unsaid, "")).collect();
    let pieces: Vec<&str> = pieces.iter().map(String::as_str).collect();
    if !in_turn
        || !matches!(bases.len(), 2 | 12)
        || !holds(&chars, &pieces)
        || !lines.iter().all(|line| cars_first(line))
    {
        return None;
    }
    let path =
        |basis: &str, path: &[&str]| std::iter::once(basis).chain(path.iter().copied()).map(str::to_owned).collect();
    let both = ["预算数", "决算数"];
    let paths = if times == 1 {
        EXPENSES.iter().flat_map(|expense| both.map(|basis| path(basis, expense))).collect()
    } else {
        both.iter().flat_map(|basis| EXPENSES.map(|expense| path(basis, expense))).collect()
    };
    Some(super::spaced::columns(paths))
}

/// Whether the cars stand before the receptions in a line that has pieces of both.
fn cars_first(line: &[Word]) -> bool {
    let first = |signs: [char; 2]| line.iter().position(|word| word.text.contains(signs));
    first(['接', '待']).zip(first(['车', '购'])).is_none_or(|(reception, cars)| cars < reception)
}

/// The words that a list prints in its head, each once.
fn heads<'f>(group: &'f str, columns: &[&'f [&'f str]]) -> Vec<&'f str> {
    let mut heads = vec![group];
    for (at, path) in columns.iter().enumerate() {
        let above = at.checked_sub(1).map_or(&[][..], |at| columns[at]);
        heads.extend(
            path.iter().enumerate().filter(|(depth, head)| above.get(*depth) != Some(head)).map(|(_, head)| *head),
        );
    }
    heads
}

/// Whether the characters are those of the heads, and of what may stand beside them.
fn holds(chars: &FxHashMap<char, usize>, heads: &[&str]) -> bool {
    let wanted = count(heads.iter().copied());
    wanted.iter().all(|(c, count)| chars.get(c).is_some_and(|have| have >= count))
        && chars.iter().all(|(c, count)| wanted.get(c) == Some(count) || BESIDE.contains(*c))
}

/// Whether the heads that are whole stand in the form's order; the names of the lists stand in a line above.
fn in_order(words: &[&str], heads: &[&str], groups: &[&str]) -> bool {
    let places: Vec<usize> = words
        .iter()
        .filter(|word| !groups.contains(word))
        .filter_map(|word| heads.iter().position(|head| head == word))
        .collect();
    places.is_sorted()
}

fn count<'w>(words: impl Iterator<Item = &'w str>) -> FxHashMap<char, usize> {
    let mut chars = FxHashMap::default();
    words.flat_map(str::chars).for_each(|c| *chars.entry(c).or_default() += 1);
    chars
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|head| (*head).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::line::lines;
    use crate::document::table::wrapped::words;

    fn read(text: &str, has_codes: bool) -> Option<Vec<String>> {
        let lines: Vec<Vec<Word>> = lines(text).iter().map(|line| words(text, line.span)).collect();
        let panels = panels(&lines, has_codes)?;
        let names = panels.iter().flat_map(|(group, columns)| {
            columns.iter().map(move |column| format!("{}{}", group.join(""), column.path.join(">")))
        });
        Some(names.collect())
    }

    #[test]
    fn the_characters_tell_the_form() {
        let income = "项目\n附属单位\n本年收入合计 财政拨款收入 上级补助收入 事业收入 经营收入 其他收入\n功能分类\n上缴收入\n科目名称\n科目编码";
        assert_eq!(read(income, true).unwrap()[5], "附属单位上缴收入");
        let overview = "收入 支出\n一般公共 政府性基 国有资本\n项目 决算数 项目 合计 预算财政 金预算财 经营预算\n拨款 政拨款 财政拨款";
        assert_eq!(read(overview, false).unwrap()[3], "支出政府性基金预算财政拨款");
        let expenses = "公务用车购置及运行维护费\n因公出国\n合计 公务用车 公务用车 公务接待费\n（境）费 小计\n购置费 运行维护费\n预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数 预算数 决算数";
        assert_eq!(read(expenses, false).unwrap()[7], "决算数>公务用车购置及运行费>公务用车购置费");
    }

    #[test]
    fn the_budget_may_stand_before_the_accounts() {
        let head = |line: &str| {
            format!(
                "预算数 决算数\n{line}\n合计 小计 合计 小计\n（境）费用 购置费 运行维护费 （境）费用 购置费 运行维护费\n用车购置及运行维护费 用车购置及运行维护费 待费 待费"
            )
        };
        let cars = "因公出国 公务 公务用车 公务用车 公务接 因公出国 公务 公务用车 公务用车 公务接";
        assert_eq!(read(&head(cars), false).unwrap()[10], "决算数>公务用车购置及运行费>公务用车运行费");
        let reception = "因公出国 公务接 公务 公务用车 公务用车 因公出国 公务接 公务 公务用车 公务用车";
        assert_eq!(read(&head(reception), false), None);
    }

    #[test]
    fn another_order_or_another_word_is_another_form() {
        assert_eq!(read("科目编码 科目名称 合计 项目支出 基本支出", true), None);
        assert_eq!(read("科目编码 科目名称 合计 基本支出 项目支出 上年数", true), None);
    }
}
