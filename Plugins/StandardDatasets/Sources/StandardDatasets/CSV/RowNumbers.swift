import QHostDatasets

/// The first column as R and pandas write it: it numbers or names the rows.
///
/// Where rows are in the order of their classes, it tells them.
enum RowNumbers {
  private static let fewestRows = 3

  /// What the user is told of it, if the first column is one and not left out.
  static func note(on sheet: CSVTable, _ features: CSVFeatures, _ columns: [Int]) -> String? {
    guard columns.contains(0), sheet.rowCount >= fewestRows else { return nil }
    let isUnnamed = sheet.unnamed.contains(0)
    let counts = features.isCount(0)
    guard isUnnamed || counts else { return nil }
    let name = sheet.names[0]
    let what =
      switch (isUnnamed, counts) {
      case (true, true): "column '\(name)' (column1) has no name and counts the rows"
      case (true, false): "column '\(name)' (column1) has no name and may name the rows"
      case (false, _): "column '\(name)' (column1) counts the rows"
      }
    return "'\(sheet.path)': \(what); leave it out with ignore=1, unless it is to be learnt from"
  }
}
