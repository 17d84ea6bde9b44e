//! One form in the layouts that pasting gives.

/// A form in tabs, as it stands and with its cells laid out otherwise.
pub fn layouts(tabs: &str) -> [(&'static str, String); 7] {
    let rows = || tabs.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let join = |parted: &str, blanks: bool, lines: &str| {
        let row = |cells: Vec<&str>| {
            cells.into_iter().filter(|cell| blanks || !cell.is_empty()).collect::<Vec<_>>().join(parted)
        };
        rows().map(row).collect::<Vec<_>>().join(lines)
    };
    // The blank cells stand behind the others, as some web pages' tables come.
    let width = rows().map(|cells| cells.len()).max().unwrap_or_default();
    let barred = |cells: Vec<&str>| {
        let filled: Vec<&str> = cells.iter().copied().filter(|cell| !cell.is_empty()).collect();
        let bars = "|".repeat(width - filled.len());
        if cells.len() == 1 { cells[0].to_owned() } else { format!("{} |{bars}", filled.join(" | ")) }
    };
    [
        ("tabs", tabs.to_owned()),
        ("spaces", join(" ", false, "\n")),
        ("a cell a line", join("\n", false, "\n")),
        ("a cell a line with blank ones", join("\n", true, "\n")),
        ("a cell a line with blank lines between", join("\n\n", false, "\n\n")),
        (
            "a cell a line before its bar",
            rows().flatten().map(|cell| format!("{cell} |")).collect::<Vec<_>>().join("\n"),
        ),
        ("bars with the blank cells behind", rows().map(barred).collect::<Vec<_>>().join("\n")),
    ]
}
