import QHostDatasets
import QHostInterfaces

/// All rows of a sheet in its order, with the columns that a trained model takes.
///
/// A feature is a column of numbers, or 1 where a column of texts holds one text: `column=text`. A target that is not
/// known is NaN.
struct CSVModelRows {
  /// The rows.
  let table: SampleTable
  /// What they are.
  let description: DatasetDescription
  /// Whether the columns stand in the file as the model takes them.
  let isInOrder: Bool

  /// Finds and reads the columns.
  ///
  /// - Throws: an error of kind `data`, with both lists, for a column that is missing and for a text that the model
  ///   does not know; of kind `parameter` where the target cannot be told.
  init(
    _ sheet: CSVTable, _ configuration: Configuration, _ kind: CSVTarget.Kind
  ) throws(ComponentError) {
    let ignored = try sheet.ignored(configuration)
    let asked = configuration.text("columns")
    let names =
      asked.isEmpty
      ? [] : asked.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isLabelled = configuration.choice("rows") == "all"
    var features: [Feature] = []
    for name in names { features.append(try Feature(name, in: sheet, names)) }
    let used = Set(features.map(\.column))
    let columns = features.map(\.column)
    isInOrder = zip(columns, columns.dropFirst()).allSatisfy { $0 <= $1 }
    let target =
      isLabelled
      ? try Self.target(sheet, configuration.text("target"), taken: used.union(ignored)) : nil
    if isLabelled, target == nil {
      throw .data(
        "'\(sheet.path)' has no column beside the features of the model, to compare it with; add the target, or use "
          + "qhost predict, which needs none")
    }
    if names.isEmpty {
      let columns = sheet.names.indices.filter { $0 != target && !ignored.contains($0) }
      let own = try CSVFeatures(
        sheet, columns: columns, texts: sheet.texts(columns.filter { sheet.firstText($0) != nil }))
      (self.table, self.description) = try Self.made(
        sheet, own.values, own.names, target, kind)
      return
    }
    var values = [Float](repeating: 0, count: sheet.rowCount * features.count)
    for column in used.sorted() {
      try Self.read(column, of: sheet, features, into: &values)
    }
    (self.table, self.description) = try Self.made(sheet, values, names, target, kind)
  }

  /// Where a feature comes from.
  private struct Feature {
    let column: Int
    /// The text that it stands for; `nil`: the column is of numbers.
    let text: String?

    init(_ name: String, in sheet: CSVTable, _ all: [String]) throws(ComponentError) {
      if let column = sheet.names.firstIndex(of: name) {
        (self.column, text) = (column, nil)
        return
      }
      for place in name.indices where name[place] == "=" {
        guard let column = sheet.names.firstIndex(of: String(name[..<place])) else { continue }
        (self.column, text) = (column, String(name[name.index(after: place)...]))
        return
      }
      throw .data(
        "'\(sheet.path)' has no column '\(name)', which the model takes; the model takes "
          + "\(CSVModelRows.listing(all)), the file has \(CSVModelRows.listing(sheet.names)); rename the file's "
          + "columns, or name another file")
    }
  }

  /// The column of the target: the one that is named, else the last where no feature is in it, else the only one that
  /// is left; `nil`: there is none.
  private static func target(
    _ sheet: CSVTable, _ given: String, taken: Set<Int>
  ) throws(ComponentError) -> Int? {
    let free = sheet.names.indices.filter { !taken.contains($0) }
    guard given.isEmpty else {
      let column = try sheet.column(given, parameter: "target")
      guard free.contains(column) else {
        throw .parameter(
          "target '\(given)' is column '\(sheet.names[column])' of '\(sheet.path)', which is a feature of the model "
            + "or left out; set target to the name of another column")
      }
      return column
    }
    if free.count < 2 || free.last == sheet.names.count - 1 { return free.last }
    throw .parameter(
      "the model takes none of the columns \(listing(free.map { sheet.names[$0] })) of '\(sheet.path)'; say by "
        + "target which of them it is to be compared with")
  }

  private static func read(
    _ column: Int, of sheet: CSVTable, _ features: [Feature], into values: inout [Float]
  ) throws(ComponentError) {
    let places = features.indices.filter { features[$0].column == column }
    let texts = Dictionary(places.map { (features[$0].text, $0) }) { first, _ in first }
    if let place = texts[nil] {
      let local = sheet.firstText(column).map { ($0, sheet.texts([column])[column]) }
      guard
        case .numbers(let numbers, _) = try CSVColumn(
          sheet, column: column, local?.1, isTarget: false)
      else {
        let row = local?.0 ?? 0
        throw .data(
          "\(sheet.place(row: row, column: column)): '\(sheet.field(row: row, column: column))' is not a "
            + "number, and the model takes numbers there; correct it")
      }
      for (row, number) in numbers.enumerated() {
        values[row * features.count + place] = Float(number)
      }
      return
    }
    guard let found = sheet.texts([column])[column] else { return }
    for (row, code) in found.codes.enumerated() {
      let field = found.texts[Int(code)]
      guard let place = texts[field] else {
        let known = places.compactMap { features[$0].text }
        throw .data(
          "\(sheet.place(row: row, column: column)): the model does not know the category '\(field)'; it knows "
            + "\(Self.listing(known)); correct it, remove the row, or train with it")
      }
      values[row * features.count + place] = 1
    }
  }

  private static func made(
    _ sheet: CSVTable, _ values: [Float], _ names: [String], _ target: Int?, _ kind: CSVTarget.Kind
  ) throws(ComponentError) -> (SampleTable, DatasetDescription) {
    let targets = try target.map { (column) throws(ComponentError) in
      try CSVLabels(sheet, column: column, kind: kind)
    }
    let task: Task = targets?.classes == nil ? .regression : .classification
    var description = DatasetDescription(
      task: task, input: Shape([names.count]), output: Shape([targets?.classes?.count ?? 1]),
      targetWidth: 1, rowCounts: [.train: sheet.rowCount])
    description.scaling = .standardize
    description.featureNames = names
    description.outputNames = targets?.classes ?? target.map { [sheet.names[$0]] } ?? []
    description.source = sheet.path
    let missing = [Float](repeating: .nan, count: sheet.rowCount)
    let table = SampleTable(
      inputs: values, targets: targets?.values ?? missing, featureCount: names.count,
      partition: Partition(whole: sheet.rowCount))
    return (table, description)
  }

  /// Names in a sentence, the first dozen of many.
  static func listing(_ names: [String]) -> String {
    let shown = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
  }
}
