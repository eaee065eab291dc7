internal import QHostInterfaces

/// What a program costs, layer by layer, measured on the calibration rows.
struct DeploymentReport {
  let model: DeployedModel
  let front: [Candidate]
  let chosen: Candidate
  let machine: Machine
  /// [layers], mean cycles.
  let layerCycles: [Double]
  /// [layers], bytes of code.
  let layerBytes: [Int]
  /// The share of calibration rows whose class is right; `nil` without classes.
  let accuracy: Double?
  /// The mean, least and most cycles of the rows.
  let cycles: (least: UInt64, mean: Double, most: UInt64)

  /// The most rows that are measured.
  static let mostRows = 512

  /// Runs the chosen program.
  ///
  /// - Throws: when the code does not give the network's own outputs, which is a bug of ours.
  init(
    model: DeployedModel, front: [Candidate], chosen: Candidate, rows: [[UInt8]],
    calibration: Calibration, machine: Machine
  ) throws(ComponentError) {
    (self.model, self.front, self.chosen, self.machine) = (model, front, chosen, machine)
    let runner = NetworkMachine(chosen.program)
    let rows = rows.prefix(Self.mostRows)
    let profile = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: Memory.byteCount)
    defer { profile.deallocate() }
    profile.initialize(repeating: 0)
    var (right, least, most, total) = (0, UInt64.max, UInt64(0), UInt64(0))
    for (place, row) in rows.enumerated() {
      let result = try runner.run(row, profile: profile)
      let outputs = model.network.outputs(row)
      guard result.outputs == outputs, result.bestClass == IntegerNetwork.bestClass(outputs) else {
        throw ComponentError(
          "the code for the 6502 gives \(result.outputs) in row \(place + 1) of the calibration data "
            + "instead of \(outputs); report it to its author")
      }
      if calibration.targetWidth == 1, Int(calibration.targets[place]) == result.bestClass {
        right += 1
      }
      (least, most) = (min(least, result.cycles), max(most, result.cycles))
      total += result.cycles
    }
    let count = Double(max(rows.count, 1))
    cycles = (rows.isEmpty ? 0 : least, Double(total) / count, most)
    accuracy = calibration.targetWidth == 1 && !rows.isEmpty ? Double(right) / count : nil
    let program = chosen.program
    let starts = (0...model.network.layers.count).map {
      Int(program.address(NetworkProgram.layerLabel($0)))
    }
    layerBytes = zip(starts, starts.dropFirst()).map { $1 - $0 }
    layerCycles = zip(starts, starts.dropFirst()).map { start, end in
      Double(profile[start..<end].reduce(0, +)) / count
    }
  }

  /// The figures for the host.
  var figures: [CompiledModel.Figure] {
    var figures = [
      CompiledModel.Figure(name: "bytes", value: Double(chosen.byteCount), unit: "B"),
      CompiledModel.Figure(name: "cycles.mean", value: cycles.mean, unit: "cycles"),
      CompiledModel.Figure(name: "cycles.max", value: Double(cycles.most), unit: "cycles"),
    ]
    for (layer, mean) in zip(model.network.layers, layerCycles) {
      figures.append(
        CompiledModel.Figure(name: "cycles.\(layer.name)", value: mean, unit: "cycles"))
    }
    for machine in Machine.all {
      figures.append(
        CompiledModel.Figure(
          name: "milliseconds.\(machine.name)", value: machine.milliseconds(cycles.mean), unit: "ms"
        ))
    }
    return figures
  }
}
