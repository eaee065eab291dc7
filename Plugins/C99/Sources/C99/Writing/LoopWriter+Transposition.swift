extension LoopWriter {
  /// The elements of the operand in the result's order.
  mutating func writeTransposition(_ transposition: Step.Transposition, _ loop: Loop) {
    guard let step = loop.producer else { return }
    let source = identifier(graph.root(step.operands[0]))
    let outermost = transposition.axes.count - 1
    let terms = transposition.axes.enumerated().map { place, axis in
      var term = axis.inner == 1 ? "i" : "i / \(axis.inner)"
      if place < outermost { term += " % \(axis.extent)" }
      return axis.stride == 1 ? term : "\(term) * \(axis.stride)"
    }
    let place = terms.isEmpty ? "0" : terms.reversed().joined(separator: " + ")
    text.add("position i;")
    text.add("")
    text.loop("i", loop.count)
    text.add("const float sum = \(source)[\(place)];")
    writeElement(loop, producer: step)
    text.close()
  }
}
