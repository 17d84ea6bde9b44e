//! One slice of the document: headings and paragraphs, cut into marked runs, and tables.

use std::rc::Rc;

use web_sys::{Element, HtmlTextAreaElement};
use yew::prelude::*;

use super::dom;
use super::layout::{self, Drawn, Emphasis, Mark, MarkKind, Run, Slice, Stretch};
use super::table::{self, draw_table};
use crate::report::Severity;

/// A stretch that is being rewritten, counted from the beginning of its slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The first code unit.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// What a slice is drawn from.
#[derive(Properties, PartialEq)]
pub struct SliceProps {
    /// Its place among the slices.
    pub index: usize,
    /// Its blocks and marks.
    pub slice: Rc<Slice>,
    /// What is looked at in it.
    pub emphasis: Vec<Emphasis>,
    /// What is being rewritten in it.
    pub rewriting: Option<Passage>,
    /// Called with the new text, or with nothing where it is left as it was.
    pub done: Option<Callback<Option<String>>>,
}

/// A slice. It is drawn anew only where what it is drawn from differs.
#[component(SliceView)]
pub fn slice_view(props: &SliceProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.slice.clone(), props.rewriting), move |_| {
            if let Some(slice) = node.cast::<Element>() {
                table::fit(&slice);
            }
        });
    }
    html! {
        <div class="slice" ref={node} data-slice={props.index.to_string()}>
            { for props.slice.blocks.iter().map(|block| match block {
                Drawn::Heading(level, stretch) => {
                    let tag = format!("h{}", (level + 1).clamp(2, 6));
                    let (start, end) = (stretch.start.to_string(), stretch.end.to_string());
                    html! { <@{tag} data-start={start} data-end={end}>{ content(props, stretch) }</@> }
                }
                Drawn::Paragraph(stretch) => passage(props, stretch, "paragraph"),
                Drawn::Furniture(stretch) => passage(props, stretch, "furniture"),
                Drawn::Table(table) => draw_table(props, table),
            }) }
        </div>
    }
}

fn passage(props: &SliceProps, stretch: &Stretch, class: &'static str) -> Html {
    html! {
        <p {class} data-start={stretch.start.to_string()} data-end={stretch.end.to_string()}>
            { content(props, stretch) }
        </p>
    }
}

/// The text of a stretch with its marks, or the field where it is rewritten.
pub fn content(props: &SliceProps, stretch: &Stretch) -> Html {
    let passage = Passage { start: stretch.start, end: stretch.end };
    match &props.done {
        Some(done) if props.rewriting == Some(passage) => {
            html! { <Rewrite text={stretch.text.clone()} done={done.clone()} /> }
        }
        _ => layout::runs(stretch, &props.emphasis).iter().map(draw_run).collect(),
    }
}

fn draw_run(run: &Run) -> Html {
    if run.mark.is_none() && run.emphasis.is_none() {
        return html! { { &run.text } };
    }
    let emphasis = run.emphasis.map(|(place, changed)| match (place, changed) {
        (_, true) => "changed",
        (0, _) => "chosen",
        _ => "related",
    });
    let place = run.emphasis.map(|(place, _)| place.to_string());
    let Some(Mark { start, end, kind }) = run.mark else {
        return html! { <span class={classes!(emphasis)} data-place={place}>{ &run.text }</span> };
    };
    let class = match kind {
        MarkKind::Finding(severity, index) => {
            let class = classes!("finding", severity_class(severity), emphasis);
            return html! { <mark {class} data-finding={index.to_string()} data-place={place}>{ &run.text }</mark> };
        }
        MarkKind::Check(outcome) => classes!("check", outcome.class()),
        MarkKind::Operand => classes!("operand"),
    };
    html! {
        <span class={classes!(class, emphasis)} data-from={start.to_string()} data-to={end.to_string()} data-place={place}>
            { &run.text }
        </span>
    }
}

/// What the style calls a severity.
pub fn severity_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

#[derive(Properties, PartialEq)]
struct RewriteProps {
    text: String,
    done: Callback<Option<String>>,
}

/// A passage while it is rewritten in place.
#[component(Rewrite)]
fn rewrite(props: &RewriteProps) -> Html {
    let node = use_node_ref();
    // Leaving the field by Escape or Enter blurs it, which must not count as a second answer.
    let answered = use_mut_ref(|| false);
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            if let Some(area) = node.cast::<HtmlTextAreaElement>() {
                dom::focus(area.clone().into());
                fit(&area);
            }
        });
    }
    let answer = {
        let (node, done) = (node.clone(), props.done.clone());
        Callback::from(move |keep: bool| {
            if !answered.replace(true) {
                done.emit(keep.then(|| node.cast::<HtmlTextAreaElement>().map(|area| area.value())).flatten());
            }
        })
    };
    let one_line = !props.text.contains('\n');
    let onkeydown = {
        let answer = answer.clone();
        move |event: KeyboardEvent| {
            let enter = event.key() == "Enter"
                && !event.is_composing()
                && (event.ctrl_key() || (one_line && !event.shift_key()));
            if enter || event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                answer.emit(enter);
            }
        }
    };
    let onblur = answer.reform(|_: FocusEvent| true);
    let field = node.clone();
    let oninput = move |_: InputEvent| {
        if let Some(area) = field.cast::<HtmlTextAreaElement>() {
            fit(&area);
        }
    };
    html! {
        <textarea ref={node} class="rewrite" rows="1" spellcheck="false" defaultvalue={props.text.clone()}
            {onkeydown} {onblur} {oninput} />
    }
}

/// Makes the field as high as its text.
fn fit(area: &HtmlTextAreaElement) {
    let style = area.style();
    // A style that is refused leaves a field that scrolls.
    let _ = style.set_property("height", "auto");
    let _ = style.set_property("height", &format!("{}px", area.scroll_height() + 2));
}
