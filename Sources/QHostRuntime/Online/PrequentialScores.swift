package import QHostInterfaces

/// The errors of predictions that were made before the labels were known, beside those of two predictors that learn nothing.
///
/// In a sliding window, with a fading factor (S_i = e_i + α S_{i−1} over N_i = 1 + α N_{i−1}), and over all rows. Kappa is
/// 1 − e/e₀, e₀ the error of the predictor it is against: of classes (p − p₀)/(1 − p₀), of numbers what is left of the error.
///
/// Sources: J. Gama, R. Sebastião, P. Rodrigues, *On evaluating stream learning algorithms*, Machine Learning 90 (2013) 317,
/// sections 3.1 and 3.2; kappa against no change: A. Bifet, J. Read, I. Žliobaitė, B. Pfahringer, G. Holmes, ECML 2013.
package struct PrequentialScores: Sendable {
  /// The errors of one row.
  package struct Errors: Sendable, Equatable {
    /// Of the model.
    package var own: Double
    /// Of the last label that was known.
    package var noChange: Double
    /// Of the most frequent label, or the mean, so far.
    package var majority: Double

    /// Makes errors.
    package init(own: Double, noChange: Double, majority: Double) {
      self.own = own
      self.noChange = noChange
      self.majority = majority
    }
  }

  private let windowRows: Int
  private let fading: Double
  /// [3 × w].
  private var window: [Double]
  private var place = 0
  /// Of the window, and of all rows.
  private var windowSums = [0.0, 0, 0]
  private var sums = [0.0, 0, 0]
  private var faded = (sum: 0.0, weight: 0.0)
  /// Rows that were scored.
  package private(set) var count = 0

  /// Has seen nothing.
  ///
  /// - Parameters:
  ///   - windowRows: w.
  ///   - fading: α.
  package init(windowRows: Int, fading: Double) {
    self.windowRows = windowRows
    self.fading = fading
    window = Array(repeating: 0, count: 3 * windowRows)
  }

  /// Takes the errors of the next row.
  package mutating func add(_ errors: Errors) {
    let values = (errors.own, errors.noChange, errors.majority)
    take(values.0, 0)
    take(values.1, 1)
    take(values.2, 2)
    faded = (errors.own + fading * faded.sum, 1 + fading * faded.weight)
    count += 1
    place += 1
    if place == windowRows {
      place = 0
      // Once round, sums are taken again, so that rounding errors do not add up.
      for predictor in 0..<3 {
        windowSums[predictor] = window[predictor * windowRows..<(predictor + 1) * windowRows]
          .reduce(0, +)
      }
    }
  }

  private mutating func take(_ error: Double, _ predictor: Int) {
    let index = predictor * windowRows + place
    windowSums[predictor] += error - window[index]
    window[index] = error
    sums[predictor] += error
  }

  /// The mean error over all rows; `nil` before the first.
  package var error: Double? { count > 0 ? sums[0] / Double(count) : nil }
  /// That in the window, or of all rows as long as it is not full.
  package var windowError: Double? {
    count > 0 ? windowSums[0] / Double(min(count, windowRows)) : nil
  }
  /// That with the fading factor.
  package var fadedError: Double? { count > 0 ? faded.sum / faded.weight : nil }
  /// Over all rows, against the last label; `nil` where that is always right.
  package var kappaNoChange: Double? { kappa(sums, 1) }
  /// Alike, against the most frequent one.
  package var kappaMajority: Double? { kappa(sums, 2) }
  /// In the window.
  package var windowKappaNoChange: Double? { kappa(windowSums, 1) }
  /// In the window.
  package var windowKappaMajority: Double? { kappa(windowSums, 2) }
  /// The mean error of the last label as prediction.
  package var noChangeError: Double? { count > 0 ? sums[1] / Double(count) : nil }
  /// The mean error of the most frequent label as prediction.
  package var majorityError: Double? { count > 0 ? sums[2] / Double(count) : nil }

  private func kappa(_ sums: [Double], _ predictor: Int) -> Double? {
    sums[predictor] > 0 ? 1 - sums[0] / sums[predictor] : nil
  }

  package func save(_ writer: inout StateWriter) {
    writer.write([count, place])
    writer.write(window)
    writer.write(windowSums)
    writer.write(sums)
    writer.write([faded.sum, faded.weight])
  }

  package mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let counts = try reader.readIntegers(count: 2)
    guard counts[0] >= 0, (0..<windowRows).contains(counts[1]) else {
      throw ComponentError("the saved scores are damaged; start a new run")
    }
    (count, place) = (counts[0], counts[1])
    window = try reader.readReals(count: 3 * windowRows)
    windowSums = try reader.readReals(count: 3)
    sums = try reader.readReals(count: 3)
    let pair = try reader.readReals(count: 2)
    faded = (pair[0], pair[1])
  }
}
