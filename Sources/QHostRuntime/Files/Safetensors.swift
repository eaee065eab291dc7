internal import FoundationEssentials

/// A safetensors file: named tensors, and texts about them.
///
/// Eight bytes length of the header, little-endian; the header, JSON padded with spaces to a multiple
/// of eight; the numbers, which cover the rest of the file without gaps. Source: the safetensors format description.
public struct Safetensors: Sendable {
  /// A tensor.
  public struct Tensor: Sendable, Equatable {
    /// `F64`, `F32`, `I64`, `U64` or `U8`.
    public var type: String
    /// Its extents.
    public var shape: [Int]
    /// Its numbers, little-endian.
    public var bytes: [UInt8]

    /// Makes a tensor of 64-bit reals.
    public init(_ values: some Collection<Double>, shape: [Int]) {
      type = "F64"
      self.shape = shape
      bytes = []
      bytes.reserveCapacity(values.count * 8)
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }

    /// Makes a tensor of 32-bit reals.
    public init(_ values: UnsafeBufferPointer<Float>, shape: [Int]) {
      type = "F32"
      self.shape = shape
      bytes = []
      bytes.reserveCapacity(values.count * 4)
      for value in values {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
      }
    }

    /// Makes a vector of integers.
    public init(_ values: [Int64]) {
      var writer = ByteWriter()
      for value in values { writer.append(value) }
      self.init(type: "I64", shape: [values.count], bytes: writer.bytes)
    }

    /// Makes a vector of integers without a sign.
    public init(_ values: [UInt64]) {
      var writer = ByteWriter()
      for value in values { writer.append(value) }
      self.init(type: "U64", shape: [values.count], bytes: writer.bytes)
    }

    /// Makes a tensor of bytes.
    public init(bytes: [UInt8]) {
      type = "U8"
      shape = [bytes.count]
      self.bytes = bytes
    }

    init(type: String, shape: [Int], bytes: [UInt8]) {
      self.type = type
      self.shape = shape
      self.bytes = bytes
    }

    /// Its numbers, when they are 64- or 32-bit reals.
    public var reals: [Double]? {
      switch type {
      case "F64":
        return stride(from: 0, to: bytes.count, by: 8).map { Double(bitPattern: word(at: $0, 8)) }
      case "F32":
        return stride(from: 0, to: bytes.count, by: 4).map {
          Double(Float(bitPattern: UInt32(word(at: $0, 4))))
        }
      default: return nil
      }
    }

    private func word(at place: Int, _ count: Int) -> UInt64 {
      (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }
  }

  /// Bytes of a number of each type.
  private static let widths = ["F64": 8, "F32": 4, "I64": 8, "U64": 8, "U8": 1]

  private static func width(of tensor: Tensor) -> Int { widths[tensor.type] ?? 1 }

  /// The tensors, in the order of the file.
  public var tensors: [(name: String, tensor: Tensor)] = []
  /// The texts.
  public var metadata: [String: String] = [:]
  /// The SHA-256 of the file that it was read from; empty without one.
  public private(set) var sha256 = ""

  /// Makes an empty file.
  public init() {}

