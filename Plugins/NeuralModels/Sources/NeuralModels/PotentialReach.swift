internal import QHostInterfaces
internal import QHostMemory

/// How far the sum of a unit goes in each row from place 0 to place 1.
///
/// A row reaches d·(m + c·√(L/n)·‖x‖), d being the size of offsets, m the largest |x| and n the number of the unit's inputs:
/// as far as one offset takes it after the moves of L weights, whose sum grows as that of random steps does. More
/// than 1.2 only where one offset needs it.
final class PotentialReach {
  /// L: weights that are likely to be moved while a unit is open.
  private static let moves: Float = 64
  /// c: how many deviations of their sum there is room for, times what a typical move is of an offset.
  private static let room: Float = 5
  /// Beyond this a polynomial of few terms no longer meets a tangent, whose poles are π/2 from 0.
  private static let limit: Float = 1.2
  /// What rounding may add.
  private static let margin: Float = 1.001

  private var unit: Int?
  /// Whether the sizes are those of the session's own inputs, which stay as long as these do.
  private var hasInputs = false
  private let rowCount: Int
  private let reach: AlignedBuffer<Float>
  private let squares: AlignedBuffer<Float>
  private let largest: AlignedBuffer<Float>

  init(rowCount: Int) {
    self.rowCount = rowCount
    let padded = (rowCount + 15) & ~15
    reach = AlignedBuffer<Float>(count: padded)
    squares = AlignedBuffer<Float>(count: rowCount)
    largest = AlignedBuffer<Float>(count: rowCount)
  }

  /// Forgets the session's inputs, which are others now.
  func forgetInputs() { hasInputs = false }

  /// Takes the sizes of a layer's inputs in each row.
  ///
  /// - Parameters:
  ///   - layer: its number; the inputs of 0 are the session's.
  ///   - inputCount: n, without the bias.
  ///   - input: gives the inputs x [B].
  func takeSizes(layer: Int, inputCount: Int, input: (Int) -> UnsafePointer<Float>?) {
    guard layer > 0 || !hasInputs else { return }
    // A bias has the input 1.
    squares.start.update(repeating: 1, count: rowCount)
    largest.start.update(repeating: 1, count: rowCount)
    for index in 0..<inputCount {
      guard let x = input(index) else { continue }
      PotentialKernel.addSizes(
        of: x, rowCount: rowCount, squares: squares.start, largest: largest.start)
    }
    hasInputs = layer == 0
  }

  /// Fixes the reach of a unit's sum, from the sizes of its inputs.
  ///
  /// - Parameters:
  ///   - unit: its number.
  ///   - inputCount: n, without the bias.
  ///   - offset: d.
  func prepare(unit: Int, inputCount: Int, offset: Float) {
    let share = min(1, Self.moves / Float(inputCount + 1))
    for row in 0..<rowCount {
      let one = Self.margin * offset * largest.start[row]
      let wanted = one + Self.room * offset * (share * squares.start[row]).squareRoot()
      reach.start[row] = max(one, min(wanted, Self.limit))
    }
    self.unit = unit
  }

  /// The reach of the rows for a unit.
  ///
  /// - Parameter unit: the one that was prepared last.
  /// - Returns: [B, rounded up to 16].
  /// - Throws: when another was prepared.
  func of(_ unit: Int) throws(ComponentError) -> UnsafePointer<Float> {
    guard unit == self.unit else {
      throw ComponentError("unit \(unit) has no places yet; prepare it before it is held or opened")
    }
    return UnsafePointer(reach.start)
  }
}
