import Foundation
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// A folder of plugins, and a program that notes each scan before the real one does it.
private struct NotedScans {
  let plugins: TemporaryFolder
  let own: TemporaryFolder
  var cachePath: String { own.path + "/cache/plugins.json" }

  init() throws {
    plugins = try TemporaryFolder()
    own = try TemporaryFolder()
    let script = """
      #!/bin/sh
      echo "$2" >> '\(own.path)/scans'
      exec '\(BuiltProducts.program)' "$@"

      """
    let path = try own.write(script, to: "scan")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  /// Searches, and gives the names of the files that were scanned for it.
  func search(
    timeoutSeconds: Double = 10
  ) throws -> (catalogue: PluginCatalogue, scanned: [String]) {
    let notes = own.path + "/scans"
    try? FileManager.default.removeItem(atPath: notes)
    let catalogue = try PluginCatalogue(
      searching: PluginSearchPath(folders: [plugins.path]),
      scanner: PluginScanner(executable: own.path + "/scan", timeoutSeconds: timeoutSeconds),
      cachePath: cachePath,
      services: RunServices(Bench.common(), place: "plugins"))
    let text = (try? String(contentsOfFile: notes, encoding: .utf8)) ?? ""
    return (
      catalogue, text.split(separator: "\n").map { String($0.split(separator: "/").last ?? "") }
    )
  }
}

@Suite(
  "Scans are remembered by content", .enabled(if: CCompiler.isPresent, "there is no gcc"))
struct ScanCacheTests {
  private let scans: NotedScans

  init() throws {
    scans = try NotedScans()
    try CCompiler.fixture("one_optimizer", as: "libqhost-a.so", in: scans.plugins)
    try CCompiler.fixture("not_a_plugin", as: "libqhost-b.so", in: scans.plugins)
  }

  @Test("Both a plugin and a reason are remembered")
  func remembered() throws {
    let first = try scans.search()
    let second = try scans.search()
    #expect(first.scanned == ["libqhost-a.so", "libqhost-b.so"])
    #expect(second.scanned == [])
    for catalogue in [first.catalogue, second.catalogue] {
      #expect(catalogue.names(of: .optimizer) == ["fixture-constant"])
      #expect(catalogue.broken.map(\.reason).count == 1)
    }
  }

  @Test("A changed file is scanned again, and only it")
  func changed() throws {
    _ = try scans.search()
    try CCompiler.fixture(
      "one_optimizer", as: "libqhost-a.so", in: scans.plugins,
      definitions: ["NAME=\"fixture-renamed\""])
    let (catalogue, scanned) = try scans.search()
    #expect(scanned == ["libqhost-a.so"])
    #expect(catalogue.names(of: .optimizer) == ["fixture-renamed"])
  }

  @Test("A touched file and a copy are not")
  func touched() throws {
    _ = try scans.search()
    let path = scans.plugins.path + "/libqhost-a.so"
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: path)
    try FileManager.default.copyItem(atPath: path, toPath: scans.plugins.path + "/libqhost-c.so")
    let (catalogue, scanned) = try scans.search()
    #expect(scanned == [])
    // The copy is the same plugin.
    #expect(catalogue.listings.count == 1 && catalogue.broken.count == 1)
  }

  @Test(
    "A cache that is damaged or of another version is ignored and replaced",
    arguments: ["", "{", "null", "{\"version\":\"0\",\"stamps\":{},\"hashes\":{},\"results\":{}}"])
  func damaged(_ text: String) throws {
    _ = try scans.search()
    try text.write(toFile: scans.cachePath, atomically: false, encoding: .utf8)
    let (catalogue, scanned) = try scans.search()
    #expect(scanned.count == 2)
    #expect(catalogue.names(of: .optimizer) == ["fixture-constant"])
    #expect(try scans.search().scanned == [])
  }

  @Test("A library that lacked another one is scanned again, and works once that is there")
  func dependency() throws {
    let other = try CCompiler.fixture("not_a_plugin", as: "libother.so", in: scans.own)
    try CCompiler.library(
      BuiltProducts.fixtures + "/one_optimizer.c", named: "libqhost-c.so", in: scans.plugins.path,
      definitions: ["NAME=\"fixture-dependent\""], options: [other])
    try FileManager.default.moveItem(atPath: other, toPath: other + ".away")
    let first = try scans.search().catalogue
    let reason = first.broken.first { $0.path.hasSuffix("/libqhost-c.so") }?.reason
    #expect(reason?.contains("cannot be loaded") == true)
    #expect(reason?.contains("libother.so") == true)
    try FileManager.default.moveItem(atPath: other + ".away", toPath: other)
    let (second, scanned) = try scans.search()
    #expect(scanned == ["libqhost-c.so"])
    #expect(second.names(of: .optimizer).sorted() == ["fixture-constant", "fixture-dependent"])
  }

  @Test("A plugin whose entry hangs is not waited for again, until its file changes")
  func hanging() throws {
    func build(_ definition: String) throws {
      try CCompiler.fixture(
        "one_optimizer", as: "libqhost-c.so", in: scans.plugins,
        definitions: ["NAME=\"fixture-late\"", definition])
    }
    try build("ON_LOAD=pause()")
    #expect(try scans.search(timeoutSeconds: 2).scanned.contains("libqhost-c.so"))
    let (second, scanned) = try scans.search(timeoutSeconds: 2)
    #expect(scanned == [])
    let reason = second.broken.first { $0.path.hasSuffix("/libqhost-c.so") }?.reason
    #expect(reason?.contains("its entry did not return within 2 s") == true)
    try build("ON_LOAD=((void)0)")
    let (third, again) = try scans.search(timeoutSeconds: 2)
    #expect(again == ["libqhost-c.so"])
    #expect(third.names(of: .optimizer).contains("fixture-late"))
  }

  @Test("A file that is gone is no longer listed")
  func removed() throws {
    _ = try scans.search()
    try FileManager.default.removeItem(atPath: scans.plugins.path + "/libqhost-a.so")
    #expect(try scans.search().catalogue.listings.isEmpty)
  }

  @Test("Without a place for the cache, plugins are found all the same")
  func unwritable() throws {
    try scans.own.write("", to: "cache")
    let (catalogue, scanned) = try scans.search()
    #expect(scanned.count == 2)
    #expect(catalogue.names(of: .optimizer) == ["fixture-constant"])
  }
}
