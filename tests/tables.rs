//! Whole tables: consistent ones are silent in every layout that they are pasted in, and one changed cell is found and named.

mod seeds;

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
    fn tables(&self) -> Vec<Printed> {
        let total = self.total();
        let all = print(total.basic + total.project);
        let mut overview = Vec::new();
        for (at, class) in self.classes().iter().enumerate() {
            let (name, amount) = match at {
                0 => ("一般公共预算财政拨款收入", all.clone()),
                1 => ("上级补助收入", String::new()),
                2 => ("事业收入", String::new()),
                3 => ("经营收入", String::new()),
                _ => ("其他收入", String::new()),
            };
            let numeral = ["一", "二", "三", "四", "五"][at];
            let (income, spent) = (format!("{numeral}、{name}"), format!("{numeral}、{}", class.name));
            overview.push(vec![income, amount, spent, print(class.basic + class.project)]);
        }
        overview.push(vec!["本年收入合计".to_owned(), all.clone(), "本年支出合计".to_owned(), all.clone()]);
        overview.push(cells(["年初结转和结余", "", "年末结转和结余", ""]));
        overview.push(vec!["总计".to_owned(), all.clone(), "总计".to_owned(), all]);
        let overview_head = vec![cells(["收入", "", "支出", ""]), cells(["项目", "决算数", "项目", "决算数"])];
        vec![
            Printed { title: "收入支出决算总表", number: "公开01表", head: overview_head, body: overview },
            self.by_code("支出决算表", "公开03表"),
            self.by_code("一般公共预算财政拨款支出决算表", "公开05表"),
            self.by_economics(),
            self.sangong(),
        ]
    }

    fn by_code(&self, title: &'static str, number: &'static str) -> Printed {
        let row = |row: &Row| {
            let figures = [print(row.basic + row.project), blank(row.basic), blank(row.project)];
            [row.code.clone(), row.name.clone()].into_iter().chain(figures).collect()
        };
        let head = vec![cells(["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"])];
        Printed { title, number, head, body: std::iter::once(&self.total()).chain(&self.rows).map(row).collect() }
    }

    /// The basic expenditure by economic classes, in three lists side by side.
    fn by_economics(&self) -> Printed {
        let basic = self.total().basic;
        let (personnel, public) = (basic / 3 * 2, basic - basic / 3 * 2);
        let list = |class: &str, name: &str, amount: u64, items: [(&str, &str); 3]| {
            let first = amount / 2;
            let parts = [first, amount / 5, amount - first - amount / 5];
            let mut list = vec![cells([class, name, &print(amount)])];
            list.extend(items.iter().zip(parts).map(|((code, name), part)| cells([code, name, &blank(part)])));
            list
        };
        let wages = personnel / 4 * 3;
        let lists = [
            list("301", "工资福利支出", wages, [("30101", "基本工资"), ("30102", "津贴补贴"), ("30107", "绩效工资")]),
            list(
                "303",
                "对个人和家庭的补助",
                personnel - wages,
                [("30301", "离休费"), ("30302", "退休费"), ("30305", "生活补助")],
            ),
            list("302", "商品和服务支出", public, [("30201", "办公费"), ("30211", "差旅费"), ("30228", "工会经费")]),
        ];
        let mut body: Vec<Vec<String>> =
            (0..4).map(|at| lists.iter().flat_map(|list| list[at].clone()).collect()).collect();
        let mut sums = cells(["", "人员经费合计", "", "", "", "", "", "公用经费合计", ""]);
        sums[2] = print(personnel);
        sums[8] = print(public);
        body.push(sums);
        let head = vec![
            cells(["人员经费", "", "", "人员经费", "", "", "公用经费", "", ""]),
            ["科目编码", "科目名称", "决算数"].repeat(3).into_iter().map(str::to_owned).collect(),
        ];
        Printed { title: "一般公共预算财政拨款基本支出决算表", number: "公开06表", head, body }
    }

    /// The 三公: one row without a name.
    fn sangong(&self) -> Printed {
        let of = |amount: u64| {
            let (running, reception) = (amount / 50, amount / 70);
            [running + reception, 0, running, 0, running, reception]
        };
        let (planned, spent) = (of(self.total().basic + 7_000), of(self.total().basic));
        let head = vec![
            cells(["预算数", "", "", "", "", "", "决算数", "", "", "", "", ""]),
            ["合计", "因公出国（境）费", "公务用车购置及运行费", "", "", "公务接待费"]
                .repeat(2)
                .into_iter()
                .map(str::to_owned)
                .collect(),
            ["", "", "小计", "公务用车购置费", "公务用车运行费", ""].repeat(2).into_iter().map(str::to_owned).collect(),
        ];
        let body = vec![planned.into_iter().chain(spent).map(blank).collect()];
        Printed { title: "财政拨款“三公”经费支出决算表", number: "公开09表", head, body }
    }
}

