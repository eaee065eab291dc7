internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every model in Swift that has documents.
func documentsTable(in arena: Arena) -> UnsafeRawPointer {
  var table = qhost_documents.sized()
  table.documents = { instance, parameters, documents, count, error in
    reporting(to: error) { () throws(ComponentError) in
      let exported = ExportedModel.at(instance)
      guard let provider = exported.model as? any DocumentProviding else {
        throw .unsupported("it has no documents")
      }
      let made = try provider.documents(
        parameters: Array(
          UnsafeBufferPointer(
            start: parameters, count: provider.modelDescription.parameterCount)))
      let memory = Arena()
      documents?.pointee = memory.pointers(
        made.map { document in
          var raw = qhost_document.sized()
          raw.name = memory.text(document.name)
          raw.format = memory.text(document.format)
          raw.text = memory.text(document.text)
          raw.size = UInt64(document.text.utf8.count)
          return raw
        })
      count?.pointee = UInt64(made.count)
      exported.documentArena = memory
    }
  }
  return UnsafeRawPointer(arena.value(table))
}
