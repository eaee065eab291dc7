public import QHostInterfaces

/// The base point of cuts, which an optimizer and the host keep alike to the last bit.
///
/// The host is sent the whole point once and then moves, and adds them in the order in which they
/// were made; so does this. Nothing of it but the point belongs to a saved state: a point that is
/// loaded is sent whole, and the host, which stops at places where it opens its cuts again, answers the
/// same.
public struct CutBase: Sendable {
  /// Where it is, [n].
  public private(set) var point: [Double]
  private var isSent = false
  private var moveIndices: [Int] = []
  private var moveDeltas: [Double] = []

  /// Starts at a point [n] that the host has not seen.
  public init(_ point: [Double]) { self.point = point }

  /// Takes another point [n]; it is sent whole.
  public mutating func replace(with point: [Double]) {
    self.point = point
    sendAgain()
  }

  /// Swaps the point with another one [n]; it is sent whole.
  public mutating func swap(with other: inout [Double]) {
    Swift.swap(&point, &other)
    sendAgain()
  }

  /// Puts parameter `index` at a value; the point is sent whole.
  public mutating func place(_ value: Double, at index: Int) {
    point[index] = value
    sendAgain()
  }

  /// Sends the whole point with the next cuts: the host may have computed something else in between.
  public mutating func sendAgain() {
    isSent = false
    moveIndices.removeAll(keepingCapacity: true)
    moveDeltas.removeAll(keepingCapacity: true)
  }

  /// Adds `offset` to parameter `index`; one that rounding swallows is not a move.
  public mutating func move(_ index: Int, by offset: Double) {
    let sum = point[index] + offset
    guard sum != point[index] else { return }
    point[index] = sum
    guard isSent else { return }
    moveIndices.append(index)
    moveDeltas.append(offset)
  }

  /// Makes an empty query one for cuts, and adds the point, or the moves since the last one.
  public mutating func write(to query: inout Query) {
    query.kind = .cuts
    guard isSent else {
      query.base.append(contentsOf: point)
      return isSent = true
    }
    guard !moveIndices.isEmpty else { return }
    query.moveIndices.append(contentsOf: moveIndices)
    query.moveDeltas.append(contentsOf: moveDeltas)
    moveIndices.removeAll(keepingCapacity: true)
    moveDeltas.removeAll(keepingCapacity: true)
  }
}

extension Query {
  /// Adds a cut along one coordinate at one offset; all cuts of the query have one.
  ///
  /// - Parameters:
  ///   - index: the coordinate, below n.
  ///   - offset: from the base point.
  public mutating func appendCut(_ index: Int, _ offset: Double) {
    offsetCount = 1
    cutIndices.append(index)
    offsets.append(offset)
  }
}
