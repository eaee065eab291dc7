import Foundation
import QHostGraphs
import QHostInterfaces
import QHostONNX
import Testing

/// A file that PyTorch, skl2onnx, Keras or ONNX Runtime's quantiser wrote, with what ONNX Runtime gives for some rows; see
/// make.py there.
struct Export: Decodable, Sendable, CustomTestStringConvertible {
  /// What is compared.
  enum Kind: String, Decodable {
    case outputs, classes
  }

  var note: String
  var kind: Kind
  var rows: [[Float]]
  var files: [String: String]
  /// Without optimisation, and with the default's where that differs.
  var disabled: Values
  var all: Values?
  var name = ""

  var testDescription: String { "\(name): \(note)" }

  private enum CodingKeys: CodingKey {
    case note, kind, rows, files, disabled, all
  }

  /// Outputs row by row, or the classes of rows.
  struct Values: Decodable, Sendable {
    var numbers: [Float]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let rows = try? container.decode([[Float]].self) {
        numbers = rows.flatMap { $0 }
      } else {
        numbers = try container.decode([Float].self)
      }
    }
  }

  /// Files that are not read, each with a part of the reason.
  static let refusals = [
    "sklearn-forest": "operator ai.onnx.ml.TreeEnsembleClassifier (node",
    "sklearn-normalizer": "operator ai.onnx.ml.Normalizer (node 'Normalizer') is not read",
    "sklearn-one-vs-rest": "operator Slice (node 'Slice') is read of shapes and constants only",
    "quantized-mlp-dynamic": "its scale from all rows of a batch together",
  ]

  static let all: [Export] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/Exports")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { file in
      guard let data = try? Data(contentsOf: folder.appending(path: file)),
        var export = try? JSONDecoder().decode(Export.self, from: data)
      else { return nil }
      export.name = String(file.dropLast(5))
      return export
    }
  }()

  static let read = all.filter { refusals[$0.name] == nil }

  /// Those of a few names.
  static func named(_ names: String...) -> [Export] { all.filter { names.contains($0.name) } }

  /// The bytes of one of its files.
  func bytes(_ file: String) throws(ComponentError) -> [UInt8] {
    guard let text = files[file], let data = Data(base64Encoded: text) else {
      throw .data("there is no '\(file)'")
    }
    return [UInt8](data)
  }

  func network() throws -> ONNXNetwork {
    try ONNXNetwork(decoding: try bytes("\(name).onnx"), file: "\(name).onnx") {
      (file: String) throws(ComponentError) in try bytes(file)
    }
  }

  /// Compares outputs of a network with what ONNX Runtime gives.
  func check(_ outputs: [Float], of network: ONNXNetwork) {
    let width = network.graph.outputShape.count
    // Layers between DequantizeLinear and QuantizeLinear are read as ONNX Runtime fuses them by default.
    let levels = name.contains("-qdq") ? [all ?? disabled] : [disabled, all ?? disabled]
    for wanted in levels {
      if kind == .classes || network.isClassifier {
        let classes = Self.largest(outputs, width)
        #expect(
          classes
            == (kind == .classes
              ? wanted.numbers.map { Int($0) } : Self.largest(wanted.numbers, width)))
        continue
      }
      #expect(outputs.count == wanted.numbers.count)
      // Some hundred sums and products in single precision.
      let far = zip(outputs, wanted.numbers).filter { abs($0 - $1) > 2e-6 * max(1, abs($1)) }
      #expect(far.isEmpty, "\(far.prefix(3))")
    }
  }

  /// The places of the largest outputs of rows.
  static func largest(_ outputs: [Float], _ width: Int) -> [Int] {
    stride(from: 0, to: outputs.count, by: width).map { start in
      (0..<width).reduce(0) { outputs[start + $1] > outputs[start + $0] ? $1 : $0 }
    }
  }
}
