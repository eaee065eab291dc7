//! Models: functions with trainable parameters.
//!
//! F = numbers in an input, C = in an output, B = rows, n = parameters. Rows are the contiguous axis.

use std::ffi::c_void;

use crate::abi::*;
use crate::arena::Arena;
use crate::error::{guarded, slice, slice_mut};
use crate::table::completed;
use crate::{About, Error, Graph, Request, Result};

/// What a dataset asks of a model's outputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Task {
    /// C scores a row; the largest one wins.
    Classification = QHOST_TASK_CLASSIFICATION as isize,
    /// C numbers a row.
    Regression = QHOST_TASK_REGRESSION as isize,
    /// C numbers a row that the dataset scores itself.
    Scenario = QHOST_TASK_SCENARIO as isize,
}

/// What a model is to map to what.
pub struct Mapping {
    /// What is asked of the outputs.
    pub task: Task,
    /// The shape of one input.
    pub input: Vec<u64>,
    /// The shape of one output.
    pub output: Vec<u64>,
}

impl Mapping {
    /// F.
    pub fn features(&self) -> usize {
        self.input.iter().product::<u64>() as usize
    }

    /// C.
    pub fn outputs(&self) -> usize {
        self.output.iter().product::<u64>() as usize
    }
}

/// A named part of the parameters.
#[derive(Debug, Clone)]
pub struct Block {
    /// For example `layers.0.weight`.
    pub name: &'static str,
    /// Its extents, row-major.
    pub shape: Vec<u64>,
}

/// Rows to work on.
pub struct Rows<'a> {
    /// [F × B].
    pub inputs: &'a [f32],
    /// B.
    pub count: usize,
}

/// A model that a plugin exports. It does not change: rows are worked on by several threads at once.
pub trait Model: Sized + Send + Sync + 'static {
    /// Whether it has a gradient.
    const HAS_GRADIENT: bool = false;
    /// Whether it has a graph.
    const HAS_GRAPH: bool = false;

    /// What it says of itself.
    fn about() -> About;
    /// Makes an instance that maps inputs to outputs as asked.
    fn new(request: &Request, mapping: &Mapping) -> Result<Self>;
    /// The parts of the parameters, in their order.
    fn blocks(&self) -> Vec<Block>;
    /// Multiply-adds of one forward pass of one row.
    fn multiply_adds(&self) -> u64;
    /// Writes a starting point [n], different for each `start`.
    fn initialise(&self, start: u64, parameters: &mut [f64]) -> Result<()>;
    /// Writes outputs [C × B] of parameters [n].
    fn forward(&self, rows: &Rows, parameters: &[f64], outputs: &mut [f32]) -> Result<()>;
    /// Writes the gradient [n]: the sum of output gradients [C × B] times ∂output/∂parameter.
    fn backward(
        &self,
        _rows: &Rows,
        _parameters: &[f64],
        _output_gradients: &[f32],
        _gradient: &mut [f64],
    ) -> Result<()> {
        Err(Error::unsupported("this model has no gradient"))
    }
    /// The network at parameters [n].
    fn graph(&self, _parameters: &[f64]) -> Result<Graph> {
        Err(Error::unsupported("this model has no graph"))
    }
}

/// A model and what the host reads of it.
struct Held<T> {
    model: T,
    features: u64,
    outputs: u64,
    description: qhost_model_description,
    _arena: Arena,
    graph: Arena, /* of the last graph: the host reads it until the next */
}

struct Session<T: 'static> {
    owner: &'static Held<T>,
    inputs: *const f32,
    rows: u64,
    parameters: Vec<f64>, /* of the last forward pass, for the gradient */
}

impl<T> Session<T> {
    unsafe fn rows(&self) -> Rows<'_> {
        Rows { inputs: slice(self.inputs, self.owner.features * self.rows), count: self.rows as usize }
    }
}

