//! An optimizer for qhost: the (1+1) evolution strategy with the 1/5 success rule.
//!
//! Each query is one point, y = x + sigma * scale * N(0, 1); the better of x and y stays. sigma grows when
//! more than one step in five is better, and shrinks otherwise. Integers and categories change in one
//! of n coordinates on average.
//!
//! Source: Rechenberg 1973; Hansen, Arnold and Auger, Evolution Strategies, 2015, algorithm 2.
use qhost_plugin::*;

struct MyOptimizer {
    host: Host,
    problem: Problem,
    point: Vec<f64>,
    trial: Vec<f64>,
    queries: u64,
    sigma: f64,
    best: f64, // the loss at `point`
}

impl Optimizer for MyOptimizer {
    fn about() -> About {
        let step = Parameter::real(
            "step",
            "1",
            1e-6,
            1e3,
            "Length of the first steps, in scales of the parameters.",
        );
        About {
            name: "my-optimizer",
            summary: "(1+1) evolution strategy with the 1/5 success rule.",
            source: Some("Rechenberg 1973; Hansen, Arnold and Auger 2015"),
            parameters: vec![step.tunable().logarithmic()],
        }
    }

    fn new(request: &Request, problem: &Problem) -> Result<Self> {
        let (point, trial) = (problem.initial.clone(), problem.initial.clone());
        let (host, problem, sigma) = (request.host(), problem.clone(), request.real("step"));
        Ok(Self { host, problem, point, trial, queries: 0, sigma, best: f64::INFINITY })
    }

    /// The first query is the starting point itself. Random numbers depend on (seed, step, index) alone.
    fn ask(&mut self) -> Result<Query> {
        let n = self.point.len();
        let (mut normals, mut uniforms) = (vec![0.0; n], vec![0.0; n]);
        self.host.normal(self.queries, 0, &mut normals);
        self.host.uniform(self.queries, 1, &mut uniforms);
        if self.queries > 0 {
            self.trial = (0..n).map(|i| self.moved(i, normals[i], uniforms[i])).collect();
        }
        // Losses of different queries are compared: all are of all rows.
        Ok(Query { ask: Ask::Points(self.trial.clone()), batch: Batch::Full })
    }

    /// A loss is infinite where a point cannot be scored.
    fn tell(&mut self, answer: &Answer) -> Result<()> {
        let loss = answer.losses[0];
        // While no feasible point is known, losses of infeasible ones rise with the worst loss seen.
        if self.best > answer.infeasible_above {
            self.best += answer.infeasible_rise;
        }
        let success = if loss < self.best { 0.8 } else { -0.2 };
        if loss <= self.best {
            (self.point, self.best) = (self.trial.clone(), loss);
        }
        if self.queries > 0 {
            let change = (success / (self.point.len() as f64 + 1.0).sqrt()).exp();
            self.sigma = (self.sigma * change).clamp(1e-12, 1e6);
        }
        self.queries += 1;
        Ok(())
    }

    /// All that later queries depend on.
    fn save(&self) -> Option<Vec<u8>> {
        let state = StateWriter::new().word(self.queries).real(self.sigma).real(self.best);
        Some(state.reals(&self.point).bytes())
    }

    fn load(&mut self, state: &[u8]) -> Result<()> {
        let mut state = StateReader::new(state);
        (self.queries, self.sigma, self.best) = (state.word()?, state.real()?, state.real()?);
        state.reals(&mut self.point)?;
        state.expect((1e-12..=1e6).contains(&self.sigma))?;
        self.trial = self.point.clone();
        state.finish()
    }
}

impl MyOptimizer {
    /// The value of coordinate i in the next point.
    fn moved(&self, i: usize, normal: f64, uniform: f64) -> f64 {
        let (x, lower, upper) = (self.point[i], self.problem.lower[i], self.problem.upper[i]);
        let chance = uniform * self.point.len() as f64; // below 1 in one of n coordinates
        let step = self.sigma * self.problem.scales[i] * normal;
        let count = upper - lower + 1.0; // of categories: any of the others
        match self.problem.kinds[i] {
            Kind::Categorical if chance >= 1.0 => x,
            Kind::Categorical => lower + (x - lower + 1.0 + (chance * (count - 1.0)).floor()) % count,
            Kind::Integer if step.round() == 0.0 && chance < 1.0 => (x + normal.signum()).clamp(lower, upper),
            Kind::Integer => (x + step.round()).clamp(lower, upper),
            Kind::Real => (x + step).clamp(lower, upper),
        }
    }
}

export!(Plugin::new("example", "my-optimizer", "0.1.0", "An optimizer in Rust.", "Apache-2.0")
    .optimizer::<MyOptimizer>());
