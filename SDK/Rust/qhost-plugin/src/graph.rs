//! A trained network as ONNX operators (operator set 17) and weights.

use crate::abi::*;
use crate::arena::Arena;
use crate::component::text;
use crate::error::slice;
use crate::{Error, Result};

/// The numbers of a constant, row-major.
#[derive(Debug, Clone, PartialEq)]
pub enum Numbers {
    /// 32-bit reals.
    F32(Vec<f32>),
    /// 8-bit integers.
    I8(Vec<i8>),
    /// 32-bit integers.
    I32(Vec<i32>),
    /// 64-bit integers.
    I64(Vec<i64>),
}

/// Weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Constant {
    /// What nodes call it.
    pub name: String,
    /// Its extents.
    pub shape: Vec<u64>,
    /// As many as the extents say.
    pub numbers: Numbers,
}

/// The value of an attribute; a scalar is a list of one.
#[derive(Debug, Clone, PartialEq)]
pub enum Attribute {
    /// Integers.
    Integers(Vec<i64>),
    /// Reals.
    Reals(Vec<f64>),
    /// Text.
    Text(String),
}

/// An operator on named values.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What messages call it.
    pub name: String,
    /// For example `Gemm`, `Tanh`, `Conv`.
    pub operation: String,
    /// The names of its inputs.
    pub inputs: Vec<String>,
    /// The names of its outputs.
    pub outputs: Vec<String>,
    /// Its attributes by name.
    pub attributes: Vec<(String, Attribute)>,
}

/// A graph with one input and one output; nodes are in topological order.
#[derive(Debug, Clone, PartialEq)]
pub struct Graph {
    /// The name of the input.
    pub input: String,
    /// The shape of one row of it.
    pub input_shape: Vec<u64>,
    /// The name of the output.
    pub output: String,
    /// The shape of one row of it.
    pub output_shape: Vec<u64>,
    /// The operators.
    pub nodes: Vec<Node>,
    /// The weights.
    pub constants: Vec<Constant>,
}

fn stored_shape(extents: &[u64], arena: &mut Arena) -> *const qhost_shape {
    let rank = extents.len() as u32;
    let extents = arena.array(extents.to_vec());
    arena.value(qhost_shape { rank, extents, ..Default::default() })
}

impl Constant {
    fn stored(self, arena: &mut Arena) -> qhost_tensor {
        let (element, data) = match self.numbers {
            Numbers::F32(values) => (QHOST_ELEMENT_FLOAT32, arena.array(values).cast()),
            Numbers::I8(values) => (QHOST_ELEMENT_INT8, arena.array(values).cast()),
            Numbers::I32(values) => (QHOST_ELEMENT_INT32, arena.array(values).cast()),
            Numbers::I64(values) => (QHOST_ELEMENT_INT64, arena.array(values).cast()),
        };
        let (name, shape) = (arena.text(&self.name), stored_shape(&self.shape, arena));
        qhost_tensor { element, name, shape, data, ..Default::default() }
    }

    unsafe fn read(raw: *const qhost_tensor) -> Result<Self> {
        let raw = &*raw;
        let shape = extents(raw.shape);
        let count: u64 = shape.iter().product();
        let numbers = match raw.element {
            QHOST_ELEMENT_FLOAT32 => Numbers::F32(slice(raw.data.cast(), count).to_vec()),
            QHOST_ELEMENT_INT8 => Numbers::I8(slice(raw.data.cast(), count).to_vec()),
            QHOST_ELEMENT_INT32 => Numbers::I32(slice(raw.data.cast(), count).to_vec()),
            QHOST_ELEMENT_INT64 => Numbers::I64(slice(raw.data.cast(), count).to_vec()),
            other => {
                return Err(Error::unsupported(format!(
                    "the network has numbers of type {other}; update the plugin"
                )))
            }
        };
        Ok(Self { name: text(raw.name), shape, numbers })
    }
}

