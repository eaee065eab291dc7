/// A text file in a form that other programs read.
public struct Document: Sendable, Equatable {
  /// Of the file: `[a-z0-9][a-z0-9.-]*`, once in a model; for example `circuit.qasm`.
  public var name: String
  /// One line, for example `OpenQASM 3.0`.
  public var format: String
  /// What it holds.
  public var text: String

  /// Makes a document.
  public init(name: String, format: String, text: String) {
    self.name = name
    self.format = format
    self.text = text
  }

  /// Why it cannot be written, in words that continue after `document 'name': `.
  ///
  /// - Parameter byteLimit: bytes that it may have.
  /// - Returns: the first flaw with its remedy; `nil` when there is none.
  public func flaw(byteLimit: Int) -> String? {
    let isPlain = name.utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
    }
    guard isPlain, let first = name.utf8.first, first != 0x2D, first != 0x2E else {
      return "its name must have lower-case letters, digits, '-' and '.' only, and not begin with "
        + "the last two; rename it"
    }
    guard !format.isEmpty, !format.contains(where: \.isNewline) else {
      return "its format must be one line; set it"
    }
    guard text.utf8.count <= byteLimit else {
      return "it has \(text.utf8.count) bytes, and \(byteLimit) are the most; write less"
    }
    return nil
  }
}

/// A model that is more than its graph, and is handed over in the forms of other programs.
///
/// A model that is published in a plugin and conforms has the capability `qhost.draft.documents/1`; `qhost
/// export-documents` writes what it hands over.
public protocol DocumentProviding: Model {
  /// The documents of the model at parameters [n]; at least one.
  ///
  /// - Throws: severity `unsupported` where these settings have none.
  func documents(parameters: [Double]) throws(ComponentError) -> [Document]
}
