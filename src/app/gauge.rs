//! A total on its scale: the bands as zones, the total as a bar, a supposed total as a pointer. It is told apart by shape and shade, not by
//! colour, and drawn in SVG, whose attributes a strict policy allows where it forbids styles.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use yew::prelude::*;

use crate::scoring::band;

/// The width of the scale in the drawing's own units.
const WIDTH: f64 = 400.0;

/// What the scale shows.
#[derive(Properties, PartialEq)]
pub struct GaugeProps {
    /// The total.
    pub value: Decimal,
    /// The most that it can be.
    pub full: Decimal,
    /// From where on each band is given, the best first.
    pub floors: Vec<Decimal>,
    /// What it is supposed to be.
    pub supposed: Option<Decimal>,
    /// The same in words.
    pub label: String,
}

/// The scale.
#[component(Gauge)]
pub fn gauge(props: &GaugeProps) -> Html {
    // A total above the scale is drawn where it stands.
    let most = props.full.max(props.value).max(props.supposed.unwrap_or_default()).to_f64().unwrap_or(1.0).max(1.0);
    let at = |value: Decimal| value.to_f64().unwrap_or_default().clamp(0.0, most) / most * WIDTH;
    let place = |at: f64| format!("{at:.1}");
    // From the worst band up: where it begins, and where the next one does.
    let mut ends: Vec<f64> = props.floors.iter().rev().map(|&floor| at(floor)).collect();
    ends.push(WIDTH);
    let zones = ends.iter().enumerate().map(|(index, &end)| {
        let start = if index == 0 { 0.0 } else { ends[index - 1] };
        let name = band::NAMES[..].get(props.floors.len() - index).copied();
        html! {
            <>
                <rect class={format!("zone zone-{index}")} x={place(start)} y="0" width={place(end - start)} height="14" />
                if let Some(name) = name.filter(|_| end - start > 16.0) {
                    <text x={place((start + end) / 2.0)} y="11" text-anchor="middle">{ name }</text>
                }
            </>
        }
    });
    let ticks = props.floors.iter().map(|&floor| {
        html! { <text class="tick" x={place(at(floor))} y="36" text-anchor="middle">{ floor.to_string() }</text> }
    });
    let view_box = if props.floors.is_empty() { "0 15 400 11" } else { "0 0 400 38" };
    html! {
        <svg class="gauge" viewBox={view_box} role="img" aria-label={props.label.clone()}>
            if !props.floors.is_empty() {
                { for zones }
            }
            <rect class="scale" x="0" y="16" width="400" height="8" />
            <rect class="value" x="0" y="16" width={place(at(props.value))} height="8" />
            if let Some(supposed) = props.supposed.map(at) {
                <path class="supposed" d={format!("M{supposed:.1} 15 l-5 10 h10 z")} />
            }
            { for ticks }
        </svg>
    }
}
