internal import QHostInterfaces
internal import QHostNetworks

extension NetworkWork {
  /// A row whose line is brought, and an offset at which its polynomial is summed; of pairs, and of lines of more
  /// coefficients.
  package static let pairRow = 20.0
  package static let pairOffset = 14.0
  package static let lineRow = 40.0
  package static let lineOffset = 25.0

  /// A call along a weight of an open unit, at so many offsets or for a move.
  func potential(_ index: Int, _ coefficientCount: Int, looked: Int, times: Int) -> Double {
    let far = Self.farParameter / 4 * min(1, Double(network.parameterCount) / Self.farCount)
    let (row, offset) =
      coefficientCount <= 2
      ? (Self.pairRow, Self.pairOffset) : (Self.lineRow, Self.lineOffset)
    return far + Double(looked) * (row + Double(times) * offset)
  }

  /// Taking the moves of a unit to what is kept of all rows.
  func closing(layer: Int, rowCount: Int) -> Double {
    Double(rowCount) * (activation + carries[layer] + 3 * Self.unit)
  }
}
