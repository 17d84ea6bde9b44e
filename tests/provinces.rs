//! The forms of other provinces: each is read alike in every layout, stays silent where it is right, and tells a slip in any of its sums.

mod layouts;

use gouji::report::{Scorecard, Severity};
use gouji::{Options, Report, check};
use layouts::layouts;

/// Points only in the names of groups, and a formula in the head of the money.
const HUBEI: &str = "2022年度灌渠清淤整治项目自评表
单位名称：示范市灌区管理所
项目名称\t灌渠清淤整治
预算执行情况（万元）（20分）\t\t预算数（A）\t执行数（B）\t执行率（B/A）\t得分（20分*执行率）
\t年度财政资金总额\t126.00\t113.40\t90.00%\t18.00
年度目标1（80分）\t一级指标\t二级指标\t三级指标\t年初目标值（A）\t实际完成值（B）\t得分
\t产出指标（40分）\t数量指标\t灌渠清淤长度\t≥36公里\t36公里\t20
\t\t数量指标\t泵站改造数量\t≥5座\t4座\t8
\t\t质量指标\t工程验收合格率\t100%\t100%\t10
\t效益指标（30分）\t社会效益指标\t受益农户\t≥1200户\t1260户\t30
\t满意度指标（10分）\t服务对象满意度指标\t受益农户满意度\t≥90%\t93%\t10
总分\t\t\t\t\t\t96.00";

/// Two targets, a coefficient, and no levels: the sign tells the row.
const CHONGQING: &str = "项目支出绩效自评表
项目名称\t灌渠清淤整治
预算执行情况（万元）\t年初预算数\t全年（调整）预算数\t全年执行数\t执行率\t执行率权重\t执行率得分
年度资金总额\t120.00\t126.00\t113.40\t90.00%\t10\t9.00
其中：财政资金\t120.00\t126.00\t113.40\t90.00%\t\t
指标名称\t计量单位\t指标性质\t年初指标值\t调整指标值\t全年完成值\t得分系数\t权重\t指标得分\t是否核心指标\t说明
灌渠清淤长度\t公里\t≥\t40\t36\t36\t100%\t30\t30\t是\t
泵站改造数量\t座\t≥\t5\t5\t4\t80%\t20\t16\t否\t一座因征地推迟
工程验收合格率\t%\t＝\t100\t100\t100\t100%\t20\t20\t是\t
受益农户满意度\t%\t≥\t90\t90\t93\t100%\t20\t20\t否\t";

/// A head in two rows.
const YUNNAN: &str = "项目支出绩效自评表
（2022年度）
项目名称\t灌渠清淤整治
主管部门\t示范市水务局\t\t实施单位\t示范市灌区管理所
项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t120.00\t126.00\t113.40\t10\t90.00%\t9.00
\t其中：当年财政拨款\t120.00\t126.00\t113.40\t—\t90.00%\t—
\t上年结转资金\t\t\t\t—\t\t—
\t其他资金\t\t\t\t—\t\t—
年度总体目标\t预期目标\t\t实际完成情况\t
\t完成灌渠清淤36公里，改造泵站4座。\t\t完成灌渠清淤36公里，改造泵站4座，群众满意。\t
绩效指标\t\t\t年度指标值\t\t\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t\t\t\t
产出指标\t数量指标\t灌渠清淤长度\t≥\t36\t公里\t36\t15.00\t15.00\t
\t\t泵站改造数量\t≥\t5\t座\t4\t10.00\t8.00\t一座因征地推迟
\t质量指标\t工程验收合格率\t=\t100\t%\t100\t25.00\t25.00\t
效益指标\t社会效益指标\t受益农户\t≥\t1200\t户\t1260\t30.00\t30.00\t
满意度指标\t服务对象满意度指标\t受益农户满意度\t≥\t90\t%\t93\t10.00\t10.00\t
其他需要说明的事项\t无
总分\t\t\t\t\t\t\t100.00\t97.00\t（自评等级：优）";

