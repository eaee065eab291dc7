internal import QHostInterfaces

/// The integers that the weights of a layer are chosen from; a parameter is a site of it.
///
/// Sites are numbered from −last to last, and site 0 is weight 0.
struct IntegerLattice: Sendable, Equatable {
  /// The number of the last site.
  let last: Int
  /// Whether site s stands for ± 2^(|s| − 1) instead of s.
  let isPowers: Bool

  /// The weight at a site.
  func weight(_ site: Int) -> Int {
    guard isPowers, site != 0 else { return site }
    return site.signum() << (abs(site) - 1)
  }

  /// The largest weight.
  var highest: Int { weight(last) }

  /// Initial sites are uniform numbers of at most so much, rounded.
  var initialReach: Double { max(0.8, 0.55 * Double(last)) }

  /// The initial site of a number between 0 and 1.
  func initialSite(_ uniform: Double) -> Double {
    ((2 * uniform - 1) * initialReach).rounded()
  }

  /// The part of the initial weights that are not 0.
  var initialShare: Double { 1 - min(0.5 / initialReach, 1) }

  /// The mean square of the initial weights.
  var initialSquare: Double {
    (1...last).reduce(0) { sum, site in
      let part = min(Double(site) + 0.5, initialReach) - (Double(site) - 0.5)
      let square = Double(weight(site) * weight(site))
      return sum + square * max(part, 0) / initialReach
    }
  }

  /// The lattices of all layers as a user names them, one for each layer or one for all.
  static func list(_ text: String, layerCount: Int) throws(ComponentError) -> [IntegerLattice] {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    var lattices: [IntegerLattice] = []
    for name in names { lattices.append(try named(name, in: text)) }
    if lattices.count == 1 {
      return Array(repeating: lattices[0], count: layerCount)
    }
    guard lattices.count == layerCount else {
      throw .parameter(
        "weights is '\(text)', \(lattices.count) lattices for \(layerCount) layers; give one for "
          + "each layer, or one for all")
    }
    return lattices
  }

  private static func named(
    _ name: String, in text: String
  ) throws(ComponentError) -> IntegerLattice {
    switch name {
    case "ternary": return IntegerLattice(last: 1, isPowers: false)
    case "pow2": return IntegerLattice(last: 3, isPowers: true)
    default:
      guard let count = Int(name), count % 2 == 1, (3...255).contains(count) else {
        throw .parameter(
          "weights is '\(text)', and '\(name)' is not a lattice; give ternary, pow2 or an odd number "
            + "of levels from 3 to 255")
      }
      return IntegerLattice(last: count / 2, isPowers: false)
    }
  }
}
