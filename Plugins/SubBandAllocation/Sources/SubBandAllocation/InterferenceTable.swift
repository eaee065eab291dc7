internal import Foundation
internal import QHostRadio

/// Rates of users on sub-bands by which of the cells send there.
struct InterferenceTable: Sendable {
  let cellCount: Int
  let usersPerCell: Int
  let subBandCount: Int
  /// [U × S × 2^cells]; the user's own cell counts as sending.
  private let rates: [Double]

  /// Computes them; cells that take no part send all the time, without fading.
  init(_ drop: UserDrop, _ fading: FadingTable, _ settings: SubBandSettings) {
    cellCount = settings.cellCount
    usersPerCell = settings.usersPerCell
    subBandCount = settings.subBandCount
    let all = UserDrop.layout.cellCount
    var rates: [Double] = []
    for user in 0..<settings.userCount {
      let cell = user / settings.usersPerCell
      let received = Array(drop.powers[(user * all)..<((user + 1) * all)])
      let always = received[settings.cellCount...].reduce(UserDrop.noise, +)
      for band in 0..<settings.subBandCount {
        let powers = (0..<settings.cellCount).map {
          received[$0] * fading.gain(user: user, cell: $0, subBand: band)
        }
        for senders in 0..<(1 << settings.cellCount) {
          let others = powers.indices.reduce(always) { sum, other in
            other != cell && senders >> other & 1 == 1 ? sum + powers[other] : sum
          }
          let rate = CappedShannonRate.downlink.rate(sinr: powers[cell] / others)
          rates.append(RateTable.rounded(rate))
        }
      }
    }
    self.rates = rates
  }

  /// The rate of a user on a sub-band when so many cells send, a bit each.
  @inline(__always)
  func rate(_ user: Int, _ band: Int, senders: Int) -> Double {
    rates[(user * subBandCount + band) << cellCount + senders]
  }

  /// The rates [S × U] when all cells send, or only a user's own.
  func table(alone: Bool) -> [Double] {
    (0..<subBandCount).flatMap { band in
      (0..<(cellCount * usersPerCell)).map { user in
        rate(user, band, senders: alone ? 1 << (user / usersPerCell) : (1 << cellCount) - 1)
      }
    }
  }
}
