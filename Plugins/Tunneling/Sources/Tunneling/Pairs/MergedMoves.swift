/// Halves of moves, the lowest gain first, put in order as far as they are asked for.
///
/// Of most lists no more than the first one is ever looked at.
final class HalfList {
  /// One half of a pair, or a whole one.
  struct Half {
    var gain: Double
    var place: Int
    var site: Int
    /// The second one of a whole pair; −1: half a pair.
    var partner = -1
    var partnerSite = 0
  }

  /// How many there are.
  let count: Int
  private var ordered: [Half] = []
  /// Those that were not asked for yet; a heap, the lowest gain first, once a second one was.
  private var rest: [Half]
  private var isHeap = false

  /// Takes halves in any order.
  init(_ halves: [Half]) {
    rest = halves
    count = halves.count
    guard var least = halves.indices.first else { return }
    for index in halves.indices where halves[index].gain < halves[least].gain { least = index }
    rest.swapAt(least, count - 1)
    ordered.append(rest.removeLast())
  }

  /// All of them, in any order.
  var all: [Half] { ordered + rest }

  /// The half of a rank.
  subscript(rank: Int) -> Half {
    while ordered.count <= rank { order() }
    return ordered[rank]
  }

  /// Puts one more in order.
  private func order() {
    rest.withUnsafeMutableBufferPointer { rest in
      if !isHeap {
        for place in stride(from: rest.count / 2 - 1, through: 0, by: -1) {
          Self.sink(place, rest, rest.count)
        }
      }
      rest.swapAt(0, rest.count - 1)
      Self.sink(0, rest, rest.count - 1)
    }
    isHeap = true
    ordered.append(rest.removeLast())
  }

  private static func sink(_ start: Int, _ heap: UnsafeMutableBufferPointer<Half>, _ count: Int) {
    var place = start
    while true {
      var child = 2 * place + 1
      guard child < count else { return }
      if child + 1 < count, heap[child + 1].gain < heap[child].gain { child += 1 }
      guard heap[child].gain < heap[place].gain else { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}

/// A list of moves in the order of their gains, made as far as it is asked for.
///
/// Of each row all pairs of an element of its left and of its right list; their gains add up.
struct MergedMoves {
  /// Two lists; without a right one moves are those of the left.
  struct Row {
    var left: HalfList
    var right: HalfList?
  }

  private struct Node {
    var gain: Double
    var row: Int32
    var left: Int32
    var right: Int32
  }

  private let rows: [Row]
  /// A heap, the lowest gain first.
  private var heap: [Node] = []

  /// Takes rows.
  init(_ rows: [Row]) {
    self.rows = rows
    heap.reserveCapacity(rows.count)
    for row in rows.indices { push(row, 0, 0) }
  }

  /// The lowest gain that is left.
  var head: Double? { heap.first?.gain }

  /// Takes the move of lowest gain out.
  mutating func next() -> PairMove? {
    guard let node = heap.first else { return nil }
    pop()
    let (row, left, right) = (Int(node.row), Int(node.left), Int(node.right))
    let first = rows[row].left[left]
    var move = PairMove(
      gain: node.gain, first: first.place, firstSite: first.site, second: first.partner,
      secondSite: first.partnerSite)
    if let partners = rows[row].right {
      let second = partners[right]
      (move.second, move.secondSite) = (second.place, second.site)
      push(row, left, right + 1)
    }
    if right == 0 { push(row, left + 1, 0) }
    return move
  }

  private mutating func push(_ row: Int, _ left: Int, _ right: Int) {
    let lists = rows[row]
    guard left < lists.left.count, right < lists.right?.count ?? 1 else { return }
    let gain = lists.left[left].gain + (lists.right?[right].gain ?? 0)
    heap.append(Node(gain: gain, row: Int32(row), left: Int32(left), right: Int32(right)))
    var place = heap.count - 1
    while place > 0, heap[place].gain < heap[(place - 1) / 2].gain {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func pop() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    let count = heap.count
    heap.withUnsafeMutableBufferPointer { heap in
      var place = 0
      while true {
        var child = 2 * place + 1
        guard child < count else { break }
        if child + 1 < count, heap[child + 1].gain < heap[child].gain { child += 1 }
        guard heap[child].gain < last.gain else { break }
        heap[place] = heap[child]
        place = child
      }
      heap[place] = last
    }
  }
}
