/// The parts of a test function in a binary tree, so that all but a few are combined in O(log n).
///
/// Nothing is ever subtracted or divided out: however often parts are replaced, the results are
/// those of a fresh fold, to rounding.
struct FoldTree<Function: TestFunction> {
  /// Node k has children 2k and 2k + 1; the parts are the last half.
  private var nodes: [Function.Partial]
  private let count: Int

  /// Builds the tree of parts.
  init(_ parts: [Function.Partial]) {
    count = parts.count
    nodes = Array(repeating: Function.empty, count: count) + parts
    for node in stride(from: count - 1, to: 0, by: -1) {
      nodes[node] = Function.combined(nodes[2 * node], nodes[2 * node + 1])
    }
  }

  /// Replaces one part, in O(log n).
  @inline(__always)
  mutating func replace(_ index: Int, with part: Function.Partial) {
    var node = count + index
    nodes[node] = part
    while node > 1 {
      node /= 2
      nodes[node] = Function.combined(nodes[2 * node], nodes[2 * node + 1])
    }
  }

  /// All parts but those in a range, combined, in O(log n).
  @inline(__always)
  func fold(excluding excluded: Range<Int>) -> Function.Partial {
    Function.combined(fold(0..<excluded.lowerBound), fold(excluded.upperBound..<count))
  }

  @inline(__always)
  private func fold(_ range: Range<Int>) -> Function.Partial {
    var result = Function.empty
    var low = range.lowerBound + count
    var high = range.upperBound + count
    while low < high {
      if low & 1 == 1 {
        result = Function.combined(result, nodes[low])
        low += 1
      }
      if high & 1 == 1 {
        high -= 1
        result = Function.combined(result, nodes[high])
      }
      low /= 2
      high /= 2
    }
    return result
  }
}
