//! The arithmetic behind what is looked at, in the report's own numbers. Each number leads to where it stands.

use yew::prelude::*;

use super::page::PageProps;
use super::state::Action;
use super::words::fill;
use crate::report::Status;

/// So many numbers are listed at first.
const PLACES: usize = 12;

/// The formula, the stated and the expected value, and a row for every number involved.
#[component(Inspector)]
pub fn inspector(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let all = use_state(|| None);
    let Some(inspection) = page.inspection() else { return Html::default() };
    // Long sums are read in the document: the list shows how they begin.
    let shown = if *all == page.selection { usize::MAX } else { PLACES };
    let show_all = {
        let (all, selection) = (all.clone(), page.selection);
        move |_: MouseEvent| all.set(selection)
    };
    let differs = inspection.status != Some(Status::Pass);
    html! {
        <div class="inspector">
            if !inspection.formula.is_empty() {
                <p class="formula">
                    <span class="term">{ words.formula }</span>
                    <span class="value">{ &inspection.formula }</span>
                    if let Some(joint) = inspection.joint() {
                        <span class="value">{ joint }<b>{ &inspection.expected }</b></span>
                    }
                    if differs && !inspection.stated.is_empty() {
                        <span class="against">{ words.stated }{ " " }<b>{ &inspection.stated }</b></span>
                    }
                </p>
            }
            <ul class="places" aria-label={words.places}>
                { for inspection.rows.iter().enumerate().take(shown).map(|(place, row)| html! {
                    <li>
                        <button type="button" class={classes!("place", (place == 0).then_some("own"))} onclick={page.on(Action::Jump(place))}>
                            <span class="place-grid">
                                <span class="role">{ words.role(row.role) }</span>
                                <span class="lead">{ &row.lead }</span>
                                <b class="figure">{ &row.text }</b>
                                <span class="line">{ fill(words.line, &[&row.span.line.to_string()]) }</span>
                            </span>
                        </button>
                    </li>
                }) }
            </ul>
            if inspection.rows.len() > shown {
                <button type="button" class="more" onclick={show_all}>
                    { fill(words.show_all, &[&inspection.rows.len().to_string()]) }
                </button>
            }
        </div>
    }
}
