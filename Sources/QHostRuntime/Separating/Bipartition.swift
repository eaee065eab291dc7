/// The inputs of a model in two parts, A and B.
public struct Bipartition: Sendable, Equatable {
  /// The inputs of A, from 0, in order.
  public let first: [Int]
  /// Those of B: all others.
  public let second: [Int]

  /// The first half of the inputs, and the others.
  ///
  /// - Parameter inputCount: F.
  /// - Throws: kind `usage` for a model of one input.
  public init(halving inputCount: Int) throws(RunError) {
    guard inputCount > 1 else {
      throw RunError(.usage, "the model has one input, which cannot be parted; name another model")
    }
    first = Array(0..<(inputCount / 2))
    second = Array((inputCount / 2)..<inputCount)
  }

  /// Reads `1-4|5-8`, `x1,x2|y1,y2`: each input once, by its name or its number from 1 on.
  ///
  /// - Parameters:
  ///   - text: what the user wrote.
  ///   - inputCount: F.
  ///   - names: of the inputs, [F]; empty: they have none.
  /// - Throws: kind `usage`, with the input that is named twice or not at all.
  public init(_ text: String, inputCount: Int, names: [String]) throws(RunError) {
    let sides = text.split(separator: "|", omittingEmptySubsequences: false)
    guard sides.count == 2 else {
      throw RunError(
        .usage,
        "the bipartition '\(text)' has \(sides.count) part\(sides.count == 1 ? "" : "s"); write two, "
          + "with '|' between, such as 1-\(max(1, inputCount / 2))|\(inputCount / 2 + 1)-\(inputCount)"
      )
    }
    func called(_ input: Int) -> String {
      names.count == inputCount ? "'\(names[input])'" : "\(input + 1)"
    }
    var parts: [[Int]] = []
    for side in sides {
      var part: [Int] = []
      for word in side.split(separator: ",") {
        part += try Self.inputs(
          word.trimmingSpaces, of: text, inputCount: inputCount, names: names)
      }
      guard !part.isEmpty else {
        throw RunError(
          .usage,
          "the bipartition '\(text)' leaves one part empty; name inputs on both sides of '|'")
      }
      parts.append(part)
    }
    var seen = Set<Int>()
    for input in parts.joined() where !seen.insert(input).inserted {
      throw RunError(
        .usage, "the bipartition '\(text)' names input \(called(input)) twice; name it once")
    }
    if let missing = (0..<inputCount).first(where: { !seen.contains($0) }) {
      throw RunError(
        .usage,
        "the bipartition '\(text)' does not name input \(called(missing)); name each of the "
          + "\(inputCount) inputs once")
    }
    first = parts[0].sorted()
    second = parts[1].sorted()
  }

  private static func inputs(
    _ word: String, of text: String, inputCount: Int, names: [String]
  ) throws(RunError) -> [Int] {
    if let place = names.firstIndex(of: word) { return [place] }
    let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
      first >= 1, first <= last, last <= inputCount
    {
      return Array(first - 1..<last)
    }
    throw RunError(
      .usage,
      "the bipartition '\(text)' names '\(word)', and the inputs are 1 to \(inputCount)"
        + (names.isEmpty
          ? "; write numbers or ranges such as 1-2"
          : ", called \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? ", ..." : "")"
            + Suggestion.sentence(for: word, among: names)))
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
