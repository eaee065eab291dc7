import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Capabilities by id", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct CapabilityTests {
  /// A component whose capabilities cannot be used, and the words that must say so.
  struct Fault: Sendable, CustomTestStringConvertible {
    var definitions: [String]
    var words: [String]

    var testDescription: String { definitions.joined(separator: " ") }

    init(_ definitions: String..., words: String...) {
      self.definitions = definitions
      self.words = words
    }

    static let all: [Fault] = [
      Fault(
        "ID=\"qhost.draft.figures/7\"", words: "draft '7' of capability 'qhost.draft.figures'",
        "this host has draft '1'", "rebuild it against this host's qhost/draft/figures.h"),
      Fault("ID=\"qhost.draft.figures\"", words: "draft '' of capability 'qhost.draft.figures'"),
      Fault(
        "ID=\"fixture.needed/3\"", "FLAGS=QHOST_CAPABILITY_REQUIRED",
        words: "requires capability 'fixture.needed/3'", "install a newer qhost"),
      Fault(
        "OTHER_ID=QHOST_DRAFT_FIGURES",
        words: "declares capability 'qhost.draft.figures' twice"),
      Fault("ID=\"fixture.other/2\"", words: "declares capability 'fixture.other' twice"),
      Fault("ID=NULL", words: "capability 0", "without an id"),
      Fault("CAPABILITY=NULL", words: "capability 0", "is NULL"),
      Fault("CAPABILITIES=NULL", words: "has 2 capabilities at NULL"),
      Fault("TABLE=NULL", words: "capability 'qhost.draft.figures/1'", "has no table"),
      Fault("TABLE_SIZE=8", words: "capability 'qhost.draft.figures/1'", "is smaller than"),
      Fault("FIGURES=NULL", words: "capability 'qhost.draft.figures/1'", "lacks a function"),
    ]
  }

  private func component(_ definitions: String...) throws -> (ForeignComponent, TemporaryFolder) {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("one_capability", in: folder, definitions: definitions)
    let bench = try Bench([folder.path])
    return (try #require(bench.components(.optimizer).first).component, folder)
  }

  private func optimizer(_ component: ForeignComponent) throws -> ForeignOptimizer {
    let request = ComponentRequest(configuration: Configuration([:]), host: TestHost())
    return try ForeignOptimizer(
      component, request: request, problem: Problem(queries: .points, initial: [0]))
  }

  @Test("What the host knows is found, and what it offers can be fetched")
  func known() throws {
    let (component, folder) = try component()
    #expect(component.has(.figures))
    _ = try optimizer(component)
    _ = folder
  }

  @Test("A name that the host does not know is passed over, unless it is required")
  func unknown() throws {
    let (component, folder) = try component("ID=\"fixture.needed/3\"")
    #expect(!component.has(.figures))
    _ = try optimizer(component)
    _ = folder
  }

  @Test("A component of an older author, whose struct ends before, has none")
  func older() throws {
    let (component, folder) = try component(
      "COMPONENT_SIZE=offsetof(qhost_component, capability_count)")
    #expect(!component.has(.figures))
    _ = folder
  }

  @Test("What cannot be used is refused by name", arguments: Fault.all)
  func refused(_ fault: Fault) throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture("one_capability", in: folder, definitions: fault.definitions)
    let broken = try Bench([folder.path]).withCatalogue(\.broken)
    let reason = try #require(broken.first).reason
    #expect(reason.contains("optimizer 'fixture-capable'"), "\(reason)")
    for words in fault.words { #expect(reason.contains(words), "\(reason)") }
    #expect(!reason.contains("\n"))
  }

  @Test("The program lists it with its reason, and works with what is beside it")
  func listed() throws {
    let folder = try TemporaryFolder()
    try CCompiler.fixture(
      "one_capability", in: folder, definitions: ["ID=\"qhost.draft.figures/7\""])
    try CCompiler.fixture("one_optimizer", in: folder)
    let list = try HostProgram.run(["plugins"], plugins: [folder.path])
    #expect(list.ending == .exited(0))
    #expect(list.output.contains("has draft '7' of capability"))
    #expect(list.output.contains("fixture-constant"))
  }
}
