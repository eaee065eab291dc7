/// What the rates of users say, beside their sum.
struct AllocationFigures {
  private let rates: [Double]
  private let settings: SubBandSettings

  /// Takes the rates of all users in bit/s/Hz, each a sum over sub-bands.
  init(_ rates: [Double], _ settings: SubBandSettings) {
    self.rates = rates
    self.settings = settings
  }

  /// The mean spectral efficiency over sub-bands and cells, in bit/s/Hz.
  var sumRate: Double { rates.reduce(0, +) / Double(settings.outputCount) }

  /// (Σ R)² ÷ (n Σ R²): 1 when all have the same, 1/n when one has all; 0 when none has anything.
  ///
  /// R. Jain, D. Chiu, W. Hawe, DEC report TR-301 (1984).
  var jain: Double {
    let (sum, squares) = rates.reduce((0.0, 0.0)) { ($0.0 + $1, $0.1 + $1 * $1) }
    return squares > 0 ? sum * sum / (Double(rates.count) * squares) : 0
  }

  /// The part of users below the floor; where there is none, without any rate.
  var outage: Double {
    let floor = RateTable.rounded(settings.floor)
    let count = rates.count { floor > 0 ? $0 < floor : $0 == 0 }
    return Double(count) / Double(rates.count)
  }

  /// Sum rate, Jain's index, outage.
  var objectives: [Double] { [sumRate, jain, outage] }
}
