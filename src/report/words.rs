//! The sentences of findings, in Chinese and English. The only place where the core speaks to a person.

use super::{Language, Span};
use crate::numbers::Slip;
use crate::relations::Truth;
use crate::scoring::Term;
use crate::scoring::standard::{WEIGHTS, Weights};
use std::cmp::Ordering;

/// What a finding on numbers has to say.
pub struct Numbers<'f> {
    /// The rule's name in the chosen language.
    pub rule: &'f str,
    /// What is printed at the blamed number.
    pub stated: &'f str,
    /// What it should be; empty where only a limit is known.
    pub expected: &'f str,
    /// The relation spelled out.
    pub formula: &'f str,
    /// The keystroke behind it.
    pub slip: Option<Slip>,
    /// How many further relations it breaks.
    pub others: usize,
}

/// The sentence for numbers that do not agree.
pub fn numbers(language: Language, f: &Numbers) -> String {
    let mut sentence = match language {
        Language::Zh if f.expected.is_empty() => format!("{}：{}，写为 {}。", f.rule, f.formula, f.stated),
        Language::Zh => format!("{}：{}；写为 {}，应为 {}。", f.rule, f.formula, f.stated, f.expected),
        Language::En if f.expected.is_empty() => format!("{}: {}, but {} is printed.", f.rule, f.formula, f.stated),
        Language::En => format!("{}: {}; printed {}, expected {}.", f.rule, f.formula, f.stated, f.expected),
    };
    if let Some(slip) = f.slip {
        sentence.push_str(&match language {
            Language::Zh => format!("疑为{}。", self::slip(language, slip)),
            Language::En => format!(" Likely {}.", self::slip(language, slip)),
        });
    }
    if f.others > 0 {
        sentence.push_str(&match language {
            Language::Zh => format!("另有 {} 项核对因此不符。", f.others),
            Language::En if f.others == 1 => " One more check fails with it.".to_owned(),
            Language::En => format!(" {} more checks fail with it.", f.others),
        });
    }
    sentence
}

/// The remark on a text that is JSON.
pub fn json(language: Language) -> &'static str {
    pick(
        language,
        "这是 JSON，按普通文字核对；结构化报告（gouji-input/1）请先转为文字。",
        "This is JSON, checked as plain words; a structured report (gouji-input/1) must be read first.",
    )
}

/// What a slip is called.
pub fn slip(language: Language, slip: Slip) -> &'static str {
    let [zh, en] = match slip {
        Slip::Digit => ["一位数字误写", "one wrong digit"],
        Slip::Transposed => ["相邻两位数字颠倒", "two digits transposed"],
        Slip::Dropped => ["漏写一位数字", "a digit left out"],
        Slip::Added => ["多写一位数字", "a digit too many"],
        Slip::Point => ["小数点错位", "the decimal point misplaced"],
        Slip::Unit => ["单位误写（元、万元）", "the wrong unit (元, 万元)"],
        Slip::Sign => ["方向写反", "the direction reversed"],
        Slip::Base => ["误以本年数为基数（应除以上年数）", "divided by this year's amount, not by the year before's"],
        Slip::Cut => ["截去尾数、未四舍五入", "cut off instead of rounded"],
    };
    pick(language, zh, en)
}

