internal import QHostInterfaces
internal import QHostNetworks

/// What users choose for hidden units: a function, and the knots of a learned one.
struct HiddenActivation: Sendable, Equatable {
  let function: Activation
  /// Knots of each layer's table; 0 where nothing is learned.
  let knotCount: Int
  /// Where a table's last knot is.
  let knotRange: Double

  /// A function that has no knots.
  init(_ function: Activation) {
    self.function = function
    knotCount = 0
    knotRange = 1
  }

  init(_ configuration: Configuration) {
    let name = configuration.choice("activation")
    function = Self.functions.first { "\($0)" == name } ?? .tanh
    knotCount = function == .learned ? configuration.integer("knots") : 0
    knotRange = configuration.real("knot_range")
  }

  private static let functions: [Activation] = [
    .tanh, .relu, .sigmoid, .sine, .learned, .step, .sign,
  ]

  /// The knots at the start: tanh.
  var initialKnots: [Double] {
    (0..<knotCount).map {
      Activation.tanh.value(knotRange * (2 * Double($0) / Double(knotCount - 1) - 1))
    }
  }

  /// How far knots typically move: as far as the values of two neighbours lie apart.
  var knotSpread: Double { 2 / Double(max(knotCount - 1, 1)) }

  /// The table whose knots begin at `knots`.
  func table(_ knots: UnsafePointer<Float>) -> ActivationTable? {
    knotCount > 0 ? ActivationTable(knots: knots, count: knotCount, range: knotRange) : nil
  }

  /// How the parameters are declared.
  static let parameters: [ParameterDescriptor] = [
    .choice(
      "activation", default: "tanh",
      of: [
        .init("tanh", "Hyperbolic tangent."),
        .init("relu", "z where z is above 0, else 0."),
        .init("sigmoid", "1 / (1 + exp(-z))."),
        .init("sine", "sin z."),
        .init("learned", "A table for each layer, whose values at knots are parameters."),
        .init("step", "1 where z is above 0, else 0; it has no gradient."),
        .init("sign", "1 where z is at least 0, else -1; it has no gradient."),
      ], tunable: true, "What hidden units do to their sums."),
    .integer(
      "knots", default: 17, in: 2...1025, tunable: true,
      "Knots of a learned activation, equally far apart; they start on tanh."),
    .positive(
      "knot_range", default: 4, tunable: true,
      "Where the last knot of a learned activation is; the first is at minus that."),
  ]
}
