internal import Glibc
internal import QHostBridging
internal import QHostInterfaces

/// What a trained model says of rows whose targets need not be known.
///
/// Rows come in the order of the file where the dataset can give them so, else split by split. Of a model whose
/// outputs are random draws they are means over ``Draws/reportCount`` draws.
public final class Predictions {
  /// Some rows.
  public struct Chunk {
    /// Which rows, from 0.
    public var rows: Range<Int>
    /// [B × C], row by row: of classes their probabilities, or outputs where there are none; else numbers in the
    /// unit of the targets that the model was trained on.
    public var values: [Float]
    /// The most likely class of each row, [B]; empty for numbers.
    public var classes: [Int]
  }

  /// The model's name.
  public let model: String
  /// The dataset's name.
  public let dataset: String
  /// How many rows there are.
  public let rowCount: Int
  /// The names of the classes or the numbers, [C].
  public let outputs: [String]
  /// Whether the model tells classes.
  public let isOfClasses: Bool
  /// Whether values are probabilities: the model was trained to give them by cross-entropy.
  public let areProbabilities: Bool

  private let trained: TrainedModel
  /// Rows at a time: whole blocks.
  private static let chunkRows = 64 * RowBlock.capacity

  /// Makes the model again, and reads the rows.
  ///
  /// - Parameters:
  ///   - file: the trained model.
  ///   - dataset: another dataset; `nil`: the one of its training.
  ///   - settings: of the dataset; they replace those of its training.
  ///   - catalogue: the plugins.
  ///   - common: what components have in common.
  /// - Throws: kind `data` for columns or categories that the model does not know, `usage` for a model of a scenario.
  public init(
    _ file: ModelFile, dataset: String?, settings: Settings, catalogue: PluginCatalogue,
    common: RunServices.Common
  ) throws(RunError) {
    let name = file.description.specification.model
    guard let columns = ModelColumns(file.description) else {
      throw RunError(
        .data,
        "the file of model '\(name)' was written by an earlier qhost and has no names of columns, by which rows are "
          + "matched; train again")
    }
    guard columns.task != .scenario else {
      throw RunError(
        .usage,
        "model '\(name)' was trained on a scenario, which has no rows to predict; its best point is in the run's "
          + "output and in \(TrainingRun.pointName)")
    }
    let trained = try TrainedModel(
      file, dataset: dataset, settings: settings, for: .prediction, catalogue: catalogue,
      common: common)
    let isOfClasses = columns.task == .classification
    let hasProbabilities = [Loss.crossEntropy, .crossEntropyAndError].contains(trained.parts.loss)
    let count = columns.output.count
    model = name
    self.dataset = trained.data.name
    self.isOfClasses = isOfClasses
    areProbabilities = isOfClasses && hasProbabilities
    outputs =
      columns.outputs.count == count
      ? columns.outputs : (0..<count).map { isOfClasses ? "\($0)" : "output\($0 + 1)" }
    rowCount = Split.allCases.reduce(0) { $0 + (trained.data.table($1)?.rowCount ?? 0) }
    self.trained = trained
  }

  /// Runs the model.
  ///
  /// - Parameter body: takes some rows at a time, in order.
  /// - Throws: what the model or the body throws; kind `interrupted` where the user asked to stop.
  public func forEach(_ body: (Chunk) throws -> Void) throws {
    var first = 0
    for split in Split.allCases {
      guard let table = trained.data.table(split) else { continue }
      let network = NetworkOutputs(trained.parts, split, table, isLive: true)
      // The state of a stream continues from row to row.
      let step = table.isStream ? table.rowCount : Self.chunkRows
      for start in stride(from: 0, to: table.rowCount, by: step) {
        guard !trained.common.cancellation.isRequested else {
          throw RunError(.interrupted, "interrupted after \(first + start) of \(rowCount) rows")
        }
        let rows = start..<min(start + step, table.rowCount)
        let values = try translating { () throws(ComponentError) in try self.values(network, rows) }
        try body(
          Chunk(
            rows: first + rows.lowerBound..<first + rows.upperBound, values: values,
            classes: isOfClasses ? largest(values) : []))
      }
      first += table.rowCount
    }
  }

  /// Probabilities or numbers [B × C] of rows, means over draws where there are several.
  private func values(
    _ network: NetworkOutputs, _ rows: Range<Int>
  ) throws(ComponentError) -> [Float] {
    let parameters = trained.parameters
    var sum = finished(try network.of(parameters, rows: rows))
    guard Objective.isStochastic(trained.parts) else { return sum.map { Float($0) } }
    for draw in 1..<Draws.reportCount {
      let values = finished(try network.again(parameters, rows: rows, draw: draw))
      for place in sum.indices { sum[place] += values[place] }
    }
    return sum.map { Float($0 / Double(Draws.reportCount)) }
  }

  /// Outputs as probabilities e^z / Σ e^z, or in the user's unit.
  private func finished(_ outputs: [Float]) -> [Double] {
    let count = self.outputs.count
    guard areProbabilities else {
      let preprocessing = trained.data.preprocessing
      return outputs.enumerated().map {
        isOfClasses
          ? Double($0.element)
          : preprocessing.restored(Double($0.element), output: $0.offset % count)
      }
    }
    var values = outputs.map { Double($0) }
    for start in stride(from: 0, to: values.count, by: count) {
      let row = start..<start + count
      let highest = values[row].max() ?? 0
      var total = 0.0
      for place in row {
        values[place] = exp(values[place] - highest)
        total += values[place]
      }
      for place in row { values[place] /= total }
    }
    return values
  }

  /// The place of the largest value of each row, the first among equals.
  private func largest(_ values: [Float]) -> [Int] {
    let count = outputs.count
    return stride(from: 0, to: values.count, by: count).map { start in
      var best = start
      for place in start..<start + count where values[place] > values[best] { best = place }
      return best - start
    }
  }
}
