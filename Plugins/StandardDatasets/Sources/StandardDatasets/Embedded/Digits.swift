import QHostDatasets
public import QHostInterfaces

/// Handwritten digits of 8×8 pixels: 1,797 rows, 10 classes.
public final class Digits: DatasetComponent {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "digits", summary: "1,797 handwritten digits of 8x8 pixels, values 0 to 1.",
    source: source, parameters: SplitParameters.declared(testFraction: 0.2))

  private static let source =
    "E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning "
    + "Repository, 1998 (its test part); CC BY 4.0."
  private static let pixelCount = 64
  private static let classCount = 10
  /// A pixel counts the dark points of a 4×4 cell.
  private static let fullPixel: Float = 16

  /// What it holds.
  public let datasetDescription: DatasetDescription
  private let table: SampleTable

  /// Splits the embedded table.
  public init(request: ComponentRequest) throws(ComponentError) {
    let split = try SplitParameters(request.configuration)
    let (inputs, classes) = Self.decoded()
    let partition = Partition(strata: classes, stratumCount: Self.classCount, parameters: split)
    table = SampleTable(
      inputs: inputs, targets: classes.map(Float.init), featureCount: Self.pixelCount,
      partition: partition)
    var description = DatasetDescription(
      task: .classification, input: Shape([8, 8]), output: Shape([Self.classCount]),
      targetWidth: 1, rowCounts: partition.counts)
    description.outputNames = (0..<Self.classCount).map(String.init)
    description.source = Self.source
    datasetDescription = description
  }

  /// Writes the pixels [B × 64] and classes [B] of rows [B] of a split.
  public func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    table.read(split, rows: rows, inputs: inputs, targets: targets)
  }

  /// Pixels / 16 [1797 × 64] and classes [1797].
  private static func decoded() -> (inputs: [Float], classes: [Int]) {
    DigitsTable.lines.withUTF8Buffer { bytes in
      let lines = bytes.split(separator: UInt8(ascii: "\n"))
      var inputs: [Float] = []
      inputs.reserveCapacity(lines.count * pixelCount)
      for line in lines {
        inputs.append(contentsOf: line.prefix(pixelCount).map { Float(value($0)) / fullPixel })
      }
      return (inputs, lines.map { value($0[$0.startIndex + pixelCount]) })
    }
  }

  /// The number that a character of the table stands for: `0` to `9`, then `A` for 10 and on.
  private static func value(_ character: UInt8) -> Int {
    let isDigit = character <= UInt8(ascii: "9")
    return Int(character) - Int(isDigit ? UInt8(ascii: "0") : UInt8(ascii: "A") - 10)
  }
}