/// The sentence for words that numbers contradict.
pub fn words(language: Language, text: &str, truth: Option<Truth>, operands: &str) -> String {
    match (truth, language) {
        (Some(Truth::MissingFigure), Language::Zh) => format!("“{text}”缺少数字。"),
        (Some(Truth::MissingFigure), Language::En) => format!("“{text}” lacks its figure."),
        (Some(Truth::Garbled(figure)), Language::Zh) => {
            format!("“{text}”不是规范的数字，疑为 {figure}，请对照原文。")
        }
        (Some(Truth::Garbled(figure)), Language::En) => {
            format!("“{text}” is no figure; it seems to be {figure}. See the original.")
        }
        (Some(Truth::TooLong), Language::Zh) => format!("数字 {text} 位数过多，没有核对，请对照原文。"),
        (Some(Truth::TooLong), Language::En) => {
            format!("The figure {text} has too many digits and was not checked: see the original.")
        }
        (Some(Truth::NoSuchCode), Language::Zh) => format!("政府收支分类科目中没有编码 {text}，请核实。"),
        (Some(Truth::NoSuchCode), Language::En) => {
            format!("The official classification has no code {text}. Please judge.")
        }
        (Some(Truth::TwoNames(_)), Language::Zh) => format!("编码 {text} 与“{operands}”的编码相同，名称不同。"),
        (Some(Truth::TwoNames(_)), Language::En) => {
            format!("The code {text} is that of “{operands}” as well, and the names differ.")
        }
        (Some(Truth::AgainstTarget(order)), Language::Zh) => {
            format!("与目标 {text} 比较的文字有误：实际为 {operands}，{}目标。", ordering(language, order))
        }
        (Some(Truth::AgainstTarget(order)), Language::En) => {
            format!(
                "The comparison with the target {text} is wrong: the figure is {operands}, {} the target.",
                ordering(language, order)
            )
        }
        (Some(Truth::AboveWhole), Language::Zh) => format!("{text} 超过100%，部分不会多于总体。"),
        (Some(Truth::AboveWhole), Language::En) => format!("{text} is above 100 %: no part exceeds its whole."),
        (Some(Truth::Changed), Language::Zh) => format!("文字为“{text}”，但同句写明变动 {operands}。"),
        (Some(Truth::Changed), Language::En) => {
            format!("The words say “{text}”, but the sentence states a change of {operands}.")
        }
        (Some(Truth::OtherWay), Language::Zh) => format!("“{text}”的增减方向与 {operands} 相反。"),
        (Some(Truth::OtherWay), Language::En) => format!("“{text}” moves the other way than {operands}."),
        (Some(Truth::AgainstBudget(order)), Language::Zh) => {
            format!("文字为“{text}”，但按 {operands}，决算数{}预算数。", ordering(language, order))
        }
        (Some(Truth::AgainstBudget(order)), Language::En) => {
            format!(
                "The words say “{text}”, but by {operands} the accounts are {} the budget.",
                ordering(language, order)
            )
        }
        (Some(Truth::MissingRows), Language::Zh) => {
            format!("合计 {text} 与所列各类之和不符，差额为他表所列的 {operands}：本表漏列该类科目。")
        }
        (Some(Truth::MissingRows), Language::En) => {
            format!(
                "The classes fall short of the total {text} by the {operands} that another table shows: the rows of that class are missing here."
            )
        }
        (Some(Truth::MissingTable), Language::Zh) => format!("目录列有“{text}”，但文中没有这张表。"),
        (Some(Truth::MissingTable), Language::En) => format!("“{text}” is listed, but the table is not there."),
        (Some(Truth::NotBlank), Language::Zh) => format!("“{text}”列为空表，但表中有数：{operands}。"),
        (Some(Truth::NotBlank), Language::En) => format!("“{text}” is listed as empty, but it holds {operands}."),
        (Some(Truth::BlankTable), Language::Zh) => format!("“{text}”没有数据，文中也没有说明（如“本表无数据”）。"),
        (Some(Truth::BlankTable), Language::En) => format!("“{text}” holds no figures, and nothing says why."),
        (Some(Truth::LostAmount(amount)), Language::Zh) => {
            format!("本行各栏之和比合计 {text} 少 {amount}，可能有一个金额未印出或在复制时丢失；该栏未核对。")
        }
        (Some(Truth::LostAmount(amount)), Language::En) => {
            format!(
                "The columns of this row fall short of {text} by {amount}: an amount was lost, in print or in copying; its column was not checked."
            )
        }
        (Some(Truth::UnreadRows(rows)), Language::Zh) => {
            format!("本表自本行（{text}）起有 {rows} 行丢失了空白栏，无法确定金额属于哪一栏，只核对了合计。")
        }
        (Some(Truth::UnreadRows(rows)), Language::En) => {
            format!(
                "From this row ({text}) on, {rows} rows of this table have lost their blank cells; only their totals were checked."
            )
        }
        (Some(Truth::ShiftedRows), Language::Zh) => {
            format!("本表自本行（{text}）起金额与科目错行：同一金额在他表列在另一科目。改正错行之前未核对本表。")
        }
        (Some(Truth::ShiftedRows), Language::En) => {
            format!(
                "From this row ({text}) on, the amounts of this table stand beside other codes than in another table: rows have slipped. The table was not checked any further."
            )
        }
        (Some(Truth::Listed(count)), Language::Zh) => format!("写为 {text}，但列出了 {count} 个。"),
        (Some(Truth::Listed(count)), Language::En) => format!("The words say {text}, but {count} are named."),
        (Some(Truth::SameAs(_)), Language::Zh) => format!("“{text}”与{operands}不一致。"),
        (Some(Truth::SameAs(_)), Language::En) => format!("“{text}” does not agree with {operands}."),
        (Some(Truth::OtherFigure(_)), Language::Zh) => {
            format!("“{text}”与{operands}说的似为同一指标，数字不同，请核实是否同一口径。")
        }
        (Some(Truth::OtherFigure(_)), Language::En) => {
            format!("“{text}” and {operands} seem to tell one measure with two figures: do they mean the same?")
        }
        (Some(Truth::BeginsWith(_)), Language::Zh) => format!("编码 {text} 不以上级科目编码 {operands} 开头。"),
        (Some(Truth::BeginsWith(_)), Language::En) => {
            format!("The code {text} does not begin with {operands}, the code above it.")
        }
        (Some(Truth::OfficialCode(code)), Language::Zh) => {
            format!("编码 {text} 与名称不符，政府收支分类科目中该名称的编码为 {code}。")
        }
        (Some(Truth::OfficialCode(code)), Language::En) => {
            format!("The code {text} does not belong to its name, which is {code} in the official classification.")
        }
        (Some(Truth::Missed), Language::Zh) => format!("完成值 {text} 未达到指标值 {operands}。"),
        (Some(Truth::Exceeded), Language::Zh) => format!("完成值 {text} 超过指标值 {operands}。"),
        (Some(Truth::Exceeded), Language::En) => format!("What was reached, {text}, exceeds the target {operands}."),
        (Some(Truth::Missed), Language::En) => format!("What was reached, {text}, misses the target {operands}."),
        (Some(Truth::OtherOutcome), Language::Zh) => format!("文字为“{text}”，但与 {operands} 的比较相反。"),
        (Some(Truth::OtherOutcome), Language::En) => {
            format!("The words say “{text}”, but {operands} say the opposite.")
        }
        (Some(Truth::OwnFault), Language::Zh) => {
            format!("正文称“{text}”，自评表中同一事项却填报完成 {operands}，请核实。")
        }
        (Some(Truth::OwnFault), Language::En) => {
            format!(
                "The report says “{text}”, while its form tells the same as reached in full, {operands}. Please judge."
            )
        }
        (Some(Truth::MissingScore(score)), Language::Zh) => {
            format!("缺少得分：按本行评分标准和 {operands}，应为 {score} 分。")
        }
        (Some(Truth::MissingScore(score)), Language::En) => {
            format!("The score is missing: by the rule of its row and {operands} it is {score}.")
        }
        (Some(Truth::UsualScore(score)), Language::Zh) => {
            format!("得分为 {text}，按通常的比率分值法（{operands}）为 {score} 分；理由请人工判断。")
        }
        (Some(Truth::UsualScore(score)), Language::En) => {
            format!(
                "The score is {text}; by the usual ratio method ({operands}) it is {score}. Please judge the reason."
            )
        }
        (Some(Truth::ScoreBetween(lo, hi)), Language::Zh) => {
            format!("得分为 {text}，按评分标准和 {operands} 应在 {lo} 分至 {hi} 分之间。")
        }
        (Some(Truth::ScoreBetween(lo, hi)), Language::En) => {
            format!("The score is {text}; by its rule and {operands} it lies between {lo} and {hi}.")
        }
        (Some(Truth::FullMarks), Language::Zh) => format!("得满分 {text}，但未达到评分标准：{operands}。"),
        (Some(Truth::FullMarks), Language::En) => {
            format!("Full marks of {text}, though the rule's limit is missed: {operands}.")
        }
        (Some(Truth::Band(band)), Language::Zh) => format!("评价等级为“{text}”，但 {operands} 属于“{band}”。"),
        (Some(Truth::Band(band)), Language::En) => format!("The band is “{text}”, but {operands} belongs to “{band}”."),
        (Some(Truth::Distance(distance)), Language::Zh) => {
            format!("评分公式的除数为 {text}，而 {operands} 两档相差 {distance}%。")
        }
        (Some(Truth::Distance(distance)), Language::En) => {
            format!("The scoring line divides by {text}, but its marks {operands} are {distance}% apart.")
        }
        (None, Language::Zh) => format!("“{text}”与 {operands} 不一致。"),
        (None, Language::En) => format!("“{text}” does not agree with {operands}."),
    }
}

