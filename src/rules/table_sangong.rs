//! The table of the 三公 that names them in rows: the whole is its parts, 公务用车 is purchase and running, 接待 at home and abroad.

use super::{Context, Found, Rule};
use crate::facts::{Entry, Sheet};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::tables::{self, Subject};
use crate::taxonomy::{
    ABROAD, Concept, MEETINGS, RECEPTION, SANGONG, TRAINING, VEHICLE_PURCHASE, VEHICLE_RUNNING, VEHICLES,
};

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-sangong",
    name: ["“三公”经费表", "the table of the three public expenses"],
    doc: [
        "按行列示的“三公”经费表：合计＝因公出国（境）费＋公务用车购置及运行费＋公务接待费；公务用车购置及运行费＝购置费＋运行维护费；公务接待费＝国内接待＋外事接待。表中另列会议费、培训费的，合计含不含它们都算相符。依据：公开07表。",
        "Where the 三公 stand in rows, the whole is going abroad, official cars and receptions; cars are purchase and running; receptions those at home and of foreign guests. Where the table lists meetings and training as well, the whole may hold them or not. Source: table 公开07.",
    ],
    fails: "“三公”经费支出决算表\n公开07表\n金额单位：万元\n项目\t预算数\t决算数\n合计\t12.00\t9.60\n1.因公出国（境）费\t\t\n2.公务接待费\t2.00\t1.50\n3.公务用车购置及运行维护费\t10.00\t8.10\n其中：公务用车运行维护费\t10.00\t8.40\n公务用车购置费\t\t",
    passes: "“三公”经费支出决算表\n公开07表\n金额单位：万元\n项目\t预算数\t决算数\n合计\t12.00\t9.60\n1.因公出国（境）费\t\t\n2.公务接待费\t2.00\t1.50\n3.公务用车购置及运行维护费\t10.00\t8.10\n其中：公务用车运行维护费\t10.00\t8.10\n公务用车购置费\t\t",
    find,
};

fn find(context: &Context, found: &mut Found) {
    let of_sangong = |sheet: &&Sheet| sheet.form.is_some_and(|form| form.subject == Subject::Sangong);
    for sheet in context.reading.sheets.iter().filter(of_sangong) {
        let rows = Rows::of_sheet(context, sheet);
        let first = |concept: Concept| rows.of(concept).next();
        if let (Some(whole), Some(purchase), Some(running)) =
            (first(VEHICLES), first(VEHICLE_PURCHASE), first(VEHICLE_RUNNING))
        {
            rows.sum(whole, &[&[purchase, running]], found);
        }
        let reception: Vec<usize> = rows.of(RECEPTION).collect();
        if let [whole, home, foreign] = reception[..]
            && rows.labels[home].contains("国内")
            && ["外事", "外宾", "国（境）外"].iter().any(|word| rows.labels[foreign].contains(word))
        {
            rows.sum(whole, &[&[home, foreign]], found);
        }
        let vehicles: Vec<usize> = match first(VEHICLES) {
            Some(whole) => vec![whole],
            None => first(VEHICLE_PURCHASE).into_iter().chain(first(VEHICLE_RUNNING)).collect(),
        };
        let whole = first(SANGONG).or_else(|| rows.labels.iter().position(|label| tables::is_sangong_whole(label)));
        if let (Some(whole), Some(abroad), Some(&reception), false) =
            (whole, first(ABROAD), reception.first(), vehicles.is_empty())
        {
            let own = [&[abroad, reception], &vehicles[..]].concat();
            let beside: Vec<usize> = own.iter().copied().chain(first(MEETINGS)).chain(first(TRAINING)).collect();
            if beside.len() > own.len() {
                rows.sum(whole, &[&own, &beside], found)
            } else {
                rows.sum(whole, &[&own], found)
            }
        }
    }
}

/// The rows of one table with their names.
struct Rows<'c> {
    sheet: &'c Sheet,
    labels: Vec<&'c str>,
}

impl<'c> Rows<'c> {
    fn of_sheet(context: &'c Context, sheet: &'c Sheet) -> Self {
        let rows = &context.document.tables[sheet.table].panels[sheet.panel].rows;
        Rows { sheet, labels: rows.iter().map(|row| tables::strip_ordinal(&row.label)).collect() }
    }

    /// The rows that name one of the expenses, in order.
    fn of(&self, concept: Concept) -> impl Iterator<Item = usize> {
        (0..self.labels.len()).filter(move |&row| tables::sangong(self.labels[row]) == Some(concept))
    }

    /// Each amount of a row is the sum of those of the parts, of whichever of the lists.
    fn sum(&self, whole: usize, lists: &[&[usize]], found: &mut Found) {
        for column in 0..self.sheet.columns.len() {
            let entry = |row: usize| self.sheet.rows[row].entries[column];
            let Entry::Amount(target) = entry(whole) else { continue };
            if lists.iter().copied().flatten().any(|&row| entry(row) == Entry::Unsure) {
                continue;
            }
            let parts = |rows: &[usize]| rows.iter().filter_map(|&row| entry(row).fact()).collect::<Vec<FactId>>();
            let lists: Vec<Vec<FactId>> = lists.iter().map(|rows| parts(rows)).collect();
            let certainty = if lists.iter().all(Vec::is_empty) { Certainty::Likely } else { Certainty::Sure };
            let readings = lists.into_iter().map(|parts| Formula::Sum(parts, Vec::new())).collect();
            found.relations.push(Relation { rule: RULE.id, target, readings, certainty });
        }
    }
}
