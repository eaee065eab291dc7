internal import QHostInterfaces

extension Graph {
  /// Adds the network to a message.
  func write(to message: inout MessageWriter) {
    message.write(input)
    message.write(output)
    message.write(inputShape.extents)
    message.write(outputShape.extents)
    message.write(each: nodes) { $1.write(to: &$0) }
    message.write(each: constants) { $1.write(to: &$0) }
  }

  /// Reads a network, and checks that its shapes are those of its numbers.
  init(from message: inout MessageReader) throws(ComponentError) {
    let (input, output) = (try message.text(), try message.text())
    self.init(
      input: input, output: output, inputShape: try Shape(from: &message),
      outputShape: try Shape(from: &message),
      nodes: try message.elements { (message) throws(ComponentError) in
        try Node(from: &message)
      },
      constants: try message.elements { (message) throws(ComponentError) in
        try Constant(from: &message)
      })
  }
}

extension Shape {
  /// Reads a shape whose count is a number.
  init(from message: inout MessageReader) throws(ComponentError) {
    self.init(try message.array(of: Int.self))
    guard isPlausible else { throw MessageReader.damaged }
  }

  /// Whether extents are none below 0, and their product can be counted.
  var isPlausible: Bool {
    var count = 1
    for extent in extents {
      let (product, overflows) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflows, product <= 1 << 40 else { return false }
      count = product
    }
    return true
  }
}

extension Graph.Node {
  fileprivate func write(to message: inout MessageWriter) {
    message.write(name)
    message.write(operation)
    message.write(each: inputs) { $0.write($1) }
    message.write(each: outputs) { $0.write($1) }
    message.write(each: attributes.sorted { $0.key < $1.key }) { message, attribute in
      message.write(attribute.key)
      attribute.value.write(to: &message)
    }
  }

  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    let (name, operation) = (try message.text(), try message.text())
    let inputs = try message.texts()
    let outputs = try message.texts()
    self.init(name: name, operation: operation, inputs: inputs, outputs: outputs)
    let found = try message.elements { (message) throws(ComponentError) in
      (try message.text(), try Graph.Attribute(from: &message))
    }
    for (name, value) in found { attributes[name] = value }
  }
}

extension Graph.Attribute {
  fileprivate func write(to message: inout MessageWriter) {
    switch self {
    case .integers(let values):
      message.write(0)
      message.write(values)
    case .reals(let values):
      message.write(1)
      message.write(values)
    case .text(let text):
      message.write(2)
      message.write(text)
    }
  }

  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    switch try message.integer() {
    case 0: self = .integers(try message.array(of: Int.self))
    case 1: self = .reals(try message.array(of: Double.self))
    case 2: self = .text(try message.text())
    default: throw MessageReader.damaged
    }
  }
}

extension Graph.Constant {
  fileprivate func write(to message: inout MessageWriter) {
    message.write(name)
    message.write(shape.extents)
    switch elements {
    case .float(let values):
      message.write(0)
      message.write(values)
    case .int8(let values):
      message.write(1)
      message.write(values)
    case .int32(let values):
      message.write(2)
      message.write(values)
    case .int64(let values):
      message.write(3)
      message.write(values)
    }
  }

  fileprivate init(from message: inout MessageReader) throws(ComponentError) {
    let name = try message.text()
    let shape = try Shape(from: &message)
    let elements: Graph.Elements
    switch try message.integer() {
    case 0: elements = .float(try message.array(of: Float.self))
    case 1: elements = .int8(try message.array(of: Int8.self))
    case 2: elements = .int32(try message.array(of: Int32.self))
    case 3: elements = .int64(try message.array(of: Int64.self))
    default: throw MessageReader.damaged
    }
    // A target reads as many numbers as the shape says.
    guard elements.count == shape.count else { throw MessageReader.damaged }
    self.init(name: name, shape: shape, elements: elements)
  }
}

extension MessageReader {
  /// The next texts.
  mutating func texts() throws(ComponentError) -> [String] {
    try elements { (message) throws(ComponentError) in try message.text() }
  }
}
