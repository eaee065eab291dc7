public import QHostInterfaces

/// Where a tensor's numbers lie in a file beside the model's, as PyTorch's exporter puts them (`NAME.onnx.data`).
public struct ExternalData: Sendable, Equatable {
  /// The file, relative to the model's folder; never outside of it.
  public let location: String
  /// Where the numbers begin in it, in bytes.
  public let offset: Int
  /// How many bytes they are; `nil`: all up to the end.
  public let length: Int?
  /// ONNX's number of their type.
  let type: Int

  /// Reads the entries of a tensor's field `external_data`.
  ///
  /// - Throws: kind `data` for a path that leads out of the model's folder, and for places that cannot be.
  init(_ entries: [String: String], type: Int, of name: String) throws(ComponentError) {
    func number(_ key: String) throws(ComponentError) -> Int? {
      guard let text = entries[key] else { return nil }
      guard let value = Int(text), value >= 0 else {
        throw .data(
          "initializer '\(name)' lies in another file with \(key) '\(text)', which is not a number of bytes; "
            + "export the model again")
      }
      return value
    }
    location = entries["location"] ?? ""
    let parts = location.split(separator: "/", omittingEmptySubsequences: false)
    guard !location.isEmpty, !location.contains("\0"),
      parts.allSatisfy({ !$0.isEmpty && $0 != ".." })
    else {
      throw .data(
        "initializer '\(name)' lies in another file, '\(location)', which is not in the model's own folder; "
          + "save the model as one file")
    }
    offset = try number("offset") ?? 0
    length = try number("length")
    self.type = type
  }

  /// The bytes of the numbers among those of the file.
  func bytes(of file: [UInt8], _ name: String) throws(ComponentError) -> ArraySlice<UInt8> {
    let rest = file.count - min(offset, file.count)
    guard offset <= file.count, length ?? 0 <= rest else {
      throw .data(
        "initializer '\(name)' lies at \(offset) in '\(location)' with "
          + "\(length.map(String.init) ?? "all the") bytes, and that file has \(file.count); "
          + "copy it again together with the model")
    }
    return file[offset..<offset + (length ?? rest)]
  }
}

extension ONNXModel {
  /// Brings in the numbers that lie in files beside the model's.
  ///
  /// - Parameter file: gives the bytes of a file by its path relative to the model's folder; called once for each.
  /// - Throws: what `file` throws; kind `data` for places beyond the file, and numbers that do not fill their shape.
  public mutating func readExternalData(
    _ file: (String) throws(ComponentError) -> [UInt8]
  ) throws(ComponentError) {
    var files: [String: [UInt8]] = [:]
    for place in initializers.indices {
      guard case .elsewhere(let external) = initializers[place].contents else { continue }
      if files[external.location] == nil {
        files[external.location] = try file(external.location)
      }
      let bytes = try external.bytes(
        of: files[external.location] ?? [], initializers[place].name)
      try initializers[place].read(type: external.type, bytes)
    }
  }
}
