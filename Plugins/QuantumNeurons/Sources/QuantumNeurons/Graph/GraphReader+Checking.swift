internal import QHostInterfaces

/// What can be said of a whole graph only.
extension GraphReader {
  /// The fewest slices of a path: segments of the longest moves fit in twice.
  static let leastSlices = 128
  static let mostSlices = 65_536

  func checkWhole() throws(ComponentError) {
    guard !graph.neurons.isEmpty else {
      throw fail("the graph has no neurons; name some: neuron NAME")
    }
    guard !graph.outputs.isEmpty else {
      throw fail("the graph has no outputs; name neurons to read out: output NAME")
    }
    guard Set(graph.outputs).count == graph.outputs.count else {
      throw fail("a neuron is read out twice; name each output once")
    }
    try checkSlices()
    let period = graph.well.sliceCount / graph.kinkCount
    let width = 1 / (graph.well.lambda / 2).squareRoot()
    guard period >= 4, Double(period) * graph.well.spacing > 4 * width else {
      throw fail(
        "\(graph.kinkCount) kinks of width \(width) do not fit in time \(graph.well.time); use fewer kinks, "
          + "or a longer time")
    }
  }

  private func checkSlices() throws(ComponentError) {
    let well = graph.well
    guard (Self.leastSlices...Self.mostSlices).contains(well.sliceCount), well.sliceCount % 2 == 0
    else {
      throw fail(
        "slices \(well.sliceCount) cannot be used; give an even number from \(Self.leastSlices) to "
          + "\(Self.mostSlices)")
    }
    let product = well.spacing * well.frequency
    guard product <= Well.coarsest else {
      let least = Int((well.time * well.frequency / Well.coarsest).rounded(.up))
      throw fail(
        "the time step is too coarse for the well: step times frequency is \(product), and at most "
          + "\(Well.coarsest) is allowed; use at least \(least + least % 2) slices, or a smaller lambda or time"
      )
    }
  }
}
