internal import Glibc

/// The best loss of a run against what was spent: evaluations, passes or seconds.
///
/// It keeps each value until the next place, and its last for ever.
public struct StepCurve: Sendable, Equatable {
  /// Where it changes, rising.
  public let places: [Double]
  /// What it is from there on, falling.
  public let values: [Double]

  /// Makes a curve from the improvements of a run.
  ///
  /// - Parameters:
  ///   - places: of the improvements, never falling; of several at one place the last counts.
  ///   - values: the best loss there. What is not an improvement is left out.
  public init(places: [Double], values: [Double]) {
    precondition(places.count == values.count, "a curve has as many values as places")
    guard !Self.isCurve(places, values) else {
      // Shared with whoever has the lists: reports of many runs have several curves of each.
      self.places = places
      self.values = values
      return
    }
    var keptPlaces: [Double] = []
    var keptValues: [Double] = []
    keptPlaces.reserveCapacity(places.count)
    keptValues.reserveCapacity(values.count)
    for (place, value) in zip(places, values) where value < keptValues.last ?? .infinity {
      if let last = keptPlaces.last {
        precondition(place >= last, "the places of a curve must not fall")
        if place == last {
          keptPlaces.removeLast()
          keptValues.removeLast()
        }
      }
      keptPlaces.append(place)
      keptValues.append(value)
    }
    self.places = keptPlaces
    self.values = keptValues
  }

  /// Whether each place has an improvement, after the place before it.
  private static func isCurve(_ places: [Double], _ values: [Double]) -> Bool {
    values.first ?? 0 < .infinity
      && zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
      && zip(values, values.dropFirst()).allSatisfy { $0 > $1 }
  }

  /// The best loss when that much was spent; infinity before the first.
  ///
  /// Complexity: logarithmic in the number of steps.
  public func value(at place: Double) -> Double {
    let count = Self.count(places.count) { places[$0] <= place }
    return count == 0 ? .infinity : values[count - 1]
  }

  /// What was spent when the loss was first no greater than a target; `nil` when it never was.
  public func place(reaching target: Double) -> Double? {
    let before = Self.count(values.count) { values[$0] > target }
    return before == values.count ? nil : places[before]
  }

  /// Places that are as far from each other by their ratio.
  ///
  /// - Parameters:
  ///   - first: the first, above 0.
  ///   - last: the last, not below the first.
  ///   - steps: how many steps a decade has at least.
  /// - Returns: the places, both ends among them.
  public static func grid(
    from first: Double, to last: Double, perDecade steps: Int = 20
  ) -> [Double] {
    precondition(first > 0 && last >= first && last.isFinite, "no grid from \(first) to \(last)")
    guard last > first else { return [first] }
    let count = max(1, Int((log10(last / first) * Double(steps)).rounded(.up)))
    return logarithmic(from: first, to: last, count: count + 1)
  }

  /// Numbers with equal ratios; the last is exactly what is asked for.
  static func logarithmic(from first: Double, to last: Double, count: Int) -> [Double] {
    let ratio = log(last / first) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? last : first * exp(ratio * Double($0)) }
  }

  /// How many of the first of `count` places satisfy what no later one does.
  private static func count(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
    var lower = 0
    var upper = count
    while lower < upper {
      let middle = (lower + upper) / 2
      if isBefore(middle) { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
