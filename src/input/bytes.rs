//! A file's bytes: the text that they hold, or why they are not opened.

use crate::report::Language;
use std::borrow::Cow;

/// Larger files are not opened: no report is a tenth of that.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;

/// Why a file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It has so many bytes.
    TooLarge(u64),
    /// A document of Word, Excel or WPS, or any zip.
    Office,
    /// A PDF.
    Pdf,
    /// Rich text.
    RichText,
    /// The source of a web page, or other markup.
    Markup,
    /// No text.
    Binary,
    /// Text in Big5, which would be misread as GB 18030.
    Big5,
    /// Text in no encoding that is known.
    Undecodable,
}

/// The text in a file: in UTF-8, in UTF-16 with its mark, else in GB 18030, which office programs still write. What cannot be read of it
/// stands as U+FFFD.
///
/// `gb18030` decodes the last of them, which every door has its own means for.
///
/// # Errors
///
/// Where the bytes are no text, or none that is known.
pub fn text(bytes: &[u8], gb18030: impl FnOnce(&[u8]) -> Option<String>) -> Result<String, Refusal> {
    if bytes.len() > MAX_BYTES {
        return Err(Refusal::TooLarge(bytes.len() as u64));
    }
    if let Some(container) = container(bytes) {
        return Err(container);
    }
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ if bytes.contains(&0) => return Err(Refusal::Binary),
        _ => match String::from_utf8_lossy(bytes) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) if is_chinese(&text) => text,
            _ if is_big5(bytes) => return Err(Refusal::Big5),
            _ => gb18030(bytes).filter(|text| is_decoded(text)).ok_or(Refusal::Undecodable)?,
        },
    };
    match markup(&text) {
        Some(refusal) => Err(refusal),
        None if is_written(&text) => Ok(text),
        None => Err(Refusal::Binary),
    }
}

/// What holds a document that is no text, by its first bytes.
fn container(bytes: &[u8]) -> Option<Refusal> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        Some(Refusal::Office)
    } else {
        bytes.starts_with(b"%PDF").then_some(Refusal::Pdf)
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, odd) = bytes.as_chunks();
    let units: Vec<u16> = pairs.iter().map(|&pair| unit(pair)).collect();
    let mut text = String::from_utf16_lossy(&units);
    text.extend((!odd.is_empty()).then_some(char::REPLACEMENT_CHARACTER));
    text
}

/// Whether bytes with faults in them are UTF-8 all the same: text in another encoding has hardly a sequence of three bytes that fits.
fn is_chinese(text: &str) -> bool {
    let three_bytes = text.chars().filter(|&c| c.len_utf8() == 3 && c != char::REPLACEMENT_CHARACTER).count();
    three_bytes >= 2 * lost(text)
}

/// Whether bytes are pairs of Big5: two in five of its characters end with a byte that no common character of GB 18030 ends with.
fn is_big5(bytes: &[u8]) -> bool {
    let (mut pairs, mut low, mut at) = (0, 0, 0);
    while let &[lead, trail, ..] = &bytes[at..] {
        let is_pair = lead >= 0x81 && matches!(trail, 0x40..=0x7e | 0x80..=0xfe);
        pairs += usize::from(is_pair);
        low += usize::from(is_pair && trail < 0x7f);
        // The first half of a character of four bytes (0x30 to 0x39) leads to its second.
        at += if lead < 0x81 { 1 } else { 2 };
    }
    low * 5 > pairs
}

/// How many characters could not be read.
fn lost(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}

/// Whether all but a stray byte was read.
fn is_decoded(text: &str) -> bool {
    lost(text) * 100 <= text.chars().count()
}

/// Whether a text is one that a person wrote: control characters give a misread file away.
fn is_written(text: &str) -> bool {
    let strange = text.chars().filter(|&ch| ch.is_control() && !"\n\r\t\u{c}\u{b}".contains(ch));
    strange.count() * 100 <= text.chars().count()
}

/// What the text is written in, where that is no plain text.
fn markup(text: &str) -> Option<Refusal> {
    const TAGS: [&str; 6] = ["<!doctype", "<html", "<head", "<meta", "<?xml", "mime-version:"];
    let begins = |word: &&str| text.trim_start().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    if begins(&"{\\rtf") { Some(Refusal::RichText) } else { TAGS.iter().any(begins).then_some(Refusal::Markup) }
}

impl Refusal {
    /// The sentence for a person: what it is, and what to do.
    pub fn message(self, language: Language) -> String {
        match language {
            Language::Zh => self.zh(),
            Language::En => self.en(),
        }
    }

    fn zh(self) -> String {
        const COPY: &str = "请打开后全选、复制，粘贴为文本，或另存为纯文本（.txt）。";
        match self {
            Refusal::TooLarge(bytes) => {
                format!("文件有 {} MB，超过 {} MB 的上限，没有打开。", megabytes(bytes), megabytes(MAX_BYTES as u64))
            }
            Refusal::Office => format!("这是 Word、Excel、WPS 文件或压缩包，不能直接打开。{COPY}"),
            Refusal::Pdf => format!("这是 PDF 文件，不能直接打开。{COPY}"),
            Refusal::RichText => format!("这是 RTF 文件，不能直接打开。{COPY}"),
            Refusal::Markup => format!("这是网页（HTML、XML）的源文件，不能直接打开。{COPY}"),
            Refusal::Binary => "这个文件不是文本，没有打开。".to_owned(),
            Refusal::Big5 => {
                "这个文件像是 Big5（繁体中文）编码，没有打开：这里核对的是简体中文的报告。请转换为简体，另存为 UTF-8 文本。"
                    .to_owned()
            }
            Refusal::Undecodable => {
                "认不出这个文件的文字编码（试过 UTF-8、UTF-16 和 GB 18030），没有打开。请另存为 UTF-8 文本。".to_owned()
            }
        }
    }

