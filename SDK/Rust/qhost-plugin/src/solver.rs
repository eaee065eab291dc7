//! Solvers: they evolve batches of one-dimensional wave packets.

use std::ffi::c_void;

use crate::abi::*;
use crate::error::{guarded, slice, slice_mut};
use crate::table::completed;
use crate::{About, Error, Request, Result};

/// How packets evolve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mode {
    /// iħ ∂ψ/∂t = Hψ.
    Real = QHOST_EVOLVE_REAL as isize,
    /// ħ ∂ψ/∂t = −Hψ with |ψ| = 1.
    Imaginary = QHOST_EVOLVE_IMAGINARY as isize,
    /// Imaginary time to convergence; `time` and `steps` are unused.
    GroundState = QHOST_EVOLVE_GROUND_STATE as isize,
}

/// Which grid points the kinetic term joins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Topology {
    /// A discretised line.
    Line = QHOST_GRID_LINE as isize,
    /// Neighbours: integer parameters.
    Chain = QHOST_LATTICE_CHAIN as isize,
    /// All sites: categorical parameters.
    Complete = QHOST_LATTICE_COMPLETE as isize,
}

/// A batch of packets: B of them on one grid of G points, x_g = origin + g · spacing.
pub struct Packets<'a> {
    /// How they evolve.
    pub mode: Mode,
    /// What the grid stands for.
    pub topology: Topology,
    /// G.
    pub grid: usize,
    /// x of grid point 0.
    pub origin: f64,
    /// Above 0.
    pub spacing: f64,
    /// Above 0.
    pub hbar: f64,
    /// How long to evolve, above 0.
    pub time: f64,
    /// Time steps to divide it into.
    pub steps: u64,
    /// [B], above 0.
    pub masses: &'a [f64],
    /// [B × G].
    pub potentials: &'a [f64],
    /// In and out: ψ [B × G]; empty: the solver starts from its own choice.
    pub real: &'a mut [f64],
    /// In and out; may be empty in imaginary time.
    pub imaginary: &'a mut [f64],
    /// Out: |ψ|² [B × G]. This and those below are empty where they are not wanted.
    pub densities: &'a mut [f64],
    /// Out: ⟨x⟩ [B].
    pub means: &'a mut [f64],
    /// Out: ⟨x²⟩ [B].
    pub second_moments: &'a mut [f64],
    /// Out: ⟨H⟩ [B].
    pub energies: &'a mut [f64],
    /// Out: norm after over norm before [B]; 1 in imaginary time.
    pub norms: &'a mut [f64],
}

/// A solver that a plugin exports.
pub trait Solver: Sized + Send + 'static {
    /// The modes that it has; others are refused for it.
    const MODES: &'static [Mode];
    /// The topologies that it has.
    const TOPOLOGIES: &'static [Topology];

    /// What it says of itself.
    fn about() -> About;
    /// Makes an instance.
    fn new(request: &Request) -> Result<Self>;
    /// Evolves the batch and fills its results.
    fn evolve(&mut self, packets: &mut Packets) -> Result<()>;
}

unsafe extern "C" fn create<T: Solver>(
    request: *const qhost_request,
    out: *mut *mut c_void,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        *out = Box::into_raw(Box::new(T::new(&Request::new(request))?)).cast();
        Ok(())
    })
}

unsafe extern "C" fn destroy<T>(instance: *mut c_void) {
    guarded(std::ptr::null_mut(), || {
        drop(Box::from_raw(instance.cast::<T>()));
        Ok(())
    });
}

unsafe extern "C" fn evolve<T: Solver>(
    instance: *mut c_void,
    packets: *const qhost_packets,
    error: *mut qhost_error,
) -> qhost_status {
    guarded(error, || {
        let p = completed(packets);
        let mode = T::MODES.iter().find(|mode| **mode as u32 == p.mode);
        let topology = T::TOPOLOGIES.iter().find(|topology| **topology as u32 == p.topology);
        let (Some(&mode), Some(&topology)) = (mode, topology) else {
            let name = T::about().name;
            return Err(Error::unsupported(format!(
                "{name} has no such mode or topology; use another solver"
            )));
        };
        let (count, all) = (p.packet_count, p.packet_count * p.grid_count);
        (*instance.cast::<T>()).evolve(&mut Packets {
            mode,
            topology,
            grid: p.grid_count as usize,
            origin: p.origin,
            spacing: p.spacing,
            hbar: p.hbar,
            time: p.time,
            steps: p.steps,
            masses: slice(p.masses, count),
            potentials: slice(p.potentials, all),
            real: slice_mut(p.real, all),
            imaginary: slice_mut(p.imaginary, all),
            densities: slice_mut(p.densities, all),
            means: slice_mut(p.means, count),
            second_moments: slice_mut(p.second_moments, count),
            energies: slice_mut(p.energies, count),
            norms: slice_mut(p.norms, count),
        })
    })
}

/// The functions of a solver.
pub(crate) fn table<T: Solver>() -> qhost_solver {
    qhost_solver {
        modes: T::MODES.iter().fold(0, |bits, mode| bits | 1 << *mode as u32),
        topologies: T::TOPOLOGIES.iter().fold(0, |bits, topology| bits | 1 << *topology as u32),
        create: Some(create::<T>),
        destroy: Some(destroy::<T>),
        evolve: Some(evolve::<T>),
        ..Default::default()
    }
}
