//! What the host does for a component.

use std::ffi::CString;

use crate::abi::*;

/// How urgent a message to the user is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Level {
    /// For the plugin's author.
    Debug = QHOST_LOG_DEBUG as isize,
    /// For whoever wants to know.
    Info = QHOST_LOG_INFO as isize,
    /// Something is not as it should be; the run continues.
    Warning = QHOST_LOG_WARNING as isize,
    /// Something failed.
    Error = QHOST_LOG_ERROR as isize,
}

/// The host, for as long as the component lives. Any thread may call it.
#[derive(Clone, Copy)]
pub struct Host(*const qhost_host);

// SAFETY: the interface allows all its functions on any thread.
unsafe impl Send for Host {}
unsafe impl Sync for Host {}

/// Calls a function of the host, which every host has.
macro_rules! call {
    ($host:expr, $function:ident $(, $argument:expr)*) => {
        // SAFETY: the table is valid until the instance is destroyed, and every member is present.
        unsafe {
            let function = (*$host.0).$function.expect("a host without a function of version 1");
            function($host.0 $(, $argument)*)
        }
    };
}

impl Host {
    pub(crate) fn new(raw: *const qhost_host) -> Self {
        Self(raw)
    }

    /// Fills `out` with values uniform over [0, 1).
    ///
    /// Those of stream (`step`, `index`) depend on the run's seed, the component's place, `step`,
    /// `index` and the position alone: the same on any number of threads, and when a run is resumed.
    pub fn uniform(&self, step: u64, index: u64, out: &mut [f64]) {
        call!(self, random_uniform, step, index, out.len() as u64, out.as_mut_ptr())
    }

    /// Fills `out` with values of mean 0 and deviation 1; see [`Host::uniform`].
    pub fn normal(&self, step: u64, index: u64, out: &mut [f64]) {
        call!(self, random_normal, step, index, out.len() as u64, out.as_mut_ptr())
    }

    /// Fills `out` with uniformly random words; see [`Host::uniform`].
    pub fn bits(&self, step: u64, index: u64, out: &mut [u64]) {
        call!(self, random_bits, step, index, out.len() as u64, out.as_mut_ptr())
    }

    /// Whether the user asked to stop. What takes longer than 100 ms looks, and returns within 100 ms then.
    pub fn is_cancelled(&self) -> bool {
        call!(self, is_cancelled) != 0
    }

    /// Shows a message to the user.
    pub fn log(&self, level: Level, message: &str) {
        let message = CString::new(message.replace('\0', "")).unwrap_or_default();
        call!(self, log, level as u32, message.as_ptr())
    }

    /// The threads that the user allows.
    pub fn thread_count(&self) -> u32 {
        // SAFETY: as above.
        unsafe { (*self.0).thread_count }
    }
}