/// A table as it is printed.
#[derive(Clone)]
struct Printed {
    title: &'static str,
    number: &'static str,
    head: Vec<Vec<String>>,
    body: Vec<Vec<String>>,
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

/// Drops the blanks that the name of a sum is merged over: those of the codes before it.
fn drop_merged(row: &mut Vec<String>) {
    if let Some(at) = row.iter().position(|cell| !cell.is_empty()).filter(|&at| row[at].ends_with("合计")) {
        row.drain(..at);
    }
    if let Some(at) = (1..row.len()).rev().find(|&at| row[at].ends_with("合计") && row[at - 1].is_empty()) {
        row.remove(at - 1);
    }
}

/// How tables are pasted.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Layout {
    Tabs,
    Cells,
    /// Cells between bars.
    Bars,
    /// One cell a line with a bar behind it, and a bar alone before each row.
    Barred,
    Spaces,
    /// Spaces, and the long words of the head broken above and below the line of the short ones.
    Broken,
    /// Spaces, and a name of more characters than this is wrapped around the figures of its row.
    Wrapped(usize),
}

const LAYOUTS: [Layout; 8] = [
    Layout::Tabs,
    Layout::Cells,
    Layout::Bars,
    Layout::Barred,
    Layout::Spaces,
    Layout::Broken,
    Layout::Wrapped(8),
    Layout::Wrapped(5),
];

/// The lines of a row whose names are wrapped: half of a name's lines stand above the figures and half below, an odd one beside them.
fn wrap(row: &[String], wide: usize) -> Vec<String> {
    let is_name = |cell: &str| !cell.is_ascii();
    let pieces = |cell: &String| -> Vec<String> {
        let chars: Vec<char> = cell.chars().collect();
        if is_name(cell) {
            chars.chunks(wide).map(|piece| piece.iter().collect()).collect()
        } else {
            vec![cell.clone()]
        }
    };
    let cells: Vec<Vec<String>> = row.iter().filter(|cell| !cell.is_empty()).map(pieces).collect();
    let above = |cell: &Vec<String>| cell.len() / 2;
    let most = cells.iter().map(above).max().unwrap_or(0);
    let line = |at: usize| {
        let piece = |cell: &Vec<String>| {
            // The line of the figures is `most`; a name of an even number of lines has none there.
            let middle = cell.len() % 2 == 1;
            let first = most - above(cell);
            match at.cmp(&most) {
                std::cmp::Ordering::Less => at.checked_sub(first).and_then(|at| cell.get(at).cloned()),
                std::cmp::Ordering::Equal => middle.then(|| cell[above(cell)].clone()),
                std::cmp::Ordering::Greater => {
                    let at = above(cell) + usize::from(middle) + at - most - 1;
                    cell.get(at).cloned()
                }
            }
        };
        cells.iter().filter_map(piece).collect::<Vec<String>>().join(" ")
    };
    (0..2 * most + 1).map(line).filter(|line| !line.is_empty()).collect()
}

/// The lines of a head whose long words are broken: 本年支出 above the line of the short ones, 合计 below it.
fn broken(row: &[String]) -> Vec<String> {
    let is_long = |cell: &&String| cell.chars().count() > 4;
    let half = |cell: &String, upper: bool| -> String {
        let half = cell.chars().count().div_ceil(2);
        if upper { cell.chars().take(half).collect() } else { cell.chars().skip(half).collect() }
    };
    let pieces =
        |upper: bool| row.iter().filter(is_long).map(|cell| half(cell, upper)).collect::<Vec<String>>().join(" ");
    let short: Vec<&str> = row.iter().filter(|cell| !cell.is_empty() && !is_long(cell)).map(String::as_str).collect();
    [pieces(true), short.join(" "), pieces(false)].into_iter().filter(|line| !line.is_empty()).collect()
}

/// How an office prints its tables.
#[derive(Debug, Clone, Copy)]
struct Style {
    layout: Layout,
    /// What a cell without an amount holds.
    zero: &'static str,
    /// Whether thousands are parted by commas.
    commas: bool,
    unit: &'static str,
    /// How many characters of a name fit on a line of a spaced row.
    name_width: usize,
    /// After how many rows a page ends and the head comes again.
    page: usize,
    /// Whether 类, 款 and 项 stand in columns of their own.
    levels: bool,
    /// Whether the paste drops the blanks that the names of sums are merged over.
    merged: bool,
}

impl Style {
    const PLAIN: Style = Style {
        layout: Layout::Tabs,
        zero: "",
        commas: false,
        unit: "万元",
        name_width: 60,
        page: 1_000,
        levels: false,
        merged: false,
    };

    fn random(random: &mut Random, layout: Layout) -> Style {
        let pick = |random: &mut Random, of: usize| random.next(of as u64) as usize;
        let zeros = ["", "0.00", "-", "—"];
        Style {
            layout,
            zero: zeros[pick(random, zeros.len())],
            commas: pick(random, 2) == 0,
            unit: ["万元", "元"][pick(random, 2)],
            name_width: [60, 7][pick(random, 2)],
            page: [1_000, 9][pick(random, 2)],
            levels: layout == Layout::Tabs && pick(random, 3) == 0,
            merged: pick(random, 4) == 0,
        }
    }

