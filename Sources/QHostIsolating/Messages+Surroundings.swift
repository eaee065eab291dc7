internal import QHostInterfaces
internal import QHostRuntime

extension ModelSurroundings {
  /// Adds what a model is made for to a message.
  func write(to message: inout MessageWriter) {
    mapping.write(to: &message)
    message.write(each: starts.sorted { $0.key < $1.key }) { message, start in
      message.write(start.key)
      message.write(start.value)
    }
    message.write(calibration != nil)
    calibration?.write(to: &message)
  }

  /// Reads what a model is made for.
  init(from message: inout MessageReader) throws(ComponentError) {
    self.init(mapping: try Mapping(from: &message))
    let found = try message.elements { (message) throws(ComponentError) in
      (try message.text(), try message.array(of: Double.self))
    }
    for (place, parameters) in found { starts[place] = parameters }
    if try message.boolean() { calibration = try Calibration(from: &message) }
  }
}

extension Document {
  /// Adds the document to a message.
  func write(to message: inout MessageWriter) {
    message.write(name)
    message.write(format)
    message.write(text)
  }

  /// Reads a document, and checks it: the host writes it to a file of its name.
  init(from message: inout MessageReader) throws(ComponentError) {
    self.init(name: try message.text(), format: try message.text(), text: try message.text())
    guard flaw(byteLimit: .max) == nil else { throw MessageReader.damaged }
  }
}
