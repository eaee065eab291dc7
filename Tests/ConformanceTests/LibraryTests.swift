import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import Testing

@Suite("Every built library")
struct LibraryTests {
  static let components = ComponentKind.allCases.flatMap { Bench.built.components($0) }

  @Test("Each is a plugin that can be used")
  func usable() {
    #expect(!BuiltProducts.libraries.isEmpty)
    Bench.built.withCatalogue { catalogue in
      #expect(catalogue.broken.map { "\($0.path): \($0.reason)" } == [])
      #expect(catalogue.entries.map(\.path) == BuiltProducts.libraries)
    }
  }

  @Test("It loads, and says the same of itself as its scan", arguments: BuiltProducts.libraries)
  func summary(_ path: String) throws {
    try Bench.built.withCatalogue { catalogue in
      let library = try catalogue.library(at: path)
      guard case .plugin(let scanned) = catalogue.entries.first(where: { $0.path == path })?.result
      else {
        Issue.record("\(path) was not scanned")
        return
      }
      #expect(library.summary == scanned)
      #expect(!library.components.isEmpty)
      for text in [scanned.vendor, scanned.name] {
        #expect(text.wholeMatch(of: /[a-z][a-z0-9-]*/) != nil, "'\(text)'")
      }
      #expect(scanned.version.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
      #expect(scanned.licence == "Apache-2.0")
      #expect(isSentence(scanned.summary), "'\(scanned.summary)'")
      #expect(path.hasSuffix("/libqhost-\(scanned.name).so"))
    }
  }

  @Test(
    "It exports its entry and no other name of the interface",
    .enabled(if: Program.exists("nm"), "there is no nm"), arguments: BuiltProducts.libraries)
  func exports(_ path: String) throws {
    let table = try Program("nm", ["-D", "--defined-only", path])
    #expect(table.ending == .exited(0))
    let names = table.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
    // The compiler's own companions of a function with variants have a point in their names.
    #expect(
      names.filter { $0.hasPrefix("qhost_") && !$0.contains(".") } == ["qhost_plugin_entry_v1"])
  }

  @Test("No two components of a kind have one name")
  func unique() {
    let names = Self.components.map { "\($0.listing.kind) \($0.name)" }
    #expect(names.count == Set(names).count)
  }

  @Test("A component says what it is", arguments: components)
  func description(_ component: BenchComponent) throws {
    let descriptor = component.descriptor
    #expect(descriptor.name == component.name)
    #expect(isSentence(descriptor.summary), "'\(descriptor.summary)'")
    #expect(descriptor.source != "")
    let names = descriptor.parameters.map(\.name) + descriptor.dependencies.map(\.name)
    #expect(names.count == Set(names).count)
    for name in names { #expect(name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil, "'\(name)'") }
    for dependency in descriptor.dependencies {
      #expect(isSentence(dependency.documentation), "'\(dependency.documentation)'")
      _ = try Bench.built.plan(dependency.kind, dependency.defaultComponent)
    }
  }

  @Test("Its parameters are documented, and their defaults are allowed", arguments: components)
  func parameters(_ component: BenchComponent) throws {
    for parameter in component.descriptor.parameters {
      let key = "\(component.name).\(parameter.name)"
      #expect(isSentence(parameter.documentation), "\(key): '\(parameter.documentation)'")
      #expect(parameter.unit != "", "\(key)")
      #expect(parameter.minimum <= parameter.maximum, "\(key)")
      if let text = parameter.defaultValue {
        #expect(throws: Never.self, "\(key)") { try parameter.value(of: text, key: key) }
      }
      #expect((parameter.type == .choice) == !parameter.choices.isEmpty, "\(key)")
      let names = parameter.choices.map(\.name)
      #expect(names.count == Set(names).count, "\(key)")
      for choice in parameter.choices {
        #expect(
          isSentence(choice.documentation), "\(key)=\(choice.name): '\(choice.documentation)'")
      }
    }
  }

  private func isSentence(_ text: String) -> Bool {
    text.count > 3 && text.hasSuffix(".") && !text.contains("\n")
  }
}