/// A weight behind the name of each level.
const GUANGDONG: &str = "部门整体支出绩效自评指标评分表
一级指标\t分值\t二级指标\t分值\t三级指标\t分值\t评分标准\t自评分数
预算编制情况\t20\t预算编制\t10\t预算编制合理性\t5\t合理的得5分，否则不得分。\t5
\t\t\t\t预算编制规范性\t5\t规范的得5分，否则不得分。\t5
\t\t目标设置\t10\t绩效目标合理性\t10\t全部合理得10分，发现一处不合规扣2分。\t8
预算执行情况\t50\t资金管理\t30\t预算执行率\t20\t按执行率计算得分。\t18
\t\t\t\t结转结余率\t10\t结转结余率≤10%的，得10分；10%-20%的，得5分；超过20%的，不得分。\t10
\t\t项目管理\t20\t项目实施程序\t20\t规范的得20分。\t20
预算使用效益\t30\t效率性\t30\t重点工作完成率\t30\t完成率≥95%得30分。\t30
合计\t100\t\t100\t\t100\t\t96";

/// Groups that are known by the weight in their names.
const SICHUAN: &str = "部门整体支出绩效评价得分表
一级指标\t二级指标\t三级指标\t指标分值\t计分标准\t得分
部门预算管理（60分）\t预算编制（30分）\t目标制定\t10\t绩效目标合理、细化的，得10分，发现一处不合规扣1分。\t9
\t\t目标完成\t10\t按目标完成率计算得分。\t10
\t\t编制准确\t10\t预算偏离度在10%以内的，得10分；偏离度在10%-20%之间的，得5分；偏离度超过20%的，不得分。\t10
\t预算执行（30分）\t支出控制\t10\t控制在预算内得10分，否则不得分。\t10
\t\t执行进度\t20\t执行进度达到95%得20分。\t18
项目绩效（30分）\t项目决策（10分）\t程序严密\t10\t论证充分得10分。\t10
\t项目实施（20分）\t项目调整\t20\t未调整得20分。\t20
绩效结果应用（10分）\t信息公开（10分）\t自评公开\t10\t按时公开得10分，否则不得分。\t10
合计\t\t\t100\t\t97";

/// The weight before the target.
const GANSU: &str = "项目支出绩效自评表
（2022年度）
项目名称\t灌渠清淤整治
主管部门\t示范市水务局\t\t实施单位\t示范市灌区管理所
项目资金（万元）\t\t全年预算数（A）\t全年执行数（B）\t分值\t执行率（B/A）\t得分
\t年度资金总额：\t126.00\t113.40\t10\t90.00%\t9
\t其中：财政拨款\t126.00\t113.40\t\t90.00%\t
\t其他资金\t\t\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t分值\t年度指标值\t实际完成值\t得分\t未完成原因和改进措施
\t产出指标\t数量指标\t指标1：灌渠清淤长度\t20\t≥36公里\t36公里\t20\t
\t\t\t指标2：泵站改造数量\t10\t≥5座\t4座\t8\t
\t\t质量指标\t指标1：工程验收合格率\t20\t100%\t100%\t20\t
\t效益指标\t社会效益指标\t指标1：受益农户\t30\t≥1200户\t1260户\t30\t
\t满意度指标\t服务对象满意度指标\t指标1：受益农户满意度\t10\t≥90%\t93%\t10\t
总分\t\t\t\t100\t\t\t97\t";

/// The whole office, with its money by source and by use in one row.
const HUNAN: &str = "部门整体支出绩效自评表
（2022年度）
部门名称\t示范市水务局
年度预算申请（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t850.00\t900.00\t864.00\t10\t96.00%\t9.60
\t按收入性质分：\t\t\t按支出性质分：\t\t\t
\t其中：一般公共预算：864.00\t\t\t其中：基本支出：564.00\t\t\t
\t政府性基金拨款：0.00\t\t\t项目支出：300.00\t\t\t
年度总体目标\t预期目标\t\t\t实际完成情况\t\t\t
\t完成灌渠清淤36公里。\t\t\t完成灌渠清淤36公里。\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
\t产出指标\t数量指标\t灌渠清淤长度\t≥36公里\t36公里\t20\t20\t
\t\t质量指标\t工程验收合格率\t100%\t100%\t20\t20\t
\t\t时效指标\t工程按期完工率\t≥95%\t96%\t10\t10\t
\t效益指标（30分）\t社会效益指标\t灌溉条件改善\t明显改善\t明显改善\t30\t28\t
\t满意度指标（10分）\t服务对象满意度指标\t受益农户满意度\t≥90%\t93%\t10\t10\t
总分\t\t\t\t\t\t100\t97.60\t";

