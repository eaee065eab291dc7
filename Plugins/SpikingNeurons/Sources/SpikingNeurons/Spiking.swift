public import QHostInterfaces

/// A network of spiking neurons, stepped in time.
///
/// i_t = W s_{t−1 layer} + R s_{t−1} + c,  u_t = a v_{t−1} + b i_t,  a spike where u_t > θ, which resets v. Inputs
/// become spikes by an encoder, outputs are made of spikes, membranes or traces.
///
/// Source: Gerstner, Kistler, Naud, Paninski, *Neuronal Dynamics* (2014), chapter 1; Izhikevich, *Simple model of
/// spiking neurons*, IEEE Transactions on Neural Networks 14 (2003) 1569; gradients: Neftci, Mostafa, Zenke, IEEE Signal
/// Processing Magazine 36 (2019) 51.
///
/// It has no inner model: it is a ``WrappingModel`` for the training rows that these are given, which the encoder takes the
/// range of inputs from.
public final class Spiking: ModelComponent, SeriesModel, WrappingModel {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "spiking",
    summary: "A network of spiking neurons, for series and for rows that are shown for a while.",
    source: "Gerstner, Kistler, Naud, Paninski, Neuronal Dynamics, Cambridge (2014)",
    parameters: structure + Encoder.parameters + NeuronSettings.parameters + training
      + NIRNetwork.parameters)

  private static let structure: [ParameterDescriptor] = [
    .integers(
      "hidden", default: [64], in: 1...65_536, tunable: true,
      "Neurons of each hidden layer, from the inputs on; may be empty."),
    .boolean(
      "recurrent", default: false, "Whether hidden layers are connected within themselves, too."),
    .integer(
      "max_delay", default: 0, in: 0...1000, tunable: true,
      "Steps that synapses delay spikes at most; 0: none do."),
    .boolean("bias", default: true, "Whether neurons have a constant current of their own."),
    .choice(
      "readout", default: "trace",
      of: [
        .init("trace", "A linear function of the traces of the last layer's spikes at the end."),
        .init("membrane", "The mean membrane of output neurons without spikes."),
        .init("count", "Spikes of output neurons."),
        .init(
          "first-spike", "Minus the step of an output neuron's first spike; it has no gradient."),
      ], tunable: true, "What outputs are."),
    .positive("output_gain", default: 1, tunable: true, "What outputs are multiplied by."),
    .boolean(
      "feedback", default: false,
      "Whether the last outputs stand in for a stream's values where its last channel is 0."),
  ]

  private static let training: [ParameterDescriptor] = [
    .boolean(
      "train_weights", default: true, "Whether weights of layers are trained, or stay random."),
    .boolean("train_time_constants", default: false, "Whether time constants are trained."),
    .boolean("train_thresholds", default: false, "Whether thresholds are trained."),
    .boolean("train_delays", default: true, "Whether delays are trained, where there are any."),
    .real(
      "time_spread", default: 0, in: 0...3,
      "How unlike time constants start: they are multiplied by e^(spread normal)."),
    .positive("scale", default: 1, tunable: true, "What the initial weights are multiplied by."),
    .choice(
      "surrogate", default: "fast-sigmoid",
      of: Surrogate.allCases.map { .init($0.rawValue, $0.documentation) },
      "The smooth step whose slope gradients have in place of a spike's."),
    .positive("steepness", default: 5, tunable: true, "That of the surrogate, in thresholds."),
    .boolean("reset_gradient", default: false, "Whether gradients go through resets, too."),
  ]

  /// What it is, for the mapping it was made for.
  public let modelDescription: ModelDescription
  package let network: SpikingNetwork
  let start: InitialParameters
  let work: SpikingWork
  /// All parameters, [A], of which those that are not trained stay.
  let fixed: [Double]
  /// The first training row, [F].
  let sample: [Float]?
  private let surrogate: SurrogateSettings
  private let mapping: Mapping
  /// All parameters of the NIR file that it was made from, [A].
  private let imported: [Double]?
  let host: any HostServices

  /// Makes layers from the encoder to the outputs.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let configuration = request.configuration
    var neurons = try NeuronSettings(configuration)
    let file = try NIRNetwork(configuration)
    file?.apply(to: &neurons, dialect: configuration.choice("nir_dialect"))
    let rows = try Self.rows(request)
    let encoder = try Encoder(request, mapping, rows: rows)
    let isFedBack = configuration.boolean("feedback")
    if isFedBack { try Self.checkFeedback(mapping, rows: rows) }
    guard let readOut = ReadOut(rawValue: configuration.choice("readout")) else {
      throw .parameter("spiking: readout '\(configuration.choice("readout"))' is not known")
    }
    var trained: Set<SpikingPart.Kind> = []
    if configuration.boolean("train_weights") { trained.insert(.weights) }
    if configuration.boolean("train_time_constants") { trained.insert(.timeConstants) }
    if configuration.boolean("train_thresholds") { trained.insert(.thresholds) }
    if configuration.boolean("train_delays") { trained.insert(.delays) }
    let network = SpikingNetwork(
      neurons: neurons, encoder: encoder,
      hidden: file?.hidden ?? configuration.integers("hidden"),
      isRecurrent: file?.isRecurrent ?? configuration.boolean("recurrent"),
      maxDelay: configuration.integer("max_delay"), hasBias: configuration.boolean("bias"),
      readOut: readOut, outputGain: configuration.real("output_gain"),
      outputCount: mapping.output.count, isFedBack: isFedBack, trained: trained)
    try file?.check(
      readOut, inputCount: encoder.outputCount, outputCount: mapping.output.count)
    guard network.parameterCount > 0 else {
      throw .parameter(
        "spiking: nothing is trained with readout=\(readOut.rawValue); set train_weights=true")
    }
    let activity = encoder.activity(rows)
    let start = InitialParameters(
      network: network, activity: activity, scale: configuration.real("scale"),
      timeSpread: configuration.real("time_spread"))
    surrogate = SurrogateSettings(configuration, threshold: neurons.threshold)
    work = SpikingWork(network, activity: activity)
    var description = network.description(start: start, work: work)
    description.hasGraph = configuration.choice("graph") == "nir"
    modelDescription = description
    imported = file?.all(network)
    fixed = imported ?? start.all(start: 0, host: request.host)
    self.mapping = mapping
    sample = rows.map { Array($0.inputs.prefix(mapping.input.count)) }
    self.network = network
    self.start = start
    host = request.host
  }

  /// Training rows, where there are any.
  private static func rows(_ request: ComponentRequest) throws(ComponentError) -> Calibration? {
    do throws(ComponentError) {
      let rows = try request.calibration()
      return rows.rowCount > 0 ? rows : nil
    } catch {
      guard error.severity == .unsupported else { throw error }
      return nil
    }
  }

  /// Uniform weights, no bias, and the set time constants and thresholds.
  public func initialParameters(start index: UInt64) throws(ComponentError) -> [Double] {
    network.trained(imported ?? start.all(start: index, host: host))
  }

  /// Nodes of NIR, where the settings ask for them.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    guard modelDescription.hasGraph else {
      throw .unsupported(
        "model 'spiking' has no graph of standard operators; set model.graph=nir for target 'nir'")
    }
    return try nir(parameters).graph(input: mapping.input, output: mapping.output)
  }

  /// A session on the same layout, with weights and scratch memory of its own.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    SpikingSession(network: network, all: fixed, surrogate: surrogate, work: work)
  }

  /// What is simulated again, of all.
  public func cutCost(index: Int) -> Double { work.cutCost(index: index) }

  /// The work of what a cut or a move changes, in all rows.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    work.cut(index: index, offsetCount: offsetCount, rowCount: rowCount)
  }
}
