//! Optimizers: they propose parameters and learn from losses.

use std::ffi::c_void;

use crate::abi::*;
use crate::error::{guarded, slice, slice_mut};
use crate::table::{completed, hand_back};
use crate::{About, Answer, Ask, Error, Problem, Query, Request, Result};

/// An optimizer that a plugin exports.
pub trait Optimizer: Sized + Send + 'static {
    /// Whether it cannot do without gradients.
    const NEEDS_GRADIENT: bool = false;

    /// What it says of itself.
    fn about() -> About;
    /// Makes an instance for a problem.
    fn new(request: &Request, problem: &Problem) -> Result<Self>;
    /// What it wants to know next.
    fn ask(&mut self) -> Result<Query>;
    /// Takes the answer to the last query.
    fn tell(&mut self, answer: &Answer) -> Result<()>;
    /// The point it recommends, [n], after an `ask` without its answer too; `None`: the best that the host has seen.
    fn recommend(&self) -> Option<Vec<f64>> {
        None
    }
    /// Its whole state, before the first `ask` or after a `tell`; `None`: its runs cannot be resumed.
    fn save(&self) -> Option<Vec<u8>> {
        None
    }
    /// Takes a saved state on a fresh instance of the same problem.
    fn load(&mut self, _state: &[u8]) -> Result<()> {
        Err(Error::unsupported("this optimizer cannot load a state; start a new run"))
    }
}

/// An optimizer with its last query, whose memory the host reads until the next call.
struct Held<T> {
    optimizer: T,
    query: Query,
    indices: Vec<u64>,
    deltas: Vec<f64>,
    dimension: u64,
}

unsafe extern "C" fn create<T: Optimizer>(
    request: *const qhost_request,
    problem: *const qhost_problem,
    out: *mut *mut c_void,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let p = completed(problem);
        let n = p.dimension;
        let problem = Problem::read(&p);
        let optimizer = T::new(&Request::new(request), &problem)?;
        let query = Ask::Points(Vec::new()).into();
        let held = Held { optimizer, query, indices: Vec::new(), deltas: Vec::new(), dimension: n };
        *out = Box::into_raw(Box::new(held)).cast();
        Ok(())
    })
}

unsafe extern "C" fn destroy<T>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance.cast::<Held<T>>()));
        Ok(())
    });
}

unsafe extern "C" fn ask<T: Optimizer>(
    instance: *mut c_void,
    out: *mut qhost_query,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &mut *instance.cast::<Held<T>>();
        held.query = held.optimizer.ask()?;
        let mut raw = completed(out);
        raw.batch = held.query.batch as u32;
        match &held.query.ask {
            Ask::Points(points) => {
                raw.kind = QHOST_QUERY_POINTS;
                raw.points = points.as_ptr();
                raw.point_count = points.len() as u64 / held.dimension;
            }
            Ask::Gradient(point) => {
                raw.kind = QHOST_QUERY_GRADIENT;
                raw.points = point.as_ptr();
                raw.point_count = 1;
            }
            Ask::Cuts { base, moves, coordinates, offsets } => {
                (held.indices, held.deltas) = moves.iter().copied().unzip();
                raw.kind = QHOST_QUERY_CUTS;
                raw.base = if base.is_empty() { std::ptr::null() } else { base.as_ptr() };
                raw.move_count = moves.len() as u64;
                raw.move_indices = held.indices.as_ptr();
                raw.move_deltas = held.deltas.as_ptr();
                raw.cut_count = coordinates.len() as u64;
                raw.cut_indices = coordinates.as_ptr();
                raw.offset_count = (offsets.len() / coordinates.len().max(1)) as u64;
                raw.offsets = offsets.as_ptr();
            }
            Ask::Done(reason) => {
                raw.kind = QHOST_QUERY_DONE;
                raw.reason = *reason as u32;
            }
        }
        held.query.ask.check(held.dimension)?;
        hand_back(raw, out);
        Ok(())
    })
}

unsafe extern "C" fn tell<T: Optimizer>(
    instance: *mut c_void,
    answer: *const qhost_answer,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &mut *instance.cast::<Held<T>>();
        let a = completed(answer);
        held.optimizer.tell(&Answer {
            losses: slice(a.losses, a.loss_count),
            gradient: slice(a.gradient, held.dimension),
            progress: a.progress,
            infeasible_above: a.infeasible_above,
            infeasible_rise: a.infeasible_rise,
        })
    })
}

unsafe extern "C" fn recommend<T: Optimizer>(
    instance: *mut c_void,
    point: *mut f64,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &*instance.cast::<Held<T>>();
        let made = held.optimizer.recommend().ok_or_else(|| Error::unsupported("it recommends no point"))?;
        slice_mut(point, held.dimension).copy_from_slice(&made);
        Ok(())
    })
}

unsafe extern "C" fn save<T: Optimizer>(
    instance: *mut c_void,
    writer: *const qhost_writer,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let state = (*instance.cast::<Held<T>>()).optimizer.save();
        let state = state.ok_or_else(|| Error::unsupported("its runs cannot be resumed"))?;
        let write = (*writer).write.ok_or_else(|| Error::new("the host has no writer"))?;
        write(writer, state.as_ptr().cast(), state.len() as u64);
        Ok(())
    })
}

unsafe extern "C" fn load<T: Optimizer>(
    instance: *mut c_void,
    bytes: *const c_void,
    count: u64,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || (*instance.cast::<Held<T>>()).optimizer.load(slice(bytes.cast(), count)))
}

/// The functions of an optimizer.
pub(crate) fn table<T: Optimizer>() -> qhost_optimizer {
    qhost_optimizer {
        required_queries: if T::NEEDS_GRADIENT { 1 << QHOST_QUERY_GRADIENT } else { 0 },
        create: Some(create::<T>),
        destroy: Some(destroy::<T>),
        ask: Some(ask::<T>),
        tell: Some(tell::<T>),
        recommend: Some(recommend::<T>),
        save: Some(save::<T>),
        load: Some(load::<T>),
        ..Default::default()
    }
}
