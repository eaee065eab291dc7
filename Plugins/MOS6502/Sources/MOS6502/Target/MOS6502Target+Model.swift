public import QHostInterfaces

extension MOS6502Target {
  /// The network in integers: the graph's own, or what its real numbers are brought to.
  func model(_ graph: Graph, _ calibration: Calibration) throws(ComponentError) -> DeployedModel {
    if graph.nodes.contains(where: { $0.operation == "MatMulInteger" }) {
      guard !configuration.boolean("finetune") else {
        throw .parameter(
          "target.finetune is true, and the model is in integers already; set it to false, or train "
            + "a model of real numbers")
      }
      var integer = try IntegerGraph(graph)
      return try integer.model()
    }
    let float = try FloatNetwork(graph)
    guard calibration.rowCount > 0 else {
      throw .data(
        "it needs calibration rows to bring a model of real numbers to whole ones; give some"
      )
    }
    let settings = try quantisationSettings(float)
    let quantisation = Quantisation(settings: settings, float: float)
    guard configuration.boolean("finetune") else {
      return quantisation.network(calibration.spread(over: Self.measuredRows).inputs).model
    }
    let start = quantisation.network(calibration.drawn(Self.roundingRows, host).inputs)
    return try tuned(start, float, calibration)
  }

  /// The most rows that weights are rounded with where they make up for each other.
  private static let roundingRows = 4096

  private func quantisationSettings(
    _ float: FloatNetwork
  ) throws(ComponentError) -> QuantisationSettings {
    let bits = configuration.integer("input_bits")
    let names = configuration.text("weights")
    let count = float.layers.count
    return QuantisationSettings(
      inputBits: bits > 0 ? bits : float.layers[0].weights[0].count > 32 ? 4 : 6,
      lattices: names == "bits"
        ? Array(
          repeating: WeightLattice(bits: configuration.integer("weight_bits")), count: count)
        : try WeightLattice.list(names, layerCount: count),
      activationBits: configuration.integer("activation_bits"),
      isCompensating: configuration.boolean("finetune"),
      tables: Int(configuration.choice("tables")) ?? 4)
  }

  private func tuned(
    _ start: QuantisedNetwork, _ float: FloatNetwork, _ calibration: Calibration
  ) throws(ComponentError) -> DeployedModel {
    let settings = TuningSettings(
      passes: configuration.real("finetune_passes"),
      batchRows: configuration.integer("finetune_rows"),
      heldOut: configuration.real("finetune_held_out"),
      digitCost: configuration.real("digit_cost"),
      distillation: configuration.real("distillation"))
    let teacher =
      settings.distillation > 0
      ? Teacher(network: float, host: host)
        .outputs(calibration.inputs, rowCount: calibration.rowCount) : []
    let goal = try TuningGoal(
      calibration, outputCount: start.model.network.outputCount, teacher: teacher,
      distillation: settings.distillation)
    let rows = try TuningRows(
      calibration, model: start.model, goal: goal, heldOut: settings.heldOut, host: host)
    var tuner = Tuner(start, rows: rows, settings: settings, host: host)
    let outcome = tuner.outcome()
    host.log(
      .info,
      "6502: tuned with \(DeploymentReport.rounded(outcome.passes)) passes; loss of the rows held out "
        + "\(DeploymentReport.rounded(outcome.objectives.before, 4)) to "
        + "\(DeploymentReport.rounded(outcome.objectives.after, 4)), digits "
        + "\(outcome.digits.before) to \(outcome.digits.after)")
    return outcome.network.model
  }
}

extension Calibration {
  /// At most so many of the rows, evenly spread.
  public func spread(over count: Int) -> Calibration {
    guard count < rowCount else { return self }
    return rows((0..<count).map { $0 * rowCount / count })
  }

  /// At most so many of the rows, drawn at random: rows that are evenly spread may have a period.
  func drawn(_ count: Int, _ host: any HostServices) -> Calibration {
    guard count < rowCount else { return self }
    var random = RandomStream(host: host, index: 2)
    return rows((0..<count).map { _ in random.integer(below: rowCount) })
  }

  private func rows(_ rows: [Int]) -> Calibration {
    let (inputWidth, targetWidth) = (inputs.count / rowCount, targetWidth)
    var part = Calibration(rowCount: rows.count, inputs: [])
    for row in rows {
      part.inputs += inputs[row * inputWidth..<(row + 1) * inputWidth]
      part.targets += targets[row * targetWidth..<(row + 1) * targetWidth]
    }
    return part
  }
}
