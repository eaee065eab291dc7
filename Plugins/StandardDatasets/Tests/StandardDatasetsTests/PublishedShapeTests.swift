import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("Tables in the shapes of published ones")
struct PublishedShapeTests {
  @Test("are read rightly or refused with the right sentence", arguments: PublishedShape.all)
  func shape(_ shape: PublishedShape) throws {
    let folder = try DataFolder()
    let path = try folder.write("table.csv", Array(shape.text.utf8))
    let values = shape.changes.merging(["path": .text(path)]) { given, _ in given }
    func read() throws -> CSV {
      try CSV(request: request(for: CSV.descriptor, values, host: folder))
    }
    switch shape.outcome {
    case .refused(let words):
      let error = try #require(failure { _ = try read() })
      #expect(error.kind == .data)
      for word in words { #expect(error.message.contains(word), "\(error.message)") }
    case .read(let features, let rows, let classes):
      let description = try read().datasetDescription
      #expect(description.featureNames.count == features, "\(description.featureNames)")
      #expect(description.rowCounts.values.reduce(0, +) == rows)
      #expect(description.task == (classes.isEmpty ? .regression : .classification))
      if !classes.isEmpty { #expect(description.outputNames == classes) }
      #expect(folder.messages.isEmpty == !shape.hasNote, "\(folder.messages)")
    }
  }
}
