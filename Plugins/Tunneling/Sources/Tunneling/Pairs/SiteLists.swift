/// The sites of a base point as halves of moves, sorted out once for all classes.
final class SiteLists {
  private let view: SiteView
  /// Of each coordinate the sites where nothing more is violated, and the others.
  private var free: [HalfList] = []
  private var busy: [HalfList] = []
  /// Who could take the value that each coordinate has, alike.
  private var freeTakers: [HalfList] = []
  private var busyTakers: [HalfList] = []

  /// Sorts out the sites of a view.
  init(_ view: SiteView) {
    self.view = view
    free.reserveCapacity(view.sites.count)
    busy.reserveCapacity(view.sites.count)
    for place in view.sites.indices {
      var (open, shut): ([HalfList.Half], [HalfList.Half]) = ([], [])
      for site in view.table.sites(place) where site != view.sites[place] {
        let half = HalfList.Half(gain: view.change(place, site), place: place, site: site)
        if view.isFree(site) { open.append(half) } else { shut.append(half) }
      }
      free.append(HalfList(open))
      busy.append(HalfList(shut))
    }
    findTakers()
  }

  private func findTakers() {
    var known: [Int: Int] = [:]
    for place in view.sites.indices {
      let given = view.table.wholeValue(place, of: view.sites[place])
      if let first = known[given] {
        freeTakers.append(freeTakers[first])
        busyTakers.append(busyTakers[first])
        continue
      }
      known[given] = place
      var (open, shut): ([HalfList.Half], [HalfList.Half]) = ([], [])
      for other in view.sites.indices {
        guard let site = view.table.site(other, for: given), site != view.sites[other] else {
          continue
        }
        let half = HalfList.Half(gain: view.change(other, site), place: other, site: site)
        if view.isFree(site) { open.append(half) } else { shut.append(half) }
      }
      freeTakers.append(HalfList(open))
      busyTakers.append(HalfList(shut))
    }
  }

  /// The moves of a class, most promising first.
  func moves(_ kind: PairMove.Kind) -> MergedMoves {
    switch kind {
    case .single: return MergedMoves(free.map { .init(left: $0) })
    case .any:
      let all = HalfList(free.flatMap(\.all))
      return MergedMoves(busy.map { .init(left: $0, right: all) })
    case .swap: return MergedMoves([.init(left: swaps())])
    case .exchange: return merged(busy, busyTakers)
    case .repair: return merged(busy, freeTakers)
    case .room: return merged(free, busyTakers)
    case .free: return merged(free, freeTakers)
    }
  }

  private func merged(_ left: [HalfList], _ right: [HalfList]) -> MergedMoves {
    MergedMoves(zip(left, right).map { .init(left: $0, right: $1) })
  }

  /// Swaps that promise something.
  private func swaps() -> HalfList {
    var halves: [HalfList.Half] = []
    let (table, sites) = (view.table, view.sites)
    let values = sites.indices.map { table.wholeValue($0, of: sites[$0]) }
    for first in sites.indices {
      for second in 0..<first where values[first] != values[second] {
        guard let a = table.site(first, for: values[second]),
          let b = table.site(second, for: values[first])
        else { continue }
        let gain = view.change(first, a) + view.change(second, b)
        guard gain < -view.least else { continue }
        halves.append(
          .init(gain: gain, place: first, site: a, partner: second, partnerSite: b))
      }
    }
    return HalfList(halves)
  }
}
