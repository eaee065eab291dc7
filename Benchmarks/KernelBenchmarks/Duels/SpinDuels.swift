import CQuantumStates
import Glibc
import QHostMemory

/// Sixteen chains of 20 spins with 40 hidden units.
enum SpinDuels {
  private static let (spins, hidden) = (20, 40)
  private static let chains = Int(QHOST_KERNEL_SPINS_CHAINS)
  private static let shape = "16 chains, 20 spins, 40 hidden"

  /// A wave function, a Hamiltonian and states, with their definitions.
  private final class System {
    let visible = Numbers.doubles(spins, seed: 1, in: -0.2...0.2)
    let bias = Numbers.doubles(hidden, seed: 2, in: -0.2...0.2)
    let weights = Numbers.doubles(hidden * spins, seed: 3, in: -0.2...0.2)
    let factors = AlignedBuffer<Double>(count: spins * hidden)
    let leaps = AlignedBuffer<Double>(count: spins)
    let ones = AlignedBuffer<Double>(count: spins)
    let s = AlignedBuffer<Double>(count: spins * chains)
    let q = AlignedBuffer<Double>(count: 2 * hidden * chains)
    let seed = AlignedBuffer<UInt64>(count: 4 * chains)
    var wave = qhost_kernel_spins_wave()
    var state = qhost_kernel_spins_state()
    var chain = qhost_kernel_spins_chain()

    init() {
      for i in 0..<spins {
        leaps.start[i] = exp(2 * visible.start[i])
        ones.start[i] = 1
        for j in 0..<hidden {
          factors.start[i * hidden + j] = exp(-2 * weights.start[j * spins + i])
        }
      }
      let signs = Numbers.doubles(s.count, seed: 4)
      for place in 0..<s.count { s.start[place] = signs.start[place] < 0 ? -1 : 1 }
      for place in 0..<seed.count { seed.start[place] = UInt64(place + 1) &* 0x9E37_79B9_7F4A_7C15 }
      (wave.spin_count, wave.hidden_count) = (spins, hidden)
      (wave.visible, wave.bias) = (UnsafePointer(visible.start), UnsafePointer(bias.start))
      (wave.weights, wave.factors) = (UnsafePointer(weights.start), UnsafePointer(factors.start))
      wave.leaps = UnsafePointer(leaps.start)
      (state.spins, state.q, state.r) = (s.start, q.start, q.start + hidden * chains)
      state.seed = seed.start
      (chain.z, chain.x, chain.h) = (
        UnsafePointer(ones.start), UnsafePointer(ones.start), UnsafePointer(ones.start)
      )
      (chain.flips_pairs, chain.flips_spins) = (1, 1)
      begin()
    }

    func begin() { qhost_kernel_spins_begin(&wave, &state) }

    /// θ_j of a chain with some spins turned.
    func angle(_ j: Int, _ lane: Int, turned: [Int] = []) -> Double {
      var sum = bias.start[j]
      for i in 0..<spins {
        let spin = s.start[i * chains + lane]
        sum += weights.start[j * spins + i] * (turned.contains(i) ? -spin : spin)
      }
      return sum
    }

    /// ln ψ of a chain with some spins turned.
    func logarithm(_ lane: Int, turned: [Int] = []) -> Double {
      var sum = 0.0
      for i in 0..<spins {
        let spin = s.start[i * chains + lane]
        sum += visible.start[i] * (turned.contains(i) ? -spin : spin)
      }
      for j in 0..<hidden { sum += log(cosh(angle(j, lane, turned: turned))) }
      return sum
    }

    /// (Hψ)(s)/ψ(s) of a chain.
    func energy(_ lane: Int) -> Double {
      let own = logarithm(lane)
      var sum = 0.0
      for i in 0..<spins {
        let k = (i + 1) % spins
        let (a, b) = (s.start[i * chains + lane], s.start[k * chains + lane])
        sum += a * b - exp(logarithm(lane, turned: [i]) - own)
        if a != b { sum += 2 * exp(logarithm(lane, turned: [i, k]) - own) }
      }
      return sum
    }
  }

  static func all() -> [Duel] {
    let system = System()
    let (m, k) = (64, 256)
    let (a, b) = (Numbers.doubles(m * k, seed: 5), Numbers.doubles(m * k, seed: 6))
    func room(_ count: Int) -> (AlignedBuffer<Double>, AlignedBuffer<Double>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    return [
      Duel("kernel_spins_begin", shape, tolerance: 1e-12, room(hidden * chains)) {
        system.begin()
        $0.update(from: system.q.start, count: hidden * chains)
      } plain: {
        for j in 0..<hidden {
          for lane in 0..<chains { $0[j * chains + lane] = exp(2 * system.angle(j, lane)) }
        }
      },
      Duel("kernel_spins_energy", shape, tolerance: 1e-11, room(chains)) {
        qhost_kernel_spins_energy(&system.wave, &system.chain, &system.state, $0)
      } plain: {
        for lane in 0..<chains { $0[lane] = system.energy(lane) }
      },
      Duel("kernel_spins_outer", "\(m) x \(m), \(k) samples", tolerance: 1e-12, room(m * m)) {
        qhost_kernel_spins_outer(m, m, k, a.start, b.start, $0, m)
      } plain: {
        for i in 0..<m {
          for j in 0..<m {
            var sum = 0.0
            for p in 0..<k { sum += a.start[i * k + p] * b.start[j * k + p] }
            $0[i * m + j] = sum
          }
        }
      }, sweep(),
    ]
  }

  /// Its moves are random: what is checked is that the kept angles are those of the spins.
  private static func sweep() -> Duel {
    let (own, other) = (System(), System())
    var random = SystemRandomNumberGenerator()
    return Duel("kernel_spins_sweep", shape, tolerance: 1e-9) {
      _ = qhost_kernel_spins_sweep(&own.wave, &own.state, 0)
    } plain: {
      for lane in 0..<chains {
        var last = other.logarithm(lane)
        for i in 0..<spins {
          let next = other.logarithm(lane, turned: [i])
          let odds = exp(2 * (next - last))
          guard Double.random(in: 0..<1, using: &random) * (1 + odds) < odds else { continue }
          other.s.start[i * chains + lane] *= -1
          last = next
        }
      }
    } difference: {
      let fresh = System()
      for _ in 0..<10 { _ = qhost_kernel_spins_sweep(&fresh.wave, &fresh.state, 0) }
      let kept = fresh.q.list
      fresh.begin()
      return kept.withUnsafeBufferPointer { kept in
        kept.baseAddress.map {
          relativeDifference($0, UnsafePointer(fresh.q.start), hidden * chains)
        } ?? 1
      }
    }
  }
}
