extension Safetensors {
  /// The key of the SHA-256 of all else in the file.
  static let sealKey = "qhost.sha256"
  /// The key of a checkpoint's numbers and texts.
  static let checkpointKey = "qhost.checkpoint"

  /// Adds the SHA-256 of texts and tensors to the texts, so that a damaged copy is known as such.
  mutating func seal() { metadata[Self.sealKey] = contentDigest }

  /// Refuses a file whose texts or tensors are not those that were sealed; one without a seal is taken.
  func checkSeal(_ path: String) throws(RunError) {
    guard let seal = metadata[Self.sealKey], seal != contentDigest else { return }
    throw RunError(
      .data,
      "'\(path)' is damaged or was changed: its content has not the SHA-256 in it; use another copy, or "
        + "take '\(Self.sealKey)' out of its metadata if the change is wanted")
  }

  /// The digest of texts and tensors by name, whatever their order in the file.
  private var contentDigest: String {
    var digest = SHA256Digest()
    func add(_ text: String) {
      // Its length before it, so that no two lists of texts look the same.
      Array("\(text.utf8.count) \(text)".utf8).withUnsafeBytes { digest.update($0) }
    }
    for (key, text) in metadata.sorted(by: { $0.key < $1.key }) where key != Self.sealKey {
      add(key)
      add(text)
    }
    for (name, tensor) in tensors.sorted(by: { $0.name < $1.name }) {
      add(name)
      add("\(tensor.type)\(tensor.shape)")
      tensor.bytes.withUnsafeBytes { digest.update($0) }
    }
    return digest.finish()
  }

  /// What a file is that is no safetensors file, as the end of a sentence; `nil`: it may be one.
  static func otherKind(_ bytes: [UInt8]) -> String? {
    // A model in protobuf begins with its version, then the name of what made it or the graph.
    if bytes.count > 2, bytes[0] == 0x08, (1...30).contains(bytes[1]),
      [0x12, 0x1A, 0x22, 0x2A, 0x3A, 0x42].contains(bytes[2])
    {
      return
        "is an ONNX file, not a model of 'qhost run'; 'qhost deploy' takes it, if its name ends in .onnx"
    }
    guard bytes.count > 8, bytes[8] != UInt8(ascii: "{") else { return nil }
    return "is no safetensors file; name the model.safetensors of a run"
  }
}
