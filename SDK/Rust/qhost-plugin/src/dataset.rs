//! Datasets: samples, or scenarios that score outputs themselves.
//!
//! F = numbers in an input, C = in an output, T = in a target, B = rows, P = candidates.

use std::ffi::c_void;

use crate::abi::*;
use crate::arena::Arena;
use crate::error::{guarded, slice, slice_mut};
use crate::{About, Error, Request, Result, Task};

/// A part of a dataset.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Split {
    /// What optimizers see.
    Train = QHOST_SPLIT_TRAIN as isize,
    /// What choices are made on.
    Validation = QHOST_SPLIT_VALIDATION as isize,
    /// What is read once, at the end.
    Test = QHOST_SPLIT_TEST as isize,
}

/// How inputs are scaled before a model sees them, from the training split's figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scaling {
    /// As they are.
    None = QHOST_SCALING_NONE as isize,
    /// Each feature to mean 0, standard deviation 1.
    Standardize = QHOST_SCALING_STANDARDIZE as isize,
    /// Each feature to 0 ... 1.
    MinMax = QHOST_SCALING_MINMAX as isize,
}

/// What a dataset holds.
#[derive(Debug, Clone)]
pub struct Contents {
    /// What it asks of a model.
    pub task: Task,
    /// Rows of the training split, at least 1.
    pub train_rows: u64,
    /// Rows of the validation split.
    pub validation_rows: u64,
    /// Rows of the test split.
    pub test_rows: u64,
    /// The shape of one input.
    pub input: Vec<u64>,
    /// The shape of one output; [C] classes for classification.
    pub output: Vec<u64>,
    /// T: 1 for classification, C for regression, 0 for a scenario.
    pub target_width: u64,
    /// How inputs should be scaled.
    pub scaling: Scaling,
    /// [F]; empty: none.
    pub feature_names: Vec<String>,
    /// [C] classes or outputs; empty: none.
    pub output_names: Vec<String>,
    /// The domain of a scenario's outputs, [C]; empty: unbounded.
    pub output_lower: Vec<f64>,
    /// As for `output_lower`.
    pub output_upper: Vec<f64>,
    /// Where the data is from.
    pub source: Option<String>,
}

/// A dataset that a plugin exports.
pub trait Dataset: Sized + Send + Sync + 'static {
    /// Whether it is a scenario.
    const SCORES: bool = false;

    /// What it says of itself.
    fn about() -> About;
    /// Makes an instance; reads and checks its files.
    fn new(request: &Request) -> Result<Self>;
    /// What it holds; asked once.
    fn contents(&self) -> Contents;
    /// Writes inputs [B × F] and targets [B × T] of rows; a class is its number.
    fn read(&self, split: Split, rows: &[u64], inputs: &mut [f32], targets: &mut [f32]) -> Result<()>;
    /// Of a scenario: writes losses [P × B] of outputs [P × C × B]. From any thread.
    fn score(&self, _split: Split, _rows: &[u64], _outputs: &[f64], _losses: &mut [f64]) -> Result<()> {
        Err(Error::unsupported("this dataset holds samples and scores no outputs"))
    }
}

/// A dataset and what the host reads of it.
struct Held<T> {
    dataset: T,
    features: u64,
    outputs: u64,
    description: qhost_dataset_description,
    _arena: Arena,
}

fn split(raw: u32) -> Split {
    match raw {
        QHOST_SPLIT_TRAIN => Split::Train,
        QHOST_SPLIT_VALIDATION => Split::Validation,
        _ => Split::Test,
    }
}

fn described(contents: Contents, arena: &mut Arena) -> qhost_dataset_description {
    let mut shape = |extents: Vec<u64>| {
        let (rank, extents) = (extents.len() as u32, arena.array(extents));
        arena.value(qhost_shape { rank, extents, ..Default::default() })
    };
    let (input, output) = (shape(contents.input), shape(contents.output));
    qhost_dataset_description {
        task: contents.task as u32,
        scaling: contents.scaling as u32,
        train_rows: contents.train_rows,
        validation_rows: contents.validation_rows,
        test_rows: contents.test_rows,
        target_width: contents.target_width,
        input,
        output,
        feature_names: arena.texts(&contents.feature_names),
        output_names: arena.texts(&contents.output_names),
        output_lower: arena.array(contents.output_lower),
        output_upper: arena.array(contents.output_upper),
        best_known_loss: f64::NAN,
        source: arena.optional_text(contents.source.as_deref()),
        ..Default::default()
    }
}

unsafe extern "C" fn create<T: Dataset>(
    request: *const qhost_request,
    out: *mut *mut c_void,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let dataset = T::new(&Request::new(request))?;
        let contents = dataset.contents();
        let (features, outputs) = (contents.input.iter().product(), contents.output.iter().product());
        let mut arena = Arena::default();
        let description = described(contents, &mut arena);
        *out =
            Box::into_raw(Box::new(Held { dataset, features, outputs, description, _arena: arena })).cast();
        Ok(())
    })
}

unsafe extern "C" fn destroy<T>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance.cast::<Held<T>>()));
        Ok(())
    });
}

unsafe extern "C" fn describe<T>(instance: *mut c_void) -> *const qhost_dataset_description {
    &(*instance.cast::<Held<T>>()).description
}

unsafe extern "C" fn read<T: Dataset>(
    instance: *mut c_void,
    from: u32,
    indices: *const u64,
    row_count: u64,
    inputs: *mut f32,
    targets: *mut f32,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &*instance.cast::<Held<T>>();
        let inputs = slice_mut(inputs, row_count * held.features);
        let targets = slice_mut(targets, row_count * held.description.target_width);
        held.dataset.read(split(from), slice(indices, row_count), inputs, targets)
    })
}

unsafe extern "C" fn score<T: Dataset>(
    instance: *mut c_void,
    of: u32,
    indices: *const u64,
    row_count: u64,
    outputs: *const f64,
    point_count: u64,
    losses: *mut f64,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let held = &*instance.cast::<Held<T>>();
        let count = point_count * row_count;
        let outputs = slice(outputs, count * held.outputs);
        held.dataset.score(split(of), slice(indices, row_count), outputs, slice_mut(losses, count))
    })
}

/// The functions of a dataset.
pub(crate) fn table<T: Dataset>() -> qhost_dataset {
    qhost_dataset {
        create: Some(create::<T>),
        destroy: Some(destroy::<T>),
        describe: Some(describe::<T>),
        read: Some(read::<T>),
        score: if T::SCORES { Some(score::<T>) } else { None },
        ..Default::default()
    }
}