/// The sign in a column of its own, reasons behind the money.
const SIGNED: &str = "部门预算项目支出绩效自评表（2023年度）
项目名称\t51000022T000000012345-灌渠清淤整治
主管部门\t示范市水务局\t实施单位\t示范市灌区管理所
项目基本情况\t1.项目年度目标完成情况
\t项目年度目标\t年度目标完成情况
\t清淤灌渠36公里，投入126万元。\t清淤灌渠36公里，支出113.4万元。
预算执行情况（10分）\t年度预算数（万元）\t年初预算\t调整后预算数\t预算执行数\t预算执行率\t权重\t得分\t原因
\t总额\t120.00\t126.00\t113.40\t90.00%\t10\t9\t尾款未付
\t其中：财政资金\t120.00\t126.00\t113.40\t90.00%\t/\t/\t
\t财政专户管理资金\t0.00\t0.00\t0.00\t0.00%\t/\t/\t
\t单位资金\t0.00\t0.00\t0.00\t0.00%\t/\t/\t
\t其他资金\t\t\t\t\t/\t/\t
绩效指标（90分）\t一级指标\t二级指标\t三级指标\t指标性质\t指标值\t度量单位\t完成值\t权重\t得分\t未完成原因分析
\t产出指标\t数量指标\t灌渠清淤长度\t≥\t36\t公里\t36\t20\t20\t
\t\t\t泵站改造数量\t≥\t5\t座\t4\t20\t16\t征地推迟
\t\t质量指标\t工程验收合格率\t＝\t100\t%\t100\t20\t20\t
\t效益指标\t社会效益指标\t灌溉条件改善\t定性\t好\t\t好\t20\t20\t
\t满意度指标\t服务对象满意度指标\t受益农户满意度\t≥\t90\t%\t93\t10\t10\t
\t合计\t\t\t\t\t\t\t100\t95\t
评价结论\t项目自评总分95分，完成较好。";

/// A formula and a rate of completion beside each target, and a reason behind the rule.
const FUJIAN: &str = "2022年度专项资金绩效自评表
专项名称：示范市灌区改造专项
一级指标\t二级指标\t三级指标\t计算公式\t计量单位\t目标值\t实际值\t完成率\t权重\t得分\t评分标准\t偏离原因
投入\t资金执行\t预算执行率\t支出数/预算数\t%\t100\t96\t96%\t10\t9.6\t按比例得分\t
产出\t数量\t清淤灌渠数量\t统计数\t条\t30\t33\t110%\t20\t20\t完成目标得满分，未完成按比例得分\t
\t质量\t工程验收通过率\t通过数/验收数\t%\t90\t81\t90%\t20\t18\t完成目标得满分，未完成按比例得分\t两处返工
\t时效\t开工及时率\t及时数/总数\t%\t100\t100\t100%\t10\t10\t完成目标得满分，未完成按比例得分\t
效益\t经济效益\t节约灌溉用水\t统计数\t万方\t2400\t2760\t115%\t30\t30\t完成目标得满分，未完成按比例得分\t
满意度\t服务对象满意度\t受益农户满意度\t问卷\t%\t90\t94\t104.44%\t10\t10\t完成目标得满分，未完成按比例得分\t
合计\t\t\t\t\t\t\t\t100\t97.6\t\t";

/// The sign before the target, the unit behind it in a column of its own.
const GUIZHOU: &str = "部门整体支出绩效自评表
部门名称\t示范县水务局
部门预算资金（万元）\t年初预算数\t调整预算数\t执行数\t执行率\t分值\t得分
年度资金总额\t8600.00\t9000.00\t8820.00\t98.00%\t10\t9.80
一级指标\t二级指标\t三级指标\t指标值\t计量单位\t实际完成值\t分值\t得分\t偏差原因及改进措施
产出指标\t数量指标\t新建蓄水池容积\t≥6200\t立方米\t6350\t15\t15\t
\t\t培训管水员人数\t≥480\t人\t432\t10\t9\t两个乡镇推迟
\t质量指标\t工程验收合格率\t100\t%\t100\t15\t15\t
\t时效指标\t水费发放及时率\t≥95\t%\t98\t10\t10\t
效益指标\t社会效益指标\t自来水普及率\t≥95\t%\t96.2\t22\t22\t
\t可持续影响指标\t管护条件改善\t明显\t无\t明显\t8\t8\t
满意度指标\t满意度指标\t用水户满意度\t≥90\t%\t92\t10\t7\t
总分\t\t\t\t\t\t100\t95.80\t";

