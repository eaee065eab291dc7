public import QHostInterfaces

/// The paper's figures of a circuit, at the couplings that a run ended with.
extension QuantumNeurons: FigureProviding {
  /// Chains of each point in a figure.
  private static let figureChains = 16
  /// Circuits of more inputs have no table of all their rows, and others than these no curve over k.
  private static let mostInputs = 4

  /// Truth table, activity against k, a path and its potential, and the circuit; all by Monte Carlo of their own.
  public func figures(parameters: [Double]?) throws(ComponentError) -> [Figure] {
    guard !settings.isClassical else { return [] }
    let values = parameters ?? initialParameters(start: 0)
    guard settings.graph.freeInputs.count <= Self.mostInputs else { return [circuitFigure(values)] }
    var schedule = settings.schedule
    schedule.chainCount = max(schedule.chainCount, Self.figureChains)
    let sampler = RowSampler(self, schedule: schedule)
    let inputs = TruthTable.inputs(count: settings.graph.freeInputs.count)
    let samples = sampler.sample(
      rows(inputs.map { ($0.map { $0 ? 1 : 0 }, settings.k) }, values))
    for (row, sample) in zip(inputs, samples) { report(row, sample) }
    var figures = [truthTable(samples), curve(values, sampler)]
    // The most active row has most to show.
    let row = samples.indices.max {
      (samples[$0].outputs.first?.mean ?? 0) < (samples[$1].outputs.first?.mean ?? 0)
    }
    figures += PathFigures(self, values, inputs: inputs[row ?? 0]).figures
    figures.append(circuitFigure(values))
    return figures
  }

  /// The numbers of the random draws of figures, beyond those of runs.
  private static let figureDraw: UInt64 = 1 << 60

  private func rows(_ all: [(inputs: [Float], k: Double)], _ values: [Double]) -> [RowSampler.Row] {
    all.enumerated().map { index, row in
      RowSampler.Row(
        couplings: chainCouplings(
          values, inputs: settings.graph.brightness(row.inputs), k: row.k),
        draw: Self.figureDraw, key: UInt64(index))
    }
  }

  private func truthTable(_ samples: [RowSample]) -> Figure {
    let names = settings.graph.freeInputs.map { settings.graph.inputs[$0] }.joined(separator: " ")
    let series = settings.graph.outputs.indices.map { output in
      points(
        settings.graph.neurons[settings.graph.outputs[output]], samples, output,
        x: samples.indices.map(Double.init))
    }
    return Figure(
      name: "truth-table", title: "\(settings.circuitName): truth table" + remark(samples),
      x: Figure.Axis("row, \(names) as binary digits"), y: Figure.Axis(activityLabel),
      series: series)
  }

  private func report(_ row: [Bool], _ sample: RowSample) {
    let digits = row.map { $0 ? "1" : "0" }.joined(separator: " ")
    let outputs = sample.outputs.enumerated().map { place, output in
      let name = settings.graph.neurons[settings.graph.outputs[place]]
      return "\(name) \(Self.short(output.mean)) ± \(Self.short(output.standardError))"
        + " (correlation time \(Self.short(output.correlationTime)) sweeps)"
    }
    let state = sample.unsettled == nil ? "" : "; not thermalised: no answer"
    host.log(
      .info, "\(settings.circuitName) \(digits): \(outputs.joined(separator: ", "))\(state)")
  }

  /// Three digits behind the point.
  private static func short(_ value: Double) -> String {
    let scaled = Int((abs(value) * 1000).rounded())
    let digits = "\(scaled % 1000)"
    return (value < 0 && scaled > 0 ? "−" : "") + "\(scaled / 1000)."
      + String(repeating: "0", count: 3 - digits.count) + digits
  }

  private func remark(_ samples: [RowSample]) -> String {
    let count = samples.count { $0.unsettled != nil }
    return count == 0 ? "" : " (\(count) of \(samples.count) not thermalised)"
  }

  private var activityLabel: String { settings.isRaw ? "activity" : "activity above the vacuum's" }

  /// Points with bars of one standard error; those that have not thermalised are left out.
  private func points(
    _ name: String, _ samples: [RowSample], _ output: Int, x: [Double], isLine: Bool = false
  ) -> Figure.Series {
    let settled = samples.indices.filter { samples[$0].unsettled == nil }
    let values = settled.map { samples[$0].outputs[output] }
    return Figure.Series(
      name: name, mark: isLine ? .line : .points, x: settled.map { x[$0] },
      y: values.map(\.mean), lower: values.map { $0.mean - $0.standardError },
      upper: values.map { $0.mean + $0.standardError })
  }

  /// Figures 5, 7, 11, 14, 17 and 18: all inputs on, and k from 0 on.
  private func curve(_ values: [Double], _ sampler: RowSampler) -> Figure {
    let on = [Float](repeating: 1, count: settings.graph.freeInputs.count)
    let places = (0...20).map { Double($0) * 0.1 }
    let samples = sampler.sample(rows(places.map { (on, $0 * settings.k) }, values))
    let series = settings.graph.outputs.indices.map { output in
      points(
        settings.graph.neurons[settings.graph.outputs[output]], samples, output, x: places,
        isLine: true)
    }
    return Figure(
      name: "activity",
      title: "\(settings.circuitName): activity against k" + remark(samples),
      x: Figure.Axis("k, times \(modulatedNames), all inputs on"), y: Figure.Axis(activityLabel),
      series: series)
  }

  private var modulatedNames: String {
    let names = settings.graph.modulated.map { part in
      switch part {
      case .input(let index): "input \(settings.graph.inputs[index])"
      case .strength(let index): "coupling \(settings.graph.strengths[index].name)"
      }
    }
    return names.isEmpty ? "every coupling" : names.joined(separator: ", ")
  }
}
