/// The modulation and coding schemes of the shared downlink channel, TS 38.214, tables 5.1.3.1-1 and 5.1.3.1-2.
public enum MCSTable: Int, Sendable, CaseIterable {
  /// Up to 64QAM: 29 schemes. Scheme 17 has less spectral efficiency than 16.
  case qam64 = 1
  /// Up to 256QAM: 28 schemes.
  case qam256 = 2

  /// The schemes, by index; reserved ones are left out.
  public var schemes: [CodingScheme] { self == .qam64 ? Self.first : Self.second }

  private static let first = CodingScheme.list([
    2: [120, 157, 193, 251, 308, 379, 449, 526, 602, 679],
    4: [340, 378, 434, 490, 553, 616, 658],
    6: [438, 466, 517, 567, 616, 666, 719, 772, 822, 873, 910, 948],
  ])

  private static let second = CodingScheme.list([
    2: [120, 193, 308, 449, 602],
    4: [378, 434, 490, 553, 616, 658],
    6: [466, 517, 567, 616, 666, 719, 772, 822, 873],
    8: [682.5, 711, 754, 797, 841, 885, 916.5, 948],
  ])
}
