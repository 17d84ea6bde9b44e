//! Scorecards of whole documents: every form with its indicators, weights and totals.

mod layouts;
mod seeds;

use gouji::report::{Language, ScoreMethod, ScoreStatus, Scorecard, Severity};
use gouji::{Options, Report, check};
use layouts::layouts;
use std::fs;
use std::path::PathBuf;

fn corpus(name: &str) -> Report {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name);
    check(&fs::read_to_string(path).unwrap(), &Options::default())
}

/// A report that lies beside the repository, where it does.
fn seed(start: &str) -> Option<Report> {
    seeds::seed(start).map(|text| check(&text, &Options::default()))
}

fn stated(place: &Option<gouji::report::Place>) -> &str {
    place.as_ref().map_or("", |place| place.text.as_str())
}

fn statuses(card: &Scorecard, wanted: ScoreStatus) -> usize {
    card.indicators.iter().filter(|row| row.status == wanted).count()
}

/// What is printed at each error, and what should stand there.
fn errors(report: &Report) -> Vec<(&str, &str)> {
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.stated.as_str(), finding.expected.as_str())).collect()
}

#[test]
fn a_form_of_tabs_is_read_and_recomputed() {
    let report = corpus("civil-eval-2023.txt");
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    assert_eq!(card.indicators.len(), 11);
    assert_eq!((stated(&card.weight.stated), stated(&card.total.stated)), ("100", "97.21"));
    assert_eq!(card.band.as_ref().map(|band| band.name.as_str()), Some("优"));
    let beds = card.indicators.iter().find(|row| row.name == "新增养老床位").unwrap();
    assert_eq!((beds.status, beds.score.computed.as_deref(), beds.met), (ScoreStatus::Fail, Some("9.5"), Some(false)));
    assert_eq!(beds.path, ["履职效能"]);
    let weights: Vec<&str> = card.groups.iter().map(|group| stated(&group.weight.stated)).collect();
    assert_eq!(weights, ["30分", "40分", "20分", "10分"]);
    assert!(statuses(card, ScoreStatus::Pass) >= 7, "{:#?}", card.indicators);
}

#[test]
fn the_scores_of_a_printed_rubric_are_derived() {
    let Some(report) = seed("000") else { return };
    let scored: Vec<&Scorecard> = report.scorecards.iter().filter(|card| card.total.stated.is_some()).collect();
    assert_eq!(scored.iter().map(|card| card.indicators.len()).collect::<Vec<_>>(), [23, 17]);
    assert_eq!(scored.iter().map(|card| stated(&card.total.stated)).collect::<Vec<_>>(), ["99.18", "100"]);
    assert_eq!(scored[0].total.computed.as_deref(), Some("99.18"));
    let derived = scored[0].indicators.iter().find(|row| row.status == ScoreStatus::Derived).unwrap();
    assert_eq!((derived.name.as_str(), derived.score.computed.as_deref()), ("预算执行率", Some("3.18")));
    assert!(
        scored
            .iter()
            .all(|card| card.indicators.iter().all(|row| row.weight.is_some() && row.status != ScoreStatus::Unread))
    );
}

#[test]
fn a_rubric_torn_over_pages_makes_its_total() {
    let Some(report) = seed("004") else { return };
    let card = report.scorecards.iter().find(|card| card.groups.len() == 3).unwrap();
    assert_eq!(card.indicators.len(), 9);
    assert_eq!(card.total.computed.as_deref(), Some("95"));
    assert_eq!(card.weight.computed.as_deref(), Some("100"));
    // One score is less than what the part of its rule earns whose rate is printed.
    let failing: Vec<&str> =
        card.indicators.iter().filter(|row| row.status == ScoreStatus::Fail).map(|row| row.name.as_str()).collect();
    assert_eq!(failing, ["支出进度率"]);
}

