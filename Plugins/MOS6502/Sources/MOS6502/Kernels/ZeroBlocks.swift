/// Groups of inputs that are often all zero at once.
///
/// The code of a block is skipped where all its inputs are 0. Which inputs belong together is found
/// from the calibration rows: a block grows by the input that makes it the least often active, and
/// stays as long as skipping saves more than the test costs.
struct ZeroBlocks: Sendable {
  /// The inputs of each block.
  private(set) var blocks: [[Int]] = []
  /// The inputs whose code always runs.
  private(set) var others: [Int] = []

  /// Finds blocks.
  ///
  /// - Parameters:
  ///   - rows: [B][F], typical inputs.
  ///   - largest: the most inputs of a block.
  ///   - perMille: in how many of a thousand rows a block may run.
  ///   - costs: what blocks cost, and which are possible.
  init(rows: [[UInt8]], largest: Int, perMille: Int, costs: BlockCosts) {
    let most = rows.count * perMille / 1000
    let activity = Self.activity(rows, inputCount: costs.inputCount)
    var free = Set(0..<costs.inputCount)
    var tried: Set<Int> = []
    while let seed = free.subtracting(tried).min(by: {
      (activity[$0].count, $0) < (activity[$1].count, $1)
    }) {
      let block = Self.grown(from: seed, free, activity, (rows.count, most), largest, costs)
      if block.isEmpty {
        tried.insert(seed)
      } else {
        blocks.append(block.sorted())
        free.subtract(block)
      }
    }
    others = free.sorted()
  }

  private static func grown(
    from seed: Int, _ free: Set<Int>, _ activity: [RowSet], _ rows: (count: Int, most: Int),
    _ largest: Int,
    _ costs: BlockCosts
  ) -> [Int] {
    var (block, union, size) = ([seed], activity[seed], costs.size(of: seed))
    var candidates = free.subtracting([seed]).sorted()
    var best: (saving: Double, block: [Int]) = (0, [])
    while true {
      let share = Double(union.count) / Double(max(rows.count, 1))
      let saving = costs.saving(block, activeShare: share) / Double(block.count)
      if saving > best.saving, union.count <= rows.most { best = (saving, block) }
      candidates.removeAll { !costs.fits(size, adding: $0) }
      let counts = candidates.map { union.unionCount(activity[$0]) }
      guard block.count < largest,
        let place = counts.indices.min(by: { (counts[$0], $0) < (counts[$1], $1) })
      else { return costs.fitting(best.block) }
      let next = candidates.remove(at: place)
      size.add(costs.size(of: next))
      block.append(next)
      union.formUnion(activity[next])
    }
  }

  private static func activity(_ rows: [[UInt8]], inputCount: Int) -> [RowSet] {
    (0..<inputCount).map { input in
      var set = RowSet(rowCount: rows.count)
      for (row, values) in rows.enumerated() where values[input] != 0 { set.insert(row) }
      return set
    }
  }
}

/// A set of rows.
struct RowSet: Sendable {
  private var words: [UInt64]
  private(set) var count = 0

  init(rowCount: Int) { words = Array(repeating: 0, count: (rowCount + 63) / 64) }

  mutating func insert(_ row: Int) {
    words[row / 64] |= 1 << UInt64(row % 64)
    count += 1
  }

  func unionCount(_ other: RowSet) -> Int {
    var total = 0
    for index in words.indices { total += (words[index] | other.words[index]).nonzeroBitCount }
    return total
  }

  mutating func formUnion(_ other: RowSet) {
    count = unionCount(other)
    for index in words.indices { words[index] |= other.words[index] }
  }
}
