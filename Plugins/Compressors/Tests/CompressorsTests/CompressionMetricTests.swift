import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Metrics of compressors")
struct CompressionMetricTests {
  @Test("They count weights and numbers")
  func counts() throws {
    let model = try CompressorCase.subspace(numbers: 10)
    let weights = try CompressorCase.perceptron().modelDescription.parameterCount
    let sample = MetricSample(
      split: .test, parameters: [], rows: [], keys: [], draw: 0,
      inputs: UnsafeBufferPointer(start: nil, count: 0),
      outputs: UnsafeBufferPointer(start: nil, count: 0))
    let values = try model.measure(sample).map(\.value)
    #expect(values == [Double(weights), 10, Double(weights) / 10])
    let names = ["inner_weights", "trained_numbers", "compression_ratio"]
    #expect(model.metricDescriptions.map(\.name) == names)
  }
}
