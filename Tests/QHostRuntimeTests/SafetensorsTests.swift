import Foundation
import QHostRuntime
import QHostTesting
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/file.safetensors"
  }

  private func sample() -> Safetensors {
    var file = Safetensors()
    file.metadata = ["kind": "größe \"x\"\n", "empty": ""]
    file.tensors = [
      (
        "z",
        Safetensors.Tensor([1.5, -0.0, .infinity, .leastNonzeroMagnitude, 2, 3], shape: [2, 3])
      ),
      ("a.b", Safetensors.Tensor(bytes: [0, 255, 7])),
      ("none", Safetensors.Tensor([], shape: [0])),
      ("last", Safetensors.Tensor([.pi], shape: [])),
    ]
    return file
  }

  @Test("What was written is read, bit for bit and in order")
  func roundTrip() throws {
    try FileAccess.write(sample().encoded(), to: path)
    let read = try Safetensors(reading: path)
    #expect(read.metadata == sample().metadata)
    #expect(Set(read.tensors.map(\.name)) == ["z", "a.b", "none", "last"])
    for (name, tensor) in sample().tensors { #expect(read[name] == tensor) }
    #expect(
      read["z"]?.reals?.map(\.bitPattern)
        == [1.5, -0.0, .infinity, .leastNonzeroMagnitude, 2, 3].map(\.bitPattern))
    #expect(read["a.b"]?.reals == nil)
    #expect(read["other"] == nil)
  }

  @Test("The layout is that of the format: eight bytes of length, JSON, numbers")
  func layout() throws {
    let bytes = try sample().encoded()
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    #expect(bytes[2..<8].allSatisfy { $0 == 0 })
    #expect(length % 8 == 0)
    #expect(bytes.count == 8 + length + 6 * 8 + 3 + 8)
    let header = try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length]))
    let object = try #require(header as? [String: Any])
    let entry = try #require(object["z"] as? [String: Any])
    #expect(entry["dtype"] as? String == "F64")
    #expect(entry["shape"] as? [Int] == [2, 3])
    #expect(entry["data_offsets"] as? [Int] == [0, 48])
  }

  @Test("Numbers of 32 bits are read too")
  func singlePrecision() throws {
    try write(
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0])
    #expect(try Safetensors(reading: path)["w"]?.reals == [1, -2])
  }

  /// Headers that lie, over a body of sixteen bytes.
  static let lies = [
    "", "[]", "no JSON", #"{"w":1}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,17]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[8,0]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[-8,8]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,9223372036854775807]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[0]}}"#,
    #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[]},"v":{"dtype":"U8","shape":[1],"data_offsets":[]}}"#,
    #"{"w":{"dtype":"F64","shape":[3],"data_offsets":[0,16]}}"#,
    #"{"w":{"dtype":"F64","shape":[-1,-2],"data_offsets":[0,16]}}"#,
    #"{"w":{"dtype":"F64","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,16]}}"#,
    #"{"w":{"dtype":"BF16","shape":[8],"data_offsets":[0,16]}}"#,
  ]

  @Test("A header that lies is refused with the file's name", arguments: lies)
  func lyingHeaders(header: String) throws {
    try write(header, [UInt8](repeating: 0, count: 16))
    expectDamaged()
  }

  /// Headers over a body of sixteen bytes whose tensors do not cover it exactly, and what is said of them.
  static let misfits = [
    (#"{"w":{"dtype":"U8","shape":[15],"data_offsets":[0,15]}}"#, "1 bytes at its end"),
    (#"{"w":{"dtype":"U8","shape":[15],"data_offsets":[1,16]}}"#, "'w' begins at byte 1"),
    (
      #"{"v":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},"w":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}"#,
      "'w' begins at byte 8"
    ),
    (
      #"{"v":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
      "'w' begins at byte 0"
    ),
    (
      #"{"v":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"w":{"dtype":"U8","shape":[4],"data_offsets":[12,16]}}"#,
      "'w' begins at byte 12"
    ),
    (
      #"{"v":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"w":{"dtype":"F64","shape":[1],"data_offsets":[4,12]},"x":{"dtype":"U8","shape":[4],"data_offsets":[12,16]}}"#,
      "within a number"
    ),
    (#"{}"#, "16 bytes at its end"),
  ]

  @Test("Tensors that leave gaps, overlap or are shifted are refused", arguments: misfits)
  func misfitting(header: String, says: String) throws {
    try write(header, [UInt8](repeating: 0, count: 16))
    let error = #expect(throws: RunError.self) { _ = try Safetensors(reading: path) }
    #expect(
      error?.kind == .data && error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("Another kind of file is called what it is")
  func otherKinds() throws {
    for (bytes, says) in [
      ([0x08, 0x08, 0x12, 0x07, 0x70, 0x79, 0x74, 0x6F, 0x72, 0x63, 0x68], "is an ONNX file"),
      (Array("PK\u{3}\u{4} is packed".utf8), "is a zip archive"),
    ] as [([UInt8], String)] {
      try FileAccess.write(bytes, to: path)
      let error = #expect(throws: RunError.self) { _ = try Safetensors(reading: path) }
      #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
  }

  @Test("A file that is cut off anywhere is refused")
  func truncated() throws {
    let bytes = try sample().encoded()
    for count in 0..<bytes.count {
      try FileAccess.write(Array(bytes[..<count]), to: path)
      expectDamaged()
    }
  }

  @Test("A length beyond the file is refused")
  func absurdLength() throws {
    try FileAccess.write([UInt8](repeating: 0xFF, count: 64), to: path)
    expectDamaged()
  }

  @Test("The reference implementation reads it", .enabled(if: Python.has("safetensors.numpy")))
  func referenceImplementation() throws {
    try FileAccess.write(sample().encoded(), to: path)
    let text = try Python.run(
      """
      from safetensors.numpy import load_file
      t = load_file('\(path)')
      print(sorted(t), t['z'].tolist()[1], t['a.b'].tolist(), t['last'].tolist())
      """)
    #expect(
      text == "['a.b', 'last', 'none', 'z'] [5e-324, 2.0, 3.0] [0, 255, 7] 3.141592653589793\n")
  }

  private func write(_ header: String, _ body: [UInt8]) throws {
    let json = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) }
    try FileAccess.write(length + json + body, to: path)
  }

  private func expectDamaged(sourceLocation: SourceLocation = #_sourceLocation) {
    let error = #expect(throws: RunError.self, sourceLocation: sourceLocation) {
      _ = try Safetensors(reading: path)
    }
    #expect(error?.kind == .data, sourceLocation: sourceLocation)
    #expect(error?.message.contains("'\(path)'") == true, sourceLocation: sourceLocation)
  }
}

/// The Python of this machine, as an oracle.
enum Python {
  static func has(_ module: String) -> Bool { (try? run("import \(module)")) != nil }

  static func run(_ script: String) throws -> String {
    let child = try ChildProcess(running: "python3", ["-c", script], timeoutSeconds: 30)
    guard child.ending == .exited(0) else { throw RunError(.plugin, "python3 failed") }
    return String(decoding: child.output, as: UTF8.self)
  }
}
