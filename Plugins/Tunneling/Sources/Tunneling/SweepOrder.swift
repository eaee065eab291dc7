import QHostInterfaces

/// Visits every coordinate once a sweep, in an order drawn again for each.
struct SweepOrder {
  /// The coordinates; those before ``position`` were visited in this sweep.
  private(set) var order: [Int]
  /// How many were visited in this sweep.
  private(set) var position = 0
  /// Whole sweeps so far.
  private(set) var sweepCount = 0

  /// Coordinates that are visited one after the other, in random order; empty: all are mixed.
  private let runs: [[Int]]
  /// After how many of a group another one follows.
  private let runLength: Int

  /// Starts with the given coordinates, at least one.
  ///
  /// - Parameters:
  ///   - coordinates: all that are visited.
  ///   - runs: the same, in groups that stay together; empty: there are no groups.
  ///   - runLength: the most of a group that follow one another; the rest of it comes later.
  init(_ coordinates: [Int], runs: [[Int]] = [], runLength: Int = .max) {
    order = coordinates
    self.runs = runs
    self.runLength = runLength
  }

  /// Restores a saved place.
  init(
    order: [Int], position: Int, sweepCount: Int, runs: [[Int]] = [], runLength: Int = .max
  ) {
    self.order = order
    self.runs = runs
    self.runLength = runLength
    self.position = position
    self.sweepCount = sweepCount
  }

  /// The next coordinate: one step of Fisher and Yates's shuffle.
  mutating func next(_ random: inout RandomStream) -> Int {
    guard runs.isEmpty else { return nextOfRun(&random) }
    let other = position + random.integer(below: order.count - position)
    let coordinate = order[other]
    order[other] = order[position]
    order[position] = coordinate
    position += 1
    if position == order.count {
      position = 0
      sweepCount += 1
    }
    return coordinate
  }

  /// The next coordinate of a run; each sweep has the runs, and what is in them, in an order of its own.
  private mutating func nextOfRun(_ random: inout RandomStream) -> Int {
    if position == 0 { drawRuns(&random) }
    let coordinate = order[position]
    position += 1
    if position == order.count {
      position = 0
      sweepCount += 1
    }
    return coordinate
  }

  private mutating func drawRuns(_ random: inout RandomStream) {
    order.removeAll(keepingCapacity: true)
    guard runs.contains(where: { $0.count > runLength }) else {
      for run in Self.shuffled(Array(runs.indices), &random) {
        order.append(contentsOf: Self.shuffled(runs[run], &random))
      }
      return
    }
    var pieces: [ArraySlice<Int>] = []
    for run in runs {
      let all = Self.shuffled(run, &random)
      for start in stride(from: 0, to: all.count, by: runLength) {
        pieces.append(all[start..<min(start + runLength, all.count)])
      }
    }
    for place in Self.shuffled(Array(pieces.indices), &random) {
      order.append(contentsOf: pieces[place])
    }
  }

  private static func shuffled(_ values: [Int], _ random: inout RandomStream) -> [Int] {
    var values = values
    for place in values.indices {
      values.swapAt(place, place + random.integer(below: values.count - place))
    }
    return values
  }

  /// The rows of a problem's matrices, as far as they are among `coordinates`: the weights of one unit stay together.
  static func rows(of blocks: [ParameterBlock], _ coordinates: [Int]) -> [[Int]] {
    let movable = Set(coordinates)
    return blocks.flatMap { block in
      let count = block.shape.count
      let length = max(
        1, count / max(1, block.shape.extents.count > 1 ? block.shape.extents[0] : 1))
      return stride(from: 0, to: count, by: length).map { start in
        (block.offset + start..<block.offset + min(start + length, count)).filter(movable.contains)
      }
    }.filter { !$0.isEmpty }
  }
}
