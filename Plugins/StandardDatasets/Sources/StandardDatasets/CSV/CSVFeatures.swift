import QHostDatasets
import QHostInterfaces

/// The inputs made from some columns of a sheet.
///
/// A column of numbers is one feature. A column of at most 20 different texts becomes one feature a
/// text, 1 where it stands and 0 elsewhere, named `column=text`, texts in order.
struct CSVFeatures: Sendable {
  /// How many texts a column may hold.
  static let mostTexts = 20

  /// The names of the features, [F].
  private(set) var names: [String] = []
  /// The values, [N × F].
  private(set) var values: [Float] = []
  private var counting: Set<Int> = []

  /// Reads and checks columns.
  ///
  /// - Parameters:
  ///   - sheet: the file.
  ///   - columns: the columns.
  ///   - texts: the texts of those that have some.
  /// - Throws: an error of kind `data` for a text that cannot become a feature.
  init(
    _ sheet: CSVTable, columns: [Int], texts: [Int: CSVTable.Texts]
  ) throws(ComponentError) {
    var features: [[Float]] = []
    for column in columns {
      let name = sheet.names[column]
      switch try CSVColumn(sheet, column: column, texts[column], isTarget: false) {
      case .numbers(let numbers, _):
        names.append(name)
        features.append(numbers.map { Float($0) })
        if column == 0, Self.isCount(numbers) { counting.insert(column) }
      case .texts(let texts, let firstText):
        for (code, choice) in try Self.choices(sheet, column, texts, firstText) {
          names.append("\(name)=\(choice)")
          features.append(texts.codes.map { $0 == code ? 1 : 0 })
        }
      }
    }
    values = Self.transposed(features, rowCount: sheet.rowCount)
  }

  /// Whether a column holds 0, 1, 2, … or 1, 2, 3, … in the order of the rows.
  func isCount(_ column: Int) -> Bool { counting.contains(column) }

  private static func isCount(_ numbers: [Double]) -> Bool {
    guard let first = numbers.first, first == 0 || first == 1 else { return false }
    return numbers.indices.allSatisfy { numbers[$0] == first + Double($0) }
  }

  /// Features [F × N] as [N × F].
  private static func transposed(_ features: [[Float]], rowCount: Int) -> [Float] {
    let width = features.count
    return [Float](unsafeUninitializedCapacity: rowCount * width) { out, count in
      for (index, feature) in features.enumerated() {
        feature.withUnsafeBufferPointer { feature in
          var place = index
          for row in 0..<rowCount {
            out[place] = feature[row]
            place += width
          }
        }
      }
      count = rowCount * width
    }
  }

  /// The texts of a column in order, each with its number.
  private static func choices(
    _ sheet: CSVTable, _ column: Int, _ texts: CSVTable.Texts, _ firstText: Int
  ) throws(ComponentError) -> [(code: Int32, text: String)] {
    guard texts.texts.count <= mostTexts else {
      let text = sheet.field(row: firstText, column: column)
      throw .data(
        "\(sheet.place(row: firstText, column: column)): '\(text)' is text, and of text at most "
          + "\(mostTexts) different values can be encoded, the column has \(texts.texts.count); give "
          + "numbers, or name the column in ignore")
    }
    return texts.texts.enumerated().map { (Int32($0), $1) }.sorted { $0.text < $1.text }
  }
}
