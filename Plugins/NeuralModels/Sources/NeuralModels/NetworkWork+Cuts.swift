internal import QHostInterfaces
internal import QHostNetworks

extension NetworkWork {
  /// What a call for changes along a weight or a bias did in a block of rows.
  struct Changes {
    /// The parameter.
    var index: Int
    /// B, the number of rows.
    var rowCount: Int
    /// Rows that were looked at for each offset.
    var looked: Int
    /// Whether these were a list.
    var isListed: Bool
    /// Rows that were searched for that list.
    var searched: Int
    /// Offsets other than 0.
    var moving: Int
    /// Whether the changes were kept.
    var isMove: Bool
    /// Rows that changed, over all offsets.
    var changed: Int
    /// The same, each offset's rounded up to lines of 16.
    var lanes: Int
  }

  /// The work of a call for changes.
  func work(_ call: Changes) -> Double {
    guard case .weight(let layer, _, _) = network.place(of: call.index) else { return 0 }
    let lines = (call.rowCount + 15) / 16
    let (looked, changed) = (Double(call.looked), Double(call.changed))
    let far = Self.farParameter * min(1, Double(network.parameterCount) / Self.farCount)
    var work =
      far + Self.scan * Double(call.searched) + 2 * Self.line * Double(min(call.looked, lines))
    guard layer + 1 < network.layerCount else {
      let numbers = network.outputCount + (call.isMove ? 1 : 0)
      return work + (call.isListed ? Self.fetch * changed * Double(numbers) : 0)
    }
    let isApart = network.activation.isOftenConstant
    let entered = isApart ? call.changed : call.looked
    let moving = Double(call.moving)
    work += keeps[layer] * Self.line * Double(min(entered, lines))
    work += activation * moving * Double((call.looked + 15) & ~15)
    if isApart { work += Self.look * moving * looked }
    if call.isListed { work += 2 * Self.fetch * moving * looked }
    if isApart || call.isListed {
      work += keeps[layer] * Self.fetch * (Double(entered) + (call.isMove ? changed : 0))
    }
    return work + carries[layer] * Double(call.lanes)
  }

  /// The lists of inputs that are not 0, which the first call for changes makes.
  func lists(rowCount: Int) -> Double { Self.listing * Double(network.widths[0] * rowCount) }

  /// A cut at so many offsets, or a move, on all rows.
  func cut(index: Int, offsetCount: Int, rowCount: Int) -> Double {
    let places = Double(max(offsetCount, 1) * rowCount)
    switch network.place(of: index) {
    case .weight(let layer, _, _):
      guard layer + 1 < network.layerCount else {
        return places * Self.multiplyAdd * Double(network.outputCount)
      }
      return places * (activation + carries[layer])
    case .knot(let layer, _):
      let after = (layer + 1..<network.layerCount).reduce(0) { sum, layer in
        let units = layer + 1 < network.layerCount ? network.widths[layer + 1] : 0
        return sum + Self.multiplyAdd * Double(network.multiplyAdds(layer))
          + activation * Double(units)
      }
      return places * (Self.knot * Double(network.widths[layer + 1]) + after)
    }
  }

  /// Outputs of rows that are copied.
  func copy(rowCount: Int) -> Double {
    Self.multiplyAdd * Double(rowCount * network.outputCount)
  }

  /// One offset of a cut as a part of a pass of 1,024 rows.
  func cutCost(index: Int) -> Double {
    let passes = passes
    return cut(index: index, offsetCount: 1, rowCount: 1024) / (passes.pass + 1024 * passes.row)
  }
}
