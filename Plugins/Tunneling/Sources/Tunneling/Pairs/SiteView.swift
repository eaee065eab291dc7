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
  private func value(_ place: Int, _ site: Int) -> Int { table.wholeValue(place, of: site) }

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
}