    fn en(self) -> String {
        const COPY: &str = "Open it, select all, copy and paste as text, or save it as plain text (.txt).";
        match self {
            Refusal::TooLarge(bytes) => format!(
                "The file has {} MB, more than the limit of {} MB, and was not opened.",
                megabytes(bytes),
                megabytes(MAX_BYTES as u64)
            ),
            Refusal::Office => {
                format!("This is a Word, Excel or WPS file, or a zip, which cannot be opened directly. {COPY}")
            }
            Refusal::Pdf => format!("This is a PDF file, which cannot be opened directly. {COPY}"),
            Refusal::RichText => format!("This is an RTF file, which cannot be opened directly. {COPY}"),
            Refusal::Markup => {
                format!("This is the source of a web page (HTML, XML), which cannot be opened directly. {COPY}")
            }
            Refusal::Binary => "This file is no text and was not opened.".to_owned(),
            Refusal::Big5 => "This file seems to be in Big5 (traditional Chinese) and was not opened: the reports that are checked here are in simplified Chinese. Convert it, and save it as UTF-8 text.".to_owned(),
            Refusal::Undecodable => "The encoding of this file was not recognised (UTF-8, UTF-16 and GB 18030 were tried), so it was not opened. Save it as UTF-8 text.".to_owned(),
        }
    }
}

/// A size as it is told, rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<String, Refusal> {
        text(bytes, |bytes| Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned()))
    }

    fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
        let (bytes, _, failed) = encoding.encode(text);
        assert!(!failed, "{text}");
        bytes.into_owned()
    }

    const REPORT: &str = "示例市水務局部門決算：本年收入合計120.50萬元，其中財政撥款100.50萬元。";

    #[test]
    fn marks_and_signatures_decide() {
        assert_eq!(read("收入".as_bytes()), Ok("收入".into()));
        assert_eq!(read(b"\xef\xbb\xbfa"), Ok("a".into()));
        assert_eq!(read(b"\xff\xfe\x36\x65\x65\x51"), Ok("收入".into()));
        assert_eq!(read(b"\xfe\xff\x65\x36\x51\x65"), Ok("收入".into()));
        assert_eq!(read(b""), Ok(String::new()));
        assert_eq!(read(b"PK\x03\x04\x14"), Err(Refusal::Office));
        assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1\xb1"), Err(Refusal::Office));
        assert_eq!(read(b"%PDF-1.7"), Err(Refusal::Pdf));
        assert_eq!(read(b"{\\rtf1\\ansi"), Err(Refusal::RichText));
        assert_eq!(read("\r\n<!DOCTYPE html><p>收入".as_bytes()), Err(Refusal::Markup));
        assert_eq!(read("<HTML>收入".as_bytes()), Err(Refusal::Markup));
        assert_eq!(read(b"\x7fELF\x02\x01\x01\x00"), Err(Refusal::Binary));
        assert_eq!(read("\u{1}\u{2}收".as_bytes()), Err(Refusal::Binary));
        assert_eq!(read(b"\x81\x20\xff\xff\xfe"), Err(Refusal::Undecodable));
        assert_eq!(read(&vec![b' '; MAX_BYTES + 1]), Err(Refusal::TooLarge(MAX_BYTES as u64 + 1)));
    }

    #[test]
    fn the_older_encodings_are_told_apart() {
        for text in ["收入", "决算：本年收入合计120.50万元。", "镕基、堃、㐂"] {
            assert_eq!(read(&encoded(encoding_rs::GB18030, text)), Ok(text.into()));
        }
        assert_eq!(read(&encoded(encoding_rs::BIG5, REPORT)), Err(Refusal::Big5));
    }

    #[test]
    fn a_stray_byte_costs_its_character_only() {
        let stray = |mut bytes: Vec<u8>, at: usize| {
            bytes.insert(at, 0xff);
            bytes
        };
        assert_eq!(read(&stray("收入12万元".as_bytes().to_vec(), 7)), Ok("收入1\u{fffd}2万元".into()));
        assert_eq!(
            read(b"\xff\xfe\x36\x65\x00\xd8\x65\x51\x31"),
            Ok("收\u{fffd}入\u{fffd}".into()),
            "half a pair, half a unit"
        );
        let long = "本年收入合计120.50万元，支出合计118.20万元。".repeat(5);
        let read = read(&stray(encoded(encoding_rs::GB18030, &long), 16)).expect("all but one character is text");
        assert_eq!(lost(&read), 1);
    }

    #[test]
    fn every_refusal_says_what_to_do_in_both_languages() {
        assert!(Refusal::Office.message(Language::Zh).contains(".txt"));
        assert_eq!(
            Refusal::TooLarge(60 * 1024 * 1024 - 1).message(Language::En),
            "The file has 60 MB, more than the limit of 50 MB, and was not opened."
        );
    }
}
