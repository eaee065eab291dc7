import QHostDatasets
import QHostInterfaces

/// Which series belong to which split.
enum SeriesSplits {
  /// The numbers of the series in each split, those of the training file first.
  ///
  /// - Parameters:
  ///   - trainTargets: of the training file's series, [N].
  ///   - testCount: series of the test file; `nil`: there is none, and a part of the training file is taken.
  ///   - labels: what they mean.
  ///   - configuration: has the fractions.
  ///   - path: the training file, for messages.
  /// - Returns: row numbers.
  /// - Throws: kind `parameter` for fractions, kind `data` for too few series.
  static func members(
    trainTargets: [Float], testCount: Int?, labels: SeriesLabels, _ configuration: Configuration,
    path: String
  ) throws(ComponentError) -> [Split: [Int]] {
    var parameters = try SplitParameters(configuration)
    if testCount != nil { parameters.testFraction = 0 }
    let strata: [Int]
    let count: Int
    switch labels {
    case .classes(let names): (strata, count) = (trainTargets.map { Int($0) }, names.count)
    case .numbers: (strata, count) = (trainTargets.map { _ in 0 }, 1)
    }
    let partition = Partition(strata: strata, stratumCount: count, parameters: parameters)
    for (name, fraction, split) in [
      ("test_fraction", parameters.testFraction, Split.test),
      ("validation_fraction", parameters.validationFraction, .validation),
    ] where fraction > 0 && partition.rows(split).isEmpty {
      throw .data(
        "'\(path)' has \(trainTargets.count) series, too few to split; add some, or set \(name)=0")
    }
    let test = testCount.map { Array(trainTargets.count..<trainTargets.count + $0) }
    return [
      .train: partition.train, .validation: partition.validation,
      .test: test ?? partition.test,
    ]
  }
}
