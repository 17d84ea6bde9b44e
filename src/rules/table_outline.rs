//! Rows numbered as an outline (一、（一） 1. （1）): a row is the sum of those numbered under it, and the total that of the first level.

use super::table_overview::is_year_total;
use super::{Context, Found, Rule};
use crate::document::Row;
use crate::facts::{Entry, Sheet};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::tables::{self, Subject};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-outline",
    name: ["编号层级汇总", "rows numbered as an outline"],
    doc: [
        "其他表（及没有“本年合计”行的收支总表）中按“一、（一）1.（1）”编号的各行：上级行等于其下各行之和，合计行等于第一级各行之和。各行编号须连续；至少一栏或其他上级行相符时，才认定不符的一处有误。",
        "In other tables, and in overviews without a total of the year, whose rows are numbered as an outline a row is the sum of those numbered under it, and the total that of the first level. The numbers must follow each other; one that misses is only called wrong where another column, or other rows, bear the outline out.",
    ],
    fails: "税收收入情况\n金额单位：万元\n项目\t2023年\t2022年\n一、共享收入\t60.00\t50.00\n1.增值税\t35.00\t30.00\n2.所得税\t25.00\t20.00\n二、固定收入\t30.00\t25.80\n1.房产税\t12.00\t10.00\n2.印花税\t18.00\t15.00\n合计\t90.00\t75.00",
    passes: "税收收入情况\n金额单位：万元\n项目\t2023年\t2022年\n一、共享收入\t60.00\t50.00\n1.增值税\t35.00\t30.00\n2.所得税\t25.00\t20.00\n二、固定收入\t30.00\t25.00\n1.房产税\t12.00\t10.00\n2.印花税\t18.00\t15.00\n合计\t90.00\t75.00",
    find,
};

fn find(context: &Context, found: &mut Found) {
    // The sides of an overview prove for each other how its rows are numbered.
    for sides in context.reading.sheets.chunk_by(|a, b| a.table == b.table) {
        let lists: Vec<(bool, Vec<Sum>)> = sides.iter().flat_map(|sheet| outline(context, sheet)).collect();
        let holding = lists.iter().filter(|(_, sums)| !sums.is_empty() && sums.iter().all(|sum| sum.holds)).count();
        let failing = lists.iter().filter(|(_, sums)| sums.iter().any(|sum| !sum.holds)).count();
        for (is_overview, sums) in lists {
            let held = sums.iter().filter(|sum| sum.holds && sum.parts.len() > 1).count();
            let certainty = if held > 0 && held * 2 >= sums.len() {
                Certainty::Sure
            } else if failing == 1 && holding >= if is_overview { 1 } else { 2 } {
                Certainty::Likely
            } else {
                Certainty::Conjecture
            };
            found.relations.extend(sums.into_iter().map(|sum| Relation {
                rule: RULE.id,
                target: sum.target,
                readings: vec![Formula::Sum(sum.parts, Vec::new())],
                certainty,
            }));
        }
    }
}

/// The lists of a sheet without codes, each with whether it is one of an overview.
fn outline(context: &Context, sheet: &Sheet) -> Vec<(bool, Vec<Sum>)> {
    let rows = &context.document.tables[sheet.table].panels[sheet.panel].rows;
    let is_overview = sheet.form.is_some_and(|form| form.subject == Subject::Overview);
    // An overview with a total of the year has calculations of its own.
    let of_accounts = sheet.form.is_some() && (!is_overview || rows.iter().any(|row| is_year_total(&row.label)));
    if of_accounts || rows.iter().any(|row| row.code.is_some()) {
        return Vec::new();
    }
    let lists = lists(rows, is_overview).into_iter();
    lists.map(|(whole, parts)| (is_overview, sums(context, sheet, whole, &parts))).collect()
}

/// One column of a row and those under it.
struct Sum {
    target: FactId,
    parts: Vec<FactId>,
    holds: bool,
}

fn sums(context: &Context, sheet: &Sheet, whole: usize, parts: &[usize]) -> Vec<Sum> {
    let value = |id: FactId| context.fact(id).quantity.interval();
    let sum = |column: usize| {
        let entry = |row: usize| sheet.rows[row].entries[column];
        let target = entry(whole).fact()?;
        let unsure = parts.iter().any(|&row| entry(row) == Entry::Unsure);
        let parts: Vec<FactId> = parts.iter().filter_map(|&row| entry(row).fact()).collect();
        let sum = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &id| sum.plus(value(id)))?;
        let holds = sum.meet(value(target)).is_some();
        (!unsure && !parts.is_empty()).then_some(Sum { target, parts, holds })
    };
    (0..sheet.columns.len()).filter_map(sum).collect()
}

