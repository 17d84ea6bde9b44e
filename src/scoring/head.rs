//! The head of a scoring form: what each of its columns holds.

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The name of an indicator or of a group: 一级指标, 二级指标, 三级指标.
    Level,
    /// ≥, ≤, =, 定性.
    Nature,
    /// What was to be reached.
    Target,
    /// What was to be reached before the target was changed: 年初指标值 beside 调整指标值.
    Initial,
    /// The unit of target and actual.
    Unit,
    /// What was reached.
    Actual,
    /// The weight.
    Weight,
    /// The weight of the group whose name stands before it.
    GroupWeight,
    /// The score.
    Score,
    /// The part of the weight that the score is: 得分系数.
    Coefficient,
    /// The part of the target that was reached: 完成率.
    Completion,
    /// How the score follows.
    Rule,
    /// Why a target was missed: 未完成原因, 偏差原因分析及改进措施.
    Reason,
    /// Anything else.
    Other,
}

/// The words of each kind of column. The first of them that stands in a head tells its kind: 实际完成指标值 is no target.
const WORDS: [(&str, Column); 68] = [
    ("扣分原因", Column::Other),
    ("失分原因", Column::Other),
    ("得分原因", Column::Other),
    ("原因", Column::Reason),
    ("措施", Column::Other),
    ("偏差", Column::Other),
    ("说明", Column::Other),
    ("解释", Column::Other),
    ("公式", Column::Other),
    ("数据", Column::Other),
    ("来源", Column::Other),
    ("备注", Column::Other),
    ("建议", Column::Other),
    ("依据", Column::Other),
    ("内涵", Column::Other),
    ("佐证", Column::Other),
    ("完成率", Column::Completion),
    ("评分标准", Column::Rule),
    ("评价标准", Column::Rule),
    ("计分标准", Column::Rule),
    ("评分规则", Column::Rule),
    ("计分规则", Column::Rule),
    ("评分办法", Column::Rule),
    ("评分方法", Column::Rule),
    ("计分方法", Column::Rule),
    ("评分细则", Column::Rule),
    ("得分标准", Column::Rule),
    ("扣分标准", Column::Rule),
    ("打分标准", Column::Rule),
    ("完成值", Column::Actual),
    ("实际值", Column::Actual),
    ("实现值", Column::Actual),
    ("实际完成", Column::Actual),
    ("完成指标值", Column::Actual),
    ("完成情况", Column::Actual),
    ("实际指标值", Column::Actual),
    ("得分系数", Column::Coefficient),
    ("得分率", Column::Coefficient),
    ("得分", Column::Score),
    ("自评分", Column::Score),
    ("自评分数", Column::Score),
    ("评分", Column::Score),
    ("分值", Column::Weight),
    ("权重", Column::Weight),
    ("标准分", Column::Weight),
    ("满分", Column::Weight),
    ("分数", Column::Weight),
    ("年初指标值", Column::Initial),
    ("年初目标值", Column::Initial),
    ("指标值", Column::Target),
    ("标准值", Column::Target),
    ("目标值", Column::Target),
    ("预期值", Column::Target),
    ("计划值", Column::Target),
    ("年度目标", Column::Target),
    ("预期目标", Column::Target),
    ("计划指标", Column::Target),
    ("性质", Column::Nature),
    ("符号", Column::Nature),
    ("方向", Column::Nature),
    ("度量单位", Column::Unit),
    ("计量单位", Column::Unit),
    ("级指标", Column::Level),
    ("指标名称", Column::Level),
    ("指标内容", Column::Level),
    ("评价指标", Column::Level),
    ("考核指标", Column::Level),
    ("评价内容", Column::Level),
];

/// The characters that some words begin with: a look at one tells of most places that no word begins there. They are known by the last
/// eight of their bits.
struct Initials([u64; 4]);

