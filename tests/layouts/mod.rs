//! One form in the layouts that pasting gives.

/// A form in tabs, as it stands and with its cells laid out otherwise.
pub fn layouts(tabs: &str) -> [(&'static str, String); 5] {
    let rows = || tabs.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let join = |parted: &str, blanks: bool, lines: &str| {
        let row = |cells: Vec<&str>| {
            cells.into_iter().filter(|cell| blanks || !cell.is_empty()).collect::<Vec<_>>().join(parted)
        };
        rows().map(row).collect::<Vec<_>>().join(lines)
    };
    [
        ("tabs", tabs.to_owned()),
        ("spaces", join(" ", false, "\n")),
        ("a cell a line", join("\n", false, "\n")),
        ("a cell a line with blank ones", join("\n", true, "\n")),
        ("a cell a line with blank lines between", join("\n\n", false, "\n\n")),
    ]
}
