internal import QHostRuntime

/// An array in NumPy's form `.npy`, version 1.0: a magic word, a header in Python's notation, the elements.
///
/// Source: NumPy's reference, *numpy.lib.format*.
struct NumpyArray {
  /// The type of the elements, for example `<f8`.
  let type: String
  private let shape: [Int]
  private let elements: [UInt8]

  /// Makes one of real numbers.
  init(_ values: [Double]) {
    self.init(type: "<f8", values) { $0.append($1) }
  }

  /// Makes one of single precision, of any shape, row-major.
  init(_ values: UnsafeBufferPointer<Float>, shape: [Int]) {
    precondition(shape.reduce(1, *) == values.count, "\(values.count) numbers for \(shape)")
    type = "<f4"
    self.shape = shape
    elements = Safetensors.Tensor(values, shape: shape).bytes
  }

  /// Makes one of integers.
  init(_ values: [Int64]) {
    self.init(type: "<i8", values) { $0.append($1) }
  }

  /// Makes one of integers without a sign.
  init(_ values: [UInt64]) {
    self.init(type: "<u8", values) { $0.append($1) }
  }

  /// Makes one of texts: each has as many characters of 32 bits as the longest, filled up with 0.
  init(_ values: [String]) {
    let width = max(1, values.map(\.unicodeScalars.count).max() ?? 0)
    self.init(type: "<U\(width)", values) { writer, text in
      for scalar in text.unicodeScalars { writer.append(scalar.value) }
      for _ in text.unicodeScalars.count..<width { writer.append(UInt32(0)) }
    }
  }

  private init<Element>(
    type: String, _ values: [Element], _ write: (inout ByteWriter, Element) -> Void
  ) {
    self.type = type
    shape = [values.count]
    var writer = ByteWriter()
    for value in values { write(&writer, value) }
    elements = writer.bytes
  }

  /// The file.
  var bytes: [UInt8] {
    // A tuple of one has a comma too.
    let extents = shape.map { "\($0)," }.joined(separator: " ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
    // Ten bytes come before; the elements begin at a multiple of 64.
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    var writer = ByteWriter()
    writer.append([0x93])
    writer.append("NUMPY")
    writer.append([1, 0])
    writer.append(UInt16(header.utf8.count))
    writer.append(header)
    writer.append(elements)
    return writer.bytes
  }
}
