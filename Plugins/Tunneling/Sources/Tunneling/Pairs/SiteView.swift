/// The table as it looks from a base point.
struct SiteView {
  let table: SiteTable
  /// The site of each coordinate of the table.
  let sites: [Int]
  /// Whether the base point is feasible: then losses are to fall, else violations.
  let isFeasible: Bool
  /// Gains below this are none.
  let least: Double

  /// By how much loss, or violation of an infeasible base, changes.
  @inline(__always)
  func change(_ place: Int, _ site: Int) -> Double {
    isFeasible
      ? table.losses[site] - table.losses[sites[place]]
      : table.violations[site]
  }

  /// Whether nothing more is violated there, as far as is known.
  @inline(__always)
  func isFree(_ site: Int) -> Bool { table.violations[site] <= 0 }

  /// The value of a coordinate's site.
  @inline(__always)
  private func value(_ place: Int, _ site: Int) -> Double { table.value(place, of: site) }

  /// The site of a coordinate for a value; `nil`: it cannot have it.
  @inline(__always)
  private func site(_ place: Int, for value: Double) -> Int? {
    let site = table.site(place, of: value)
    return table.sites(place).contains(site) ? site : nil
  }

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
      value(move.first, move.firstSite) == value(move.second, sites[move.second])
      && value(move.second, move.secondSite) == value(move.first, sites[move.first])
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

  /// The moves of a class, most promising first.
  func moves(_ kind: PairMove.Kind) -> MergedMoves {
    switch kind {
    case .single: return MergedMoves([(allHalves { isFree($0) }, [])])
    case .any: return MergedMoves([(allHalves { !isFree($0) }, allHalves { isFree($0) })])
    case .swap: return MergedMoves(swaps())
    case .exchange:
      return exchanges {
        !isFree($0)
      } second: {
        !isFree($0)
      }
    case .repair:
      return exchanges {
        !isFree($0)
      } second: {
        isFree($0)
      }
    case .room:
      return exchanges {
        isFree($0)
      } second: {
        !isFree($0)
      }
    case .free:
      return exchanges {
        isFree($0)
      } second: {
        isFree($0)
      }
    }
  }

  private func halves(_ place: Int, _ isWanted: (Int) -> Bool) -> [MergedMoves.Half] {
    var halves: [MergedMoves.Half] = []
    for site in table.sites(place) where site != sites[place] && isWanted(site) {
      halves.append(.init(gain: change(place, site), place: place, site: site))
    }
    return halves
  }

  private func allHalves(_ isWanted: (Int) -> Bool) -> [MergedMoves.Half] {
    sites.indices.flatMap { halves($0, isWanted) }.sorted { $0.gain < $1.gain }
  }

  /// For each coordinate its sites, and who could take the value that it gives up.
  private func exchanges(
    first isFirst: (Int) -> Bool, second isSecond: (Int) -> Bool
  ) -> MergedMoves {
    var takers: [Double: [MergedMoves.Half]] = [:]
    var rows: [(left: [MergedMoves.Half], right: [MergedMoves.Half])] = []
    for place in sites.indices {
      let left = halves(place, isFirst)
      guard !left.isEmpty else { continue }
      let given = value(place, sites[place])
      let right = takers[given] ?? self.takers(of: given, isSecond)
      takers[given] = right
      guard let last = right.first else { continue }
      // What no taker can make up for need not be sorted.
      let useful = left.filter { $0.gain + last.gain < -least }
      guard !useful.isEmpty else { continue }
      rows.append((useful.sorted { $0.gain < $1.gain }, right))
    }
    return MergedMoves(rows)
  }

  private func takers(of value: Double, _ isWanted: (Int) -> Bool) -> [MergedMoves.Half] {
    var halves: [MergedMoves.Half] = []
    for place in sites.indices {
      guard let site = site(place, for: value), site != sites[place], isWanted(site) else {
        continue
      }
      halves.append(.init(gain: change(place, site), place: place, site: site))
    }
    return halves.sorted { $0.gain < $1.gain }
  }

  /// Swaps that promise something, a row each.
  private func swaps() -> [(left: [MergedMoves.Half], right: [MergedMoves.Half])] {
    var rows: [(left: [MergedMoves.Half], right: [MergedMoves.Half])] = []
    for first in sites.indices {
      let own = value(first, sites[first])
      for second in 0..<first {
        let other = value(second, sites[second])
        guard own != other, let a = site(first, for: other), let b = site(second, for: own) else {
          continue
        }
        let (gain, partner) = (change(first, a), change(second, b))
        guard gain + partner < -least else { continue }
        rows.append(
          (
            [.init(gain: gain, place: first, site: a)],
            [.init(gain: partner, place: second, site: b)]
          )
        )
      }
    }
    return rows
  }
}
