//! The plugin's table and its entry.

use std::sync::OnceLock;

use crate::abi::*;
use crate::arena::Arena;
use crate::error::guarded;
use crate::{dataset, model, optimizer, solver, target};
use crate::{Dataset, Error, Model, Optimizer, Solver, Target};

/// A plugin: who makes it, and what it holds.
pub struct Plugin {
    arena: Arena,
    table: qhost_plugin,
    components: Vec<qhost_component>,
}

impl Plugin {
    /// Makes a plugin without components.
    ///
    /// `vendor` is `[a-z][a-z0-9-]*` and tells components of one name apart; `licence` is an SPDX name.
    pub fn new(vendor: &str, name: &str, version: &str, summary: &str, licence: &str) -> Self {
        let mut arena = Arena::default();
        let table = qhost_plugin {
            abi_major: QHOST_ABI_MAJOR,
            vendor: arena.text(vendor),
            name: arena.text(name),
            version: arena.text(version),
            summary: arena.text(summary),
            licence: arena.text(licence),
            ..Default::default()
        };
        Self { arena, table, components: Vec::new() }
    }

    /// Adds an optimizer.
    pub fn optimizer<T: Optimizer>(mut self) -> Self {
        let entry = T::about().stored(QHOST_KIND_OPTIMIZER, optimizer::table::<T>(), &mut self.arena);
        self.components.push(entry);
        self
    }

    /// Adds a solver.
    pub fn solver<T: Solver>(mut self) -> Self {
        let entry = T::about().stored(QHOST_KIND_SOLVER, solver::table::<T>(), &mut self.arena);
        self.components.push(entry);
        self
    }

    /// Adds a model.
    pub fn model<T: Model>(mut self) -> Self {
        let entry = T::about().stored(QHOST_KIND_MODEL, model::table::<T>(), &mut self.arena);
        self.components.push(entry);
        self
    }

    /// Adds a dataset.
    pub fn dataset<T: Dataset>(mut self) -> Self {
        let entry = T::about().stored(QHOST_KIND_DATASET, dataset::table::<T>(), &mut self.arena);
        self.components.push(entry);
        self
    }

    /// Adds a target.
    pub fn target<T: Target>(mut self) -> Self {
        let entry = T::about().stored(QHOST_KIND_TARGET, target::table::<T>(), &mut self.arena);
        self.components.push(entry);
        self
    }

    fn finished(mut self) -> Self {
        self.table.component_count = self.components.len() as u32;
        self.table.components = self.arena.pointers(std::mem::take(&mut self.components));
        self
    }
}

/// What the entry of [`export!`](crate::export) does: checks the host, and gives the table or null.
///
/// # Safety
/// `host` and `error` are those that the host calls the entry with.
pub unsafe fn enter(
    kept: &'static OnceLock<Plugin>,
    make: fn() -> Plugin,
    host: *const qhost_host,
    error: *mut qhost_error,
) -> *const qhost_plugin {
    let mut table = std::ptr::null();
    guarded(error, || {
        if host.is_null() || (*host).abi_major != QHOST_ABI_MAJOR {
            return Err(Error::new(
                "this host speaks another major version of the interface; rebuild the plugin with the host's \
                 own qhost-plugin",
            ));
        }
        let plugin = kept.get_or_init(|| make().finished());
        if (*host).abi_minor < plugin.table.abi_minor {
            return Err(Error::new("this host is too old for the plugin; install a newer qhost"));
        }
        table = &plugin.table;
        Ok(())
    });
    table
}

/// Exports a [`Plugin`]: defines the one symbol that the host looks for.
#[macro_export]
macro_rules! export {
    ($plugin:expr) => {
        /// The entry that the host looks for.
        ///
        /// # Safety
        /// Called by the host, as the interface says.
        #[no_mangle]
        pub unsafe extern "C" fn qhost_plugin_entry_v1(
            host: *const $crate::abi::qhost_host,
            error: *mut $crate::abi::qhost_error,
        ) -> *const $crate::abi::qhost_plugin {
            static PLUGIN: ::std::sync::OnceLock<$crate::Plugin> = ::std::sync::OnceLock::new();
            $crate::enter(&PLUGIN, || $plugin, host, error)
        }
    };
}