impl Initials {
    /// Those of words that begin with an ideograph.
    const fn of<T, const N: usize>(words: &[(&str, T); N]) -> Initials {
        let mut known = [0; 4];
        let mut word = 0;
        while word < N {
            let bytes = words[word].0.as_bytes();
            assert!(bytes[0] >> 4 == 0b1110, "an ideograph takes three bytes");
            known[(bytes[1] & 3) as usize] |= 1 << (bytes[2] & 63);
            word += 1;
        }
        Initials(known)
    }

    fn has(&self, c: char) -> bool {
        let bits = c as u32;
        self.0[(bits >> 6 & 3) as usize] >> (bits & 63) & 1 == 1
    }
}

/// Whether a text may be a head's, or a part of one: in some cell every head names indicators.
pub fn may_be(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| c == '标' || (std::mem::replace(&mut before, c), c) == ('评', '价'))
}

/// What a head's text says that its column holds.
fn column(text: &str) -> Column {
    named(text).unwrap_or(Column::Other)
}

/// The same, where the text has words of a head at all.
pub fn named(text: &str) -> Option<Column> {
    const INITIALS: Initials = Initials::of(&WORDS);
    let short = text.chars().count() <= 24;
    // Most words are told apart by the last byte of their first character.
    let begins = |at: usize| {
        let rest = &text[at..];
        let mark = rest.as_bytes().get(2);
        WORDS.iter().position(|(word, _)| word.as_bytes().get(2) == mark && rest.starts_with(word))
    };
    let found = text.char_indices().filter(|(_, c)| short && INITIALS.has(*c)).filter_map(|(at, _)| begins(at)).min();
    found.map(|first| WORDS[first].1)
}

/// The columns of a form, where a row is its head: it names indicators, and their weights, their scores, or both targets and actuals.
pub fn columns(row: &[String]) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = row.iter().map(|text| column(text)).collect();
    // 绩效指标完成情况, 年度目标1（80分） and 项目权重 stand beside the whole form, above no column.
    let first = columns.iter().position(|column| *column == Column::Level)?;
    let beside = |column: &&mut Column| matches!(column, Column::Target | Column::Actual | Column::Weight);
    for column in columns[..first].iter_mut().filter(beside) {
        *column = Column::Other;
    }
    supersede(&mut columns);
    // Each level may have its own weight: 一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 分值.
    let last = columns.iter().rposition(|column| *column == Column::Weight);
    for at in 1..last.unwrap_or(0) {
        if columns[at] == Column::Weight && columns[at - 1] == Column::Level {
            columns[at] = Column::GroupWeight;
        }
    }
    let has = |wanted: Column| columns.contains(&wanted);
    let short = row.iter().all(|text| text.chars().count() <= 40);
    let once = [Column::Weight, Column::Score, Column::Target, Column::Actual]
        .iter()
        .all(|kind| columns.iter().filter(|c| *c == kind).count() <= 1);
    let scores = has(Column::Weight) || has(Column::Score) || (has(Column::Target) && has(Column::Actual));
    (short
        && once
        && has(Column::Level)
        && scores
        && columns.iter().filter(|c| !matches!(c, Column::Reason | Column::Other)).count() >= 3)
        .then_some(columns)
}

/// The columns of a head in two rows: what the lower one leaves blank stands in the upper one, which spans both.
/// 绩效指标 | 年度指标值 | 实际完成值 above 一级指标 | 指标性质 | 指标值 | 度量单位.
pub fn lower(upper: &[String], lower: &[String]) -> Option<Vec<Column>> {
    let filled = || lower.iter().filter(|text| !text.is_empty());
    let kinds = || filled().map(|text| column(text));
    let is_lower = filled().count() >= 2
        && kinds().all(|kind| matches!(kind, Column::Level | Column::Nature | Column::Target | Column::Unit))
        && kinds().any(|kind| matches!(kind, Column::Level | Column::Nature));
    let text = |row: &[String], cell: usize| row.get(cell).filter(|text| !text.is_empty()).cloned();
    let cell = |cell: usize| text(lower, cell).or_else(|| text(upper, cell)).unwrap_or_default();
    if !is_lower {
        return None;
    }
    // Where the upper one's cells are one each, however many columns they span, the lower row stands under its target and all before it.
    let spread = || {
        let behind = upper.iter().position(|text| column(text) == Column::Target)? + 1;
        let lower = lower.iter().filter(|text| !text.is_empty());
        columns(&lower.chain(&upper[behind..]).cloned().collect::<Vec<_>>())
    };
    columns(&(0..upper.len().max(lower.len())).map(cell).collect::<Vec<_>>()).or_else(spread)
}