    fn cell(&self, cell: &str, is_figure: bool) -> String {
        if !is_figure {
            return cell.to_owned();
        }
        let Some((whole, rest)) = cell.split_once('.').filter(|_| self.commas) else {
            return if cell.is_empty() { self.zero.to_owned() } else { cell.to_owned() };
        };
        let groups: Vec<&str> =
            whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
        format!("{}.{rest}", groups.join(","))
    }

    fn rows(&self, table: &Printed) -> Vec<Vec<String>> {
        let leaves = table.head.last().unwrap();
        let named = |head: &str| matches!(head, "科目编码" | "科目名称" | "项目");
        let has_names = leaves.iter().any(|head| named(head));
        let body = table.body.iter().map(|row| {
            let of_code = |at: usize| at % 3 == 2 && leaves.len() == 9 && row[at - 1].is_empty();
            let figure = |at: usize| (!has_names || !named(&leaves[at])) && !of_code(at);
            (0..row.len()).map(|at| self.cell(&row[at], figure(at))).collect::<Vec<String>>()
        });
        let mut rows: Vec<Vec<String>> = table.head.iter().cloned().chain(body).collect();
        if self.levels && leaves[0] == "科目编码" && leaves.len() == 5 {
            for (at, row) in rows.iter_mut().enumerate() {
                let code = row.remove(0);
                let parts = if at < table.head.len() || code.is_empty() {
                    [code, String::new(), String::new()]
                } else {
                    [code.get(..3), code.get(3..5), code.get(5..7)].map(|part| part.unwrap_or("").to_owned())
                };
                row.splice(0..0, parts);
            }
        }
        if self.merged {
            rows.iter_mut().for_each(drop_merged);
        }
        rows
    }

    fn print(&self, table: &Printed, text: &mut String) {
        text.push_str(&format!("{}\n{}\n部门：示例局\n金额单位：{}\n", table.title, table.number, self.unit));
        let rows = self.rows(table);
        let head = table.head.len();
        for (at, row) in rows.iter().enumerate() {
            if at > head
                && (at - head).is_multiple_of(self.page)
                && !matches!(self.layout, Layout::Cells | Layout::Barred)
            {
                text.push_str(&format!("\n— {} —\n\n", at / self.page));
                rows[..head].iter().for_each(|row| self.line(row, text));
            }
            match self.layout {
                Layout::Broken if at < head => {
                    broken(row).iter().for_each(|line| text.push_str(&format!("{line}\n")));
                }
                Layout::Wrapped(wide) if at >= head => {
                    wrap(row, wide).iter().for_each(|line| text.push_str(&format!("{line}\n")));
                }
                _ => self.line(row, text),
            }
        }
        text.push_str("注：本表反映本年度情况。\n");
    }

    fn line(&self, row: &[String], text: &mut String) {
        match self.layout {
            Layout::Tabs => text.push_str(&row.join("\t")),
            Layout::Cells => text.push_str(&row.join("\n")),
            Layout::Bars => text.push_str(&format!("| {} |", row.join(" | "))),
            Layout::Barred => text.push_str(&format!("|\n{} |", row.join(" |\n"))),
            Layout::Spaces | Layout::Broken | Layout::Wrapped(_) => {
                let mut filled: Vec<String> = row.iter().filter(|cell| !cell.is_empty()).cloned().collect();
                // The name of a row with a code is broken where it is long.
                if filled.len() > 2 && filled[1].chars().count() > self.name_width && filled[0].starts_with(['2', '3'])
                {
                    let cut = filled[1].char_indices().nth(self.name_width).unwrap().0;
                    filled[1].insert(cut, '\n');
                }
                text.push_str(&filled.join(" "));
            }
        }
        text.push('\n');
    }
}

fn render(tables: &[Printed], style: Style) -> String {
    let mut text = String::from("示例县示例局2023年度部门决算\n第二部分 部门决算表\n");
    tables.iter().for_each(|table| style.print(table, &mut text));
    text
}

fn loud(text: &str) -> Vec<Finding> {
    check(text, &Options::default()).findings.into_iter().filter(|finding| finding.severity != Severity::Info).collect()
}

