internal import Foundation
internal import QHostInterfaces

/// Weights by the hyperbolic tangent of one probability or of the mean of two; each outcome is used once.
///
///     w_i = γ tanh(±γ 2^(N−1) p_a)              for 2M − 2^N weights
///     w_i = γ tanh(±γ 2^(N−2) (p_a + p_b))      for the 2^N − M others, which the seed picks
///
/// + for even i, − for odd; γ is the one gain. Outcomes are used in their order.
///
/// Source: Liu, Kuo, Lin et al., *Training classical neural networks by quantum machine learning*, arXiv 2402.16465,
/// equations 2 to 9.
struct PaperMapping: WeightMapping {
  private let qubitCount: Int
  private let weightCount: Int
  /// The first outcome of each weight, and of one more.
  private let first: [Int]
  private let start: Double

  /// - Throws: kind `parameter` where outcomes would be left over.
  init(
    qubitCount: Int, weightCount: Int, gamma: Double, host: any HostServices
  ) throws(ComponentError) {
    let pairCount = (1 << qubitCount) - weightCount
    guard pairCount <= weightCount else {
      throw .parameter(
        "qubits=\(qubitCount) gives \(1 << qubitCount) probabilities, more than twice the "
          + "\(weightCount) inner weights, which mapping=paper cannot use; leave qubits out, or "
          + "use mapping=centred")
    }
    self.qubitCount = qubitCount
    self.weightCount = weightCount
    start = gamma
    let keys = host.uniforms(step: 0, index: QNNStreams.pairs, count: weightCount)
    let order = (0..<weightCount).sorted { (keys[$0], $0) < (keys[$1], $1) }
    var isPair = [Bool](repeating: false, count: weightCount)
    for weight in order.prefix(pairCount) { isPair[weight] = true }
    var first = [0]
    for weight in 0..<weightCount { first.append(first[weight] + (isPair[weight] ? 2 : 1)) }
    self.first = first
  }

  var blocks: [ParameterBlock] {
    [ParameterBlock(name: "mapping.gains", shape: Shape([1]), offset: 0)]
  }
  var spreads: [Double] { [start] }
  var recipe: MappingRecipe {
    MappingRecipe(
      mapping: "paper", outcomes: (0..<weightCount).map { Array(first[$0]..<first[$0 + 1]) },
      signs: (0..<weightCount).map { $0 & 1 == 0 ? 1 : -1 })
  }

  func initialGains(host: any HostServices, start: UInt64) -> [Double] { [self.start] }

  /// ±2^(N−1) p, or the mean of two.
  private func signal(_ weight: Int, _ p: UnsafeBufferPointer<Double>) -> Double {
    let (a, b) = (first[weight], first[weight + 1] - 1)
    return factor(weight) * (a == b ? p[a] : p[a] + p[b])
  }

  private func factor(_ weight: Int) -> Double {
    let isPair = first[weight + 1] - first[weight] == 2
    let size = Double(1 << qubitCount) * (isPair ? 0.25 : 0.5)
    return weight & 1 == 0 ? size : -size
  }

  func map(
    _ p: UnsafeBufferPointer<Double>, gains: UnsafeBufferPointer<Double>,
    into weights: UnsafeMutableBufferPointer<Double>
  ) {
    let gamma = gains[0]
    for weight in 0..<weightCount { weights[weight] = gamma * tanh(gamma * signal(weight, p)) }
  }

  func pullBack(
    _ weightSlopes: UnsafeBufferPointer<Double>, p: UnsafeBufferPointer<Double>,
    gains: UnsafeBufferPointer<Double>, slopes: UnsafeMutableBufferPointer<Double>,
    gainSlopes: UnsafeMutableBufferPointer<Double>
  ) {
    let gamma = gains[0]
    var gammaSlope = 0.0
    for weight in 0..<weightCount {
      let x = signal(weight, p)
      let t = tanh(gamma * x)
      let slope = weightSlopes[weight] * (1 - t * t)
      gammaSlope += weightSlopes[weight] * t + slope * gamma * x
      let part = slope * gamma * gamma * factor(weight)
      for outcome in first[weight]..<first[weight + 1] { slopes[outcome] = part }
    }
    gainSlopes[0] = gammaSlope
  }
}
