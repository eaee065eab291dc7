/// Mode interference: output c S + s is what cell c does on sub-band s, 0 silent, 1 + k sending to its user k.
///
/// A rate depends on which other cells send on the same sub-band, not to whom: a change costs a look-up for each cell.
final class InterferenceAllocation: AllocationState {
  private let table: InterferenceTable
  private let limits: AllocationLimits
  /// Which cells send, a bit each, [S].
  private var senders: [Int]
  private(set) var choices: [Int] = []
  private(set) var userRates: [Double]
  private(set) var sumRate = 0.0
  private(set) var violation = 0.0

  /// Takes the rates.
  init(table: InterferenceTable, limits: AllocationLimits) {
    self.table = table
    self.limits = limits
    senders = Array(repeating: 0, count: table.subBandCount)
    userRates = Array(repeating: 0, count: table.cellCount * table.usersPerCell)
  }

  func place(_ choices: [Int]) {
    self.choices = choices
    for band in senders.indices {
      senders[band] = (0..<table.cellCount).reduce(0) {
        choices[$1 * table.subBandCount + band] > 0 ? $0 | 1 << $1 : $0
      }
    }
    for user in userRates.indices { userRates[user] = 0 }
    for (output, choice) in choices.enumerated() where choice > 0 {
      let (cell, band) = (output / table.subBandCount, output % table.subBandCount)
      let user = cell * table.usersPerCell + choice - 1
      userRates[user] += table.rate(user, band, senders: senders[band])
    }
    sumRate = userRates.reduce(0, +)
    violation = userRates.reduce(0) { $0 + limits.shortfall($1) }
  }

  func trial(_ output: Int, _ category: Int) -> (sumRate: Double, violation: Double) {
    var (sum, violation) = (sumRate, violation)
    forEachChange(output, category) { user, change in
      sum += change
      violation += limits.shortfall(userRates[user] + change) - limits.shortfall(userRates[user])
    }
    return (sum, violation)
  }

  func move(_ output: Int, to category: Int) {
    (sumRate, violation) = trial(output, category)
    forEachChange(output, category) { user, change in userRates[user] += change }
    let (cell, band) = (output / table.subBandCount, output % table.subBandCount)
    choices[output] = category
    senders[band] = category > 0 ? senders[band] | 1 << cell : senders[band] & ~(1 << cell)
  }

  /// Calls `body` with each user whose rate changes, once each, and by how much.
  private func forEachChange(_ output: Int, _ category: Int, _ body: (Int, Double) -> Void) {
    let (cell, band) = (output / table.subBandCount, output % table.subBandCount)
    let old = choices[output]
    guard old != category else { return }
    let before = senders[band]
    let after = category > 0 ? before | 1 << cell : before & ~(1 << cell)
    for other in 0..<table.cellCount {
      let choice = other == cell ? old : choices[other * table.subBandCount + band]
      guard choice > 0, other == cell || before != after else { continue }
      let user = other * table.usersPerCell + choice - 1
      let rate = table.rate(user, band, senders: before)
      body(user, (other == cell ? 0 : table.rate(user, band, senders: after)) - rate)
    }
    guard category > 0 else { return }
    let user = cell * table.usersPerCell + category - 1
    body(user, table.rate(user, band, senders: after))
  }
}
