internal import QHostInterfaces

extension Calibration {
  /// Adds the rows to a message.
  func write(to message: inout MessageWriter) {
    message.write(rowCount)
    message.write(inputs)
    message.write(targets)
  }

  /// Reads rows, of which each has as many numbers.
  init(from message: inout MessageReader) throws(ComponentError) {
    let rowCount = try message.integer()
    let (inputs, targets) = (
      try message.array(of: Float.self), try message.array(of: Float.self)
    )
    guard rowCount >= 0, rowCount == 0 || inputs.count % rowCount == 0,
      rowCount == 0 || targets.count % rowCount == 0
    else { throw MessageReader.damaged }
    self.init(rowCount: rowCount, inputs: inputs, targets: targets)
  }
}

extension CompiledModel {
  /// Adds what was made to a message.
  func write(to message: inout MessageWriter) {
    message.write(each: artifacts) { message, artifact in
      message.write(artifact.name)
      message.write(artifact.bytes)
    }
    message.write(each: figures) { message, figure in
      message.write(figure.name)
      message.write(figure.value)
      message.write(figure.unit)
    }
  }

  /// Reads what was made, and checks that its files are plain ones: the host writes them.
  init(from message: inout MessageReader) throws(ComponentError) {
    self.init()
    artifacts = try message.elements { (message) throws(ComponentError) in
      let name = try message.text()
      guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(0),
        !name.utf8.contains(UInt8(ascii: "/"))
      else { throw MessageReader.damaged }
      return Artifact(name: name, bytes: try message.array(of: UInt8.self))
    }
    figures = try message.elements { (message) throws(ComponentError) in
      Figure(name: try message.text(), value: try message.real(), unit: try message.text())
    }
  }
}

extension Execution {
  /// Adds the outputs and the cost to a message.
  func write(to message: inout MessageWriter) {
    message.write(outputs)
    message.write([cyclesMinimum, cyclesMean, cyclesMaximum, millisecondsMean])
  }

  /// Reads so many outputs and the cost.
  init(from message: inout MessageReader, outputCount: Int) throws(ComponentError) {
    self.init(outputs: try message.array(of: Float.self))
    let costs = try message.array(of: Double.self)
    guard outputs.count == outputCount, costs.count == 4 else { throw MessageReader.damaged }
    (cyclesMinimum, cyclesMean) = (costs[0], costs[1])
    (cyclesMaximum, millisecondsMean) = (costs[2], costs[3])
  }
}
