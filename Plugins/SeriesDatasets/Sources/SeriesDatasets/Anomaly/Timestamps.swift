/// What is irregular about the times of a series.
struct TimestampFaults: Equatable {
  /// Times that were there before, and the line of the first of them.
  var duplicates = 0
  /// Times before the one before.
  var unordered = 0
  /// Intervals longer than 1.5 times the median one.
  var gaps = 0
  /// The line of the first duplicate or unordered time.
  var firstLine: Int?

  /// Looks at times; those that are neither dates nor numbers have no gaps.
  ///
  /// - Parameters:
  ///   - texts: as they are written.
  ///   - lines: of each in the file.
  init(_ texts: [String], lines: [Int]) {
    var seen: Set<String> = []
    let times = texts.map(Timestamp.seconds)
    var intervals: [Double] = []
    for (place, text) in texts.enumerated() {
      let isNew = seen.insert(text).inserted
      if !isNew { duplicates += 1 }
      var isBack = false
      if place > 0, let now = times[place], let before = times[place - 1] {
        isBack = now < before
        intervals.append(now - before)
      }
      if isBack { unordered += 1 }
      if !isNew || isBack { firstLine = firstLine ?? lines[place] }
    }
    let sorted = intervals.sorted()
    guard !sorted.isEmpty else { return }
    let median = sorted[sorted.count / 2]
    gaps = intervals.count { $0 > 1.5 * median }
  }
}

/// Times as the files have them.
enum Timestamp {
  /// Seconds of `YYYY-MM-DD HH:MM:SS`, or a number itself; `nil`: neither.
  static func seconds(_ text: String) -> Double? {
    if let number = Double(text) { return number }
    let parts = text.split(whereSeparator: { "-: T".contains($0) }).map { Double($0) }
    guard parts.count == 6 else { return nil }
    let numbers = parts.compactMap { $0 }
    guard numbers.count == 6 else { return nil }
    // Days from the civil date (H. Hinnant), with years that begin in March.
    let shift = numbers[1] <= 2 ? 1.0 : 0
    let year = numbers[0] - shift
    let era = (year / 400).rounded(.down)
    let yearOfEra = year - era * 400
    let month = numbers[1] + (numbers[1] > 2 ? -3 : 9)
    let dayOfYear = ((153 * month + 2) / 5).rounded(.down) + numbers[2] - 1
    let day =
      era * 146_097 + yearOfEra * 365 + (yearOfEra / 4).rounded(.down)
      - (yearOfEra / 100).rounded(.down) + dayOfYear
    return day * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
  }

  /// A time without a fraction of zeros, as files and windows write the same one differently.
  static func canonical(_ text: String) -> String {
    guard let point = text.lastIndex(of: "."), text.contains(":") else { return text }
    let fraction = text[point...].dropFirst()
    return fraction.allSatisfy { $0 == "0" } ? String(text[..<point]) : text
  }
}
