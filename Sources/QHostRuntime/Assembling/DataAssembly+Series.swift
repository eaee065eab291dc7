internal import QHostBridging
internal import QHostInterfaces

extension DataAssembly {
  /// The lengths of its series where they are not all as long as an input; `nil`: they are, or there are none.
  var unequalLengths: ClosedRange<Int>? {
    let ranges = Split.allCases.compactMap { table($0)?.unequalLengths }
    guard let least = ranges.map(\.lowerBound).min() else { return nil }
    let lengths = Split.allCases.compactMap { table($0)?.lengths.max() }
    return least...(lengths.max() ?? least)
  }

  /// Refuses a model that would take the padding of series for data.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - culprit: who it is.
  ///   - catalogue: names those that would do.
  /// - Throws: kind `usage`.
  func checkLengths(
    for model: ModelDescription, _ culprit: String, catalogue: PluginCatalogue
  ) throws(RunError) {
    guard let lengths = unequalLengths, !model.takesSeries, !model.isIdentity else { return }
    var others: [String] = []
    for listing in catalogue.listings where listing.kind == .model {
      let component = try catalogue.component(listing)
      // Those around others take series only where these do.
      if component.has(.series), !component.has(.inner) { others.append(listing.name) }
    }
    let remedy =
      others.isEmpty
      ? "use a model that takes series"
      : "use a model that takes series: \(others.joined(separator: ", "))"
    throw RunError(
      .usage,
      "dataset '\(name)' has series of \(lengths.lowerBound) to \(lengths.upperBound) steps, and "
        + "\(culprit) would take the padding of the shorter ones for data; \(remedy)")
  }

  /// Refuses series on a target, which runs each row by itself and knows no lengths.
  ///
  /// - Parameters:
  ///   - target: its name.
  ///   - takesSeries: whether the network takes series.
  /// - Throws: kind `usage`.
  func checkDeployment(to target: String, takesSeries: Bool) throws(RunError) {
    let streams = dataset.datasetDescription.streams
    let what =
      unequalLengths.map { "series of \($0.lowerBound) to \($0.upperBound) steps" }
      ?? (takesSeries && !streams.isEmpty ? "rows that follow one another in time" : nil)
    guard let what else { return }
    throw RunError(
      .usage,
      "target '\(target)' runs rows of one length, each by itself, and dataset '\(name)' has \(what); "
        + "use 'qhost eval', or a dataset of rows of one length")
  }
}
