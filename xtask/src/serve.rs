//! A small web server on this machine, for looking at the page and for the tests. It serves files, and takes what a test page posts.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::command::say;
use crate::pack;

/// What a server gives and takes.
#[derive(Default)]
pub struct Content {
    /// The folder of the files.
    pub folder: PathBuf,
    /// Files that stand only in memory, by their path with its leading slash; they come before those of the folder.
    pub pages: BTreeMap<String, Vec<u8>>,
    /// Where the bodies of POST requests go.
    pub posts: Option<Sender<Vec<u8>>>,
}

/// Builds the page and serves it until the user stops it.
pub fn page() -> Result<()> {
    pack::build()?;
    let content = Content { folder: pack::dist().join("site"), ..Content::default() };
    let address = start(content, 8080)
        .or_else(|_| start(Content { folder: pack::dist().join("site"), ..Content::default() }, 0))?;
    println!("http://{address}/  (Ctrl+C ends it)");
    loop {
        std::thread::park();
    }
}

/// Serves on this machine alone, in the background, until the program ends. Port 0 takes any free one.
pub fn start(content: Content, port: u16) -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", port)).with_context(|| format!("port {port} is taken"))?;
    let address = listener.local_addr()?;
    let content = Arc::new(content);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let content = Arc::clone(&content);
            std::thread::spawn(move || {
                if let Err(error) = answer(stream, &content) {
                    say(format!("a request broke off: {error:#}"));
                }
            });
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream, content: &Content) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    if reader.read_line(&mut request)? == 0 {
        return Ok(()); // Browsers open connections that they never use.
    }
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        let Some((name, value)) = header.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse()?;
        }
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if method == "POST" {
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        if let Some(posts) = &content.posts {
            let _ = posts.send(body); // Nobody waits any more.
        }
        return respond(&mut stream, "204 No Content", "text/plain", b"");
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    match find(path, content) {
        Some(bytes) => respond(&mut stream, "200 OK", media_type(path), &bytes),
        None => respond(&mut stream, "404 Not Found", "text/plain", b"not found"),
    }
}

fn find(path: &str, content: &Content) -> Option<Vec<u8>> {
    if let Some(page) = content.pages.get(path) {
        return Some(page.clone());
    }
    let path = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let relative = Path::new(path.trim_start_matches('/'));
    let inside = relative.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    if !inside || content.folder.as_os_str().is_empty() {
        return None;
    }
    std::fs::read(content.folder.join(relative)).ok()
}

fn respond(stream: &mut TcpStream, status: &str, media_type: &str, body: &[u8]) -> Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body)?;
    Ok(())
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "text/html; charset=utf-8",
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, find};

    #[test]
    fn only_files_of_the_folder_are_served() {
        let folder = crate::command::root().join("xtask");
        let content = Content { folder, pages: [("/a".to_owned(), b"1".to_vec())].into(), posts: None };
        assert!(find("/Cargo.toml", &content).is_some());
        assert!(find("/../Cargo.toml", &content).is_none());
        assert!(find("//etc/passwd", &content).is_none());
        assert_eq!(find("/a", &content), Some(b"1".to_vec()));
    }
}
