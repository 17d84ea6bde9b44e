//! The table of contents: it repeats the headings that come, and opens no sections.

use super::flow::Flow;
use super::marker::Marker;
use std::collections::HashSet;

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
