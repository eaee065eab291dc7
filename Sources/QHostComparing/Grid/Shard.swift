public import QHostRuntime

/// One of several parts of a comparison that different machines do.
public struct Shard: Sendable, Codable, Equatable {
  /// Which part, from 1.
  public var index: Int
  /// How many parts there are.
  public var count: Int

  /// All of it.
  public static let whole = Shard(index: 1, count: 1)

  /// Makes a part.
  public init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads `k/N`.
  ///
  /// - Throws: kind `usage`.
  public init(_ text: String) throws(RunError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1,
      (1...count).contains(index)
    else {
      throw RunError(.usage, "--shard cannot be '\(text)': write k/N with 1 <= k <= N, such as 2/4")
    }
    self.init(index: index, count: count)
  }

  /// Whether a cell is in this part.
  ///
  /// Each round of seeds begins with another part, so that no part gets all cells of one optimizer.
  ///
  /// - Parameters:
  ///   - cell: the number of the cell, from 1, or of its training.
  ///   - width: the cells, or trainings, of one seed.
  /// - Returns: whether it is.
  func holds(cell: Int, width: Int) -> Bool {
    let place = cell - 1
    return (place + place / max(width, 1)) % count == index - 1
  }
}
