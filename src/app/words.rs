//! Every word of the page, in both languages side by side. The core words its own messages; these are the page's.

use crate::report::{Indicator, Language, ScoreMethod, ScoreStatus, Severity};
use crate::rules;

use super::inspection::Role;
use super::state::{Notice, Outcome};

macro_rules! words {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// The words of one language. `{}` in a word stands for what [`fill`] puts there.
        #[expect(missing_docs, reason = "the words say it themselves")]
        #[derive(Debug, PartialEq, Eq)]
        pub struct Words {
            $(pub $name: &'static str,)*
        }

        static ZH: Words = Words { $($name: $zh,)* };
        static EN: Words = Words { $($name: $en,)* };

        #[cfg(test)]
        static PAIRS: &[(&str, &str, &str)] = &[$((stringify!($name), $zh, $en),)*];
    };
}

words! {
    lang: "zh-CN", "en";
    brand: "勾稽", "Gouji";
    tagline: "决算与绩效自评数字核对", "Checks the figures of final accounts";
    other_language: "English", "中文";
    other_language_label: "Switch to English", "切换到中文";

    open: "打开文件", "Open file";
    examples: "示例", "Examples";
    clear: "清空", "Clear";
    undo: "撤销", "Undo";
    redo: "重做", "Redo";
    export: "导出", "Export";
    export_json: "核对结果 JSON", "Report as JSON";
    export_text: "修改后的全文", "Document as text";
    copy_findings: "复制发现清单", "Copy findings";
    print: "打印发现清单", "Print findings";
    help: "帮助", "Help";
    help_key: "帮助（?）", "Help (?)";
    close: "关闭", "Close";
    drop_here: "松开鼠标，打开这个文件", "Drop to open this file";

    document: "文稿", "Document";
    edit: "编辑原文", "Edit text";
    edit_done: "完成编辑", "Done editing";
    edit_hint: "双击一段或一格可就地修改", "Double-click a paragraph or a cell to edit it in place";
    edit_label: "报告原文", "Text of the report";
    rewrite_label: "修改这一段，失去焦点即生效，Esc 放弃", "Edit this passage; leaving it applies the change, Esc discards it";
    paste_here: "在此粘贴部门决算公开或绩效自评报告的全文", "Paste the full text of a final-accounts or self-evaluation report here";
    paste_hint: "也可以打开或拖入 .txt 或 .json 文件。全部在本机计算，不联网，不上传。先看一份示例：", "Or open or drop a .txt or .json file. Everything is computed on this machine; nothing is sent anywhere. Or try an example:";
    characters: "{} 字", "{} characters";
    checking: "正在核对…", "Checking…";
    checked: "已核对", "Checked";
    untitled: "未命名文稿", "Untitled document";

    results: "核对结果", "Results";
    checked_count: "已核对 {} 项", "{} checks";
    rounding: "尾差", "Rounding";
    share_label: "相符 {} 项，尾差 {} 项，待判断 {} 项，不符 {} 项", "{} agree, {} within rounding, {} for a person to judge, {} disagree";
    nothing_yet: "核对结果会显示在这里。凡能由其他数字算出的，都会重算一遍：", "Results will appear here. Every figure that others determine is recomputed:";
    structure: "{} 个标题 · {} 张表", "{} headings · {} tables";

    error: "错误", "Error";
    warning: "警告", "Warning";
    info: "提示", "Note";
    errors: "错误", "Errors";
    warnings: "警告", "Warnings";
    infos: "提示", "Notes";
    ignored: "已忽略", "Ignored";
    filter_label: "按程度筛选", "Filter by severity";

    findings: "发现", "Findings";
    all_checks: "全部核对", "All checks";
    scorecards: "绩效评分", "Scorecards";
    charts: "图表", "Charts";
    charts_about: "按文稿中核对相符的数字绘制，点击可在文稿中定位。金额为零的不画。", "Drawn from figures that agree; click to find them in the document. Zeros are left out.";
    chart_changes: "与上年相比", "Against the year before";
    chart_now: "本年", "This year";
    chart_before: "上年", "Year before";
    no_findings: "没有发现问题：{} 项核对全部成立。", "Nothing found: all {} checks hold.";
    no_checks: "没有找到可以核对的数字。请确认粘贴的是带数字的报告正文。", "No figures that could be checked were found. Make sure that the text holds the report's figures.";
    none_shown: "当前筛选下没有要显示的内容。", "Nothing to show with this filter.";
    show_more: "再显示 {} 条", "Show {} more";
    line: "第 {} 行", "line {}";
    with_number: "只列与 {} 有关的核对", "Only checks on {}";
    all_again: "列出全部", "List all";
    show_all: "全部 {} 个数字", "All {} figures";

    rule: "规则", "Rule";
    any_rule: "全部规则", "All rules";
    status: "结论", "Verdict";
    any_status: "全部结论", "All verdicts";
    pass: "相符", "Agrees";
    to_judge: "待判断", "To judge";
    fail: "不符", "Disagrees";

    stated: "文中", "Stated";
    expected: "应为", "Expected";
    parts_make: "各部分合计 {}", "parts make {}";
    limit: "应 {}", "must be {}";
    comes_to: "算得 {}", "computed {}";
    differs: "不等于", "is not";
    about: "约等于", "is about";
    formula: "算式", "Formula";
    places: "涉及的数字（点击跳转）", "Figures involved (click to jump)";
    role_stated: "本数", "This figure";
    role_result: "结果", "Result";
    role_operand: "算数", "Operand";
    role_related: "相关", "Related";

    role_weight: "权重", "Weight";
    role_target: "目标", "Target";
    role_actual: "实际", "Actual";
    role_criterion: "标准", "Criterion";

    card_untitled: "评分表", "Scorecard";
    card_counts: "{} 项指标，{} 项按标准算得出", "{} indicators, {} computed by their rules";
    card_failing: "{} 处不符", "{} disagree";
    score: "得分", "Score";
    computed: "应得", "Computed";
    rows_make: "各行合计 {}", "rows make {}";
    total: "总分", "Total";
    unnamed: "（名称未读出）", "(name not read)";
    no_total: "未写总分", "No total stated";
    gauge: "总分 {}，满分 {}", "Total {} of {}";
    bar: "权重 {}，得分 {}", "Weight {}, score {}";
    what_if: "试算", "What if";
    what_if_end: "结束试算", "End";
    what_if_hint: "改动实际值或得分，看总分怎样变。只在这里试算，不改文稿。", "Change an actual or a score and see the total move. The document is not touched.";
    what_if_total: "试算总分 {}（{}）", "Total would be {} ({})";
    what_if_unknown: "按这个实际值算不出得分，请直接填得分", "No score follows from this; enter the score itself";
    band: "等级：{}", "Band: {}";
    band_own: "（按文中标准）", " (by the document's own bands)";
    derived: "空缺，可算出", "Empty; computed";
    unscored: "未评分", "Not scored";
    judge: "需人工判断", "For a person to judge";
    unread: "未能读出", "Not read with certainty";
    unread_rule: "评分标准未能识别", "Rule not understood";
    met: "已达标", "Met";
    unmet: "未达标", "Not met";

    fix: "改为 {}", "Change to {}";
    fix_title: "采用修改（A）", "Apply the fix (A)";
    ignore: "忽略", "Ignore";
    ignore_title: "忽略这一条（I）", "Ignore this finding (I)";
    ignore_reason: "忽略的理由（可不填）", "Reason (optional)";
    ignore_confirm: "忽略", "Ignore";
    cancel: "取消", "Cancel";
    restore: "恢复", "Restore";
    reason_given: "理由：{}", "Reason: {}";

    fixed: "已将“{}”改为“{}”。", "Changed “{}” to “{}”.";
    undone: "已撤销。", "Undone.";
    redone: "已重做。", "Redone.";
    cleared: "已清空文稿。", "The document was cleared.";
    replaced: "已换成新的文稿。", "Another document was opened.";
    ignored_done: "已忽略，可在“已忽略”里恢复。", "Ignored; it can be restored under “Ignored”.";
    fix_gone: "这里的文字已经改动，请等核对完成后再采用。", "The text here has changed; wait for the new check, then apply the fix.";
    copied: "已复制 {} 条发现。", "Copied {} findings.";
    copy_failed: "浏览器不允许复制，请改用导出。", "The browser refused to copy; use the export instead.";
    paste_refused: "已有文稿。要换一份，请先清空；要修改，请点“编辑原文”。", "There is a document already. Clear it to paste another one, or use “Edit text” to change it.";
    unreadable: "浏览器读不了这个文件，没有打开。", "The browser could not read this file, so it was not opened.";
    empty_file: "文件里没有文字，没有打开。", "The file holds no text, so it was not opened.";
    faults: "JSON 没有打开，有 {} 处须改：\n{}", "The JSON was not opened; {} things in it must be mended:\n{}";
    nothing_pasted: "剪贴板里没有文字。", "The clipboard holds no text.";
    not_saved: "浏览器没能生成文件。", "The browser could not make the file.";
    not_stored: "文稿太长或浏览器不许保存：刷新页面后它不会保留，请及时导出。", "The browser will not keep this document: it will be gone after a reload. Export it in time.";
    check_failed: "这次核对没有完成（{}）。文稿没有丢失，改动后会再次核对。", "The check did not finish ({}). The document is safe; it is checked again after the next change.";

    help_what: "它核对什么", "What is checked";
    help_intro: "勾稽把报告里能够相互印证的数字逐一重算：文中的、表里的、评分的。凡是算得出的都算，不论成立与否都列在“全部核对”里。", "Gouji recomputes every figure of the report that others determine: in the prose, in the tables, in the scores. Whatever can be computed is listed under “All checks”, held or not.";
    help_rounding: "印出的数字代表舍入到它的一段区间：区间相交而末位不同是尾差，不算错；不能相交才是不符。", "A printed number stands for all values that round to it. Where the intervals meet and the last digits differ, that is rounding and no error; only where they cannot meet do figures disagree.";
    help_marks: "标记", "Marks";
    help_error: "错误：算术上不可能成立", "Error: arithmetic rules it out";
    help_warning: "警告：文字与数字不符，多半是笔误", "Warning: words against numbers, a likely slip";
    help_info: "提示：尾差，或需要人来判断", "Note: rounding, or something for a person to judge";
    help_pass: "点线：已核对的数字。参与核对的数字都可以点，看它与哪些数字核对、怎样核对", "Dotted: a figure that was checked. Click any figure that takes part in a check to see which others, and how";
    help_keys: "键盘", "Keyboard";
    key_walk: "下一条 / 上一条", "Next / previous";
    key_jump: "在文稿中定位", "Show it in the document";
    key_fix: "采用修改", "Apply the fix";
    key_ignore: "忽略", "Ignore";
    key_undo: "撤销 / 重做", "Undo / redo";
    key_escape: "关闭、取消", "Close, cancel";
    key_help: "打开帮助", "Open this help";
    help_privacy: "隐私", "Privacy";
    help_privacy_text: "全部计算都在本机的浏览器里完成，页面不发出任何网络请求。文稿和忽略记录只存在这个浏览器里，“清空”即删除。", "Everything is computed in this browser; the page makes no network request. The document and the list of ignored findings are kept in this browser only; “Clear” removes the document.";
}