#[test]
fn consistent_tables_are_silent_in_every_layout() {
    let mut random = Random(20_231_122);
    for round in 0..40 {
        let tables = Accounts::random(&mut random).tables();
        for layout in LAYOUTS {
            let style = if round == 0 { Style { layout, ..Style::PLAIN } } else { Style::random(&mut random, layout) };
            let text = render(&tables, style);
            let findings = loud(&text);
            assert!(findings.is_empty(), "{style:?}: {:?}\n{text}", findings[0]);
            let checks = check(&text, &Options::default()).checks;
            let of_table = |title: &str| {
                let from = text.find(title).unwrap();
                let lines = text[..from].matches('\n').count();
                let below =
                    lines + text[from..].find('注').map_or(0, |end| text[from..from + end].matches('\n').count());
                checks.iter().filter(|check| (lines..=below).contains(&check.result.span.line)).count()
            };
            for table in &tables {
                // Where the blanks are lost nothing tells which of the 三公 were spent.
                if matches!(layout, Layout::Spaces | Layout::Broken | Layout::Wrapped(_))
                    && style.zero.is_empty()
                    && table.title.contains("三公")
                {
                    continue;
                }
                // Names wrapped on both sides leave open whose the figures between them are.
                if matches!(layout, Layout::Wrapped(_)) && table.title.ends_with("总表") {
                    continue;
                }
                let title = format!("{}\n{}", table.title, table.number);
                assert!(of_table(&title) >= 2, "{style:?}: {title} was not read:\n{text}");
            }
        }
    }
}

#[test]
fn one_changed_cell_is_found_and_named() {
    let mut random = Random(42);
    let (mut tried, mut found, mut named) = ([0; LAYOUTS.len()], [0; LAYOUTS.len()], [0; LAYOUTS.len()]);
    for round in 0..60 {
        let mut tables = Accounts::random(&mut random).tables();
        let (table, row) = loop {
            let table = random.next(3) as usize;
            let row = random.next(tables[table].body.len() as u64) as usize;
            if tables[table].body[row].iter().skip(1).any(|cell| cell.contains('.')) {
                break (table, row);
            }
        };
        let figures: Vec<usize> =
            (1..tables[table].body[row].len()).filter(|&at| tables[table].body[row][at].contains('.')).collect();
        let column = figures[random.next(figures.len() as u64) as usize];
        let cell = &mut tables[table].body[row][column];
        let digit = cell.remove(0);
        cell.insert(0, char::from(b'1' + (digit as u8 - b'0') % 9));
        let changed = cell.clone();
        for (at, layout) in LAYOUTS.into_iter().enumerate() {
            let findings = loud(&render(&tables, Style { layout, merged: round % 3 == 0, ..Style::PLAIN }));
            tried[at] += 1;
            found[at] += usize::from(!findings.is_empty());
            named[at] += usize::from(findings.iter().any(|finding| finding.text == changed));
        }
    }
    for (at, layout) in LAYOUTS.into_iter().enumerate() {
        let (least_found, least_named) = match layout {
            Layout::Tabs | Layout::Cells | Layout::Bars | Layout::Barred => (100, 95),
            Layout::Spaces | Layout::Broken => (95, 80),
            Layout::Wrapped(_) => (75, 70),
        };
        assert!(
            found[at] * 100 >= tried[at] * least_found && named[at] * 100 >= tried[at] * least_named,
            "{layout:?}: of {} found {}, named {}",
            tried[at],
            found[at],
            named[at]
        );
    }
}

/// A table in each layout; in tabs, its cells as they are given.
fn pasted(table: &str) -> [String; 4] {
    let rows = table.replace('|', "\t");
    [rows.clone(), rows.replace('\t', "\n"), rows.replace('\t', " "), rows.replace('\t', " | ")]
}

#[test]
fn a_total_merged_over_the_columns_before_its_figures_is_read() {
    let caption = "支出决算表\n公开03表\n金额单位：万元\n";
    let amounts = "本年支出合计|基本支出|项目支出";
    // 2, 3 and 4 columns.
    for (head, before) in [("科目编码|科目名称", ""), ("序号|科目编码|科目名称", "1|"), ("类|款|项|科目名称", "")]
    {
        let code = |code: &str| {
            let levels = [code.get(..3), code.get(3..5), code.get(5..7)].map(Option::unwrap_or_default);
            if head.starts_with('类') { levels.join("|") } else { code.to_owned() }
        };
        let text = |cell: &str| {
            let rows = [
                ("205", "教育支出", "90.00|60.00|30.00"),
                ("20508", "进修及培训", "90.00|60.00|30.00"),
                ("2050803", "培训支出", "60.00|60.00|0.00"),
                ("2050899", "其他进修及培训", cell),
            ];
            let rows = rows.map(|(digits, name, cells)| format!("{before}{}|{name}|{cells}\n", code(digits))).concat();
            format!("{head}|{amounts}\n合计|90.00|60.00|30.00\n{rows}")
        };
        for (layout, (right, wrong)) in
            pasted(&text("30.00|0.00|30.00")).into_iter().zip(pasted(&text("30.00|0.00|36.00"))).enumerate()
        {
            // Rows of blanks alone do not tell a code from the numbers before it.
            if layout == 2 && !head.starts_with("科目") {
                continue;
            }
            let report = check(&format!("{caption}{right}注：示例。"), &Options::default());
            assert!(report.findings.is_empty(), "{:?}\n{right}", report.findings);
            assert!(report.summary.checks >= 12, "{}\n{right}", report.summary.checks);
            let told: Vec<String> =
                loud(&format!("{caption}{wrong}注：示例。")).into_iter().map(|finding| finding.text).collect();
            assert_eq!(told, ["36.00"], "{wrong}");
        }
    }
}

