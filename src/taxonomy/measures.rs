//! Stocks that offices report: at one date there is one figure of each, under whatever name.

/// What is counted or measured at a date, not over a time: of the insured there is one number, of trainings as many as were held.
const STOCKS: [&str; 7] = ["参保", "在校学生", "常住人口", "户籍人口", "低保对象", "建档立卡贫困人口", "床位"];

/// Two words for one thing: who joined the 合作医疗 of the villages is 参保 since it became one with that of the towns.
const SYNONYMS: [(&str, &str); 2] = [("参合", "参保"), ("在校生", "在校学生")];

/// What an office of insurance names in one place and understands in another: 城乡居民医疗保险参保, 城乡居民参保.
const UNDERSTOOD: [&str; 5] = ["基本医疗保险", "医疗保险", "基本医保", "医保", "合作医疗"];

/// Words that say only that people or things were counted.
const COUNTED: [&str; 6] = ["总人数", "人数", "人员", "总数", "数", "人"];

/// The name that all ways to write a stock have in common, where it says of whom the stock is: 城乡居民医疗保险参保, 城乡居民参保人数 and
/// 城乡居民参合人数 are one.
pub fn stock(name: &str) -> Option<String> {
    let mut common = name.to_owned();
    for (word, other) in SYNONYMS.into_iter().chain(UNDERSTOOD.map(|word| (word, ""))) {
        common = common.replace(word, other);
    }
    while let Some(rest) = COUNTED.iter().find_map(|word| common.strip_suffix(word)) {
        common.truncate(rest.len());
    }
    let whose = STOCKS.iter().find_map(|stock| common.strip_suffix(stock))?;
    (whose.chars().count() >= 2).then_some(common)
}

#[cfg(test)]
mod tests {
    use super::stock;

    #[test]
    fn one_stock_has_one_name() {
        let insured = Some("城乡居民参保".to_owned());
        for name in ["城乡居民参保人数", "城乡居民基本医疗保险参保", "城乡居民参合人员"] {
            assert_eq!(stock(name), insured, "{name}");
        }
        assert_ne!(stock("城镇职工参保人数"), insured);
        assert_eq!(stock("参保人数"), None, "it says of nobody");
        assert_eq!(stock("城乡居民参保培训次数"), None);
    }
}
