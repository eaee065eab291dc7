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
  init(_ sheet: CSVSheet, column: Int, kind: CSVTarget.Kind) throws(ComponentError) {
    let fields = (0..<sheet.rowCount).map { sheet.field(row: $0, column: column) }
    let numbers = fields.map { CSVField.number($0) }
    let text = fields.indices.first { numbers[$0] == nil && !CSVField.isMissing(fields[$0]) }
    if kind == .regression || (kind == .auto && text == nil) {
      if let text {
        throw .data(
          "\(sheet.place(row: text, column: column)): '\(fields[text])' is not a number, and the model gives "
            + "numbers; correct it")
      }
      classes = nil
      values = numbers.map { $0.map { Float($0) } ?? .nan }
      return
    }
    let names = Set(fields.filter { !$0.isEmpty }).sorted()
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    classes = names.isEmpty ? nil : names
    values = fields.map { field in places[field].map { Float($0) } ?? .nan }
  }
}
