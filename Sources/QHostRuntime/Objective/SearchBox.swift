internal import QHostInterfaces

/// The bounds of a search space, where it has some.
///
/// What an optimizer asks for must lie within them. Sums such as base + offset miss a bound by a rounding error
/// though they were meant to meet it: those are moved onto it.
struct SearchBox {
  /// How far beyond a bound a value may lie to be taken for it, as a part of its size or that of the range.
  private static let tolerance = 1e-9

  private let lower: [Double]
  private let upper: [Double]

  /// Makes a box; `nil` when nothing is bounded.
  init?(_ lower: [Double], _ upper: [Double]) {
    guard lower.contains(where: \.isFinite) || upper.contains(where: \.isFinite) else { return nil }
    let n = max(lower.count, upper.count)
    self.lower = lower.isEmpty ? Array(repeating: -.infinity, count: n) : lower
    self.upper = upper.isEmpty ? Array(repeating: .infinity, count: n) : upper
  }

  /// The value within the bounds that is meant by one; `nil`: it lies beyond them.
  @inline(__always)
  func confined(_ value: Double, at index: Int) -> Double? {
    if value >= lower[index], value <= upper[index] { return value }
    return corrected(value, at: index)
  }

  private func corrected(_ value: Double, at index: Int) -> Double? {
    let bound = value < lower[index] ? lower[index] : upper[index]
    let range = upper[index] - lower[index]
    let size = max(abs(bound), range.isFinite ? range : 0)
    return abs(value - bound) <= Self.tolerance * size ? bound : nil
  }

  /// What to add to a value so that it becomes one within the bounds, close to what was asked for.
  ///
  /// - Returns: `nil` when the sum lies beyond them.
  @inline(__always)
  func confined(_ delta: Double, from value: Double, at index: Int) -> Double? {
    let sum = value + delta
    if sum >= lower[index], sum <= upper[index] { return delta }
    guard let bound = corrected(sum, at: index) else { return nil }
    var fitting = bound - value
    // The difference is rounded too: one step of the bound's size less is within for certain.
    if value + fitting > upper[index] { fitting -= upper[index].ulp }
    if value + fitting < lower[index] { fitting += lower[index].ulp }
    return fitting
  }

  /// The bounds of a parameter in words.
  func text(_ index: Int) -> String { "\(lower[index]) to \(upper[index])" }
}

extension Objective {
  /// Brings what a query asks for within the bounds of the search space.
  ///
  /// - Throws: when it asks for what lies beyond them by more than a rounding error.
  func confine(_ query: inout Query) throws(ComponentError) {
    guard let box else { return }
    switch query.kind {
    case .points, .gradient:
      var index = -1
      for place in query.points.indices {
        index = index + 1 < dimension ? index + 1 : 0
        let value = query.points[place]
        guard let confined = box.confined(value, at: index) else { throw beyond(box, value, index) }
        if confined != value { query.points[place] = confined }
      }
    case .cuts: try confineCuts(&query, box)
    case .done: break
    }
  }

  private func confineCuts(_ query: inout Query, _ box: SearchBox) throws(ComponentError) {
    for index in query.base.indices {
      let value = query.base[index]
      guard let confined = box.confined(value, at: index) else { throw beyond(box, value, index) }
      if confined != value { query.base[index] = confined }
    }
    var moved = MovedValues()
    let base = query.base.isEmpty ? cutState.base : query.base
    // Without a base point the query is refused by its own sentence.
    guard base.count == dimension else { return }
    for place in query.moveIndices.indices {
      let (index, delta) = (query.moveIndices[place], query.moveDeltas[place])
      let value = moved[index] ?? base[index]
      guard let confined = box.confined(delta, from: value, at: index) else {
        throw beyond(box, value + delta, index)
      }
      if confined != delta { query.moveDeltas[place] = confined }
      moved[index] = value + confined
    }
    for (cut, index) in query.cutIndices.enumerated() {
      let value = moved[index] ?? base[index]
      for place in cut * query.offsetCount..<(cut + 1) * query.offsetCount {
        let offset = query.offsets[place]
        guard let confined = box.confined(offset, from: value, at: index) else {
          throw beyond(box, value + offset, index)
        }
        if confined != offset { query.offsets[place] = confined }
      }
    }
  }

  private func beyond(_ box: SearchBox, _ value: Double, _ index: Int) -> ComponentError {
    ComponentError(
      "\(parts.optimizer) asked for \(value) as parameter \(index), whose bounds are \(box.text(index)); "
        + "report it to its author")
  }
}

/// What some parameters have become within a query.
///
/// A query has one or two moves as a rule, which are found faster than a dictionary hashes; a query of many has a dictionary.
private struct MovedValues {
  private static let few = 8
  private var indices: [Int] = []
  private var values: [Double] = []
  private var many: [Int: Double]?

  /// The value of a parameter; `nil`: it has not moved.
  subscript(_ index: Int) -> Double? {
    get {
      if let many { return many[index] }
      return indices.firstIndex(of: index).map { values[$0] }
    }
    set {
      guard let newValue else { return }
      if many != nil {
        many?[index] = newValue
      } else if let place = indices.firstIndex(of: index) {
        values[place] = newValue
      } else if indices.count < Self.few {
        indices.append(index)
        values.append(newValue)
      } else {
        many = Dictionary(uniqueKeysWithValues: zip(indices, values))
        many?[index] = newValue
      }
    }
  }
}
