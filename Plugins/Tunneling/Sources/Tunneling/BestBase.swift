package import QHostInterfaces

/// The base point with the lowest loss so far.
///
/// While the base only moves along single coordinates, those that moved since are kept, so that taking it over
/// costs as much as they are and not a copy of all n: with the loss falling at most cuts, that is one a cut.
package struct BestBase {
  /// Its loss.
  package private(set) var loss = Double.infinity
  /// Where it is, [n].
  package private(set) var point: [Double]
  private var moved: [Int] = []
  private var isApart = false

  /// Nothing better than the initial point [n], which the base is at.
  package init(_ initial: [Double]) { point = initial }

  /// What a saved state holds; the base may be anywhere.
  package init(loss: Double, point: [Double]) {
    self.loss = loss
    self.point = point
    isApart = true
  }

  /// Brings its loss up to date with those of an answer.
  package mutating func renew(_ answer: Answer) { answer.renew(&loss) }

  /// Notes that the base moved along a coordinate.
  package mutating func noteMove(along coordinate: Int) {
    guard !isApart else { return }
    if moved.count < point.count { moved.append(coordinate) } else { notePlacement() }
  }

  /// Notes that the base is somewhere else.
  package mutating func notePlacement() {
    moved.removeAll(keepingCapacity: true)
    isApart = true
  }

  /// Takes the base [n] over if its loss is the lowest so far.
  package mutating func take(_ base: [Double], _ loss: Double) {
    guard loss < self.loss else { return }
    self.loss = loss
    if isApart {
      for index in point.indices { point[index] = base[index] }
    } else {
      for index in moved { point[index] = base[index] }
    }
    moved.removeAll(keepingCapacity: true)
    isApart = false
  }
}
