import QHostDatasets
public import QHostInterfaces

/// A stream of rows, made as they are read, whose concept changes at rows that the host knows.
public final class Drifting: DatasetComponent, DriftingDataset {
  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let family: any ConceptFamily
  private let sequence: ConceptSequence
  private let seed: Int

  /// Lays the concepts out; no row is drawn yet.
  public init(request: ComponentRequest) throws(ComponentError) {
    let configuration = request.configuration
    let generator = configuration.choice("generator")
    let kind = configuration.choice("drift")
    let rowCount = configuration.integer("train_rows")
    seed = configuration.integer("data_seed")
    let family = try Self.family(generator, kind, configuration, seed: seed)
    let isStill = kind == "none" || kind == "rotating"
    let driftCount = isStill ? 0 : configuration.integer("drifts")
    guard driftCount < rowCount else {
      throw .parameter(
        "drifts is \(driftCount), and there are \(rowCount) rows; give fewer than rows")
    }
    var order = try Self.concepts(configuration.text("concepts"), of: family)
    if kind == "recurring" { order = Array(order.prefix(2)) }
    sequence = ConceptSequence(
      rowCount: rowCount, driftCount: driftCount,
      width: kind == "gradual" ? configuration.integer("width") : 0, order: order)
    self.family = family
    var description = DatasetDescription(
      task: .classification, input: Shape([family.featureNames.count]),
      output: Shape([family.classNames.count]), targetWidth: 1,
      rowCounts: [
        .train: rowCount, .validation: configuration.integer("validation_rows"),
        .test: configuration.integer("test_rows"),
      ])
    description.scaling = .standardize
    description.featureNames = family.featureNames
    description.outputNames = family.classNames
    description.source = "generated"
    if driftCount > 0 { description.drifts = [.train: sequence.drifts] }
    datasetDescription = description
  }

  private static func family(
    _ generator: String, _ kind: String, _ configuration: Configuration, seed: Int
  ) throws(ComponentError) -> any ConceptFamily {
    let noise = configuration.real("noise")
    let moving = configuration.integer("moving")
    guard kind != "rotating" || generator == "hyperplane" else {
      throw .parameter(
        "drift=rotating is of the hyperplane, and generator is '\(generator)'; set generator=hyperplane, or "
          + "another drift")
    }
    switch generator {
    case "hyperplane":
      let features = configuration.integer("features")
      guard moving <= features else {
        throw .parameter(
          "moving is \(moving), and there are \(features) features; set at most that")
      }
      return Hyperplane(
        featureCount: features, movingCount: moving,
        speed: kind == "rotating" ? configuration.real("speed") : 0, noise: noise, seed: seed)
    case "led":
      guard moving <= 7 else {
        throw .parameter("moving is \(moving), and a digit has 7 segments; set at most 7")
      }
      return LED(changedCount: moving, noise: noise, seed: seed)
    case "agrawal": return Agrawal(noise: noise)
    default: return SEA(noise: noise)
    }
  }

  private static func concepts(
    _ text: String, of family: any ConceptFamily
  ) throws(ComponentError) -> [Int] {
    guard !text.isEmpty else { return family.standardConcepts }
    var concepts: [Int] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let bare = word.drop { $0 == " " }
      guard let concept = Int(bare), (0..<family.conceptCount).contains(concept) else {
        throw .parameter(
          "concepts has '\(bare)', which is none of the concepts 0 to \(family.conceptCount - 1); give their "
            + "numbers with commas between")
      }
      concepts.append(concept)
    }
    return concepts
  }

  /// Writes inputs [B × F] and classes [B] of rows [B] of a split.
  ///
  /// A row depends on `data_seed`, the split and its number alone; those of other splits than training are of the last concept.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    let width = family.featureNames.count
    precondition(inputs.count >= rows.count * width, "room for too few inputs")
    let purpose = "drifting \(seed) \(split)"
    for (place, row) in rows.enumerated() {
      var generator = SplitMix64(seed: row, purpose: purpose)
      let isStream = split == .train
      let concept =
        isStream
        ? sequence.concept(ofRow: row, &generator) : sequence.concepts[sequence.concepts.count - 1]
      let label = family.draw(
        concept: concept, row: isStream ? row : datasetDescription.rowCount(.train),
        generator: &generator,
        inputs: UnsafeMutableBufferPointer(rebasing: inputs[place * width..<(place + 1) * width]))
      targets[place] = Float(label)
    }
  }
}
