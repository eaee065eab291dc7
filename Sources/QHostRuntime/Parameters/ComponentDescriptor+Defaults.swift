internal import QHostBridging
internal import QHostInterfaces

extension ComponentDescriptor {
  /// Checks that every range is one, and every default a value within it: a component's mistake must not look like
  /// the user's.
  ///
  /// - Parameter culprit: who it is.
  /// - Throws: with the parameter.
  func checkDefaults(_ culprit: String) throws(FormatError) {
    for parameter in parameters {
      let name = "parameter '\(parameter.name)' of \(culprit)"
      guard parameter.hasRange else { continue }
      guard parameter.minimum <= parameter.maximum else {
        throw FormatError(
          "\(name) has the minimum \(parameter.minimum) and the maximum \(parameter.maximum), which is not a "
            + "range; report it to its author")
      }
    }
    for parameter in parameters {
      guard let text = parameter.defaultValue else { continue }
      do throws(RunError) {
        _ = try parameter.value(of: text, key: parameter.name)
      } catch let error {
        throw FormatError(
          "the default of a parameter of \(culprit) is wrong: \(error.message); report it to its author"
        )
      }
    }
  }
}

extension ParameterDescriptor {
  /// Whether its numbers have a range.
  fileprivate var hasRange: Bool {
    switch type {
    case .integer, .real, .integers, .reals: true
    case .boolean, .choice, .text, .path: false
    }
  }
}