/// What a figure of a form is called.
pub fn term(language: Language, term: Term) -> &'static str {
    let [zh, en] = match term {
        Term::Weight => ["分值", "the weight"],
        Term::Target => ["指标值", "the target"],
        Term::Actual => ["完成值", "the actual"],
        Term::Coefficient => ["得分系数", "the coefficient"],
        Term::Budget => ["预算数", "the budget"],
        Term::Executed => ["执行数", "the amount spent"],
        Term::Rate => ["执行率", "the rate of execution"],
    };
    pick(language, zh, en)
}

/// What is printed in another line.
pub fn printed_at(language: Language, text: &str, line: usize) -> String {
    match language {
        Language::Zh => format!("第 {line} 行的“{text}”"),
        Language::En => format!("“{text}” in line {line}"),
    }
}

/// The word for an ordering of accounts and budget.
pub fn ordering(language: Language, order: Ordering) -> &'static str {
    match order {
        Ordering::Less => pick(language, "小于", "less than"),
        Ordering::Equal => pick(language, "等于", "equal to"),
        Ordering::Greater => pick(language, "大于", "greater than"),
    }
}

/// The remark that a document holds nothing that can be checked.
pub fn nothing_to_check(language: Language) -> &'static str {
    pick(
        language,
        "没有找到可以核对的数字关系。本工具核对部门决算公开说明和绩效自评报告，请确认粘贴的是这类文字。",
        "No numbers were found that can be checked against each other. Gouji checks final-accounts and self-evaluation reports.",
    )
}

