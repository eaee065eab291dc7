internal import Glibc

extension DeploymentReport {
  /// The report for people.
  var lines: [String] {
    var lines = ["6502: \(chosen.byteCount) bytes, \(Self.rounded(cycles.mean)) cycles"]
    lines[0] += " (\(cycles.least) to \(cycles.most)), \(chosen.kernelNames)"
    for (index, layer) in model.network.layers.enumerated() {
      lines.append(
        "  \(layer.name): \(layer.inputCount) to \(layer.unitCount), "
          + "\(chosen.program.kernels[index].name), \(layerBytes[index]) bytes of code, "
          + "\(Self.rounded(layerCycles[index])) cycles")
    }
    let times = Machine.all.map {
      "\($0.name) \(Self.rounded($0.milliseconds(cycles.mean), 2)) ms"
    }
    lines.append("  " + times.joined(separator: ", "))
    if let accuracy {
      lines.append("  \(Self.rounded(100 * accuracy, 1)) % of the calibration rows")
    }
    lines.append("programs that no other one beats in bytes and mean cycles:")
    for candidate in front {
      let mark = candidate.kernelNames == chosen.kernelNames ? "*" : " "
      lines.append(
        "\(mark) \(candidate.byteCount) bytes, \(Self.rounded(candidate.meanCycles)) cycles: "
          + candidate.kernelNames)
    }
    return lines
  }

  static func rounded(_ number: Double, _ digits: Int = 0) -> String {
    let scale = pow(10, Double(digits))
    let value = (number * scale).rounded() / scale
    return digits == 0 ? "\(Int(value))" : "\(value)"
  }
}
