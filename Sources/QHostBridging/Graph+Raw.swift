public import CQHost
public import QHostInterfaces

extension Graph {
  /// Reads a network.
  public init(reading pointer: UnsafePointer<qhost_graph>?, culprit: String) throws(ComponentError)
  {
    guard let pointer, let raw = qhost_graph.reading(pointer), let input = raw.input,
      let output = raw.output
    else { throw ComponentError("\(culprit) gave an incomplete graph; report it to its author") }
    var nodes: [Node] = []
    for index in 0..<Int(raw.node_count) {
      guard let node = raw.nodes?[index].flatMap({ qhost_node.reading($0) }) else {
        throw ComponentError("\(culprit): node \(index) of the graph is missing")
      }
      nodes.append(Node(reading: node))
    }
    var constants: [Constant] = []
    for index in 0..<Int(raw.constant_count) {
      guard let tensor = raw.constants?[index].flatMap({ qhost_tensor.reading($0) }) else {
        throw ComponentError("\(culprit): constant \(index) of the graph is missing")
      }
      constants.append(try Constant(reading: tensor, culprit: culprit))
    }
    self.init(
      input: String(cString: input), output: String(cString: output),
      inputShape: try Shape(reading: raw.input_shape, role: "\(culprit): the graph's input"),
      outputShape: try Shape(reading: raw.output_shape, role: "\(culprit): the graph's output"),
      nodes: nodes, constants: constants)
  }

  /// The network as C structs in an arena.
  public func stored(in arena: Arena) -> UnsafePointer<qhost_graph> {
    var raw = qhost_graph.sized()
    raw.node_count = UInt32(nodes.count)
    raw.constant_count = UInt32(constants.count)
    raw.input = arena.text(input)
    raw.output = arena.text(output)
    raw.input_shape = inputShape.stored(in: arena)
    raw.output_shape = outputShape.stored(in: arena)
    raw.nodes = arena.pointers(nodes.map { $0.stored(in: arena) })
    raw.constants = arena.pointers(constants.map { $0.stored(in: arena) })
    return UnsafePointer(arena.value(raw))
  }
}

extension Graph.Node {
  init(reading raw: qhost_node) {
    var attributes: [String: Graph.Attribute] = [:]
    for index in 0..<Int(raw.attribute_count) {
      guard let attribute = raw.attributes?[index].flatMap({ qhost_attribute.reading($0) }),
        let name = attribute.name
      else { continue }
      attributes[String(cString: name)] = Graph.Attribute(reading: attribute)
    }
    self.init(
      name: raw.name.map { String(cString: $0) } ?? "",
      operation: raw.operation.map { String(cString: $0) } ?? "",
      inputs: textArray(raw.inputs, Int(raw.input_count)),
      outputs: textArray(raw.outputs, Int(raw.output_count)), attributes: attributes)
  }

  func stored(in arena: Arena) -> qhost_node {
    var raw = qhost_node.sized()
    raw.name = arena.text(name)
    raw.operation = arena.text(operation)
    raw.input_count = UInt32(inputs.count)
    raw.inputs = arena.texts(inputs)
    raw.output_count = UInt32(outputs.count)
    raw.outputs = arena.texts(outputs)
    let sorted = attributes.sorted { $0.key < $1.key }
    raw.attribute_count = UInt32(sorted.count)
    raw.attributes = arena.pointers(sorted.map { $0.value.stored(name: $0.key, in: arena) })
    return raw
  }
}

extension Graph.Attribute {
  init(reading raw: qhost_attribute) {
    switch raw.type {
    case QHOST_ATTRIBUTE_INTEGERS:
      self = .integers(
        UnsafeBufferPointer(start: raw.integers, count: Int(raw.count)).map { Int($0) })
    case QHOST_ATTRIBUTE_REALS: self = .reals(realArray(raw.reals, Int(raw.count)))
    default: self = .text(raw.text.map { String(cString: $0) } ?? "")
    }
  }

  func stored(name: String, in arena: Arena) -> qhost_attribute {
    var raw = qhost_attribute.sized()
    raw.name = arena.text(name)
    switch self {
    case .integers(let values):
      raw.type = QHOST_ATTRIBUTE_INTEGERS
      raw.count = UInt64(values.count)
      raw.integers = UnsafePointer(arena.array(values.map(Int64.init)))
    case .reals(let values):
      raw.type = QHOST_ATTRIBUTE_REALS
      raw.count = UInt64(values.count)
      raw.reals = UnsafePointer(arena.array(values))
    case .text(let text):
      raw.type = QHOST_ATTRIBUTE_TEXT
      raw.count = 1
      raw.text = arena.text(text)
    }
    return raw
  }
}

extension Graph.Constant {
  init(reading raw: qhost_tensor, culprit: String) throws(ComponentError) {
    let shape = try Shape(reading: raw.shape, role: "\(culprit): a constant of the graph")
    guard let name = raw.name, let data = raw.data else {
      throw ComponentError("\(culprit): a constant of the graph has no name or data")
    }
    func values<T: BitwiseCopyable>(_ type: T.Type) -> [T] {
      Array(
        UnsafeBufferPointer(start: data.assumingMemoryBound(to: T.self), count: shape.count))
    }
    let elements: Graph.Elements
    switch raw.element {
    case QHOST_ELEMENT_FLOAT32: elements = .float(values(Float.self))
    case QHOST_ELEMENT_INT8: elements = .int8(values(Int8.self))
    case QHOST_ELEMENT_INT32: elements = .int32(values(Int32.self))
    case QHOST_ELEMENT_INT64: elements = .int64(values(Int64.self))
    default:
      throw ComponentError("\(culprit): a constant of the graph has unknown type \(raw.element)")
    }
    self.init(name: String(cString: name), shape: shape, elements: elements)
  }

  func stored(in arena: Arena) -> qhost_tensor {
    var raw = qhost_tensor.sized()
    raw.name = arena.text(name)
    raw.shape = shape.stored(in: arena)
    switch elements {
    case .float(let values):
      raw.element = QHOST_ELEMENT_FLOAT32
      raw.data = UnsafeRawPointer(arena.array(values))
    case .int8(let values):
      raw.element = QHOST_ELEMENT_INT8
      raw.data = UnsafeRawPointer(arena.array(values))
    case .int32(let values):
      raw.element = QHOST_ELEMENT_INT32
      raw.data = UnsafeRawPointer(arena.array(values))
    case .int64(let values):
      raw.element = QHOST_ELEMENT_INT64
      raw.data = UnsafeRawPointer(arena.array(values))
    }
    return raw
  }
}
