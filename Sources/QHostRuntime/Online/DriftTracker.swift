package import QHostInterfaces

/// The errors between true drifts, and how long the model took to come back after each.
package struct DriftTracker: Sendable {
  /// Rows whose mean error must be back.
  package static let recoveryRows = 500
  /// Within so much of the level before; of numbers, as a part of it.
  package static let tolerance = 0.02

  /// One drift as it was lived through.
  package struct Passage: Sendable, Codable, Equatable {
    /// Its first row of the new concept, or its middle.
    package var row: Int
    /// Rows that it took; 0: abrupt.
    package var width: Int
    /// The error in the sliding window before it began; `nil`: no row was scored before.
    package var errorBefore: Double?
    /// The mean error from the drift to the next one.
    package var errorAfter: Double?
    /// The highest mean error of ``recoveryRows`` rows after it.
    package var worstError: Double?
    /// Rows after which the mean error of the last ``recoveryRows`` rows was within ``tolerance`` of the one before; `nil`: it
    /// was not before the next drift.
    package var rowsUntilBack: Int?
  }

  private let drifts: [Drift]
  private let isRelative: Bool
  /// Those that have come.
  package private(set) var passages: [Passage] = []
  private var before: Double?
  private var segmentSum = 0.0
  private var segmentCount = 0
  /// The last errors, [500], and their sum.
  private var recent: [Double] = []
  private var recentPlace = 0
  private var recentSum = 0.0
  private var sumAfter = 0.0
  private var countAfter = 0

  /// Has seen nothing.
  ///
  /// - Parameters:
  ///   - drifts: by rising row.
  ///   - isRelative: whether the tolerance is a part of the level before, as of numbers.
  package init(_ drifts: [Drift], isRelative: Bool) {
    self.drifts = drifts
    self.isRelative = isRelative
  }

  /// The mean error from the first drift on; `nil` before.
  package var errorAfterFirst: Double? { countAfter > 0 ? sumAfter / Double(countAfter) : nil }

  /// Takes the error of a row, and the one in the sliding window up to the row before.
  package mutating func add(row: Int, error: Double, windowError: Double?) {
    if passages.count < drifts.count {
      let drift = drifts[passages.count]
      // Before a gradual drift has begun.
      if row <= drift.row - drift.width / 2 { before = windowError }
      if row >= drift.row { begin(drift) }
    }
    guard let last = passages.indices.last else { return }
    sumAfter += error
    countAfter += 1
    segmentSum += error
    segmentCount += 1
    passages[last].errorAfter = segmentSum / Double(segmentCount)
    takeRecent(error)
    guard segmentCount >= Self.recoveryRows else { return }
    let mean = recentSum / Double(Self.recoveryRows)
    passages[last].worstError = max(passages[last].worstError ?? mean, mean)
    guard passages[last].rowsUntilBack == nil, let before = passages[last].errorBefore else {
      return
    }
    if mean <= before + Self.tolerance * (isRelative ? before : 1) {
      passages[last].rowsUntilBack = row - passages[last].row + 1
    }
  }

  private mutating func begin(_ drift: Drift) {
    passages.append(Passage(row: drift.row, width: drift.width, errorBefore: before))
    (segmentSum, segmentCount) = (0, 0)
    recent = []
    (recentPlace, recentSum) = (0, 0)
  }

  private mutating func takeRecent(_ error: Double) {
    if recent.count < Self.recoveryRows {
      recent.append(error)
    } else {
      recentSum -= recent[recentPlace]
      recent[recentPlace] = error
      recentPlace = (recentPlace + 1) % Self.recoveryRows
    }
    recentSum += error
  }

  func save(_ writer: inout StateWriter) {
    writer.write(passages.count)
    for passage in passages {
      writer.write([
        passage.errorBefore ?? .nan, passage.errorAfter ?? .nan, passage.worstError ?? .nan,
        passage.rowsUntilBack.map(Double.init) ?? .nan,
      ])
    }
    writer.write([before ?? .nan, segmentSum, recentSum, sumAfter])
    writer.write([segmentCount, recentPlace, countAfter])
    writer.write(recent)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    func known(_ value: Double) -> Double? { value.isNaN ? nil : value }
    let count = try reader.readInteger()
    guard (0...drifts.count).contains(count) else {
      throw ComponentError("the saved drifts are of another stream; start a new run")
    }
    passages = []
    for drift in drifts[..<count] {
      let numbers = try reader.readReals(count: 4)
      passages.append(
        Passage(
          row: drift.row, width: drift.width, errorBefore: known(numbers[0]),
          errorAfter: known(numbers[1]), worstError: known(numbers[2]),
          rowsUntilBack: known(numbers[3]).map { Int($0) }))
    }
    let reals = try reader.readReals(count: 4)
    let counts = try reader.readIntegers(count: 3)
    (before, segmentSum, recentSum, sumAfter) = (known(reals[0]), reals[1], reals[2], reals[3])
    (segmentCount, recentPlace, countAfter) = (counts[0], counts[1], counts[2])
    recent = try reader.readReals()
  }
}