/// The rows with those numbered under them, where these are two or more and their numbers follow each other from 1; an overview may leave out
/// classes that hold nothing.
fn lists(rows: &[Row], is_overview: bool) -> Vec<(usize, Vec<usize>)> {
    let numbers: Vec<Option<(u8, usize)>> = rows.iter().map(|row| number(&row.label)).collect();
    let top = numbers.iter().flatten().map(|(level, _)| *level).min();
    let total = rows.iter().rposition(|row| matches!(row.label.as_str(), "合计" | "总计" | "收入总计" | "支出总计"));
    let mut lists = Vec::new();
    for whole in 0..rows.len() {
        let parts = match numbers[whole] {
            Some((level, _)) => {
                // An own row that has no number is of no list, or of one that cannot be told.
                let below = (whole + 1..rows.len())
                    .take_while(|&row| numbers[row].map_or(tables::is_aside(&rows[row].label), |(own, _)| own > level));
                let below: Vec<usize> = below.filter(|&row| numbers[row].is_some()).collect();
                of_first_level(&below, &numbers)
            }
            None if Some(whole) == total => {
                let of_top = |&row: &usize| numbers[row].is_some_and(|(level, _)| Some(level) == top);
                let others = |row: usize| row != whole && numbers[row].is_none() && !tables::is_aside(&rows[row].label);
                if (0..rows.len()).any(others) {
                    continue;
                }
                (0..rows.len()).filter(of_top).collect()
            }
            None => continue,
        };
        let in_order = parts.iter().enumerate().all(|(at, &row)| numbers[row].is_some_and(|(_, own)| own == at + 1))
            || is_overview && parts.is_sorted_by_key(|&row| numbers[row]);
        if parts.len() > 1 && in_order {
            lists.push((whole, parts));
        }
    }
    lists
}

/// Those of the highest level among some rows.
fn of_first_level(rows: &[usize], numbers: &[Option<(u8, usize)>]) -> Vec<usize> {
    let level = |row: &usize| numbers[*row].map(|(level, _)| level);
    let first = rows.iter().filter_map(level).min();
    rows.iter().copied().filter(|row| level(row) == first).collect()
}

/// The level and the number of a row: 二、, （二）, 2., （2）.
fn number(label: &str) -> Option<(u8, usize)> {
    const NUMERALS: &str = "一二三四五六七八九十";
    let bracketed = label.strip_prefix('（').and_then(|rest| rest.split_once('）'));
    let (digits, level) = match bracketed {
        Some((inside, _)) => (inside, 1),
        None => (label.split(['、', '.']).next().filter(|digits| digits.len() < label.len())?, 0),
    };
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some((2 + level, digits.parse().ok()?));
    }
    let digit = |c: char| NUMERALS.chars().position(|numeral| numeral == c).map(|at| at + 1);
    let number = match digits.chars().collect::<Vec<char>>()[..] {
        [one] => digit(one)?,
        ['十', one] => 10 + digit(one).filter(|one| *one < 10)?,
        [tens, '十'] => 10 * digit(tens)?,
        [tens, '十', one] => 10 * digit(tens)? + digit(one)?,
        _ => return None,
    };
    Some((level, number))
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::report::Severity;
    use crate::{Options, check};

    fn told(rows: &str) -> Vec<String> {
        let text = format!("示例信息表\n金额单位：万元\n{}", rows.replace('|', "\t"));
        let report = check(&text, &Options::default());
        let loud = report.findings.iter().filter(|f| f.severity != Severity::Info);
        loud.map(|f| format!("{} -> {}", f.text, f.expected)).collect()
    }

    #[test]
    fn numbers_have_levels() {
        let read =
            ["三、甲", "（十二）乙", "10.丙", "（2）丁", "二十一、戊", "其中：己", "2023年", "单价100万元"].map(number);
        let none = None;
        assert_eq!(read, [Some((0, 3)), Some((1, 12)), Some((2, 10)), Some((3, 2)), Some((0, 21)), none, none, none]);
    }

    #[test]
    fn an_overview_without_a_total_of_the_year_is_the_sum_of_its_items() {
        let text = |balance: &str, fees: &str| {
            format!(
                "部门收支预算总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、财政拨款收入\t29.00\t三、教育支出\t3.00\n二、事业收入\t{fees}\t八、住房保障支出\t27.00\n{balance}收入总计\t30.00\t支出总计\t30.00"
            )
        };
        let told = |text: &str| {
            let report = check(text, &Options::default());
            report.findings.iter().filter(|finding| finding.severity != Severity::Info).count()
        };
        assert_eq!(told(&text("", "1.00")), 0);
        assert_eq!(told(&text("", "2.50")), 1);
        assert_eq!(told(&text("上年结转\t0.50\t\t\n", "0.50")), 0);
    }

    #[test]
    fn a_row_is_the_sum_of_those_under_it() {
        let rows = |cars: &str| {
            format!(
                "项目|统计数\n一、“三公”经费支出|—\n（一）支出合计|52.30\n1．出国费|8.20\n2．用车费|38.10\n（1）购置费|17.60\n（2）运行费|20.50\n3．接待费|6.00\n其中：外事|0.60\n（二）相关统计数|—\n1．团组数（个）|3\n二、车辆数合计（辆）|{cars}\n1．应急用车|3\n2．执法用车|9"
            )
        };
        assert!(told(&rows("12")).is_empty());
        assert_eq!(told(&rows("15")), ["15 -> 12"]);
        // Rows without numbers may be of any list.
        assert!(
            told("项目|金额\n一、甲|9.00\n1.乙|4.00\n2.丙|3.00\n丁|2.00\n二、戊|8.00\n1.己|3.00\n2.庚|4.00").is_empty()
        );
    }
}