#[test]
fn a_total_that_lacks_more_than_its_merged_cells_is_not_guessed_at() {
    let text = |total: &str| {
        format!(
            "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\t经营支出\n{total}\n205\t教育支出\t90.00\t60.00\t20.00\t10.00\n20508\t进修及培训\t90.00\t60.00\t20.00\t10.00\n注：示例。"
        )
    };
    for total in ["合计\t90.00\t60.00\t20.00", "合计\t90.00\t60.00\t30.00", "合计\t90.00\t10.00"] {
        assert!(loud(&text(total)).is_empty(), "{total}");
    }
}

#[test]
fn groups_merged_over_rows_and_heads_merged_over_columns_are_read() {
    let groups = |cell: &str| {
        format!(
            "下属单位支出表\n附表2\n金额单位：万元\n主管部门\t单位名称\t支出合计\t基本支出\t项目支出\n示例局\t示例中心\t30.00\t20.00\t10.00\n示例站\t25.00\t15.00\t10.00\n示例委\t示例所\t12.00\t{cell}\t4.00\n示例院\t18.00\t10.00\t8.00\n合计\t85.00\t53.00\t32.00\n"
        )
    };
    let heads = |cell: &str| {
        format!(
            "支出决算表\n公开03表\n金额单位：万元\n项目\t本年支出合计\t基本支出\t项目支出\n科目编码\t科目名称\n类\t款\t项\t栏次\t1\t2\t3\n合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t{cell}\t30.00\n20508\t进修及培训\t90.00\t60.00\t30.00\n2050803\t培训支出\t90.00\t60.00\t30.00\n"
        )
    };
    let parts = |cell: &str| {
        format!(
            "一般公共预算财政拨款支出决算表\n公开05表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n小计\t人员经费\t公用经费\n合计\t90.00\t60.00\t50.00\t10.00\t30.00\n205\t教育支出\t90.00\t60.00\t{cell}\t10.00\t30.00\n20508\t进修及培训\t90.00\t60.00\t50.00\t10.00\t30.00\n"
        )
    };
    let sides = |cell: &str| {
        format!(
            "收入支出决算总表\n公开01表\n金额单位：万元\n收入\t支出\n项目\t决算数\t项目\t决算数\n一、财政拨款收入\t90.00\t一、教育支出\t60.00\n二、其他收入\t{cell}\t二、住房保障支出\t40.00\n本年收入合计\t100.00\t本年支出合计\t100.00\n总计\t100.00\t总计\t100.00\n"
        )
    };
    /// A table with one cell left open.
    type Table<'t> = &'t dyn Fn(&str) -> String;
    let tables: [(Table, &str, &str); 4] =
        [(&groups, "8.00", "6.00"), (&heads, "60.00", "61.00"), (&parts, "50.00", "56.00"), (&sides, "10.00", "18.00")];
    for (text, right, wrong) in tables {
        let report = check(&text(right), &Options::default());
        assert!(report.findings.is_empty() && report.summary.checks > 4, "{:?}\n{}", report.findings, text(right));
        let told: Vec<String> = loud(&text(wrong)).into_iter().map(|finding| finding.text).collect();
        assert_eq!(told, [wrong], "{}", text(wrong));
    }
}

/// A table that no taxonomy knows: projects with their budget, this year's and last year's amounts, and what follows from them.
fn comparison(random: &mut Random) -> Printed {
    let signed = |amount: i64| {
        let digits = amount.unsigned_abs();
        format!("{}{}.{:02}", if amount < 0 { "-" } else { "" }, digits / 100, digits % 100)
    };
    let rate = |part: i64, whole: i64| {
        let scaled = part * 1_000_000 / whole;
        signed((scaled + 50 * scaled.signum()) / 100) + "%"
    };
    let row = |name: String, [budget, done, before]: [i64; 3]| {
        let difference = done - before;
        vec![
            name,
            signed(budget),
            signed(done),
            signed(before),
            signed(difference),
            rate(difference, before),
            rate(done, budget),
        ]
    };
    let amounts: Vec<[i64; 3]> =
        (0..4 + random.next(4)).map(|_| std::array::from_fn(|_| 10_000 + random.next(900_000) as i64)).collect();
    let total = std::array::from_fn(|at| amounts.iter().map(|row| row[at]).sum());
    let names = ["示例运行", "示例修缮", "示例采购", "示例培训", "示例会议", "示例宣传", "示例托管"];
    let mut body: Vec<Vec<String>> =
        amounts.iter().zip(names).map(|(amounts, name)| row(name.to_owned(), *amounts)).collect();
    body.push(row("合计".to_owned(), total));
    let head = vec![cells(["项目", "年初预算数", "决算数", "上年决算数", "增减额", "增减幅度", "完成预算的%"])];
    Printed { title: "示例经费对比表", number: "附表3", head, body }
}

