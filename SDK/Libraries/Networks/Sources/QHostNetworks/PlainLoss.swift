#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The plain versions of the loss kernels, in double precision throughout.
public enum PlainLoss {
  /// The cross-entropy of each row, ln Σ_c e^{z_c} − z_label.
  ///
  /// - Parameters:
  ///   - outputs: z, [C × B].
  ///   - labels: [B].
  ///   - classCount: C.
  /// - Returns: [B]; NaN for a label that is not a class.
  public static func crossEntropies(outputs: [Float], labels: [Float], classCount: Int) -> [Double]
  {
    labels.indices.map { row in
      let logits = column(outputs, row, labels.count, classCount)
      guard let label = Int(exactly: labels[row]), logits.indices.contains(label) else {
        return .nan
      }
      return logarithmOfSum(logits) - logits[label]
    }
  }

  /// The gradient of the cross-entropies' sum, softmax(z) − e_label.
  ///
  /// - Parameters:
  ///   - outputs: z, [C × B].
  ///   - labels: [B].
  ///   - classCount: C.
  /// - Returns: [C × B].
  public static func crossEntropyGradient(
    outputs: [Float], labels: [Float], classCount: Int
  ) -> [Double] {
    var gradient = [Double](repeating: 0, count: outputs.count)
    for row in labels.indices {
      let logits = column(outputs, row, labels.count, classCount)
      let total = logarithmOfSum(logits)
      for number in 0..<classCount {
        let hit: Double = Float(number) == labels[row] ? 1 : 0
        gradient[number * labels.count + row] = exp(logits[number] - total) - hit
      }
    }
    return gradient
  }

  /// The rows whose first largest output, NaN left out, is not the label.
  ///
  /// - Parameters:
  ///   - outputs: [C × B].
  ///   - labels: [B].
  ///   - classCount: C.
  /// - Returns: how many rows are wrong.
  public static func errorCount(outputs: [Float], labels: [Float], classCount: Int) -> Int {
    labels.indices.count { row in
      let logits = column(outputs, row, labels.count, classCount)
      var winner: Int?
      for (number, logit) in logits.enumerated() where !logit.isNaN {
        if let best = winner, logits[best] >= logit { continue }
        winner = number
      }
      return winner.map { Float($0) } != labels[row]
    }
  }

  /// The margin loss of each row, max(0, 1 + max_{c ≠ label} z_c − z_label).
  ///
  /// - Parameters:
  ///   - outputs: z, [C × B].
  ///   - labels: [B].
  ///   - classCount: C.
  /// - Returns: [B]; NaN for outputs that are not finite and for a label that is not a class; 0 with one class.
  public static func margins(outputs: [Float], labels: [Float], classCount: Int) -> [Double] {
    labels.indices.map { row in
      let logits = column(outputs, row, labels.count, classCount)
      guard let label = Int(exactly: labels[row]), logits.indices.contains(label),
        logits.allSatisfy(\.isFinite)
      else { return .nan }
      let rival = logits.enumerated().filter { $0.offset != label }.map(\.element).max()
      return rival.map { max(0, 1 + $0 - logits[label]) } ?? 0
    }
  }

  /// The squared error, Σ (o − t)².
  ///
  /// - Parameters:
  ///   - outputs: o, [C × B].
  ///   - targets: t, of the same shape.
  /// - Returns: the sum.
  public static func squaredError(outputs: [Float], targets: [Float]) -> Double {
    zip(outputs, targets).reduce(0) { sum, pair in
      let difference = Double(pair.0) - Double(pair.1)
      return sum + difference * difference
    }
  }

  /// The absolute error, Σ |o − t|.
  ///
  /// - Parameters:
  ///   - outputs: o, [C × B].
  ///   - targets: t, of the same shape.
  /// - Returns: the sum.
  public static func absoluteError(outputs: [Float], targets: [Float]) -> Double {
    zip(outputs, targets).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
  }

  private static func column(
    _ outputs: [Float], _ row: Int, _ rowCount: Int, _ classCount: Int
  ) -> [Double] {
    (0..<classCount).map { Double(outputs[$0 * rowCount + row]) }
  }

  private static func logarithmOfSum(_ logits: [Double]) -> Double {
    let largest = logits.reduce(-.infinity) { $0 > $1 ? $0 : $1 }
    return largest + log(logits.reduce(0) { $0 + exp($1 - largest) })
  }
}