/// Of two targets the later one counts, and of the scores of several assessors the first.
fn supersede(columns: &mut [Column]) {
    let places = |columns: &[Column], kind: Column| -> Vec<usize> {
        (0..columns.len()).filter(|&at| columns[at] == kind).collect()
    };
    if let Some((_, earlier)) = places(columns, Column::Target).split_last() {
        earlier.iter().for_each(|&at| columns[at] = Column::Initial);
    } else {
        columns.iter_mut().filter(|column| **column == Column::Initial).for_each(|column| *column = Column::Target);
    }
    if let Some((_, later)) = places(columns, Column::Score).split_first() {
        later.iter().for_each(|&at| columns[at] = Column::Other);
    }
}

/// The heads of columns as they are printed, for heads whose words stand behind each other without their borders.
const HEADS: [(&str, Column); 63] = [
    ("全年实际完成指标值", Column::Actual),
    ("全年实际完成值", Column::Actual),
    ("实际完成指标值", Column::Actual),
    ("全年完成指标值", Column::Actual),
    ("实际完成情况", Column::Actual),
    ("实际完成值", Column::Actual),
    ("全年完成值", Column::Actual),
    ("年度完成值", Column::Actual),
    ("完成指标值", Column::Actual),
    ("实际指标值", Column::Actual),
    ("完成情况", Column::Actual),
    ("完成值", Column::Actual),
    ("实际值", Column::Actual),
    ("年度绩效指标值", Column::Target),
    ("预期指标值", Column::Target),
    ("年度指标值", Column::Target),
    ("计划指标值", Column::Target),
    ("绩效指标值", Column::Target),
    ("年度目标值", Column::Target),
    ("年初目标值", Column::Initial),
    ("年初指标值", Column::Initial),
    ("调整后指标值", Column::Target),
    ("调整指标值", Column::Target),
    ("指标值", Column::Target),
    ("目标值", Column::Target),
    ("标准值", Column::Target),
    ("计划值", Column::Target),
    ("绩效指标性质", Column::Nature),
    ("指标性质", Column::Nature),
    ("运算符号", Column::Nature),
    ("指标方向", Column::Nature),
    ("绩效度量单位", Column::Unit),
    ("度量单位", Column::Unit),
    ("计量单位", Column::Unit),
    ("指标权重", Column::Weight),
    ("分值", Column::Weight),
    ("权重", Column::Weight),
    ("得分系数", Column::Coefficient),
    ("自评分数", Column::Score),
    ("指标得分", Column::Score),
    ("自评得分", Column::Score),
    ("得分", Column::Score),
    ("自评分", Column::Score),
    ("评分标准", Column::Rule),
    ("评价标准", Column::Rule),
    ("计分标准", Column::Rule),
    ("评分规则", Column::Rule),
    ("评分办法", Column::Rule),
    ("评分细则", Column::Rule),
    ("计分方法", Column::Rule),
    ("指标说明", Column::Other),
    ("指标解释", Column::Other),
    ("扣分原因", Column::Other),
    ("未完成原因", Column::Other),
    ("偏差原因", Column::Other),
    ("偏差分析", Column::Other),
    ("改进措施", Column::Other),
    ("完成率", Column::Other),
    ("得分率", Column::Coefficient),
    ("是否核心指标", Column::Other),
    ("核心指标", Column::Other),
    ("说明", Column::Other),
    ("备注", Column::Other),
];

