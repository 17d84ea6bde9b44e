//! Whole tables: consistent ones are silent in every layout that they are pasted in, and one changed cell is found and named.

use gouji::report::{Finding, Severity, Status};
use gouji::{Options, check};

/// A small source of numbers that are the same on every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}

/// A row of a table by code: basic and project expenditure in 分 of 万元.
#[derive(Clone)]
struct Row {
    code: String,
    name: String,
    basic: u64,
    project: u64,
}

/// The accounts of one office: classes with groups and items, all of one budget.
struct Accounts {
    rows: Vec<Row>,
}

const CLASSES: [(&str, &str); 5] = [
    ("201", "一般公共服务支出"),
    ("205", "教育支出"),
    ("208", "社会保障和就业支出"),
    ("210", "卫生健康支出"),
    ("221", "住房保障支出"),
];

impl Accounts {
    fn random(random: &mut Random) -> Accounts {
        let mut rows = Vec::new();
        for (class, name) in CLASSES.iter().skip(random.next(2) as usize) {
            let mut of_class = Vec::new();
            for group in 1..=1 + random.next(2) {
                let mut items = Vec::new();
                for item in 1..=1 + random.next(3) {
                    let (basic, project) = match random.next(3) {
                        0 => (0, 100 + random.next(900_000)),
                        1 => (100 + random.next(900_000), 0),
                        _ => (100 + random.next(900_000), 100 + random.next(900_000)),
                    };
                    items.push(Row {
                        code: format!("{class}{group:02}{item:02}"),
                        name: format!("示例事务{group}之{item}"),
                        basic,
                        project,
                    });
                }
                of_class.push(sum(format!("{class}{group:02}"), format!("示例事务{group}"), &items));
                of_class.extend(items);
            }
            let groups: Vec<Row> = of_class.iter().filter(|row| row.code.len() == 5).cloned().collect();
            rows.push(sum((*class).to_owned(), (*name).to_owned(), &groups));
            rows.extend(of_class);
        }
        Accounts { rows }
    }

    fn classes(&self) -> Vec<Row> {
        self.rows.iter().filter(|row| row.code.len() == 3).cloned().collect()
    }

    fn total(&self) -> Row {
        sum(String::new(), "合计".to_owned(), &self.classes())
    }

    /// The tables as rows of cells, each with its caption.
    fn tables(&self) -> Vec<(&'static str, &'static str, Vec<Vec<String>>)> {
        let total = self.total();
        let all = print(total.basic + total.project);
        let mut overview = vec![cells(["收入", "", "支出", ""]), cells(["项目", "决算数", "项目", "决算数"])];
        for (at, class) in self.classes().iter().enumerate() {
            let income = if at == 0 {
                ["一、一般公共预算财政拨款收入".to_owned(), all.clone()]
            } else {
                [format!("{}、其他", at + 1).replace("其他", "上级补助收入"), String::new()]
            };
            let [name, amount] = income;
            overview.push(vec![
                name,
                amount,
                format!("{}、{}", ["一", "二", "三", "四", "五"][at], class.name),
                print(class.basic + class.project),
            ]);
        }
        overview.push(vec!["本年收入合计".to_owned(), all.clone(), "本年支出合计".to_owned(), all.clone()]);
        overview.push(cells(["年初结转和结余", "", "年末结转和结余", ""]));
        overview.push(vec!["总计".to_owned(), all.clone(), "总计".to_owned(), all]);
        vec![
            ("收入支出决算总表", "公开01表", overview),
            ("支出决算表", "公开03表", self.by_code("本年支出合计")),
            ("一般公共预算财政拨款支出决算表", "公开05表", self.by_code("本年支出合计")),
        ]
    }

    fn by_code(&self, head: &str) -> Vec<Vec<String>> {
        let mut table = vec![cells(["科目编码", "科目名称", head, "基本支出", "项目支出"])];
        for row in std::iter::once(&self.total()).chain(&self.rows) {
            table.push(vec![
                row.code.clone(),
                row.name.clone(),
                print(row.basic + row.project),
                blank(row.basic),
                blank(row.project),
            ]);
        }
        table
    }
}

fn sum(code: String, name: String, rows: &[Row]) -> Row {
    Row { code, name, basic: rows.iter().map(|row| row.basic).sum(), project: rows.iter().map(|row| row.project).sum() }
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

fn print(amount: u64) -> String {
    format!("{}.{:02}", amount / 100, amount % 100)
}

fn blank(amount: u64) -> String {
    if amount == 0 { String::new() } else { print(amount) }
}

/// How tables are pasted.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Layout {
    Tabs,
    Cells,
    Spaces,
}

