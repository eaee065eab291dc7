/// Files that are taken for model files by mistake, with what is to be done with them.
enum FileKind: String {
  case onnx = "an ONNX file; 'qhost deploy' takes it, if its name ends in .onnx"
  case zip =
    "a zip archive, as PyTorch and Keras write; export the model as ONNX for 'qhost deploy'"
  case pickle = "a Python pickle; export the model as ONNX for 'qhost deploy'"
  case hdf5 = "an HDF5 file; export the model as ONNX for 'qhost deploy'"
  case gzip = "compressed with gzip; unpack it"

  /// What a file is by its first bytes, or as ONNX by its ending; `nil`: it may be safetensors.
  ///
  /// A safetensors file has the length of its header first, and a brace behind it.
  init?(_ bytes: [UInt8], _ path: String) {
    guard bytes.count > 8, bytes[8] != UInt8(ascii: "{") else { return nil }
    let signatures: [([UInt8], FileKind)] = [
      ([0x50, 0x4B, 3, 4], .zip), ([0x89, 0x48, 0x44, 0x46], .hdf5), ([0x1F, 0x8B, 8], .gzip),
    ]
    if let found = signatures.first(where: { bytes.starts(with: $0.0) }) {
      self = found.1
    } else if bytes[0] == 0x80, (2...5).contains(bytes[1]), bytes.last == 0x2E {
      self = .pickle
    } else if Self.isONNX(bytes, path) {
      self = .onnx
    } else {
      return nil
    }
  }

  private static func isONNX(_ bytes: [UInt8], _ path: String) -> Bool {
    if ImportedModel.isMeant(by: path) { return true }
    // A model in protobuf begins with its version, then the name of what made it or the graph; it may be cut off.
    return bytes[0] == 0x08 && (1...30).contains(bytes[1])
      && [0x12, 0x1A, 0x22, 0x2A, 0x3A, 0x42].contains(bytes[2])
  }
}
