import Foundation
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// Libraries that were built with the header of an earlier release.
struct FrozenRelease: Sendable, CustomTestStringConvertible {
  /// The version of the interface, and the folder's name.
  let version: String
  let optimizer: String
  let solver: String
  let model: String
  let dataset: String
  let target: String

  var testDescription: String { version }

  static let all = [
    FrozenRelease(
      version: "1.0", optimizer: "example-random-search", solver: "fixture-ground",
      model: "fixture-linear", dataset: "fixture-plane", target: "fixture-gemm"),
    FrozenRelease(
      version: "1.1", optimizer: "my-optimizer", solver: "my-solver", model: "my-model",
      dataset: "my-dataset", target: "my-target"),
  ]

  /// Writes the libraries into a new folder.
  func unpacked() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let packed = BuiltProducts.sources + "/Tests/Fixtures/Frozen/" + version
    let suffix = ".gz.base64"
    for file in try FileManager.default.contentsOfDirectory(atPath: packed) {
      try #require(file.hasSuffix(suffix))
      let library = file.dropLast(suffix.count)
      let script = "base64 -d '\(packed)/\(file)' | gzip -d >'\(folder.path)/\(library)'"
      try #require(try Program("bash", ["-c", "set -o pipefail; " + script]).ending == .exited(0))
    }
    return folder
  }
}

#if arch(x86_64)
@Suite("Plugins of earlier releases")
struct FrozenPluginTests {
  @Test("They train, and deploy what they trained", arguments: FrozenRelease.all)
  func runs(_ release: FrozenRelease) throws {
    let folder = try release.unpacked()
    #expect(folder.names.count == 5)
    let listed = try HostProgram.run(["plugins"], plugins: [folder.path])
    #expect(!listed.output.contains(folder.path), "one cannot be used: \(listed.output)")
    let data = ["--model", release.model, "--dataset", release.dataset, "--quiet"]
    for optimizer in [[release.optimizer], ["tunneling", "--solver", release.solver], ["adam"]] {
      let run = try HostProgram.run(
        ["run", "--optimizer"] + optimizer + data
          + ["--target", release.target, "--max-evals", "1000"], plugins: [folder.path])
      #expect(run.ending == .exited(0), "\(run.errors)")
      for name in [optimizer[0], release.model, release.dataset, release.target] {
        #expect(run.output.contains(name), "\(name) in: \(run.output)")
      }
    }
  }
}
#endif