#[test]
fn the_project_forms_of_a_long_report_are_read_completely() {
    let Some(report) = seed("002") else { return };
    let forms: Vec<&Scorecard> =
        report.scorecards.iter().filter(|card| card.title.contains("项目支出绩效自评表")).collect();
    assert_eq!(forms.len(), 27);
    assert_eq!(forms.iter().map(|card| card.indicators.len()).sum::<usize>(), 222);
    for card in &forms {
        assert_eq!(statuses(card, ScoreStatus::Unread), 0, "{}", card.title);
        assert!(
            card.indicators
                .iter()
                .all(|row| !row.name.is_empty() && row.weight.is_some() && row.score.stated.is_some())
        );
        assert_eq!(stated(&card.weight.stated), "100", "{}", card.title);
        assert_eq!(statuses(card, ScoreStatus::Fail), 0, "the usual method proves nothing");
    }
    // One form prints no row for a group that it names.
    let whole = forms.iter().filter(|card| card.weight.computed.as_deref() == Some("100")).count();
    assert_eq!(whole, forms.len() - 1);
    let amiss = |card: &&&Scorecard| card.total.computed.as_deref() != Some(stated(&card.total.stated));
    assert_eq!(forms.iter().filter(amiss).count(), 5);
}

#[test]
fn the_index_systems_of_two_offices_make_their_totals() {
    let Some(report) = seed("002") else { return };
    let rubrics: Vec<&Scorecard> = report.scorecards.iter().filter(|card| card.title.ends_with("指标体系")).collect();
    assert_eq!(rubrics.iter().map(|card| card.indicators.len()).collect::<Vec<_>>(), [24, 24]);
    assert_eq!(
        rubrics.iter().map(|card| card.total.computed.as_deref()).collect::<Vec<_>>(),
        [Some("85.02"), Some("87.97")]
    );
    for card in rubrics {
        assert_eq!(card.weight.computed.as_deref(), Some("100"));
        let groups = card.groups.iter().filter(|group| group.weight.computed.is_some());
        let weights: Vec<(&str, &str)> = groups
            .map(|group| (stated(&group.weight.stated), group.weight.computed.as_deref().unwrap_or_default()))
            .collect();
        assert_eq!(weights.len(), 12);
        let figure = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect::<String>();
        assert!(weights.iter().all(|(stated, computed)| figure(stated) == figure(computed)), "{weights:?}");
    }
}

#[test]
fn a_rule_in_parts_bounds_its_score() {
    let Some(report) = seed("004") else { return };
    let found = report.findings.iter().find(|finding| finding.rule == "score-method" && finding.expected == "3—5");
    assert!(found.is_some_and(|finding| finding.stated == "0"));
}

/// A form of ten indicators with rules of every method, whose scores and total follow from its own figures.
const RUBRIC: &str = "部门整体支出绩效自评表
一级指标\t二级指标\t三级指标\t分值\t评分标准\t年初目标值\t实际完成值\t得分
投入\t预算执行（25分）\t预算完成率（10分）\t10\t预算完成率=100%的，得10分。预算完成率≥95%的，得9分。预算完成率在90%（含）和95%之间，得8分。预算完成率<90%的，得0分。\t100%\t93.40%\t8
\t\t预算调整率（5分）\t5\t预算调整率绝对值≤5%，得5分。预算调整率绝对值>5%的，每增加0.1个百分点扣0.1分，扣完为止。\t≤5%\t6.8%\t3.2
\t\t支出进度率（5分）\t5\t半年进度：进度率≥45%，得2分；进度率在40%（含）和45%之间，得1分；进度率<40%，得0分。前三季度进度：进度率≥75%，得3分；进度率在60%（含）和75%之间，得2分；进度率<60%，得0分。\t半年进度≥45%，前三季度进度≥75%\t半年进度：43.7%，前三季度进度：78.2%\t4
\t\t预算编制准确率（5分）\t5\t预算编制准确率≤20%，得5分。预算编制准确率在20%和40%（含）之间，得3分。预算编制准确率>40%，得0分。\t≤20%\t33%\t3
过程\t预算管理（15分）\t“三公”经费控制率（5分）\t5\t“三公”经费控制率≤100%，得5分，每增加0.1个百分点扣0.5分，扣完为止。\t≤100%\t100.4%\t3
\t\t资产管理规范性（5分）\t5\t全部符合5分，有1项不符扣2分，扣完为止。\t全部符合\t全部符合\t5
\t\t资金使用合规性（5分）\t5\t发现一处不合规扣1分，扣完为止。\t0处\t2处\t3
效果\t履职尽责（60分）\t项目产出\t30\t达到目标得满分，未达到的按完成比例得分\t≥120期\t108期\t27
\t\t项目成本\t10\t达到目标得满分，未达到的按完成比例得分\t≤45万元\t50万元\t9
\t\t服务对象满意度\t20\t满分:≥90% 合格:60% 零分:≤50% 其他:合格之上:60+40*(实际值-60%)/30% 合格之下:60-60*(60%-实际值)/10%\t≥90%\t84%\t18.4
合计\t\t\t100\t\t\t\t83.6";