fn render(tables: &[(&str, &str, Vec<Vec<String>>)], layout: Layout) -> String {
    let mut text = String::from("示例县示例局2023年度部门决算\n第二部分 部门决算表\n");
    for (title, number, rows) in tables {
        text.push_str(&format!("{title}\n{number}\n部门：示例局\n金额单位：万元\n"));
        for row in rows {
            match layout {
                Layout::Tabs => text.push_str(&row.join("\t")),
                Layout::Cells => text.push_str(&row.join("\n")),
                Layout::Spaces => {
                    text.push_str(&row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" "))
                }
            }
            text.push('\n');
        }
        text.push_str("注：本表反映本年度情况。\n");
    }
    text
}

fn loud(text: &str) -> Vec<Finding> {
    check(text, &Options::default()).findings.into_iter().filter(|finding| finding.severity != Severity::Info).collect()
}

#[test]
fn consistent_tables_are_silent_in_every_layout() {
    let mut random = Random(20_231_122);
    for _ in 0..20 {
        let tables = Accounts::random(&mut random).tables();
        for layout in [Layout::Tabs, Layout::Cells, Layout::Spaces] {
            let text = render(&tables, layout);
            let findings = loud(&text);
            assert!(findings.is_empty(), "{layout:?}: {:?}\n{text}", findings[0]);
            let checks = check(&text, &Options::default()).checks;
            assert!(
                checks.iter().filter(|check| check.rule.starts_with("table")).count() > 20,
                "{layout:?} was not read:\n{text}"
            );
        }
    }
}

#[test]
fn one_changed_cell_is_found_and_named() {
    let mut random = Random(42);
    let (mut tried, mut found, mut named) = ([0, 0], [0, 0], [0, 0]);
    for _ in 0..60 {
        let mut tables = Accounts::random(&mut random).tables();
        let (table, row) = loop {
            let table = random.next(3) as usize;
            let row = random.next(tables[table].2.len() as u64) as usize;
            if tables[table].2[row].iter().skip(1).any(|cell| cell.contains('.')) {
                break (table, row);
            }
        };
        let figures: Vec<usize> =
            (1..tables[table].2[row].len()).filter(|&at| tables[table].2[row][at].contains('.')).collect();
        let column = figures[random.next(figures.len() as u64) as usize];
        let cell = &mut tables[table].2[row][column];
        let digit = cell.remove(0);
        cell.insert(0, char::from(b'1' + (digit as u8 - b'0') % 9));
        let changed = cell.clone();
        for (at, layout) in [Layout::Tabs, Layout::Spaces].into_iter().enumerate() {
            let findings = loud(&render(&tables, layout));
            tried[at] += 1;
            found[at] += usize::from(!findings.is_empty());
            named[at] += usize::from(findings.iter().any(|finding| finding.text == changed));
        }
    }
    assert!(
        found[0] * 100 >= tried[0] * 98 && named[0] * 100 >= tried[0] * 90,
        "tabs: {found:?} {named:?} of {tried:?}"
    );
    assert!(
        found[1] * 100 >= tried[1] * 90 && named[1] * 100 >= tried[1] * 75,
        "spaces: {found:?} {named:?} of {tried:?}"
    );
}

/// The tables of a long PDF, where the reports that the project was made from are at hand: what was read adds up.
#[test]
fn a_long_pdfs_tables_add_up() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Some(path) = std::fs::read_dir(folder).ok().and_then(|mut files| {
        files.find_map(|file| {
            file.ok()
                .map(|file| file.path())
                .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("002")))
        })
    }) else {
        println!("skipped: ../shared/seeds is not there");
        return;
    };
    let report = check(&std::fs::read_to_string(path).unwrap(), &Options::default());
    let held =
        |rule: &str| report.checks.iter().filter(|check| check.rule == rule && check.status != Status::Fail).count();
    assert!(held("table-row") >= 60, "{}", held("table-row"));
    assert!(held("table-codes") >= 70, "{}", held("table-codes"));
    assert!(held("table-overview") >= 6, "{}", held("table-overview"));
    assert!(held("tables-agree") >= 15, "{}", held("tables-agree"));
}
