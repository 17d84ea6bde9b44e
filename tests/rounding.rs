//! True amounts, printed rounded, are silent; one number moved beyond its interval is reported at the relation that it breaks.

use gouji::report::Severity;
use gouji::{Options, Report, check};
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

/// How a report rounds.
#[derive(Debug, Clone, Copy)]
struct Print {
    strategy: RoundingStrategy,
    /// 万元 with two decimals, or 元 with none.
    ten_thousands: bool,
}

impl Print {
    fn amount(self, yuan: Decimal) -> String {
        if self.ten_thousands {
            format!("{:.2}万元", (yuan / Decimal::from(10_000)).round_dp_with_strategy(2, self.strategy))
        } else {
            format!("{:.0}元", yuan.round_dp_with_strategy(0, self.strategy))
        }
    }

    fn rate(self, part: Decimal, whole: Decimal) -> String {
        format!("{:.2}%", (part * Decimal::ONE_HUNDRED / whole).round_dp_with_strategy(2, self.strategy))
    }
}

fn prints() -> impl Strategy<Value = Print> {
    let strategy =
        prop::sample::select(vec![RoundingStrategy::MidpointAwayFromZero, RoundingStrategy::MidpointNearestEven]);
    (strategy, any::<bool>()).prop_map(|(strategy, ten_thousands)| Print { strategy, ten_thousands })
}

/// The true amounts of a small office, in fen.
#[derive(Debug, Clone)]
struct Books {
    basic: Decimal,
    project: Decimal,
    personnel: Decimal,
    budget: Decimal,
    prior: Decimal,
}

fn books() -> impl Strategy<Value = Books> {
    let fen = 1_000_000_i64..50_000_000_000;
    (fen.clone(), fen.clone(), 1_i64..99, fen.clone(), fen).prop_map(|(basic, project, share, budget, prior)| Books {
        basic: Decimal::new(basic, 2),
        project: Decimal::new(project, 2),
        personnel: Decimal::new(basic / 100 * share, 2),
        budget: Decimal::new(budget, 2),
        prior: Decimal::new(prior, 2),
    })
}

/// The numbers of a report, in the order of [`document`].
fn numbers(b: &Books, p: Print) -> Vec<String> {
    let total = b.basic + b.project;
    vec![
        p.amount(total),
        p.amount((total - b.prior).abs()),
        p.rate((total - b.prior).abs(), b.prior),
        p.amount(b.basic),
        p.rate(b.basic, total),
        p.amount(b.project),
        p.rate(b.project, total),
        p.amount(b.personnel),
        p.amount(b.basic - b.personnel),
        p.amount(b.budget),
        p.amount(b.project),
        p.rate(b.project, b.budget),
    ]
}

fn document(n: &[String], rises: bool) -> String {
    let (more, grown) = if rises { ("增加", "增长") } else { ("减少", "下降") };
    format!(
        "三、支出决算情况说明\n2023年本年支出合计{}，与2022年相比，本年支出合计{more}{}，{grown}{}。其中：基本支出{}，占{}；项目支出{}，占{}。\n\
         六、基本支出决算情况说明\n2023年基本支出{}，其中：人员经费{}，公用经费{}。\n\
         十、绩效情况说明\n“设备更新”项目年初预算数为{}，执行数为{}，完成年初预算的{}。\n",
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[3], n[7], n[8], n[9], n[10], n[11]
    )
}

fn loud(report: &Report) -> usize {
    report.findings.iter().filter(|f| f.severity != Severity::Info).count()
}

fn holds_any_change(b: &Books) -> bool {
    let total = b.basic + b.project;
    // A change that is printed as zero has no rate.
    (total - b.prior).abs() > Decimal::from(1_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn true_amounts_printed_rounded_are_silent(b in books(), p in prints()) {
        prop_assume!(holds_any_change(&b));
        let text = document(&numbers(&b, p), b.basic + b.project > b.prior);
        let report = check(&text, &Options::default());
        prop_assert_eq!(loud(&report), 0, "{}\n{:#?}", text, report.findings);
        prop_assert!(report.summary.checks >= 7);
    }

    #[test]
    fn a_rate_moved_beyond_its_interval_is_reported(b in books(), p in prints(), which in prop::sample::select(vec![2_usize, 4, 6, 11]), by in 3_i64..900) {
        prop_assume!(holds_any_change(&b));
        let rises = b.basic + b.project > b.prior;
        let mut n = numbers(&b, p);
        // A rate of a small printed change is too vague for three hundredths to contradict.
        prop_assume!(which != 2 || !p.ten_thousands || (b.basic + b.project - b.prior).abs() > b.prior / Decimal::TEN);
        let rate: Decimal = n[which].trim_end_matches('%').parse().unwrap();
        prop_assume!(rate < Decimal::from(500));
        let moved = format!("{:.2}%", rate + Decimal::new(by * 10, 2));
        n[which] = moved.clone();
        let text = document(&n, rises);
        let report = check(&text, &Options::default());
        let told = report.findings.iter().filter(|f| f.severity != Severity::Info);
        let told = told.into_iter().any(|f| f.text == moved || f.related.iter().any(|place| place.text == moved));
        prop_assert!(told, "{}\n{:#?}", text, report.findings);
    }

    #[test]
    fn a_part_moved_beyond_its_interval_is_reported(b in books(), p in prints(), which in prop::sample::select(vec![3_usize, 5, 7, 8]), by in 2_i64..99) {
        prop_assume!(holds_any_change(&b));
        let mut n = numbers(&b, p);
        let unit = if p.ten_thousands { "万元" } else { "元" };
        let figure: Decimal = n[which].trim_end_matches(unit).parse().unwrap();
        let moved = figure + figure * Decimal::new(by, 2) + Decimal::ONE;
        let moved = format!("{:.1$}{unit}", moved, if p.ten_thousands { 2 } else { 0 });
        n[which] = moved.clone();
        let text = document(&n, b.basic + b.project > b.prior);
        let report = check(&text, &Options::default());
        let told = report.findings.iter().filter(|f| f.severity != Severity::Info);
        let told = told.into_iter().any(|f| f.text == moved || f.related.iter().any(|place| place.text == moved));
        prop_assert!(told, "{}\n{:#?}", text, report.findings);
    }
}
