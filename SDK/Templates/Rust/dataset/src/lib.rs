//! A dataset for qhost: two moons, two half circles that reach into each other, with noise.
//!
//!   class 0: (cos a, sin a)    class 1: (1 - cos a, 1/2 - sin a)    a uniform over [0, pi)
//!
//! A row's numbers depend on the seed, its split and its index alone, so that nothing need be kept.
use qhost_plugin::*;

struct MyDataset {
    host: Host,
    rows: u64,
    noise: f64,
}

impl Dataset for MyDataset {
    fn about() -> About {
        About {
            name: "my-dataset",
            summary: "Two moons: two classes of points in the plane.",
            source: None,
            parameters: vec![
                Parameter::integer(
                    "rows",
                    "200",
                    2,
                    1_000_000,
                    "Rows for training; half as many for validation and for the test.",
                ),
                Parameter::real(
                    "noise",
                    "0.1",
                    0.0,
                    10.0,
                    "Standard deviation of the noise on both coordinates.",
                ),
            ],
        }
    }

    fn new(request: &Request) -> Result<Self> {
        Ok(Self { host: request.host(), rows: request.integer("rows") as u64, noise: request.real("noise") })
    }

    fn contents(&self) -> Contents {
        Contents {
            task: Task::Classification,
            train_rows: self.rows,
            validation_rows: self.rows.div_ceil(2),
            test_rows: self.rows.div_ceil(2),
            input: vec![2],
            output: vec![2],
            target_width: 1,
            scaling: Scaling::Standardize,
            feature_names: vec!["x".into(), "y".into()],
            output_names: vec!["upper".into(), "lower".into()],
            output_lower: vec![],
            output_upper: vec![],
            source: Some("made from random numbers".into()),
        }
    }

    fn read(&self, split: Split, rows: &[u64], inputs: &mut [f32], targets: &mut [f32]) -> Result<()> {
        for (i, row) in rows.iter().enumerate() {
            let (mut uniform, mut normals) = ([0.0], [0.0; 2]);
            self.host.uniform(split as u64, *row, &mut uniform);
            self.host.normal(3 + split as u64, *row, &mut normals);
            let (y, x) = (std::f64::consts::PI * uniform[0]).sin_cos();
            let (x, y) = if row % 2 == 0 { (x, y) } else { (1.0 - x, 0.5 - y) };
            inputs[2 * i] = (x + self.noise * normals[0]) as f32;
            inputs[2 * i + 1] = (y + self.noise * normals[1]) as f32;
            targets[i] = (row % 2) as f32;
        }
        Ok(())
    }
}

export!(
    Plugin::new("example", "my-dataset", "0.1.0", "A dataset in Rust.", "Apache-2.0").dataset::<MyDataset>()
);
