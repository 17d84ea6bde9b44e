//! A table without figures and the statement that explains it.

use super::{Context, Found, Rule};
use crate::document::{Block, BlockKind, Table};
use crate::facts::{Entry, SheetRow};
use crate::relations::{Truth, WordCheck};
use crate::source::ByteSpan;
use crate::taxonomy::tables::{Money, Subject};
use rustc_hash::FxHashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "blank-table",
    name: ["空表说明", "the statement of an empty table"],
    doc: [
        "政府性基金、国有资本经营、“三公”经费各表没有数据的，应公开空表并说明（本表无数据、没有使用政府性基金预算安排的支出等）。依据：地方预决算公开操作规程（财预〔2016〕143号）及各地公开模板。",
        "A table of 政府性基金, 国有资本经营 or the 三公 without figures is published as it is, with a statement that there is nothing to show. Source: 财预〔2016〕143号 and the provinces' templates.",
    ],
    fails: "一、支出决算情况\n本年支出合计90.00万元，其中：基本支出60.00万元，项目支出30.00万元。\n政府性基金预算财政拨款收入支出决算表\n公开08表\n金额单位：万元\n科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出\t年末结转和结余\n\t合计\t\t\t\t\n注：本表反映收入、支出及结转和结余情况。",
    passes: "一、支出决算情况\n本年支出合计90.00万元，其中：基本支出60.00万元，项目支出30.00万元。\n政府性基金预算财政拨款收入支出决算表\n公开08表\n金额单位：万元\n科目编码\t科目名称\t年初结转和结余\t本年收入\t本年支出\t年末结转和结余\n\t合计\t\t\t\t\n注：本部门没有政府性基金收支，故本表无数据。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let mut said: FxHashMap<&str, bool> = FxHashMap::default();
    for (index, table) in context.document.tables.iter().enumerate() {
        let sheets = || context.reading.sheets.iter().filter(|sheet| sheet.table == index);
        let Some(form) = sheets().find_map(|sheet| sheet.form) else { continue };
        let name = match (form.subject, form.money) {
            (Subject::Sangong, _) => "三公",
            (_, Money::Fund) => "政府性基金",
            (_, Money::Capital) => "国有资本",
            _ => continue,
        };
        let blank = |row: &SheetRow| row.loose.is_empty() && row.entries.iter().all(|entry| *entry == Entry::Blank);
        if sheets().any(|sheet| sheet.rows.is_empty() || !sheet.rows.iter().all(blank)) {
            continue;
        }
        let stated =
            is_stated_below(context, table) || *said.entry(name).or_insert_with(|| is_stated_anywhere(context, name));
        found.words.push(WordCheck {
            rule: RULE.id,
            span: title(context, table),
            operands: Vec::new(),
            holds: stated,
            truth: Some(Truth::BlankTable),
            // Tables that were pasted without the prose may well have their statement there.
            judge: context.facts().next().is_none(),
        });
    }
}

/// Where the title of a table stands; its first cell where that is not clear.
fn title(context: &Context, table: &Table) -> ByteSpan {
    let above = context.document.blocks[..table.block].iter().rev().take(8);
    let titled = |block: &&Block| words(block).split(' ').collect::<String>() == table.caption.title;
    let first = || match &context.document.blocks[table.block].kind {
        BlockKind::Table { rows } => rows.iter().flatten().find(|cell| cell.end > cell.start).copied(),
        _ => None,
    };
    above.into_iter().find(titled).map(|block| block.span).or_else(first).unwrap_or_default()
}

/// Whether words say that there is nothing to show.
fn says_nothing(words: &str) -> bool {
    ["无", "没有", "不涉及", "未涉及", "未发生", "未安排", "未使用", "空", "0"]
        .iter()
        .any(|nothing| words.contains(nothing))
}

fn words(block: &Block) -> String {
    match &block.kind {
        BlockKind::Heading { flow, .. } | BlockKind::Paragraph { flow, .. } => flow.text(0, flow.chars().len()),
        _ => String::new(),
    }
}

/// Whether a note below the table says so.
fn is_stated_below(context: &Context, table: &Table) -> bool {
    let below = context.document.blocks[table.block + 1..].iter().take(4);
    below.take_while(|block| !matches!(block.kind, BlockKind::Table { .. })).any(|block| says_nothing(&words(block)))
}

/// Whether a sentence about this money says so, or the list of tables (是否空表).
fn is_stated_anywhere(context: &Context, name: &str) -> bool {
    context.document.blocks.iter().map(words).any(|words| words.contains(name) && says_nothing(&words))
        || context.document.listed.iter().any(|listed| listed.blank == Some(true) && listed.title.contains(name))
}
