//! Tables that arrive as the space-separated rows of a PDF, with the blank cells gone.

use super::{Panel, Table};
use crate::document::line::Line;
use crate::source::ByteSpan;
use std::ops::Range;

/// A table whose rows know their figures, but not yet the columns of all of them.
#[derive(Debug)]
pub struct Sheet {
    panels: Vec<Panel>,
}

impl Sheet {
    pub fn rows_as_printed(&self) -> Vec<Vec<ByteSpan>> {
        Vec::new()
    }
    pub fn panels(self) -> Vec<Panel> {
        self.panels
    }
}

pub fn read(_text: &str, _lines: &[Line], _region: Range<usize>) -> Option<Sheet> {
    None
}

pub fn settle(_text: &str, _tables: &mut [Table]) {}