/// The money in a row without a name, the points that it earns in its head.
const JILIN: &str = "2022年度项目支出绩效自评表
项目名称：\t灌渠水量监测
预算执行情况（万元）\t预算数\t执行数\t预算执行率\t得分（10分）
\t75.00\t72.00\t96.00%\t9.60
一级指标\t二级指标\t三级指标\t年度指标值\t全年完成值\t分值权重\t得分\t偏差原因分析及改进措施
产出指标\t数量指标\t监测点位\t≥25个\t25个\t20\t20\t
\t质量指标\t检测合格率\t≥95%\t96%\t20\t20\t
\t时效指标\t任务按期完成率\t≥95%\t90%\t10\t9.47\t汛期停测
效益指标\t生态效益指标\t水量利用率\t≥50%\t52%\t30\t30\t
满意度指标\t服务对象满意度\t农户满意度\t≥90%\t95%\t10\t10\t
总分\t\t\t\t\t100\t99.07\t";

/// Each figure of the money behind its name, weights in the names of the indicators, the rate of the money behind them.
const HEBEI: &str = "项目支出绩效自评表
（2022年度）
填报单位：示范县水务局\t\t\t\t\t\t金额单位：万元
一、基本情况\t项目名称\t机井管护\t实施（主管）单位\t示范县水务局\t\t
二、预算执行情况\t预算安排情况（调整后）\t\t资金到位情况\t\t资金执行情况\t\t预算执行进度
\t预算数：\t182.00\t到位数：\t182.00\t执行数：\t172.90\t95.00%
\t其中：财政资金\t182.00\t其中：财政资金\t182.00\t其中：财政资金\t172.90\t95.00%
\t其他\t\t其他\t\t其他\t\t
三、目标完成情况\t年度预期目标\t\t具体完成情况\t\t总体完成率\t\t
\t管护机井1200眼\t\t管护机井1200眼\t\t100%\t\t
四、年度绩效指标完成情况\t一级指标\t二级指标\t三级指标\t预期指标值\t实际完成值\t自评得分
\t产出指标（50分）\t数量指标\t管护机井数量（15分）\t≥1200眼\t1200眼\t15
\t\t质量指标\t机井完好率（15分）\t≥95%\t96%\t15
\t\t时效指标\t按时完成率（10分）\t100%\t90%\t9
\t\t成本指标\t单眼管护成本（10分）\t≤1520元\t1440元\t10
\t效益指标（30分）\t社会效益指标\t受益农户数（15分）\t≥3200户\t3350户\t15
\t\t可持续影响指标\t管护机制（15分）\t建立\t建立\t14
\t满意度指标（10分）\t服务对象满意度指标\t农户满意度（10分）\t≥90%\t91%\t10
预算执行率（10分）\t\t\t\t\t95.00%\t9.5
自评总分\t\t\t\t\t\t97.5";

/// Nothing but the groups, each with the rate of its score.
const SUMMARY: &str = "表2 项目绩效评价得分情况表
一级指标\t权重\t得分\t得分率
决策\t15\t14\t93.33%
过程\t25\t22.5\t90.00%
产出\t30\t27.6\t92.00%
效益\t30\t26.4\t88.00%
合计\t100\t90.5\t90.50%";

/// A weight behind the name of each level, and rows without a rule.
const UNRULED: &str = "部门整体支出绩效评价评分表
一级指标\t分值\t二级指标\t分值\t三级指标\t分值\t评价标准\t得分
投入\t20\t预算配置\t20\t在职人员控制率\t10\t不超编得10分，每超过一个百分点扣1分。\t10
\t\t\t\t接待费变动率\t10\t不增加得10分，每增加一个百分点扣1分。\t9
过程\t50\t预算执行\t20\t预算完成率\t20\t完成95%得20分，每低一个百分点扣2分。\t18
\t\t预算管理\t30\t制度健全性\t15\t①有内部财务制度，5分；②有节约制度，5分；③制度得到执行，5分。\t14
\t\t\t\t使用合规性\t15\t每出现一例不合规的扣3分。\t15
产出及效率\t30\t职责履行\t15\t重点工作完成率\t15\t按督查考核分数折算。\t14.5
\t\t履职效益\t15\t经济效益\t5\t可根据部门实际选择设置。\t5
\t\t\t\t社会效益\t5\t\t5
\t\t\t\t公众满意度\t5\t\t4
合计\t100\t\t100\t\t100\t\t94.5";

