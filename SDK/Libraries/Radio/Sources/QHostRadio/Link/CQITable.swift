/// What a user reports of its channel: TS 38.214, tables 5.2.2.1-2 and 5.2.2.1-3, indices 1 to 15.
///
/// Index 0, out of range, has no scheme. The second table is from memory of the specification.
public enum CQITable: Int, Sendable, CaseIterable {
  /// Up to 64QAM.
  case qam64 = 1
  /// Up to 256QAM.
  case qam256 = 2

  /// The schemes of indices 1 to 15, at places 0 to 14.
  public var schemes: [CodingScheme] { self == .qam64 ? Self.first : Self.second }

  /// The highest index whose spectral efficiency is at most a given one; 0 when there is none.
  public func index(spectralEfficiency: Double) -> Int {
    schemes.prefix { $0.spectralEfficiency <= spectralEfficiency }.count
  }

  private static let first = CodingScheme.list([
    2: [78, 120, 193, 308, 449, 602],
    4: [378, 490, 616],
    6: [466, 567, 666, 772, 873, 948],
  ])

  private static let second = CodingScheme.list([
    2: [78, 193, 449],
    4: [378, 490, 616],
    6: [466, 567, 666, 772, 873],
    8: [711, 797, 885, 948],
  ])
}
