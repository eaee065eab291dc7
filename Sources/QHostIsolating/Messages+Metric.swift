internal import QHostInterfaces

extension MetricDescription {
  private static let directions: [Direction] = [.neutral, .lower, .higher]

  /// Adds the description to a message.
  func write(to message: inout MessageWriter) {
    message.write(name)
    message.write(unit)
    message.write(Self.directions.firstIndex(of: direction) ?? 0)
    message.write(documentation)
  }

  /// Reads a description, and checks it.
  init(from message: inout MessageReader) throws(ComponentError) {
    let (name, unit) = (try message.text(), try message.optionalText())
    let place = try message.integer()
    guard Self.directions.indices.contains(place) else { throw MessageReader.damaged }
    self.init(name, unit: unit, Self.directions[place], try message.text())
    guard flaw == nil else { throw MessageReader.damaged }
  }
}

extension MetricSample {
  /// Adds the sample to a message.
  func write(to message: inout MessageWriter) {
    message.write(split.rawValue)
    message.write(rows)
    message.write(keys)
    message.write(draw)
    message.write(buffer: outputs)
    message.write(buffer: inputs)
    message.write(parameters != nil)
    message.write(parameters ?? [])
  }

  /// Reads a sample, whose inputs and outputs stay where they are.
  init(from message: inout MessageReader) throws(ComponentError) {
    guard let split = Split(rawValue: try message.read(UInt32.self)) else {
      throw MessageReader.damaged
    }
    let (rows, keys) = (try message.array(of: Int.self), try message.array(of: UInt64.self))
    let draw = try message.read(UInt64.self)
    let outputs = try message.view(of: Double.self)
    let inputs = try message.view(of: Float.self)
    let hasParameters = try message.boolean()
    let parameters = try message.array(of: Double.self)
    self.init(
      split: split, parameters: hasParameters ? parameters : nil, rows: rows, keys: keys,
      draw: draw, inputs: inputs, outputs: outputs)
  }
}

extension MetricValue {
  /// Adds the value to a message.
  func write(to message: inout MessageWriter) {
    message.write(value)
    message.write(standardError ?? .nan)
  }

  /// Reads a value, and checks it.
  init(from message: inout MessageReader) throws(ComponentError) {
    let (value, deviation) = (try message.real(), try message.real())
    guard !value.isNaN, deviation.isNaN || (deviation >= 0 && deviation.isFinite) else {
      throw MessageReader.damaged
    }
    self.init(value, standardError: deviation.isNaN ? nil : deviation)
  }
}
