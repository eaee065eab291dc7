import QHostInterfaces
import QHostTesting
import SpikingNeurons
import Testing

@Suite("Gradients by surrogates")
struct GradientTests {
  /// Σ g · outputs over rows, as dual numbers, along a parameter.
  private func slope(_ oracle: PlainOracle, _ weights: [Float], _ index: Int) -> DualNumber {
    var all = oracle.all.map { DualNumber($0) }
    all[oracle.place(index)].slope = 1
    return oracle.sum(all, weights)
  }

  private static func twoRows(_ driven: SpikingCase) -> [Float] {
    Array(driven.values.prefix(SpikingCase.steps * SpikingCase.channels * 2))
  }

  /// Another surrogate for each variant.
  private static let pairs = SpikingVariant.all.enumerated().map { number, variant in
    (variant, Surrogate.allCases[number % Surrogate.allCases.count])
  }

  @Test("They are those of the equations in dual numbers", arguments: pairs, [true, false])
  func dual(_ pair: (SpikingVariant, Surrogate), followsReset: Bool) throws {
    let (variant, surrogate) = pair
    var settings = variant.settings
    settings["surrogate"] = SpikingCase.choice(surrogate.rawValue)
    settings["steepness"] = .real(2)
    settings["reset_gradient"] = .boolean(followsReset)
    let driven = try SpikingCase.bound(settings)
    try driven.bind(Self.twoRows(driven), rowCount: 2)
    let point = try driven.start()
    let weights = (0..<driven.outputCount * driven.rowCount).map { Float($0 * 7 % 5) - 2 }
    _ = try driven.forward(point)
    let gradient = try driven.backward(weights)
    let oracle = PlainOracle(driven, point)
    // Some hundred products in single precision, of numbers up to the largest slope.
    let tolerance = 5e-4 * gradient.map { abs($0) }.reduce(100, max)
    // One parameter of each kind and layer.
    DualNumber.$followsReset.withValue(followsReset) {
      DualNumber.$spikes.withValue(.init(surrogate, steepness: 2, isSmooth: false)) {
        for piece in oracle.network.pieces {
          guard let offset = piece.offset else { continue }
          let index = offset + piece.count / 2
          let expected = slope(oracle, weights, index).slope
          #expect(
            abs(gradient[index] - expected) <= tolerance,
            "\(surrogate), \(piece.name): \(gradient[index]), not \(expected)")
        }
      }
    }
  }

  @Test(
    "With smooth spikes the equations in dual numbers have the slopes of differences",
    arguments: pairs)
  func differences(_ pair: (SpikingVariant, Surrogate)) throws {
    let (variant, surrogate) = pair
    // A boxcar's slope has jumps, which differences see; delays have no smooth step.
    let kind = surrogate == .boxcar ? .arctan : surrogate
    let driven = try SpikingCase.bound(variant.settings)
    try driven.bind(Self.twoRows(driven), rowCount: 2)
    let oracle = PlainOracle(driven, try driven.start())
    let weights = (0..<driven.outputCount * driven.rowCount).map { Float($0 * 7 % 5) - 2 }
    DualNumber.$spikes.withValue(.init(kind, steepness: 2, isSmooth: true)) {
      for piece in oracle.network.pieces where piece.part != .delay {
        guard let offset = piece.offset else { continue }
        let (step, place, all) = (1e-5, piece.place, oracle.all.map { DualNumber($0) })
        var (above, below) = (all, all)
        above[place].value += step
        below[place].value -= step
        let difference =
          (oracle.sum(above, weights).value - oracle.sum(below, weights).value) / (2 * step)
        let expected = slope(oracle, weights, offset).slope
        #expect(abs(difference - expected) <= 1e-3 * max(1, abs(expected)), "\(piece.name)")
      }
    }
  }

  @Test(
    "Each surrogate is the slope of its smooth step, in the kernels too",
    arguments: Surrogate.allCases)
  func surrogates(_ surrogate: Surrogate) {
    for steepness in [0.5, 2, 5] {
      // Places between the corners of triangle and boxcar, which lie at 0 and ±1/k, ±1/2k.
      let places = (-30...30).map { (Double($0) + 0.37) / 7 }
      let kernel = surrogate.slopes(places.map { Float($0) }, steepness: Float(steepness))
      for (x, slope) in zip(places, kernel) {
        let h = 1e-6
        let difference =
          (surrogate.step(x + h, steepness: steepness) - surrogate.step(x - h, steepness: steepness))
          / (2 * h)
        #expect(abs(Double(slope) - difference) <= 1e-5 * steepness, "at \(x)")
        #expect(abs(surrogate.slope(x, steepness: steepness) - difference) <= 1e-7 * steepness)
      }
      #expect(kernel.contains { $0 > 0 }, "a slope that is 0 everywhere trains nothing")
    }
  }
}
