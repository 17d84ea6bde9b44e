//! The list of findings. The one that is looked at opens to show how it was found and what can be done.

use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::dom;
use super::inspector::Inspector;
use super::page::{Page, PageProps};
use super::remark::Remark;
use super::state::{Action, Selection};
use super::words::{fill, rule_name};
use crate::report::{Finding, Severity};

/// Items that a list shows at first, and again with each wish for more.
pub const PORTION: usize = 200;

/// The list.
#[component(Findings)]
pub fn findings(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let listed = page.listed_findings();
    let selected = match page.selection {
        Some(Selection::Finding(index)) => Some(index),
        _ => None,
    };
    let (list, shown, more) = use_portion(page, &listed, selected);
    let Some(report) = page.report() else { return Html::default() };
    if listed.is_empty() {
        let says = if report.checks.is_empty() && report.findings.is_empty() {
            words.no_checks.to_owned()
        } else if report.findings.is_empty() {
            fill(words.no_findings, &[&report.checks.len().to_string()])
        } else {
            words.none_shown.to_owned()
        };
        return html! { <p class="nothing">{ says }</p> };
    }
    let rest = listed.len() - shown;
    html! {
        <>
            <ol class="list" ref={list}>
                { for listed.iter().take(shown).map(|&index| {
                    html! { <li key={index}>{ card(page, index, &report.findings[index], selected == Some(index)) }</li> }
                }) }
            </ol>
            if rest > 0 {
                <button type="button" class="more" onclick={more}>{ fill(words.show_more, &[&rest.min(PORTION).to_string()]) }</button>
            }
        </>
    }
}

/// How much of a list is shown, always with what is selected.
#[hook]
pub fn use_portion(page: &Page, listed: &[usize], selected: Option<usize>) -> (NodeRef, usize, Callback<MouseEvent>) {
    let list = use_reveal(page);
    let limit = use_state(|| PORTION);
    let position = selected.and_then(|selected| listed.iter().position(|&index| index == selected));
    let shown = (*limit).max(position.map_or(0, |position| position + 1)).min(listed.len());
    {
        let limit = limit.clone();
        use_effect_with(page.generation, move |_| limit.set(PORTION));
    }
    let more = {
        let limit = limit.clone();
        Callback::from(move |_| limit.set(shown + PORTION))
    };
    (list, shown, more)
}

/// The list whose open item is scrolled to when the state asks for it.
#[hook]
pub fn use_reveal(page: &Page) -> NodeRef {
    let list = use_node_ref();
    let for_frame = list.clone();
    use_effect_with((page.reveal, page.selection), move |_| {
        let frame = gloo_render::request_animation_frame(move |_| {
            let Some(list) = for_frame.cast::<Element>() else { return };
            let Ok(Some(current)) = list.query_selector(".card-head[aria-expanded='true']") else { return };
            let pane = list.closest(".view").ok().flatten();
            let (Some(pane), Some(card)) = (pane, current.closest("li").ok().flatten()) else { return };
            dom::show(&pane, &card);
            // Walking through the list takes a reader's focus along, unless it is at work elsewhere.
            let active = dom::document().active_element();
            if active.is_none_or(|active| active.tag_name() == "BODY" || list.contains(Some(&active))) {
                dom::focus(current);
            }
        });
        move || drop(frame)
    });
    list
}

fn card(page: &Page, index: usize, finding: &Finding, is_open: bool) -> Html {
    let words = page.words();
    let (class, glyph) = match finding.severity {
        Severity::Error => ("error", "✕"),
        Severity::Warning => ("warning", "!"),
        Severity::Info => ("info", "i"),
    };
    let rule = rule_name(&finding.rule, page.language);
    let selection = Selection::Finding(index);
    html! {
        <article class={classes!("card", class, is_open.then_some("open"))}>
            <button type="button" class="card-head" aria-expanded={is_open.to_string()} onclick={page.on(Action::Select(selection))}>
                <span class="card-grid">
                    <span class={classes!("badge", class)} role="img" aria-label={words.severity(finding.severity)}>{ glyph }</span>
                    <span class="figures">
                        { figures(page, finding) }
                    </span>
                    <span class="line">{ fill(words.line, &[&finding.span.line.to_string()]) }</span>
                    <span class="message">
                        if !finding.message.starts_with(rule) {
                            <span class="rule">{ rule }</span>
                        }
                        { &finding.message }
                    </span>
                </span>
            </button>
            if is_open {
                <Inspector page={page.clone()} />
                { actions(page, index, finding) }
            }
        </article>
    }
}

/// The number, and beside it what it should be. Only a number that is wrong for certain is struck out.
fn figures(page: &Page, finding: &Finding) -> Html {
    let words = page.words();
    match page.report().and_then(|report| Remark::of(report, finding)) {
        Some(Remark::Should(value)) => html! {
            <>
                <span class={classes!("stated", (finding.severity == Severity::Error).then_some("struck"))}>{ &finding.stated }</span>
                <span class="arrow" aria-label={words.expected}>{ "→" }</span>
                <span class="expected">{ value }</span>
            </>
        },
        remark => html! {
            <>
                <span class="stated">{ &finding.stated }</span>
                if let Some(remark) = remark {
                    <span class="remark">{ remark.say(words) }</span>
                }
            </>
        },
    }
}

fn actions(page: &Page, index: usize, finding: &Finding) -> Html {
    let words = page.words();
    if let Some(reason) = page.ignored_for(index) {
        return html! {
            <div class="actions">
                if !reason.is_empty() {
                    <span class="reason">{ fill(words.reason_given, &[reason]) }</span>
                }
                <button type="button" onclick={page.on(Action::Restore(index))}>{ words.restore }</button>
            </div>
        };
    }
    if page.ignoring == Some(index) {
        return html! { <Reason page={page.clone()} finding={index} /> };
    }
    html! {
        <div class="actions">
            if let Some(fix) = &finding.fix {
                <button type="button" class="fix" title={words.fix_title} onclick={page.on(Action::Fix(index))}>
                    { fill(words.fix, &[&fix.replacement]) }
                </button>
            }
            <button type="button" class="ignore" title={words.ignore_title} onclick={page.on(Action::AskIgnore(Some(index)))}>
                { words.ignore }
            </button>
            if let Some(fix) = &finding.fix {
                <span class="why">{ &fix.why }</span>
            }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ReasonProps {
    page: Page,
    finding: usize,
}

/// Asks why a finding is ignored.
#[component(Reason)]
fn reason(ReasonProps { page, finding }: &ReasonProps) -> Html {
    let words = page.words();
    let input = use_node_ref();
    {
        let input = input.clone();
        use_effect_with((), move |()| {
            if let Some(input) = input.cast::<Element>() {
                dom::focus(input);
            }
        });
    }
    let onsubmit = {
        let (page, input, finding) = (page.clone(), input.clone(), *finding);
        move |event: SubmitEvent| {
            event.prevent_default();
            let reason = input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            page.send(Action::Ignore { finding, reason });
        }
    };
    html! {
        <form class="actions" {onsubmit}>
            <input ref={input} type="text" placeholder={words.ignore_reason} aria-label={words.ignore_reason} />
            <button type="submit">{ words.ignore_confirm }</button>
            <button type="button" class="plain" onclick={page.on(Action::AskIgnore(None))}>{ words.cancel }</button>
        </form>
    }
}
