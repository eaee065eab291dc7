internal import CLinkAdaptation
internal import QHostInterfaces
internal import QHostMemory

/// A block of rows on which the teacher's network is evaluated.
///
/// Between calls it keeps the rows and the parameters of the last forward alone: there are as many sessions as blocks. A gradient
/// computes the activations again.
final class TeacherSession: ModelSession {
  private var scaled: [Float] = []
  private var weights: [Float] = []
  private var rowCount = 0

  /// Scales the rows.
  ///
  /// - Throws: kind `parameter` for rows that were scaled before.
  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    let width = Teacher.inputCount
    precondition(inputs.count >= width * rowCount, "\(inputs.count) inputs are too few")
    let first = LinkInput.allocation.rawValue * rowCount
    let allocations = inputs[first..<first + rowCount]
    if let scaled = allocations.first(where: { !LinkInput.allocationRange.contains($0) }) {
      throw .parameter(
        "mcs-teacher takes the rows of mcs as they are, and \(LinkInput.allocation.name) is \(scaled) in one of "
          + "them; give --scaling none")
    }
    self.rowCount = rowCount
    scaled = (0..<width * rowCount).map { place in
      let input = place / rowCount
      return (inputs[place] - LinkInput.middles[input]) / LinkInput.spreads[input]
    }
  }

  /// Writes the outputs [P × 28 × B].
  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    guard let start = outputs.baseAddress else { return }
    let scratch = AlignedBuffer<Float>(count: Teacher.scratchCount * rowCount)
    let count = Teacher.weightCount
    for point in 0..<pointCount {
      weights = parameters[point * count..<(point + 1) * count].map { Float($0) }
      qhost_kernel_link_values(
        weights, rowCount, scaled, scratch.start, start + point * Teacher.schemeCount * rowCount)
    }
  }

  /// Writes the gradient [n] at the point of the last forward.
  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    guard let slopes = outputGradients.baseAddress else { return }
    let scratch = AlignedBuffer<Float>(count: Teacher.scratchCount * rowCount)
    let made = AlignedBuffer<Float>(count: Teacher.weightCount)
    qhost_kernel_link_gradient(weights, rowCount, scaled, slopes, scratch.start, made.start)
    for place in 0..<Teacher.weightCount { gradient[place] = Double(made.start[place]) }
  }
}