struct Form {
    /// What is particular to it.
    name: &'static str,
    /// Its cells.
    tabs: &'static str,
    /// How many rows it has.
    rows: usize,
    /// What its weights make, where each row has one.
    weight: Option<&'static str>,
    /// What its scores make.
    total: &'static str,
    /// How many rates and sums its money has.
    money: usize,
}

const FORMS: [Form; 13] = [
    Form { name: "points in the names of groups", tabs: HUBEI, rows: 5, weight: None, total: "96.00", money: 1 },
    Form { name: "coefficients", tabs: CHONGQING, rows: 4, weight: Some("100"), total: "95", money: 5 },
    Form { name: "a head in two rows", tabs: YUNNAN, rows: 5, weight: Some("100.00"), total: "97.00", money: 5 },
    Form { name: "weights of levels", tabs: GUANGDONG, rows: 7, weight: Some("100"), total: "96", money: 0 },
    Form { name: "weights in names", tabs: SICHUAN, rows: 8, weight: Some("100"), total: "97", money: 0 },
    Form { name: "weights before targets", tabs: GANSU, rows: 5, weight: Some("100"), total: "97", money: 4 },
    Form { name: "a whole office", tabs: HUNAN, rows: 5, weight: Some("100"), total: "97.60", money: 1 },
    Form { name: "signs", tabs: SIGNED, rows: 5, weight: Some("100"), total: "95", money: 7 },
    Form { name: "rates of completion", tabs: FUJIAN, rows: 6, weight: Some("100"), total: "97.6", money: 0 },
    Form { name: "units in a column", tabs: GUIZHOU, rows: 7, weight: Some("100"), total: "95.80", money: 1 },
    Form { name: "money without a name", tabs: JILIN, rows: 5, weight: Some("100"), total: "99.07", money: 1 },
    Form { name: "groups alone", tabs: SUMMARY, rows: 4, weight: Some("100"), total: "90.5", money: 0 },
    Form { name: "rows without a rule", tabs: UNRULED, rows: 9, weight: Some("100"), total: "94.5", money: 0 },
];

fn loud(report: &Report) -> Vec<&str> {
    let findings = report.findings.iter().filter(|finding| finding.severity != Severity::Info);
    findings.map(|finding| finding.message.as_str()).collect()
}

fn card(report: &Report) -> &Scorecard {
    let [card] = &report.scorecards[..] else { panic!("{:#?}", report.scorecards) };
    card
}

#[test]
fn every_form_reads_alike_in_every_layout() {
    for Form { name: form, tabs, rows, weight, total, money } in FORMS {
        for (layout, text) in layouts(tabs) {
            let report = check(&text, &Options::default());
            let card = card(&report);
            assert_eq!(card.indicators.len(), rows, "{form}, {layout}: {:#?}", card.indicators);
            assert!(card.indicators.iter().all(|row| row.score.stated.is_some()), "{form}, {layout}");
            assert_eq!(card.weight.computed.as_deref(), weight, "{form}, {layout}");
            assert_eq!(card.total.computed.as_deref(), Some(total), "{form}, {layout}");
            let of_money = report.checks.iter().filter(|check| check.rule == "form-budget").count();
            assert_eq!(of_money, money, "{form}, {layout}");
            assert_eq!(loud(&report), Vec::<&str>::new(), "{form}, {layout}");
        }
    }
}

#[test]
fn a_wrong_total_is_told_in_every_layout() {
    for Form { name: form, tabs, total, .. } in FORMS {
        let printed = tabs.lines().find(|line| line.contains(total) && line.contains(['总', '合']));
        // One form prints no total.
        let Some(printed) = printed else { continue };
        let wrong = total.replacen('9', "8", 1);
        for (layout, text) in layouts(&tabs.replace(printed, &printed.replace(total, &wrong))) {
            let report = check(&text, &Options::default());
            let told =
                report.findings.iter().any(|f| f.rule == "score-total" && f.stated == wrong && f.expected == total);
            assert!(told, "{form}, {layout}: {:#?}", report.findings);
        }
    }
}

