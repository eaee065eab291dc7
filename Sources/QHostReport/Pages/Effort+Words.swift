extension Effort {
  /// Whether it is measured in seconds.
  var isTime: Bool { self != .evaluations && self != .passes }

  /// What it is called in headings.
  var words: String { isTime && self != .seconds ? "processor seconds" : rawValue }

  /// What it is called in names of figures.
  var slug: String { isTime && self != .seconds ? "processor-seconds" : rawValue }
}
