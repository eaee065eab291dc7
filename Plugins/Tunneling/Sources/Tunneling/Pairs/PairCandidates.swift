/// The moves from a base point by what the table predicts, the most promising first, class by class.
struct PairCandidates {
  /// A class is given up at a base point after this many fruitless moves of it.
  private static let patience = 24
  /// Before the first throw it is after three times as many, and no fewer than two for each coordinate.
  private static let firstPatience = (times: 3, perCoordinate: 2)
  /// A class that has kept no promise in so many moves gets two for each descent from then on.
  private static let trial = 48
  /// How much of what is known of a class's success stays with each move of it.
  private static let memory = 0.98

  private var tried = Array(repeating: 0.0, count: PairMove.Kind.all.count)
  private var won = Array(repeating: 0.0, count: PairMove.Kind.all.count)
  private var everTried = Array(repeating: 0, count: PairMove.Kind.all.count)
  private var everWon = Array(repeating: 0, count: PairMove.Kind.all.count)
  private var fruitless = Array(repeating: 0, count: PairMove.Kind.all.count)
  /// Moves that failed, by the sites that they leave and go to.
  private var failed = KeySet()
  // Made from the rest when a base point is new.
  private var queues = PairMove.Kind.all.map { MoveQueue($0) }
  private var heads: [PairMove?] = PairMove.Kind.all.map { _ in nil }
  private var pool = FreePool()

  /// Begins a new descent.
  mutating func begin() {
    for kind in fruitless.indices { fruitless[kind] = 0 }
    failed.removeAll()
    renew()
  }

  /// Forgets the queues: the base point has moved.
  mutating func renew() {
    for index in queues.indices {
      queues[index].forget()
      heads[index] = nil
    }
    pool.forget()
  }

  /// The move that promises most: its gain times how often its class has been right.
  ///
  /// - Parameters:
  ///   - view: from the base point.
  ///   - known: what is known of the violations of sites by now.
  ///   - isFirst: whether this is the descent before the first kick.
  /// - Returns: `nil` when nothing is left that promises anything.
  mutating func next(_ view: inout SiteView, _ known: [Double], isFirst: Bool) -> (
    kind: PairMove.Kind, move: PairMove
  )? {
    var best: (kind: PairMove.Kind, move: PairMove)?
    var bestScore = 0.0
    for index in queues.indices {
      guard let kind = PairMove.Kind(rawValue: index),
        fruitless[index] < patience(kind, view, isFirst: isFirst)
      else { continue }
      let trust = (won[index] + 1) / (tried[index] + 2)
      // Most classes need not look which of their moves are open: even the first one would not be chosen.
      guard -lowestGain(index, &view, known) * trust > bestScore,
        let move = head(kind, &view, known), -move.gain * trust > bestScore
      else { continue }
      (best, bestScore) = ((kind, move), -move.gain * trust)
    }
    return best
  }

  /// A bound of the gains that a class has left; 0: it has none.
  private mutating func lowestGain(
    _ index: Int, _ view: inout SiteView, _ known: [Double]
  ) -> Double {
    if let move = heads[index] { return move.gain }
    if !queues[index].isMade { queues[index].make(&view, known, &pool) }
    return queues[index].head ?? 0
  }

  private func patience(_ kind: PairMove.Kind, _ view: SiteView, isFirst: Bool) -> Int {
    if everWon[kind.rawValue] == 0, everTried[kind.rawValue] >= Self.trial { return 2 }
    guard isFirst else { return Self.patience }
    return max(
      Self.firstPatience.times * Self.patience,
      Self.firstPatience.perCoordinate * view.sites.count)
  }

  /// Learns how a move went.
  ///
  /// - Parameters:
  ///   - kind: its class.
  ///   - key: its number, see ``SiteView/key(_:)``.
  ///   - isBetter: whether it was kept.
  mutating func note(_ kind: PairMove.Kind, key: UInt64, isBetter: Bool) {
    let index = kind.rawValue
    tried[index] = Self.memory * tried[index] + 1
    won[index] = Self.memory * won[index] + (isBetter ? 1 : 0)
    everTried[index] += 1
    if isBetter { everWon[index] += 1 }
    fruitless[index] = isBetter ? 0 : fruitless[index] + 1
    heads[index] = nil
    if !isBetter { failed.insert(key) }
  }

  private mutating func head(
    _ kind: PairMove.Kind, _ view: inout SiteView, _ known: [Double]
  ) -> PairMove? {
    let index = kind.rawValue
    if let move = heads[index], isOpen(move, kind, view, known) { return move }
    heads[index] = nil
    while let gain = queues[index].head, gain < -view.least {
      guard let move = queues[index].next(view, known, &pool), isOpen(move, kind, view, known)
      else {
        continue
      }
      heads[index] = move
      break
    }
    return heads[index]
  }

  /// Whether a move is of a class and has neither failed nor lost what it counts on.
  private func isOpen(
    _ move: PairMove, _ kind: PairMove.Kind, _ view: SiteView, _ known: [Double]
  ) -> Bool {
    guard view.isOf(kind, move), !failed.contains(view.key(move)) else { return false }
    if view.isFree(move.firstSite), known[move.firstSite] > 0 { return false }
    return move.second < 0 || !view.isFree(move.secondSite)
      || known[move.secondSite] <= 0
  }
}

extension PairCandidates {
  /// Numbers for a state.
  var reals: [Double] { tried + won }
  /// Integers for a state.
  var integers: [Int] {
    fruitless + everTried + everWon + failed.keys.map { Int(bitPattern: UInt($0)) }
  }

  /// Takes what a state has.
  mutating func take(reals: [Double], integers: [Int]) {
    let count = PairMove.Kind.all.count
    tried = Array(reals.prefix(count))
    won = Array(reals.dropFirst(count).prefix(count))
    fruitless = Array(integers.prefix(count))
    everTried = Array(integers.dropFirst(count).prefix(count))
    everWon = Array(integers.dropFirst(2 * count).prefix(count))
    failed = KeySet(integers.dropFirst(3 * count).map { UInt64(UInt(bitPattern: $0)) })
    renew()
  }
}
