//! The groups of indicators that every form has: 产出指标 with 数量指标, 质量指标 and the like within.

use super::row::points;

/// How many characters the name of a group has at most, with its weight.
const LONGEST: usize = 20;

/// 产出指标, 效益指标 and the like: the level of a group's name.
pub fn group(text: &str) -> Option<usize> {
    const OUTER: [&str; 9] = ["产出", "效益", "满意度", "完成", "项目完成", "效果", "项目产出", "项目效益", "产品"];
    const INNER: [&str; 14] = [
        "数量",
        "质量",
        "时效",
        "成本",
        "经济成本",
        "社会成本",
        "生态环境成本",
        "经济效益",
        "社会效益",
        "生态效益",
        "可持续影响",
        "可持续发展",
        "服务对象满意度",
        "满意度",
    ];
    if matches!(text, "经济效益" | "社会效益" | "生态效益" | "可持续影响" | "服务对象满意度") {
        return Some(1);
    }
    if !text.contains("指标") {
        return None;
    }
    // 效益指标（30分）
    let text = text.split(['（', '(']).next().filter(|name| is_points(&text[name.len()..])).unwrap_or(text);
    let stem = text.strip_suffix("指标")?;
    if OUTER.contains(&stem) { Some(0) } else { INNER.contains(&stem).then_some(1) }
}

/// （50分） behind the name of a group.
pub fn is_points(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.and_then(|inner| inner.strip_suffix('分')).is_some_and(|figure| points(figure).is_some())
}

/// 预算执行（25分）: a name that prints its weight.
pub fn is_weighted(text: &str) -> bool {
    text.find(['（', '(']).is_some_and(|open| open > 0 && is_points(&text[open..])) && text.chars().count() <= LONGEST
}
