//! Parameters, what a component says of itself, what it receives when it is made.

use std::ffi::CStr;

use crate::abi::*;
use crate::arena::Arena;
use crate::error::slice;
use crate::Host;

/// One parameter; texts are as a user reads and writes them.
#[derive(Debug, Clone)]
pub struct Parameter {
    r#type: u32,
    flags: u32,
    name: &'static str,
    default: &'static str,
    minimum: f64,
    maximum: f64,
    documentation: &'static str,
}

impl Parameter {
    fn new(r#type: u32, name: &'static str, default: &'static str, doc: &'static str) -> Self {
        let (minimum, maximum) = (f64::NEG_INFINITY, f64::INFINITY);
        Self { r#type, flags: 0, name, default, minimum, maximum, documentation: doc }
    }

    /// An integer from `minimum` to `maximum`.
    pub fn integer(
        name: &'static str,
        default: &'static str,
        minimum: i64,
        maximum: i64,
        doc: &'static str,
    ) -> Self {
        let (minimum, maximum) = (minimum as f64, maximum as f64);
        Self { minimum, maximum, ..Self::new(QHOST_INTEGER, name, default, doc) }
    }

    /// A real number from `minimum` to `maximum`.
    pub fn real(
        name: &'static str,
        default: &'static str,
        minimum: f64,
        maximum: f64,
        doc: &'static str,
    ) -> Self {
        Self { minimum, maximum, ..Self::new(QHOST_REAL, name, default, doc) }
    }

    /// `true` or `false`.
    pub fn boolean(name: &'static str, default: &'static str, doc: &'static str) -> Self {
        Self::new(QHOST_BOOLEAN, name, default, doc)
    }

    /// Any text.
    pub fn text(name: &'static str, default: &'static str, doc: &'static str) -> Self {
        Self::new(QHOST_TEXT, name, default, doc)
    }

    /// A path.
    pub fn path(name: &'static str, default: &'static str, doc: &'static str) -> Self {
        Self::new(QHOST_PATH, name, default, doc)
    }

    /// Worth tuning: listed first, offered to searches.
    pub fn tunable(self) -> Self {
        Self { flags: self.flags | QHOST_TUNABLE, ..self }
    }

    /// Varies over orders of magnitude.
    pub fn logarithmic(self) -> Self {
        Self { flags: self.flags | QHOST_LOGARITHMIC, ..self }
    }

    fn stored(&self, arena: &mut Arena) -> qhost_parameter {
        qhost_parameter {
            r#type: self.r#type,
            flags: self.flags,
            name: arena.text(self.name),
            documentation: arena.text(self.documentation),
            default_value: arena.text(self.default),
            minimum: self.minimum,
            maximum: self.maximum,
            ..Default::default()
        }
    }
}

/// What a component says of itself.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// The name on the command line: `[a-z0-9][a-z0-9-]*`.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub summary: &'static str,
    /// The paper or book that it comes from.
    pub source: Option<&'static str>,
    /// Its parameters, in the order of their documentation.
    pub parameters: Vec<Parameter>,
}

impl About {
    /// Its entry in the plugin's table.
    pub(crate) fn stored<T: 'static>(&self, kind: &str, table: T, arena: &mut Arena) -> qhost_component {
        let parameters = self.parameters.iter().map(|each| each.stored(arena)).collect();
        qhost_component {
            kind: arena.text(kind),
            name: arena.text(self.name),
            summary: arena.text(self.summary),
            source: arena.optional_text(self.source),
            parameter_count: self.parameters.len() as u32,
            parameters: arena.pointers(parameters),
            table: arena.value(table).cast(),
            ..Default::default()
        }
    }
}

/// What a component receives when it is made: a checked value for each declared parameter.
pub struct Request<'a>(&'a qhost_request);

impl<'a> Request<'a> {
    /// # Safety
    /// `raw` is a request of the interface.
    pub(crate) unsafe fn new(raw: *const qhost_request) -> Self {
        Self(&*raw)
    }

    /// The host, for as long as the component lives.
    pub fn host(&self) -> Host {
        Host::new(self.0.host)
    }

    /// The value of a real parameter.
    pub fn real(&self, name: &str) -> f64 {
        self.value(name).real
    }

    /// The value of a whole parameter.
    pub fn integer(&self, name: &str) -> i64 {
        self.value(name).integer
    }

    /// The value of a parameter that is `true` or `false`.
    pub fn boolean(&self, name: &str) -> bool {
        self.value(name).integer != 0
    }

    /// The value of any parameter as text.
    pub fn text(&self, name: &str) -> String {
        // SAFETY: the host always sets the text.
        unsafe { text(self.value(name).text) }
    }

    fn value(&self, name: &str) -> &'a qhost_value {
        // SAFETY: the host gives one value for each parameter, in the same order.
        unsafe {
            let count = u64::from(self.0.value_count);
            let values = slice(self.0.values, count);
            slice((*self.0.component).parameters, count)
                .iter()
                .zip(values)
                .find(|(parameter, _)| text((***parameter).name) == name)
                .map_or_else(|| panic!("parameter '{name}' is not declared"), |(_, value)| &**value)
        }
    }
}

/// A text of the host; null is the empty one.
///
/// # Safety
/// `raw` is null or ends with a NUL.
pub(crate) unsafe fn text(raw: *const std::ffi::c_char) -> String {
    if raw.is_null() {
        return String::new();
    }
    CStr::from_ptr(raw).to_string_lossy().into_owned()
}