/// The remark that a document is empty.
pub fn empty(language: Language) -> &'static str {
    pick(language, "文本为空。", "The text is empty.")
}

/// The remark that characters were lost before the text came here, so that a figure may be.
pub fn lost_characters(language: Language, first: Span, count: usize) -> String {
    let Span { line, column, .. } = first;
    match language {
        Language::Zh => format!(
            "有 {count} 个字符没能读出（�），第一个在第 {line} 行第 {column} 列；那里的数字可能不全，请看原文。"
        ),
        Language::En => format!(
            "Characters that could not be read (�): {count}, the first on line {line}, column {column}. A figure there may be incomplete: see the original."
        ),
    }
}

/// What is printed where a computed number should stand, when another number is to blame.
pub fn but_printed(language: Language, printed: &str) -> String {
    match language {
        Language::Zh => format!("，而文中为 {printed}"),
        Language::En => format!(", while {printed} is printed"),
    }
}

/// The remark that a part is wrong or missing, and none of them is likelier than the others.
pub fn part_missing(language: Language, gap: &str) -> String {
    match language {
        Language::Zh => format!("各分项之和与总数相差 {gap}，可能漏列或误写了其中一项。"),
        Language::En => format!(" The parts and the whole differ by {gap}; one of them may be missing or wrong."),
    }
}

/// The remark that another part may be the wrong one, each with the value that it should have then; their whole agrees with other figures.
pub fn or_another(language: Language, rivals: &[[String; 2]]) -> String {
    let each = |[printed, right]: &[String; 2]| match language {
        Language::Zh => format!("{printed} 应为 {right}"),
        Language::En => format!("{printed} for {right}"),
    };
    let all: Vec<String> = rivals.iter().map(each).collect();
    match language {
        Language::Zh => format!("总数与其他数字相符；也可能是 {}。", all.join("，或 ")),
        Language::En => format!(" The whole agrees with other figures; the slip may also be {}.", all.join(" or ")),
    }
}

/// The remark that two statements of one fact are each borne out by other figures.
pub fn both_borne_out(language: Language) -> &'static str {
    pick(
        language,
        "两处各自与其他数字相符，可能口径不同，请人工判断。",
        "Each agrees with other figures; they may mean different things, please judge.",
    )
}

/// The remark that rows of a scoring form were not understood.
pub fn unread_rows(language: Language, rows: usize) -> String {
    match language {
        Language::Zh => format!("有 {rows} 行的单元格错位，未能识别，不参与核对。"),
        Language::En => format!("The cells of {rows} rows are out of place; they were not read and not checked."),
    }
}

/// The remark that the wording of rules was not understood.
pub fn unread_rules(language: Language, rules: usize) -> String {
    match language {
        Language::Zh => format!("有 {rules} 项评分标准的写法未能识别，其得分未作计算。"),
        Language::En => format!("The wording of {rules} rules was not understood; nothing was computed from them."),
    }
}

/// The remark that a form weighs its parts otherwise than the nation's standard.
pub fn own_weights(language: Language, weights: Weights) -> String {
    let parts = |weights: Weights| -> Vec<String> {
        weights.parts().map(|(part, weight)| format!("{part}{}", weight.normalize())).collect()
    };
    let (own, usual) = (parts(weights).join("、"), parts(WEIGHTS).join("、"));
    match language {
        Language::Zh => format!("本表权重为{own}；财预〔2020〕10号的一般设置为{usual}，特殊情况可以调整。"),
        Language::En => format!("The weights are {own}; 财预〔2020〕10号 usually sets {usual}, and allows others."),
    }
}

/// Picks the language.
pub fn pick<'w>(language: Language, zh: &'w str, en: &'w str) -> &'w str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
