//! Tables that a list of tables names against the tables that are there.

use super::{Context, Found, Rule};
use crate::document::Listed;
use crate::relations::{FactId, Truth, WordCheck};
use crate::taxonomy::tables::{self, Form, Subject};

/// The rule.
pub const RULE: Rule = Rule {
    id: "listed-table",
    name: ["目录所列表格", "listed tables"],
    doc: [
        "目录列出的公开表格应当在文中；“是否空表”填“是”的表不应有数。文中没有表格（另附、见附件）或只有少数表格的，不作认定。依据：地方预决算公开操作规程（财预〔2016〕143号），公开表格无数据的也应列示空表并说明。",
        "The tables that the table of contents lists are there, and one that is called empty (是否空表) holds no figures. Nothing is said where the tables are published apart, or only some of them are there. Source: 财预〔2016〕143号, by which empty tables are published as well.",
    ],
    fails: "目录\n第一部分 决算表\n一、收入决算表\n二、支出决算表\n三、一般公共预算财政拨款支出决算表\n四、一般公共预算财政拨款“三公”经费支出决算表\n五、政府性基金预算财政拨款收入支出决算表\n第一部分 决算表\n收入决算表\n金额单位：万元\n项目\t合计\n合计\t90.00\n支出决算表\n金额单位：万元\n项目\t合计\n合计\t90.00\n一般公共预算财政拨款支出决算表\n金额单位：万元\n项目\t合计\n合计\t90.00\n一般公共预算财政拨款“三公”经费支出决算表\n金额单位：万元\n项目\t合计\n合计\t1.00\n",
    passes: "目录\n第一部分 决算表\n一、收入决算表\n二、支出决算表\n三、一般公共预算财政拨款支出决算表\n四、一般公共预算财政拨款“三公”经费支出决算表\n五、政府性基金预算财政拨款收入支出决算表\n第一部分 决算表\n收入决算表\n金额单位：万元\n项目\t合计\n合计\t90.00\n支出决算表\n金额单位：万元\n项目\t合计\n合计\t90.00\n一般公共预算财政拨款支出决算表\n金额单位：万元\n项目\t合计\n合计\t90.00\n一般公共预算财政拨款“三公”经费支出决算表\n金额单位：万元\n项目\t合计\n合计\t1.00\n政府性基金预算财政拨款收入支出决算表\n金额单位：万元\n本部门没有政府性基金预算收支，故本表无数据。\n",
    find,
};

/// So many of the listed tables must be there for one that is not to be missed.
const THERE: usize = 4;

fn find(context: &Context, found: &mut Found) {
    let listed: Vec<(&Listed, Form)> =
        context.document.listed.iter().filter_map(|listed| Some((listed, tables::form(&listed.title)?))).collect();
    let (there, other): (Vec<_>, Vec<_>) =
        listed.iter().partition(|(_, form)| tables_of(context, *form).next().is_some());
    let mut missing: Vec<&Listed> =
        other.iter().map(|(listed, _)| *listed).filter(|listed| !listed.mentioned).collect();
    if there.len() >= THERE && missing.len() * 3 <= there.len() {
        // A table that stands there without its title may be the one.
        let untitled = context.document.tables.iter().map(|table| &table.caption);
        let untitled =
            untitled.filter(|c| c.title.is_empty()).any(|caption| caption.number.is_some() || caption.scale.is_some());
        // One that two lists name is missed once.
        missing.sort_by_key(|listed| (listed.title.as_str(), listed.span));
        missing.dedup_by_key(|listed| listed.title.as_str());
        found.words.extend(missing.iter().map(|listed| WordCheck {
            rule: RULE.id,
            span: listed.span,
            operands: Vec::new(),
            holds: false,
            truth: Some(Truth::MissingTable),
            judge: untitled,
        }));
    }
    for (listed, form) in listed.iter().filter(|(listed, _)| listed.blank == Some(true)) {
        let amounts: Vec<FactId> = tables_of(context, *form)
            .flat_map(|sheet| context.reading.sheets[sheet].rows.iter().flat_map(|row| &row.entries))
            .filter_map(|entry| entry.fact())
            .filter(|&id| !context.fact(id).quantity.figure.is_zero())
            .take(3)
            .collect();
        let alone = listed_once(context, *form);
        found.words.push(WordCheck {
            rule: RULE.id,
            span: listed.span,
            holds: amounts.is_empty(),
            operands: amounts,
            truth: Some(Truth::NotBlank),
            judge: !alone,
        });
    }
}

/// The sheets of the tables of a form.
fn tables_of<'c>(context: &'c Context, form: Form) -> impl Iterator<Item = usize> + use<'c> {
    let same =
        move |other: Form| other == form || (other.subject == Subject::Sangong && form.subject == Subject::Sangong);
    let sheets = context.reading.sheets.iter().enumerate();
    sheets.filter(move |(_, sheet)| sheet.form.is_some_and(same)).map(|(index, _)| index)
}

/// Whether a form is listed by one title, so that it is clear which table is meant.
fn listed_once(context: &Context, form: Form) -> bool {
    let blank = context.document.listed.iter().filter(|listed| listed.blank.is_some());
    blank.filter(|listed| tables::form(&listed.title) == Some(form)).count() == 1
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::report::Severity;
    use crate::{Options, check};

    fn told(text: &str) -> Vec<(Severity, String)> {
        let report = check(text, &Options::default());
        report.findings.iter().filter(|f| f.rule == RULE.id).map(|f| (f.severity, f.text.clone())).collect()
    }

    #[test]
    fn the_missing_table_is_named_at_its_entry() {
        let name = "政府性基金预算财政拨款收入支出决算表".to_owned();
        assert_eq!(told(RULE.fails), [(Severity::Warning, name)]);
    }

    #[test]
    fn tables_published_apart_are_not_missed() {
        let contents = RULE.fails.split_inclusive('\n').take(7).collect::<String>();
        assert!(told(&format!("{contents}第一部分 决算表\n详见附件。\n")).is_empty());
        let some = RULE.fails.split_inclusive('\n').take(16).collect::<String>();
        assert!(told(&some).is_empty(), "two of five");
    }

    #[test]
    fn a_short_title_within_a_longer_one_is_no_mention() {
        let text = RULE
            .fails
            .replacen("\n支出决算表\n金额", "\n金额", 1)
            .replace("五、政府性基金预算财政拨款收入支出决算表", "五、项目支出决算表");
        assert!(told(&text).is_empty(), "two of five are missed, which says nothing");
        let text = RULE
            .passes
            .replacen("\n支出决算表\n金额单位：万元\n项目\t合计\n合计\t90.00", "", 1)
            .replace("故本表无数据。", "金额单位：万元\n项目\t合计\n合计\t2.00");
        assert_eq!(told(&text), [(Severity::Warning, "支出决算表".to_owned())]);
    }

    #[test]
    fn a_table_called_empty_holds_no_figures() {
        let text = |amount: &str| {
            format!(
                "序号\t内容\t是否空表\n表1\t收入决算表\t否\n表2\t国有资本经营预算财政拨款支出决算表\t是\n\n国有资本经营预算财政拨款支出决算表\n公开09表\n金额单位：万元\n科目编码\t科目名称\t合计\n\t合计\t{amount}\n"
            )
        };
        assert!(told(&text("")).is_empty());
        assert!(told(&text("0.00")).is_empty());
        assert_eq!(told(&text("3.20")), [(Severity::Warning, "国有资本经营预算财政拨款支出决算表".to_owned())]);
    }
}
