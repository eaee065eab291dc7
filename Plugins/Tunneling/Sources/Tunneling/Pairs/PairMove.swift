/// One coordinate that goes to another site, or two at once.
struct PairMove: Equatable {
  /// The classes of moves, whose success is learned apart.
  enum Kind: Int, CaseIterable {
    /// One coordinate, to where nothing is violated as far as is known.
    case single
    /// The second takes the value that the first gives up; each alone violates something.
    case exchange
    /// The same; only the first one violates something.
    case repair
    /// The same; only the second one does.
    case room
    /// The same; neither does.
    case free
    /// Each takes the other's value.
    case swap
    /// Any two, one of which violates something.
    case any
  }

  /// What is predicted of it: less is better.
  var gain: Double
  /// The place of the coordinate in the table, and its new site.
  var first: Int
  var firstSite: Int
  /// The second one; −1: none.
  var second = -1
  var secondSite = 0
}

/// A list of moves in the order of their gains, made as far as it is asked for.
///
/// Of each row all pairs of an element of its left and of its right list, which are sorted; their gains add up.
struct MergedMoves {
  /// One half of a pair.
  struct Half {
    var gain: Double
    var place: Int
    var site: Int
  }

  private struct Node {
    var gain: Double
    var row: Int
    var left: Int
    var right: Int
  }

  private let rows: [(left: [Half], right: [Half])]
  /// A heap, the lowest gain first.
  private var heap: [Node] = []

  /// Takes rows of sorted lists; a row without right ones is of moves of one coordinate.
  init(_ rows: [(left: [Half], right: [Half])]) {
    self.rows = rows
    for row in rows.indices { push(row, 0, 0) }
  }

  /// The lowest gain that is left.
  var head: Double? { heap.first?.gain }

  /// Takes the move of lowest gain out.
  mutating func next() -> PairMove? {
    guard let node = heap.first else { return nil }
    pop()
    if !rows[node.row].right.isEmpty {
      push(node.row, node.left, node.right + 1)
      if node.right == 0 { push(node.row, node.left + 1, 0) }
    } else {
      push(node.row, node.left + 1, 0)
    }
    let left = rows[node.row].left[node.left]
    var move = PairMove(gain: node.gain, first: left.place, firstSite: left.site)
    if !rows[node.row].right.isEmpty {
      move.second = rows[node.row].right[node.right].place
      move.secondSite = rows[node.row].right[node.right].site
    }
    return move
  }

  private mutating func push(_ row: Int, _ left: Int, _ right: Int) {
    let lists = rows[row]
    guard left < lists.left.count, right < max(1, lists.right.count) else { return }
    let gain = lists.left[left].gain + (lists.right.isEmpty ? 0 : lists.right[right].gain)
    heap.append(Node(gain: gain, row: row, left: left, right: right))
    var place = heap.count - 1
    while place > 0, heap[place].gain < heap[(place - 1) / 2].gain {
      heap.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func pop() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
        if heap[child].gain < heap[least].gain { least = child }
      }
      guard least != place else { return }
      heap.swapAt(place, least)
      place = least
    }
  }
}