#[test]
fn a_conclusion_repeats_the_total_of_its_own_form() {
    let next = SIGNED.replace("灌渠清淤整治", "机井维修养护").replace("自评总分95分", "自评总分93分");
    for (layout, text) in layouts(&format!("{SIGNED}\n{next}")) {
        let report = check(&text, &Options::default());
        assert_eq!(report.scorecards.len(), 2, "{layout}");
        let told: Vec<&str> = loud(&report);
        assert!(matches!(told[..], [only] if only.contains("93") && only.contains("95")), "{layout}: {told:#?}");
    }
}

#[test]
fn a_formula_in_the_head_of_the_money_gives_its_score() {
    for (layout, text) in layouts(&HUBEI.replace("18.00", "19.00").replace("96.00", "97.00")) {
        let report = check(&text, &Options::default());
        let [finding] = &report.findings.iter().filter(|f| f.severity != Severity::Info).collect::<Vec<_>>()[..] else {
            panic!("{layout}: {:#?}", report.findings)
        };
        assert_eq!((finding.stated.as_str(), finding.expected.as_str()), ("19.00", "18.00"), "{layout}");
    }
}

#[test]
fn a_coefficient_gives_its_part_of_the_weight() {
    for (layout, text) in layouts(&CHONGQING.replace("80%\t20\t16", "80%\t20\t18")) {
        let report = check(&text, &Options::default());
        let told = report.findings.iter().any(|f| f.rule == "score-method" && f.stated == "18" && f.expected == "16");
        assert!(told, "{layout}: {:#?}", report.findings);
    }
}

#[test]
fn money_may_name_each_of_its_figures() {
    for (layout, text) in layouts(HEBEI) {
        let report = check(&text, &Options::default());
        let of_money = report.checks.iter().filter(|check| check.rule == "form-budget").count();
        assert_eq!((card(&report).indicators.len(), of_money), (8, 4), "{layout}");
        assert_eq!(loud(&report), Vec::<&str>::new(), "{layout}");
    }
}

#[test]
fn a_rate_of_completion_is_what_was_reached_over_the_target() {
    for (layout, text) in layouts(&FUJIAN.replace("104.44%", "107.44%")) {
        let report = check(&text, &Options::default());
        let told =
            report.findings.iter().any(|f| f.rule == "target-met" && f.stated == "107.44%" && f.expected == "104.44%");
        assert!(told, "{layout}: {:#?}", report.findings);
    }
}

#[test]
fn a_total_above_the_rows_is_that_below_them() {
    let headed = GUIZHOU.replacen("部门预算资金", "自评得分\t93.80\t自评等次\t优\n部门预算资金", 1);
    let told = |text: &str| check(text, &Options::default()).findings.iter().any(|f| f.rule == "score-total");
    assert!(told(&headed));
    assert!(!told(&headed.replace("93.80", "95.80")));
}

/// A web page's table: the cells of a row hold the ends of lines, and the bars at its end make up for those that it spans.
const WEB: &str = "| 2022年度项目支出绩效自评表 | |||||||||
| 项目名称 |
灌渠清淤整治 |
||||||||
|
项目资金 （万元） |
全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 | ||||
| 年度资金总额 | 126.00 | 113.40 | 10 | 90.00% | 9.00 | ||||
| 绩效指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因 | ||||
|
一级 指标 |
二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | ||||
| 产出指标 | 数量指标 | 灌渠清淤长度 | ≥ | 36 | 公里 | 36 | 25.00 | 25.00 | |
| 质量指标 | 工程验收合格率 | = | 100 | % | 100 | 25.00 | 25.00 | ||
| 效益指标 | 社会效益指标 | 受益农户 | ≥ | 1200 | 户 | 1260 | 30.00 | 30.00 | |
| 满意度指标 | 服务对象满意度指标 | 受益农户满意度 | ≥ | 90 | % | 93 | 10.00 | 10.00 | |
| 总分 | 100.00 | 99.00 | |||||||";

#[test]
fn a_row_whose_cells_hold_the_ends_of_lines_is_put_together() {
    let report = check(WEB, &Options::default());
    assert_eq!((card(&report).indicators.len(), card(&report).total.computed.as_deref()), (4, Some("99.00")));
    assert_eq!(report.checks.iter().filter(|check| check.rule == "form-budget").count(), 1);
    assert_eq!(loud(&report), Vec::<&str>::new());
    let report = check(&WEB.replace("100.00 | 99.00", "100.00 | 98.00"), &Options::default());
    assert!(report.findings.iter().any(|f| f.stated == "98.00" && f.expected == "99.00"), "{:#?}", report.findings);
}