/// The words of a language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::Zh => &ZH,
        Language::En => &EN,
    }
}

/// The name of a rule; its id where the registry does not know it, as in a report made by a newer version.
pub fn rule_name(id: &str, language: Language) -> &str {
    rules::rule(id).map_or(id, |rule| rule.name[place(language)])
}

/// Which of a rule's two texts is in a language.
pub fn place(language: Language) -> usize {
    match language {
        Language::Zh => 0,
        Language::En => 1,
    }
}

/// Puts values in place of each `{}` of a template, in order.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        filled.push_str(values.get(index).copied().unwrap_or_default());
        filled.push_str(part);
    }
    filled
}

impl Words {
    /// A severity.
    pub fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Info => self.info,
        }
    }

    /// How a check came out.
    pub fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Pass => self.pass,
            Outcome::Rounding => self.rounding,
            Outcome::Judge => self.to_judge,
            Outcome::Fail => self.fail,
        }
    }

    /// How a score was looked at.
    pub fn score_status(&self, indicator: &Indicator) -> &'static str {
        match indicator.status {
            ScoreStatus::Unscored | ScoreStatus::Judge if indicator.method == ScoreMethod::Unread => self.unread_rule,
            ScoreStatus::Pass => self.pass,
            ScoreStatus::Rounding => self.rounding,
            ScoreStatus::Fail => self.fail,
            ScoreStatus::Derived => self.derived,
            ScoreStatus::Unscored => self.unscored,
            ScoreStatus::Judge => self.judge,
            ScoreStatus::Unread => self.unread,
        }
    }

    /// What a number is to a relation.
    pub fn role(&self, role: Role) -> &'static str {
        match role {
            Role::Stated => self.role_stated,
            Role::Result => self.role_result,
            Role::Operand => self.role_operand,
            Role::Related => self.role_related,
            Role::Weight => self.role_weight,
            Role::Target => self.role_target,
            Role::Actual => self.role_actual,
            Role::Criterion => self.role_criterion,
        }
    }

    /// The language of these words.
    fn language(&self) -> Language {
        if *self == EN { Language::En } else { Language::Zh }
    }

    /// A notice, as a sentence.
    pub fn notice(&self, notice: &Notice) -> String {
        match notice {
            Notice::Fixed { from, to } => fill(self.fixed, &[from, to]),
            Notice::Undone => self.undone.to_owned(),
            Notice::Redone => self.redone.to_owned(),
            Notice::Cleared => self.cleared.to_owned(),
            Notice::Replaced => self.replaced.to_owned(),
            Notice::Ignored => self.ignored_done.to_owned(),
            Notice::FixGone => self.fix_gone.to_owned(),
            Notice::Copied(count) => fill(self.copied, &[&count.to_string()]),
            Notice::CopyFailed => self.copy_failed.to_owned(),
            Notice::PasteRefused => self.paste_refused.to_owned(),
            Notice::Refused(refusal) => refusal.message(self.language()),
            Notice::Unreadable => self.unreadable.to_owned(),
            Notice::EmptyFile => self.empty_file.to_owned(),
            Notice::Faults(faults) => {
                let told: Vec<String> = faults.iter().take(3).map(|fault| fault.message(self.language())).collect();
                fill(self.faults, &[&faults.len().to_string(), &told.join("\n")])
            }
            Notice::NothingPasted => self.nothing_pasted.to_owned(),
            Notice::NotSaved => self.not_saved.to_owned(),
            Notice::NotStored => self.not_stored.to_owned(),
            Notice::CheckFailed(reason) => fill(self.check_failed, &[reason]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Refusal;

    #[test]
    fn both_languages_say_as_much() {
        for (name, zh, en) in PAIRS {
            assert!(!zh.is_empty() && !en.is_empty(), "{name} is empty");
            assert_eq!(zh.matches("{}").count(), en.matches("{}").count(), "{name} is filled differently");
        }
    }

    #[test]
    fn rules_go_by_their_names() {
        assert_eq!(rule_name("share", Language::Zh), "占比");
        assert_eq!(rule_name("of-tomorrow", Language::En), "of-tomorrow");
    }

    #[test]
    fn templates_are_filled_in_order() {
        assert_eq!(fill(words(Language::Zh).fixed, &["1", "2"]), "已将“1”改为“2”。");
        assert_eq!(fill("{}", &[]), "");
        let refused = words(Language::En).notice(&Notice::Refused(Refusal::Binary));
        assert_eq!(refused, "This file is no text and was not opened.");
    }
}
