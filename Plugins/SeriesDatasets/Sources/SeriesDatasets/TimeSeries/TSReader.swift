import QHostInterfaces

/// Reads `.ts` files of the UCR and UEA archives: a header, `@data`, then one series a line, channels separated by
/// colons, steps by commas, the label last.
///
/// Lines that are blank or begin with `#` or `%` are skipped everywhere. Missing values (`?`) are refused.
enum TSReader {
  /// Reads and checks a text.
  ///
  /// - Parameters:
  ///   - bytes: the file, UTF-8.
  ///   - path: its name, for messages.
  /// - Returns: its series, at least one.
  /// - Throws: kind `data` with file and line.
  static func read(_ bytes: [UInt8], path: String) throws(ComponentError) -> SeriesFile {
    var header = TSHeader()
    var isInData = false
    var cases: [SeriesCase] = []
    let text = String(decoding: bytes, as: UTF8.self)
    var number = 0
    for raw in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      let line = SeriesNumber.trimmed(
        number == 1 && raw.first == "\u{FEFF}" ? raw.dropFirst() : raw)
      let place = "'\(path)' line \(number)"
      guard let first = line.first, first != "#", first != "%" else { continue }
      if isInData {
        cases.append(try readCase(line, header, number, place))
        try check(cases, header, path)
      } else if line.lowercased() == "@data" {
        try header.check(at: place)
        isInData = true
      } else if first == "@" {
        try header.read(line, at: place)
      } else {
        throw .data("\(place): a series before '@data'; add the header of a .ts file")
      }
    }
    guard let one = cases.first else {
      throw .data("'\(path)' has no series after '@data'; give a file with one series a line")
    }
    return SeriesFile(
      path: path, channelCount: one.values.count / one.length, classes: header.classes,
      isRegression: header.classes == nil, cases: cases)
  }

  private static func readCase(
    _ line: Substring, _ header: TSHeader, _ number: Int, _ place: String
  ) throws(ComponentError) -> SeriesCase {
    let fields = line.split(separator: ":", omittingEmptySubsequences: false)
    let channels = fields.dropLast()
    guard let label = fields.last.map(SeriesNumber.trimmed), !channels.isEmpty else {
      throw .data("\(place) has no ':', which separates channels and label; correct the line")
    }
    if let count = header.channelCount, count != channels.count {
      throw .data(
        "\(place) has \(channels.count) channels, the header says \(count); correct one of them")
    }
    if let classes = header.classes, !classes.contains(String(label)) {
      throw .data(
        "\(place): class '\(label)' is not declared in '@classLabel' (case and all); correct one "
          + "of them")
    }
    var columns: [[Float]] = []
    for (channel, field) in channels.enumerated() {
      columns.append(try readChannel(field, "\(place), channel \(channel + 1)"))
      guard columns[channel].count == columns[0].count else {
        throw .data(
          "\(place): channel \(channel + 1) has \(columns[channel].count) steps, channel 1 has "
            + "\(columns[0].count); channels of one series must be equally long")
      }
    }
    let length = columns[0].count
    if let said = header.length, said != length {
      throw .data("\(place) has \(length) steps, the header says \(said); correct one of them")
    }
    return SeriesCase(
      values: (0..<length).flatMap { step in columns.map { $0[step] } }, length: length,
      label: String(label), line: number)
  }

  private static func readChannel(
    _ field: Substring, _ place: String
  ) throws(ComponentError) -> [Float] {
    var values: [Float] = []
    for text in field.split(separator: ",", omittingEmptySubsequences: false) {
      values.append(try SeriesNumber.read(text, "\(place), step \(values.count + 1)"))
    }
    return values
  }

  /// Checks the last series against the first one.
  private static func check(
    _ cases: [SeriesCase], _ header: TSHeader, _ path: String
  ) throws(ComponentError) {
    guard let one = cases.first, let other = cases.last else { return }
    guard one.values.count * other.length == other.values.count * one.length else {
      throw .data(
        "'\(path)' line \(other.line) has \(other.values.count / other.length) channels, line "
          + "\(one.line) has \(one.values.count / one.length); correct one of them")
    }
    guard !header.isEqualLength || one.length == other.length else {
      throw .data(
        "'\(path)' line \(other.line) has \(other.length) steps, line \(one.line) has "
          + "\(one.length), and the header says '@equalLength true'; correct one of them")
    }
  }
}
