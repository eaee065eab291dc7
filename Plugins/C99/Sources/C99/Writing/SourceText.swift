/// Lines of C, indented by blocks.
struct SourceText {
  private(set) var lines: [String] = []
  private var depth = 0

  /// Adds a line.
  mutating func add(_ line: String) {
    lines.append(line.isEmpty ? "" : String(repeating: "  ", count: depth) + line)
  }

  /// Adds lines.
  mutating func add(_ lines: [String]) {
    for line in lines { add(line) }
  }

  /// Adds lines that are indented already.
  mutating func add(_ other: SourceText) { lines += other.lines }

  /// Opens a block behind a head.
  mutating func open(_ head: String) {
    add(head.isEmpty ? "{" : head + " {")
    depth += 1
  }

  /// Opens a loop that counts to a limit.
  mutating func loop(_ counter: String, _ limit: Int) {
    open("for (\(counter) = 0; \(counter) < \(limit); \(counter)++)")
  }

  /// Closes blocks.
  mutating func close(_ count: Int = 1) {
    for _ in 0..<count {
      depth -= 1
      add("}")
    }
  }

  /// Closes the block of a definition.
  mutating func closeDefinition() {
    depth -= 1
    add("};")
    add("")
  }

  var text: String { lines.joined(separator: "\n") + "\n" }
}
