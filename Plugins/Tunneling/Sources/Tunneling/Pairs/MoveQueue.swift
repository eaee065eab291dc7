/// The moves of a class from a base point in the order of their gains, made as far as they are asked for.
///
/// For each coordinate all pairs of an element of a left list and one of a right list, whose changes add up. Of equal gains that of the lower
/// coordinate comes first, so that the order does not depend on how the lists came about.
struct MoveQueue {
  private struct Node: Comparable {
    var gain: Double
    var row: Int32
    var left: Int32
    var right: Int32
    /// Whether it is the first pair of its left element.
    var isFirst: Bool

    static func < (one: Node, other: Node) -> Bool {
      one.gain != other.gain
        ? one.gain < other.gain
        : (one.row, one.left, one.right) < (other.row, other.left, other.right)
    }
  }

  private let kind: PairMove.Kind
  /// Whether the first one of a pair goes to where nothing more is violated.
  private let startsFree: Bool
  /// Whether the second one does.
  private let endsFree: Bool
  private var heap = LeastHeap<Node>()
  /// Whether it is of the base point.
  private(set) var isMade = false

  /// An empty queue.
  init(_ kind: PairMove.Kind) {
    self.kind = kind
    startsFree = kind == .single || kind == .room || kind == .free
    endsFree = kind == .repair || kind == .free || kind == .any
  }

  /// The lowest gain that is left.
  var head: Double? { heap.first?.gain }

  /// Forgets everything: the base point has moved.
  mutating func forget() { isMade = false }

  /// Begins with the lists of a base point.
  ///
  /// - Parameters:
  ///   - view: from the base point.
  ///   - known: what is known of the violations of sites by now: those that were taken to be free and are not are passed over.
  ///   - pool: of the same base point.
  mutating func make(_ view: inout SiteView, _ known: [Double], _ pool: inout FreePool) {
    isMade = true
    if kind == .swap { view.renewSwaps() }
    heap.clear()
    for row in view.sites.indices {
      if let node = node(row, 0, 0, view, known, &pool) { heap.append(node) }
    }
    heap.arrange()
  }

  /// Takes the move of lowest gain out.
  mutating func next(
    _ view: SiteView, _ known: [Double], _ pool: inout FreePool
  ) -> PairMove? {
    guard let node = heap.pop() else { return nil }
    let (row, left, right) = (Int(node.row), Int(node.left), Int(node.right))
    if kind == .swap { return nextSwap(row, right, node.gain, view) }
    let first = leftSite(row, left, view)
    var move = PairMove(gain: node.gain, first: row, firstSite: first)
    if kind != .single {
      let second = partner(row, right, view, &pool) ?? first
      (move.second, move.secondSite) = (Int(view.places[second]), second)
      if !isShut(first, startsFree, known),
        let next = self.node(row, left, right + 1, view, known, &pool)
      {
        heap.push(next)
      }
    }
    if node.isFirst, let next = self.node(row, left + 1, 0, view, known, &pool) { heap.push(next) }
    return move
  }

  /// Whether a site that was taken to be free is not.
  @inline(__always)
  private func isShut(_ site: Int, _ isFree: Bool, _ known: [Double]) -> Bool {
    isFree && known[site] > 0
  }

  /// The first pair of a row from a left and a right rank on that is not shut; `nil` when its lists are shorter.
  private func node(
    _ row: Int, _ left: Int, _ right: Int, _ view: SiteView, _ known: [Double],
    _ pool: inout FreePool
  ) -> Node? {
    if kind == .swap {
      guard let (gain, partner) = view.swaps.best(row), gain < -view.least else { return nil }
      return Node(gain: gain, row: Int32(row), left: 0, right: Int32(partner), isFirst: false)
    }
    var (left, second) = (left, right)
    while left < leftCount(row, view), isShut(leftSite(row, left, view), startsFree, known) {
      left += 1
    }
    guard left < leftCount(row, view) else { return nil }
    var gain = view.changes[leftSite(row, left, view)]
    if kind != .single {
      var site = partner(row, second, view, &pool)
      while let shut = site, isShut(shut, endsFree, known) {
        second += 1
        site = partner(row, second, view, &pool)
      }
      guard let site else { return nil }
      gain += view.changes[site]
    }
    return Node(
      gain: gain, row: Int32(row), left: Int32(left), right: Int32(second), isFirst: right == 0)
  }

  /// The swap of a coordinate and another one; its next best one is looked for.
  private mutating func nextSwap(
    _ row: Int, _ other: Int, _ gain: Double, _ view: SiteView
  ) -> PairMove? {
    var best: Node?
    for partner in 0..<row {
      guard let (next, _, _) = view.swap(row, partner), next < -view.least,
        next > gain || next == gain && partner > other
      else { continue }
      let node = Node(
        gain: next, row: Int32(row), left: 0, right: Int32(partner), isFirst: false)
      if best.map({ node < $0 }) ?? true { best = node }
    }
    if let best { heap.push(best) }
    guard let (_, first, second) = view.swap(row, other) else { return nil }
    return PairMove(gain: gain, first: row, firstSite: first, second: other, secondSite: second)
  }

  /// How many sites the left list of a row has.
  @inline(__always)
  private func leftCount(_ row: Int, _ view: SiteView) -> Int {
    startsFree ? view.free.count(row) : view.busy.count(row)
  }

  /// The site of a rank in the left list of a row.
  @inline(__always)
  private func leftSite(_ row: Int, _ rank: Int, _ view: SiteView) -> Int {
    startsFree ? view.free.site(row, rank) : view.busy.site(row, rank)
  }

  /// The site of a rank in the right list of a row.
  private func partner(
    _ row: Int, _ rank: Int, _ view: SiteView, _ pool: inout FreePool
  ) -> Int? {
    if kind == .any { return pool.site(rank, view) }
    let taker = view.takerRow(row)
    switch kind {
    case .exchange, .room:
      return rank < view.busyTakers.count(taker) ? view.busyTakers.site(taker, rank) : nil
    case .repair, .free:
      return rank < view.freeTakers.count(taker) ? view.freeTakers.site(taker, rank) : nil
    case .single, .swap, .any: return nil
    }
  }
}
