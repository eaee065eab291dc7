internal import QHostInterfaces

/// Figures 2 and 4: the path of a driven neuron, and its potential energy beside the input's.
struct PathFigures {
  private let model: QuantumNeurons
  private let values: [Double]
  private let inputs: [Bool]

  init(_ model: QuantumNeurons, _ values: [Double], inputs: [Bool]) {
    self.model = model
    self.values = values
    self.inputs = inputs
  }

  private var label: String {
    let graph = model.settings.graph
    return zip(graph.freeInputs, inputs).map { "\(graph.inputs[$0]) \($1 ? "on" : "off")" }
      .joined(separator: ", ")
  }

  private var graph: NeuronGraph { model.settings.graph }
  private var well: Well { graph.well }

  /// A path, and mean potentials over chains and sweeps.
  var figures: [Figure] {
    let batch = ChainBatch(graph.network(isFeedForward: model.settings.isFeedForward))
    let on = graph.brightness(inputs.map { $0 ? 1 : 0 })
    let couplings = model.chainCouplings(values, inputs: on)
    for lane in 0..<ChainBatch.chainCount {
      let seed = model.host.uniforms(step: 1 << 60, index: UInt64(lane), count: 2)
        .map { UInt64($0 * 0x1p53) }
      batch.start(lane, couplings: couplings, seed: seed, follows: lane % 2 == 1)
    }
    let schedule = model.settings.schedule
    for number in 0..<schedule.thermalisation { schedule.sweep(batch, number: number) }
    let potentials = potentials(batch, schedule)
    return [paths(batch), potential(potentials)]
  }

  /// Mean V₀ of each output in each slice; every tenth sweep is looked at.
  private func potentials(_ batch: ChainBatch, _ schedule: Schedule) -> [[Double]] {
    var sums = graph.outputs.map { _ in [Double](repeating: 0, count: well.sliceCount) }
    var count = 0.0
    for number in 0..<schedule.sweepCount {
      schedule.sweep(batch, number: schedule.thermalisation + number)
      guard number % 10 == 0 else { continue }
      for (place, neuron) in graph.outputs.enumerated() {
        for lane in 0..<ChainBatch.chainCount {
          for (slice, x) in batch.path(neuron: neuron, lane: lane).enumerated() {
            sums[place][slice] += well.potential(Double(x))
          }
        }
      }
      count += Double(ChainBatch.chainCount)
    }
    return sums.map { $0.map { $0 / count } }
  }

  private var times: [Double] { (0..<well.sliceCount).map { Double($0) * well.spacing } }
  private var train: KinkTrain { KinkTrain(kinkCount: graph.kinkCount, in: well) }

  private func paths(_ batch: ChainBatch) -> Figure {
    var series = [Figure.Series(name: "input", x: times, y: train.path)]
    for neuron in graph.outputs {
      series.append(
        Figure.Series(
          name: graph.neurons[neuron], x: times,
          y: batch.path(neuron: neuron, lane: 0).map(Double.init)))
    }
    return Figure(
      name: "path", title: "\(model.settings.circuitName): a path, \(label)",
      x: Figure.Axis("imaginary time τ"), y: Figure.Axis("φ"), series: series)
  }

  private func potential(_ potentials: [[Double]]) -> Figure {
    var series = [
      Figure.Series(
        name: "input", x: times, y: train.path.map(well.potential))
    ]
    for (neuron, values) in zip(graph.outputs, potentials) {
      series.append(Figure.Series(name: graph.neurons[neuron], x: times, y: values))
    }
    return Figure(
      name: "potential",
      title: "\(model.settings.circuitName): mean potential energy, \(label)",
      x: Figure.Axis("imaginary time τ"), y: Figure.Axis("V₀(φ)"), series: series)
  }
}
