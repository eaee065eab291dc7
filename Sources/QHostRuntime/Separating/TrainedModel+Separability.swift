internal import QHostInterfaces
internal import QHostSeparability
internal import QHostStatistics

extension TrainedModel {
  /// Measures how far from a product of the inputs of A and those of B one output is.
  ///
  /// - Parameters:
  ///   - settings: how.
  ///   - path: of the model's file, for the record.
  /// - Returns: what was measured, in a record of its own.
  /// - Throws: kind `usage` for a model or settings that this cannot be told of, `data` for a constant function.
  public func separability(
    _ settings: SeparabilitySettings, path: String
  ) throws(RunError) -> SeparabilityRecord {
    try settings.check()
    let name = file.description.specification.model
    try checkFunction(name)
    let split = try Self.split(settings.split)
    guard let table = data.table(split) else {
      throw RunError(.usage, "dataset '\(data.name)' has no \(split) rows; name another --split")
    }
    let inputCount = table.inputCount
    let description = data.dataset.datasetDescription
    let names =
      description.featureNames.count == inputCount
      ? description.featureNames : (1...max(1, inputCount)).map { "\($0)" }
    let parts: Bipartition
    if let text = settings.bipartition {
      parts = try Bipartition(
        text, inputCount: inputCount,
        names: description.featureNames.count == inputCount ? names : [])
    } else {
      parts = try Bipartition(halving: inputCount)
    }
    let (output, outputName) = try output(settings.output, description)
    let count = try sampleCount(settings, table.rowCount, split)
    let host = RunServices(common, place: "separability")
    let function = SampledFunction(
      model: self.parts.model, table: table, parts: parts, output: output,
      outputCount: description.output.count, removesMean: settings.removesMean)
    let found = try naming(path) { () throws(ComponentError) in
      let samples = try function.values(
        parameters, first: Self.rows(count, of: table.rowCount, index: 0, host),
        second: Self.rows(count, of: table.rowCount, index: 1, host), pool: common.pool)
      let spectrum = try samples.spectrum()
      let intervals = try samples.intervals(
        of: spectrum, rankHolding: settings.rankPart, resamples: settings.resampleCount, host: host)
      return Separability(
        path: path, passes: file.description.snapshot?.passes, entropy: spectrum.entropy,
        entropyInterval: intervals.entropy, participation: spectrum.participation,
        participationInterval: intervals.participation,
        rank: spectrum.rank(holding: settings.rankPart), rankInterval: intervals.rank,
        weights: Array(spectrum.weights.prefix(64)))
    }
    try checkRank(found.rank, count, table.rowCount, path)
    return SeparabilityRecord(
      model: name, dataset: data.name, split: "\(split)", first: parts.first.map { names[$0] },
      second: parts.second.map { names[$0] }, output: outputName, samples: count,
      resamples: settings.resampleCount, level: Interval.usualLevel, rankPart: settings.rankPart,
      removesMean: settings.removesMean, models: [found])
  }

  /// Runs a body whose errors are those of one file among several.
  private func naming<R>(
    _ path: String, _ body: () throws(ComponentError) -> R
  ) throws(RunError) -> R {
    do throws(RunError) {
      return try translating(body)
    } catch let error {
      throw RunError(error.kind, "'\(path)': \(error.message)")
    }
  }

  private func checkFunction(_ name: String) throws(RunError) {
    let model = parts.model.modelDescription
    guard !model.isStochastic else {
      throw RunError(
        .usage,
        "model '\(name)' has outputs that are random draws, and no function whose spectrum could be told; "
          + "name a model with fixed outputs")
    }
    guard !model.takesSeries, !model.isIdentity else {
      throw RunError(
        .usage,
        "model '\(name)' \(model.isIdentity ? "does not look at its inputs" : "takes series"), and is not a function of "
          + "two parts of its inputs; name another model")
    }
  }

  /// Samples that cannot hold a rank must not report one.
  private func checkRank(
    _ rank: Int, _ count: Int, _ rowCount: Int, _ path: String
  ) throws(RunError) {
    guard 2 * rank > count else { return }
    let remedy =
      2 * count <= rowCount
      ? "set --samples \(2 * count)" : "lower --rank-part, or name a split with more rows"
    throw RunError(
      .usage,
      "'\(path)': the rank is \(rank) of \(count) samples, too few to tell it, since more samples would raise it; "
        + remedy)
  }

  private func output(
    _ text: String?, _ description: DatasetDescription
  ) throws(RunError) -> (Int, String) {
    let count = description.output.count
    let names =
      description.outputNames.count == count
      ? description.outputNames : (1...max(1, count)).map { "\($0)" }
    guard let text else {
      guard count > 1 else { return (0, names[0]) }
      throw RunError(
        .usage,
        "the model has \(count) outputs, and a spectrum is of one; name it with --output, such as --output "
          + "'\(names[0])'")
    }
    if let place = names.firstIndex(of: text) { return (place, names[place]) }
    if let number = Int(text), (1...count).contains(number) {
      return (number - 1, names[number - 1])
    }
    throw RunError(
      .usage,
      "there is no output '\(text)'; the model has \(names.prefix(8).joined(separator: ", "))"
        + (names.count > 8 ? " and \(names.count - 8) more" : ""))
  }

  private func sampleCount(
    _ settings: SeparabilitySettings, _ rowCount: Int, _ split: Split
  ) throws(RunError) -> Int {
    guard let count = settings.sampleCount else {
      return min(SeparabilitySettings.usualSampleCount, rowCount)
    }
    guard count <= rowCount else {
      throw RunError(
        .usage,
        "--samples \(count) are more than the \(rowCount) \(split) rows of dataset '\(data.name)'; set at most "
          + "\(rowCount), or name another --split")
    }
    return count
  }

  private static func split(_ text: String) throws(RunError) -> Split {
    guard let split = Split.allCases.first(where: { $0.description == text }) else {
      throw RunError(
        .usage,
        "there is no split '\(text)'"
          + Suggestion.sentence(for: text, among: Split.allCases.map(\.description)))
    }
    return split
  }

  /// Different rows in a random order.
  private static func rows(
    _ count: Int, of rowCount: Int, index: UInt64, _ host: RunServices
  ) -> [Int] {
    // Beyond the steps of resamples.
    let keys = host.uniforms(step: 1 << 40, index: index, count: rowCount)
    return Array((0..<rowCount).sorted { (keys[$0], $0) < (keys[$1], $1) }.prefix(count))
  }
}
