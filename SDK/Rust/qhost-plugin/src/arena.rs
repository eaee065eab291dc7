//! Memory that the host reads through pointers.

use std::any::Any;
use std::ffi::{c_char, CString};

/// Owns texts and arrays; what it has given out stays where it is for as long as it lives.
#[derive(Default)]
pub struct Arena {
    texts: Vec<CString>,
    arrays: Vec<Box<dyn Any>>,
}

// SAFETY: what it holds is never changed once it is in.
unsafe impl Send for Arena {}
unsafe impl Sync for Arena {}

impl Arena {
    /// A text with its NUL; any other NUL in it is left out.
    pub fn text(&mut self, text: &str) -> *const c_char {
        let text = CString::new(text.replace('\0', "")).unwrap_or_default();
        let pointer = text.as_ptr();
        self.texts.push(text);
        pointer
    }

    /// A text, or null.
    pub fn optional_text(&mut self, text: Option<&str>) -> *const c_char {
        text.map_or(std::ptr::null(), |text| self.text(text))
    }

    /// An array; null when it is empty.
    pub fn array<T: 'static>(&mut self, values: Vec<T>) -> *const T {
        if values.is_empty() {
            return std::ptr::null();
        }
        let pointer = values.as_ptr();
        self.arrays.push(Box::new(values));
        pointer
    }

    /// One value.
    pub fn value<T: 'static>(&mut self, value: T) -> *const T {
        self.array(vec![value])
    }

    /// An array of pointers to values.
    pub fn pointers<T: 'static>(&mut self, values: Vec<T>) -> *const *const T {
        let count = values.len();
        let first = self.array(values);
        // SAFETY: `first` has `count` elements.
        self.array((0..count).map(|i| unsafe { first.add(i) }).collect())
    }

    /// An array of texts; null when it is empty.
    pub fn texts(&mut self, texts: &[String]) -> *const *const c_char {
        let pointers = texts.iter().map(|text| self.text(text)).collect();
        self.array(pointers)
    }
}
