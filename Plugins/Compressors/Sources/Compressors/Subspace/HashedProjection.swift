internal import QHostInterfaces

/// p_i = p0_i ± s_i θ_{h(i)}: weights share the trained numbers, each with a sign of its own.
///
/// Source: Chen, Wilson, Tyree, Weinberger, Chen, *Compressing neural networks with the hashing trick*, ICML 2015,
/// equations 3 and 7.
///
/// *Deviations*: numbers are dealt to weights in shuffled rounds, so that each has ⌊n/k⌋ or ⌈n/k⌉ of them; a plain hash
/// would leave some numbers without a weight. Weights of all layers share; each is in units of its spread s.
struct HashedProjection: ParameterGenerator {
  /// p0, [n].
  let start: [Double]
  /// h, [n], below k.
  private let slots: [Int32]
  /// ± s, [n].
  private let factors: [Double]

  /// Deals numbers to weights.
  ///
  /// - Parameters:
  ///   - inner: whose weights they are.
  ///   - numberCount: k, at most n.
  ///   - host: whose random words decide.
  init(_ inner: InnerNetwork, numberCount: Int, host: any HostServices) {
    let count = inner.count
    let words = [UInt64](unsafeUninitializedCapacity: 2 * count) { buffer, initialized in
      host.fillBits(
        step: 0, index: Subspace.projectionStream,
        UnsafeMutableBufferPointer(rebasing: buffer[..<(2 * count)]))
      initialized = 2 * count
    }
    var slots = [Int32](repeating: 0, count: count)
    let order = (0..<count).sorted { (words[$0], $0) < (words[$1], $1) }
    for (place, weight) in order.enumerated() { slots[weight] = Int32(place % numberCount) }
    self.slots = slots
    start = inner.start
    factors = (0..<count).map { words[count + $0] & 1 == 0 ? inner.scales[$0] : -inner.scales[$0] }
  }

  func generate(
    _ parameters: UnsafeBufferPointer<Double>, into inner: UnsafeMutableBufferPointer<Double>
  ) {
    for weight in start.indices {
      inner[weight] = start[weight] + factors[weight] * parameters[Int(slots[weight])]
    }
  }

  func pullBack(
    _ innerGradient: UnsafeBufferPointer<Double>, at parameters: UnsafeBufferPointer<Double>,
    into gradient: UnsafeMutableBufferPointer<Double>
  ) {
    gradient.update(repeating: 0)
    for weight in start.indices {
      gradient[Int(slots[weight])] += factors[weight] * innerGradient[weight]
    }
  }
}