/// The columns that a text names one behind the other, and where the last of them ends.
pub fn order(text: &str) -> (Vec<Column>, usize) {
    const INITIALS: Initials = Initials::of(&HEADS);
    let (mut columns, mut at, mut end) = (Vec::new(), 0, 0);
    while at < text.len() {
        let first = text[at..].chars().next().unwrap_or_default();
        let heads = HEADS.iter().filter(|(head, _)| INITIALS.has(first) && text[at..].starts_with(head));
        let Some((head, column)) = heads.max_by_key(|(head, _)| head.len()) else {
            at += first.len_utf8();
            continue;
        };
        at += head.len();
        end = at;
        // 偏差原因分析及改进措施 is one column.
        if !(*column == Column::Other && columns.last() == Some(&Column::Other)) {
            columns.push(*column);
        }
    }
    supersede(&mut columns);
    (columns, end)
}

/// Whether a word only ends with the head of another column: 预算完成率.
pub fn ends_like_one(word: &str) -> bool {
    let head = HEADS.iter().find(|(head, column)| *column == Column::Other && word.ends_with(head));
    head.is_some_and(|(head, _)| word.len() > head.len()) && !HEADS.iter().any(|(head, _)| word.starts_with(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(row: &str) -> Option<Vec<Column>> {
        columns(&row.split('|').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn knows_the_columns_by_their_words() {
        use Column::*;
        let head = read("一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施");
        assert_eq!(head, Some(vec![Level, Level, Level, Target, Actual, Weight, Score, Reason]));
        let head = read("一级指标|三级指标|标准值|评分标准|分值|自评得分（2020年）");
        assert_eq!(head, Some(vec![Level, Level, Target, Rule, Weight, Score]));
        let head = read(
            "绩效指标完成情况|一级指标|二级指标|三级指标|预期指标值（包含数字及文字描述）|实际完成指标值（包含数字及文字描述）",
        );
        assert_eq!(head, Some(vec![Other, Level, Level, Level, Target, Actual]));
        assert_eq!(read("项目|预算数|执行数|执行率"), None);
        let head = read("指标名称|指标性质|指标值|计量单位|调整指标值|全年完成值|得分系数（%）|指标权重|指标得分");
        assert_eq!(head, Some(vec![Level, Nature, Initial, Unit, Target, Actual, Coefficient, Weight, Score]));
        assert_eq!(read("一级指标|分值|得分|得分率"), Some(vec![Level, Weight, Score, Coefficient]));
        assert_eq!(read("项目权重|评价内容|分值|自评分|复核分"), Some(vec![Other, Level, Weight, Score, Other]));
        let head = read("一级指标|三级指标|分值|扣分标准|得分|扣分原因|未完成原因");
        assert_eq!(head, Some(vec![Level, Level, Weight, Rule, Score, Other, Reason]));
        let head = read("一级指标|二级指标|三级指标|指标分值|县级评分|市级评分");
        assert_eq!(head, Some(vec![Level, Level, Level, Weight, Score, Other]));
    }

    #[test]
    fn a_head_in_two_rows_may_have_lost_its_blanks() {
        use Column::*;
        let cells = |row: &str| row.split('|').map(str::to_owned).collect::<Vec<_>>();
        let head = lower(
            &cells("绩效指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施"),
            &cells("一级指标|二级指标|三级指标|指标性质|指标值|度量单位"),
        );
        assert_eq!(head, Some(vec![Level, Level, Level, Nature, Target, Unit, Actual, Weight, Score, Reason]));
    }

    #[test]
    fn knows_the_order_of_a_head_without_borders() {
        use Column::*;
        assert_eq!(
            order("指标性质指标值度量单位完成值权重得分未完成原因分析").0,
            [Nature, Target, Unit, Actual, Weight, Score, Other]
        );
        assert_eq!(order("分值年度指标值实际完成值得分").0, [Weight, Target, Actual, Score]);
        assert_eq!(
            order("年度指标值全年完成值分值得分偏差原因分析及改进措施").0,
            [Target, Actual, Weight, Score, Other]
        );
    }
}