#[test]
fn comparisons_hold_in_every_layout_and_one_changed_cell_is_named() {
    let mut random = Random(7);
    let (mut tried, mut named) = (0, 0);
    for _ in 0..40 {
        let table = comparison(&mut random);
        for layout in [Layout::Tabs, Layout::Cells, Layout::Bars, Layout::Barred, Layout::Spaces] {
            let style = Style { layout, ..Style::PLAIN };
            let text = render(std::slice::from_ref(&table), style);
            let report = check(&text, &Options::default());
            assert!(report.findings.is_empty(), "{layout:?}: {:?}\n{text}", report.findings[0]);
            assert!(report.checks.len() >= 3 * table.body.len(), "{layout:?} was not read:\n{text}");
            let mut changed = table.clone();
            let row = random.next(table.body.len() as u64) as usize;
            let cell = &mut changed.body[row][1 + random.next(6) as usize];
            let at = cell.find(|c: char| c.is_ascii_digit()).unwrap();
            let digit = cell.remove(at);
            cell.insert(at, char::from(b'1' + (digit as u8 - b'0') % 9));
            let now = cell.clone();
            let findings = loud(&render(&[changed], style));
            assert!(!findings.is_empty(), "{layout:?}: {now} is not told:\n{text}");
            tried += 1;
            named += usize::from(findings.iter().any(|finding| finding.text == now));
        }
    }
    assert!(named * 100 >= tried * 95, "of {tried} named {named}");
}

#[test]
fn the_list_behind_of_which_ends_where_the_total_says() {
    let list = |whole: &str, last: &str| {
        format!(
            "分单位支出情况\n金额单位：万元\n单位\t本年\t上年\n本级\t30.00\t20.00\n示例车辆\t12.50\t11.20\n其中：甲\t8.10\t7.20\n乙\t4.40\t4.00\n丙\t7.00\t{last}\n合计\t{whole}\t39.20"
        )
    };
    assert!(loud(&list("49.50", "8.00")).is_empty());
    let findings = loud(&list("47.50", "8.00"));
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].text, "47.50");
    // No end of the list makes any column.
    let open = list("48.50", "8.35").replace("其中：甲\t8.10", "其中：甲\t8.00");
    assert!(loud(&open).is_empty());
}

#[test]
fn amounts_that_have_slipped_against_their_codes_are_told_once() {
    let rows = [
        ("205", "教育支出", "90.10"),
        ("20501", "示例管理", "70.10"),
        ("2050101", "示例运行", "41.00"),
        ("2050102", "示例事务", "29.10"),
        ("20508", "示例培训", "20.00"),
        ("2050803", "培训支出", "20.00"),
        ("208", "社会保障和就业支出", "33.60"),
        ("20805", "示例养老", "33.60"),
        ("2080501", "示例退休", "12.20"),
        ("2080505", "示例缴费", "21.40"),
        ("221", "住房保障支出", "18.70"),
        ("22102", "住房改革支出", "18.70"),
        ("2210201", "住房公积金", "11.50"),
        ("2210203", "购房补贴", "7.20"),
    ];
    let table = |title: &str, number: &str, from: usize| {
        let mut amounts: Vec<&str> = rows.iter().map(|row| row.2).collect();
        // The amounts of two rows cut out, and those below moved up.
        amounts[from..].rotate_left(2);
        let body: String = rows
            .iter()
            .zip(&amounts)
            .map(|((code, name, _), amount)| format!("{code}\t{name}\t{amount}\t{amount}\t\n"))
            .collect();
        format!(
            "{title}\n{number}\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t142.40\t142.40\t\n{body}\n"
        )
    };
    let whole = rows.len() - 2;
    let right = table("支出决算表", "公开03表", whole);
    let findings = loud(&format!("{right}{}", table("一般公共预算财政拨款支出决算表", "公开05表", 4)));
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].rule, "table-codes");
    assert!(findings[0].message.contains("错行"), "{}", findings[0].message);
}

#[test]
fn a_mistyped_code_is_told_at_itself_alone() {
    let text = |group: &str| {
        format!(
            "支出决算表\n公开03表\n金额单位：万元\n科目编码\t科目名称\t本年支出合计\t基本支出\t项目支出\n\t合计\t90.00\t60.00\t30.00\n205\t教育支出\t90.00\t60.00\t30.00\n20502\t普通教育\t40.00\t30.00\t10.00\n2050201\t示例教育\t40.00\t30.00\t10.00\n{group}\t进修及培训\t50.00\t30.00\t20.00\n2050803\t培训支出\t50.00\t30.00\t20.00\n注：示例。"
        )
    };
    assert!(loud(&text("20508")).is_empty());
    for wrong in ["40508", "25508"] {
        let told: Vec<(String, String)> =
            loud(&text(wrong)).into_iter().map(|finding| (finding.text, finding.expected)).collect();
        assert_eq!(told, [(wrong.to_owned(), "20508".to_owned())]);
    }
}

