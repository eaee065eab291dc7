//! Targets: they compile a trained network for somewhere else.

use std::ffi::{c_void, CString};

use crate::abi::*;
use crate::error::{guarded, slice, slice_mut};
use crate::table::hand_back;
use crate::{About, Error, Graph, Request, Result};

/// Training rows in their own order: F numbers in an input, T in a target, B rows.
pub struct Calibration<'a> {
    /// [B × F], as the network sees them.
    pub inputs: &'a [f32],
    /// [B × T]; empty: none.
    pub targets: &'a [f32],
    /// B.
    pub rows: usize,
}

/// Takes what a target makes.
pub struct Sink<'a>(&'a qhost_artifact_sink);

impl Sink<'_> {
    /// Hands over one file; `name` is a plain file name.
    pub fn artifact(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let refused = || Error::new(format!("the host refuses the file '{name}'; use a plain file name"));
        let text = CString::new(name).map_err(|_| refused())?;
        let artifact = self.0.artifact.ok_or_else(refused)?;
        // SAFETY: the host copies name and bytes.
        let status = unsafe { artifact(self.0, text.as_ptr(), bytes.as_ptr().cast(), bytes.len() as u64) };
        if status == QHOST_OK {
            Ok(())
        } else {
            Err(refused())
        }
    }

    /// Adds one figure to the report.
    pub fn figure(&mut self, name: &str, value: f64, unit: &str) {
        let text = |text: &str| CString::new(text.replace('\0', "")).unwrap_or_default();
        if let Some(figure) = self.0.figure {
            // SAFETY: the host copies both texts.
            unsafe { figure(self.0, text(name).as_ptr(), value, text(unit).as_ptr()) }
        }
    }
}

/// What running compiled code cost; NaN where it is not measured.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// The fewest cycles that a row took.
    pub cycles_minimum: f64,
    /// The mean number of them.
    pub cycles_mean: f64,
    /// The most of them.
    pub cycles_maximum: f64,
    /// Milliseconds a row on the machine that the target stands for.
    pub milliseconds_mean: f64,
}

/// A target that a plugin exports.
pub trait Target: Sized + Send + 'static {
    /// Whether it can run here what it compiled.
    const EXECUTES: bool = false;

    /// What it says of itself.
    fn about() -> About;
    /// Makes an instance.
    fn new(request: &Request) -> Result<Self>;
    /// Compiles a network and hands over the artifacts.
    fn compile(&mut self, graph: &Graph, calibration: &Calibration, sink: &mut Sink) -> Result<()>;
    /// Runs what the last compile made on inputs [B × F]; writes outputs [B × C].
    fn execute(&mut self, _inputs: &[f32], _rows: usize, _outputs: &mut [f32]) -> Result<Cost> {
        Err(Error::unsupported("this target cannot run its code here"))
    }
}

struct Held<T> {
    target: T,
    features: u64,
    outputs: u64,
}

unsafe extern "C" fn create<T: Target>(
    request: *const qhost_request,
    out: *mut *mut c_void,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let target = T::new(&Request::new(request))?;
        *out = Box::into_raw(Box::new(Held { target, features: 0, outputs: 0 })).cast();
        Ok(())
    })
}

unsafe extern "C" fn destroy<T>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance.cast::<Held<T>>()));
        Ok(())
    });
}

unsafe extern "C" fn compile<T: Target>(
    instance: *mut c_void,
    graph: *const qhost_graph,
    calibration: *const qhost_calibration,
    sink: *const qhost_artifact_sink,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &mut *instance.cast::<Held<T>>();
        let graph = Graph::read(graph)?;
        held.features = graph.input_shape.iter().product();
        held.outputs = graph.output_shape.iter().product();
        let (rows, width) = ((*calibration).row_count, u64::from((*calibration).target_width));
        let calibration = Calibration {
            inputs: slice((*calibration).inputs, rows * held.features),
            targets: slice((*calibration).targets, rows * width),
            rows: rows as usize,
        };
        held.target.compile(&graph, &calibration, &mut Sink(&*sink))
    })
}

unsafe extern "C" fn execute<T: Target>(
    instance: *mut c_void,
    inputs: *const f32,
    row_count: u64,
    outputs: *mut f32,
    cost: *mut qhost_execution_cost,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &mut *instance.cast::<Held<T>>();
        let inputs = slice(inputs, row_count * held.features);
        let outputs = slice_mut(outputs, row_count * held.outputs);
        let made = held.target.execute(inputs, row_count as usize, outputs)?;
        let raw = qhost_execution_cost {
            cycles_minimum: made.cycles_minimum,
            cycles_mean: made.cycles_mean,
            cycles_maximum: made.cycles_maximum,
            milliseconds_mean: made.milliseconds_mean,
            ..Default::default()
        };
        hand_back(raw, cost);
        Ok(())
    })
}

/// The functions of a target.
pub(crate) fn table<T: Target>() -> qhost_target {
    qhost_target {
        create: Some(create::<T>),
        destroy: Some(destroy::<T>),
        compile: Some(compile::<T>),
        execute: if T::EXECUTES { Some(execute::<T>) } else { None },
        ..Default::default()
    }
}
