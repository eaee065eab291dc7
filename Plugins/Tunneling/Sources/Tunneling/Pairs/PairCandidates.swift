/// The moves from a base point by what the table predicts, the most promising first, class by class.
struct PairCandidates {
  /// A class is given up at a base point after so many fruitless moves of it.
  private static let patience = 24
  /// Before the first throw it is after three times as many, and no fewer than two for each coordinate.
  private static let firstPatience = (times: 3, perCoordinate: 2)
  /// A class that has kept no promise in so many moves gets two for each descent from then on.
  private static let trial = 48
  /// How much of what is known of a class's success stays with each move of it.
  private static let memory = 0.98

  private var tried = Array(repeating: 0.0, count: PairMove.Kind.allCases.count)
  private var won = Array(repeating: 0.0, count: PairMove.Kind.allCases.count)
  private var everTried = Array(repeating: 0, count: PairMove.Kind.allCases.count)
  private var everWon = Array(repeating: 0, count: PairMove.Kind.allCases.count)
  private var fruitless = Array(repeating: 0, count: PairMove.Kind.allCases.count)
  /// Moves that failed, by the sites that they leave and go to.
  private var failed: Set<UInt64> = []
  // Made from the rest when a base point is new.
  private var lists: [MergedMoves?] = []
  private var heads: [PairMove?] = []
  private var sorted: SiteLists?

  /// Begins a new descent.
  mutating func begin() {
    for kind in fruitless.indices { fruitless[kind] = 0 }
    failed.removeAll(keepingCapacity: true)
    renew()
  }

  /// Forgets the lists: the base point has moved.
  mutating func renew() {
    lists = Array(repeating: nil, count: PairMove.Kind.allCases.count)
    heads = Array(repeating: nil, count: PairMove.Kind.allCases.count)
    sorted = nil
  }

  /// The move that promises most: its gain times how often its class has been right.
  ///
  /// - Parameters:
  ///   - view: the table as it was when the base point was new.
  ///   - table: what is known of violations by now.
  ///   - isFirst: whether this is the descent before the first kick.
  /// - Returns: `nil` when nothing is left that promises anything.
  mutating func next(_ view: SiteView, _ table: SiteTable, isFirst: Bool) -> (
    kind: PairMove.Kind, move: PairMove
  )? {
    if lists.isEmpty { renew() }
    var best: (kind: PairMove.Kind, move: PairMove)?
    var bestScore = 0.0
    for kind in PairMove.Kind.allCases {
      guard fruitless[kind.rawValue] < patience(kind, view, isFirst: isFirst),
        let move = head(kind, view, table)
      else { continue }
      let score = -move.gain * (won[kind.rawValue] + 1) / (tried[kind.rawValue] + 2)
      if score > bestScore { (best, bestScore) = ((kind, move), score) }
    }
    return best
  }

  private func patience(_ kind: PairMove.Kind, _ view: SiteView, isFirst: Bool) -> Int {
    if everWon[kind.rawValue] == 0, everTried[kind.rawValue] >= Self.trial { return 2 }
    guard isFirst else { return Self.patience }
    return max(
      Self.firstPatience.times * Self.patience,
      Self.firstPatience.perCoordinate * view.sites.count)
  }

  /// Learns how a move went.
  mutating func note(_ kind: PairMove.Kind, _ move: PairMove, _ view: SiteView, isBetter: Bool) {
    let index = kind.rawValue
    tried[index] = Self.memory * tried[index] + 1
    won[index] = Self.memory * won[index] + (isBetter ? 1 : 0)
    everTried[index] += 1
    if isBetter { everWon[index] += 1 }
    fruitless[index] = isBetter ? 0 : fruitless[index] + 1
    heads[index] = nil
    if !isBetter { failed.insert(view.key(move)) }
  }

  private mutating func head(
    _ kind: PairMove.Kind, _ view: SiteView, _ table: SiteTable
  ) -> PairMove? {
    let index = kind.rawValue
    if let move = heads[index], isOpen(move, kind, view, table) {
      return move
    }
    let sorted = self.sorted ?? SiteLists(view)
    self.sorted = sorted
    var list = lists[index] ?? sorted.moves(kind)
    defer { lists[index] = list }
    lists[index] = nil
    while let gain = list.head, gain < -view.least, let move = list.next() {
      guard isOpen(move, kind, view, table) else { continue }
      heads[index] = move
      return move
    }
    heads[index] = nil
    return nil
  }

  /// Whether a move is of a class and has neither failed nor lost what it counts on.
  private func isOpen(
    _ move: PairMove, _ kind: PairMove.Kind, _ view: SiteView, _ table: SiteTable
  ) -> Bool {
    guard view.isOf(kind, move), !failed.contains(view.key(move)) else { return false }
    if view.isFree(move.firstSite), table.violations[move.firstSite] > 0 { return false }
    return move.second < 0 || !view.isFree(move.secondSite)
      || table.violations[move.secondSite] <= 0
  }
}

extension PairCandidates {
  /// Numbers for a state.
  var reals: [Double] { tried + won }
  /// Whole numbers for a state.
  var integers: [Int] {
    fruitless + everTried + everWon + failed.sorted().map { Int(bitPattern: UInt($0)) }
  }

  /// Takes what a state has.
  mutating func take(reals: [Double], integers: [Int]) {
    let count = PairMove.Kind.allCases.count
    tried = Array(reals.prefix(count))
    won = Array(reals.dropFirst(count).prefix(count))
    fruitless = Array(integers.prefix(count))
    everTried = Array(integers.dropFirst(count).prefix(count))
    everWon = Array(integers.dropFirst(2 * count).prefix(count))
    failed = Set(integers.dropFirst(3 * count).map { UInt64(UInt(bitPattern: $0)) })
    renew()
  }
}
