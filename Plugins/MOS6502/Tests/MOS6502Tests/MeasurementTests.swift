import Foundation
import MOS6502
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

@Suite("Measurements on the processor")
struct MeasurementTests {
  /// A subroutine's files.
  private struct Routine {
    let code: [UInt8]
    let symbols: [String: Int]

    init(_ name: String, in folder: String) throws {
      code = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).bin")))
      let map = try String(contentsOfFile: "\(folder)/\(name).map", encoding: .utf8)
      var symbols: [String: Int] = [:]
      for line in map.split(separator: "\n") {
        let words = line.split(separator: " ")
        symbols[String(words[1])] = Int(words[0].dropFirst(), radix: 16)
      }
      self.symbols = symbols
    }

    func address(_ name: String) throws -> Int { try #require(symbols[name], "\(name)") }
  }

  /// Calls a subroutine; what it leaves in A.
  private func call(_ address: Int, _ memory: Memory) -> UInt8 {
    memory.load([0xFF, 0x03], at: 0x01FE)
    var processor = Processor(memory, registers: Registers(pc: UInt16(address), s: 0xFD))
    #expect(processor.run(until: 0x0400, limit: 10_000_000) == .reached)
    return processor.registers.a
  }

  private func output(_ arguments: [String]) throws -> String {
    let program = try HostProgram.run(arguments)
    #expect(program.ending == .exited(0), "\(program.errors)")
    return program.output
  }

  @Test(
    "in tenths, as bytes, give the classes that qhost predict gives, on all 150 flowers",
    arguments: ["mlp", "integer-mlp"])
  func iris(model: String) throws {
    let folder = try TemporaryFolder()
    let run = folder.path + "/run"
    let optimizer = model == "mlp" ? "adam" : "sa"
    _ = try output(
      [
        "run", "--optimizer", optimizer, "--model", model, "--dataset", "iris", "--output", run,
        "--quiet", "--max-forward-equivalents", "3000",
      ] + (model == "mlp" ? [] : ["--scaling", "minmax"]))
    _ = try output(
      [
        "deploy", run + "/model.safetensors", "--target", "6502", "--output", run + "/6502",
        "--quiet",
      ]
        + (model == "mlp"
          ? [
            "--set", "target.input_bits=7", "--set", "target.weight_bits=8", "--set",
            "target.activation_bits=6",
          ] : []))
    let classes = try output(["predict", run, "--quiet"]).split(separator: "\n").dropFirst()
      .map { String($0.split(separator: ",")[1]) }
    let names = ["setosa", "versicolor", "virginica"]
    _ = try output([
      "data", "export", "iris", "--format", "csv", "--output", folder.path + "/iris",
    ])
    let (network, converter) = (
      try Routine("network", in: run + "/6502"), try Routine("convert", in: run + "/6502")
    )
    let memory = Memory()
    memory.load(network.code, at: 0x2000)
    memory.load(converter.code, at: try converter.address("convert"))
    var found: [String] = []
    for part in ["train", "test"] {
      let text = try String(contentsOfFile: "\(folder.path)/iris/\(part).csv", encoding: .utf8)
      for line in text.split(separator: "\n").dropFirst() {
        let fields = line.split(separator: ",").prefix(4)
        let bytes = fields.map { UInt8(((Double($0) ?? .nan) * 10).rounded()) }
        memory.load(bytes, at: try converter.address("raw"))
        _ = call(try converter.address("convert"), memory)
        found.append(names[Int(call(try network.address("infer"), memory))])
      }
    }
    #expect(found.count == 150)
    #expect(found == classes)
    let report = try String(contentsOfFile: run + "/6502/report.txt", encoding: .utf8)
    for word in ["0 setosa", "2 virginica", "start", "step", "in the training rows"] {
      #expect(report.contains(word), "\(word)")
    }
  }

  @Test("that no byte holds leave the routine out, with the reason")
  func tooWide() throws {
    let folder = try TemporaryFolder()
    let run = folder.path + "/run"
    _ = try output([
      "run", "--optimizer", "adam", "--dataset", "iris", "--output", run, "--quiet",
      "--max-forward-equivalents", "200",
    ])
    let result = try HostProgram.run([
      "deploy", run + "/model.safetensors", "--target", "6502", "--set", "target.byte_step=0.01",
      "--output", run + "/6502",
    ])
    #expect(result.errors.contains("target.byte_step"))
    #expect(!FileManager.default.fileExists(atPath: run + "/6502/convert.bin"))
  }
}