#[test]
fn a_table_goes_on_on_the_next_page() {
    let caption = |title: &str| format!("{title}\n公开03表\n部门：示例局 金额单位：万元\n");
    let head = "科目编码|科目名称|本年支出合计|基本支出|项目支出\n";
    let row = "2080505|示例事业单位基本养老保险缴费支出|30.00|20.00|10.00\n";
    let above = "|合计|90.00|60.00|30.00\n205|教育支出|40.00|30.00|10.00\n20508|进修及培训|40.00|30.00|10.00\n";
    let class = "208|社会保障和就业支出|50.00|30.00|20.00\n20805|行政事业单位养老支出|50.00|30.00|20.00\n";
    let last = "2080506|示例缴费|20.00|10.00|10.00\n注：示例。\n";
    let page = "\n-3-\n\n";
    let again = format!("{page}{}{head}", caption("支出决算表"));
    let continued = format!("{page}{}{head}", caption("支出决算表（续）"));
    let torn = |break_: &str| {
        let name = "2080505|示例事业单位基本养|||\n";
        format!("{above}{class}{name}{break_}|老保险缴费支出|30.00|20.00|10.00\n{last}")
    };
    let bodies = [
        format!("{above}{class}{row}{last}"),
        format!("{above}{page}{head}{class}{row}{last}"),
        format!("{above}{page}续表\n{head}{class}{row}{last}"),
        format!("{above}{again}{class}{row}{last}"),
        format!("{above}{continued}{class}{row}{last}"),
        format!("{above}{class}{row}{again}{last}"),
        format!("{above}{class}{continued}{row}{last}"),
        torn(&format!("{page}{head}")),
        torn(&again),
    ];
    for body in &bodies {
        let table = format!("{}{head}{body}", caption("支出决算表"));
        let blanks_gone = table.replace("\n|", "\n").replace("|||", "").replace('|', " ");
        for text in [table.replace('|', "\t"), blanks_gone] {
            let report = check(&text, &Options::default());
            assert!(report.findings.is_empty(), "{:?}\n{text}", report.findings);
            assert_eq!(report.summary.checks, 23, "{text}");
        }
    }
    // A figure that the page has torn from its row is not guessed at.
    let torn =
        format!("{}{head}{above}{class}2080505|示例缴费支出|30.00\n{page}20.00|10.00\n{last}", caption("支出决算表"));
    assert!(loud(&torn.replace("\n|", "\n").replace('|', " ")).is_empty());
}

#[test]
fn a_sum_is_silent_over_a_row_that_was_not_read() {
    let text = |strange: &str| {
        format!(
            "支出决算表\n公开03表\n金额单位：万元\n科目编码 科目名称 本年支出合计 基本支出 项目支出\n合计 90.00 60.00 30.00\n205 教育支出 90.00 60.00 30.00\n20508 进修及培训 90.00 60.00 30.00\n2050803 培训支出 50.00 20.00 30.00\n{strange}2050899 其他进修 30.00 30.00 0.00\n注：示例。"
        )
    };
    assert!(!loud(&text("")).is_empty());
    assert!(loud(&text("10.00 10.00 0.00\n")).is_empty());
}

/// Which cells are blank, the rows above and below a row tell, and its own sums: a slip hides none of them.
#[test]
fn a_slip_beside_lost_blanks_is_told_at_its_cell() {
    let spent = |slip: &str| {
        format!(
            "支出决算表\n公开03表\n金额单位：万元\n科目编码 科目名称 本年支出合计 基本支出 项目支出\n合计 123.45 93.45 30.00\n205 教育支出 93.45 93.45\n20508 进修及培训 93.45 93.45\n2050803 培训支出 93.45 93.45\n221 住房保障支出 30.00 30.00\n22102 住房改革支出 30.00 {slip}\n2210201 住房公积金 30.00 30.00\n注：示例。"
        )
    };
    let expenses = |slip: &str| {
        format!(
            "财政拨款“三公”经费支出决算表\n公开07表\n单位：万元\n预算数 决算数\n合计 因公出国（境）费 公务用车购置及运行费 公务接待费 合计 因公出国（境）费 公务用车购置及运行费 公务接待费\n小计 公务用车购置费 公务用车运行费 小计 公务用车购置费 公务用车运行费\n1 2 3 4 5 6 7 8 9 10 11 12\n9.50 6.30 {slip} 3.20 7.45 5.20 5.20 2.25\n注：示例。"
        )
    };
    for (right, wrong, text) in
        [("30.00", "36.00", &spent as &dyn Fn(&str) -> String), ("6.30", "8.30", &expenses as &dyn Fn(&str) -> String)]
    {
        assert!(loud(&text(right)).is_empty(), "{right}");
        let findings = loud(&text(wrong));
        assert!(findings.iter().any(|finding| finding.text == wrong), "{wrong}: {findings:?}");
    }
}

