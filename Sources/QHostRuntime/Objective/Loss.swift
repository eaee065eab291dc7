public import QHostInterfaces
internal import QHostNetworks

/// How far outputs are from targets; the mean over rows.
public enum Loss: String, Sendable, CaseIterable {
  /// ln Σ_c e^{z_c} − z_label.
  case crossEntropy = "cross-entropy"
  /// 1 where the largest output is not the label, else 0.
  case errorRate = "error-rate"
  /// The sum of the two before.
  case crossEntropyAndError = "cross-entropy+error"
  /// max(0, 1 + max_{c ≠ label} z_c − z_label), after Crammer and Singer.
  case margin
  /// The mean over outputs of (output − target)²; classes as 0 and 1.
  case meanSquaredError = "mse"
  /// The mean over outputs of |output − target|; classes as 0 and 1.
  case meanAbsoluteError = "mae"
  /// What the dataset says.
  case score

  /// What is meant when the user names none.
  public static func standard(for task: Task) -> Loss {
    switch task {
    case .classification: .crossEntropy
    case .regression: .meanSquaredError
    case .scenario: .score
    }
  }

  /// The loss of a name, if it goes with a task.
  ///
  /// - Throws: kind `usage`, with the losses that do.
  public init(named name: String, for task: Task) throws(RunError) {
    let suitable = Loss.allCases.filter { $0.suits(task) }
    guard let loss = Loss(rawValue: name) else {
      throw RunError(
        .usage,
        "there is no loss '\(name)'"
          + Suggestion.sentence(for: name, among: suitable.map(\.rawValue)))
    }
    guard loss.suits(task) else {
      let names = suitable.map(\.rawValue)
      throw RunError(
        .usage,
        "loss '\(name)' does not go with a \(task) dataset; "
          + (names.count == 1
            ? "leave it out: there it is '\(names[0])'"
            : "choose one of \(names.joined(separator: ", "))"))
    }
    self = loss
  }

  /// Whether it has a gradient by the outputs.
  public var hasGradient: Bool {
    switch self {
    case .crossEntropy, .margin, .meanSquaredError, .meanAbsoluteError: true
    case .errorRate, .crossEntropyAndError, .score: false
    }
  }

  /// Whether targets are numbers for each output, rather than a class.
  var needsDenseTargets: Bool { self == .meanSquaredError || self == .meanAbsoluteError }

  private func suits(_ task: Task) -> Bool {
    switch task {
    case .classification: self != .score
    case .regression: needsDenseTargets
    case .scenario: self == .score
    }
  }

  /// The sum over the rows of a block.
  ///
  /// - Parameters:
  ///   - outputs: [C × B].
  ///   - targets: [B] classes, or [C × B] numbers; see ``needsDenseTargets``.
  ///   - outputCount: C.
  ///   - rowCount: B.
  /// - Returns: the sum; NaN when an output is.
  func sum(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, outputCount: Int,
    rowCount: Int
  ) -> Double {
    func crossEntropy() -> Double {
      LossKernel.crossEntropy(
        outputs: outputs, labels: targets, classCount: outputCount, rowCount: rowCount)
    }
    func errors() -> Double {
      Double(
        LossKernel.errorCount(
          outputs: outputs, labels: targets, classCount: outputCount, rowCount: rowCount))
    }
    switch self {
    case .crossEntropy: return crossEntropy()
    case .errorRate: return errors()
    case .crossEntropyAndError: return crossEntropy() + errors()
    case .margin:
      return LossKernel.margin(
        outputs: outputs, labels: targets, classCount: outputCount, rowCount: rowCount)
    case .meanSquaredError:
      return LossKernel.squaredError(
        outputs: outputs, targets: targets, count: outputCount * rowCount) / Double(outputCount)
    case .meanAbsoluteError:
      return LossKernel.absoluteError(
        outputs: outputs, targets: targets, count: outputCount * rowCount) / Double(outputCount)
    case .score: preconditionFailure("a scenario scores its outputs itself")
    }
  }

  /// The sum over the rows of a block, and scale · ∂sum/∂output [C × B].
  func gradient(
    outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>, outputCount: Int,
    rowCount: Int, scale: Double, into gradient: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    let count = outputCount * rowCount
    switch self {
    case .crossEntropy:
      return LossKernel.crossEntropyGradient(
        outputs: outputs, labels: targets, classCount: outputCount, rowCount: rowCount,
        scale: Float(scale), gradient: gradient)
    case .margin:
      return LossKernel.marginGradient(
        outputs: outputs, labels: targets, classCount: outputCount, rowCount: rowCount,
        scale: Float(scale), gradient: gradient)
    case .meanSquaredError:
      return LossKernel.squaredErrorGradient(
        outputs: outputs, targets: targets, count: count,
        scale: Float(scale / Double(outputCount)), gradient: gradient) / Double(outputCount)
    case .meanAbsoluteError:
      return LossKernel.absoluteErrorGradient(
        outputs: outputs, targets: targets, count: count,
        scale: Float(scale / Double(outputCount)), gradient: gradient) / Double(outputCount)
    case .errorRate, .crossEntropyAndError, .score:
      preconditionFailure("loss '\(rawValue)' has no gradient")
    }
  }
}
