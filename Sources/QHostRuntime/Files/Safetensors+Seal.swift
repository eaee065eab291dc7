extension Safetensors {
  /// The key of the XXH3 checksum of all else in the file, of 128 bits.
  static let sealKey = "qhost.xxh3"
  /// The key of the SHA-256 that earlier versions wrote in its place.
  static let earlierSealKey = "qhost.sha256"
  /// The key of a checkpoint's numbers and texts.
  static let checkpointKey = "qhost.checkpoint"

  /// Adds the checksum of texts and tensors to the texts, so that a damaged copy is known as such.
  mutating func seal() throws(RunError) {
    metadata[Self.sealKey] = try checksum()
  }

  /// Refuses a file whose texts or tensors are not those that were sealed; one without a seal is taken.
  func checkSeal(_ path: String) throws(RunError) {
    if let seal = metadata[Self.sealKey], try seal != checksum() {
      throw Self.brokenSeal(path, "XXH3 checksum", Self.sealKey)
    }
    if let seal = metadata[Self.earlierSealKey] {
      var digest = SHA256Digest()
      forEachPart { digest.update($0) }
      if seal != digest.finish() { throw Self.brokenSeal(path, "SHA-256", Self.earlierSealKey) }
    }
  }

  /// The XXH3 checksum of texts and tensors.
  private func checksum() throws(RunError) -> String {
    guard let digest = XXH3Digest() else {
      throw RunError(.data, "there is no memory left for a file's checksum")
    }
    forEachPart { digest.update($0) }
    return digest.finish()
  }

  private static func brokenSeal(_ path: String, _ name: String, _ key: String) -> RunError {
    RunError(
      .data,
      "'\(path)' is damaged or was changed: its content has not the \(name) in it; use another copy, or "
        + "take '\(key)' out of its metadata if the change is wanted")
  }

  /// Calls with what a seal is of: texts and tensors by name, whatever their order in the file.
  private func forEachPart(_ body: (UnsafeRawBufferPointer) -> Void) {
    func add(_ text: String) {
      // Its length before it, so that no two lists of texts look the same.
      Array("\(text.utf8.count) \(text)".utf8).withUnsafeBytes(body)
    }
    let seals = [Self.sealKey, Self.earlierSealKey]
    for (key, text) in metadata.sorted(by: { $0.key < $1.key }) where !seals.contains(key) {
      add(key)
      add(text)
    }
    for (name, tensor) in tensors.sorted(by: { $0.name < $1.name }) {
      add(name)
      add("\(tensor.type)\(tensor.shape)")
      tensor.bytes.withUnsafeBytes(body)
    }
  }
}
