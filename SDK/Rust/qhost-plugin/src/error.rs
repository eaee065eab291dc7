//! Errors, and the boundary that no panic crosses.

use std::any::Any;
use std::fmt;
use std::panic::{catch_unwind, AssertUnwindSafe};

use crate::abi::*;

/// Why a component could not do what it was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Error {
    status: qhost_status,
    kind: i32,
    message: String,
}

/// What most functions of components return.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// A failure of the plugin: one sentence with culprit and remedy. The instance is not used again.
    pub fn new(message: impl Into<String>) -> Self {
        Self { status: QHOST_ERROR, kind: QHOST_ERROR_PLUGIN, message: message.into() }
    }

    /// A configured value that cannot be used.
    pub fn parameter(message: impl Into<String>) -> Self {
        Self { kind: QHOST_ERROR_PARAMETER, ..Self::new(message) }
    }

    /// Data that is absent or damaged.
    pub fn data(message: impl Into<String>) -> Self {
        Self { kind: QHOST_ERROR_DATA, ..Self::new(message) }
    }

    /// What this component cannot do; its state is as before.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self { status: QHOST_UNSUPPORTED, ..Self::new(message) }
    }

    /// This point is infeasible; the state is as before.
    pub fn discard(message: impl Into<String>) -> Self {
        Self { status: QHOST_DISCARD, ..Self::new(message) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

/// Runs an author's code; what it returns or panics with goes to `out`.
///
/// # Safety
/// `out` is null or an error of the interface.
pub unsafe fn guarded(out: *mut qhost_error, body: impl FnOnce() -> Result<()>) -> qhost_status {
    let error = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return QHOST_OK,
        Ok(Err(error)) => error,
        Err(payload) => Error::new(format!("the plugin panicked: {}", message(&*payload))),
    };
    report(out, &error);
    error.status
}

fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it does not say why")
}

/// Writes an error, truncated to the room there is.
unsafe fn report(out: *mut qhost_error, error: &Error) {
    if out.is_null() || (*out).message.is_null() || (*out).capacity == 0 {
        return;
    }
    let mut length = error.message.len().min((*out).capacity as usize - 1);
    while !error.message.is_char_boundary(length) {
        length -= 1;
    }
    let bytes = (*out).message.cast::<u8>();
    std::ptr::copy_nonoverlapping(error.message.as_ptr(), bytes, length);
    *bytes.add(length) = 0;
    (*out).kind = error.kind;
}

/// A slice of the host's memory, which may be null when it is empty.
///
/// # Safety
/// `data` has `count` elements, unless `count` is 0.
pub unsafe fn slice<'a, T>(data: *const T, count: u64) -> &'a [T] {
    if data.is_null() || count == 0 {
        return &[];
    }
    std::slice::from_raw_parts(data, count as usize)
}

/// As [`slice`], to be written.
///
/// # Safety
/// As for [`slice`]; nothing else uses the memory.
pub unsafe fn slice_mut<'a, T>(data: *mut T, count: u64) -> &'a mut [T] {
    if data.is_null() || count == 0 {
        return &mut [];
    }
    std::slice::from_raw_parts_mut(data, count as usize)
}
