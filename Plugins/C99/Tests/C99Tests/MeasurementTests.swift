import Foundation
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Measurements in C")
struct MeasurementTests {
  private func output(_ arguments: [String]) throws -> String {
    let program = try HostProgram.run(arguments)
    #expect(program.ending == .exited(0), "\(program.errors)")
    return program.output
  }

  @Test(
    "give the classes that qhost predict gives, on all 150 flowers",
    arguments: ["mlp", "integer-mlp"])
  func iris(model: String) throws {
    let folder = try TemporaryFolder()
    let run = folder.path + "/run"
    _ = try output([
      "run", "--optimizer", model == "mlp" ? "adam" : "sa", "--model", model, "--dataset", "iris",
      "--scaling", model == "mlp" ? "standardize" : "minmax", "--output", run, "--quiet",
      "--max-forward-equivalents", "2000", "--target", "c99", "--set", "target.main=true",
    ])
    let classes = try output(["predict", run, "--quiet"]).split(separator: "\n").dropFirst()
      .map { String($0.split(separator: ",")[1]) }
    _ = try output([
      "data", "export", "iris", "--format", "csv", "--output", folder.path + "/iris",
    ])
    var rows = ""
    for part in ["train", "test"] {
      let text = try String(contentsOfFile: "\(folder.path)/iris/\(part).csv", encoding: .utf8)
      for line in text.split(separator: "\n").dropFirst() {
        rows += line.split(separator: ",").prefix(4).joined(separator: " ") + "\n"
      }
    }
    try rows.write(toFile: folder.path + "/rows", atomically: true, encoding: .utf8)
    let script =
      "cd '\(run)' && cc -std=c99 -Wall -Wextra -Wpedantic -Werror network.c main.c -lm -o net && ./net <'\(folder.path)/rows'"
    let built = try Program("/bin/sh", ["-c", script])
    #expect(built.ending == .exited(0), "\(built.errors)")
    let names = ["setosa", "versicolor", "virginica"]
    let found = built.output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").first.flatMap { Int($0) }.map { names[$0] }
    }
    #expect(found.count == 150)
    #expect(found == classes)
    let header = try String(contentsOfFile: run + "/network.h", encoding: .utf8)
    for word in ["the scaling is in the code", "in the training rows", "0 setosa"] {
      #expect(header.contains(word), "\(word)")
    }
  }

  @Test("are not what a network takes for which inputs = scaled is set")
  func scaled() throws {
    let folder = try TemporaryFolder()
    let run = folder.path + "/run"
    _ = try output([
      "run", "--optimizer", "adam", "--dataset", "iris", "--output", run, "--quiet",
      "--max-forward-equivalents", "200", "--target", "c99", "--set", "target.inputs=scaled",
    ])
    let header = try String(contentsOfFile: run + "/network.h", encoding: .utf8)
    #expect(header.contains("the scaling is not in the code"))
  }
}
