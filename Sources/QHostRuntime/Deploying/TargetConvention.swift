internal import QHostInterfaces

/// What the host tells a target by parameters that any target may have.
///
/// `inputs` is a choice of `raw` and `scaled`: of the former the network that the target is given begins with the
/// scaling of the training, so that it takes measurements, and so are calibration rows and those that it runs.
/// `columns` and `outputs` are texts, the names of inputs and outputs, one a line; the host sets those that are empty.
struct TargetConvention {
  private let configuration: Configuration

  init(_ configuration: Configuration) { self.configuration = configuration }

  /// `raw` or `scaled`; `nil` where a target knows neither.
  private var inputs: String? {
    guard case .choice(let name, _)? = configuration.values["inputs"] else { return nil }
    return name
  }

  /// Whether the target can be given the scaling.
  var knowsScaling: Bool { inputs != nil }

  /// Whether the target takes measurements.
  var takesMeasurements: Bool { inputs == "raw" }

  /// The configuration with the names of what a dataset has.
  func naming(_ description: DatasetDescription) -> Configuration {
    var values = configuration.values
    for (name, names) in [
      ("columns", description.featureNames), ("outputs", description.outputNames),
    ] {
      guard case .text("")? = values[name], !names.isEmpty else { continue }
      values[name] = .text(
        names.map { String($0.map { $0.isNewline ? " " : $0 }) }.joined(separator: "\n"))
    }
    return Configuration(values)
  }
}
