//! Every check, held or not: what was verified, and not only what failed.

use std::collections::BTreeSet;

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::findings::{PORTION, use_portion};
use super::inspector::Inspector;
use super::page::{Page, PageProps};
use super::state::{Action, Checked, Outcome, Selection};
use super::words::{fill, rule_name};

/// The list, with its filters.
#[component(Checks)]
pub fn checks(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let listed = page.listed_checks();
    let selected = match page.selection {
        Some(Selection::Check(index)) => Some(index),
        _ => None,
    };
    let (list, shown, more) = use_portion(page, &listed, selected);
    let Some(checked) = &page.checked else { return Html::default() };
    let rest = listed.len() - shown;
    html! {
        <>
            <Filters page={page.clone()} />
            if let Some((start, end)) = page.number {
                <p class="only">
                    { fill(words.with_number, &[checked.offsets.slice(&checked.text, start, end)]) }
                    <button type="button" onclick={page.on(Action::LeaveNumber)}>{ words.all_again }</button>
                </p>
            }
            if listed.is_empty() {
                <p class="nothing">{ if checked.report.checks.is_empty() { words.no_checks } else { words.none_shown } }</p>
            }
            <ol class="list" ref={list}>
                { for listed.iter().take(shown).map(|&index| {
                    html! { <li key={index}>{ row(page, index, checked, selected == Some(index)) }</li> }
                }) }
            </ol>
            if rest > 0 {
                <button type="button" class="more" onclick={more}>{ fill(words.show_more, &[&rest.min(PORTION).to_string()]) }</button>
            }
        </>
    }
}

#[component(Filters)]
fn filters(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let Some(report) = page.report() else { return Html::default() };
    let rules: BTreeSet<&str> = report.checks.iter().map(|check| &*check.rule).collect();
    let by_rule = {
        let send = page.sender();
        move |event: Event| {
            let rule = event.target_unchecked_into::<HtmlSelectElement>().value();
            send.emit(Action::FilterRule((!rule.is_empty()).then_some(rule)));
        }
    };
    let by_outcome = {
        let send = page.sender();
        move |event: Event| {
            let chosen = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let outcome = usize::try_from(chosen - 1).ok().and_then(|chosen| Outcome::ALL.get(chosen)).copied();
            send.emit(Action::FilterOutcome(outcome));
        }
    };
    html! {
        <div class="filters">
            <select aria-label={words.rule} onchange={by_rule}>
                <option value="" selected={page.rule_filter.is_none()}>{ words.any_rule }</option>
                { for rules.into_iter().map(|rule| html! {
                    <option value={rule.to_owned()} selected={page.rule_filter.as_deref() == Some(rule)}>
                        { rule_name(rule, page.language) }
                    </option>
                }) }
            </select>
            <select aria-label={words.status} onchange={by_outcome}>
                <option selected={page.outcome_filter.is_none()}>{ words.any_status }</option>
                { for Outcome::ALL.into_iter().map(|outcome| html! {
                    <option selected={page.outcome_filter == Some(outcome)}>{ words.outcome(outcome) }</option>
                }) }
            </select>
        </div>
    }
}

fn row(page: &Page, index: usize, checked: &Checked, is_open: bool) -> Html {
    let words = page.words();
    let (check, outcome) = (&checked.report.checks[index], checked.outcomes[index]);
    let class = outcome.class();
    let glyph = match outcome {
        Outcome::Pass => "✓",
        Outcome::Rounding => "≈",
        Outcome::Judge => "?",
        Outcome::Fail => "✕",
    };
    let against = match outcome {
        Outcome::Pass => None,
        Outcome::Rounding => Some((words.about, "≈")),
        // What the others come to; which of them all is wrong is for the findings to say.
        Outcome::Judge | Outcome::Fail if check.expected.starts_with(['≤', '≥']) => Some((words.differs, "")),
        Outcome::Judge | Outcome::Fail => Some((words.differs, "≠")),
    };
    html! {
        <article class={classes!("card", class, is_open.then_some("open"))}>
            <button type="button" class="card-head" aria-expanded={is_open.to_string()}
                onclick={page.on(Action::Select(Selection::Check(index)))}>
                <span class="card-grid">
                    <span class={classes!("badge", class)} role="img" aria-label={words.outcome(outcome)}>{ glyph }</span>
                    <span class="figures">
                        <span class="stated">{ &check.stated }</span>
                        if let Some((name, sign)) = against.filter(|_| !check.expected.is_empty()) {
                            <span class="arrow" role="img" aria-label={name}>{ sign }</span>
                            <span class="computed">{ &check.expected }</span>
                        }
                    </span>
                    <span class="line">{ fill(words.line, &[&check.result.span.line.to_string()]) }</span>
                    <span class="message"><span class="rule">{ rule_name(&check.rule, page.language) }</span>{ &check.formula }</span>
                </span>
            </button>
            if is_open {
                <Inspector page={page.clone()} />
            }
        </article>
    }
}
