import Foundation
import Testing

/// The folders under `Plugins/` are all alike, so that any one shows how the others are made.
struct PluginFolderTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let names =
    ((try? FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "Plugins").path())) ?? [])
    .filter { !$0.hasPrefix(".") }.sorted()

  @Test("There are plugins to look at")
  func some() { #expect(Self.names.count >= 5) }

  @Test("A plugin has a README, an algorithm, an export and tests", arguments: names)
  func parts(_ name: String) {
    let parts = [
      "README.md", "Sources/\(name)", "Sources/\(name)Plugin/Plugin.swift", "Tests/\(name)Tests",
    ]
    for part in parts {
      let path = Self.root.appending(path: "Plugins/\(name)/\(part)").path()
      #expect(FileManager.default.fileExists(atPath: path), "Plugins/\(name) lacks \(part)")
    }
  }

  @Test("An export is one file of at most 60 lines", arguments: names)
  func export(_ name: String) throws {
    let folder = Self.root.appending(path: "Plugins/\(name)/Sources/\(name)Plugin")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
    #expect(files == ["Plugin.swift"])
    let text = try String(contentsOf: folder.appending(path: "Plugin.swift"), encoding: .utf8)
    #expect(text.split(separator: "\n").count <= 60)
  }

  @Test("An algorithm knows neither the C interface nor the host", arguments: names)
  func imports(_ name: String) throws {
    let folder = Self.root.appending(path: "Plugins/\(name)/Sources/\(name)")
    let files = FileManager.default.enumerator(atPath: folder.path())?.allObjects as? [String] ?? []
    #expect(!files.isEmpty)
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for module in ["CQHost\n", "QHostSDK", "QHostRuntime", "QHostBridging"] {
        #expect(!text.contains("import \(module)"), "\(name)/\(file) imports \(module)")
      }
    }
  }

  @Test("The host names no built-in component in its code", arguments: ["Runtime", "Bridging"])
  func host(_ part: String) throws {
    let folder = Self.root.appending(path: "Sources/QHost\(part)")
    let files = FileManager.default.enumerator(atPath: folder.path())?.allObjects as? [String] ?? []
    #expect(!files.isEmpty)
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for name in ["\"tunneling\"", "\"adam\"", "\"mlp\"", "\"iris\"", "\"finite-difference\""] {
        #expect(!text.contains(name), "\(file) names \(name)")
      }
    }
  }
}
