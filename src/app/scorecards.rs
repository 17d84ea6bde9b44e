//! The scoring tables of a performance self-evaluation.

use yew::prelude::*;

use super::page::PageProps;

/// The scoring tables that were read.
#[component(Scorecards)]
pub fn scorecards(PageProps { page }: &PageProps) -> Html {
    let cards = page.report().map_or(&[][..], |report| &report.scorecards);
    html! {
        <ul class="scorecards">
            { for cards.iter().map(|card| html! { <li>{ &card.title }</li> }) }
        </ul>
    }
}
