//! The table of contents: it repeats the headings that come, and opens no sections. What it lists of tables is kept, as is the list of
//! tables with a column 是否空表 that some provinces print.

use super::flow::Flow;
use super::marker::Marker;
use super::table;
use super::{Block, BlockKind};
use crate::source::ByteSpan;
use std::collections::HashSet;

/// A table that a list of tables names.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its title.
    pub title: String,
    /// Where it is listed.
    pub span: ByteSpan,
    /// Whether the list calls it empty (是否空表); none where the list does not say.
    pub blank: Option<bool>,
    /// Whether its title stands anywhere outside of the lists.
    pub mentioned: bool,
}

/// The table that an entry of a table of contents names: 二、收入决算表......31.
pub fn entry(flow: &Flow, marker: Option<Marker>) -> Option<Listed> {
    let is_lead = |c: &char| matches!(c, '-' | ' ');
    let is_leader = |c: &char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | ' ');
    let chars = flow.chars();
    let numbered = marker.map_or(0, |marker| marker.len);
    let start = numbered + chars[numbered..].iter().take_while(|c| is_lead(c)).count();
    let end = chars.len() - chars[start..].iter().rev().take_while(|c| is_leader(c)).count();
    let title = flow.text(start, end);
    names_table(&title).then(|| Listed { title, span: flow.span(start, end), blank: None, mentioned: false })
}

/// A title in a list of tables may join two things (会议费、培训费), which one in running text seldom does.
fn names_table(title: &str) -> bool {
    table::is_title(&title.replace('、', ""))
}

/// The tables that rows of 是否空表 name.
pub fn declared(text: &str, blocks: &[Block]) -> Vec<Listed> {
    let mut listed = Vec::new();
    for block in blocks {
        let BlockKind::Table { rows } = &block.kind else { continue };
        let read = |span: &ByteSpan| table::plain(text, *span);
        let asks = |row: &Vec<ByteSpan>| row.iter().position(|cell| read(cell) == "是否空表");
        let Some((head, column)) = rows.iter().take(3).enumerate().find_map(|(at, row)| Some((at, asks(row)?))) else {
            continue;
        };
        for row in &rows[head + 1..] {
            let blank = match row.get(column).map(read).as_deref() {
                Some("是") => true,
                Some("否") => false,
                _ => continue,
            };
            let title = row[..column].iter().find(|cell| names_table(&read(cell)));
            listed.extend(title.map(|&span| Listed {
                title: read(&span).into_owned(),
                span,
                blank: Some(blank),
                mentioned: false,
            }));
        }
    }
    listed
}

/// Looks for each title outside of the lists. Signs and spaces between its characters do not count.
pub fn mention(text: &str, listed: &mut Vec<Listed>) {
    if listed.is_empty() {
        return;
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut outside = String::new();
    let mut from = 0;
    listed.sort_by_key(|listed| listed.span.start);
    listed.truncate(MOST);
    for entry in listed.iter() {
        outside.push_str(&bare(&text[from..entry.span.start.max(from)]));
        // What stands on both sides of an entry is no title together.
        outside.push('\n');
        from = from.max(entry.span.end);
    }
    outside.push_str(&bare(&text[from..]));
    // 支出决算表 within 一般公共预算财政拨款支出决算表 is no mention of it: the longer titles are looked for first, and taken out.
    let mut titles: Vec<String> = listed.iter().map(|entry| bare(&entry.title)).collect();
    titles.sort_by_key(|title| std::cmp::Reverse(title.len()));
    titles.dedup();
    for title in titles {
        let mentioned = outside.contains(&title);
        if mentioned {
            outside = outside.replace(&title, "\n");
        }
        listed.iter_mut().filter(|entry| bare(&entry.title) == title).for_each(|entry| entry.mentioned = mentioned);
    }
}

/// No document lists more tables; a text that seems to is not searched for all of them.
const MOST: usize = 40;

/// The entries of a table of contents that is being read.
#[derive(Debug, Default)]
pub struct Contents {
    entries: HashSet<String>,
}

/// An entry is no longer than this; a longer line belongs to the text.
const LONGEST_ENTRY: usize = 45;

impl Contents {
    /// Whether a line is the head of a table of contents.
    pub fn opens(flow: &Flow) -> bool {
        matches!(flow.chars(), ['目', '录'] | ['目', '次'])
    }

    /// Takes a line as an entry. It is none where the table has ended: where an entry comes again, or where a sentence begins.
    pub fn takes(&mut self, flow: &Flow, marker: Option<Marker>) -> bool {
        let chars = flow.chars();
        if chars.len() > LONGEST_ENTRY || chars.iter().any(|c| matches!(c, '。' | '；')) {
            return false;
        }
        // 第二部分 comes once in the table and once in the text, whatever words stand behind it.
        let key = match marker {
            Some(marker) if marker.level == 1 => flow.text(0, marker.len),
            _ => flow.text(0, chars.len()),
        };
        let entry = key
            .trim_start_matches('-')
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | ' '));
        self.entries.insert(entry.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, BlockKind, Document};
    use crate::source::Source;

    #[test]
    fn entries_open_no_sections() {
        let text = "目 录\n第一部分 概况\n一、职责\n第二部分 说明\n一、收入......3\n第一部分 概况\n一、职责\n负责供水。\n第二部分 说明\n一、收入\n收入1万元。";
        let document = Document::read(&Source::new(text));
        let titles: Vec<&str> = document.sections.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["", "概况", "职责", "说明", "收入"]);
        let furniture = |block: &&Block| matches!(block.kind, BlockKind::Furniture);
        assert_eq!(document.blocks.iter().filter(furniture).count(), 5);
    }
}
