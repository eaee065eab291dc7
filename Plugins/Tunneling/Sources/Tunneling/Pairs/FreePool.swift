/// All sites of a base point where nothing more is violated, in the order of their changes, as far as they are asked for.
struct FreePool {
  private struct Node: Comparable {
    var change: Double
    var place: Int32
    var rank: Int32

    static func < (one: Node, other: Node) -> Bool {
      one.change != other.change
        ? one.change < other.change : (one.place, one.rank) < (other.place, other.rank)
    }
  }

  private var heap = LeastHeap<Node>()
  private var order: [Int32] = []
  private var isMade = false

  /// Forgets everything: the base point has moved.
  mutating func forget() { isMade = false }

  /// The site of a rank; `nil`: there are fewer.
  mutating func site(_ rank: Int, _ view: SiteView) -> Int? {
    if !isMade { make(view) }
    while order.count <= rank {
      guard let node = heap.pop() else { return nil }
      let place = Int(node.place)
      order.append(Int32(view.free.site(place, Int(node.rank))))
      if let next = self.node(place, Int(node.rank) + 1, view) { heap.push(next) }
    }
    return Int(order[rank])
  }

  private mutating func make(_ view: SiteView) {
    isMade = true
    order.removeAll(keepingCapacity: true)
    heap.clear()
    for place in view.sites.indices {
      if let node = node(place, 0, view) { heap.append(node) }
    }
    heap.arrange()
  }

  private func node(_ place: Int, _ rank: Int, _ view: SiteView) -> Node? {
    guard rank < view.free.count(place) else { return nil }
    return Node(
      change: view.changes[view.free.site(place, rank)], place: Int32(place), rank: Int32(rank))
  }
}
