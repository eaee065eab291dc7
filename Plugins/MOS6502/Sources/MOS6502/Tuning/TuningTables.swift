internal import QHostNetworks

/// The tables that units can have while a network is tuned, numbered over all layers.
struct TuningTables: Sendable {
  /// As the kernels take them.
  let all: [IntegerTable]
  /// [tables], equal for tables that the program has once.
  let identities: [Int]
  /// [hidden layers], the sizes that units can have.
  let sizes: [ClosedRange<Int>]
  private let starts: [Int]

  /// How far a unit's size may go from those that its layer starts with.
  private static let reach = 8

  init(_ network: QuantisedNetwork) {
    var all: [IntegerTable] = []
    var sizes: [ClosedRange<Int>] = []
    var starts: [Int] = []
    for (family, used) in zip(network.families, network.sizes) {
      let (least, most) = (used.min() ?? 0, used.max() ?? 0)
      let low = (least - Self.reach...least).first { family.contains($0) }
      starts.append(all.count)
      sizes.append((low ?? least)...most + Self.reach)
      for size in sizes[sizes.count - 1] {
        let activation = family.activation(size)
        all.append(IntegerTable(values: activation.table, shift: activation.shift))
      }
    }
    self.all = all
    (self.sizes, self.starts) = (sizes, starts)
    var known: [[UInt8]: Int] = [:]
    identities = all.map { table in
      let identity = known[table.values] ?? known.count
      known[table.values] = identity
      return identity
    }
  }

  /// The number of the table of a hidden layer's size.
  func index(_ layer: Int, _ size: Int) -> Int { starts[layer] + size - sizes[layer].lowerBound }
}
