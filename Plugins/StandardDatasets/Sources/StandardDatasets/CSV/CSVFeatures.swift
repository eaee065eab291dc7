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

  /// Reads and checks columns.
  ///
  /// - Throws: an error of kind `data` for a text that cannot become a feature.
  init(_ sheet: CSVSheet, columns: [Int]) throws(ComponentError) {
    var features: [[Float]] = []
    for column in columns {
      let name = sheet.names[column]
      switch try CSVColumn(sheet, column: column) {
      case .numbers(let numbers):
        names.append(name)
        features.append(numbers.map(Float.init))
      case .texts(let texts, let firstText):
        for choice in try Self.choices(sheet, column, texts, firstText) {
          names.append("\(name)=\(choice)")
          features.append(texts.map { $0 == choice ? 1 : 0 })
        }
      }
    }
    values = Array(repeating: 0, count: sheet.rowCount * features.count)
    for (index, feature) in features.enumerated() {
      for (row, value) in feature.enumerated() { values[row * features.count + index] = value }
    }
  }

  private static func choices(
    _ sheet: CSVSheet, _ column: Int, _ texts: [String], _ firstText: Int
  ) throws(ComponentError) -> [String] {
    let choices = Set(texts).sorted()
    let numberCount = texts.reduce(0) { CSVField.number($1) == nil ? $0 : $0 + 1 }
    let place = sheet.place(row: firstText, column: column)
    guard 2 * numberCount < texts.count else {
      throw .data(
        "\(place): '\(texts[firstText])' is not a number, as \(numberCount) of the column's "
          + "\(texts.count) values are; write it with a decimal point, remove the row, or name the "
          + "column in ignore")
    }
    guard choices.count <= mostTexts else {
      throw .data(
        "\(place): '\(texts[firstText])' is text, and of text at most \(mostTexts) different values "
          + "can be encoded, the column has \(choices.count); give numbers, or name the column in "
          + "ignore")
    }
    return choices
  }
}
