import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite(
  "Two plugins with one component name", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct AmbiguousNameTests {
  let folder: TemporaryFolder
  let bench: Bench

  init() throws {
    folder = try TemporaryFolder()
    for vendor in ["ada", "bob"] {
      try CCompiler.fixture(
        "one_optimizer", as: "libqhost-\(vendor).so", in: folder,
        definitions: ["VENDOR=\"\(vendor)\""])
    }
    bench = try Bench([folder.path])
  }

  @Test("The short name is refused, and both files and full names are named")
  func short() throws {
    let error = #expect(throws: RunError.self) { try bench.plan(.optimizer, "fixture-constant") }
    #expect(error?.kind == .usage)
    let message = error?.message ?? ""
    #expect(message.contains("'fixture-constant' is ambiguous"))
    #expect(message.contains("ada.fixture-constant in '\(folder.path)/libqhost-ada.so'"))
    #expect(message.contains("bob.fixture-constant in '\(folder.path)/libqhost-bob.so'"))
  }

  @Test("The full name picks one", arguments: ["ada", "bob"])
  func full(_ vendor: String) throws {
    let plan = try bench.plan(.optimizer, "\(vendor).fixture-constant")
    #expect(plan.plugin.vendor == vendor)
    #expect(plan.component.descriptor.name == "fixture-constant")
  }

  @Test(
    "Of two files with one full name the first one found is used, and a copy of it is that file")
  func first() throws {
    let (early, late) = (try TemporaryFolder(), try TemporaryFolder())
    let file = try FileAccess.read("\(folder.path)/libqhost-ada.so")
    for place in [early, late] { try FileAccess.write(file, to: "\(place.path)/libqhost-ada.so") }
    let copies = try Bench([early.path, late.path])
    #expect(try copies.plan(.optimizer, "fixture-constant").plugin.vendor == "ada")
    #expect(copies.withCatalogue { $0.broken.isEmpty })
    // A byte more is another file.
    try FileAccess.write(file + [0], to: "\(late.path)/libqhost-ada.so")
    try Bench([late.path, early.path]).withCatalogue { catalogue in
      let listing = try catalogue.listing(.optimizer, named: "fixture-constant")
      #expect(listing.path == FileAccess.resolved("\(late.path)/libqhost-ada.so"))
      let passed = try #require(catalogue.broken.first)
      #expect(passed.path == FileAccess.resolved("\(early.path)/libqhost-ada.so"))
      #expect(passed.reason.contains("comes before it, and has optimizer ada.fixture-constant"))
    }
  }

  @Test("The program refuses the short name as usage, and runs the full one")
  func program() throws {
    let ambiguous = try HostProgram.run(
      ["run", "--optimizer", "fixture-constant"], plugins: [folder.path])
    #expect(ambiguous.ending == .exited(2))
    #expect(ambiguous.errors.contains("libqhost-ada.so"))
    #expect(ambiguous.errors.contains("libqhost-bob.so"))
    let run = try HostProgram.run(
      ["run", "--optimizer", "bob.fixture-constant", "--max-evals", "2", "--json", "-q"],
      plugins: [folder.path])
    #expect(run.ending == .exited(0), "\(run.errors)")
  }
}
