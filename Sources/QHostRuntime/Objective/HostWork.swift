/// The work of the host's own part of answers, in units of `PassWork`: 0.02 ns of a core.
///
/// Fitted together with the constants of the built-in models to measured times; see
/// Documentation/Decisions/0012-cost-is-modelled-processor-time.md.
package enum HostWork {
  /// A loss at a point, or a gradient, for each block of rows.
  package static let point = 14_000.0
  /// A query for cuts, for each block of rows.
  package static let cuts = 11_000.0
  /// A call of the model for a cut or a move.
  package static let call = 7_200.0
  /// An offset whose loss is summed up.
  package static let offset = 2_600.0
  /// A changed row of some, whose label and former loss are looked up.
  package static let changedRow = 1.1
  /// An output at the base point, taken when cuts are opened.
  package static let baseOutput = 71.0
  /// A row of a minibatch, and each of its inputs.
  package static let batchRow = 390.0
  package static let batchInput = 39.0
}

extension Loss {
  /// The work of the loss of a row with C outputs.
  package func rowWork(outputCount: Int) -> Double {
    let count = Double(outputCount)
    switch self {
    case .crossEntropy: return 46 + 16 * count
    case .errorRate: return 53 + 11 * count
    case .crossEntropyAndError:
      return Loss.crossEntropy.rowWork(outputCount: outputCount)
        + Loss.errorRate.rowWork(outputCount: outputCount)
    case .meanSquaredError, .meanAbsoluteError: return 7.4 * count
    case .score: return 0
    }
  }

  /// The work of the loss of a row and its slopes.
  package func gradientWork(outputCount: Int) -> Double {
    let count = Double(outputCount)
    switch self {
    case .crossEntropy: return rowWork(outputCount: outputCount) + 50 * count
    case .meanSquaredError, .meanAbsoluteError:
      return rowWork(outputCount: outputCount) + 38 * count
    case .errorRate, .crossEntropyAndError, .score: return 0
    }
  }
}
