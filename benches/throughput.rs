//! How fast [`gouji::check`] is, how its time grows with the length of the text, and how much memory it takes.
//!
//! Run by `cargo xtask bench`, which sets the same figures of the wasm beside these. Prints JSON, since the reader is a program.
//! Two floors are measured in the same run, because machines differ and are noisy and only ratios mean something: one pass of UTF-8
//! validation, and one pass that only finds the runs of digits.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use gouji::{Options, check};
use serde_json::{Value, json};

/// The system's allocator, with a count of the bytes in use and of their peak while it is `COUNTED`: counting takes time of its own, which is
/// none of a check's.
struct Counting;

static COUNTED: AtomicBool = AtomicBool::new(false);
static IN_USE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

impl Counting {
    fn grow(bytes: usize) {
        if COUNTED.load(Relaxed) {
            let now = IN_USE.fetch_add(bytes, Relaxed) + bytes;
            PEAK.fetch_max(now, Relaxed);
        }
    }

    fn shrink(bytes: usize) {
        if COUNTED.load(Relaxed) {
            IN_USE.fetch_sub(bytes, Relaxed);
        }
    }
}

// SAFETY: every call goes to the system's allocator unchanged; only counters are kept beside it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::grow(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        Self::shrink(layout.size());
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        Self::shrink(layout.size());
        Self::grow(new_size);
        unsafe { System.realloc(pointer, layout, new_size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The shortest of some runs, in seconds: noise only ever adds. At least three runs, and about half a second of them.
fn best<T>(mut work: impl FnMut() -> T) -> f64 {
    let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
    while runs < 3 || (runs < 50 && start.elapsed() < Duration::from_millis(500)) {
        let before = Instant::now();
        black_box(work());
        best = best.min(before.elapsed());
        runs += 1;
    }
    best.as_secs_f64()
}

/// The second floor: finds the runs of digits, and does nothing with them.
fn digit_runs(text: &str) -> usize {
    let mut inside = false;
    let mut runs = 0;
    for byte in text.bytes() {
        let digit = byte.is_ascii_digit();
        runs += usize::from(digit && !inside);
        inside = digit;
    }
    runs
}

/// The bytes that one check holds at its peak: what it takes it gives back, its report included.
fn peak_of_check(text: &str, options: &Options) -> usize {
    PEAK.store(0, Relaxed);
    COUNTED.store(true, Relaxed);
    drop(black_box(check(text, options)));
    COUNTED.store(false, Relaxed);
    assert_eq!(IN_USE.load(Relaxed), 0, "a check keeps nothing");
    PEAK.load(Relaxed)
}

fn measure(name: &str, text: &str) -> Value {
    let options = Options::default();
    json!({
        "name": name,
        "bytes": text.len(),
        "checks": check(text, &options).summary.checks,
        "check": best(|| check(black_box(text), &options)),
        "utf8": best(|| std::str::from_utf8(black_box(text.as_bytes())).is_ok()),
        "digits": best(|| digit_runs(black_box(text))),
        "peak": peak_of_check(text, &options),
    })
}

fn main() {
    let measured: Vec<Value> = std::env::args()
        .skip(1)
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
            measure(path.rsplit(['/', '\\']).next().unwrap_or(&path), &text)
        })
        .collect();
    println!("{}", Value::from(measured));
}
