package import QHostInterfaces

/// Reads graphs as text, a statement a line.
///
/// `#` begins a comment. The README has the whole format.
///
///     lambda 5000            time 0.7            slices 512            kinks 4
///     input a b              neuron left right   output out
///     image pixel 4 4        sheet seen 2 2      always bias
///     coupling w 6000 0 12000
///     a -> left w            left -| right 50000
///     convolve pixel -> seen 0 w 0 / 0 w 0 / 0 w 0
///     dense seen -> out 4000
///     modulate b
package struct GraphReader {
  /// What a name stands for: one node, or a sheet of them.
  struct Nodes {
    var isInput: Bool
    var rows: Int
    var columns: Int
    /// By rows.
    var indices: [Int]
  }

  private let source: String
  private var line = 0
  var graph = NeuronGraph()
  var nodes: [String: Nodes] = [:]

  private init(source: String) { self.source = source }

  /// Reads a graph.
  ///
  /// - Parameters:
  ///   - text: its statements.
  ///   - source: what to call it in messages, for example its path.
  /// - Returns: the graph, checked.
  /// - Throws: kind `data`, with the line.
  package static func graph(
    _ text: String, source: String
  ) throws(ComponentError) -> NeuronGraph {
    var reader = GraphReader(source: source)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      reader.line += 1
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
      if !words.isEmpty { try reader.read(words) }
    }
    try reader.checkWhole()
    return reader.graph
  }

  func fail(_ message: String) -> ComponentError { .data("\(source):\(line): \(message)") }

  private mutating func read(_ words: [String]) throws(ComponentError) {
    switch words[0] {
    case "lambda", "time", "slices", "kinks": try readNumber(words)
    case "input", "always", "neuron", "output":
      guard words.count > 1 else { throw fail("'\(words[0])' names nothing; give a name") }
      for name in words.dropFirst() {
        if words[0] == "output", nodes[name] != nil {
          try readOutput(name)
        } else {
          let isInput = words[0] == "input" || words[0] == "always"
          try add(name, isInput: isInput, rows: 1, columns: 1)
          if words[0] == "always" { graph.alwaysOn.insert(graph.inputs.count - 1) }
          if words[0] == "output" { try readOutput(name) }
        }
      }
    case "image", "sheet":
      guard words.count == 4, let rows = Int(words[2]), let columns = Int(words[3]),
        (1...1024).contains(rows), (1...1024).contains(columns)
      else { throw fail("'\(words[0])' needs a name, rows and columns, each 1 to 1024") }
      try add(words[1], isInput: words[0] == "image", rows: rows, columns: columns)
    case "coupling": try readStrength(words)
    case "modulate":
      for name in words.dropFirst() { graph.modulated.append(try modulated(name)) }
    case "dense", "convolve":
      guard words.count > 4 else {
        throw fail("'\(words[0])' needs: FROM -> TO STRENGTH, or -| in place of ->")
      }
      try couple(Array(words.dropFirst()), kind: words[0])
    default:
      guard words.count == 4 else {
        throw fail(
          "'\(words.joined(separator: " "))' is not a statement; couplings are: FROM -> TO STRENGTH, or -|"
        )
      }
      try couple(words, kind: "one")
    }
  }

  private mutating func readNumber(_ words: [String]) throws(ComponentError) {
    guard words.count == 2, let value = Double(words[1]), value > 0, value.isFinite else {
      throw fail("'\(words[0])' needs one number above 0")
    }
    switch words[0] {
    case "lambda": graph.well.lambda = value
    case "time": graph.well.time = value
    case "slices":
      guard let count = Int(words[1]) else { throw fail("slices \(words[1]) is not an integer") }
      graph.well.sliceCount = count
    default:
      guard let count = Int(words[1]), count % 2 == 0 else {
        throw fail(
          "kinks \(words[1]) is not even, and a periodic path has as many kinks up as down; use "
            + "\(2 * max(1, Int(value / 2)))")
      }
      graph.kinkCount = count
    }
  }

  private mutating func readOutput(_ name: String) throws(ComponentError) {
    guard let group = nodes[name], !group.isInput else {
      throw fail("output '\(name)' is an input; only neurons can be read out")
    }
    graph.outputs += group.indices
  }

  private mutating func add(
    _ name: String, isInput: Bool, rows: Int, columns: Int
  ) throws(ComponentError) {
    guard nodes[name] == nil, !graph.strengths.contains(where: { $0.name == name }) else {
      throw fail("'\(name)' is there already; use another name")
    }
    let first = isInput ? graph.inputs.count : graph.neurons.count
    var names = [name]
    if rows * columns > 1 {
      names = (0..<rows).flatMap { row in (0..<columns).map { "\(name)[\(row),\($0)]" } }
    }
    let indices = Array(first..<first + names.count)
    nodes[name] = Nodes(isInput: isInput, rows: rows, columns: columns, indices: indices)
    if names.count > 1 {
      for (element, index) in zip(names, indices) {
        nodes[element] = Nodes(isInput: isInput, rows: 1, columns: 1, indices: [index])
      }
    }
    if isInput { graph.inputs += names } else { graph.neurons += names }
  }

  private mutating func readStrength(_ words: [String]) throws(ComponentError) {
    let numbers = words.dropFirst(2).compactMap(Double.init)
    guard words.count == 3 || words.count == 5, numbers.count == words.count - 2,
      numbers.allSatisfy({ $0 >= 0 && $0.isFinite })
    else {
      throw fail(
        "'coupling' needs a name, a start, and if it may be trained a lowest and a highest value")
    }
    let name = words[1]
    guard Double(name) == nil, nodes[name] == nil,
      !graph.strengths.contains(where: { $0.name == name })
    else { throw fail("'\(name)' is there already, or a number; use another name") }
    let upper = numbers.count == 3 ? numbers[2] : max(2 * numbers[0], 1)
    let lower = numbers.count == 3 ? numbers[1] : 0
    guard lower < upper, (lower...upper).contains(numbers[0]) else {
      throw fail("coupling '\(name)' starts at \(numbers[0]), outside \(lower) to \(upper)")
    }
    graph.strengths.append(
      NeuronGraph.Strength(name: name, start: numbers[0], lower: lower, upper: upper))
  }

  private func modulated(_ name: String) throws(ComponentError) -> NeuronGraph.Modulated {
    if let index = graph.strengths.firstIndex(where: { $0.name == name }) {
      return .strength(index)
    }
    guard let group = nodes[name], group.isInput, group.indices.count == 1 else {
      throw fail("'\(name)' is neither a coupling's name nor an input; k multiplies those")
    }
    return .input(group.indices[0])
  }
}