#[test]
fn every_method_of_a_rubric_is_computed() {
    let report = check(RUBRIC, &Options::default());
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    let scores: Vec<(ScoreStatus, Option<&str>)> =
        card.indicators.iter().map(|row| (row.status, row.score.computed.as_deref())).collect();
    let computed = ["8", "3.2", "4", "3", "3", "5", "3", "27", "9", "18.4"];
    assert_eq!(scores, computed.map(|score| (ScoreStatus::Pass, Some(score))));
    assert_eq!((card.weight.computed.as_deref(), card.total.computed.as_deref()), (Some("100"), Some("83.6")));
    assert_eq!(report.summary.errors + report.summary.warnings, 0, "{:#?}", report.findings);
}

#[test]
fn a_score_that_its_rule_contradicts_is_told_at_the_score() {
    for (row, wrong, right) in [
        ("93.40%\t8", "93.40%\t6", "8"),
        ("6.8%\t3.2", "6.8%\t4.2", "3.2"),
        ("78.2%\t4", "78.2%\t2", "4"),
        ("33%\t3", "33%\t1", "3"),
        ("100.4%\t3", "100.4%\t5", "3"),
        ("2处\t3", "2处\t4", "3"),
        ("108期\t27", "108期\t29", "27"),
        ("50万元\t9", "50万元\t7", "9"),
        ("84%\t18.4", "84%\t19.4", "18.4"),
    ] {
        let text = RUBRIC.replace(row, wrong);
        assert_ne!(text, RUBRIC);
        let report = check(&text, &Options::default());
        let told = errors(&report);
        let stated = wrong.rsplit('\t').next().unwrap();
        assert_eq!(told, [(stated, right)], "{wrong}");
    }
}

/// The form of 财预〔2020〕10号, in tabs.
const STANDARD: &str = "项目支出绩效自评表
（2022年度）
项目名称\t村级图书室建设
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t240.00\t230.00\t218.50\t10\t95.00%\t9.50
\t其中：当年财政拨款\t200.00\t190.00\t180.50\t—\t95.00%\t—
\t上年结转资金\t40.00\t40.00\t38.00\t—\t95.00%\t—
\t其他资金\t0.00\t0.00\t0.00\t—\t0.00%\t—
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t新建图书室数量\t≥25个\t24个\t15\t14.4\t一处选址变更
\t\t\t配送图书册数\t≥50000册\t52300册\t15\t15\t
\t\t质量指标\t图书验收合格率\t=100%\t100%\t10\t10\t
\t\t时效指标\t按期开放率\t≥95%\t96%\t10\t10\t
\t效益指标\t社会效益指标\t阅读服务可及性\t有所提升\t有所提升\t30\t28\t宣传不够
\t满意度指标\t服务对象满意度指标\t读者满意度\t≥90%\t93.2%\t10\t10\t
总分\t\t\t\t\t\t100\t96.9\t";

