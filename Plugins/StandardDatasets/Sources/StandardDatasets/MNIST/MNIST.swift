public import QHostInterfaces

/// MNIST: 60,000 + 10,000 handwritten digits of 28×28 pixels, or pooled to 14×14; or other images in the same files.
public final class MNIST: DatasetComponent, DriftingDataset {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "mnist", summary: "70,000 handwritten digits of 28x28 or 14x14 pixels, values 0 to 1.",
    source: source,
    parameters: [
      .choice(
        "size", default: "28",
        of: [
          .init("28", "The images as they are."),
          .init("14", "The mean of each 2x2 pixels."),
        ], "Width and height of an image of 28x28 in pixels; 14 halves others too."),
      .path(
        "folder", default: MNISTFiles.standardFolder,
        "The folder of the four IDX files, from the current one or within the data folders."),
      .integer(
        "train_rows", default: 60_000, in: 1...100_000_000,
        "Rows of the training split, from the start of the training file; at most what is there."),
      .integer(
        "validation_rows", default: 0, in: 0...99_999_999,
        "Rows of the validation split, from the end of the training file."),
      .integer(
        "shift", default: 0, in: 0...8,
        "Minibatches show images moved by up to this many pixels of the files each way; 0: as they are."
      ),
      .choice(
        "drift", default: "none",
        of: [
          .init("none", "Rows are as in the files."),
          .init(
            "swap", "Pairs of classes change their names: 0 and 1, 2 and 3, and so on; and back."),
          .init("turn", "Images are turned by another quarter."),
        ], "What changes in the training split along its rows; for runs that are online."),
      .integer(
        "drift_rows", default: 30_000, in: 1...100_000_000, unit: "rows",
        "From one such change to the next."),
    ])

  private static let source =
    "Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits, 1998; public "
    + "research data."

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let trainFile: MNISTPart
  private let testFile: MNISTPart
  private let pixelCount: Int
  private let shiftedImages: ShiftedImages
  private let drift: ImageDrift
  /// Where the validation split begins in the training file.
  private let validationStart: Int

  /// Reads and checks the four files.
  public init(request: ComponentRequest) throws(ComponentError) {
    let isPooled = request.configuration.choice("size") == "14"
    let reach = request.configuration.integer("shift")
    let files = MNISTFiles(request.configuration.text("folder"), host: request.host)
    trainFile = try MNISTPart(name: "train", isPooled: isPooled, keepsImages: reach > 0, files)
    testFile = try MNISTPart(name: "t10k", isPooled: isPooled, files)
    try files.checkBelongTogether(trainFile, testFile)
    let size = isPooled ? trainFile.size.halved : trainFile.size
    let classCount = files.classCount(trainFile, testFile)
    pixelCount = size.pixelCount
    shiftedImages = ShiftedImages(
      trainFile.images, of: trainFile.size, reach: reach, isPooled: isPooled)

    drift = try ImageDrift(
      request.configuration, height: size.height, width: size.width, classCount: classCount)

    let fileRows = trainFile.labels.count
    let validationRows = request.configuration.integer("validation_rows")
    guard validationRows < fileRows else {
      throw .parameter(
        "validation_rows \(validationRows) leaves no row for training, the training file has "
          + "\(fileRows); set fewer")
    }
    validationStart = fileRows - validationRows
    let trainRows = min(request.configuration.integer("train_rows"), validationStart)
    var description = DatasetDescription(
      task: .classification, input: Shape([size.height, size.width]), output: Shape([classCount]),
      targetWidth: 1,
      rowCounts: [
        .train: trainRows, .validation: validationRows, .test: testFile.labels.count,
      ])
    description.outputNames = (0..<classCount).map(String.init)
    description.source = files.isStandard ? Self.source : "the IDX files in '\(files.folder)'"
    let drifts = drift.drifts(rowCount: trainRows)
    if !drifts.isEmpty { description.drifts = [.train: drifts] }
    description.variantCount = shiftedImages.variantCount
    datasetDescription = description
  }

  /// Writes the pixels [B × side²] of training images moved by their variant's shift.
  public func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    precondition(inputs.count >= rows.count * pixelCount, "room for too few inputs")
    for (place, row) in rows.enumerated() {
      shiftedImages.write(
        row, variant: variants[place],
        into: UnsafeMutableBufferPointer(
          rebasing: inputs[place * pixelCount..<(place + 1) * pixelCount]))
    }
  }

  /// Writes the pixels [B × side²] and classes [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    precondition(targets.count >= rows.count, "room for too few targets")
    let file = split == .test ? testFile : trainFile
    let first = split == .validation ? validationStart : 0
    let rowCount = datasetDescription.rowCount(split)
    for (place, row) in rows.enumerated() {
      precondition(row >= 0 && row < rowCount, "the \(split) split has no row \(row)")
      targets[place] = Float(file.labels[first + row])
    }
    if first == 0 {
      file.pixels.read(rows, pixelCount: pixelCount, into: inputs)
    } else {
      file.pixels.read(rows.lazy.map { $0 + first }, pixelCount: pixelCount, into: inputs)
    }
    guard split == .train, !(datasetDescription.drifts[.train] ?? []).isEmpty else { return }
    for (place, row) in rows.enumerated() {
      targets[place] = drift.label(targets[place], row: row)
      drift.turn(
        UnsafeMutableBufferPointer(
          rebasing: inputs[place * pixelCount..<(place + 1) * pixelCount]), row: row)
    }
  }
}
