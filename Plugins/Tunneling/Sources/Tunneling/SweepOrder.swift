import QHostInterfaces

/// Visits every coordinate once a sweep, in an order drawn anew for each.
struct SweepOrder {
  /// The coordinates; those before ``position`` were visited in this sweep.
  private(set) var order: [Int]
  /// How many were visited in this sweep.
  private(set) var position = 0
  /// Whole sweeps so far.
  private(set) var sweepCount = 0

  /// Starts with the given coordinates, at least one.
  init(_ coordinates: [Int]) { order = coordinates }

  /// Restores a saved place.
  init(order: [Int], position: Int, sweepCount: Int) {
    self.order = order
    self.position = position
    self.sweepCount = sweepCount
  }

  /// The next coordinate: one step of Fisher and Yates's shuffle.
  mutating func next(_ random: inout RandomStream) -> Int {
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
}
