//! How JSON becomes the types of the input: each type says how it is read and what its JSON Schema is, from one declaration.
//!
//! Values are kept as the stretches of JSON that they are, so numbers keep their digits, and everything that is wrong is told at its path,
//! line and column, not only the first of it.

use super::{Fault, SCHEMA, Wrong};
use crate::source::{ByteSpan, Source};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A value in the JSON.
pub struct Node<'j> {
    source: &'j Source<'j>,
    raw: &'j str,
    path: String,
}

/// A type of the input.
pub trait Shape: Sized {
    /// Reads a value. None where it cannot be one; then there is a fault.
    fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self>;

    /// What it is where it is left out; none where it may not be.
    fn absent() -> Option<Self> {
        None
    }

    /// Its JSON Schema.
    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value;
}

/// Declares objects of the format, whose fields are those of the JSON.
macro_rules! shape {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $about:literal])+ $field:ident: $kind:ty,)+ })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub struct $name { $($(#[doc = $about])+ pub $field: $kind,)+ }

        impl Shape for $name {
            fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self> {
                let mut members = node.members(&[$(stringify!($field)),+], faults)?;
                $(let $field = members.take(stringify!($field), faults);)+
                Some($name { $($field: $field?),+ })
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema() -> serde_json::Value {
                let mut properties = serde_json::Map::new();
                let mut required: Vec<&str> = Vec::new();
                $({
                    let mut schema = <$kind as Shape>::schema();
                    schema["description"] = concat!($($about),+).trim().into();
                    properties.insert(stringify!($field).to_owned(), schema);
                    required.extend(<$kind as Shape>::absent().is_none().then_some(stringify!($field)));
                })+
                serde_json::json!({
                    "type": "object",
                    "description": concat!($($doc),+).trim(),
                    "properties": properties,
                    "required": required,
                    "additionalProperties": false,
                })
            }
        }
    )+};
}
pub(super) use shape;

/// The members of an object that have not been taken.
pub struct Members<'n, 'j> {
    node: &'n Node<'j>,
    rest: Vec<(String, &'j RawValue)>,
}

impl<'j> Node<'j> {
    /// The whole JSON, where it is an input of Gouji.
    pub fn root(source: &'j Source<'j>) -> Result<Node<'j>, Fault> {
        let json = source.text().trim_start_matches('\u{feff}');
        let skipped = source.text().len() - json.len();
        let raw: &RawValue = serde_json::from_str(json).map_err(|error| {
            let says = error.to_string();
            let says = says.split(" at line ").next().unwrap_or(&says).to_owned();
            let (line, column) = (error.line(), error.column().max(1) + usize::from(skipped > 0 && error.line() == 1));
            Fault { path: "$".to_owned(), line, column: in_characters(json, line, column), wrong: Wrong::Syntax(says) }
        })?;
        let root = Node { source, raw: raw.get(), path: "$".to_owned() };
        let members: Option<Object> = serde_json::from_str(root.raw).ok();
        let schema = members.as_ref().and_then(|members| members.0.iter().find(|(name, _)| name == "schema"));
        let name: Option<String> = schema.and_then(|(_, raw)| serde_json::from_str(raw.get()).ok());
        if name.as_deref() == Some(SCHEMA) { Ok(root) } else { Err(root.fault(Wrong::OtherFormat(name))) }
    }

    fn fault(&self, wrong: Wrong) -> Fault {
        let (line, column) = self.place();
        Fault { path: self.path.clone(), line, column, wrong }
    }

    /// Its line and column.
    fn place(&self) -> (usize, usize) {
        let start = self.raw.as_ptr() as usize - self.source.text().as_ptr() as usize;
        let span = self.source.span(ByteSpan { start, end: start });
        (span.line, span.column)
    }

    fn is_null(&self) -> bool {
        self.raw == "null"
    }

    /// The members of an object, of which only these are known.
    pub fn members(&self, known: &'static [&'static str], faults: &mut Vec<Fault>) -> Option<Members<'_, 'j>> {
        let Ok(Object(members)) = serde_json::from_str(self.raw) else {
            faults.push(self.fault(Wrong::NoObject));
            return None;
        };
        let mut rest: Vec<(String, &RawValue)> = Vec::new();
        for (name, raw) in members {
            let member = self.member(&name, raw);
            if !known.contains(&name.as_str()) {
                faults.push(member.fault(Wrong::UnknownField(known)));
            } else if rest.iter().any(|(other, _)| *other == name) {
                faults.push(member.fault(Wrong::Twice));
            } else {
                rest.push((name, raw));
            }
        }
        Some(Members { node: self, rest })
    }

    fn member(&self, name: &str, raw: &'j RawValue) -> Node<'j> {
        Node { source: self.source, raw: raw.get(), path: format!("{}.{name}", self.path) }
    }
}

/// serde_json counts a column in bytes.
fn in_characters(json: &str, line: usize, column: usize) -> usize {
    let bytes = json.split('\n').nth(line - 1).unwrap_or("");
    bytes.char_indices().take_while(|(at, _)| at + 1 < column).count() + 1
}

impl Members<'_, '_> {
    /// Reads the member of a name.
    pub fn take<T: Shape>(&mut self, name: &str, faults: &mut Vec<Fault>) -> Option<T> {
        let found = self.rest.iter().position(|(other, _)| other == name).map(|at| self.rest.swap_remove(at));
        let node = found.map(|(name, raw)| self.node.member(&name, raw)).filter(|node| !node.is_null());
        match node {
            Some(node) => T::read(&node, faults),
            None => T::absent().or_else(|| {
                let fault = self.node.fault(Wrong::Missing);
                faults.push(Fault { path: format!("{}.{name}", self.node.path), ..fault });
                None
            }),
        }
    }
}

/// An object's members in their order, doubled ones as well.
struct Object<'j>(Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// A text, or a number by its printed digits, and where it stands in the JSON.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// What it says; empty for null.
    pub words: String,
    /// Its path.
    pub path: String,
    /// Its line and column.
    pub place: (usize, usize),
}

