import Foundation
import QHostInterfaces
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("Checkpoint")
struct CheckpointTests {
  private let folder: TemporaryFolder
  private let path: String
  private let run: TestRun

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/" + Checkpoint.fileName
    var budget = Budget()
    budget.maxEvaluations = 15_000
    run = try TestRun("sweeper", set: ["model.cuts=false"], budget: budget)
    _ = try run.part(in: folder.path, isResumed: false, until: 50)
  }

  private func refusal() -> RunError? {
    #expect(throws: RunError.self) { _ = try run.part(in: folder.path, isResumed: true) }
  }

  @Test("It says what the run is")
  func specification() throws {
    #expect(try TrainingRun.specification(in: folder.path) == run.specification)
  }

  @Test("A folder without one is the user's mistake")
  func absent() throws {
    try FileAccess.remove(path)
    #expect(refusal()?.kind == .usage)
  }

  @Test("Cut off anywhere, it is refused")
  func truncated() throws {
    let bytes = try FileAccess.read(path)
    for count in stride(from: 0, to: bytes.count, by: 97) {
      try FileAccess.write(Array(bytes[..<count]), to: path)
      #expect(refusal()?.kind == .data, "\(count) bytes")
    }
  }

  /// Changes of the file, each of which must be noticed.
  static let damages: [@Sendable (inout Safetensors) -> Void] = [
    { $0.metadata = [:] }, { $0.metadata["qhost.checkpoint"] = "{}" },
    { $0.tensors.removeAll { $0.name == "optimizer" } },
    { $0.tensors.removeAll { $0.name == "base" } },
    { $0.set("optimizer", .init(bytes: [])) }, { $0.set("optimizer", .init(bytes: [1, 2, 3])) },
    { $0.set("base", .init([1, 2], shape: [2])) }, { $0.set("best", .init([1], shape: [1])) },
    { $0.set("improvements", .init([1, 2, 3], shape: [3])) },
    { $0.set("improvements", .init([.nan, 2, 3, 4], shape: [1, 4])) },
    { $0.set("improvements", .init([-1, 2, 3, 4], shape: [1, 4])) },
    { $0.set("best", .init(bytes: [1])) }, { $0.set("incumbent", .init([1], shape: [1])) },
    { $0.tensors.removeAll { $0.name == "incumbent" } },
    { $0.replace(#""lossEvaluations":"#, with: #""lossEvaluations":-"#) },
    { $0.replace(#""nextLook":"#, with: #""nextLook":0"#) },
    { $0.replace(#""optimizerSeconds":"#, with: #""optimizerSeconds":-1"#) },
    { $0.replace("qhost.checkpoint\\/4", with: "qhost.checkpoint\\/9") },
  ]

  @Test("One bit that has changed anywhere in its numbers or texts is noticed")
  func flippedBits() throws {
    let bytes = try FileAccess.read(path)
    let length = Int(bytes[0]) + Int(bytes[1]) << 8
    // Without its key there is no checksum, and all else is as it was.
    let key = try #require(bytes.firstRange(of: Array("qhost.xxh3".utf8)))
    for place in stride(from: 8, to: bytes.count, by: 53) where !key.contains(place) {
      var damaged = bytes
      damaged[place] ^= UInt8(1) << UInt8(place % 7)
      // Spaces after the header mean nothing.
      guard place < 8 + length ? bytes[place] != 0x20 : true else { continue }
      try FileAccess.write(damaged, to: path)
      #expect(refusal()?.kind == .data, "byte \(place)")
    }
  }

  @Test("One without a checksum, as earlier versions wrote, is read")
  func unsealed() throws {
    var file = try Safetensors(reading: path)
    #expect(file.metadata.removeValue(forKey: "qhost.xxh3")?.count == 32)
    try FileAccess.write(try file.encoded(), to: path)
    #expect(try TrainingRun.specification(in: folder.path) == run.specification)
    #expect(throws: Never.self) { _ = try run.part(in: folder.path, isResumed: true) }
  }

  @Test("The SHA-256 that earlier versions wrote in a checksum's place still counts")
  func earlierSeal() throws {
    var file = try Safetensors(reading: path)
    file.metadata["qhost.xxh3"] = nil
    var digest = SHA256Digest()
    func add(_ text: String) {
      Array("\(text.utf8.count) \(text)".utf8).withUnsafeBytes { digest.update($0) }
    }
    for (key, text) in file.metadata.sorted(by: { $0.key < $1.key }) { [key, text].forEach(add) }
    for (name, tensor) in file.tensors.sorted(by: { $0.name < $1.name }) {
      [name, "\(tensor.type)\(tensor.shape)"].forEach(add)
      tensor.bytes.withUnsafeBytes { digest.update($0) }
    }
    file.metadata["qhost.sha256"] = digest.finish()
    try FileAccess.write(try file.encoded(), to: path)
    #expect(throws: Never.self) { _ = try Safetensors(reading: path) }
    file.metadata["qhost.sha256"] = String(repeating: "0", count: 64)
    try FileAccess.write(try file.encoded(), to: path)
    #expect(refusal()?.description.contains("has not the SHA-256 in it") == true)
  }

  @Test("Damaged in its contents, it is refused", arguments: damages.indices)
  func damaged(index: Int) throws {
    var file = try Safetensors(reading: path)
    // Without it, as in files of earlier versions, the contents themselves must show the damage.
    file.metadata["qhost.xxh3"] = nil
    Self.damages[index](&file)
    try FileAccess.write(try file.encoded(), to: path)
    let error = refusal()
    #expect(error?.kind == .data || error?.kind == .plugin)
    #expect(FileAccess.exists(path))
  }
}

extension Safetensors {
  fileprivate mutating func set(_ name: String, _ tensor: Tensor) {
    tensors.removeAll { $0.name == name }
    tensors.append((name, tensor))
  }

  fileprivate mutating func replace(_ text: String, with other: String) {
    let json = metadata["qhost.checkpoint"] ?? ""
    precondition(json.contains(text), "'\(text)' is not in \(json)")
    metadata["qhost.checkpoint"] = json.replacingOccurrences(of: text, with: other)
  }
}
