import Foundation
import Testing

extension Tag {
  /// Takes more than five seconds.
  @Tag static var slow: Self
}

@Suite("A killed run")
struct KillTests {
  @Test("leaves a checkpoint that is at most ten seconds old", .tags(.slow))
  func aKilledRunLosesLittle() throws {
    let program = try Program()
    let child = try program.start([
      "run", "--optimizer", "sa", "--max-time", "40", "--output", "out", "--quiet",
    ])
    sleep(7)
    child.send(SIGKILL)
    #expect(try child.wait().code == 128 + SIGKILL)
    let path = program.folder + "/out/checkpoint.safetensors"
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    let written = try #require(attributes[.modificationDate] as? Date)
    #expect(Date().timeIntervalSince(written) < 10)

    let resumed = try program.start(["run", "--resume", "out", "--json", "--quiet"])
    sleep(1)
    resumed.send(SIGINT)
    let result = try resumed.wait()
    #expect(result.code == 75)
    #expect(try Record(result).cost("seconds") > 5)
  }
}
