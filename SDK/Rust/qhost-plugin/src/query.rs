//! What an optimizer is given, asks and is told; n is the number of parameters.

use crate::abi::*;
use crate::error::slice;
use crate::{Error, Result};

/// The kind of one parameter of a search space.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Any number within the bounds.
    Real,
    /// Integers within the bounds.
    Integer,
    /// 0 ... upper bound, without order.
    Categorical,
}

/// The search space, and what the objective can do; n is the number of parameters.
#[derive(Debug, Clone)]
pub struct Problem {
    /// [n].
    pub kinds: Vec<Kind>,
    /// [n]; −∞ where there is none.
    pub lower: Vec<f64>,
    /// [n]; ∞ where there is none.
    pub upper: Vec<f64>,
    /// The starting point, [n], within the bounds.
    pub initial: Vec<f64>,
    /// How far each parameter typically lies from its start, [n], above 0.
    pub scales: Vec<f64>,
    /// Whether gradients are answered.
    pub has_gradient: bool,
    /// Whether the training split is larger than a minibatch.
    pub has_minibatches: bool,
}

/// What an optimizer wants to know.
#[derive(Debug, Clone)]
pub enum Ask {
    /// The losses at points [P × n].
    Points(Vec<f64>),
    /// Loss and gradient at a point [n].
    Gradient(Vec<f64>),
    /// The losses along coordinates through a base point that the host keeps.
    Cuts {
        /// The new base point [n]; empty: it stays. Required at the first such query.
        base: Vec<f64>,
        /// Coordinates of the base point and how far they move first.
        moves: Vec<(u64, f64)>,
        /// Coordinates to cut along.
        coordinates: Vec<u64>,
        /// Offsets of each of them, [coordinates × offsets].
        offsets: Vec<f64>,
    },
    /// Nothing more.
    Done(Reason),
}

/// Why an optimizer is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reason {
    /// Within its own tolerance.
    Converged = QHOST_DONE_CONVERGED as isize,
    /// No way forward.
    Stalled = QHOST_DONE_STALLED as isize,
    /// Its own schedule has ended.
    Schedule = QHOST_DONE_SCHEDULE as isize,
}

/// The rows that a query is answered on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Batch {
    /// Those of the query before; the first batch at the first query. An optimizer that asks nothing else
    /// never sees another minibatch.
    Same = QHOST_BATCH_SAME as isize,
    /// The next minibatch of the host's schedule.
    Next = QHOST_BATCH_NEXT as isize,
    /// The whole training split.
    Full = QHOST_BATCH_FULL as isize,
}

/// A query.
#[derive(Debug, Clone)]
pub struct Query {
    /// What is asked.
    pub ask: Ask,
    /// On which rows.
    pub batch: Batch,
}

impl From<Ask> for Query {
    fn from(ask: Ask) -> Self {
        Self { ask, batch: Batch::Same }
    }
}

/// The answer to a query.
pub struct Answer<'a> {
    /// ∞ where a point cannot be scored, never NaN.
    pub losses: &'a [f64],
    /// [n]; empty unless asked for.
    pub gradient: &'a [f64],
    /// The part of the budget spent so far, 0 to 1.
    pub progress: f64,
    /// Losses of earlier answers above it are those of infeasible points.
    pub infeasible_above: f64,
    /// By how much those have risen since the answer before: add it to every remembered loss above
    /// `infeasible_above` before comparing it with a new one.
    pub infeasible_rise: f64,
}

impl Problem {
    /// # Safety
    /// `raw` is a problem of the interface.
    pub(crate) unsafe fn read(raw: &qhost_problem) -> Self {
        let n = raw.dimension;
        let kind = |raw: &u32| match *raw {
            QHOST_PARAMETER_INTEGER => Kind::Integer,
            QHOST_PARAMETER_CATEGORICAL => Kind::Categorical,
            _ => Kind::Real,
        };
        Self {
            kinds: slice(raw.kinds, n).iter().map(kind).collect(),
            lower: slice(raw.lower, n).to_vec(),
            upper: slice(raw.upper, n).to_vec(),
            initial: slice(raw.initial, n).to_vec(),
            scales: slice(raw.scales, n).to_vec(),
            has_gradient: raw.queries >> QHOST_QUERY_GRADIENT & 1 == 1,
            has_minibatches: raw.batch_rows < raw.row_count,
        }
    }
}

impl Ask {
    /// The host reads as many numbers as the dimension says: arrays of another size must not reach it.
    pub(crate) fn check(&self, dimension: u64) -> Result<()> {
        let n = dimension as usize;
        let fits = match self {
            Ask::Points(points) => points.len() % n == 0,
            Ask::Gradient(point) => point.len() == n,
            Ask::Cuts { base, coordinates, offsets, .. } => {
                (base.is_empty() || base.len() == n) && offsets.len() % coordinates.len().max(1) == 0
            }
            Ask::Done(_) => true,
        };
        if fits {
            return Ok(());
        }
        Err(Error::new(format!(
            "the optimizer's query has arrays that do not fit {n} parameters; tell its author"
        )))
    }
}
