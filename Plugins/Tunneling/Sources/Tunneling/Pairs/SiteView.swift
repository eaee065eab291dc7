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
    case .single: return MergedMoves([.init(left: allHalves(areFree: true))])
    case .any:
      return MergedMoves([
        .init(left: allHalves(areFree: false), right: allHalves(areFree: true))
      ])
    case .swap: return MergedMoves([.init(left: swaps())])
    case .exchange: return exchanges(areFree: (false, false))
    case .repair: return exchanges(areFree: (false, true))
    case .room: return exchanges(areFree: (true, false))
    case .free: return exchanges(areFree: (true, true))
    }
  }

  private func append(_ place: Int, areFree: Bool, to halves: inout [HalfList.Half]) {
    for site in table.sites(place) where site != sites[place] && isFree(site) == areFree {
      halves.append(.init(gain: change(place, site), place: place, site: site))
    }
  }

  private func allHalves(areFree: Bool) -> HalfList {
    var halves: [HalfList.Half] = []
    for place in sites.indices { append(place, areFree: areFree, to: &halves) }
    return HalfList(halves)
  }

  /// For each coordinate its sites, and who could take the value that it gives up.
  private func exchanges(areFree: (Bool, Bool)) -> MergedMoves {
    var takers: [Double: HalfList] = [:]
    var rows: [MergedMoves.Row] = []
    for place in sites.indices {
      var left: [HalfList.Half] = []
      append(place, areFree: areFree.0, to: &left)
      guard !left.isEmpty else { continue }
      let given = value(place, sites[place])
      let right = takers[given] ?? self.takers(of: given, areFree: areFree.1)
      takers[given] = right
      guard right.count > 0 else { continue }
      // What no taker can make up for is of no use.
      let limit = -least - right[0].gain
      left.removeAll { $0.gain >= limit }
      if !left.isEmpty { rows.append(.init(left: HalfList(left), right: right)) }
    }
    return MergedMoves(rows)
  }

  private func takers(of value: Double, areFree: Bool) -> HalfList {
    var halves: [HalfList.Half] = []
    for place in sites.indices {
      guard let site = site(place, for: value), site != sites[place], isFree(site) == areFree
      else { continue }
      halves.append(.init(gain: change(place, site), place: place, site: site))
    }
    return HalfList(halves)
  }

  /// Swaps that promise something.
  private func swaps() -> HalfList {
    var halves: [HalfList.Half] = []
    for first in sites.indices {
      let own = value(first, sites[first])
      for second in 0..<first {
        let other = value(second, sites[second])
        guard own != other, let a = site(first, for: other), let b = site(second, for: own) else {
          continue
        }
        let gain = change(first, a) + change(second, b)
        guard gain < -least else { continue }
        halves.append(
          .init(gain: gain, place: first, site: a, partner: second, partnerSite: b))
      }
    }
    return HalfList(halves)
  }
}
