public import QHostInterfaces
public import QHostNetworks

/// The blocks of some rows; threads share them, and sums are added in their order.
public final class TuningBatch {
  /// N, the number of rows.
  public let rowCount: Int
  /// Multiply-adds so far.
  public private(set) var multiplyAdds = 0
  private let blocks: [TuningBlock]
  private let source: TuningRows
  private let host: any HostServices

  /// The most rows of a block.
  private static let blockRows = 1024

  /// Makes room for `rowCount` rows.
  public init(
    _ source: TuningRows, rowCount: Int, point: TuningPoint, host: any HostServices
  ) {
    (self.source, self.rowCount, self.host) = (source, rowCount, host)
    let count = (rowCount + Self.blockRows - 1) / Self.blockRows
    blocks = (0..<count).map { index in
      TuningBlock(
        widths: point.widths, tables: point.tables.all, goal: source.goal,
        rowCount: rowCount * (index + 1) / count - rowCount * index / count)
    }
  }

  /// Makes the rows `rowCount` others of the source.
  public func take(_ rows: [Int]) {
    var starts = [0]
    for block in blocks { starts.append(starts[starts.count - 1] + block.rowCount) }
    let (blocks, source, places) = (blocks, source, starts)
    host.parallelFor(blocks.count) { index in
      blocks[index].take(source, rows: rows[places[index]..<places[index + 1]])
    }
  }

  /// Computes everything again; the mean loss.
  public func pass(_ point: TuningPoint) -> Double {
    forEach { $0.pass(point) }
    return loss
  }

  /// The mean loss.
  public var loss: Double { blocks.reduce(0) { $0 + $1.sum } / Double(rowCount) }

  /// How the mean loss changes with other scales of the outputs.
  public func rescale(_ scales: [Float]) -> [Double] {
    forEach { $0.rescale(scales) }
    return differences(scales.count).map(\.mean)
  }

  /// How a mean loss changes.
  public struct Difference: Sendable {
    /// By how much.
    public var mean: Double
    /// √Σ_rows d² / N of the rows' own changes d: about what the mean would differ by with other rows.
    public var error: Double
  }

  /// How the mean loss changes with each of some changes at a place.
  public func evaluate(
    _ place: TuningPlace, _ changes: [IntegerKernel.Change], scale: Float
  ) -> [Difference] {
    forEach { $0.evaluate(place, changes, scale: scale) }
    return differences(changes.count)
  }

  /// Makes a change.
  public func move(_ place: TuningPlace, _ change: IntegerKernel.Change, scale: Float) {
    forEach { $0.move(place, change, scale: scale) }
  }

  private func forEach(_ body: @Sendable (TuningBlock) -> Void) {
    let blocks = blocks
    host.parallelFor(blocks.count) { body(blocks[$0]) }
    for block in blocks { multiplyAdds += block.multiplyAdds }
  }

  private func differences(_ count: Int) -> [Difference] {
    (0..<count).map { index in
      var (sum, squares) = (0.0, 0.0)
      for block in blocks {
        sum += block.differences[index].sum
        squares += block.differences[index].squares
      }
      return Difference(
        mean: sum / Double(rowCount), error: squares.squareRoot() / Double(rowCount))
    }
  }
}
