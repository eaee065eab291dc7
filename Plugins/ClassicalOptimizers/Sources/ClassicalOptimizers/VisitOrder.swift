import QHostInterfaces

/// The order in which parameters are visited: each once in a round, neighbours far apart.
///
/// With m parameters, visit t is at number t·s mod m, where s is the first number from ⌊40503 m / 65536⌋ on that has no
/// divisor in common with m: about 0.618 m, the golden section, so that any few visits are spread over all layers.
struct VisitOrder {
  /// The coordinates in the order of the problem, [m].
  private let coordinates: [Int]
  private let stride: Int

  /// m, the number of coordinates.
  var count: Int { coordinates.count }

  /// Finds the parameters of a problem that are changed.
  ///
  /// - Parameters:
  ///   - problem: the search space.
  ///   - only: the last parts of the names of blocks, with commas; empty: all; `auto`: weights and biases where there are
  ///     such blocks, else all.
  /// - Throws: kind `parameter` where there is none.
  init(_ problem: Problem, only: String) throws(ComponentError) {
    let isChosen = only != "auto"
    let ends = (isChosen ? only : "weight,bias").split(separator: ",").map {
      $0.filter { $0 != " " }
    }
    var allowed = [Bool](
      repeating: ends.isEmpty || problem.blocks.isEmpty, count: problem.dimension)
    for block in problem.blocks
    where ends.contains(where: { block.name == $0 || block.name.hasSuffix("." + $0) }) {
      for index in block.offset..<block.offset + block.shape.count { allowed[index] = true }
    }
    if !isChosen, !allowed.contains(true) {
      allowed = Array(repeating: true, count: problem.dimension)
    }
    coordinates = (0..<problem.dimension).filter { allowed[$0] }
    guard !coordinates.isEmpty else {
      throw .parameter(
        "only = '\(only)' names no block of the model; its blocks are "
          + problem.blocks.map(\.name).joined(separator: ", "))
    }
    stride = Self.stride(coordinates.count)
  }

  /// s, the stride that visits each coordinate once.
  static func stride(_ count: Int) -> Int {
    var stride = max(1, (count * 40503) >> 16)
    while Self.divisor(stride, count) != 1 { stride += 1 }
    return stride
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

  /// The coordinate of visit `visit`, 0 ..< m.
  func index(_ visit: Int) -> Int { coordinates[visit * stride % coordinates.count] }
}
