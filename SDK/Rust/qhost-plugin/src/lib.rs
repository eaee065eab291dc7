//! Plugins for qhost in Rust: safe traits over its C interface.
//!
//! A plugin is a `cdylib` crate with a type that implements [`Optimizer`], [`Solver`], [`Model`],
//! [`Dataset`] or [`Target`], and one line that exports it:
//!
//! ```ignore
//! qhost_plugin::export!(qhost_plugin::Plugin::new(
//!     "vendor", "name", "0.1.0", "One sentence.", "Apache-2.0"
//! ).optimizer::<Mine>());
//! ```
//!
//! Panics are caught at the boundary and become errors, so a plugin must not be built with
//! `panic = "abort"`. Random numbers come from the [`Host`], so that runs repeat.

#[macro_use]
mod table;

pub mod abi;
mod arena;
mod component;
mod dataset;
mod error;
mod graph;
mod host;
mod model;
mod optimizer;
mod plugin;
mod query;
mod solver;
mod state;
mod target;

pub use component::{About, Parameter, Request};
pub use dataset::{Contents, Dataset, Scaling, Split};
pub use error::{Error, Result};
pub use graph::{Attribute, Constant, Graph, Node, Numbers};
pub use host::{Host, Level};
pub use model::{Block, Mapping, Model, Rows, Task};
pub use optimizer::Optimizer;
pub use plugin::{enter, Plugin};
pub use query::{Answer, Ask, Batch, Kind, Problem, Query, Reason};
pub use solver::{Mode, Packets, Solver, Topology};
pub use state::{StateReader, StateWriter};
pub use table::Layout;
pub use target::{Calibration, Cost, Sink, Target};
