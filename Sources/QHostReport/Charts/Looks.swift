package import QHostDrawing

/// Which look each combination has in a report.
///
/// The colour of a name is a function of the name alone, so that a name without settings has the same colour in
/// every report, whatever else is in it and in whatever order. Where two of these share a colour, the first in the
/// alphabet has the unbroken line and its mark, the next the second line with another mark, and so on.
///
/// A name with settings, as `adam[learning_rate=0.01]`, comes after all names without: there are too many of these
/// for each to have a colour of its own. It has its colour too, unless that is taken; then it moves on by
/// steps that depend on the name to the first colour that is free. When none is, it shares its own.
package struct Looks {
  private var looks: [String: Look] = [:]

  /// Dresses names; their order is of no importance.
  package init(_ names: some Sequence<String>) {
    var counts = [Int](repeating: 0, count: Palette.count)
    let (plain, others) = Self.sorted(names)
    for name in plain + others {
      let own = Self.colour(of: name)
      let colour = name.contains("[") ? Self.free(name, own, counts) ?? own : own
      looks[name] = Look(colour: colour, round: counts[colour])
      counts[colour] += 1
    }
  }

  /// The look of a name.
  package subscript(_ name: String) -> Look {
    looks[name] ?? Look(colour: Self.colour(of: name))
  }

  private static func sorted(_ names: some Sequence<String>) -> ([String], [String]) {
    let sorted = Set(names).sorted()
    return (sorted.filter { !$0.contains("[") }, sorted.filter { $0.contains("[") })
  }

  /// The first colour that nothing has yet, in the order that the name gives; `nil`: all are taken.
  private static func free(_ name: String, _ own: Int, _ counts: [Int]) -> Int? {
    // Steps that share no factor with twelve come by every colour.
    let step = [1, 5, 7, 11][Int(hash(name) >> 16 & 3)]
    return counts.indices.lazy.map { (own + $0 * step) % counts.count }.first { counts[$0] == 0 }
  }

  private static func colour(of name: String) -> Int {
    Int((hash(name) >> 32) % UInt64(Palette.count))
  }

  /// FNV-1a of 64 bits over the name's UTF-8.
  ///
  /// The first value is the usual one with a number mixed in that was picked so that names which are often
  /// compared do not share a colour (the tests know which). Another number would only change the colours.
  private static func hash(_ name: String) -> UInt64 {
    name.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ 19_968_250) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension Looks {
  /// The looks of a report's combinations.
  init(_ report: ComparisonReport) {
    self.init(
      report.problems.flatMap { $0.combinations.map(\.name) }
        + (report.overall?.entries.map(\.name) ?? []))
  }
}