#[test]
fn one_form_reads_alike_in_every_layout() {
    for (layout, text) in layouts(STANDARD) {
        let report = check(&text, &Options::default());
        let [card] = &report.scorecards[..] else { panic!("{layout}: {:#?}", report.scorecards) };
        let rows: Vec<(&str, &str, &str, Option<&str>)> = card
            .indicators
            .iter()
            .map(|row| (row.name.as_str(), stated(&row.actual), stated(&row.weight), row.score.computed.as_deref()))
            .collect();
        assert_eq!(
            rows,
            [
                ("新建图书室数量", "24个", "15", Some("14.4")),
                ("配送图书册数", "52300册", "15", Some("15")),
                ("图书验收合格率", "100%", "10", Some("10")),
                ("按期开放率", "96%", "10", Some("10")),
                ("阅读服务可及性", "有所提升", "30", None),
                ("读者满意度", "93.2%", "10", Some("10")),
            ],
            "{layout}"
        );
        assert_eq!(card.weight.computed.as_deref(), Some("100"), "{layout}");
        assert_eq!(card.total.computed.as_deref(), Some("96.9"), "{layout}");
        assert_eq!(report.summary.errors + report.summary.warnings, 0, "{layout}: {:#?}", report.findings);
        let rates = report.checks.iter().filter(|check| check.rule == "form-budget").count();
        assert_eq!(rates, 7, "{layout}: rates of four rows, sums of three columns");
    }
}

#[test]
fn a_note_on_a_score_names_the_figures_of_its_row() {
    let text = STANDARD.replace("14.4", "13.4");
    let note = |language| {
        let report = check(&text, &Options { language, ..Options::default() });
        report.findings.into_iter().find(|finding| finding.stated == "13.4").expect("a note").message
    };
    assert!(note(Language::Zh).contains("（完成值 24个、指标值 25个、分值 15）为 14.4 分"), "{}", note(Language::Zh));
    assert!(note(Language::En).contains("(the actual 24个, the target 25个, the weight 15)"), "{}", note(Language::En));
}

#[test]
fn weights_that_are_not_the_standards_are_a_remark_on_the_form_that_has_them() {
    let remarks = |text: &str| {
        let report = check(text, &Options::default());
        assert_eq!(report.summary.errors + report.summary.warnings, 0, "{:#?}", report.findings);
        let notes = |card: &Scorecard| card.notes.iter().filter(|note| note.kind == "own-weights").count();
        report.scorecards.iter().map(notes).collect::<Vec<_>>()
    };
    assert_eq!(remarks(STANDARD), [0]);
    let own = STANDARD.replace("\t30\t28", "\t20\t18").replace("\t10\t10\t\n总分", "\t20\t20\t\n总分");
    assert_eq!(remarks(&own), [1]);
    // What several forms have in common the office has set.
    assert_eq!(remarks(&format!("{STANDARD}\n\n{own}\n\n{own}")), [0, 0, 0]);
}

#[test]
fn the_bands_below_a_form_are_its_own() {
    let note = "\n注：90分以上为优，85分以上为良，70分以上为中，70分以下为差。";
    let text = format!("{}{note}", STANDARD.replace("\t30\t28", "\t30\t15").replace("96.9", "83.9"));
    let band = |text: &str| check(text, &Options::default()).scorecards[0].band.clone().unwrap();
    assert_eq!((band(&text).name.as_str(), band(&text).own), ("中", true));
    assert_eq!((band(&text.replace(note, "")).name.as_str(), band(&text.replace(note, "")).own), ("良", false));
}

#[test]
fn a_note_below_makes_the_proportion_a_rule_in_every_layout() {
    let note = "\n注：定量指标达到指标值的记满分，未达到的按完成值与指标值的比例记分。";
    for (layout, text) in layouts(STANDARD) {
        let text = text.replace("14.4", "13.4").replace("96.9", "95.9") + note;
        let report = check(&text, &Options::default());
        let told = errors(&report);
        assert_eq!(told, [("13.4", "14.4")], "{layout}: {:#?}", report.findings);
    }
}

#[test]
fn a_row_that_was_lost_lets_nothing_be_said_of_the_total() {
    for (layout, text) in layouts(STANDARD) {
        let lost: Vec<&str> =
            text.lines().filter(|line| !line.contains("按期开放率") && *line != "96%" && *line != "≥95%").collect();
        let report = check(&lost.join("\n"), &Options::default());
        let loud = report.findings.iter().filter(|finding| finding.severity != Severity::Info).count();
        assert_eq!(loud, 0, "{layout}: {:#?}", report.findings);
    }
}

