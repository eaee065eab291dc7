internal import QHostInterfaces

/// Statements that couple: one to one, all to all, and kernels over images.
extension GraphReader {
  /// - Parameters:
  ///   - words: FROM, arrow, TO, and what follows.
  ///   - kind: `one`, `dense` or `convolve`.
  /// - Throws: kind `data`, with the line.
  mutating func couple(_ words: [String], kind: String) throws(ComponentError) {
    guard words[1] == "->" || words[1] == "-|" else {
      throw fail("'\(words[1])' is not a coupling; use -> to excite or -| to inhibit")
    }
    let (from, to) = (try group(words[0]), try group(words[2]))
    guard !to.isInput else {
      throw fail("'\(words[2])' is an input, and inputs are not acted upon; couple from it")
    }
    let isInhibition = words[1] == "-|"
    let rest = Array(words.dropFirst(3))
    switch kind {
    case "convolve": try convolve(from, to, isInhibition, rest)
    case "dense": try dense(from, to, isInhibition, rest, name: "\(words[0])->\(words[2])")
    default:
      guard from.indices.count == 1, to.indices.count == 1 else {
        throw fail(
          "'\(words[0])' or '\(words[2])' has many nodes; begin the line with dense or convolve")
      }
      try add(from, 0, to, 0, isInhibition, try value(rest[0]))
    }
  }

  private func group(_ name: String) throws(ComponentError) -> Nodes {
    if let group = nodes[name] { return group }
    let known = nodes.keys.filter { !$0.contains("[") }.sorted().joined(separator: ", ")
    throw fail(
      "there is no neuron or input '\(name)'; there are: \(known.isEmpty ? "none yet" : known)")
  }

  private func value(_ word: String) throws(ComponentError) -> NeuronGraph.Value {
    if let index = graph.strengths.firstIndex(where: { $0.name == word }) {
      return .strength(index)
    }
    guard let number = Double(word), number >= 0, number.isFinite else {
      throw fail(
        "'\(word)' is neither a number of at least 0 nor the name of a coupling; declare it before: "
          + "coupling NAME START LOWEST HIGHEST")
    }
    return .fixed(number)
  }

  private mutating func add(
    _ from: Nodes, _ i: Int, _ to: Nodes, _ j: Int, _ isInhibition: Bool,
    _ value: NeuronGraph.Value
  ) throws(ComponentError) {
    let (source, target) = (from.indices[i], to.indices[j])
    guard from.isInput || source != target else {
      throw fail("'\(graph.neurons[target])' is coupled to itself; couple different neurons")
    }
    graph.couplings.append(
      NeuronGraph.Coupling(
        isInhibition: isInhibition, source: from.isInput ? .input(source) : .neuron(source),
        target: target, value: value))
  }

  private mutating func dense(
    _ from: Nodes, _ to: Nodes, _ isInhibition: Bool, _ rest: [String], name: String
  ) throws(ComponentError) {
    var bounds: [Double]?
    if rest[0] == "each" {
      let numbers = rest.dropFirst().compactMap(Double.init)
      guard rest.count == 4, numbers.count == 3, numbers[0] >= 0, numbers[0] < numbers[1],
        (numbers[0]...numbers[1]).contains(numbers[2])
      else { throw fail("'each' needs the lowest, highest and first value of every coupling") }
      bounds = numbers
    } else if rest.count != 1 {
      throw fail("'dense' needs one strength, or each LOWEST HIGHEST START")
    }
    for j in to.indices.indices {
      for i in from.indices.indices {
        guard let bounds else {
          try add(from, i, to, j, isInhibition, try value(rest[0]))
          continue
        }
        graph.strengths.append(
          NeuronGraph.Strength(
            name: "\(name)[\(j),\(i)]", start: bounds[2], lower: bounds[0], upper: bounds[1]))
        try add(from, i, to, j, isInhibition, .strength(graph.strengths.count - 1))
      }
    }
  }

  /// The kernel's middle lies on the image's middle for the sheet's middle; pixels outside are off.
  private mutating func convolve(
    _ from: Nodes, _ to: Nodes, _ isInhibition: Bool, _ rest: [String]
  ) throws(ComponentError) {
    let kernel = rest.split(separator: "/").map(Array.init)
    let width = kernel.first?.count ?? 0
    guard kernel.count % 2 == 1, width % 2 == 1, kernel.allSatisfy({ $0.count == width }) else {
      throw fail("a kernel has an odd number of rows of the same odd length, parted by /")
    }
    let (spareRows, spareColumns) = (from.rows - to.rows, from.columns - to.columns)
    guard spareRows >= 0, spareColumns >= 0, spareRows % 2 == 0, spareColumns % 2 == 0 else {
      throw fail(
        "a sheet of \(to.rows) by \(to.columns) cannot lie in the middle of \(from.rows) by "
          + "\(from.columns); make it smaller by an even number, or as large")
    }
    for row in 0..<to.rows {
      for column in 0..<to.columns {
        for (y, line) in kernel.enumerated() {
          for (x, word) in line.enumerated() {
            let strength = try value(word)
            let (r, c) = (
              row + spareRows / 2 + y - kernel.count / 2, column + spareColumns / 2 + x - width / 2
            )
            guard strength != .fixed(0), (0..<from.rows).contains(r),
              (0..<from.columns).contains(c)
            else { continue }
            try add(
              from, r * from.columns + c, to, row * to.columns + column, isInhibition, strength)
          }
        }
      }
    }
  }
}
