internal import Foundation
internal import QHostInterfaces

/// Weights by a small network of the outcome's bits and its probability: layers of N + 1, 4, 20, 4 and 1 units without
/// activations.
///
///     w_i = net(±1 for each bit of i, q_i),  q_i = (0.8 tanh(0.1 · 2^(N−1) p_i))^0.3 − the mean of these
///
/// Without activations the network is one affine function a x + c; it is trained in its factors, as its authors do.
///
/// Source: Liu, Lin, Chen et al., *Quantum-train*, arXiv 2405.11304, and its authors' program.
///
/// *Deviations*: below 10⁻¹² of a mean probability q has no slope, which would be infinite at 0.
struct NetworkMapping: WeightMapping {
  private let qubitCount: Int
  private let weightCount: Int
  private let widths: [Int]

  init(qubitCount: Int, weightCount: Int) {
    self.qubitCount = qubitCount
    self.weightCount = weightCount
    widths = [qubitCount + 1, 4, 20, 4, 1]
  }

  private var layers: Range<Int> { 0..<widths.count - 1 }
  private func offset(_ layer: Int) -> Int {
    (0..<layer).reduce(0) { $0 + (widths[$1] + 1) * widths[$1 + 1] }
  }
  private func biasOffset(_ layer: Int) -> Int { offset(layer) + widths[layer] * widths[layer + 1] }

  var blocks: [ParameterBlock] {
    layers.flatMap { layer in
      [
        ParameterBlock(
          name: "mapping.layers.\(layer).weight", shape: Shape([widths[layer + 1], widths[layer]]),
          offset: offset(layer)),
        ParameterBlock(
          name: "mapping.layers.\(layer).bias", shape: Shape([widths[layer + 1]]),
          offset: biasOffset(layer)),
      ]
    }
  }

  var recipe: MappingRecipe {
    MappingRecipe(mapping: "network", outcomes: (0..<weightCount).map { [$0] })
  }

  private func limit(_ layer: Int) -> Double { 1 / Double(widths[layer]).squareRoot() }

  var spreads: [Double] {
    layers.flatMap { layer in
      [Double](
        repeating: limit(layer) / 3.0.squareRoot(),
        count: (widths[layer] + 1) * widths[layer + 1])
    }
  }

  /// Uniform over ±1 / √inputs, biases too.
  func initialGains(host: any HostServices, start: UInt64) -> [Double] {
    var gains = host.uniforms(step: start, index: QNNStreams.gains, count: gainCount)
    for layer in layers {
      for place in offset(layer)..<offset(layer + 1) {
        gains[place] = (2 * gains[place] - 1) * limit(layer)
      }
    }
    return gains
  }

  /// S_k, k = 0 … layers: how the output depends on the units before layer k.
  private func suffixes(_ gains: UnsafeBufferPointer<Double>) -> [[Double]] {
    var suffixes: [[Double]] = [[1]]
    for layer in layers.reversed() {
      let after = suffixes[0]
      suffixes.insert(
        (0..<widths[layer]).map { input in
          after.indices.reduce(0) {
            $0 + after[$1] * gains[offset(layer) + $1 * widths[layer] + input]
          }
        }, at: 0)
    }
    return suffixes
  }

  /// 0.8 tanh(0.1 · 2^(N−1) p), at least 10⁻¹³.
  private func base(_ p: Double) -> Double {
    max(0.8 * tanh(0.05 * Double(1 << qubitCount) * p), 1e-13)
  }

  private func signals(_ p: UnsafeBufferPointer<Double>) -> [Double] {
    var q = (0..<weightCount).map { pow(base(p[$0]), 0.3) }
    let mean = q.reduce(0, +) / Double(weightCount)
    for place in q.indices { q[place] -= mean }
    return q
  }

  func map(
    _ p: UnsafeBufferPointer<Double>, gains: UnsafeBufferPointer<Double>,
    into weights: UnsafeMutableBufferPointer<Double>
  ) {
    let (q, suffixes) = (signals(p), suffixes(gains))
    var constant = 0.0
    for layer in layers {
      for (unit, slope) in suffixes[layer + 1].enumerated() {
        constant += slope * gains[biasOffset(layer) + unit]
      }
    }
    let direction = suffixes[0]
    for weight in 0..<weightCount {
      var sum = constant + direction[qubitCount] * q[weight]
      for bit in 0..<qubitCount {
        sum += weight >> bit & 1 == 1 ? direction[bit] : -direction[bit]
      }
      weights[weight] = sum
    }
  }

  func pullBack(
    _ weightSlopes: UnsafeBufferPointer<Double>, p: UnsafeBufferPointer<Double>,
    gains: UnsafeBufferPointer<Double>, slopes: UnsafeMutableBufferPointer<Double>,
    gainSlopes: UnsafeMutableBufferPointer<Double>
  ) {
    let (q, suffixes) = (signals(p), suffixes(gains))
    // What is multiplied by S_k is the sum over weights of slope times units, which is linear in them too.
    let total = weightSlopes.reduce(0, +)
    var moments = [Double](repeating: 0, count: qubitCount + 1)
    for weight in 0..<weightCount {
      let slope = weightSlopes[weight]
      for bit in 0..<qubitCount { moments[bit] += weight >> bit & 1 == 1 ? slope : -slope }
      moments[qubitCount] += slope * q[weight]
    }
    for layer in layers {
      let inputs = widths[layer]
      var next = [Double](repeating: 0, count: widths[layer + 1])
      for unit in next.indices {
        let after = suffixes[layer + 1][unit]
        let bias = biasOffset(layer) + unit
        gainSlopes[bias] = after * total
        next[unit] = gains[bias] * total
        for input in 0..<inputs {
          let place = offset(layer) + unit * inputs + input
          gainSlopes[place] = after * moments[input]
          next[unit] += gains[place] * moments[input]
        }
      }
      moments = next
    }
    slopes.update(repeating: 0)
    let (mean, direction) = (total / Double(weightCount), suffixes[0][qubitCount])
    for weight in 0..<weightCount {
      let value = base(p[weight])
      guard value > 1e-13 else { continue }
      let t = value / 0.8
      slopes[weight] =
        direction * (weightSlopes[weight] - mean) * 0.3 * pow(value, -0.7)
        * 0.04 * Double(1 << qubitCount) * (1 - t * t)
    }
  }
}
