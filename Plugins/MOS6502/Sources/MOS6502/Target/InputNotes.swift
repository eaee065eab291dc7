internal import QHostInterfaces

/// What the levels of inputs stand for, and which output is which, for people.
struct InputNotes {
  private let names: [String]
  private let outputs: [String]
  private let ends: NetworkEnds
  private let model: DeployedModel
  private let isRaw: Bool
  /// [F], of the calibration rows as they are given; empty without any.
  let ranges: [ClosedRange<Float>]

  /// More inputs than that are not listed one by one.
  private static let mostListed = 64

  init(
    _ configuration: Configuration, _ calibration: Calibration, _ ends: NetworkEnds,
    _ model: DeployedModel
  ) {
    func lines(_ name: String) -> [String] {
      configuration.text(name).split(separator: "\n", omittingEmptySubsequences: false).map {
        var text = String($0)
        text.unicodeScalars.removeAll { $0.value < 0x20 || $0.value == 0x7F }
        return text
      }
    }
    let width = model.network.inputCount
    let columns = lines("columns")
    names = columns.count == width ? columns : []
    let classes = lines("outputs")
    outputs = classes == [""] ? [] : classes
    isRaw = configuration.choice("inputs") == "raw"
    (self.ends, self.model) = (ends, model)
    var low = [Float](repeating: .infinity, count: width)
    var high = [Float](repeating: -.infinity, count: width)
    for (place, value) in calibration.inputs.enumerated() {
      low[place % width] = min(low[place % width], value)
      high[place % width] = max(high[place % width], value)
    }
    ranges = calibration.rowCount > 0 ? zip(low, high).map { $0...$1 } : []
  }

  /// What messages call an input.
  func name(_ input: Int) -> String { names.isEmpty ? "input \(input)" : "'\(names[input])'" }

  /// The lines.
  var lines: [String] {
    let top = model.network.inputMaximum
    var lines = [
      "inputs: level = floor((x - start) / step), at least 0 and at most \(top), of "
        + (isRaw ? "x as in the dataset" : "x scaled as in the training (inputs = scaled)")
    ]
    let width = model.network.inputCount
    let isUniform = ends.shift.isEmpty
    for input in 0..<(isUniform && width > Self.mostListed ? 1 : width) {
      let (start, step) = level(input)
      let title =
        isUniform && width > Self.mostListed ? "all \(width)" : "\(input) \(self.name(input))"
      let range =
        ranges.isEmpty
        ? ""
        : "; x is \(ranges[input].lowerBound) to \(ranges[input].upperBound) in the training rows"
      lines.append("  \(title): start \(start), step \(step)\(range)")
    }
    if !outputs.isEmpty {
      let classes = outputs.prefix(Self.mostListed).enumerated().map { "\($0) \($1)" }
      lines.append("outputs: \(classes.joined(separator: ", "))")
    }
    for output in 0..<ends.unit.count {
      lines.append(
        "  output \(output) is \(model.outputScale * ends.unit[output]) times the sum, plus \(ends.offset[output])"
      )
    }
    return lines
  }

  /// Where level 0 begins, and how wide a level is.
  ///
  /// With x' = (x − s) f, the level is ⌊(x' + a) g + r⌋ = ⌊(x − s + (a + r / g) / f) f g⌋.
  func level(_ input: Int) -> (start: Float, step: Float) {
    let (shift, factor) =
      ends.shift.isEmpty ? (Float(0), Float(1)) : (ends.shift[input], ends.factor[input])
    let gain = model.inputFactor
    let start = shift - (model.inputShift + model.inputRounding / gain) / factor
    return (start, 1 / (factor * gain))
  }
}
