internal import CQHost
public import QHostInterfaces

extension ForeignModel: DocumentProviding {
  /// What it is at parameters [n], in the forms of other programs.
  ///
  /// - Returns: documents that can be written, each name once.
  /// - Throws: severity `unsupported` for a model that has none; what it throws itself; a faulty document.
  public func documents(parameters: [Double]) throws(ComponentError) -> [Document] {
    guard !isBorrowed,
      let table = component.capabilities[.documents]?.assumingMemoryBound(to: qhost_documents.self),
      let ask = table.pointee.documents
    else { throw .unsupported("\(culprit) has no documents for other programs") }
    precondition(
      parameters.count == modelDescription.parameterCount,
      "\(parameters.count) parameters are not the model's \(modelDescription.parameterCount)")
    let error = ErrorBuffer(link)
    var list: UnsafePointer<UnsafePointer<qhost_document>?>?
    var count: UInt64 = 0
    let status = guarded(label, "documents") {
      ask(instance, parameters, &list, &count, error.pointer)
    }
    try error.check(status, culprit: culprit, function: "documents")
    guard let list, count > 0, count <= UInt64(DocumentLimits.documentCount) else {
      throw ComponentError(
        "\(culprit) hands over \(count) documents, and 1 to \(DocumentLimits.documentCount) are what "
          + "it may; report it to its author")
    }
    var documents: [Document] = []
    for index in 0..<Int(count) { documents.append(try read(list[index], index, documents)) }
    return documents
  }

  /// Reads one that has none of the names before it.
  private func read(
    _ pointer: UnsafePointer<qhost_document>?, _ index: Int, _ others: [Document]
  ) throws(ComponentError) -> Document {
    guard let raw = pointer.flatMap({ qhost_document.reading($0) }), let name = raw.name,
      let format = raw.format, let text = raw.text, raw.size <= UInt64(DocumentLimits.byteCount)
    else {
      throw ComponentError(
        "\(culprit): document \(index) is NULL, too small, too large, or lacks a member; report it "
          + "to its author")
    }
    let bytes = UnsafeRawBufferPointer(start: text, count: Int(raw.size))
    let document = Document(
      name: String(cString: name), format: String(cString: format),
      text: String(decoding: bytes, as: UTF8.self))
    if others.contains(where: { $0.name == document.name }) {
      throw ComponentError(
        "\(culprit): document '\(document.name)': another one has its name; rename one")
    }
    if let flaw = document.flaw(byteLimit: DocumentLimits.byteCount) {
      throw ComponentError("\(culprit): document '\(document.name)': \(flaw)")
    }
    return document
  }
}