#[test]
fn a_head_that_comes_again_on_the_next_page_goes_on_with_its_form() {
    let text =
        STANDARD.lines().map(|line| line.split('\t').filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" "));
    let mut lines: Vec<String> = text.collect();
    let head = lines.iter().find(|line| line.contains("三级指标")).unwrap().clone();
    lines.insert(10, "- 7 -".to_owned());
    lines.insert(11, head);
    let report = check(&lines.join("\n\n"), &Options::default());
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    assert_eq!((card.indicators.len(), card.weight.computed.as_deref()), (6, Some("100")));
}

#[test]
fn a_wrong_total_is_found_in_every_layout() {
    for (layout, text) in layouts(STANDARD) {
        let text = text.replace("96.9", "98.9");
        let report = check(&text, &Options::default());
        let [finding] = &report.findings.iter().filter(|f| f.rule == "score-total").collect::<Vec<_>>()[..] else {
            panic!("{layout}: {:#?}", report.findings)
        };
        assert_eq!((finding.stated.as_str(), finding.expected.as_str()), ("98.9", "96.9"), "{layout}");
    }
}

#[test]
fn a_rule_that_contradicts_itself_is_told() {
    for (right, wrong, said) in [
        // Tiers that neither meet nor lie within each other.
        ("半年进度：进度率≥45%", "半年进度：进度率≥75%", "75%"),
        // The limit, and what lies beyond it.
        ("预算调整率绝对值>5%的", "预算调整率绝对值>8%的", "8%"),
        // Full marks that are not the weight.
        ("预算调整率绝对值≤5%，得5分", "预算调整率绝对值≤5%，得3分", "3分"),
        // The lines from the pass mark: where they begin, which mark they name, and where they end.
        ("合格:60%", "合格:40%", "40%"),
        ("零分:≤50%", "零分:≤80%", "80%"),
        ("60-60*", "20-60*", "20"),
        ("60+40*", "60+30*", "30"),
    ] {
        let text = RUBRIC.replace(right, wrong);
        assert_ne!(text, RUBRIC, "{wrong}");
        let report = check(&text, &Options::default());
        let loud = report.findings.iter().filter(|finding| finding.severity != Severity::Info);
        let told = loud.filter(|f| f.stated == said || f.related.iter().any(|place| place.text == said)).count();
        assert!(told > 0, "{wrong}: {:#?}", report.findings);
    }
}

/// Rules that compute from what the prose says: a rate that is left over, a norm, projects that keep within a rate.
const BY_PROSE: &str = "三、自评情况
2.预算管理。年末资金结余率为4.20%，已交回财政。
4.资产管理。办公家具超最低使用年限资产利用率18%，办公设备超最低使用年限资产利用率为21.5%，高于平均值。
常年项目绩效分析。该类项目总数8个，涉及预算总金额120万元，全年预算执行总体进度为91%，其中：预算结余率大于10%的项目共计2个。

部门整体支出绩效自评表
一级指标\t三级指标\t分值\t评分标准\t得分
预算管理\t预算年终结余\t10\t该项指标得分=（1-部门整体预算结余率）×100%×10。部门整体预算结余率为结转金额占预算总金额的比率。\t9.58
资产管理\t资产利用率\t10\t办公家具超最低使用年限资产利用率为X，全市平均值为20%，则：X＞N，得5分；0.8N＜X≤N，得3分；X≤0.8N，得1分。办公设备超最低使用年限资产利用率为X，全市平均值为20%，则：X＞N，得5分；0.8N＜X≤N，得3分；X≤0.8N，得1分。\t8
项目执行\t执行结果\t20\t该项指标得分=预算结余率小于10%的常年项目数量÷部门预算常年项目总数×100%×20。\t15
履职效能\t履职效果\t60\t酌情评分\t60
合计\t\t100\t\t92.58";

#[test]
fn a_rule_may_compute_from_the_prose() {
    let report = check(BY_PROSE, &Options::default());
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    let computed: Vec<Option<&str>> = card.indicators.iter().map(|row| row.score.computed.as_deref()).collect();
    assert_eq!(computed, [Some("9.58"), Some("8"), Some("15"), None]);
    assert_eq!(report.summary.errors + report.summary.warnings, 0, "{:#?}", report.findings);
    for (row, wrong, right) in [("\t9.58\n", "9.85", "9.58"), ("\t8\n", "6", "8"), ("\t15\n", "18", "15")] {
        let text = BY_PROSE.replace(row, &format!("\t{wrong}\n"));
        let report = check(&text, &Options::default());
        assert!(errors(&report).contains(&(wrong, right)), "{wrong}: {:#?}", report.findings);
    }
}

