/// The constants that loops read, as arrays of the smallest types that hold them; equal ones are one.
struct ConstantPool {
  /// An array.
  struct Array {
    var name: String
    var type: CType
    /// How its elements are written.
    var elements: [String]

    var byteCount: Int { elements.count * type.byteCount }
  }

  private(set) var arrays: [Array] = []
  private var places: [[String]: Int] = [:]

  var byteCount: Int { arrays.reduce(0) { $0 + $1.byteCount } }

  /// The array with these reals.
  mutating func reals(_ numbers: [Float], _ name: String, _ names: inout NameTable) -> Array {
    array(.float, numbers.map(Literal.real), name, &names)
  }

  /// The array with these integers.
  mutating func integers(_ numbers: [Int], _ name: String, _ names: inout NameTable) -> Array {
    let low = numbers.min() ?? 0
    let type = CType.holding(low...max(low, numbers.max() ?? 0))
    return array(type, numbers.map(Literal.whole), name, &names)
  }

  private mutating func array(
    _ type: CType, _ elements: [String], _ name: String, _ names: inout NameTable
  ) -> Array {
    let key = [type.rawValue] + elements
    if let place = places[key] { return arrays[place] }
    places[key] = arrays.count
    arrays.append(Array(name: names.identifier(name), type: type, elements: elements))
    return arrays[arrays.count - 1]
  }

  /// The definitions; `flash` is put before each type.
  func definitions(flash: String) -> SourceText {
    var text = SourceText()
    for array in arrays {
      text.open(
        "static const \(flash) \(array.type.rawValue) \(array.name)[\(array.elements.count)] =")
      var line = ""
      for element in array.elements {
        if line.count + element.count > 92 {
          text.add(line)
          line = ""
        }
        line += (line.isEmpty ? "" : " ") + element + ","
      }
      if !line.isEmpty { text.add(String(line.dropLast())) }
      text.closeDefinition()
    }
    return text
  }
}
