public import QHostInterfaces

/// The utility of a cell's users against its tilt, the tilts of its neighbours, and what else there is in a drop.
///
/// A row is a drop of 7 sites with 3 cells each; its label is the mean of ln(0.05 + spectral efficiency) over the users of one cell,
/// to mean 0 and deviation 1 over the training split.
public final class AntennaTilt: DatasetComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "antenna-tilt",
    summary: "Utility of a radio cell's users by antenna tilts and layout: 15 inputs, simulated.",
    source: source, parameters: TiltSettings.declared)

  private static let source =
    "Simulated from a seed, after 3GPP TR 38.901 (UMa) and TR 36.814 (antennas, sites)."

  /// What it holds.
  public let datasetDescription: DatasetDescription
  let tables: [Split: DropTable]
  /// Mean and deviation of the training split's utilities.
  package let mean: Double
  package let deviation: Double

  /// Draws and simulates the drops.
  public init(request: ComponentRequest) throws(ComponentError) {
    let settings = try TiltSettings(request.configuration)
    let users = UserPlaces(count: settings.userCount, seed: settings.userSeed)
    let simulator = TiltSimulator(users)
    var tables: [Split: DropTable] = [:]
    for split in Split.allCases {
      tables[split] = try DropTable(split, settings, simulator, host: request.host)
    }
    self.tables = tables
    let scale = tables[.train]?.scale ?? (mean: 0, deviation: 0)
    guard scale.deviation > 1e-9 else {
      throw .data(
        "all drops have the utility \(scale.mean): there is nothing to learn; widen the ranges of "
          + "tilts or distances")
    }
    (mean, deviation) = scale
    var description = DatasetDescription(
      task: .regression, input: Shape([DropTable.width]), output: Shape([1]), targetWidth: 1,
      rowCounts: tables.mapValues(\.rowCount))
    description.scaling = .standardize
    description.featureNames = TiltInput.allCases.map(\.name)
    description.outputNames = ["utility"]
    description.source = Self.source
    datasetDescription = description
  }

  /// Writes the inputs [B × 15] and labels [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard let table = tables[split] else { return }
    let width = DropTable.width
    precondition(inputs.count >= rows.count * width, "room for too few inputs")
    precondition(targets.count >= rows.count, "room for too few targets")
    for (place, row) in rows.enumerated() {
      precondition(row >= 0 && row < table.rowCount, "the \(split) split has no row \(row)")
      for input in 0..<width {
        inputs[place * width + input] = table.inputs[row * width + input]
      }
      targets[place] = Float((table.utilities[row] - mean) / deviation)
    }
  }
}
