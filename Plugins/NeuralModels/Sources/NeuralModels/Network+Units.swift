internal import QHostNetworks

extension Network {
  /// Hidden units whose outputs have bounds.
  var potentialUnitCount: Int {
    activation.bounds == nil ? 0 : widths[1..<layerCount].reduce(0, +)
  }

  /// Whether hidden units have two outputs each.
  var hasBinaryPotentials: Bool { activation == .step || activation == .sign }

  /// The number of a hidden unit among all, whose sum parameter `index` is in.
  func hiddenUnit(of index: Int) -> Int? {
    guard case .weight(let layer, let unit, _) = place(of: index), layer + 1 < layerCount else {
      return nil
    }
    return hiddenUnit(layer: layer, unit: unit)
  }

  /// The number of a hidden unit among all.
  func hiddenUnit(layer: Int, unit: Int) -> Int { widths[1..<layer + 1].reduce(unit, +) }

  /// Where the hidden unit of a number is.
  func place(ofHiddenUnit unit: Int) -> (layer: Int, unit: Int) {
    var (layer, place) = (0, unit)
    while place >= widths[layer + 1] {
      place -= widths[layer + 1]
      layer += 1
    }
    return (layer, place)
  }
}
