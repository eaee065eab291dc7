internal import QHostInterfaces

/// Where the columns and the classes of a trained model are in a dataset.
///
/// A column that was made of one text of several, `colour=brown`, is 0 where a dataset has that column of texts and
/// never that text.
struct ColumnMatch {
  /// [F] the place of each feature of the model; `nil`: it is 0 in every row.
  private(set) var features: [Int?]
  /// The number of the model's class for each class of the dataset; empty: they are the same, or not read.
  private(set) var classes: [Int] = []
  /// Features of the dataset that the model does not take.
  private(set) var extra: [String] = []

  /// Whether rows are as the model takes them.
  var isIdentity: Bool {
    zip(features, features.indices).allSatisfy { $0 == $1 } && extra.isEmpty
      && (classes.isEmpty || classes.elementsEqual(classes.indices))
  }

  /// Matches a dataset to a model.
  ///
  /// - Parameters:
  ///   - model: the model's names.
  ///   - description: the dataset's.
  ///   - use: what rows are read for.
  ///   - culprit: the dataset, for messages.
  /// - Throws: kind `data` with both lists, for a column, a category or a class that one of them lacks; for another
  ///   task.
  init(
    _ model: ModelColumns, _ description: DatasetDescription, for use: RowUse, culprit: String
  ) throws(RunError) {
    let names = description.featureNames
    if model.features.isEmpty || names.isEmpty {
      guard description.input.extents == model.input.extents else {
        throw RunError(
          .data,
          "the model takes inputs of \(model.input.count) numbers (\(model.input)), \(culprit) has "
            + "\(description.input.count) (\(description.input)); name a dataset of the model's shape"
        )
      }
      features = (0..<model.input.count).map { $0 }
    } else {
      features = try Self.places(of: model.features, in: names, culprit)
      let known = Set(model.features)
      extra = names.filter { !known.contains($0) }
      try Self.checkCategories(extra, model, names, culprit)
    }
    guard use == .evaluation else { return }
    guard description.task == model.task else {
      throw RunError(
        .data,
        "the model was trained for \(model.task), and \(culprit) is of \(description.task); name a dataset of "
          + "the model's task, or use qhost predict, which needs no target")
    }
    guard model.task == .classification else {
      try Self.checkOutputs(model, description, culprit)
      return
    }
    classes = try Self.classes(model, description, culprit)
  }

  private static func places(
    of features: [String], in names: [String], _ culprit: String
  ) throws(RunError) -> [Int?] {
    let places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    let columns = Set(names.flatMap { encodedColumns($0) }).subtracting(names)
    var found: [Int?] = []
    for feature in features {
      if let place = places[feature] {
        found.append(place)
      } else if encodedColumns(feature).contains(where: columns.contains) {
        found.append(nil)
      } else {
        throw RunError(
          .data,
          "\(culprit) has no column '\(feature)', which the model takes; the model takes "
            + "\(NameList.of(features)), the dataset has \(NameList.of(names))")
      }
    }
    return found
  }

  /// The names of columns of texts that a feature may be made of: all before one of its equals signs.
  private static func encodedColumns(_ feature: String) -> [String] {
    feature.indices.filter { feature[$0] == "=" && $0 != feature.startIndex }
      .map { String(feature[..<$0]) }
  }

  private static func checkCategories(
    _ extra: [String], _ model: ModelColumns, _ names: [String], _ culprit: String
  ) throws(RunError) {
    let columns = Set(model.features.flatMap { encodedColumns($0) }).subtracting(model.features)
    for name in extra {
      guard let column = encodedColumns(name).first(where: columns.contains) else { continue }
      let known = model.features.filter { $0.hasPrefix("\(column)=") }
      let here = names.filter { $0.hasPrefix("\(column)=") }
      throw RunError(
        .data,
        "column '\(column)' of \(culprit) has a category that the model does not know: the model knows "
          + "\(NameList.of(known)), the dataset has \(NameList.of(here)); correct it, or train with it"
      )
    }
  }

  private static func checkOutputs(
    _ model: ModelColumns, _ description: DatasetDescription, _ culprit: String
  ) throws(RunError) {
    guard description.output.extents == model.output.extents else {
      throw RunError(
        .data,
        "the model gives \(model.output) numbers, \(culprit) has targets of \(description.output); name a "
          + "dataset of the model's shape")
    }
    let names = description.outputNames
    guard model.outputs.isEmpty || names.isEmpty || names == model.outputs else {
      throw RunError(
        .data,
        "the model gives \(NameList.of(model.outputs)), and the targets of \(culprit) are \(NameList.of(names)); "
          + "name the dataset's target")
    }
  }

  private static func classes(
    _ model: ModelColumns, _ description: DatasetDescription, _ culprit: String
  ) throws(RunError) -> [Int] {
    let names = description.outputNames
    guard !model.outputs.isEmpty, !names.isEmpty else {
      guard description.output.count == model.output.count else {
        throw RunError(
          .data,
          "the model knows \(model.output.count) classes, \(culprit) has \(description.output.count); name a "
            + "dataset of the model's classes")
      }
      return []
    }
    var found: [Int] = []
    for name in names {
      guard let place = model.outputs.firstIndex(where: { isSame($0, name) }) else {
        throw RunError(
          .data,
          "\(culprit) has the class '\(name)', which the model does not know: the model knows "
            + "\(NameList.of(model.outputs)), the dataset has \(NameList.of(names)); name a dataset of these "
            + "classes, or use qhost predict, which needs none")
      }
      found.append(place)
    }
    return found
  }

  /// Whether two texts name one class: 1 and 1.0 are the same.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    guard let a = Double(one), let b = Double(other) else { return false }
    return a == b
  }
}

/// Names in a sentence.
enum NameList {
  private static let shown = 12

  /// The names, the first dozen of many.
  static func of(_ names: [String]) -> String {
    let text = names.prefix(shown).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > shown ? "\(text) and \(names.count - shown) more" : text
  }
}
