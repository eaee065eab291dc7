internal import QHostInterfaces

/// What the numbers of a row and the outputs are, for people: names, and the ranges of the calibration rows.
struct InterfaceNotes {
  private let inputs: [String]
  private let outputs: [String]
  private let ranges: [ClosedRange<Float>]
  private let isRaw: Bool
  private let width: Int

  /// More inputs than that are not listed one by one.
  private static let mostListed = 64

  /// - Parameters:
  ///   - configuration: of the target.
  ///   - calibration: rows as the code takes them.
  ///   - width: F.
  init(_ configuration: Configuration, _ calibration: Calibration, width: Int) {
    func lines(_ name: String) -> [String] {
      configuration.text(name).split(separator: "\n", omittingEmptySubsequences: false)
        .map { Self.harmless(String($0)) }
    }
    let columns = lines("columns")
    inputs = columns.count == width ? columns : []
    let names = lines("outputs")
    outputs = names == [""] ? [] : names
    isRaw = configuration.choice("inputs") == "raw"
    self.width = width
    var low = [Float](repeating: .infinity, count: width)
    var high = [Float](repeating: -.infinity, count: width)
    for (place, value) in calibration.inputs.enumerated() {
      low[place % width] = min(low[place % width], value)
      high[place % width] = max(high[place % width], value)
    }
    ranges = calibration.rowCount > 0 ? zip(low, high).map { $0...$1 } : []
  }

  /// A comment of C.
  var comment: [String] {
    let lines = lines
    return ["/* " + lines[0]] + lines.dropFirst().map { " * " + $0 } + [" */"]
  }

  /// The lines.
  var lines: [String] {
    var lines = [
      isRaw
        ? "Inputs are as in the dataset: where it was scaled for the training, the scaling is in the code."
        : "Inputs are scaled as in the training, and the scaling is not in the code (inputs = scaled)."
    ]
    if width <= Self.mostListed {
      for input in 0..<width where !inputs.isEmpty || !ranges.isEmpty {
        let name = inputs.isEmpty ? "" : " \(inputs[input])"
        let range = ranges.isEmpty ? "" : ": \(text(of: ranges[input])) in the training rows"
        lines.append("  \(input)\(name)\(range)")
      }
    } else if let all = whole {
      lines.append("  0 to \(width - 1): \(text(of: all)) in the training rows")
    }
    if !outputs.isEmpty {
      lines.append("Outputs:")
      for (place, name) in outputs.prefix(Self.mostListed).enumerated() {
        lines.append("  \(place) \(name)")
      }
      if outputs.count > Self.mostListed {
        lines.append("  and \(outputs.count - Self.mostListed) more")
      }
    }
    return lines
  }

  private var whole: ClosedRange<Float>? {
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else {
      return nil
    }
    return low...high
  }

  private func text(of range: ClosedRange<Float>) -> String {
    "\(range.lowerBound) to \(range.upperBound)"
  }

  /// A name that cannot end a comment, nor become a trigraph or a continued line.
  private static func harmless(_ name: String) -> String {
    var text = name.replacing("*/", with: "* /").replacing("??", with: "? ?")
      .replacing("/*", with: "/ *")
    text.unicodeScalars.removeAll { $0.value < 0x20 || $0.value == 0x7F }
    return text.hasSuffix("\\") ? text + " " + "." : text
  }
}
