internal import QHostInterfaces
internal import QHostNetworks

extension NetworkWork {
  /// A row that is brought, and an offset at which what it loses is summed: of two, five and more coefficients.
  package static func potentialRow(_ coefficientCount: Int) -> (row: Double, offset: Double) {
    switch coefficientCount {
    case ...2: (20, 14)
    case ...5: (24, 10)
    default: (40, 16)
    }
  }

  /// A call along a weight of an open unit, at so many offsets or for a move.
  func potential(_ coefficientCount: Int, looked: Int, times: Int) -> Double {
    let far = Self.farParameter / 4 * min(1, Double(network.parameterCount) / Self.farCount)
    let (row, offset) = Self.potentialRow(coefficientCount)
    return far + Double(looked) * (row + Double(times) * offset)
  }

  /// Taking the moves of a unit to what is kept of all rows.
  func closing(layer: Int, rowCount: Int) -> Double {
    Double(rowCount) * (activation + carries[layer] + 3 * Self.unit)
  }
}
