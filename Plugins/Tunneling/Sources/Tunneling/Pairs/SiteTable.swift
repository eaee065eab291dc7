package import QHostInterfaces

/// What cuts told of each site of each lattice coordinate: by how much loss and violation change there.
///
/// A loss is told against any other site of the same coordinate, all others being where they were when it was cut: the first-order
/// potential V_i. A violation is told against the base point of the cut.
package struct SiteTable {
  /// Sites of all coordinates together, at most: four of them make a key of 64 bits.
  static let capacity = 65_535

  /// The coordinates that have sites.
  let coordinates: [Int]
  /// The first site of each, and at the end how many there are.
  let first: [Int]
  /// The value of the first site of each.
  let lowest: [Double]
  private let wholeLowest: [Int]
  private let places: [Int]
  private(set) var losses: [Double]
  private(set) var violations: [Double]
  private(set) var isKnown: [Bool]

  /// Makes an empty table; `nil` where fewer than two coordinates can move on sites, or there are too many sites.
  ///
  /// - Parameters:
  ///   - problem: whose integers and categories have sites.
  ///   - limit: sites of a coordinate that a cut can have, at most; all of a category.
  package init?(_ problem: Problem, limit: Int) {
    var (coordinates, first, lowest): ([Int], [Int], [Double]) = ([], [0], [])
    var places = Array(repeating: -1, count: problem.dimension)
    for index in 0..<problem.dimension where problem.kinds[index] != .real {
      let low = problem.kinds[index] == .categorical ? 0 : problem.lower[index].rounded(.up)
      let count = problem.upper[index].rounded(.down) - low + 1
      guard count >= 2 else { continue }
      guard count <= Double(Self.capacity) else { return nil }
      if problem.kinds[index] == .integer, Int(count) > limit { continue }
      places[index] = coordinates.count
      coordinates.append(index)
      lowest.append(low)
      first.append((first.last ?? 0) + Int(count))
    }
    let siteCount = first.last ?? 0
    guard coordinates.count >= 2, siteCount <= Self.capacity else { return nil }
    self.coordinates = coordinates
    self.first = first
    self.lowest = lowest
    wholeLowest = lowest.map { Int($0) }
    self.places = places
    losses = Array(repeating: 0, count: siteCount)
    violations = losses
    isKnown = Array(repeating: false, count: coordinates.count)
  }

  /// Sites of all coordinates.
  package var siteCount: Int { losses.count }
  /// Whether each coordinate was cut along all its sites.
  var isComplete: Bool { isKnown.allSatisfy { $0 } }

  /// The sites of a coordinate of the table.
  @inline(__always)
  func sites(_ place: Int) -> Range<Int> { first[place]..<first[place + 1] }

  /// The site of a value.
  func site(_ place: Int, of value: Double) -> Int {
    first[place] + Int((value - lowest[place]).rounded())
  }

  /// The value of a site.
  func value(_ place: Int, of site: Int) -> Double {
    lowest[place] + Double(site - first[place])
  }

  /// The value of a site as an integer.
  @inline(__always)
  func wholeValue(_ place: Int, of site: Int) -> Int { wholeLowest[place] + site - first[place] }

  /// The site of a coordinate for a whole value; `nil`: it cannot have it.
  @inline(__always)
  func site(_ place: Int, for value: Int) -> Int? {
    let site = first[place] + value - wholeLowest[place]
    return site >= first[place] && site < first[place + 1] ? site : nil
  }

  /// Takes the losses and violations of a cut along all sites of its coordinate; others tell nothing.
  mutating func note(_ cut: Cut, losses new: [Double], violations changes: [Double]) {
    let place = places[cut.coordinate]
    guard place >= 0, cut.step == 1, cut.nodeCount == sites(place).count,
      new.allSatisfy(\.isFinite)
    else { return }
    note(
      coordinate: cut.coordinate, zeroNode: cut.zeroNode, losses: new, violations: changes)
  }

  /// Takes what a cut along all sites of a coordinate tells.
  ///
  /// - Parameters:
  ///   - coordinate: one that has sites.
  ///   - zeroNode: the site that the others' violations are told against.
  ///   - new: finite losses at all its sites.
  ///   - changes: violations alike; empty: there are none.
  package mutating func note(
    coordinate: Int, zeroNode: Int, losses new: [Double], violations changes: [Double]
  ) {
    let place = places[coordinate]
    for node in new.indices {
      losses[first[place] + node] = new[node]
      violations[first[place] + node] = changes.isEmpty ? 0 : changes[node] - changes[zeroNode]
    }
    isKnown[place] = true
  }

  /// The same with other violations [sites].
  func withViolations(_ changes: [Double]) -> SiteTable {
    var table = self
    table.violations = changes
    return table
  }

  /// Sets how much worse a site's violation is than the base point's.
  @inline(__always)
  package mutating func setViolation(_ site: Int, to change: Double) {
    // What stays the same is not copied for it.
    if violations[site] != change { violations[site] = change }
  }
}

extension SiteTable {
  /// Adds it to a state.
  func save(_ writer: inout StateWriter) {
    // A run keeps its first place before anything is known: a flag then says so.
    let isEmpty = !isKnown.contains(true)
    writer.write(isEmpty ? 1 : 0)
    guard !isEmpty else { return }
    writer.write(losses)
    writer.write(violations)
    writer.write(isKnown.map { $0 ? 1 : 0 })
  }

  /// Reads it from a state.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    guard try reader.readInteger() == 0 else {
      losses = Array(repeating: 0, count: losses.count)
      violations = losses
      isKnown = Array(repeating: false, count: isKnown.count)
      return
    }
    losses = try reader.readReals(count: losses.count)
    violations = try reader.readReals(count: violations.count)
    isKnown = try reader.readIntegers(count: isKnown.count).map { $0 == 1 }
  }
}