/// What rules ask for and the prose states in other words, or in part.
const IN_PART: &str = "三、自评情况
2.预算管理。年初预算数为500.00万元，调整预算数为620.00万元，预算执行数为600.00万元。
4.资产管理。人均资产为13.20万元，比上年增长了1.20万元，办公家具资产利用率16%，无闲置资产。
常年项目绩效分析。该类项目总数8个，其中：预算结余率大于10%的项目共计2个。

部门整体支出绩效自评表
一级指标\t三级指标\t分值\t评分标准\t得分
预算管理\t预算编制质量\t10\t比率分值法该项指标得分=（1-财政拨款预算偏离度）×100%×4+（1-资产配置预算偏离度）×100%×6。偏离度=|预算执行数-年初预算数|÷年初预算数。\t8.5
资产管理\t人均资产变化率\t10\t设人均资产变化率为X，全市人均资产变化率为5%，则：X≤N，得10分；N＜X≤1.5N，得6分；X＞1.5N，得2分。\t2
资产管理\t资产利用率\t10\t办公家具超最低使用年限资产利用率为X，全市平均值为20%，则：X＞N，得5分；0.8N＜X≤N，得3分；X≤0.8N，得1分。办公设备超最低使用年限资产利用率为X，全市平均值为20%，则：X＞N，得5分；0.8N＜X≤N，得3分；X≤0.8N，得1分。\t6
资产管理\t资产盘活率\t10\t分级评分法闲置资产变化率=本年闲置资产÷上年闲置资产×100%，变化率在60%以下的得8分，60-80%的得6分，80-100%的得4分，100%以上的不得分。两年均无闲置资产的，该项指标得10分。\t10
项目执行\t执行结果\t20\t该项指标得分=预算结余率小于10%的常年项目数量÷部门预算常年项目总数×100%×12+预算结余率小于10%的一次性项目数量÷部门预算一次性项目总数×100%×8。\t15
履职效能\t履职效果\t40\t酌情评分\t40
合计\t\t100\t\t81.5";

#[test]
fn what_is_stated_in_part_bounds_a_score() {
    let report = check(IN_PART, &Options::default());
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    assert_eq!(report.summary.errors + report.summary.warnings, 0, "{:#?}", report.findings);
    let computed: Vec<Option<&str>> = card.indicators.iter().map(|row| row.score.computed.as_deref()).collect();
    assert_eq!(computed, [None, Some("2"), None, Some("10"), None, None]);
    assert_eq!((statuses(card, ScoreStatus::Pass), statuses(card, ScoreStatus::Judge)), (5, 1));
    // What is told of a score is told of its row.
    let report = check(&IN_PART.replace("得1分。\t6\n", "得1分。\t9\n"), &Options::default());
    let finding = report.findings.iter().find(|finding| finding.stated == "9").expect("9 is out of bounds");
    let row = &report.scorecards[0].indicators[2];
    assert_eq!(row.status, ScoreStatus::Fail);
    assert!(finding.check.is_some_and(|id| row.checks.contains(&id)), "{row:#?}");
    let told = |from: &str, to: &str| {
        let text = IN_PART.replace(from, to);
        assert_ne!(text, IN_PART);
        let found = check(&text, &Options::default()).findings.into_iter().filter(|f| f.rule == "score-method");
        found.map(|found| (found.severity, found.stated, found.expected)).collect::<Vec<_>>()
    };
    let loud = |stated: &str, expected: &str| vec![(Severity::Warning, stated.to_owned(), expected.to_owned())];
    assert_eq!(told("\t6\n资产管理\t资产盘活率", "\t7\n资产管理\t资产盘活率"), loud("7", "2—6"));
    assert_eq!(told("\t15\n", "\t18\n"), loud("18", "9—17"));
    // A person knows which amounts a deviation is of.
    assert_eq!(told("\t8.5\n", "\t9.5\n"), [(Severity::Info, "9.5".to_owned(), "3.2—9.2".to_owned())]);
    let report = check(&IN_PART.replace("\t2\n", "\t6\n"), &Options::default());
    assert_eq!(errors(&report), [("6", "2")], "{:#?}", report.findings);
}

