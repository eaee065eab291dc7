import QHostInterfaces

/// What labels of series mean: classes or numbers.
enum SeriesLabels {
  /// The classes, in order: as declared, or else those of the series, numerically if they are numbers.
  case classes([String])
  /// Numbers to learn.
  case numbers

  /// Finds out.
  ///
  /// - Parameters:
  ///   - file: the training file.
  ///   - isRegression: whether labels are numbers to learn.
  /// - Throws: kind `data` when all series are of one class.
  init(_ file: SeriesFile, isRegression: Bool) throws(ComponentError) {
    guard !isRegression else {
      self = .numbers
      return
    }
    let present = Set(file.cases.map(\.label))
    guard present.count > 1 else {
      throw .data(
        "'\(file.path)': all \(file.cases.count) series are of class '\(file.cases[0].label)'; add "
          + "series of at least one other class")
    }
    let numbers = present.compactMap(Double.init)
    let sorted =
      numbers.count == present.count
      ? present.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) } : present.sorted()
    self = .classes(file.classes ?? sorted)
  }

  /// The target of a series.
  ///
  /// - Throws: kind `data` for a class that the training file does not have, or what is not a number.
  func target(of one: SeriesCase, path: String) throws(ComponentError) -> Float {
    switch self {
    case .numbers: return try SeriesNumber.read(one.label, "'\(path)' line \(one.line), label")
    case .classes(let names):
      guard let index = names.firstIndex(of: one.label) else {
        throw .data(
          "'\(path)' line \(one.line): class '\(one.label)' is not in the training file, which has "
            + "\(names.joined(separator: ", ")); correct the label")
      }
      return Float(index)
    }
  }
}
