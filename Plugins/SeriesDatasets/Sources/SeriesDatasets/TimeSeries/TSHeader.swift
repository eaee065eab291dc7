import QHostInterfaces

/// What the lines before `@data` of a `.ts` file say.
///
/// Source: A. Bagnall et al., *The UEA multivariate time series classification archive*, arXiv:1811.00075, and the
/// format's page in aeon's documentation. Keywords may be in any case; classes are kept as they are written.
struct TSHeader {
  /// The number of channels, where it is said.
  var channelCount: Int?
  /// The length of all series, where it is said.
  var length: Int?
  /// Whether all series are said to be equally long.
  var isEqualLength = false
  /// The classes, in order; `nil`: labels are numbers.
  var classes: [String]?
  private var hasLabels = false

  /// Understands one line.
  ///
  /// - Parameters:
  ///   - line: begins with `@`, without spaces around it.
  ///   - place: the file and the number of the line, for messages.
  /// - Throws: kind `data` for what cannot be used.
  mutating func read(_ line: Substring, at place: String) throws(ComponentError) {
    let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
    let values = words.dropFirst()
    switch words[0].lowercased() {
    case "@problemname", "@missing": break
    case "@timestamps":
      guard try flag(values, at: place) else { break }
      throw .data("\(place): series with timestamps are not read; convert the file to plain steps")
    case "@univariate":
      if try flag(values, at: place) { channelCount = 1 }
    case "@equallength": isEqualLength = try flag(values, at: place)
    case "@dimensions", "@dimension": channelCount = try count(values, at: place)
    case "@serieslength": length = try count(values, at: place)
    case "@classlabel": try readClasses(values, at: place)
    case "@targetlabel":
      guard try flag(values, at: place) else { try refuseUnlabelled(place) }
      hasLabels = true
      classes = nil
    default:
      throw .data("\(place): keyword '\(words[0])' is not known; correct or remove the line")
    }
  }

  /// Checks that labels are promised, once the header has been read.
  func check(at place: String) throws(ComponentError) {
    guard hasLabels else {
      throw .data(
        "\(place): '@data' without '@classLabel true ...' or '@targetLabel true' before it: whether "
          + "series end in a label is not known; add one of them")
    }
  }

  private mutating func readClasses(
    _ values: ArraySlice<String>, at place: String
  ) throws(ComponentError) {
    guard try flag(values.prefix(1), at: place) else { try refuseUnlabelled(place) }
    let names = Array(values.dropFirst())
    guard Set(names).count == names.count else {
      throw .data("\(place): a class is declared twice; remove one of them")
    }
    guard names.count > 1 else {
      throw .data("\(place): \(names.count) classes are declared, at least 2 are needed; name them")
    }
    hasLabels = true
    classes = names
  }

  private func refuseUnlabelled(_ place: String) throws(ComponentError) -> Never {
    throw .data("\(place): the series have no labels to learn; use a file that has them")
  }

  private func flag(_ values: ArraySlice<String>, at place: String) throws(ComponentError) -> Bool {
    switch values.first?.lowercased() {
    case "true" where values.count == 1: return true
    case "false" where values.count == 1: return false
    default:
      throw .data(
        "\(place): '\(values.joined(separator: " "))' is neither true nor false; correct the line")
    }
  }

  private func count(_ values: ArraySlice<String>, at place: String) throws(ComponentError) -> Int {
    guard values.count == 1, let text = values.first, let number = Int(text), number > 0 else {
      throw .data(
        "\(place): '\(values.joined(separator: " "))' is not an integer above 0; correct the line")
    }
    return number
  }
}