/// Rules beside what was reached, and no column for what was to be.
const WITHOUT_TARGETS: &str = "部门整体支出绩效自评表
一级指标\t三级指标\t分值\t评分标准\t实际完成情况\t得分
预算管理\t预算完成率\t10\t预算完成率=100%的，得10分。预算完成率≥95%的，得9分。预算完成率<95%的，得0分。\t96.3%\t9
预算管理\t公用经费控制率\t10\t≤100%得满分，每超过1个百分点扣1分，扣完为止\t103%\t7
资产管理\t固定资产利用率\t10\t得分=固定资产利用率×分值\t92%\t9.2
资产管理\t违规行为\t10\t每发现1例扣2分，扣完为止\t2例\t6
履职效能\t服务满意度\t30\t满意度≥90%得30分，80%（含）-90%得20分，80%以下不得分\t85%\t20
履职效能\t帮扶成效\t30\t以上年为基准，按人均增收额的2.5倍与全市水平比较计分\t1.2万元\t30
合计\t\t100\t\t\t81.2";

#[test]
fn rules_without_targets_are_computed_in_every_layout() {
    for (layout, text) in layouts(WITHOUT_TARGETS) {
        let report = check(&text, &Options::default());
        let [card] = &report.scorecards[..] else { panic!("{layout}: {:#?}", report.scorecards) };
        let computed: Vec<Option<&str>> = card.indicators.iter().map(|row| row.score.computed.as_deref()).collect();
        assert_eq!(computed, [Some("9"), Some("7"), Some("9.2"), Some("6"), Some("20"), None], "{layout}");
        assert_eq!(report.summary.errors + report.summary.warnings, 0, "{layout}: {:#?}", report.findings);
    }
}

#[test]
fn a_rule_that_is_not_understood_is_said_to_be_so() {
    let report = check(WITHOUT_TARGETS, &Options::default());
    use ScoreMethod::{Deduction, Ratio, Tiers, Unread};
    let methods: Vec<ScoreMethod> = report.scorecards[0].indicators.iter().map(|row| row.method).collect();
    assert_eq!(methods, [Tiers, Deduction, Ratio, Deduction, Tiers, Unread]);
    let [note] = &report.scorecards[0].notes[..] else { panic!("{:#?}", report.scorecards[0].notes) };
    assert_eq!(note.kind, "unread-rules");
    let text = WITHOUT_TARGETS.replace("以上年为基准，按人均增收额的2.5倍与全市水平比较计分", "帮扶成效明显的酌情计分");
    let report = check(&text, &Options::default());
    assert_eq!(report.scorecards[0].indicators[5].method, ScoreMethod::Judge);
    assert!(report.scorecards[0].notes.is_empty());
}

#[test]
fn parts_of_a_rule_that_do_not_make_its_weight_are_told() {
    let rubric = |points: [u32; 4]| {
        let [a, b, c, d] = points;
        format!(
            "项目自评打分表\n一级指标\t三级指标\t分值\t评分标准\t得分\n\
             管理\t评价机制\t4\t①指标明确（{a}分） ②监控有力（{b}分） ③报告规范（{c}分） ④结果应用（{d}分）\t4\n\
             产出\t课程场次\t66\t酌情评分\t66\n效益\t参与度\t30\t酌情评分\t30\n合计\t\t100\t\t100"
        )
    };
    let told = |points| {
        let report = check(&rubric(points), &Options::default());
        report.findings.iter().filter(|finding| finding.severity != Severity::Info).count()
    };
    assert_eq!(told([1, 1, 1, 1]), 0);
    assert_eq!(told([1, 1, 4, 1]), 1);
    assert_eq!(told([8, 1, 1, 1]), 1);
    // Each less than the one before, and the most of them the weight: one of them is given.
    assert_eq!(told([4, 3, 2, 1]), 0);
}

