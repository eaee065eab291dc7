internal import CLinkAdaptation
internal import QHostInterfaces
internal import QHostRandomness

/// States of one split: what is known, the teacher's values, and for held-out ones what any scheme would have come to.
struct StateTable: Sendable {
  static let inputCount = Teacher.inputCount
  static let schemeCount = Teacher.schemeCount
  /// Floats of a future: mean informations after one to four transmissions, of four constellations.
  static let futureCount = Int(QHOST_KERNEL_LINK_ROUNDS * QHOST_KERNEL_LINK_ORDERS)

  var inputs: [Float] = []
  var values: [Float] = []
  var futures: [Float] = []

  var rowCount: Int { inputs.count / Self.inputCount }

  /// The scheme that the teacher chooses in a row.
  func choice(_ row: Int) -> Int {
    let start = row * Self.schemeCount
    var best = 0
    for m in 1..<Self.schemeCount where values[start + m] > values[start + best] { best = m }
    return best
  }

  /// What becomes of a scheme's block that is sent in a row.
  func outcome(_ row: Int, scheme: Int, _ plan: LinkPlan) -> qhost_kernel_link_outcome {
    var future = qhost_kernel_link_future()
    withUnsafeMutableBytes(of: &future) { bytes in
      futures.withUnsafeBytes {
        bytes.copyMemory(
          from: UnsafeRawBufferPointer(
            rebasing: $0[(row * Self.futureCount * 4)..<((row + 1) * Self.futureCount * 4)]))
      }
    }
    let size = Int32(inputs[row * Self.inputCount + LinkInput.allocation.rawValue]) - 3
    return qhost_kernel_link_expect(plan.start, size, &future, Int32(scheme))
  }

  /// Takes over the first rows of another table, up to a count of all.
  mutating func append(_ other: StateTable, upTo count: Int) {
    let rows = min(other.rowCount, count - rowCount)
    guard rows > 0 else { return }
    inputs += other.inputs[..<(rows * Self.inputCount)]
    values += other.values[..<(rows * Self.schemeCount)]
    // Training rows have none.
    futures += other.futures.prefix(rows * Self.futureCount)
  }
}
