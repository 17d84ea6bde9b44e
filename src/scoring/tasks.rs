//! The tasks of a whole office with their money: 任务名称 | 主要内容 | 全年预算数（总额、财政拨款、其他资金） | 全年执行数（…） | 执行率.

use super::funds::{amount, rate};
use crate::facts::Quantity;

/// What an amount of a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What was planned: all of it.
    Budget,
    /// The same of one source.
    BudgetOf,
    /// What was spent: all of it.
    Executed,
    /// The same of one source.
    ExecutedOf,
    /// The rate of execution.
    Rate,
    /// The weight of the row of all tasks.
    Weight,
    /// Its score.
    Score,
}

/// Which cells of the rows hold amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What each cell of a row holds.
    cells: Vec<Option<Part>>,
}

impl Head {
    /// The head of the tasks: it names them, and what was planned and spent for each.
    pub fn read(row: &[String]) -> Option<Head> {
        let names_tasks = row.iter().any(|text| matches!(text.as_str(), "任务名称" | "主要内容" | "主要任务"));
        let part = |text: &String| {
            let name = text.split('（').next().unwrap_or_default();
            match name {
                _ if name.ends_with("得分") => Some(Part::Score),
                "分值" | "权重" => Some(Part::Weight),
                _ if name.ends_with("执行率") => Some(Part::Rate),
                _ if name.ends_with("执行数") => Some(Part::Executed),
                _ if name.ends_with("预算数") => Some(Part::Budget),
                _ => None,
            }
        };
        let cells: Vec<Option<Part>> = row.iter().map(part).collect();
        let once = |part: Part| cells.iter().filter(|cell| **cell == Some(part)).count() == 1;
        (names_tasks && once(Part::Budget) && once(Part::Executed)).then_some(Head { cells })
    }

    /// The row below the head that parts both amounts by their sources: 总额 | 财政拨款 | 其他资金, twice.
    pub fn divide(&mut self, row: &[String]) -> bool {
        const SOURCES: [&str; 3] = ["财政拨款", "其他资金", "单位资金"];
        let is_whole = |text: &str| matches!(text, "总额" | "小计" | "合计" | "金额");
        let filled = || row.iter().filter(|text| !text.is_empty());
        let is_source = |text: &str| SOURCES.iter().any(|source| text.ends_with(source));
        let divides = filled().all(|text| is_whole(text) || is_source(text));
        if !divides || filled().filter(|text| is_whole(text)).count() != 2 {
            return false;
        }
        let width = filled().count() / 2;
        let at = |part: Part| self.cells.iter().position(|cell| *cell == Some(part));
        let (Some(budget), Some(executed)) = (at(Part::Budget), at(Part::Executed)) else { return false };
        // Where its blanks are gone the upper row names each amount once.
        if executed == budget + 1 {
            self.cells.splice(executed + 1..executed + 1, vec![None; width - 1]);
            self.cells.splice(budget + 1..budget + 1, vec![None; width - 1]);
        }
        let executed = if executed == budget + 1 { budget + width } else { executed };
        for (from, part) in [(budget, Part::BudgetOf), (executed, Part::ExecutedOf)] {
            self.cells.resize(self.cells.len().max(from + width), None);
            self.cells[from + 1..from + width].fill(Some(part));
        }
        true
    }

    /// The amounts of a row, each with its cell and what it is; none where they do not stand under their heads.
    pub fn figures(&self, row: &[String]) -> Option<Vec<(Part, usize, Quantity)>> {
        let is_amount = |cell: &usize| amount(&row[*cell]).is_some();
        let straight = |cell: &usize| self.cells.get(*cell).is_some_and(Option::is_some);
        let amounts: Vec<usize> = (0..row.len()).filter(is_amount).collect();
        let parts: Vec<Part> = self.cells.iter().flatten().copied().collect();
        let places: Vec<(Part, usize)> = if row.len() >= self.cells.len() && amounts.iter().all(straight) {
            amounts.iter().filter_map(|&cell| Some(((*self.cells.get(cell)?)?, cell))).collect()
        } else if parts.len() == amounts.len() {
            parts.into_iter().zip(amounts).collect()
        } else {
            return None;
        };
        let found = places.into_iter().map(|(part, cell)| {
            let quantity = amount(&row[cell])?;
            Some((part, cell, if part == Part::Rate { rate(quantity) } else { quantity }))
        });
        found.collect()
    }
}

/// Whether a row adds up the tasks.
pub fn is_total(row: &[String]) -> bool {
    row.iter().any(|text| matches!(text.as_str(), "金额合计" | "合计" | "总计"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<String> {
        row.split('|').map(str::to_owned).collect()
    }

    fn parts(head: &Head, row: &str) -> Option<Vec<Part>> {
        Some(head.figures(&cells(row))?.into_iter().map(|(part, ..)| part).collect())
    }

    #[test]
    fn amounts_stand_under_a_head_in_two_rows() {
        use Part::*;
        let mut head =
            Head::read(&cells("任务|任务名称|主要内容|全年预算数（万元）|||全年执行数（万元）|||分值|执行率|得分"))
                .unwrap();
        assert!(head.divide(&cells("|||总额|财政拨款|其他资金|总额|财政拨款|其他资金|||")));
        let task = parts(&head, "|任务1|造林|320|300|20|304|284|20|—|95%|—");
        assert_eq!(task, Some(vec![Budget, BudgetOf, BudgetOf, Executed, ExecutedOf, ExecutedOf, Rate]));
        let blank = parts(&head, "|任务2|防火|180|180||180|180||—|100%|—");
        assert_eq!(blank, Some(vec![Budget, BudgetOf, Executed, ExecutedOf, Rate]));
        assert_eq!(parts(&head, "|金额合计||500|480|20|484|464|20|10|96.80%|9.68").map(|parts| parts.len()), Some(9));
    }

    #[test]
    fn a_head_without_its_blanks_is_spread() {
        let mut head = Head::read(&cells("任务名称|主要内容|全年预算数|全年执行数|执行率")).unwrap();
        assert_eq!(parts(&head, "造林|完成2万亩|320|304|95%").map(|parts| parts.len()), Some(3));
        assert!(head.divide(&cells("总额|财政拨款|其他资金|总额|财政拨款|其他资金")));
        assert_eq!(parts(&head, "造林|完成|320|300|20|304|284|20|95%").map(|parts| parts.len()), Some(7));
        assert_eq!(parts(&head, "造林|320|300|304|284|95%"), None);
        assert_eq!(Head::read(&cells("项目资金|全年预算数|全年执行数|执行率")), None);
    }
}
