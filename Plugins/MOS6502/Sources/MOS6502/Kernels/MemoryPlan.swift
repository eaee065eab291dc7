/// Where variables lie: in page 0 as long as there is room, else behind the code.
///
/// Variables that are never in use at the same time may share their bytes.
struct MemoryPlan {
  /// What of page 0 is used: the first two bytes are a port on a C64.
  static let pageZero = 2..<256

  private struct Region {
    let bytes: Range<Int>
    let layers: ClosedRange<Int>
  }

  private var regions: [Region] = []
  /// The names in page 0 with their addresses.
  private(set) var equates: [(name: String, value: Int)] = []
  /// The names behind the code with their sizes.
  private(set) var reserved: [(name: String, count: Int)] = []

  /// Finds a place for `count` bytes that are in use while `layers` are computed.
  mutating func place(_ name: String, count: Int, during layers: ClosedRange<Int>) -> Location {
    let taken = regions.filter { $0.layers.overlaps(layers) }.map(\.bytes)
    let starts = [Self.pageZero.lowerBound] + taken.map(\.upperBound)
    let start = starts.sorted().first { start in
      start + count <= Self.pageZero.upperBound
        && !taken.contains { $0.overlaps(start..<start + count) }
    }
    guard let start else {
      reserved.append((name, count))
      return Location(name: name, isInPageZero: false)
    }
    regions.append(Region(bytes: start..<start + count, layers: layers))
    equates.append((name, start))
    return Location(name: name, isInPageZero: true)
  }
}