  /// The tensor of a name.
  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name }?.tensor }

  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]

    /// Bytes of a number.
    var width: Int? { Safetensors.widths[dtype] }

    /// Where its numbers lie among `available` bytes; `nil` when that cannot be.
    func range(of available: Int) -> Range<Int>? {
      guard let width,
        data_offsets.count == 2, 0 <= data_offsets[0], data_offsets[0] <= data_offsets[1],
        data_offsets[1] <= available
      else { return nil }
      var size = width
      for extent in shape {
        let (product, isTooLarge) = size.multipliedReportingOverflow(by: extent)
        guard extent >= 0, !isTooLarge else { return nil }
        size = product
      }
      return size == data_offsets[1] - data_offsets[0] ? data_offsets[0]..<data_offsets[1] : nil
    }
  }

  private enum Header: Codable {
    case tensor(Entry)
    case metadata([String: String])

    init(from decoder: any Decoder) throws {
      if let entry = try? Entry(from: decoder) {
        self = .tensor(entry)
      } else {
        self = .metadata(try [String: String](from: decoder))
      }
    }

    func encode(to encoder: any Encoder) throws {
      switch self {
      case .tensor(let entry): try entry.encode(to: encoder)
      case .metadata(let texts): try texts.encode(to: encoder)
      }
    }
  }

  /// The file as bytes.
  public func encoded() throws(RunError) -> [UInt8] {
    var header: [String: Header] = ["__metadata__": .metadata(metadata)]
    var place = 0
    // Wide numbers first, so that each begins at a multiple of its width, as readers may expect.
    let ordered = tensors.enumerated().sorted {
      (-Self.width(of: $0.element.tensor), $0.offset) < (
        -Self.width(of: $1.element.tensor), $1.offset
      )
    }.map(\.element)
    for (name, tensor) in ordered {
      header[name] = .tensor(
        Entry(
          dtype: tensor.type, shape: tensor.shape,
          data_offsets: [place, place + tensor.bytes.count]))
      place += tensor.bytes.count
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard var json = try? Array(encoder.encode(header)) else {
      throw RunError(.data, "the header of a model file cannot be written as JSON")
    }
    while json.count % 8 != 0 { json.append(0x20) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + json.count + place)
    withUnsafeBytes(of: UInt64(json.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: json)
    for (_, tensor) in ordered { bytes.append(contentsOf: tensor.bytes) }
    return bytes
  }

  /// Reads a file.
  ///
  /// - Throws: kind `data`, with the path and what is wrong with it.
  public init(reading path: String) throws(RunError) {
    try self.init(try FileAccess.read(path), of: path)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: all of them.
  ///   - path: what messages call the file.
  /// - Throws: kind `data`, with the path and what is wrong with it.
  public init(_ bytes: [UInt8], of path: String) throws(RunError) {
    func damaged(_ what: String) -> RunError {
      RunError(.data, "'\(path)' is not an intact safetensors file: \(what); use another copy")
    }
    if let kind = FileKind(bytes, path) {
      throw RunError(.data, "'\(path)' is \(kind.rawValue)")
    }
    guard bytes.count >= 8 else { throw damaged("it has \(bytes.count) bytes") }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    if bytes.count > 8, bytes[8] != UInt8(ascii: "{") {
      throw RunError(
        .data, "'\(path)' is not a safetensors file; name the model.safetensors of a run")
    }
    guard length <= UInt64(bytes.count - 8) else { throw damaged("its header is cut off") }
    let start = 8 + Int(length)
    guard
      let header = try? JSONDecoder().decode(
        [String: Header].self, from: Data(bytes[8..<start]))
    else { throw damaged("its header is not valid JSON of tensors") }
    var entries: [(String, Entry)] = []
    var places: [Int] = []
    for (name, value) in header {
      switch value {
      case .tensor(let entry): entries.append((name, entry))
      case .metadata(let texts): metadata = texts
      }
    }
    for (name, entry) in entries {
      guard let range = entry.range(of: bytes.count - start) else {
        throw damaged("tensor '\(name)' is cut off or of unknown type '\(entry.dtype)'")
      }
      let values = Array(bytes[start + range.lowerBound..<start + range.upperBound])
      // Checkpoints of earlier versions begin with bytes of any number.
      guard metadata[Self.checkpointKey] != nil || range.lowerBound % (entry.width ?? 1) == 0 else {
        throw damaged("tensor '\(name)' begins within a number of another one")
      }
      tensors.append((name, Tensor(type: entry.dtype, shape: entry.shape, bytes: values)))
      places.append(range.lowerBound)
    }
    // Those without numbers come before the one that begins in the same place.
    let order = tensors.indices.sorted {
      (places[$0], tensors[$0].tensor.bytes.count, tensors[$0].name)
        < (places[$1], tensors[$1].tensor.bytes.count, tensors[$1].name)
    }
    var end = 0
    for index in order {
      guard places[index] == end else {
        throw damaged(
          "tensor '\(tensors[index].name)' begins at byte \(places[index]) of the numbers, where the "
            + "one before it ends at \(end)")
      }
      end += tensors[index].tensor.bytes.count
    }
    guard end == bytes.count - start else {
      throw damaged("\(bytes.count - start - end) bytes at its end belong to no tensor")
    }
    tensors = order.map { tensors[$0] }
    try checkSeal(path)
    sha256 = bytes.withUnsafeBytes { SHA256Digest.of($0) }
  }
}
