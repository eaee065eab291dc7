public import QHostInterfaces

/// The integers that the weights of a layer are chosen from.
///
/// Sites are numbered from −last to last, and site 0 is weight 0.
public struct WeightLattice: Sendable, Equatable {
  /// The number of the last site.
  public let last: Int
  /// Whether site s stands for ± 2^(|s| − 1) instead of s.
  public var isPowers = false

  /// All weights of so many bits, the sign included; 2 bits are -1, 0 and 1.
  public init(bits: Int) { last = 1 << (bits - 1) - 1 }

  private init(last: Int, isPowers: Bool) { (self.last, self.isPowers) = (last, isPowers) }

  /// The weight at a site.
  public func weight(_ site: Int) -> Int {
    guard isPowers, site != 0 else { return site }
    return site.signum() << (abs(site) - 1)
  }

  /// The largest weight.
  public var highest: Int { weight(last) }

  /// The site of the weight nearest to a number, of two the outer one.
  public func site(nearest number: Double) -> Int {
    guard isPowers else {
      return Int(min(max(number.rounded(), -Double(last)), Double(last)))
    }
    let size = abs(number)
    let site = (0..<last).first { size < Double(weight($0) + weight($0 + 1)) / 2 } ?? last
    return number < 0 ? -site : site
  }

  /// The site of a weight of the lattice.
  public func site(of weight: Int) -> Int { site(nearest: Double(weight)) }

  /// The lattices of all layers as a user names them, one for each layer or one for all.
  ///
  /// - Throws: kind `parameter` for names that are none, or another number of them.
  public static func list(_ text: String, layerCount: Int) throws(ComponentError) -> [WeightLattice]
  {
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.filter { $0 != " " }
    }
    var lattices: [WeightLattice] = []
    for name in names { lattices.append(try named(name, in: text)) }
    if lattices.count == 1 { return Array(repeating: lattices[0], count: layerCount) }
    guard lattices.count == layerCount else {
      throw .parameter(
        "target.weights is '\(text)', \(lattices.count) lattices for \(layerCount) layers; give one "
          + "for each layer, or one for all")
    }
    return lattices
  }

  private static func named(
    _ name: String, in text: String
  ) throws(ComponentError) -> WeightLattice {
    switch name {
    case "ternary": return WeightLattice(last: 1, isPowers: false)
    case "pow2": return WeightLattice(last: 3, isPowers: true)
    default:
      guard let count = Int(name), count % 2 == 1, (3...255).contains(count) else {
        throw .parameter(
          "target.weights is '\(text)', and '\(name)' is not a lattice; give ternary, pow2 or an odd "
            + "number of levels from 3 to 255")
      }
      return WeightLattice(last: count / 2, isPowers: false)
    }
  }
}
