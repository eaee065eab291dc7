import C99
import Foundation
import ONNX
import QHostGraphs
import QHostInterfaces
import QHostONNX
import QHostTesting
import Testing

@Suite("Files as PyTorch, skl2onnx, Keras and ONNX Runtime's quantiser write them")
struct ExportTests {
  @Test("are at least 40, of which at least 85 in 100 are read")
  func share() {
    #expect(Export.all.count >= 40)
    #expect(Export.read.count * 100 >= 85 * Export.all.count)
    #expect(Export.all.count - Export.read.count == Export.refusals.count)
  }

  @Test("compute what ONNX Runtime computes", arguments: Export.read)
  func outputs(export: Export) throws {
    let network = try export.network()
    let outputs = try GraphEvaluator(network.graph).outputs(
      inputs: export.rows.flatMap { $0 }, rowCount: export.rows.count)
    export.check(outputs, of: network)
  }

  @Test("of other kinds are refused with the operator or the reason", arguments: Export.refusals)
  func refused(name: String, reason: String) throws {
    let export = try #require(Export.named(name).first)
    let text = message { _ = try export.network() }
    #expect(text.contains(reason), "\(text)")
  }

  @Test("are written by the target onnx as what is read the same", arguments: Export.read)
  func written(export: Export) throws {
    let graph = try export.network().graph
    let target = try ONNXTarget(request: request(for: ONNXTarget.descriptor))
    let compiled = try target.compile(graph, calibration: Calibration(rowCount: 0, inputs: []))
    let file = try #require(compiled.artifacts.first)
    let again = try ONNXNetwork(decoding: file.bytes, file: file.name)
    let inputs = export.rows.flatMap { $0 }
    let outputs = try GraphEvaluator(graph).outputs(inputs: inputs, rowCount: export.rows.count)
    #expect(
      try GraphEvaluator(again.graph).outputs(inputs: inputs, rowCount: export.rows.count)
        == outputs)
  }

  /// One of each kind of operators.
  static let compiled = Export.named(
    "torch-cnn-dynamo-open", "torch-mean-dynamo-open", "torch-bends-script-open",
    "torch-lists-script-open", "torch-wide-dynamo-fixed", "torch-norm-dynamo-open",
    "torch-logit-dynamo-open", "keras-colours", "keras-depth", "sklearn-scaled-mlp",
    "sklearn-sgd", "quantized-mlp-qdq", "quantized-cnn-qdq-channels",
    "quantized-cnn-qoperator-u8s8", "quantized-sum-qoperator")

  @Test("run as C", arguments: compiled)
  func asC(export: Export) throws {
    let network = try export.network()
    let target = try C99Target(
      request: request(for: C99Target.descriptor, ["flags": .text("-O1")]))
    _ = try target.compile(network.graph, calibration: Calibration(rowCount: 0, inputs: []))
    let result = try target.execute(
      inputs: export.rows.flatMap { $0 }, rowCount: export.rows.count)
    export.check(result.outputs, of: network)
  }
}
