internal import QHostInterfaces
internal import QHostNetworks

/// The work of passes and cuts of a network in integers, in units of ``PassWork``.
///
/// Each constant is what one step of a kernel takes; they were fitted like those of ``NetworkWork``.
package struct IntegerWork: Sendable {
  /// A multiply-add; weights of 0 are left out of passes.
  package static let multiplyAdd = 0.89
  /// The level of a unit in a row: by compares where the function rises in few levels, else looked up.
  package static let compared = 22.0
  package static let lookedUp = 29.0
  /// A parameter, which is made whole.
  package static let parameter = 380.0
  /// A call for changes beside the rows.
  package static let call = 8_200.0
  /// A row whose level changes, and one number that is read there.
  package static let change = 130.0
  package static let fetch = 13.0
  /// An output of a row, where only outputs change.
  package static let output = 0.26
  /// A multiply-add of a move.
  package static let move = 1.3

  let network: IntegerNetwork
  /// That of the hidden units.
  let level: Double
  /// Of each layer of a unit: multiply-adds of a row that it changes, from the layer after it on.
  let carries: [Double]
  /// Of each layer of a unit: hidden units after it.
  let units: [Double]
  /// Of each layer of a unit: how many numbers of a row the layers after it keep.
  let keeps: [Double]

  init(_ network: IntegerNetwork) {
    self.network = network
    let isCompared = network.activation != .sine && network.levels.highest <= 15
    level = isCompared ? Self.compared : Self.lookedUp
    let layers = 0..<network.layerCount
    func sum(after layer: Int, _ part: (Int) -> Int) -> Double {
      Double((layer + 1..<network.layerCount).reduce(0) { $0 + part($1) })
    }
    carries = layers.map { layer in
      sum(after: layer) {
        $0 == layer + 1 ? network.widths[$0 + 1] : network.multiplyAdds($0)
      }
    }
    units = layers.map { layer in
      sum(after: layer) { $0 + 1 < network.layerCount ? network.widths[$0 + 1] : 0 }
    }
    keeps = layers.map { layer in
      sum(after: layer) { network.widths[$0 + 1] * ($0 + 1 < network.layerCount ? 2 : 1) }
    }
  }

  /// A forward pass; there is no gradient.
  var passes: PassWork {
    let row = (0..<network.layerCount).reduce(0) { sum, layer in
      let share = network.lattices[layer].initialShare
      let units = layer + 1 < network.layerCount ? network.widths[layer + 1] : 0
      return sum + Self.multiplyAdd * share * Double(network.multiplyAdds(layer))
        + level * Double(units)
    }
    return PassWork(
      row: row, pass: Self.parameter * Double(network.parameterCount), gradientCost: 0)
  }

  /// The work of a call for changes in a block of rows.
  ///
  /// - Parameters:
  ///   - index: the parameter.
  ///   - offsets: K.
  ///   - rowCount: B.
  ///   - changed: rows whose level changes, over all offsets.
  ///   - lanes: the same, each offset's rounded up to lines of 64.
  ///   - isMove: whether the change is kept.
  /// - Returns: the work.
  func changes(
    index: Int, offsets: Int, rowCount: Int, changed: Int, lanes: Int, isMove: Bool
  ) -> Double {
    guard let layer = network.place(of: index).owner?.layer, layer + 1 < network.layerCount else {
      return Self.call + Self.output * Double(offsets * rowCount * network.outputCount)
    }
    var work = Self.call + level * Double(offsets * rowCount)
    work += Double(changed) * (Self.change + Self.fetch * keeps[layer])
    work += Double(lanes) * (Self.multiplyAdd * carries[layer] + level * units[layer])
    if isMove { work += Double(rowCount) * (level + Self.move * carries[layer]) }
    return work
  }

  /// A cut at so many offsets, or a move, on all rows.
  func cut(index: Int, offsetCount: Int, rowCount: Int) -> Double {
    let places = Double(max(offsetCount, 1) * rowCount)
    guard let layer = network.place(of: index).owner?.layer, layer + 1 < network.layerCount else {
      return places * Self.output * Double(network.outputCount)
    }
    return places * (level * (1 + units[layer]) + Self.multiplyAdd * carries[layer])
  }

  /// One offset of a cut as a part of a pass of 1,024 rows.
  func cutCost(index: Int) -> Double {
    let passes = passes
    return cut(index: index, offsetCount: 1, rowCount: 1024) / (passes.pass + 1024 * passes.row)
  }
}
