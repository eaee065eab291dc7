internal import QHostInterfaces
internal import QHostMemory

/// A unit whose losses are summed along its weights, and what is due when it is closed.
final class OpenPotential {
  let cuts: NetworkCuts
  let kernel: PotentialKernel
  /// How far units reach in each row; `nil`: units have two outputs.
  let reach: PotentialReach?
  /// The unit's sums when it was opened, with their noise, [B].
  let sums: AlignedBuffer<Float>
  /// Room for sums, [B].
  let room: AlignedBuffer<Float>
  /// Whether a unit is open.
  var isOpen = false
  /// Where it is.
  var (layer, unit) = (0, 0)
  /// Where its weights are, one for each input, and its bias; `nil`: it has none.
  var weights = 0..<0
  var bias: Int?
  /// The rows of its inputs where these are listed, [F]; see ``InputLists/entries``.
  var entries: UnsafePointer<InputRows>?
  /// Whether its sums are without noise.
  var isSmoothed = false
  /// How many coefficients a row has.
  var coefficientCount = 2
  /// Whether so many moves were made that all z and h are to be computed again.
  var isPassDue = false

  init(rowCount: Int, isBinary: Bool, _ cuts: NetworkCuts) {
    self.cuts = cuts
    kernel = PotentialKernel(rowCount: rowCount)
    reach = isBinary ? nil : PotentialReach(rowCount: rowCount)
    sums = AlignedBuffer<Float>(count: rowCount)
    room = AlignedBuffer<Float>(count: rowCount)
  }
}
