//! A table of the document. Its head stays in sight while its rows are scrolled; a table that is wider than the sheet scrolls by itself.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::block::{SliceProps, content, severity_class};
use super::layout::{self, MarkKind, Stretch, Table};

/// The most that a head may take of the height, in pixels: of a higher one only the lowest rows stay.
const HEAD: i32 = 160;

/// Draws a table.
pub fn draw_table(props: &SliceProps, table: &Table) -> Html {
    let row = |cells: &Vec<Stretch>, is_head: bool| {
        // A row of one cell is a title or a note to the table.
        let span = (cells.len() == 1 && table.columns > 1).then(|| table.columns.to_string());
        let missing = if span.is_some() { 0 } else { table.columns.saturating_sub(cells.len()) };
        html! {
            <tr>
                { for cells.iter().enumerate().map(|(column, cell)| {
                    let (start, end) = (cell.start.to_string(), cell.end.to_string());
                    // The first column holds names, or codes, which are no amounts.
                    let number = layout::is_number(&cell.text).then_some(if column > 0 { "number" } else { "code" });
                    let class = classes!(number, state(props, cell));
                    if is_head {
                        html! { <th scope="col" {class} colspan={span.clone()} data-start={start} data-end={end}>{ content(props, cell) }</th> }
                    } else {
                        html! { <td {class} colspan={span.clone()} data-start={start} data-end={end}>{ content(props, cell) }</td> }
                    }
                }) }
                if missing > 0 {
                    <td colspan={missing.to_string()} />
                }
            </tr>
        }
    };
    let (head, body) = table.rows.split_at(table.head);
    html! {
        <div class="table">
            <table>
                if !head.is_empty() {
                    <thead>{ for head.iter().map(|cells| row(cells, true)) }</thead>
                }
                <tbody>{ for body.iter().map(|cells| row(cells, false)) }</tbody>
            </table>
        </div>
    }
}

/// What is to be seen of a whole cell: that it is looked at, that the one looked at was held against it, or that it fails.
fn state(props: &SliceProps, cell: &Stretch) -> Classes {
    let nearest = props.emphasis.iter().filter(|emphasis| emphasis.touches(cell)).map(|emphasis| emphasis.place).min();
    let weightiest = cell.marks.iter().map(|mark| mark.kind).min();
    classes!(
        nearest.map(|place| if place == 0 { "at-chosen" } else { "at-related" }),
        match weightiest {
            Some(MarkKind::Finding(severity, _)) => vec!["failing", severity_class(severity)],
            _ => Vec::new(),
        }
    )
}

/// Lets every table under `root` scroll by itself where it is wider than its place, and stacks the rows of its head.
pub fn fit(root: &Element) {
    for frame in elements(root, ".table") {
        frame.set_class_name("table");
        if frame.scroll_width() > frame.client_width() {
            frame.set_class_name("table wide");
        }
        let rows: Vec<HtmlElement> = elements(&frame, "thead tr");
        let heights: Vec<i32> = rows.iter().map(HtmlElement::offset_height).collect();
        // Titles scroll away.
        let titles = rows.iter().take_while(|row| row.child_element_count() < 2).count();
        let mut skipped = titles.min(rows.len().saturating_sub(1));
        while heights[skipped..].iter().sum::<i32>() > HEAD {
            skipped += 1;
        }
        for (index, row) in rows.iter().enumerate() {
            let top = heights.get(skipped..index).map(|above| above.iter().sum::<i32>());
            for cell in elements(row, "th") {
                let style = cell.style();
                // A style that is refused leaves a head that scrolls away.
                let _ = match top {
                    Some(top) => style.set_property("top", &format!("{top}px")),
                    None => style.set_property("position", "static"),
                };
            }
        }
    }
}

fn elements(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}
