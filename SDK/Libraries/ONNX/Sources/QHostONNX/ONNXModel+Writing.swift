internal import QHostInterfaces

/// Numbers of fields are those of onnx.proto.
extension ONNXModel {
  /// The file.
  ///
  /// The same model gives the same bytes: attributes and metadata are in the order of their names. Operator
  /// sets, without which no reader takes the file, come last, so that a file that is cut off anywhere is noticed.
  public var encoded: [UInt8] {
    var writer = WireWriter()
    writer.integer(1, version)
    if !producer.isEmpty { writer.text(2, producer) }
    if !producerVersion.isEmpty { writer.text(3, producerVersion) }
    if !documentation.isEmpty { writer.text(6, documentation) }
    writer.message(7, graph)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      writer.message(14) { entry in
        entry.text(1, key)
        entry.text(2, value)
      }
    }
    for (domain, version) in operatorSets.sorted(by: { $0.key < $1.key }) {
      writer.message(8) { set in
        if !domain.isEmpty { set.text(1, domain) }
        set.integer(2, version)
      }
    }
    return writer.bytes
  }

  private func graph(_ writer: inout WireWriter) {
    for node in nodes { writer.message(1) { Self.write(node, &$0) } }
    writer.text(2, name)
    for tensor in initializers { writer.message(5) { Self.write(tensor, &$0) } }
    if !documentation.isEmpty { writer.text(10, documentation) }
    for value in inputs { writer.message(11) { Self.write(value, &$0) } }
    for value in outputs { writer.message(12) { Self.write(value, &$0) } }
  }

  private static func write(_ node: Node, _ writer: inout WireWriter) {
    for input in node.inputs { writer.text(1, input) }
    for output in node.outputs { writer.text(2, output) }
    writer.text(3, node.name)
    writer.text(4, node.operation)
    for (name, attribute) in node.attributes.sorted(by: { $0.key < $1.key }) {
      writer.message(5) { write(attribute, name, &$0) }
    }
    if !node.domain.isEmpty { writer.text(7, node.domain) }
  }

  private static func write(
    _ attribute: Attribute, _ name: String, _ writer: inout WireWriter
  ) {
    writer.text(1, name)
    let type: Int
    switch attribute {
    case .real(let value):
      writer.real(2, value)
      type = 1
    case .integer(let value):
      writer.integer(3, value)
      type = 2
    case .text(let value):
      writer.text(4, value)
      type = 3
    case .tensor(let value):
      writer.message(5) { write(value, &$0) }
      type = 4
    case .reals(let values):
      writer.reals(7, values)
      type = 6
    case .integers(let values):
      for value in values { writer.integer(8, value) }
      type = 7
    case .texts(let values):
      for value in values { writer.text(9, value) }
      type = 8
    case .unread: preconditionFailure("attribute '\(name)' was not read and cannot be written")
    }
    writer.integer(20, type)
  }

  private static func write(_ tensor: Tensor, _ writer: inout WireWriter) {
    for extent in tensor.shape.extents { writer.integer(1, extent) }
    writer.text(8, tensor.name)
    func numbers(_ type: Int, _ bytes: [UInt8]) {
      writer.integer(2, type)
      writer.data(9, bytes)
    }
    switch tensor.contents {
    case .numbers(.float(let values)): numbers(1, littleEndian(values.map(\.bitPattern)))
    case .bytes(let values): numbers(2, values)
    case .numbers(.int8(let values)): numbers(3, values.map { UInt8(bitPattern: $0) })
    case .numbers(.int32(let values)): numbers(6, littleEndian(values))
    case .numbers(.int64(let values)): numbers(7, littleEndian(values))
    case .texts(let texts):
      writer.integer(2, 8)
      for text in texts { writer.text(6, text) }
    case .unread, .elsewhere:
      preconditionFailure("tensor '\(tensor.name)' was not read and cannot be written")
    }
  }

  private static func littleEndian<T: FixedWidthInteger>(_ values: [T]) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  }

  private static func write(_ value: Value, _ writer: inout WireWriter) {
    writer.text(1, value.name)
    writer.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, value.elementType)
        guard let extents = value.extents else { return }
        tensor.message(2) { shape in
          for extent in extents {
            shape.message(1) { dimension in
              switch extent {
              case .fixed(let count): dimension.integer(1, count)
              case .open(let name): dimension.text(2, name)
              }
            }
          }
        }
      }
    }
  }
}
