//! The economic classification of expenditure by departments (部门预算支出经济分类科目), for codes that a table prints beside names.
//!
//! Source: the finance ministry's 政府收支分类科目, in the form of 2018 and its later changes, with the codes that the earlier form gave the
//! same names.

/// The codes that a name has had, the present one first.
const ITEMS: &[(&str, &[u32])] = &[
    ("基本工资", &[30101]),
    ("津贴补贴", &[30102]),
    ("奖金", &[30103]),
    ("伙食补助费", &[30106]),
    ("绩效工资", &[30107]),
    ("机关事业单位基本养老保险缴费", &[30108]),
    ("职业年金缴费", &[30109]),
    ("职工基本医疗保险缴费", &[30110]),
    ("公务员医疗补助缴费", &[30111]),
    ("其他社会保障缴费", &[30112, 30104]),
    ("住房公积金", &[30113, 30311]),
    ("医疗费", &[30114, 30307]),
    ("其他工资福利支出", &[30199]),
    ("办公费", &[30201]),
    ("印刷费", &[30202]),
    ("咨询费", &[30203]),
    ("手续费", &[30204]),
    ("水费", &[30205]),
    ("电费", &[30206]),
    ("邮电费", &[30207]),
    ("取暖费", &[30208]),
    ("物业管理费", &[30209]),
    ("差旅费", &[30211]),
    ("因公出国（境）费用", &[30212]),
    ("维修（护）费", &[30213]),
    ("租赁费", &[30214]),
    ("会议费", &[30215]),
    ("培训费", &[30216]),
    ("公务接待费", &[30217]),
    ("专用材料费", &[30218]),
    ("被装购置费", &[30224]),
    ("专用燃料费", &[30225]),
    ("劳务费", &[30226]),
    ("委托业务费", &[30227]),
    ("工会经费", &[30228]),
    ("福利费", &[30229]),
    ("公务用车运行维护费", &[30231]),
    ("其他交通费用", &[30239]),
    ("税金及附加费用", &[30240]),
    ("其他商品和服务支出", &[30299]),
    ("离休费", &[30301]),
    ("退休费", &[30302]),
    ("退职（役）费", &[30303]),
    ("抚恤金", &[30304]),
    ("生活补助", &[30305]),
    ("救济费", &[30306]),
    ("医疗费补助", &[30307]),
    ("助学金", &[30308]),
    ("奖励金", &[30309]),
    ("个人农业生产补贴", &[30310]),
    ("代缴社会保险费", &[30311]),
    ("其他对个人和家庭的补助", &[30399]),
    ("国内债务付息", &[30701]),
    ("国外债务付息", &[30702]),
    ("国内债务发行费用", &[30703]),
    ("国外债务发行费用", &[30704]),
    ("房屋建筑物购建", &[31001, 30901]),
    ("办公设备购置", &[31002, 30902]),
    ("专用设备购置", &[31003, 30903]),
    ("基础设施建设", &[31005, 30905]),
    ("大型修缮", &[31006, 30906]),
    ("信息网络及软件购置更新", &[31007, 30907]),
    ("物资储备", &[31008, 30908]),
    ("土地补偿", &[31009]),
    ("安置补助", &[31010]),
    ("地上附着物和青苗补偿", &[31011]),
    ("拆迁补偿", &[31012]),
    ("公务用车购置", &[31013, 30913]),
    ("其他交通工具购置", &[31019, 30919]),
    ("文物和陈列品购置", &[31021, 30921]),
    ("无形资产购置", &[31022, 30922]),
    ("其他资本性支出", &[31099]),
];

/// The code that a printed one mistypes by one digit or two transposed ones, where the name has another.
pub fn mistyped(name: &str, printed: &str) -> Option<u32> {
    let (_, codes) = ITEMS.iter().find(|(item, _)| *item == name)?;
    let known = codes.iter().any(|code| code.to_string() == printed);
    let near = |code: &&u32| is_one_slip(&code.to_string(), printed);
    codes.iter().filter(|_| !known).find(near).copied()
}

fn is_one_slip(right: &str, printed: &str) -> bool {
    let (a, b) = (right.as_bytes(), printed.as_bytes());
    let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|&at| a[at] != b[at]).collect();
    a.len() == b.len()
        && match differing[..] {
            [_] => true,
            [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_code() {
        assert_eq!(mistyped("差旅费", "30281"), Some(30211));
        assert_eq!(mistyped("差旅费", "30211"), None);
        assert_eq!(mistyped("住房公积金", "30311"), None);
        assert_eq!(mistyped("培训费", "50203"), None);
        assert_eq!(mistyped("培训费", "30261"), Some(30216));
    }

    #[test]
    fn no_name_stands_twice() {
        let mut names: Vec<&str> = ITEMS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
