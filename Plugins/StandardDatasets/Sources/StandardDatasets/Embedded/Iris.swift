import QHostDatasets
public import QHostInterfaces

/// Fisher's iris flowers: 150 rows, 4 measurements, 3 species.
public final class Iris: DatasetComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "iris", summary: "150 iris flowers of 3 species by 4 measurements in centimetres.",
    source: source, parameters: SplitParameters.declared(testFraction: 1.0 / 3))

  private static let source =
    "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7, "
    + "1936; public domain."

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let table: SampleTable

  /// Splits the embedded table.
  public init(request: ComponentRequest) throws(ComponentError) {
    let split = try SplitParameters(request.configuration)
    let (inputs, classes) = Self.decoded()
    let partition = Partition(
      strata: classes, stratumCount: IrisTable.species.count, parameters: split)
    table = SampleTable(
      inputs: inputs, targets: classes.map(Float.init), featureCount: IrisTable.features.count,
      partition: partition)
    var description = DatasetDescription(
      task: .classification, input: Shape([IrisTable.features.count]),
      output: Shape([IrisTable.species.count]), targetWidth: 1, rowCounts: partition.counts)
    description.scaling = .standardize
    description.featureNames = IrisTable.features
    description.outputNames = IrisTable.species
    description.source = Self.source
    datasetDescription = description
  }

  /// Writes the inputs [B × 4] and classes [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    table.read(split, rows: rows, inputs: inputs, targets: targets)
  }

  /// Measurements in centimetres [150 × 4] and classes [150].
  private static func decoded() -> (inputs: [Float], classes: [Int]) {
    var inputs: [Float] = []
    for line in IrisTable.millimetres.description.split(whereSeparator: \.isWhitespace) {
      inputs.append((Float(line) ?? .nan) / 10)
    }
    let rowCount = inputs.count / IrisTable.features.count
    let rowsOfSpecies = rowCount / IrisTable.species.count
    return (inputs, (0..<rowCount).map { $0 / rowsOfSpecies })
  }
}
