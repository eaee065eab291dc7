import QHostInterfaces

/// A tilted bowl that answers every kind of query, as a host would: Σ (1 + i) (xᵢ − cᵢ)².
final class Quadratic {
  private let centre: [Double]
  private let isInfeasible: @Sendable ([Double]) -> Bool
  /// The base point of cuts, after the moves so far.
  private(set) var base: [Double] = []
  /// All points at which a loss was asked for, bases of cuts included.
  private(set) var points: [[Double]] = []
  /// The best loss so far.
  private(set) var best = Double.infinity

  /// Makes a bowl about `centre`, with an infinite loss wherever `isInfeasible` says so.
  init(
    centre: [Double], isInfeasible: @escaping @Sendable ([Double]) -> Bool = { _ in false }
  ) {
    self.centre = centre
    self.isInfeasible = isInfeasible
  }

  /// The same bowl with the same base of cuts.
  func copy() -> Quadratic {
    let copy = Quadratic(centre: centre, isInfeasible: isInfeasible)
    copy.base = base
    return copy
  }

  func loss(_ x: [Double]) -> Double {
    if isInfeasible(x) { return .infinity }
    var sum = 0.0
    for index in x.indices {
      let distance = x[index] - centre[index]
      sum += Double(1 + index) * distance * distance
    }
    return sum
  }

  private func observe(_ x: [Double]) -> Double {
    points.append(x)
    let loss = loss(x)
    best = min(best, loss)
    return loss
  }

  func answer(_ query: Query, progress: Double) throws -> Answer {
    var answer = Answer()
    answer.kind = query.kind
    answer.progress = progress
    let n = centre.count
    switch query.kind {
    case .points, .gradient:
      for start in stride(from: 0, to: query.points.count, by: n) {
        answer.losses.append(observe(Array(query.points[start..<start + n])))
      }
      if query.kind == .gradient {
        answer.gradient = (0..<n).map { index in
          let slope = Double(2 + 2 * index)
          return slope * (query.points[index] - centre[index])
        }
      }
    case .cuts: answer.losses = try cuts(query)
    case .done: break
    }
    return answer
  }

  private func cuts(_ query: Query) throws -> [Double] {
    if !query.base.isEmpty { base = query.base }
    guard !base.isEmpty else { throw ComponentError("cuts were asked for without a base point") }
    for (index, delta) in zip(query.moveIndices, query.moveDeltas) { base[index] += delta }
    points.append(base)
    var losses: [Double] = []
    for (place, index) in query.cutIndices.enumerated() {
      for offset in 0..<query.offsetCount {
        var x = base
        x[index] += query.offsets[place * query.offsetCount + offset]
        losses.append(observe(x))
      }
    }
    return losses
  }
}
