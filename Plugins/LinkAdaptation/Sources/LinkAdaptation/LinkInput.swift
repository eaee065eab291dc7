internal import CLinkAdaptation

/// What the base station knows when it chooses a scheme, in this order.
package enum LinkInput: Int, CaseIterable, Sendable {
  case quality = 0
  case age, meanQuality, qualityDeviation, worstBand, bestBand
  case offset
  case result1, result2, result3, result4
  case lastScheme, repeats, allocation, doppler

  /// What users see.
  var name: String {
    switch self {
    case .quality: "cqi"
    case .age: "cqi_age_slots"
    case .meanQuality: "cqi_mean"
    case .qualityDeviation: "cqi_deviation"
    case .worstBand: "cqi_worst_band"
    case .bestBand: "cqi_best_band"
    case .offset: "offset_db"
    case .result1: "harq_1"
    case .result2: "harq_2"
    case .result3: "harq_3"
    case .result4: "harq_4"
    case .lastScheme: "last_mcs"
    case .repeats: "retransmissions"
    case .allocation: "log2_blocks"
    case .doppler: "log2_doppler_hz"
    }
  }

  /// What the teacher takes off each input, and what it then divides it by.
  static let middles = numbers(qhost_kernel_link_middles())
  static let spreads = numbers(qhost_kernel_link_spreads())
  /// Logarithms of the resource blocks that there are, to base 2.
  static let allocationRange: ClosedRange<Float> = 3...7

  private static func numbers(_ start: UnsafePointer<Float>?) -> [Float] {
    Array(UnsafeBufferPointer(start: start, count: allCases.count))
  }
}
