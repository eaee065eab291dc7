import Foundation
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite(
  "The worked example in C",
  .enabled(if: CCompiler.isPresent && Program.exists("make"), "there is no gcc or no make"))
struct TemplateInCTests {
  /// A copy outside the tree, built as its README says.
  private func built() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let template = BuiltProducts.sources + "/SDK/Templates/C"
    for file in ["random_search.c", "Makefile"] {
      try FileManager.default.copyItem(
        atPath: template + "/" + file, toPath: folder.path + "/" + file)
    }
    let make = try Program(
      "make", ["-C", folder.path, "CC=gcc", "QHOST_INCLUDE=" + BuiltProducts.headers])
    try #require(make.ending == .exited(0), "\(make.errors)")
    for flag in ["-std=c99"] + CCompiler.strict { #expect(make.output.contains(flag)) }
    #expect(make.errors == "")
    return folder
  }

  @Test("It is listed, shown and run by the program, from a folder outside the tree")
  func run() throws {
    let folder = try built()
    let list = try HostProgram.run(["plugins"], plugins: [folder.path])
    #expect(list.output.contains("example-random-search"))
    let show = try HostProgram.run(
      ["plugins", "show", "example-random-search"], plugins: [folder.path])
    #expect(show.output.contains("batch_size"))
    let run = try HostProgram.run(
      [
        "run", "--optimizer", "example-random-search", "--model", "direct", "--dataset",
        "functions", "--max-evals", "500", "--json", "--quiet",
      ], plugins: [folder.path])
    #expect(run.ending == .exited(0), "\(run.errors)")
    let record = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(record?["schema"] as? String == "qhost.run/2")
    #expect(record?["stop_reason"] as? String == "budgetSpent")
    let optimizer = record?["optimizer"] as? [String: Any]
    #expect(optimizer?["name"] as? String == "example-random-search")
    #expect((optimizer?["parameters"] as? [String: Any])?["batch_size"] as? Int == 16)
    #expect((record?["cost"] as? [String: Any])?["loss_evaluations"] as? Int == 500)
  }

  @Test("A value out of its range is refused before it runs")
  func range() throws {
    let folder = try built()
    let run = try HostProgram.run(
      ["run", "--optimizer", "example-random-search", "--set", "optimizer.batch_size=0"],
      plugins: [folder.path])
    #expect(run.ending == .exited(2))
    #expect(run.errors.contains("optimizer.batch_size cannot be 0"))
  }

  @Test("It exports its entry alone", .enabled(if: Program.exists("nm"), "there is no nm"))
  func exports() throws {
    let folder = try built()
    let symbols = try Program(
      "nm", ["-D", "--defined-only", folder.path + "/libqhost-example-random-search.so"])
    let names = symbols.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
    #expect(names == ["qhost_plugin_entry_v1"])
  }
}