unsafe extern "C" fn create<T: Model>(
    request: *const qhost_request,
    mapping: *const qhost_mapping,
    out: *mut *mut c_void,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let raw = completed(mapping);
        let extents = |shape: *const qhost_shape| slice((*shape).extents, u64::from((*shape).rank)).to_vec();
        let task = match raw.task {
            QHOST_TASK_CLASSIFICATION => Task::Classification,
            QHOST_TASK_REGRESSION => Task::Regression,
            _ => Task::Scenario,
        };
        let mapping = Mapping { task, input: extents(raw.input), output: extents(raw.output) };
        let model = T::new(&Request::new(request), &mapping)?;
        let mut arena = Arena::default();
        let mut offset = 0;
        let blocks: Vec<_> = model
            .blocks()
            .into_iter()
            .map(|block| {
                let rank = block.shape.len() as u32;
                let count: u64 = block.shape.iter().product();
                let shape = qhost_shape { rank, extents: arena.array(block.shape), ..Default::default() };
                let (name, shape) = (arena.text(block.name), arena.value(shape));
                offset += count;
                qhost_parameter_block { name, shape, offset: offset - count, ..Default::default() }
            })
            .collect();
        let gradient = if T::HAS_GRADIENT { QHOST_MODEL_GRADIENT } else { 0 };
        let graph = if T::HAS_GRAPH { QHOST_MODEL_GRAPH } else { 0 };
        let description = qhost_model_description {
            flags: gradient | graph,
            parameter_count: offset,
            multiply_adds: model.multiply_adds(),
            block_count: blocks.len() as u64,
            blocks: arena.pointers(blocks),
            ..Default::default()
        };
        let (features, outputs) = (mapping.features() as u64, mapping.outputs() as u64);
        let held = Held { model, features, outputs, description, _arena: arena, graph: Arena::default() };
        *out = Box::into_raw(Box::new(held)).cast();
        Ok(())
    })
}

unsafe extern "C" fn destroy<T>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance.cast::<T>()));
        Ok(())
    });
}

unsafe extern "C" fn describe<T>(instance: *mut c_void) -> *const qhost_model_description {
    &(*instance.cast::<Held<T>>()).description
}

unsafe extern "C" fn initialise<T: Model>(
    instance: *mut c_void,
    start: u64,
    parameters: *mut f64,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &*instance.cast::<Held<T>>();
        held.model.initialise(start, slice_mut(parameters, held.description.parameter_count))
    })
}

unsafe extern "C" fn open<T: Model>(
    instance: *mut c_void,
    out: *mut *mut c_void,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        /* The host ends all sessions before the instance. */
        let owner = &*instance.cast::<Held<T>>();
        let session = Session { owner, inputs: std::ptr::null(), rows: 0, parameters: Vec::new() };
        *out = Box::into_raw(Box::new(session)).cast();
        Ok(())
    })
}

unsafe extern "C" fn bind<T: 'static>(
    session: *mut c_void,
    inputs: *const f32,
    row_count: u64,
    _error: *mut qhost_error,
) -> qhost_status {
    let session = &mut *session.cast::<Session<T>>();
    (session.inputs, session.rows) = (inputs, row_count);
    QHOST_OK
}

unsafe extern "C" fn forward<T: Model>(
    session: *mut c_void,
    parameters: *const f64,
    point_count: u64,
    outputs: *mut f32,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let session = &mut *session.cast::<Session<T>>();
        let n = session.owner.description.parameter_count as usize;
        let size = (session.owner.outputs * session.rows) as usize;
        let points = slice(parameters, point_count * n as u64);
        let outputs = slice_mut(outputs, point_count * size as u64);
        for (p, point) in points.chunks_exact(n).enumerate() {
            let outputs = &mut outputs[p * size..(p + 1) * size];
            session.owner.model.forward(&session.rows(), point, outputs)?;
        }
        if T::HAS_GRADIENT && point_count == 1 {
            session.parameters.clear();
            session.parameters.extend_from_slice(points);
        }
        Ok(())
    })
}

unsafe extern "C" fn backward<T: Model>(
    session: *mut c_void,
    output_gradients: *const f32,
    gradient: *mut f64,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let session = &*session.cast::<Session<T>>();
        let size = session.owner.outputs * session.rows;
        let gradient = slice_mut(gradient, session.owner.description.parameter_count);
        let model = &session.owner.model;
        model.backward(&session.rows(), &session.parameters, slice(output_gradients, size), gradient)
    })
}

unsafe extern "C" fn graph<T: Model>(
    instance: *mut c_void,
    parameters: *const f64,
    out: *mut *const qhost_graph,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &mut *instance.cast::<Held<T>>();
        let made = held.model.graph(slice(parameters, held.description.parameter_count))?;
        held.graph = Arena::default();
        *out = made.stored(&mut held.graph);
        Ok(())
    })
}

/// The functions of a model.
pub(crate) fn table<T: Model>() -> qhost_model {
    qhost_model {
        create: Some(create::<T>),
        destroy: Some(destroy::<Held<T>>),
        describe: Some(describe::<T>),
        initialise: Some(initialise::<T>),
        open: Some(open::<T>),
        close: Some(destroy::<Session<T>>),
        bind: Some(bind::<T>),
        forward: Some(forward::<T>),
        backward: if T::HAS_GRADIENT { Some(backward::<T>) } else { None },
        graph: if T::HAS_GRAPH { Some(graph::<T>) } else { None },
        ..Default::default()
    }
}
