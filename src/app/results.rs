//! The right pane: the summary, and below it the view that is chosen.

use yew::prelude::*;

use super::charts::ChartList;
use super::checks::Checks;
use super::findings::Findings;
use super::page::PageProps;
use super::scorecards::Scorecards;
use super::state::{Action, Tab};
use super::summary::SummaryView;
use super::words::place;
use crate::rules::RULES;

/// The right pane.
#[component(Results)]
pub fn results(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let Some(report) = page.report() else {
        if page.is_checking() {
            return html! { <p class="nothing">{ words.checking }</p> };
        }
        return html! {
            <div class="nothing">
                <p>{ words.nothing_yet }</p>
                <ul>{ for RULES.iter().map(|rule| html! { <li>{ rule.name[place(page.language)] }</li> }) }</ul>
            </div>
        };
    };
    let tabs = [
        (Tab::Findings, words.findings, page.listed_findings().len(), true),
        (Tab::Checks, words.all_checks, report.checks.len(), true),
        (Tab::Scorecards, words.scorecards, report.scorecards.len(), !report.scorecards.is_empty()),
        (
            Tab::Charts,
            words.charts,
            report.charts.structures.len() + report.charts.changes.len(),
            !report.charts.is_empty(),
        ),
    ];
    html! {
        <>
            <SummaryView page={page.clone()} />
            <div class="tabs" role="tablist">
                { for tabs.into_iter().filter(|tab| tab.3).map(|(tab, name, count, _)| html! {
                    <button type="button" role="tab" aria-selected={(page.tab == tab).to_string()} onclick={page.on(Action::Tab(tab))}>
                        { name }<span class="count">{ count }</span>
                    </button>
                }) }
            </div>
            <div class="view" role="tabpanel">
                { match page.tab {
                    Tab::Findings => html! { <Findings page={page.clone()} /> },
                    Tab::Checks => html! { <Checks page={page.clone()} /> },
                    Tab::Charts => html! { <ChartList page={page.clone()} /> },
                    Tab::Scorecards => html! { <Scorecards page={page.clone()} /> },
                } }
            </div>
        </>
    }
}
