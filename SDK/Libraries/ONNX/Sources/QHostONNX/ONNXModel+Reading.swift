public import QHostInterfaces

/// Numbers of fields are those of onnx.proto. Fields that say nothing about inference are passed over.
extension ONNXModel {
  /// Reads a file.
  ///
  /// - Throws: kind `data` where it is damaged or no ONNX file; the message does not have the file's name.
  public init(decoding bytes: [UInt8]) throws(ComponentError) {
    self.init(operatorSets: [:], name: "", nodes: [], initializers: [], inputs: [], outputs: [])
    version = 0
    var hasGraph = false
    for field in try WireField.all(of: bytes[...]) {
      switch field.number {
      case 1: version = try field.integer()
      case 2: producer = try field.text()
      case 3: producerVersion = try field.text()
      case 6: documentation = try field.text()
      case 7:
        try readGraph(try field.fields())
        hasGraph = true
      case 8:
        let (domain, version) = try Self.operatorSet(try field.fields())
        operatorSets[domain == "ai.onnx" ? "" : domain] = version
      case 14:
        let entry = try field.fields()
        let key = try entry.first { $0.number == 1 }?.text()
        metadata[key ?? ""] = try entry.first { $0.number == 2 }?.text() ?? ""
      default: break
      }
    }
    guard hasGraph else { throw .data("it is cut off, or no ONNX file: it has no graph") }
  }

  private static func operatorSet(
    _ fields: [WireField]
  ) throws(ComponentError) -> (String, Int) {
    var (domain, version) = ("", 0)
    for field in fields {
      switch field.number {
      case 1: domain = try field.text()
      case 2: version = try field.integer()
      default: break
      }
    }
    return (domain, version)
  }

  private mutating func readGraph(_ fields: [WireField]) throws(ComponentError) {
    for field in fields {
      switch field.number {
      case 1: nodes.append(try Self.node(try field.fields()))
      case 2: name = try field.text()
      case 5: initializers.append(try Tensor(try field.fields()))
      case 11: inputs.append(try Self.value(try field.fields()))
      case 12: outputs.append(try Self.value(try field.fields()))
      case 15: hasSparseInitializers = true
      default: break
      }
    }
  }

  private static func node(_ fields: [WireField]) throws(ComponentError) -> Node {
    var node = Node(name: "", operation: "", inputs: [], outputs: [])
    for field in fields {
      switch field.number {
      case 1: node.inputs.append(try field.text())
      case 2: node.outputs.append(try field.text())
      case 3: node.name = try field.text()
      case 4: node.operation = try field.text()
      case 5:
        let (name, value) = try attribute(try field.fields())
        node.attributes[name] = value
      case 7:
        node.domain = try field.text()
        if node.domain == "ai.onnx" { node.domain = "" }
      default: break
      }
    }
    if node.name.isEmpty { node.name = node.outputs.first ?? node.operation }
    return node
  }

  private static func attribute(
    _ fields: [WireField]
  ) throws(ComponentError) -> (String, Attribute) {
    var (name, type) = ("", 0)
    var (real, integer, text) = (Float(0), 0, "")
    var (reals, integers, texts) = ([Float](), [Int](), [String]())
    var tensor: Tensor?
    for field in fields {
      switch field.number {
      case 1: name = try field.text()
      case 2: real = try field.reals().last ?? 0
      case 3: integer = try field.integer()
      case 4: text = try field.text()
      case 5: tensor = try Tensor(try field.fields())
      case 7: reals += try field.reals()
      case 8: integers += try field.integers()
      case 9: texts.append(try field.text())
      case 20: type = try field.integer()
      default: break
      }
    }
    switch type {
    case 1: return (name, .real(real))
    case 2: return (name, .integer(integer))
    case 3: return (name, .text(text))
    case 4: return (name, tensor.map { .tensor($0) } ?? .unread)
    case 6: return (name, .reals(reals))
    case 7: return (name, .integers(integers))
    case 8: return (name, .texts(texts))
    default: return (name, .unread)
    }
  }

  private static func value(_ fields: [WireField]) throws(ComponentError) -> Value {
    var value = Value(name: "", elementType: 0, extents: nil)
    for field in fields {
      switch field.number {
      case 1: value.name = try field.text()
      case 2:
        for kind in try field.fields() where kind.number == 1 {
          for part in try kind.fields() {
            switch part.number {
            case 1: value.elementType = try part.integer()
            case 2: value.extents = try extents(try part.fields())
            default: break
            }
          }
        }
      default: break
      }
    }
    return value
  }

  private static func extents(
    _ fields: [WireField]
  ) throws(ComponentError) -> [Value.Extent] {
    var extents: [Value.Extent] = []
    for field in fields where field.number == 1 {
      var extent = Value.Extent.open("")
      for part in try field.fields() {
        switch part.number {
        case 1: extent = .fixed(try part.integer())
        case 2: extent = .open(try part.text())
        default: break
        }
      }
      extents.append(extent)
    }
    return extents
  }
}