#[test]
fn a_total_that_its_conclusion_repeats_is_still_the_one_that_is_wrong() {
    let form = |a: &str, b: &str| {
        format!(
            "项目支出绩效自评表\n一级指标\t三级指标\t指标值\t完成值\t分值\t得分\n产出\t培训人数\t≥80人\t30人\t5\t{a}\n\
             产出\t培训期数\t≥4期\t4期\t45\t45\n效益\t能力提升\t有所提升\t有所提升\t40\t{b}\n\
             满意度\t学员满意度\t≥90%\t95%\t10\t10\n合计\t\t\t\t100\t90\n评价结论\t综合得分90分，较好完成目标。"
        )
    };
    let report = check(&form("2", "30"), &Options::default());
    assert_eq!(errors(&report), [("90", "87")], "{:#?}", report.findings);
    // Whole points that a rule gives to the last one bear themselves out.
    let report = check(&form("2", "33"), &Options::default());
    assert_eq!(report.summary.errors + report.summary.warnings, 0, "{:#?}", report.findings);
}

#[test]
fn weights_without_scores_make_the_printed_whole() {
    let form = "部门整体支出绩效目标表\n一级指标\t三级指标\t年度指标值\t实际完成值\t分值\n产出指标\t巡查次数\t≥12次\t13次\t50\n\
                效益指标\t投诉下降率\t≥5%\t6%\t20\n满意度指标\t居民满意度\t≥90%\t93%\t20\n合计\t\t\t\t100";
    let report = check(form, &Options::default());
    assert_eq!(errors(&report), [("100", "90")], "{:#?}", report.findings);
    let report = check(&form.replace("\t20\n满", "\t30\n满"), &Options::default());
    assert_eq!(report.summary.errors + report.summary.warnings, 0, "{:#?}", report.findings);
}

#[test]
fn the_index_systems_say_which_scores_their_rules_contradict() {
    let Some(report) = seed("002") else { return };
    let rubrics: Vec<&Scorecard> = report.scorecards.iter().filter(|card| card.title.ends_with("指标体系")).collect();
    let of = |card: &Scorecard, status| -> Vec<String> {
        card.indicators.iter().filter(|row| row.status == status).map(|row| row.name.replace(' ', "")).collect()
    };
    assert_eq!(of(rubrics[0], ScoreStatus::Fail), ["支出执行进度", "预算年终结余", "执行结果"]);
    assert_eq!(of(rubrics[0], ScoreStatus::Pass), ["预算编制质量", "资产利用率", "资产盘活率", "目标偏离"]);
    assert_eq!(of(rubrics[1], ScoreStatus::Fail), ["人均资产变化率", "资产利用率"]);
    let held = ["预算编制质量", "支出执行进度", "预算年终结余", "资产盘活率", "执行结果"];
    assert_eq!(of(rubrics[1], ScoreStatus::Pass), held);
    // Of every other rule it is known what it asks a person for.
    let rules = || rubrics.iter().flat_map(|card| &card.indicators);
    assert_eq!(rules().filter(|row| row.method == ScoreMethod::Unread).count(), 0);
}

/// What a row's rule says of what misses its target is said of that row alone.
#[test]
fn the_rule_of_one_row_is_no_note_on_all() {
    let form = |note: &str| {
        format!(
            "项目支出绩效自评表\n一级指标\t三级指标\t指标值\t完成值\t评分标准\t分值\t得分\n产出指标\t新增图书\t≥700册\t755册\t达到目标得满分，未达到的按完成比例得分\t60\t60\n满意度指标\t读者满意度\t≥90%\t80%\t\t40\t38\n合计\t\t\t\t\t100\t98{note}"
        )
    };
    let loud = |text: &str| -> Vec<String> {
        let findings = check(text, &Options::default()).findings;
        findings.into_iter().filter(|finding| finding.severity != Severity::Info).map(|finding| finding.text).collect()
    };
    assert!(loud(&form("")).is_empty(), "{:?}", loud(&form("")));
    assert_eq!(loud(&form("\n注：定量指标完成的记满分，未完成的按比例记分。")), ["38"]);
}