#[test]
fn no_more_than_all_can_be_satisfied() {
    for (layout, text) in layouts(&GANSU.replace("93%", "193%")) {
        let report = check(&text, &Options::default());
        assert!(loud(&report).iter().any(|message| message.contains("193%")), "{layout}: {:#?}", report.findings);
    }
}

#[test]
fn a_form_in_one_line_breaks_nothing() {
    for Form { tabs, .. } in FORMS {
        let line: Vec<&str> = tabs.split(['\t', '\n']).filter(|cell| !cell.is_empty()).collect();
        assert_eq!(loud(&check(&line.join(" "), &Options::default())), Vec::<&str>::new());
    }
}

/// A form whose goals are told in words, with costs and money among them.
const GOALS: &str = "项目支出绩效自评表\n（2022年度）\n项目名称\t灌渠清淤整治\n项目资金（万元）\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n\t年度资金总额\t120.00\t126.45\t113.81\t10\t90.00%\t9.00\n年度总体目标\t预期目标\t\t实际完成情况\t\n\t清淤灌渠36处，改造泵站5座，新建水窖120口，项目资金126.45万元。\t\t清淤灌渠38处，改造泵站4座，新建水窖120口，支出113.81万元。\t\n绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施\n\t产出指标\t数量指标\t清淤灌渠数量\t≥36处\t38处\t20\t20\t\n\t\t\t改造泵站数量\t≥5座\t4座\t20\t16\t征地推迟\n\t\t\t新建水窖数量\t≥120口\t120口\t10\t10\t\n\t\t成本指标\t项目总成本\t126.45万元\t113.81万元\t10\t10\t\n\t效益指标\t社会效益指标\t受益农户\t≥1200户\t1260户\t20\t20\t\n\t满意度指标\t服务对象满意度指标\t受益农户满意度\t≥90%\t93%\t10\t10\t\n总分\t\t\t\t\t\t100\t95.00\t";

#[test]
fn the_goals_in_words_are_those_of_the_indicators_and_of_the_money() {
    assert_eq!(loud(&check(GOALS, &Options::default())), Vec::<&str>::new());
    for (right, wrong) in [
        ("清淤灌渠36处", "清淤灌渠63处"),
        ("改造泵站4座", "改造泵站8座"),
        ("项目资金126.45万元", "项目资金162.45万元"),
        ("支出113.81万元", "支出118.31万元"),
    ] {
        for (layout, text) in layouts(&GOALS.replacen(right, wrong, 1)) {
            let report = check(&text, &Options::default());
            let figure = wrong.trim_start_matches(|c: char| !c.is_ascii_digit());
            let told = report
                .findings
                .iter()
                .any(|f| f.rule == "form-goal" && f.stated == figure && f.severity != Severity::Info);
            assert!(told, "{layout}, {wrong}: {:#?}", report.findings);
        }
    }
}

#[test]
fn a_cost_above_its_target_is_for_a_person_to_judge() {
    let text = GOALS.replace("126.45万元\t113.81万元", "110.45万元\t113.81万元");
    let report = check(&text, &Options::default());
    assert!(
        report.findings.iter().any(|f| f.severity == Severity::Info && f.message.contains("超过指标值 110.45万元"))
    );
}

#[test]
fn what_was_reached_in_part_scores_by_its_grade() {
    let text = GOALS.replace("1260户\t20\t20", "部分达成预期指标\t20\t19").replace("95.00", "94.00");
    let of_grade = |text: &str| {
        let report = check(text, &Options::default());
        let found = report.findings.iter().find(|f| f.rule == "score-method" && f.stated == "19");
        found.map(|f| (f.severity, f.expected.clone()))
    };
    // By the nation's grades a person judges; a note below the form makes its own the rule of that form.
    assert_eq!(of_grade(&text), Some((Severity::Info, "12—16".to_owned())));
    let own = "\n注：定性指标分为三档，分别按照100%-80%（含）、80%-50%（含）、50%-10%合理确定分值。";
    assert_eq!(of_grade(&format!("{text}{own}")), Some((Severity::Warning, "10—16".to_owned())));
    assert_eq!(of_grade(&format!("{}{own}", text.replace("20\t19", "20\t15").replace("94.00", "90.00"))), None);
}
