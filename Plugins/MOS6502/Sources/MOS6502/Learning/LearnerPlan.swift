internal import QHostGraphs
internal import QHostInterfaces

/// A network that learns on a 6502: how many rows it keeps, and how many numbers it looks at for each row.
struct LearnerPlan {
  let network: LearningNetwork
  /// The largest level of an input.
  let inputMaximum: Int
  /// Rows that are kept and learned from, at most ``mostRows``.
  let rowCount: Int
  /// Numbers that are looked at for each row.
  let visits: Int

  /// A sum over so many rows of losses of up to 2^14 + 2^16 has 24 bits.
  static let mostRows = 200
  /// Counters have a byte.
  static let mostUnits = 255

  /// Makes a plan.
  ///
  /// - Throws: kind `unsupported` for a network whose counts do not fit in a byte.
  init(
    _ network: LearningNetwork, inputMaximum: Int, rowCount: Int, visits: Int
  ) throws(ComponentError) {
    (self.network, self.inputMaximum) = (network, inputMaximum)
    (self.rowCount, self.visits) = (rowCount, visits)
    for (place, layer) in network.layers.enumerated() {
      let count = max(layer.inputCount, layer.unitCount)
      guard count <= Self.mostUnits else {
        throw .unsupported(
          "layers.\(place) has \(layer.inputCount) inputs and \(layer.unitCount) units, and target.learn is for at most "
            + "\(Self.mostUnits); use fewer")
      }
      let (weights, biases) = (layer.weightRange, layer.biasRange)
      guard layer.weights.allSatisfy({ weights.contains($0) }), weights.lowerBound >= -127,
        weights.upperBound <= 127, layer.biases.allSatisfy({ biases.contains($0) }),
        biases.count <= 0x10000, (0...254).contains(layer.doubleZero)
      else {
        throw .data("layers.\(place) has a weight or bias beyond its bounds; train the model again")
      }
    }
  }

  /// Bytes that one kept row takes: levels and sums of all layers, class, loss, and a 0 for biases.
  var bytesPerRow: Int {
    network.inputCount + 5
      + network.layers.reduce(0) { $0 + $1.unitCount * ($1.isLast ? 2 : 3) }
  }

  /// The most rows that fit in `bytes`, where the program with this plan has `byteCount`; none: 0.
  func mostRows(in bytes: Int, byteCount: Int) -> Int {
    let free = bytes - (byteCount - rowCount * bytesPerRow)
    return max(0, min(Self.mostRows, free / bytesPerRow))
  }

  /// The program.
  ///
  /// - Throws: kind `parameter` where it has more than `bytes`, with the rows that would fit.
  func program(
    origin: Int = 0x2000, within bytes: Int = .max
  ) throws(ComponentError) -> NetworkProgram {
    let room = min(bytes, Memory.byteCount - origin)
    let source: Program
    do throws(AssemblyError) {
      source = try LearnerCode(self, origin: origin).program()
    } catch { throw Self.failure(error) }
    let count = source.byteCount
    guard count <= room, network.learnedCount + network.stride < 0x10000 else {
      throw tooLarge(count, within: room, isWhole: bytes >= Memory.byteCount - origin)
    }
    do throws(AssemblyError) {
      return NetworkProgram(
        source: source, code: try source.assembled(), kernels: [], outputZero: 0x8000,
        outputCount: network.outputCount)
    } catch { throw Self.failure(error) }
  }

  private static func failure(_ error: AssemblyError) -> ComponentError {
    ComponentError("the code for the 6502 cannot be assembled: \(error); report it to its author")
  }

  private func tooLarge(_ count: Int, within bytes: Int, isWhole: Bool) -> ComponentError {
    let rows = mostRows(in: bytes, byteCount: count)
    let remedy =
      rows > 0 ? "set target.memory_rows to \(rows) or less" : "use fewer units or inputs"
    return .parameter(
      "learning with \(rowCount) rows kept needs \(count) bytes, \(rowCount * bytesPerRow) of them for the rows, and "
        + "there are \(bytes); \(remedy)" + (isWhole ? "" : ", or set target.max_bytes to \(count)")
    )
  }
}
