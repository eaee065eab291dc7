//! A model for qhost: y = W x + b, with its gradient and its graph.
//!
//! With classes its outputs are logits (softmax regression), with numbers it is linear regression: the host
//! knows the loss. Parameters: the weights [C x F], then the biases [C].
use qhost_plugin::*;

struct MyModel {
    host: Host,
    features: usize, // F
    outputs: usize,  // C
}

impl Model for MyModel {
    const HAS_GRADIENT: bool = true;
    const HAS_GRAPH: bool = true;

    fn about() -> About {
        About { name: "my-model", summary: "Softmax or linear regression.", ..About::default() }
    }

    fn new(request: &Request, mapping: &Mapping) -> Result<Self> {
        let (features, outputs) = (mapping.features(), mapping.outputs());
        if features * outputs == 0 {
            return Err(Error::parameter("my-model needs inputs and outputs; use another dataset"));
        }
        Ok(Self { host: request.host(), features, outputs })
    }

    fn blocks(&self) -> Vec<Block> {
        let (f, c) = (self.features as u64, self.outputs as u64);
        vec![Block { name: "weight", shape: vec![c, f] }, Block { name: "bias", shape: vec![c] }]
    }

    fn multiply_adds(&self) -> u64 {
        (self.features * self.outputs) as u64
    }

    /// Normal weights of deviation 1 / sqrt(F), biases of 0.
    fn initialise(&self, start: u64, parameters: &mut [f64]) -> Result<()> {
        let (weights, biases) = parameters.split_at_mut(self.features * self.outputs);
        self.host.normal(start, 0, weights);
        weights.iter_mut().for_each(|weight| *weight /= (self.features as f64).sqrt());
        biases.fill(0.0);
        Ok(())
    }

    /// Rows lie side by side, which is what a processor's vectors want.
    fn forward(&self, rows: &Rows, parameters: &[f64], outputs: &mut [f32]) -> Result<()> {
        let (weights, biases) = parameters.split_at(self.features * self.outputs);
        for (c, out) in outputs.chunks_exact_mut(rows.count).enumerate() {
            out.fill(biases[c] as f32);
            for (f, inputs) in rows.inputs.chunks_exact(rows.count).enumerate() {
                let weight = weights[c * self.features + f] as f32;
                out.iter_mut().zip(inputs).for_each(|(out, input)| *out += weight * input);
            }
        }
        Ok(())
    }

    fn backward(
        &self,
        rows: &Rows,
        _parameters: &[f64],
        output_gradients: &[f32],
        gradient: &mut [f64],
    ) -> Result<()> {
        let (weights, biases) = gradient.split_at_mut(self.features * self.outputs);
        for (c, g) in output_gradients.chunks_exact(rows.count).enumerate() {
            biases[c] = g.iter().map(|each| f64::from(*each)).sum();
            for (f, inputs) in rows.inputs.chunks_exact(rows.count).enumerate() {
                weights[c * self.features + f] =
                    g.iter().zip(inputs).map(|(g, x)| f64::from(*g) * f64::from(*x)).sum();
            }
        }
        Ok(())
    }

    /// The network for targets: one Gemm, whose weights are transposed.
    fn graph(&self, parameters: &[f64]) -> Result<Graph> {
        let (f, c) = (self.features as u64, self.outputs as u64);
        let single: Vec<f32> = parameters.iter().map(|p| *p as f32).collect();
        let (weights, biases) = single.split_at(self.features * self.outputs);
        let constant = |name: &str, shape, numbers: &[f32]| Constant {
            name: name.into(),
            shape,
            numbers: Numbers::F32(numbers.into()),
        };
        let node = Node {
            name: "layer".into(),
            operation: "Gemm".into(),
            outputs: vec!["output".into()],
            inputs: vec!["input".into(), "weight".into(), "bias".into()],
            attributes: vec![("transB".into(), Attribute::Integers(vec![1]))],
        };
        Ok(Graph {
            input: "input".into(),
            input_shape: vec![f],
            output: "output".into(),
            output_shape: vec![c],
            nodes: vec![node],
            constants: vec![constant("weight", vec![c, f], weights), constant("bias", vec![c], biases)],
        })
    }
}

export!(Plugin::new("example", "my-model", "0.1.0", "A model in Rust.", "Apache-2.0").model::<MyModel>());
