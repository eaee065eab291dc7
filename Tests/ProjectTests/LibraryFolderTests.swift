import Foundation
import Testing

/// The folders under `SDK/Libraries/` are all alike too, and know nothing of the host.
@Suite("Shared libraries")
struct LibraryFolderTests {
  static let names = SourceFile.folders(in: "SDK/Libraries")

  @Test("There are those that the host and the plugins share")
  func some() {
    #expect(
      Self.names == [
        "Calling", "Datasets", "Drawing", "Graphs", "Kernels", "Memory", "Networks", "Numerics",
        "ONNX", "Radio", "Randomness", "Separability", "Statistics", "YAML",
      ])
  }

  @Test("A library has a README, sources and tests, and nothing else", arguments: names)
  func parts(_ name: String) {
    // What kernels share are headers alone, tested by those of the kernels.
    let isC = name == "Kernels"
    #expect(
      SourceFile.folders(in: "SDK/Libraries/\(name)")
        == (isC ? ["README.md", "Sources"] : ["README.md", "Sources", "Tests"]))
    let sources = SourceFile.folders(in: "SDK/Libraries/\(name)/Sources")
    #expect(sources.contains(isC ? "CQHost\(name)" : "QHost\(name)"))
    #expect(Set(sources).isSubset(of: ["CQHost\(name)", "QHost\(name)", "Cffi", "Czlib"]))
    if !isC {
      let tests = SourceFile.folders(in: "SDK/Libraries/\(name)/Tests")
      #expect(tests.contains("QHost\(name)Tests"))
      #expect(Set(tests).isSubset(of: ["Fixtures", "QHost\(name)Tests"]))
    }
  }

  @Test("A library imports the interfaces and libraries, and nothing of the host", arguments: names)
  func imports(_ name: String) throws {
    let allowed = Set(Self.names.flatMap { ["QHost\($0)", "CQHost\($0)"] } + ["QHostInterfaces"])
    for file in try SourceFile.all(in: "SDK/Libraries/\(name)/Sources") {
      let ours = Set(file.imports.filter { $0.contains("QHost") })
      #expect(ours.isSubset(of: allowed), "\(file) imports \(ours.subtracting(allowed))")
    }
  }
}
