public import QHostInterfaces

/// The points that queries are about; keeps the base point of cuts as a host does.
public struct AskedPoints {
  /// The base point of cuts, [n]; empty before the first.
  public private(set) var base: [Double] = []

  /// Starts without a base point.
  public init() {}

  /// The points [n] whose losses a query asks for, in their order.
  ///
  /// - Parameters:
  ///   - query: points, a gradient or cuts; its moves are made.
  ///   - n: the dimension of the problem.
  /// - Returns: the points, each [n].
  /// - Throws: when cuts come without a base point, or through one of another dimension.
  public mutating func take(_ query: Query, dimension n: Int) throws -> [[Double]] {
    guard query.kind == .cuts else {
      return stride(from: 0, to: query.points.count, by: n).map {
        Array(query.points[$0..<$0 + n])
      }
    }
    if !query.base.isEmpty { base = query.base }
    guard base.count == n, query.offsets.count == query.cutIndices.count * query.offsetCount else {
      throw ComponentError("cuts through a point of \(base.count) numbers instead of \(n)")
    }
    for (index, delta) in zip(query.moveIndices, query.moveDeltas) { base[index] += delta }
    return query.offsets.enumerated().map { place, offset in
      var point = base
      point[query.cutIndices[place / query.offsetCount]] += offset
      return point
    }
  }
}
