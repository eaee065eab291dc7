internal import QHostInterfaces

/// Cuts of a scenario in another process.
final class IsolatedCuts: ScenarioCuts {
  private let instance: IsolatedInstance
  private let number: Int

  /// Opens cuts through outputs.
  init(
    of instance: IsolatedInstance, _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) throws(ComponentError) {
    self.instance = instance
    number = try instance.call(.openCuts) { message in
      message.write(split.rawValue)
      message.write(row)
      message.write(buffer: outputs)
    } read: { (message) throws(ComponentError) in
      try message.integer()
    }
  }

  deinit {
    let number = number
    do throws(ComponentError) {
      try instance.call(.closeCuts) {
        $0.write(number)
      } read: { _ in
      }
    } catch {
      // The next request says what is wrong with the process.
    }
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    try cut(
      output: output, offsets: offsets, losses: losses,
      violations: UnsafeMutableBufferPointer(start: nil, count: 0))
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let number = number
    try instance.call(.cut) { message in
      message.write(number)
      message.write(output)
      message.write(buffer: offsets)
      message.write(!violations.isEmpty)
    } read: { (message) throws(ComponentError) in
      try message.fill(losses)
      try message.fill(violations)
    }
  }

  func move(output: Int, delta: Double) throws(ComponentError) {
    let number = number
    try instance.call(.moveCuts) { message in
      message.write(number)
      message.write(output)
      message.write(delta)
    } read: { _ in
    }
  }
}
