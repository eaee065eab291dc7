import QHostInterfaces

/// Parameters by the names of the blocks that they are in.
struct BlockSelection {
  /// Their numbers, rising.
  let coordinates: [Int]

  /// Those of blocks of a problem.
  ///
  /// - Parameters:
  ///   - text: names with commas between; each is that of a block, or what blocks' names begin with up to a point.
  ///   - key: the parameter that has the text, for messages.
  ///   - problem: has the blocks.
  /// - Throws: a parameter error that names the blocks, for a name that none has.
  init(_ text: String, of key: String, in problem: Problem) throws(ComponentError) {
    var chosen: Set<Int> = []
    for name in text.split(separator: ",").map({ $0.trimmingPrefix(while: \.isWhitespace) }) {
      let blocks = problem.blocks.filter { $0.name == name || $0.name.hasPrefix(name + ".") }
      guard !blocks.isEmpty else {
        let names = problem.blocks.map(\.name).joined(separator: ", ")
        throw .parameter(
          "\(key) names the block '\(name)', which the model does not have; "
            + (names.isEmpty ? "it names no blocks" : "choose among \(names)"))
      }
      for block in blocks { chosen.formUnion(block.offset..<block.offset + block.shape.count) }
    }
    coordinates = chosen.sorted()
  }

  /// Those of the first block; the first half, rounded up, of a problem that names none.
  init(firstOf problem: Problem) {
    guard let block = problem.blocks.first else {
      coordinates = Array(0..<(problem.dimension + 1) / 2)
      return
    }
    coordinates = Array(block.offset..<block.offset + block.shape.count)
  }

  /// Those that are not among others.
  init(otherThan selection: BlockSelection, in problem: Problem) {
    let taken = Set(selection.coordinates)
    coordinates = (0..<problem.dimension).filter { !taken.contains($0) }
  }

  /// The problem of these parameters alone, from where all of them stand.
  ///
  /// - Parameters:
  ///   - problem: of all parameters.
  ///   - base: where they stand, [n].
  /// - Returns: a problem that is answered at points.
  func problem(of problem: Problem, at base: [Double]) -> Problem {
    Problem(
      queries: .points, initial: coordinates.map { base[$0] },
      kinds: coordinates.map { problem.kinds[$0] }, lower: coordinates.map { problem.lower[$0] },
      upper: coordinates.map { problem.upper[$0] }, scales: coordinates.map { problem.scales[$0] },
      rowCount: problem.rowCount)
  }
}
