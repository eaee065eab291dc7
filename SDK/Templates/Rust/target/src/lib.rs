//! A target for qhost: writes a trained network as a C header of arrays, which any C program can include.
//!
//! Each operator becomes a line of comment, each constant an array. It cannot run the network; a target that
//! can has an `execute` too.
use std::fmt::{Display, Write};

use qhost_plugin::*;

struct MyTarget;

impl Target for MyTarget {
    fn about() -> About {
        About { name: "my-target", summary: "The network as arrays in a C header.", ..About::default() }
    }

    fn new(_request: &Request) -> Result<Self> {
        Ok(Self)
    }

    fn compile(&mut self, graph: &Graph, _calibration: &Calibration, sink: &mut Sink) -> Result<()> {
        let mut text = String::new();
        for node in &graph.nodes {
            let (inputs, outputs) = (node.inputs.join(" "), node.outputs.join(" "));
            let _ = writeln!(text, "/* {} {inputs} -> {outputs} */", node.operation);
            // a String takes all
        }
        let mut count = 0;
        for (number, constant) in graph.constants.iter().enumerate() {
            count += constant.shape.iter().product::<u64>();
            let (type_name, numbers) = match &constant.numbers {
                Numbers::F32(values) => ("float", list(values)),
                Numbers::I8(values) => ("signed char", list(values)),
                Numbers::I32(values) => ("int", list(values)),
                Numbers::I64(values) => ("long long", list(values)),
            };
            let shape: Vec<String> = constant.shape.iter().map(u64::to_string).collect();
            let _ = writeln!(text, "\n/* {}: {} */", constant.name, shape.join(" "));
            let _ = writeln!(text, "static const {type_name} constant_{number}[] = {{{numbers}}};");
        }
        sink.artifact("network.h", text.as_bytes())?;
        sink.figure("numbers", count as f64, "");
        Ok(())
    }
}

/// Eight numbers a line, with as many digits as tell them apart.
fn list<T: Display>(values: &[T]) -> String {
    let lines: Vec<String> =
        values.chunks(8).map(|chunk| chunk.iter().map(T::to_string).collect::<Vec<_>>().join(", ")).collect();
    lines.join(",\n  ")
}

export!(Plugin::new("example", "my-target", "0.1.0", "A target in Rust.", "Apache-2.0").target::<MyTarget>());
