/// The work of the host's own part of answers, in units of `PassWork`: 0.02 ns of a core.
///
/// Fitted together with the constants of the built-in models to measured times; see
/// Documentation/Decisions/0012-cost-is-modelled-processor-time.md.
package enum HostWork {
  /// A loss at a point, or a gradient, for each block of rows.
  package static let point = 10_000.0
  /// A query for cuts, for each block of rows.
  package static let cuts = 12_000.0
  /// A further cut of a query whose cuts are counted one by one.
  package static let furtherCut = 10_000.0
  /// A call of the model for a cut or a move.
  package static let call = 7_800.0
  /// An offset whose loss is summed up.
  package static let offset = 2_700.0
  /// A changed row of some, whose label and former loss are looked up.
  package static let changedRow = 2.8
  /// A row at an offset of a smoothed cut, or of its move.
  package static let flip = 40.0
  /// A row at a place of a unit whose potential is made.
  package static let potentialRow = 30.0
  /// An output at the base point, taken when cuts are opened.
  package static let baseOutput = 59.0
  /// A row of a minibatch, and each of its inputs.
  package static let batchRow = 4.8
  package static let batchInput = 37.0
}

extension Loss {
  /// The work of the loss of a row with C outputs.
  package func rowWork(outputCount: Int) -> Double {
    let count = Double(outputCount)
    switch self {
    case .crossEntropy: return 38 + 17 * count
    case .errorRate: return 51 + 12 * count
    // Looks at each output once, like the count of errors.
    case .margin: return 51 + 12 * count
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
    case .crossEntropy: return rowWork(outputCount: outputCount) + 36 * count
    case .margin, .meanSquaredError, .meanAbsoluteError:
      return rowWork(outputCount: outputCount) + 16 * count
    case .errorRate, .crossEntropyAndError, .score: return 0
    }
  }
}