impl Node {
    fn stored(self, arena: &mut Arena) -> qhost_node {
        let attributes: Vec<_> = self
            .attributes
            .into_iter()
            .map(|(name, value)| {
                let mut raw = qhost_attribute { name: arena.text(&name), ..Default::default() };
                match value {
                    Attribute::Integers(values) => {
                        (raw.r#type, raw.count) = (QHOST_ATTRIBUTE_INTEGERS, values.len() as u64);
                        raw.integers = arena.array(values);
                    }
                    Attribute::Reals(values) => {
                        (raw.r#type, raw.count) = (QHOST_ATTRIBUTE_REALS, values.len() as u64);
                        raw.reals = arena.array(values);
                    }
                    Attribute::Text(value) => {
                        (raw.r#type, raw.count) = (QHOST_ATTRIBUTE_TEXT, 1);
                        raw.text = arena.text(&value);
                    }
                }
                raw
            })
            .collect();
        qhost_node {
            input_count: self.inputs.len() as u32,
            output_count: self.outputs.len() as u32,
            attribute_count: attributes.len() as u32,
            name: arena.text(&self.name),
            operation: arena.text(&self.operation),
            inputs: arena.texts(&self.inputs),
            outputs: arena.texts(&self.outputs),
            attributes: arena.pointers(attributes),
            ..Default::default()
        }
    }

    unsafe fn read(raw: *const qhost_node) -> Self {
        let raw = &*raw;
        let names = |list, count: u32| slice(list, u64::from(count)).iter().map(|name| text(*name)).collect();
        let attributes = slice(raw.attributes, u64::from(raw.attribute_count)).iter().map(|attribute| {
            let a = &**attribute;
            let value = match a.r#type {
                QHOST_ATTRIBUTE_INTEGERS => Attribute::Integers(slice(a.integers, a.count).to_vec()),
                QHOST_ATTRIBUTE_REALS => Attribute::Reals(slice(a.reals, a.count).to_vec()),
                _ => Attribute::Text(text(a.text)),
            };
            (text(a.name), value)
        });
        Self {
            name: text(raw.name),
            operation: text(raw.operation),
            inputs: names(raw.inputs, raw.input_count),
            outputs: names(raw.outputs, raw.output_count),
            attributes: attributes.collect(),
        }
    }
}

unsafe fn extents(shape: *const qhost_shape) -> Vec<u64> {
    slice((*shape).extents, u64::from((*shape).rank)).to_vec()
}

impl Graph {
    pub(crate) fn stored(self, arena: &mut Arena) -> *const qhost_graph {
        let nodes: Vec<_> = self.nodes.into_iter().map(|node| node.stored(arena)).collect();
        let constants: Vec<_> = self.constants.into_iter().map(|each| each.stored(arena)).collect();
        let raw = qhost_graph {
            node_count: nodes.len() as u32,
            constant_count: constants.len() as u32,
            input: arena.text(&self.input),
            output: arena.text(&self.output),
            input_shape: stored_shape(&self.input_shape, arena),
            output_shape: stored_shape(&self.output_shape, arena),
            nodes: arena.pointers(nodes),
            constants: arena.pointers(constants),
            ..Default::default()
        };
        arena.value(raw)
    }

    /// # Safety
    /// `raw` is a graph of the interface.
    pub(crate) unsafe fn read(raw: *const qhost_graph) -> Result<Self> {
        let raw = &*raw;
        let constants = slice(raw.constants, u64::from(raw.constant_count)).iter();
        Ok(Self {
            input: text(raw.input),
            input_shape: extents(raw.input_shape),
            output: text(raw.output),
            output_shape: extents(raw.output_shape),
            nodes: slice(raw.nodes, u64::from(raw.node_count)).iter().map(|node| Node::read(*node)).collect(),
            constants: constants.map(|each| Constant::read(*each)).collect::<Result<_>>()?,
        })
    }
}
