/// The table as it looks from a base point, its sites in the order of what they promise.
///
/// It is kept from one base point to the next: ``renew(_:at:worth:)`` changes what has changed, and comes to what a new one would be.
package struct SiteView {
  /// The table as it was when the base point was new.
  private(set) var table: SiteTable
  /// The site of each coordinate of the table.
  private(set) var sites: [Int]
  /// Whether the base point is feasible: then losses are to fall, else violations.
  private(set) var isFeasible = false
  /// Gains below this are none.
  private(set) var least = 0.0
  /// By how much loss, or violation of an infeasible base, changes at each site.
  private(set) var changes: [Double]
  /// The coordinate of each site, as its place in the table.
  let places: [Int32]
  /// Of each coordinate the sites where nothing more is violated, and the others; without its own.
  private(set) var free: SortedRows
  private(set) var busy: SortedRows
  /// The same sites by values.
  let values: ValueRows
  private(set) var freeTakers: SortedRows
  private(set) var busyTakers: SortedRows
  /// Of each coordinate the swap that promises most.
  private(set) var swaps: BestSwaps
  private var isMade = false

  /// Makes a view that nothing is seen in before the first ``renew(_:at:worth:)``.
  package init(_ table: SiteTable) {
    self.table = table
    sites = Array(repeating: 0, count: table.coordinates.count)
    changes = Array(repeating: 0, count: table.siteCount)
    places = table.coordinates.indices.flatMap { place in
      table.sites(place).map { _ in Int32(place) }
    }
    values = ValueRows(table)
    (free, busy) = (SortedRows(first: table.first), SortedRows(first: table.first))
    (freeTakers, busyTakers) = (SortedRows(first: values.first), SortedRows(first: values.first))
    swaps = BestSwaps(count: table.coordinates.count)
  }

  /// Whether nothing more is violated there, as far as was known when the base point was new.
  @inline(__always)
  func isFree(_ site: Int) -> Bool { table.violations[site] <= 0 }

  /// The row of those who could take a coordinate's value.
  @inline(__always)
  func takerRow(_ place: Int) -> Int { Int(values.row[sites[place]]) }

  /// Looks from a new base point.
  ///
  /// - Parameters:
  ///   - table: of the same problem.
  ///   - point: the base point.
  ///   - worth: what it is worth.
  package mutating func renew(_ table: SiteTable, at point: [Double], worth: PairSearch.Worth) {
    let isFeasible = worth.violation == 0
    least = 1e-12 * max(1, abs(worth.loss))
    guard isMade, isFeasible == self.isFeasible, table.losses == self.table.losses else {
      return make(table, point, isFeasible: isFeasible)
    }
    for (place, coordinate) in table.coordinates.enumerated() {
      let site = table.site(place, of: point[coordinate])
      if site != sites[place] { move(place, to: site) }
    }
    guard table.violations != self.table.violations else { return }
    for site in places.indices where table.violations[site] != self.table.violations[site] {
      setViolation(site, to: table.violations[site])
    }
    self.table = table
  }

  private mutating func make(_ table: SiteTable, _ point: [Double], isFeasible: Bool) {
    isMade = true
    self.table = table
    self.isFeasible = isFeasible
    free.clear()
    busy.clear()
    freeTakers.clear()
    busyTakers.clear()
    for (place, coordinate) in table.coordinates.enumerated() {
      let own = table.site(place, of: point[coordinate])
      sites[place] = own
      for site in table.sites(place) {
        changes[site] =
          isFeasible ? table.losses[site] - table.losses[own] : table.violations[site]
        guard site != own else { continue }
        let row = Int(values.row[site])
        if isFree(site) {
          free.append(site, to: place)
          freeTakers.append(site, to: row)
        } else {
          busy.append(site, to: place)
          busyTakers.append(site, to: row)
        }
      }
    }
    let keys = isFeasible ? table.losses : changes
    free.sort(keys)
    busy.sort(keys)
    freeTakers.sort(changes)
    busyTakers.sort(changes)
    swaps.forgetAll()
  }

  private mutating func move(_ place: Int, to site: Int) {
    let old = sites[place]
    remove(site, from: place)
    sites[place] = site
    // Losses count from the own site on: all changes of this coordinate are others.
    if isFeasible {
      let base = table.losses[site]
      for other in table.sites(place) {
        let change = table.losses[other] - base
        if other == site || other == old {
          changes[other] = change
        } else if isFree(other) {
          freeTakers.replaceKey(of: other, in: Int(values.row[other]), by: change, &changes)
        } else {
          busyTakers.replaceKey(of: other, in: Int(values.row[other]), by: change, &changes)
        }
      }
    }
    insert(old, into: place)
    swaps.forget(place)
  }

  private mutating func setViolation(_ site: Int, to violation: Double) {
    let place = Int(places[site])
    let isOther = sites[place] != site
    let isMoved = isOther && (!isFeasible || isFree(site) != (violation <= 0))
    if isMoved { remove(site, from: place) }
    table.setViolation(site, to: violation)
    if !isFeasible {
      changes[site] = violation
      swaps.forgetAll()
    }
    if isMoved { insert(site, into: place) }
  }

  private mutating func remove(_ site: Int, from place: Int) {
    if isFree(site) { free.remove(site, from: place) } else { busy.remove(site, from: place) }
    removeTaker(site)
  }

  private mutating func insert(_ site: Int, into place: Int) {
    let isFree = isFree(site)
    if isFeasible {
      if isFree {
        free.insert(site, into: place, table.losses)
      } else {
        busy.insert(site, into: place, table.losses)
      }
    } else if isFree {
      free.insert(site, into: place, changes)
    } else {
      busy.insert(site, into: place, changes)
    }
    insertTaker(site)
  }

  private mutating func removeTaker(_ site: Int) {
    let row = Int(values.row[site])
    if isFree(site) {
      freeTakers.remove(site, from: row)
    } else {
      busyTakers.remove(site, from: row)
    }
  }

  private mutating func insertTaker(_ site: Int) {
    let row = Int(values.row[site])
    if isFree(site) {
      freeTakers.insert(site, into: row, changes)
    } else {
      busyTakers.insert(site, into: row, changes)
    }
  }
}

extension SiteView {
  /// Brings the best swaps up to date with the base point.
  mutating func renewSwaps() {
    var swaps = self.swaps
    self.swaps = BestSwaps(count: 0)
    swaps.renew(self)
    self.swaps = swaps
  }
}
