// Takes the training loss of a trained model along one of its parameters.
//
//   swift cut.swift QHOST MODEL.safetensors BLOCK INDEX HALF-WIDTH >CUT.csv
//
// Each of 129 copies of the file has one number of the block changed; `QHOST eval` tells its loss.
import Foundation

struct Evaluation: Decodable {
  var metrics: [String: [String: Double]]
}

struct Failure: Error, CustomStringConvertible {
  var description: String
}

/// The bytes of a block of parameters: eight of length, a header in JSON, then doubles.
func place(of block: String, _ index: Int, in file: Data) throws -> Range<Int> {
  let headerCount = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
  let header = try JSONSerialization.jsonObject(with: file[8..<8 + headerCount])
  guard let entry = (header as? [String: Any])?[block] as? [String: Any],
    entry["dtype"] as? String == "F64", let offsets = entry["data_offsets"] as? [Int],
    offsets.count == 2, index >= 0, offsets[0] + 8 * index + 8 <= offsets[1]
  else { throw Failure(description: "the model has no double \(index) in a block '\(block)'") }
  let first = 8 + headerCount + offsets[0] + 8 * index
  return first..<first + 8
}

func number(_ bytes: Data) -> Double {
  Double(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
}

func bytes(_ number: Double) -> Data {
  Data((0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) })
}

func trainingLoss(of model: URL, by program: String) throws -> Double {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = ["eval", model.path, "--split", "train", "--json", "--quiet"]
  process.standardOutput = output
  try process.run()
  let text = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  let evaluation = try JSONDecoder().decode(Evaluation.self, from: text)
  guard let loss = evaluation.metrics["train"]?["loss"] else {
    throw Failure(description: "'\(program) eval' tells no training loss of '\(model.path)'")
  }
  return loss
}

let arguments = CommandLine.arguments
guard arguments.count == 6, let index = Int(arguments[4]), let half = Double(arguments[5]) else {
  print("usage: swift cut.swift QHOST MODEL.safetensors BLOCK INDEX HALF-WIDTH")
  exit(2)
}
let model = URL(fileURLWithPath: arguments[2])
var file = try Data(contentsOf: model)
let numberPlace = try place(of: arguments[3], index, in: file)
let value = number(file[numberPlace])
let copy = model.deletingLastPathComponent().appendingPathComponent("cut.safetensors")
print("offset,weight,loss")
for k in -64...64 {
  let offset = half * Double(k) / 64
  file.replaceSubrange(numberPlace, with: bytes(value + offset))
  try file.write(to: copy)
  print("\(offset),\(value + offset),\(try trainingLoss(of: copy, by: arguments[1]))")
}
