//! A solver for qhost: wave packets on a line in imaginary time, by implicit finite differences.
//!
//!   (1 + dt (H - min V) / hbar) psi(t + dt) = psi(t), then |psi| = 1   (backward Euler)
//!   (H psi)_g = V_g psi_g + J (2 psi_g - psi_{g-1} - psi_{g+1}),  J = hbar^2 / (2 m spacing^2)
//!
//! Each step solves a tridiagonal system (Thomas). A ground state is the same with dt = infinity, which is
//! inverse iteration. What MODES and TOPOLOGIES do not name is refused.
use qhost_plugin::*;

struct MySolver;

impl Solver for MySolver {
    const MODES: &'static [Mode] = &[Mode::Imaginary, Mode::GroundState];
    const TOPOLOGIES: &'static [Topology] = &[Topology::Line];

    fn about() -> About {
        let summary = "Imaginary time on a line, by implicit finite differences.";
        About { name: "my-solver", summary, ..About::default() }
    }

    fn new(_request: &Request) -> Result<Self> {
        Ok(Self)
    }

    fn evolve(&mut self, p: &mut Packets) -> Result<()> {
        let ground = p.mode == Mode::GroundState;
        let rate = if ground { 0.0 } else { p.hbar * p.steps as f64 / p.time }; // hbar / dt
        for b in 0..p.masses.len() {
            let all = b * p.grid..(b + 1) * p.grid;
            let potential = &p.potentials[all.clone()];
            let hopping = p.hbar * p.hbar / (2.0 * p.masses[b] * p.spacing * p.spacing);
            let mut x = vec![1.0; p.grid];
            if !ground && !p.real.is_empty() {
                x.copy_from_slice(&p.real[all.clone()]);
            }
            for _ in 0..if ground { 500 } else { p.steps } {
                advance(&mut x, potential, hopping, rate, p.spacing);
            }
            let (mut mean, mut second, mut energy) = (0.0, 0.0, 0.0);
            for g in 0..p.grid {
                let (place, density) = (p.origin + g as f64 * p.spacing, x[g] * x[g]);
                let left = if g > 0 { x[g - 1] } else { 0.0 };
                let right = if g + 1 < p.grid { x[g + 1] } else { 0.0 };
                mean += place * density * p.spacing;
                second += place * place * density * p.spacing;
                energy += x[g] * (potential[g] * x[g] + hopping * (2.0 * x[g] - left - right)) * p.spacing;
            }
            // What is not wanted is empty.
            if !p.densities.is_empty() {
                p.densities[all.clone()].iter_mut().zip(&x).for_each(|(d, x)| *d = x * x);
            }
            if !p.real.is_empty() {
                p.real[all.clone()].copy_from_slice(&x);
            }
            if !p.imaginary.is_empty() {
                p.imaginary[all].fill(0.0);
            }
            if let Some(out) = p.means.get_mut(b) {
                *out = mean;
            }
            if let Some(out) = p.second_moments.get_mut(b) {
                *out = second;
            }
            if let Some(out) = p.energies.get_mut(b) {
                *out = energy;
            }
            if let Some(out) = p.norms.get_mut(b) {
                *out = 1.0;
            }
        }
        Ok(())
    }
}

/// One step, in place: solves (rate + V - min V + 2 J) x_g - J (x_{g-1} + x_{g+1}) = x, and normalises.
fn advance(x: &mut [f64], potential: &[f64], hopping: f64, rate: f64, spacing: f64) {
    let lowest = potential.iter().copied().fold(f64::INFINITY, f64::min);
    let mut factors = vec![0.0; x.len()];
    let (mut above, mut before) = (0.0, 0.0);
    for g in 0..x.len() {
        let diagonal = rate + potential[g] - lowest + hopping * (2.0 - above);
        x[g] = (x[g] + hopping * before) / diagonal;
        factors[g] = hopping / diagonal;
        (above, before) = (factors[g], x[g]);
    }
    for g in (0..x.len() - 1).rev() {
        x[g] += factors[g] * x[g + 1];
    }
    let norm = (x.iter().map(|v| v * v).sum::<f64>() * spacing).sqrt();
    for v in x {
        *v /= norm;
    }
}

export!(Plugin::new("example", "my-solver", "0.1.0", "A solver in Rust.", "Apache-2.0").solver::<MySolver>());
