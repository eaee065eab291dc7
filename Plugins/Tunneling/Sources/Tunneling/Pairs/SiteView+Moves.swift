extension SiteView {
  /// A number for a move from this base point.
  func key(_ move: PairMove) -> UInt64 {
    let first = UInt64(move.firstSite) << 48 | UInt64(sites[move.first]) << 32
    guard move.second >= 0 else { return first | 0xFFFF_FFFF }
    return first | UInt64(move.secondSite) << 16 | UInt64(sites[move.second])
  }

  /// Whether a move is of a class, by what is known now.
  func isOf(_ kind: PairMove.Kind, _ move: PairMove) -> Bool {
    guard move.second >= 0 else { return isFree(move.firstSite) }
    guard move.first != move.second else { return false }
    let free = (isFree(move.firstSite), isFree(move.secondSite))
    let isSwap =
      values.row[move.firstSite] == values.row[sites[move.second]]
      && values.row[move.secondSite] == values.row[sites[move.first]]
    switch kind {
    case .single: return true
    case .swap: return isSwap
    case .exchange: return free == (false, false) && !isSwap
    case .repair: return free == (false, true) && !isSwap
    case .room: return free == (true, false) && !isSwap
    case .free: return free == (true, true) && !isSwap
    case .any: return free.0 != free.1
    }
  }

  /// By how much a swap of two coordinates' values changes what counts; `nil`: they cannot, or have the same.
  func swap(_ first: Int, _ second: Int) -> (gain: Double, firstSite: Int, secondSite: Int)? {
    let own = table.wholeValue(first, of: sites[first])
    let theirs = table.wholeValue(second, of: sites[second])
    guard own != theirs, let a = table.site(first, for: theirs),
      let b = table.site(second, for: own)
    else { return nil }
    return (changes[a] + changes[b], a, b)
  }
}

extension SiteView {
  /// All moves of each class, for tests.
  package struct ClassMoves: Equatable {
    /// What they promise, in order.
    package var gains: [Double] = []
    /// The sites that they go to, as text.
    package var sites: [String] = []
  }

  /// The moves of each class in the order in which its queue gives them.
  package mutating func allMoves(_ known: SiteTable) -> [ClassMoves] {
    PairMove.Kind.all.map { kind in
      var (queue, pool, moves) = (MoveQueue(kind), FreePool(), ClassMoves())
      queue.make(&self, known.violations, &pool)
      while queue.head != nil {
        guard let move = queue.next(self, known.violations, &pool), isOf(kind, move) else {
          continue
        }
        moves.gains.append(move.gain)
        moves.sites.append("\(move.firstSite) \(move.second < 0 ? -1 : move.secondSite)")
      }
      return moves
    }
  }

  /// The same gains by trying every pair of sites, sorted.
  package func plainGains(_ known: SiteTable) -> [[Double]] {
    PairMove.Kind.all.map { kind in
      var gains: [Double] = []
      for first in changes.indices {
        let place = Int(places[first])
        guard first != sites[place] else { continue }
        if kind == .single {
          if isFree(first), known.violations[first] <= 0 { gains.append(changes[first]) }
          continue
        }
        for second in changes.indices {
          let other = Int(places[second])
          guard second != sites[other] else { continue }
          let move = PairMove(
            gain: changes[first] + changes[second], first: place, firstSite: first, second: other,
            secondSite: second)
          let takes = values.row[second] == values.row[sites[place]]
          let isWanted: Bool
          switch kind {
          case .single: isWanted = false
          case .swap: isWanted = other < place && move.gain < -least
          case .any: isWanted = !isFree(first) && isFree(second)
          case .exchange, .repair, .room, .free: isWanted = takes
          }
          if isWanted, isOf(kind, move) { gains.append(move.gain) }
        }
      }
      return gains.sorted()
    }
  }
}
