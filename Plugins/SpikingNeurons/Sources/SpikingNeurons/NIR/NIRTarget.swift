public import QHostInterfaces

/// Writes spiking networks as NIR files, for snnTorch, Norse, SpikingJelly and chips.
///
/// Source: Pedersen et al., *Neuromorphic intermediate representation*, Nature Communications 15 (2024) 8122.
public final class NIRTarget: TargetComponent {
  /// Its name, and what users can set.
  public static let descriptor = ComponentDescriptor(
    name: "nir",
    summary: "A NIR file of a spiking network, for snnTorch, Norse, SpikingJelly and chips.",
    source:
      "Pedersen et al., Neuromorphic intermediate representation, Nature Communications 15 (2024) 8122",
    parameters: [
      .choice("dialect", default: "nir", of: NIRDialect.choice, "Which program the file is for."),
      .real(
        "step", default: 0, in: 0...1, unit: "s", "The length of a step; 0: that of the dialect."),
    ])

  private let dialect: NIRDialect
  private let step: Double

  /// Makes the target.
  public init(request: ComponentRequest) throws(ComponentError) {
    let name = request.configuration.choice("dialect")
    guard let dialect = NIRDialect(rawValue: name) else {
      throw .parameter("target 'nir': dialect '\(name)' is not known")
    }
    self.dialect = dialect
    let step = request.configuration.real("step")
    self.step = step > 0 ? step : dialect.step
  }

  /// Writes a network as `model.nir`.
  ///
  /// - Throws: severity `unsupported` for a graph of other than NIR's nodes, and what HDF5 fails with.
  public func compile(
    _ graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> CompiledModel {
    let file = try NIRFile(graph)
    let bytes = try file.written(dialect, step: step).encoded()
    var result = CompiledModel()
    result.artifacts = [CompiledModel.Artifact(name: "model.nir", bytes: bytes)]
    result.figures = [
      CompiledModel.Figure(name: "bytes", value: Double(bytes.count), unit: "B"),
      CompiledModel.Figure(name: "nodes", value: Double(file.nodes.count), unit: ""),
    ]
    return result
  }
}
