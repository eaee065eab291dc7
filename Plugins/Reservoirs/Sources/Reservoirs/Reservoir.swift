public import QHostInterfaces

/// Fixed random units that remember what they were shown, and a linear read-out, which alone is trained.
///
/// Units j with input weights w, delays d, biases c and connections R:
///
///     I_j = c_j + Σ_s w_sj x_s(t − d_sj) + Σ_k R_kj y_k
///
/// - `lif`: K steps for each value, u = a v + (g/K) I, at least −1; a spike y where u > 1, and v = u − y. R counts the spikes of the step before.
/// - `tanh`: h ← a h + (1 − a) tanh I, y = h, R counts y of the value before.
///
/// The read-out sees v or h, traces e ← λ e + (1 − λ) y of each time constant, the inputs and 1: it is linear in its parameters, so
/// that `least-squares` finds its best ones, and any optimizer can look for them.
///
/// Source: H. Jaeger, H. Haas, *Harnessing nonlinearity*, Science 304 (2004) 78; W. Maass, T. Natschläger, H. Markram, *Real-time computing
/// without stable states*, Neural Computation 14 (2002) 2531.
///
/// *Deviations*: inputs have delays; without `recurrence` nothing is connected within, and the memory is that of delays and membranes.
public final class Reservoir: ModelComponent, SeriesModel {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "reservoir",
    summary:
      "Fixed random units, spiking or not, with a read-out that is linear in its parameters.",
    source:
      "Jaeger, Haas, Science 304 (2004) 78; Maass, Natschläger, Markram, Neural Computation 14 (2002) 2531",
    parameters: [
      .choice(
        "unit", default: "lif",
        of: [
          .init("lif", "Leaky integrate-and-fire neurons."),
          .init("tanh", "Leaky units of a hyperbolic tangent."),
        ], tunable: true, "What units are."),
      .integer("units", default: 100, in: 1...10_000, tunable: true, "How many units there are."),
      .integer(
        "max_delay", default: 20, in: 0...1000, tunable: true,
        "Values by which inputs are delayed at most, drawn for each input and unit."),
      .positive(
        "input_scale", default: 1, tunable: true,
        "The deviation of input weights, which are normal."),
      .real(
        "bias", default: 1, in: 0...1000, tunable: true,
        "Biases are uniform from minus to plus this."),
      .reals(
        "time_constants", default: [0.5, 5], in: 0.01...10_000,
        "The shortest and the longest time constant of units, in values; they are spread evenly in their logarithms."
      ),
      .reals(
        "traces", default: [0.5, 2, 8], in: 0.01...10_000,
        "Time constants of traces that are read beside the units, in values; may be empty."),
      .integer(
        "steps", default: 64, in: 1...10_000, tunable: true, "K of `lif`, steps for each value."),
      .positive(
        "gain", default: 40, tunable: true,
        "g of `lif`, by how many thresholds a current of 1 lifts a membrane without leak in one value."
      ),
      .real(
        "recurrence", default: 0, in: 0...100, tunable: true,
        "The size of connections within, about their spectral radius; 0: there are none."),
      .integer(
        "connections", default: 10, in: 1...10_000,
        "Connections into a unit on average, with `recurrence`."),
      .integer(
        "washout", default: 100, in: 0...1_000_000,
        "Rows at the beginning of a stream whose outputs are 0, since units have not settled."),
      .boolean(
        "feedback", default: false,
        "Whether the last outputs stand in for a stream's values where its last channel is 0."),
    ])

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  private let layout: ReservoirLayout
  package let units: ReservoirUnits
  private let host: any HostServices

  /// Draws the units; the seed of the run picks them.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let configuration = request.configuration
    layout = try ReservoirLayout(configuration, mapping)
    units = try ReservoirUnits(
      configuration, channelCount: layout.channelCount, host: request.host)
    host = request.host
    let (features, outputs) = (units.featureCount, layout.outputCount)
    let products = features * outputs
    var description = ModelDescription(parameterCount: products, multiplyAdds: products)
    description.hasGradient = true
    description.hasCuts = true
    description.takesSeries = true
    description.blocks = [
      ParameterBlock(name: "readout", shape: Shape([outputs, features]), offset: 0)
    ]
    // What units did is kept for as long as rows are bound: a pass is the read-out, in double precision.
    description.work = PassWork(
      row: Self.product * Double(products), pass: Double(products), gradientCost: 2)
    modelDescription = description
  }

  /// A multiply-add of the read-out, in units of ``PassWork``.
  private static let product = 8.0
  /// The deviation of the initial parameters: outputs begin near 0.
  private static let start = 0.01

  /// Small normal numbers; it throws nothing.
  public func initialParameters(start index: UInt64) throws(ComponentError) -> [Double] {
    host.normals(
      step: index, index: ReservoirUnits.firstFreeStream, count: modelDescription.parameterCount
    ).map { Self.start * $0 }
  }

  /// A session with no rows yet; it throws nothing.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    ReservoirSession(layout: layout, units: units)
  }

  /// One feature of all.
  public func cutCost(index: Int) -> Double { min(1, 4 / Double(units.featureCount)) }
}