impl Shape for Text {
    fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self> {
        let raw = node.raw;
        let words = if raw.starts_with('"') {
            serde_json::from_str(raw).ok()?
        } else if node.is_null() {
            String::new()
        } else if !raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            faults.push(node.fault(Wrong::NoText));
            return None;
        } else if raw.contains(['e', 'E']) {
            faults.push(node.fault(Wrong::Exponent));
            return None;
        } else {
            raw.to_owned()
        };
        Some(Text { words, path: node.path.clone(), place: node.place() })
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value {
        serde_json::json!({"type": ["string", "number", "null"]})
    }
}

impl<T: Shape> Shape for Option<T> {
    fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self> {
        T::read(node, faults).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value {
        T::schema()
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self> {
        let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(node.raw) else {
            faults.push(node.fault(Wrong::NoList));
            return None;
        };
        let item = |(index, raw): (usize, &&RawValue)| {
            let path = format!("{}[{index}]", node.path);
            // A fault in one item does not hide those in the next.
            T::read(&Node { source: node.source, raw: raw.get(), path }, faults)
        };
        let read: Vec<Option<T>> = items.iter().enumerate().map(item).collect();
        read.into_iter().collect()
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value {
        serde_json::json!({"type": "array", "items": T::schema()})
    }
}

/// The name of the format.
#[derive(Debug, Clone, Copy)]
pub struct Version;

impl Shape for Version {
    fn read(_: &Node, _: &mut Vec<Fault>) -> Option<Self> {
        // Nothing else is read at all: see `Node::root`.
        Some(Version)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value {
        serde_json::json!({"const": SCHEMA})
    }
}

/// A year.
#[derive(Debug, Clone, Copy)]
pub struct Year(pub u16);

impl Shape for Year {
    fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self> {
        let year = node.raw.parse().ok().filter(|year| (1949..=2199).contains(year)).map(Year);
        if year.is_none() {
            faults.push(node.fault(Wrong::NoYear));
        }
        year
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value {
        serde_json::json!({"type": "integer", "minimum": 1949, "maximum": 2199})
    }
}

/// What amounts are in.
#[derive(Debug, Clone, Copy)]
pub struct Unit(pub &'static str);

const UNITS: &[&str] = &["元", "万元", "千元", "亿元"];

impl Shape for Unit {
    fn read(node: &Node, faults: &mut Vec<Fault>) -> Option<Self> {
        let word: Option<String> = serde_json::from_str(node.raw).ok();
        let unit = UNITS.iter().find(|unit| word.as_deref() == Some(**unit)).map(|unit| Unit(unit));
        if unit.is_none() {
            faults.push(node.fault(Wrong::NoneOf(UNITS)));
        }
        unit
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema() -> serde_json::Value {
        serde_json::json!({"enum": UNITS})
    }
}
