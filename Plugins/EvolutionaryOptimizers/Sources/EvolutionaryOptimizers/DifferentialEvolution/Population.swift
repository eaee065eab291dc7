import QHostInterfaces

/// Individuals [N × n] with their losses, and an archive of those that were bettered.
struct Population {
  let dimension: Int
  /// The individuals, [N × n].
  private(set) var points: [Double] = []
  /// Their losses, [N].
  private(set) var losses: [Double] = []
  /// Parents that gave way to their trials, [M × n].
  private(set) var archive: [Double] = []
  /// The individuals from best to worst, as of ``rank()``.
  private(set) var order: [Int] = []

  init(dimension: Int) { self.dimension = dimension }

  /// N.
  var count: Int { losses.count }
  /// M.
  var archivedCount: Int { archive.count / dimension }

  /// Takes a first generation.
  mutating func begin(points: [Double], losses: [Double]) {
    self.points = points
    self.losses = losses
    archive.removeAll(keepingCapacity: true)
  }

  /// Brings the losses up to date with those of an answer.
  mutating func renew(_ answer: Answer) { answer.renew(&losses) }

  /// Puts the individuals in order.
  mutating func rank() {
    if order.count != count { order = Array(losses.indices) }
    order.sort { (losses[$0], $0) < (losses[$1], $1) }
  }

  /// Replaces an individual by a trial, row `row` of `trials`; into the archive with it when `keeps`.
  mutating func replace(
    _ index: Int, by trials: [Double], row: Int, loss: Double, keeps limit: Int,
    _ random: inout RandomStream
  ) {
    let n = dimension
    if losses[index] > loss, limit > 0 {
      let parent = points[index * n..<(index + 1) * n]
      if archivedCount < limit {
        archive.append(contentsOf: parent)
      } else {
        let place = random.integer(below: limit)
        archive.replaceSubrange(place * n..<(place + 1) * n, with: parent)
      }
    }
    losses[index] = loss
    points.withUnsafeMutableBufferPointer { points in
      trials.withUnsafeBufferPointer { trials in
        for i in 0..<n { points[index * n + i] = trials[row * n + i] }
      }
    }
  }

  /// Leaves out the worst individuals, and archived ones at random.
  mutating func reduce(to size: Int, archive limit: Int, _ random: inout RandomStream) {
    let n = dimension
    if size < count {
      rank()
      let kept = order[..<size].sorted()
      points = kept.flatMap { points[$0 * n..<($0 + 1) * n] }
      losses = kept.map { losses[$0] }
    }
    while archivedCount > limit {
      let place = random.integer(below: archivedCount)
      let last = Array(archive.suffix(n))
      archive.replaceSubrange(place * n..<(place + 1) * n, with: last)
      archive.removeLast(n)
    }
  }

  /// Whether all losses are as good as equal, so that nothing is left to be found.
  func hasConverged(tolerance: Double) -> Bool {
    guard let least = losses.min(), let largest = losses.max(), largest.isFinite else {
      return false
    }
    return largest - least <= tolerance * abs(least)
  }

  func save(_ writer: inout StateWriter) {
    writer.write(points)
    writer.write(losses)
    writer.write(archive)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    points = try reader.readReals()
    losses = try reader.readReals(count: points.count / dimension)
    archive = try reader.readReals()
    guard points.count % dimension == 0, archive.count % dimension == 0 else {
      throw ComponentError(
        "the saved state is not of \(dimension) parameters; resume on the problem that was saved")
    }
  }
}