/// Where a hundred columns are torn beyond reading, the rows divide themselves into sums with their parts.
#[test]
fn a_row_of_lost_columns_divides_itself() {
    let text = |slip: &str| {
        format!(
            "一般公共预算财政拨款支出决算明细表\n公开07表\n单位：万元\n项目\n合计\n工资福利支出 商品和服务支出\n科目编码\n科目名称 小计 基本工\n资\n奖金 津贴补\n贴\n小计 办公费 差旅\n费\n水费\n类 款 项 栏次 1 2 3 4 5 6 7 8 9\n合计 90.00 62.00 40.00 22.00 28.00 12.00 16.00\n205 教育支出 90.00 62.00 40.00 22.00 28.00 12.00 16.00\n20508 进修及培训 90.00 62.00 40.00 22.00 28.00 12.00 16.00\n2050803 培训支出 60.00 42.00 30.00 12.00 18.00 8.00 {slip}\n2050899 其他进修及培训 30.00 20.00 10.00 10.00 10.00 4.00 6.00\n注：示例。"
        )
    };
    assert!(loud(&text("10.00")).is_empty());
    let findings = loud(&text("16.00"));
    assert!(
        findings
            .iter()
            .any(|finding| finding.related.iter().any(|related| related.text == "16.00") || finding.text == "16.00"),
        "{findings:?}"
    );
}

/// The tables of a long PDF: what was read adds up, and what does not is what misses in print.
#[test]
fn a_long_pdfs_tables_add_up() {
    let Some(text) = seeds::seed("002") else { return };
    let report = check(&text, &Options::default());
    // Each table by the line of its number (公开01表), up to the next one's.
    let starts: Vec<(usize, String)> = text
        .lines()
        .enumerate()
        .filter_map(|(at, line)| {
            let number: String = line.split_once("公开")?.1.chars().filter(|c| !c.is_whitespace()).take(3).collect();
            number.ends_with('表').then(|| (at + 1, number.trim_end_matches('表').to_owned()))
        })
        .collect();
    let rules = [&["table-row"][..], &["table-codes", "table-overview"], &["tables-agree"]];
    let of_table = |number: &str| {
        let place = starts.iter().position(|(_, of)| of == number).unwrap();
        let end = starts.get(place + 1).map_or(usize::MAX, |next| next.0);
        let start = starts[place].0;
        let inside = move |check: &&gouji::report::Check| (start..end).contains(&check.result.span.line);
        let checks: Vec<_> = report.checks.iter().filter(inside).collect();
        let held = rules.map(|rules| {
            checks.iter().filter(|check| rules.contains(&check.rule.as_ref()) && check.status != Status::Fail).count()
        });
        let failing: Vec<(String, usize)> = checks
            .iter()
            .filter(|check| rules.concat().contains(&check.rule.as_ref()) && check.status == Status::Fail)
            .map(|check| (check.rule.to_string(), check.result.span.line - start))
            .collect();
        (held, failing)
    };
    // The sums that hold along the rows, down the columns and between the tables, and each that fails by its rule and its line below the
    // number. A cell in a wrong column would make both its row and its column miss. Tables 10 to 12 are empty.
    const LOST: &str = "table-row";
    type Failing = &'static [(&'static str, usize)];
    let expected: [(&str, [usize; 3], Failing); 13] = [
        ("01", [0, 4, 6], &[]),
        // The total differs from its classes in the last digit. One figure of a group is mistyped: its row and its column miss. A row has lost
        // an amount in the layout, which is told and not guessed.
        ("02", [20, 22, 1], &[("table-codes", 12), ("table-row", 36), ("table-codes", 36), (LOST, 38)]),
        ("03", [21, 23, 0], &[(LOST, 14)]),
        ("04", [5, 6, 11], &[]),
        // One group is not the sum of its items, in each of three columns, and again in table 08.
        ("05", [68, 15, 5], &[("table-codes", 15), ("table-codes", 15), ("table-codes", 15)]),
        // The total misses in the last digit; one group has another amount than its items, its columns and table 07.
        (
            "06",
            [19, 21, 0],
            &[("table-row", 12), (LOST, 14), ("table-codes", 34), ("table-row", 42), ("table-codes", 42)],
        ),
        ("07", [39, 10, 17], &[("tables-agree", 346)]),
        ("08", [0, 4, 29], &[("table-codes", 20)]),
        ("09", [0, 10, 7], &[]),
        ("10", [0, 0, 0], &[]),
        ("11", [0, 0, 0], &[]),
        ("12", [0, 0, 0], &[]),
        ("13", [6, 0, 0], &[]),
    ];
    for (number, least, misses) in expected {
        let (held, failing) = of_table(number);
        assert!(held.iter().zip(least).all(|(held, least)| *held >= least), "{number}: {held:?}");
        let failing: Vec<(&str, usize)> = failing.iter().map(|(rule, line)| (rule.as_str(), *line)).collect();
        assert_eq!(failing, misses, "{number}");
    }
    let of_tables = |finding: &&Finding| finding.rule.starts_with("table");
    let loud = report.findings.iter().filter(of_tables).filter(|finding| finding.severity != Severity::Info).count();
    assert!(loud <= 5, "{loud}");
    // What the layout has lost is told, not guessed.
    assert!(report.findings.iter().filter(of_tables).any(|finding| finding.severity == Severity::Info));
}
