public import QHostInterfaces

/// The truth table of a circuit: every row of inputs, and whether the output is to be on.
///
/// The vertical-line detector's has all 65,536 images of 4 by 4 pixels; without asking for them there are the lines, and
/// those that are a pixel away from one.
public final class TruthTable: DatasetComponent, MetricProviding {
  private static let circuits = Circuit.all.filter { $0.table != nil }

  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "truth-table",
    summary: "All inputs of a circuit of quantum neurons, and what it is to say.",
    parameters: [
      .choice(
        "circuit", default: "xor", of: circuits.map { .init($0.name, $0.documentation) },
        "Whose table."),
      .integer(
        "rows", default: 68, in: 0...65_536,
        "The most rows: those that are on, then those that differ from them in the fewest inputs; 0: all."
      ),
    ])

  /// What it holds.
  public let datasetDescription: DatasetDescription
  /// Inputs of each row.
  private let rows: [[Bool]]
  private let isOn: [Bool]

  /// Makes the table.
  public init(request: ComponentRequest) throws(ComponentError) {
    let name = request.configuration.choice("circuit")
    guard let circuit = Circuit.named(name), let table = circuit.table else {
      throw .parameter("circuit \(name) has no truth table")
    }
    let graph = try GraphReader.graph(circuit.text, source: "circuit \(name)")
    let all = Self.inputs(count: graph.freeInputs.count)
    rows = Self.chosen(all, table, limit: request.configuration.integer("rows"))
    isOn = rows.map(table)
    var description = DatasetDescription(
      task: .regression, input: Shape([graph.freeInputs.count]), output: Shape([1]),
      targetWidth: 1, rowCounts: [.train: rows.count])
    description.featureNames = graph.freeInputs.map { graph.inputs[$0] }
    description.outputNames = [graph.neurons[graph.outputs[0]]]
    datasetDescription = description
  }

  /// All rows of inputs; the first input is the highest digit.
  static func inputs(count: Int) -> [[Bool]] {
    (0..<1 << count).map { row in (0..<count).map { row >> (count - 1 - $0) & 1 == 1 } }
  }

  private static func chosen(
    _ all: [[Bool]], _ table: ([Bool]) -> Bool, limit: Int
  ) -> [[Bool]] {
    guard limit > 0, limit < all.count else { return all }
    let on = all.filter(table).prefix(limit)
    // The nearest ones first, for they are the hardest to tell; among the equally near by number.
    let off = all.filter { !table($0) }
    let distances = off.map { row in
      on.map { zip(row, $0).count { $0 != $1 } }.min() ?? 0
    }
    let nearest = off.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }
    return on + nearest.prefix(limit - on.count).map { off[$0] }
  }

  /// Writes inputs [B × F], 1 where they are on, and targets [B × 1], 1 where the output is to be on.
  public func read(
    _ split: Split, rows places: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    let width = datasetDescription.input.count
    for (place, row) in places.enumerated() {
      for (feature, value) in rows[row].enumerated() {
        inputs[place * width + feature] = value ? 1 : 0
      }
      targets[place] = isOn[row] ? 1 : 0
    }
  }

  /// How far apart on and off are.
  public var metricDescriptions: [MetricDescription] {
    [
      MetricDescription(
        "smallest_on", .higher, "The smallest output of a row that is to be on."),
      MetricDescription("largest_off", .lower, "The largest output of a row that is to be off."),
      MetricDescription("separation", .higher, "The smallest on less the largest off."),
    ]
  }

  /// The smallest on, the largest off and their difference; without rows of a kind it counts as infinite.
  public func measure(_ sample: MetricSample) -> [MetricValue] {
    var (on, off) = (Double.infinity, -Double.infinity)
    for (place, row) in sample.rows.enumerated() {
      let value = sample.outputs[place]
      if isOn[row] { on = min(on, value) } else { off = max(off, value) }
    }
    return [MetricValue(on), MetricValue(off), MetricValue(on - off)]
  }
}
