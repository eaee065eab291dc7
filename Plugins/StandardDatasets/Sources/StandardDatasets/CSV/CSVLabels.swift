import QHostDatasets
import QHostInterfaces

/// The targets of rows that a trained model is run on: as in ``CSVTarget``, but any number of rows of a class will do,
/// and a field that is empty stands for a target that is not known.
struct CSVLabels {
  /// The names of the classes; `nil`: targets are numbers.
  let classes: [String]?
  /// The number or the class of each row; NaN: not known.
  let values: [Float]

  /// Reads the target column.
  ///
  /// - Throws: an error of kind `data` for a text where numbers are asked for.
  init(_ sheet: CSVTable, column: Int, kind: CSVTarget.Kind) throws(ComponentError) {
    guard let found = sheet.texts([column])[column] else {
      (classes, values) = (nil, [])
      return
    }
    let numbers = found.texts.map {
      CSVField.number($0) ?? LocalNumber($0, decimal: sheet.decimal)?.value
    }
    let text = found.texts.indices.first {
      numbers[$0] == nil && !CSVField.isMissing(found.texts[$0])
    }
    if kind == .regression || (kind == .auto && text == nil) {
      if let text {
        let row = found.codes.firstIndex(of: Int32(text)) ?? 0
        throw .data(
          "\(sheet.place(row: row, column: column)): '\(found.texts[text])' is not a number, and the model gives "
            + "numbers; correct it")
      }
      classes = nil
      values = found.codes.map { numbers[Int($0)].map { Float($0) } ?? .nan }
      return
    }
    let names = found.texts.filter { !$0.isEmpty }.sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    classes = names.isEmpty ? nil : names
    values = found.codes.map { places[found.texts[Int($0)]].map { Float($0) } ?? .nan }
  }
}
