//! What a file's bytes are, before anything is read from them.

/// Larger files are not opened: no report is a tenth of that.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// What to do with a file's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bytes {
    /// They are text, decoded here.
    Text(String),
    /// They are no Unicode: text in the older Chinese encodings, if anything.
    Legacy,
    /// A container that holds a document, by its name.
    Container(Container),
    /// No text.
    Binary,
}

/// Containers that people try to open here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Word, Excel, WPS or any zip.
    Office,
    /// PDF.
    Pdf,
}

/// Looks at the bytes: a byte order mark decides, then a container's signature, then whether they are UTF-8.
pub fn sniff(bytes: &[u8]) -> Bytes {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return std::str::from_utf8(rest).map_or(Bytes::Binary, |text| Bytes::Text(text.to_owned()));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Bytes::Container(Container::Office);
    }
    if bytes.starts_with(b"%PDF") {
        return Bytes::Container(Container::Pdf);
    }
    if bytes.contains(&0) {
        return Bytes::Binary;
    }
    std::str::from_utf8(bytes).map_or(Bytes::Legacy, |text| Bytes::Text(text.to_owned()))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Bytes {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_or(Bytes::Binary, Bytes::Text)
}

/// Whether a decoded text is one that a person wrote: control characters give a misread file away.
pub fn is_written(text: &str) -> bool {
    let strange = text.chars().filter(|&ch| ch == '\u{fffd}' || (ch.is_control() && !"\n\r\t\u{c}\u{b}".contains(ch)));
    strange.count() * 100 <= text.chars().count()
}

/// The text as the page keeps it: one kind of line end, as a text area gives it back, so that offsets mean the same everywhere.
pub fn normalise(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_signatures_decide() {
        assert_eq!(sniff("收入".as_bytes()), Bytes::Text("收入".into()));
        assert_eq!(sniff(b"\xef\xbb\xbfa"), Bytes::Text("a".into()));
        assert_eq!(sniff(b"\xff\xfe\x36\x65\x65\x51"), Bytes::Text("收入".into()));
        assert_eq!(sniff(b"\xfe\xff\x65\x36\x51\x65"), Bytes::Text("收入".into()));
        assert_eq!(sniff(b"PK\x03\x04\x14"), Bytes::Container(Container::Office));
        assert_eq!(sniff(b"%PDF-1.7"), Bytes::Container(Container::Pdf));
        assert_eq!(sniff(b"\x7fELF\x02\x01\x01\x00"), Bytes::Binary);
        assert_eq!(sniff(b"\xca\xd5\xc8\xeb"), Bytes::Legacy, "收入 in GB 18030");
        assert_eq!(sniff(b""), Bytes::Text(String::new()));
        assert_eq!(sniff(b"\xff\xfe\x00\xd8\x41\x00"), Bytes::Binary, "half a pair");
    }

    #[test]
    fn misread_text_is_told_from_written_text() {
        assert!(is_written("收入\t1.5\r\n"));
        assert!(!is_written("\u{1}\u{2}收\u{fffd}"));
        assert!(is_written(""));
    }

    #[test]
    fn one_kind_of_line_end() {
        assert_eq!(normalise("a\r\nb\rc\n"), "a\nb\nc\n");
    }
}
