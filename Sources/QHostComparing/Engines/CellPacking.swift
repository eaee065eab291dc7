/// Cells packed into elements of an array, by how long they may take.
///
/// The longest cell first, each into the element that has the least so far (R. L. Graham, SIAM J. Appl. Math. 17 (1969)
/// 416, rule LPT): no element takes longer than 4/3 of the best that there is.
public enum CellPacking {
  /// An element is to take this long at least: to start one costs a scheduler a second and more.
  public static let leastSeconds = 60.0
  /// Elements that a scheduler takes as it comes: Slurm's MaxArraySize is 1001, and 0 is one of its numbers.
  public static let mostElements = 1_000

  /// Packs cells.
  ///
  /// - Parameters:
  ///   - cells: the cells, each with the seconds that it may take.
  ///   - width: cells that an element does at the same time.
  ///   - leastSeconds: what an element is to take at least.
  /// - Returns: the cells of each element, in order; none is empty.
  ///
  /// Complexity: O(n log n + n k) for n cells and k elements.
  public static func elements(
    _ cells: [(number: Int, seconds: Double)], width: Int, leastSeconds: Double = Self.leastSeconds
  ) -> [[Int]] {
    let total = cells.reduce(0) { $0 + $1.seconds } / Double(max(width, 1))
    let wanted = Int(min(total / leastSeconds, Double(mostElements)))
    let count = max(1, min(wanted, cells.count))
    var elements = [(seconds: Double, cells: [Int])](repeating: (0, []), count: count)
    let sorted = cells.sorted {
      $0.seconds == $1.seconds ? $0.number < $1.number : $0.seconds > $1.seconds
    }
    for cell in sorted {
      var least = 0
      for place in elements.indices
      where (elements[place].seconds, elements[place].cells.count)
        < (elements[least].seconds, elements[least].cells.count)
      { least = place }
      elements[least].seconds += cell.seconds
      elements[least].cells.append(cell.number)
    }
    return elements.map { $0.cells.sorted() }.filter { !$0.isEmpty }
  }

  /// How evenly elements took their time.
  public struct Evenness: Sendable, Equatable {
    /// Elements.
    public let count: Int
    /// Seconds of an element, on average.
    public let meanSeconds: Double
    /// Seconds of the longest.
    public let longestSeconds: Double

    /// The longest by the mean: 1 is even.
    public var ratio: Double { longestSeconds / meanSeconds }

    /// That of elements that took some seconds each; `nil` of fewer than two, or when none took any.
    init?(_ seconds: [Double]) {
      let total = seconds.reduce(0, +)
      guard seconds.count > 1, total > 0, let longest = seconds.max() else { return nil }
      count = seconds.count
      meanSeconds = total / Double(seconds.count)
      longestSeconds = longest
    }
  }
}
