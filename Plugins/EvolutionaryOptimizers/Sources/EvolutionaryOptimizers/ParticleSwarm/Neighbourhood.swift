import QHostInterfaces

/// Which particles tell which others of their best points.
///
/// - random: each tells itself and 3 others, drawn again whenever the swarm found nothing better
/// - ring: each tells its two neighbours
/// - global: each tells all
///
/// Sources: Clerc, *Standard particle swarm optimisation*, 2012 (random); Kennedy, Eberhart, ICNN 1995
/// (global) and MHS 1995 (ring).
struct Neighbourhood {
  enum Topology: String {
    case random, ring, global
  }

  private static let informedCount = 3

  private let topology: Topology
  private let count: Int
  private var links: [Int]
  /// The best particle that each was told of, [S].
  private(set) var best: [Int]

  init(_ topology: Topology, count: Int, _ random: inout RandomStream) {
    self.topology = topology
    self.count = count
    best = Array(0..<count)
    links = []
    redraw(&random)
  }

  /// Draws the links again, where they are random.
  mutating func redraw(_ random: inout RandomStream) {
    guard topology == .random else { return }
    links.removeAll(keepingCapacity: true)
    for _ in 0..<Self.informedCount * count { links.append(random.integer(below: count)) }
  }

  /// Tells everyone, by the losses of the particles' best points [S].
  mutating func spread(_ losses: [Double]) {
    for index in 0..<count { best[index] = index }
    switch topology {
    case .global:
      let least = losses.indices.min { losses[$0] < losses[$1] } ?? 0
      for index in 0..<count where losses[least] < losses[index] { best[index] = least }
    case .ring:
      for index in 0..<count {
        tell((index + 1) % count, of: index, losses)
        tell((index + count - 1) % count, of: index, losses)
      }
    case .random:
      for (place, told) in links.enumerated() {
        tell(told, of: place / Self.informedCount, losses)
      }
    }
  }

  private mutating func tell(_ index: Int, of other: Int, _ losses: [Double]) {
    if losses[other] < losses[best[index]] { best[index] = other }
  }

  func save(_ writer: inout StateWriter) { writer.write(links) }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    links = try reader.readIntegers(count: links.count)
    guard links.allSatisfy((0..<count).contains) else {
      throw ComponentError("the saved state links particles that are not there; start a new run")
    }
  }
}
