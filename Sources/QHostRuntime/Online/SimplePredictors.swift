internal import QHostInterfaces

/// What is predicted without any model: the last label, and the most frequent one or the mean.
struct SimplePredictors {
  private let classCount: Int?
  private var last = 0.0
  private var counts: [Int]
  private var best = 0
  private var mean = 0.0
  private var seen = 0

  /// Has seen nothing.
  ///
  /// - Parameter classCount: C; `nil`: labels are numbers.
  init(classCount: Int?) {
    self.classCount = classCount
    counts = Array(repeating: 0, count: classCount ?? 0)
  }

  /// The last label.
  var noChange: Double { last }
  /// The most frequent label, or the mean.
  var majority: Double { classCount == nil ? mean : Double(best) }

  /// Takes a label that has become known.
  mutating func learn(_ label: Double) {
    last = label
    seen += 1
    guard classCount != nil else { return mean += (label - mean) / Double(seen) }
    let index = Int(label)
    guard counts.indices.contains(index) else { return }
    counts[index] += 1
    if counts[index] > counts[best] { best = index }
  }

  func save(_ writer: inout StateWriter) {
    writer.write([last, mean])
    writer.write([best, seen])
    writer.write(counts)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    let reals = try reader.readReals(count: 2)
    let numbers = try reader.readIntegers(count: 2)
    (last, mean, best, seen) = (reals[0], reals[1], numbers[0], numbers[1])
    counts = try reader.readIntegers(count: counts.count)
  }
}
