import Foundation
import Testing

/// `Sources/` is the host, which knows interfaces and no component.
@Suite("The host")
struct HostTests {
  /// The names of all built-in components, as their descriptors have them.
  private static func names() throws -> Set<String> {
    var names: Set<String> = []
    for file in try SourceFile.all(in: "Plugins") where !file.description.contains("/Tests/") {
      let text = file.text
      for match in text.matches(of: /ComponentDescriptor\(\s*name: "(?<name>[a-z0-9-]+)"/) {
        names.insert(String(match.output.name))
      }
    }
    return names
  }

  @Test("It names no component but the defaults")
  func components() throws {
    let names = try Self.names()
    #expect(names.isSuperset(of: ["tunneling", "adam", "mlp", "iris", "finite-difference"]))
    // What a user who says nothing gets. Targets share their names with files and formats.
    let defaults: Set = ["tunneling", "mlp", "iris", "drifting"]
    let words: Set = [
      "direct", "random", "csv", "functions", "onnx", "6502", "c99", "none", "command",
    ]
    for file in try SourceFile.all(in: "Sources") {
      let found = file.literals.intersection(names).subtracting(words)
      let allowed = file.description.hasPrefix("Sources/QHostCLI/") ? defaults : []
      #expect(found.subtracting(allowed).isEmpty, "\(file) names \(found)")
    }
  }

  @Test("Its folders are the layers of the diagram and their kernels and libraries")
  func folders() {
    #expect(
      SourceFile.folders(in: "Sources") == [
        "CQHostGuard", "CQHostIsolation", "CQHostRuntime", "Ccrypto", "Csodium", "Csqlite",
        "Cxxhash", "QHostBridging", "QHostCLI", "QHostComparing", "QHostInterfaces",
        "QHostIsolating", "QHostLibrary", "QHostQuerying", "QHostReport", "QHostRuntime",
        "QHostServing",
        "QHostTrusting", "QHostValidating",
      ])
  }

  @Test("Imports go down the diagram only")
  func layers() throws {
    let layers = [
      "QHostInterfaces", "QHostBridging", "QHostRuntime", "QHostIsolating", "QHostTrusting",
      "QHostLibrary", "QHostValidating",
      "QHostComparing", "QHostQuerying", "QHostReport", "QHostServing",
      "QHostCLI",
    ]
    for (height, layer) in layers.enumerated() {
      for file in try SourceFile.all(in: "Sources/\(layer)") {
        let above = file.imports.filter { layers[(height + 1)...].contains($0) }
        #expect(above.isEmpty, "\(file) imports \(above)")
      }
    }
  }
}
