import Foundation
import QHostGraphs
import QHostInterfaces
import QHostONNX
import Testing

/// A network that another program wrote, with what ONNX Runtime gives for some rows; see make.py there.
struct Fixture {
  private struct Rows: Decodable {
    var inputs: [Float]
    var outputs: [Float]
  }

  let bytes: [UInt8]
  let inputs: [Float]
  let outputs: [Float]

  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures")
    let path = folder.appending(path: "\(name).onnx.base64")
    let text = try String(contentsOf: path, encoding: .utf8)
    bytes = [UInt8](
      try #require(Data(base64Encoded: text, options: .ignoreUnknownCharacters)))
    let rows = try JSONDecoder().decode(
      Rows.self, from: Data(contentsOf: folder.appending(path: "\(name).json")))
    (inputs, outputs) = (rows.inputs, rows.outputs)
  }

  func network() throws -> ONNXNetwork { try ONNXNetwork(decoding: bytes, file: "net.onnx") }
}

/// The message of what a body throws.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return ""
  } catch { return "\(error)" }
}
