//! Saved states as bytes, little-endian.

use crate::{Error, Result};

/// Collects a state.
#[derive(Debug, Default)]
pub struct StateWriter(Vec<u8>);

impl StateWriter {
    /// Makes an empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an integer.
    pub fn word(mut self, value: u64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    /// Adds a real number, bit for bit.
    pub fn real(self, value: f64) -> Self {
        self.word(value.to_bits())
    }

    /// Adds real numbers; the reader must know how many.
    pub fn reals(self, values: &[f64]) -> Self {
        values.iter().fold(self, |state, value| state.real(*value))
    }

    /// All that was added.
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Gives a state back, in the order it was added; the bytes may be anything.
#[derive(Debug)]
pub struct StateReader<'a>(&'a [u8]);

impl<'a> StateReader<'a> {
    /// Starts reading.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next integer.
    pub fn word(&mut self) -> Result<u64> {
        let (first, rest) = self.0.split_first_chunk::<8>().ok_or_else(foreign)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*first))
    }

    /// The next real number.
    pub fn real(&mut self) -> Result<f64> {
        Ok(f64::from_bits(self.word()?))
    }

    /// The next real numbers, as many as `out` has room for.
    pub fn reals(&mut self, out: &mut [f64]) -> Result<()> {
        out.iter_mut().try_for_each(|value| self.real().map(|read| *value = read))
    }

    /// An error unless it holds.
    pub fn expect(&self, holds: bool) -> Result<()> {
        if holds {
            Ok(())
        } else {
            Err(foreign())
        }
    }

    /// An error unless all was read.
    pub fn finish(&self) -> Result<()> {
        self.expect(self.0.is_empty())
    }
}

fn foreign() -> Error {
    Error::new("the saved state is not one of this run; start a new run")
}
