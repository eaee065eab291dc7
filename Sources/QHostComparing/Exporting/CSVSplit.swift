internal import QHostInterfaces
internal import QHostRuntime

/// The rows of a split as comma-separated values, with a heading.
struct CSVSplit {
  private let table: SampleTable
  private let description: DatasetDescription

  init(_ table: SampleTable, _ description: DatasetDescription) {
    self.table = table
    self.description = description
  }

  /// The names of the columns: those of features and outputs, or numbered x and y where there are none.
  private var heading: [String] {
    let features =
      description.featureNames.count == table.inputCount
      ? description.featureNames : (1...table.inputCount).map { "x\($0)" }
    guard description.task != .classification else { return features + ["class"] }
    let outputs =
      description.outputNames.count == table.targetWidth
      ? description.outputNames : (1...table.targetWidth).map { "y\($0)" }
    return features + outputs
  }

  /// The table; a number has as many digits as tell it from its neighbours in single precision.
  var text: String {
    var text = heading.map(CSVTables.field).joined(separator: ",") + "\n"
    let names = description.outputNames.map(CSVTables.field)
    for row in 0..<table.rowCount {
      for input in table.inputs(ofRows: row..<row + 1) { text += "\(input)," }
      for column in 0..<table.targetWidth {
        if column > 0 { text += "," }
        let value = table.targets[row * table.targetWidth + column]
        if description.task == .classification {
          let number = Int(value)
          text += number < names.count ? names[number] : "\(number)"
        } else {
          text += "\(value)"
        }
      }
      text += "\n"
    }
    return text
  }
}
