internal import QHostInterfaces

/// A session of a model in another process.
final class IsolatedSession: ModelSession {
  private let instance: IsolatedInstance
  private let number: Int

  /// Opens a session.
  init(of instance: IsolatedInstance) throws(ComponentError) {
    self.instance = instance
    number = try instance.call(.openSession) { (message) throws(ComponentError) in
      try message.integer()
    }
  }

  deinit {
    do throws(ComponentError) {
      try call(.closeSession) { _ in
      } read: { _ in
      }
    } catch {
      // The next request says what is wrong with the process.
    }
  }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) throws(ComponentError) {
    try call(.bind) { message in
      message.write(rowCount)
      message.write(buffer: inputs)
    }
  }

  func bindRows(keys: UnsafeBufferPointer<UInt64>) throws(ComponentError) {
    try call(.bindRows) { $0.write(buffer: keys) }
  }

  func bindSeries(
    lengths: UnsafeBufferPointer<UInt64>, start: SeriesStart
  ) throws(ComponentError) {
    try call(.bindSeries) { message in
      message.write(start.rawValue)
      message.write(buffer: lengths)
    }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try call(.forward) { message in
      message.write(pointCount)
      message.write(outputs.count)
      message.write(buffer: parameters)
    } read: { (message) throws(ComponentError) in
      try message.fill(outputs)
    }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, draws: UnsafeBufferPointer<UInt64>,
    outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try call(.forwardDraws) { message in
      message.write(outputs.count)
      message.write(buffer: parameters)
      message.write(buffer: draws)
    } read: { (message) throws(ComponentError) in
      try message.fill(outputs)
    }
  }

  func backward(
    outputGradients: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try call(.backward) { message in
      message.write(gradient.count)
      message.write(buffer: outputGradients)
    } read: { (message) throws(ComponentError) in
      try message.fill(gradient)
    }
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) throws(ComponentError) {
    try call(.openCuts) { $0.write(buffer: parameters) }
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try call(.cut) { message in
      message.write(index)
      message.write(outputs.count)
      message.write(buffer: offsets)
    } read: { (message) throws(ComponentError) in
      try message.fill(outputs)
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    try call(.moveCuts) { message in
      message.write(index)
      message.write(delta)
    }
  }

  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    let stride = changes.stride
    try call(.cutChanges) { message in
      message.write(index)
      message.write(stride)
      message.write(buffer: offsets)
    } read: { (message) throws(ComponentError) in
      try changes.read(from: &message, offsetCount: offsets.count)
    }
  }

  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    let stride = changes.stride
    try call(.moveChanges) { message in
      message.write(index)
      message.write(stride)
      message.write(delta)
    } read: { (message) throws(ComponentError) in
      try changes.read(from: &message, offsetCount: 1)
    }
  }

  private func call(
    _ function: IsolatedFunction, write: (inout MessageWriter) -> Void,
    read: (inout MessageReader) throws(ComponentError) -> Void = { _ in }
  ) throws(ComponentError) {
    let number = number
    try instance.call(function) { message in
      message.write(number)
      write(&message)
    } read: { (message) throws(ComponentError) in
      try read(&message)
    }
  }
}

extension CutChanges {
  /// Adds what changes to a message: of each offset its rows, and their outputs as they lie.
  func write(to message: inout MessageWriter, offsetCount: Int, outputCount: Int) {
    message.write(multiplyAdds)
    message.write(work)
    message.write(outputCount)
    for offset in 0..<offsetCount {
      let count = Int(rowCounts[offset])
      message.write(buffer: UnsafeBufferPointer(start: rows + offset * stride, count: count))
      message.write(
        buffer: UnsafeBufferPointer(
          start: outputs + outputCount * offset * stride,
          count: count == 0 ? 0 : outputCount * stride(of: offset)))
    }
  }

  /// Reads what changes into borrowed memory.
  fileprivate mutating func read(
    from message: inout MessageReader, offsetCount: Int
  ) throws(ComponentError) {
    multiplyAdds = try message.integer()
    work = try message.real()
    let outputCount = try message.integer()
    guard multiplyAdds >= 0, work >= 0, work.isFinite, outputCount >= 1 else {
      throw MessageReader.damaged
    }
    for offset in 0..<offsetCount {
      let changed = try message.array(of: UInt32.self)
      let values = try message.view(of: Float.self)
      guard changed.count <= stride, changed.allSatisfy({ $0 < stride }),
        zip(changed, changed.dropFirst()).allSatisfy({ $0 < $1 })
      else { throw MessageReader.damaged }
      rowCounts[offset] = UInt64(changed.count)
      guard values.count == (changed.isEmpty ? 0 : outputCount * stride(of: offset)) else {
        throw MessageReader.damaged
      }
      changed.withUnsafeBufferPointer { source in
        if let start = source.baseAddress {
          (rows + offset * stride).update(from: start, count: source.count)
        }
      }
      if let start = values.baseAddress {
        (outputs + outputCount * offset * stride).update(from: start, count: values.count)
      }
    }
  }
}
