import CQHost
import QHostBridging
import QHostInterfaces
import QHostSDK
import QHostTesting
import Testing

/// Hands over what its parameters say.
final class DocumentModel: ModelComponent, DocumentProviding {
  static let descriptor = ComponentDescriptor(
    name: "document-model", summary: "A model.",
    parameters: [.integer("flaw", default: 0, in: 0...5, "Which flaw.")])
  let modelDescription = ModelDescription(parameterCount: 2, multiplyAdds: 1)
  private let flaw: Int

  init(request: ComponentRequest, mapping: Mapping) {
    flaw = request.configuration.integer("flaw")
  }
  func initialParameters(start: UInt64) -> [Double] { [0, 0] }
  func makeSession() throws(ComponentError) -> any ModelSession { throw .unsupported("none") }

  func documents(parameters: [Double]) throws(ComponentError) -> [Document] {
    let first = Document(name: "a.qasm", format: "A 3.0", text: "θ = \(parameters)\n\0end")
    switch flaw {
    case 1: return [first, first]
    case 2: return [Document(name: "../a", format: "A", text: "")]
    case 3: return []
    case 4: throw .unsupported("it is not a circuit today")
    case 5: return [Document(name: "a", format: "A\nB", text: "")]
    default: return [first, Document(name: "b.json", format: "JSON", text: "")]
    }
  }
}

@Suite("Documents from Swift to C and back")
struct DocumentTests {
  private static let table = PluginTable(
    vendor: "tests", name: "documents", version: "1.2.3", summary: "Documents.",
    components: [.model(DocumentModel.self), .model(EchoModel.self)])

  private func model(_ place: Int, flaw: Int = 0) throws -> ForeignModel {
    let host = HostTable(TestHost())
    let plugin = try #require(Self.table.enter(host.pointer, nil))
    let component = try ForeignComponent(reading: try #require(plugin.pointee.components?[place]))
    let configuration = Configuration(place == 0 ? ["flaw": .integer(flaw)] : [:])
    return try ForeignModel(
      component, request: ComponentRequest(configuration: configuration, host: TestHost()),
      mapping: Mapping(task: .regression, input: Shape([1]), output: Shape([1])))
  }

  @Test("Names, forms and text arrive as they were sent, time and again")
  func roundTrip() throws {
    let model = try model(0)
    for point in [[1, 2], [3, 4.5]] {
      let documents = try model.documents(parameters: point)
      #expect(documents.map(\.name) == ["a.qasm", "b.json"])
      #expect(documents.map(\.format) == ["A 3.0", "JSON"])
      #expect(documents.map(\.text) == ["θ = \(point)\n\0end", ""])
    }
  }

  @Test(
    "What cannot be written is refused with the model's name and a remedy",
    arguments: [
      (1, "document 'a.qasm': another one has its name"), (2, "document '../a': its name must"),
      (3, "hands over 0 documents"), (4, "it is not a circuit today"),
      (5, "its format must be one line"),
    ])
  func refused(_ flaw: Int, _ words: String) throws {
    let model = try model(0, flaw: flaw)
    let error = try #require(throws: ComponentError.self) {
      try model.documents(parameters: [1, 2])
    }
    #expect(error.message.contains("model 'document-model'"), "\(error.message)")
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test("A model without them says so")
  func none() throws {
    let model = try model(1)
    let error = try #require(throws: ComponentError.self) {
      try model.documents(parameters: [Double](repeating: 0, count: 7))
    }
    #expect(error.severity == .unsupported && error.message.contains("no documents"))
  }
}
