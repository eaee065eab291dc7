/// The extents of a tensor, row-major: the last one is contiguous.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents; none for a scalar.
  public var extents: [Int]

  /// Makes a shape of the given extents.
  public init(_ extents: [Int]) { self.extents = extents }

  /// The number of elements: the product of the extents, 1 for a scalar.
  public var count: Int { extents.reduce(1, *) }

  /// The extents as text, for example `14×14`.
  public var description: String {
    extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "×")
  }
}
