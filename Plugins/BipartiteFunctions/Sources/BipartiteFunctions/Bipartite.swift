internal import Foundation
public import QHostInterfaces
internal import QHostRandomness

/// A function of two vectors on spheres: pairs to train on, and a grid of pairs to tell its Schmidt spectrum from.
///
/// Rows of the validation and test splits are all pairs of `side` samples of x and `side` of y, row i · side + j of the
/// pair (i, j); those of the training split are pairs of their own.
public final class Bipartite: DatasetComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "bipartite",
    summary:
      "Functions of two vectors, from a product to many products, and their Schmidt entropy.",
    source:
      "A. T. Patrascu, Are classical neural networks quantum?; A. Daniely, Depth separation for "
      + "neural networks, COLT 2017",
    parameters: [
      .choice("function", default: "inner", of: BipartiteFunction.choices, "f(x, y)."),
      .integer("dimension", default: 4, in: 2...1_000, "d: numbers of x, and of y."),
      .positive("frequency", default: 1, upTo: 1_000, logarithmic: false, "k of the sine."),
      .integer("train_rows", default: 20_000, in: 1...100_000_000, "Pairs of the training split."),
      .integer(
        "side", default: 100, in: 2...2_000,
        "Samples of x, and of y, of the validation and test splits, which have all pairs of them."),
      .integer(
        "data_seed", default: 0, in: 0...Int.max,
        "Picks the vectors; the seed of a run does not, so that all see the same."),
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  /// f.
  public let function: BipartiteFunction
  let dimension: Int
  let side: Int
  private let frequency: Double
  private let radius: Double
  private let key: UInt64

  /// Takes the settings; rows are made where they are read.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    guard let function = BipartiteFunction(rawValue: configuration.choice("function")) else {
      throw .parameter("there is no function '\(configuration.choice("function"))'")
    }
    self.function = function
    dimension = configuration.integer("dimension")
    side = configuration.integer("side")
    frequency = configuration.real("frequency")
    radius = BipartiteFunction.medianRadius(dimension: dimension)
    key = Philox.key(seed: UInt64(configuration.integer("data_seed")), component: "bipartite")
    var description = DatasetDescription(
      task: .regression, input: Shape([2 * dimension]), output: Shape([1]), targetWidth: 1,
      rowCounts: [
        .train: configuration.integer("train_rows"), .validation: side * side, .test: side * side,
      ])
    description.featureNames =
      (1...dimension).map { "x\($0)" } + (1...dimension).map { "y\($0)" }
    description.outputNames = ["f"]
    description.source = "Drawn from a seed."
    datasetDescription = description
  }

  /// Writes the inputs [B × 2d] and values [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let width = 2 * dimension
    for (place, row) in rows.enumerated() {
      let pair = pair(split, row)
      for (input, value) in pair.enumerated() { inputs[place * width + input] = value }
      targets[place] = Float(value(pair))
    }
  }

  /// f of x and y one behind the other.
  func value(_ pair: [Float]) -> Double {
    function.value(
      pair[..<dimension], pair[dimension...], frequency: frequency, radius: radius)
  }

  /// x and y of a row.
  func pair(_ split: Split, _ row: Int) -> [Float] {
    precondition(
      row >= 0 && row < datasetDescription.rowCount(split), "the \(split) split has no row \(row)")
    let part = 2 * UInt64(split.rawValue)
    let (first, second) = split == .train ? (row, row) : (row / side, row % side)
    return vector(step: first, index: part) + vector(step: second, index: part + 1)
  }

  private func vector(step: Int, index: UInt64) -> [Float] {
    var values = [Double](repeating: 0, count: dimension)
    values.withUnsafeMutableBufferPointer {
      RandomFill.normal(key: key, step: UInt64(step), index: index, $0)
    }
    guard function.isOnSpheres else { return values.map(Float.init) }
    let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return values.map { Float($0 / length) }
  }
}
