internal import CQuantumStates
internal import Foundation
internal import QHostInterfaces

/// Draws spins from |ψ|² by the Metropolis-Hastings algorithm, on the host's streams and threads.
///
/// Spins are gone through in order, and flipped by Barker's rule: each then has its conditional distribution.
struct WaveSampler: Sendable {
  /// Chains, a multiple of sixteen.
  var chainCount: Int
  /// Samples of each chain.
  var sampleCount: Int
  /// Sweeps that are not looked at.
  var thermalisation: Int
  /// Sweeps from one sample to the next.
  var spacing: Int
  /// Whether neighbours change places, rather than single spins turn over.
  var exchanges: Bool

  static let chainsOfBatch = Int(QHOST_KERNEL_SPINS_CHAINS)

  /// Samples of a wave function; the same for the same draw and key, on any number of threads.
  ///
  /// - Parameters:
  ///   - wave: the wave function.
  ///   - chain: whose local energies are wanted; `nil`: none are.
  ///   - host: gives random numbers and threads.
  ///   - draw: `step` of the host's random numbers.
  ///   - key: `index` of them.
  /// - Returns: the samples.
  func sample(
    _ wave: WaveFunction, _ chain: SpinHamiltonian?, host: any HostServices, draw: UInt64,
    key: UInt64
  ) -> SpinSamples {
    let (n, m) = (wave.layout.spinCount, wave.layout.hiddenCount)
    let count = chainCount * sampleCount
    let batches = chainCount / Self.chainsOfBatch
    let words = bits(host, draw: draw, key: key, count: chainCount * wordsOfChain(n))
    nonisolated(unsafe) let spins = UnsafeMutablePointer<Double>.allocate(capacity: n * count)
    nonisolated(unsafe) let tangents = UnsafeMutablePointer<Double>.allocate(capacity: m * count)
    nonisolated(unsafe) let energies = UnsafeMutablePointer<Double>.allocate(capacity: count)
    nonisolated(unsafe) let moves = UnsafeMutablePointer<Int>.allocate(capacity: batches)
    defer {
      spins.deallocate()
      tangents.deallocate()
      energies.deallocate()
      moves.deallocate()
    }
    host.parallelFor(batches) { batch in
      moves[batch] = run(wave, chain, batch, words, count, spins, tangents, energies)
    }
    let sweeps = thermalisation + sampleCount * spacing
    let tried = Double(sweeps * n * chainCount)
    return SpinSamples(
      spins: Array(UnsafeBufferPointer(start: spins, count: n * count)),
      tangents: Array(UnsafeBufferPointer(start: tangents, count: m * count)),
      energies: chain == nil ? [] : Array(UnsafeBufferPointer(start: energies, count: count)),
      chainCount: chainCount,
      acceptance: Double((0..<batches).reduce(0) { $0 + moves[$1] }) / tried,
      count: count)
  }

  private func wordsOfChain(_ n: Int) -> Int { Int(QHOST_KERNEL_SPINS_SEED) + n }

  private func bits(
    _ host: any HostServices, draw: UInt64, key: UInt64, count: Int
  ) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      host.fillBits(
        step: draw, index: key, UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  /// Runs sixteen chains; returns how many moves they made.
  private func run(
    _ wave: WaveFunction, _ chain: SpinHamiltonian?, _ batch: Int, _ words: [UInt64], _ count: Int,
    _ spins: UnsafeMutablePointer<Double>, _ tangents: UnsafeMutablePointer<Double>,
    _ energies: UnsafeMutablePointer<Double>
  ) -> Int {
    let (n, m, lanes) = (wave.layout.spinCount, wave.layout.hiddenCount, Self.chainsOfBatch)
    var own = [Double](repeating: 1, count: n * lanes)
    var q = [Double](repeating: 0, count: m * lanes)
    var r = q
    var seed = [UInt64](repeating: 0, count: Int(QHOST_KERNEL_SPINS_SEED) * lanes)
    for lane in 0..<lanes {
      let first = (batch * lanes + lane) * wordsOfChain(n)
      for word in 0..<Int(QHOST_KERNEL_SPINS_SEED) {
        seed[word * lanes + lane] = words[first + word]
      }
      // A generator of zeros alone stays there.
      seed[lane] |= 1
      start(&own, lane, words[(first + Int(QHOST_KERNEL_SPINS_SEED))...], n)
    }
    return wave.withKernel { wave in
      own.withUnsafeMutableBufferPointer { own in
        q.withUnsafeMutableBufferPointer { q in
          r.withUnsafeMutableBufferPointer { r in
            seed.withUnsafeMutableBufferPointer { seed in
              var state = qhost_kernel_spins_state(
                spins: own.baseAddress, q: q.baseAddress, r: r.baseAddress, seed: seed.baseAddress)
              qhost_kernel_spins_begin(wave, &state)
              var moves = 0
              guard let first = own.baseAddress else { return 0 }
              let pairs: Int32 = exchanges ? 1 : 0
              for _ in 0..<thermalisation { moves += qhost_kernel_spins_sweep(wave, &state, pairs) }
              for sample in 0..<sampleCount {
                for _ in 0..<spacing { moves += qhost_kernel_spins_sweep(wave, &state, pairs) }
                let place = sample * chainCount + batch * lanes
                for i in 0..<n {
                  (spins + i * count + place).update(from: first + i * lanes, count: lanes)
                }
                for j in 0..<m {
                  for lane in 0..<lanes {
                    // tanh θ = 1 − 2 / (e^{2θ} + 1).
                    tangents[j * count + place + lane] = 1 - 2 * r[j * lanes + lane]
                  }
                }
                chain?.withKernel { chain in
                  qhost_kernel_spins_energy(wave, chain, &state, energies + place)
                }
              }
              return moves
            }
          }
        }
      }
    }
  }

  /// Random spins; of chains that exchange, half of them up.
  private func start(_ spins: inout [Double], _ lane: Int, _ words: ArraySlice<UInt64>, _ n: Int) {
    let lanes = Self.chainsOfBatch
    guard exchanges else {
      for (i, word) in words.prefix(n).enumerated() {
        spins[i * lanes + lane] = word >> 63 == 0 ? 1 : -1
      }
      return
    }
    let order = (0..<n).sorted {
      (words[words.startIndex + $0], $0) < (words[words.startIndex + $1], $1)
    }
    for (place, i) in order.enumerated() { spins[i * lanes + lane] = place < n / 2 ? -1 : 1 }
  }
}

extension SpinHamiltonian {
  /// Calls a body with what kernels read.
  func withKernel(_ body: (UnsafePointer<qhost_kernel_spins_chain>) -> Void) {
    z.withUnsafeBufferPointer { z in
      x.withUnsafeBufferPointer { x in
        h.withUnsafeBufferPointer { h in
          var chain = qhost_kernel_spins_chain(
            z: z.baseAddress, x: x.baseAddress, h: h.baseAddress,
            flips_pairs: self.x.contains { $0 != 0 } ? 1 : 0,
            flips_spins: self.h.contains { $0 != 0 } ? 1 : 0)
          body(&chain)
        }
      }
    }
  }
}
