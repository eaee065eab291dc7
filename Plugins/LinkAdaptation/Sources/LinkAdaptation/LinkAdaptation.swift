internal import Foundation
public import QHostInterfaces

/// Choosing the modulation and coding scheme of a radio link, as a teacher does that was trained by reinforcement.
///
/// A row is what a base station knows when it begins a block; its label is the scheme, 0 to 27, that the teacher chooses.
public final class LinkAdaptation: DatasetComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "mcs",
    summary:
      "Modulation and coding of a radio link as a teacher chooses them: 15 inputs, 28 schemes.",
    source: source, parameters: LinkSettings.declared)

  private static let source =
    "Simulated from a seed, after 3GPP TR 38.901 (TDL-A, TDL-C) and TS 38.214 (schemes, reports)."

  /// What it holds.
  public let datasetDescription: DatasetDescription
  let plan = LinkPlan()
  let settings: LinkSettings
  let tables: [Split: StateTable]
  package let teacher: Teacher
  let player: LinkPlayer?

  /// Trains or takes the teacher, and plays episodes by it or reads what was played before.
  public init(request: ComponentRequest) throws(ComponentError) {
    let settings = try LinkSettings(request.configuration)
    self.settings = settings
    player = settings.player.isEmpty ? nil : try LinkPlayer(settings.player)
    let host = request.host
    teacher = try Self.teacher(settings, plan, host: host)
    tables = try Self.tables(settings, plan, teacher, host: host)
    let isLabelled = settings.target == .labels
    let schemes = StateTable.schemeCount
    var description = DatasetDescription(
      task: isLabelled ? .classification : .regression, input: Shape([StateTable.inputCount]),
      output: Shape([schemes]), targetWidth: isLabelled ? 1 : schemes,
      rowCounts: tables.mapValues(\.rowCount))
    description.scaling = .standardize
    description.featureNames = LinkInput.allCases.map(\.name)
    description.outputNames = (0..<schemes).map { "mcs_\($0)" }
    description.source = Self.source
    datasetDescription = description
  }

  /// The teacher that is kept, or one that was trained before by the same settings, or a new one.
  private static func teacher(
    _ settings: LinkSettings, _ plan: LinkPlan, host: any HostServices
  ) throws(ComponentError) -> Teacher {
    guard let training = settings.training else { return .kept }
    let file = TeacherFile(training)
    if let teacher = try file.read() { return teacher }
    let teacher = try training.run(plan, host: host)
    try file.write(teacher)
    host.log(.info, "the teacher is in \(file.path)")
    return teacher
  }

  private static func tables(
    _ settings: LinkSettings, _ plan: LinkPlan, _ teacher: Teacher, host: any HostServices
  ) throws(ComponentError) -> [Split: StateTable] {
    let file = StateFile(settings, teacher)
    let isKept = settings.sampleCount >= StateFile.leastSampleCount
    if isKept, let tables = try file.read() { return tables }
    var tables: [Split: StateTable] = [:]
    for split in Split.allCases {
      tables[split] = try StateTable.record(split, settings, plan, teacher, host: host)
    }
    if isKept {
      try file.write(tables)
      host.log(.info, "the states are in \(file.path)")
    }
    return tables
  }

  /// Writes the inputs [B × 15] and labels [B] or values [B × 28] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard let table = tables[split] else { return }
    let (width, schemes) = (StateTable.inputCount, StateTable.schemeCount)
    precondition(inputs.count >= rows.count * width, "room for too few inputs")
    for (place, row) in rows.enumerated() {
      precondition(row >= 0 && row < table.rowCount, "the \(split) split has no row \(row)")
      for input in 0..<width {
        inputs[place * width + input] = table.inputs[row * width + input]
      }
      let choice = table.choice(row)
      switch settings.target {
      case .labels: targets[place] = Float(choice)
      case .values:
        let best = table.values[row * schemes + choice]
        for m in 0..<schemes {
          targets[place * schemes + m] = table.values[row * schemes + m] - best
        }
      }
    }
  }
}
