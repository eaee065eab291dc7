/// The points of a run that no other one betters in all objectives.
///
/// Objectives are kept as z, 0 at the ideal and 1 at the reference, less is better. A set that becomes larger than
/// ``capacity(objectiveCount:)`` by a quarter loses the points that lie closest to their neighbours, by the
/// crowding distance of NSGA-II (K. Deb et al. 2002).
package struct NondominatedSet {
  /// One of them.
  package struct Member: Equatable {
    /// z, [M].
    package var objectives: [Double]
    /// [n].
    package var parameters: [Double]
    /// Losses that the run had asked for when it was found, this one among them.
    package var evaluations: Int

    package init(objectives: [Double], parameters: [Double], evaluations: Int) {
      self.objectives = objectives
      self.parameters = parameters
      self.evaluations = evaluations
    }
  }

  /// In the order in which they were found.
  package private(set) var members: [Member]
  /// How many were left out because the set was full.
  package private(set) var prunedCount: Int
  /// z of all members, one after the other: looked through for every point.
  private var values: [Double]

  /// Those of a run that continues, or none yet.
  package init(_ members: [Member] = [], prunedCount: Int = 0) {
    self.members = members
    self.prunedCount = prunedCount
    values = members.flatMap(\.objectives)
  }

  /// How many points a set holds: fewer with more objectives, so that exact volumes stay quick.
  package static func capacity(objectiveCount: Int) -> Int {
    switch objectiveCount {
    case ...2: 2_000
    case 3: 1_000
    case 4: 400
    default: 100
    }
  }

  /// Takes a point in if no member is as good in all objectives, and drops those that it is as good as.
  ///
  /// - Parameters:
  ///   - objectives: z, [M]; a point with one that is not finite is never taken.
  ///   - evaluations: see ``Member``.
  ///   - parameters: makes the point, [n].
  package mutating func note(
    _ objectives: [Double], evaluations: Int, parameters: () -> [Double]
  ) {
    guard objectives.allSatisfy(\.isFinite), isBetterSomewhere(objectives) else { return }
    drop(asGoodAs: objectives)
    members.append(
      Member(objectives: objectives, parameters: parameters(), evaluations: evaluations))
    values.append(contentsOf: objectives)
    // By the quarter, which takes far less time than one by one.
    let capacity = Self.capacity(objectiveCount: objectives.count)
    if members.count > capacity + capacity / 4 { prune(to: capacity) }
  }

  /// The set with no more points than it may hold in the end.
  package var pruned: NondominatedSet {
    var set = self
    if let first = members.first {
      set.prune(to: Self.capacity(objectiveCount: first.objectives.count))
    }
    return set
  }

  /// Whether the left one is as good as the right one in all objectives.
  static func isAsGood(_ left: [Double], _ right: [Double]) -> Bool {
    for index in left.indices where left[index] > right[index] { return false }
    return true
  }

  /// Whether a point betters each member in some objective.
  private func isBetterSomewhere(_ point: [Double]) -> Bool {
    let m = point.count
    return values.withUnsafeBufferPointer { values in
      point.withUnsafeBufferPointer { point in
        var start = 0
        while start < values.count {
          var isBetter = false
          for index in 0..<m where point[index] < values[start + index] { isBetter = true }
          if !isBetter { return false }
          start += m
        }
        return true
      }
    }
  }

  private mutating func drop(asGoodAs point: [Double]) {
    guard members.contains(where: { Self.isAsGood(point, $0.objectives) }) else { return }
    members.removeAll { Self.isAsGood(point, $0.objectives) }
    values = members.flatMap(\.objectives)
  }

  /// Leaves out the most crowded points, no two neighbours at a time.
  private mutating func prune(to count: Int) {
    while members.count > count {
      let crowding = Crowding(members.map(\.objectives))
      var isOut = [Bool](repeating: false, count: members.count)
      var excess = members.count - count
      for index in crowding.order where excess > 0 {
        guard crowding.distances[index] < .infinity,
          !crowding.neighbours[index].contains(where: { isOut[$0] })
        else { continue }
        isOut[index] = true
        excess -= 1
      }
      let outCount = isOut.count { $0 }
      guard outCount > 0 else { return }
      members = members.indices.filter { !isOut[$0] }.map { members[$0] }
      prunedCount += outCount
    }
    values = members.flatMap(\.objectives)
  }
}

/// How close points lie to their neighbours: the crowding distance of NSGA-II.
private struct Crowding {
  /// The sum over objectives of the distance between the two neighbours; ∞ at an end.
  private(set) var distances: [Double]
  /// In each objective, those beside a point.
  private(set) var neighbours: [[Int]]
  /// The points from the most crowded one on.
  var order: [Int] { distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) } }

  /// Measures points [k][M].
  init(_ points: [[Double]]) {
    distances = Array(repeating: 0, count: points.count)
    neighbours = Array(repeating: [], count: points.count)
    for objective in points[0].indices {
      let values = points.map { $0[objective] }
      let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      let (first, last) = (order[0], order[order.count - 1])
      distances[first] = .infinity
      distances[last] = .infinity
      let range = values[last] - values[first]
      for place in order.indices.dropFirst().dropLast() {
        let (before, here, after) = (order[place - 1], order[place], order[place + 1])
        if range > 0 { distances[here] += (values[after] - values[before]) / range }
        neighbours[here] += [before, after]
      }
    }
  }
}
