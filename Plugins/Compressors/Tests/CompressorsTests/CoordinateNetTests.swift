import Compressors
import Foundation
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Networks of coordinates")
struct CoordinateNetTests {
  @Test("The default for the convolutional network of 6,690 weights has 699 numbers")
  func size() throws {
    let mapping = Mapping(task: .classification, input: Shape([28, 28]), output: Shape([10]))
    let cnn = try CNN(request: request(for: CNN.descriptor), mapping: mapping)
    #expect(cnn.modelDescription.parameterCount == 6690)
    let model = try CoordinateNet(
      request: CompressorCase.request(for: CoordinateNet.descriptor, around: cnn),
      mapping: mapping)
    #expect(model.modelDescription.parameterCount == 699)
    let blocks = model.modelDescription.blocks
    #expect(blocks.map(\.name).suffix(2) == ["layers.1.bias", "gains"])
    #expect(blocks.last?.shape.extents == [8])
  }

  @Test("Weights are what sines in double precision say of their bits")
  func values() throws {
    let inner = try CompressorCase.perceptron(hidden: 16)
    let model = try CompressorCase.coordinateNet(["hidden": .integers([5, 4])], around: inner)
    let point = try model.initialParameters(start: 0)
    let blocks = inner.modelDescription.blocks
    let weights = try model.innerParameters(at: point)
    for index in weights.indices {
      var values = (0..<8).map { index >> $0 & 1 == 0 ? -1.0 : 1 }
      var place = 0
      for (layer, units) in [5, 4, 1].enumerated() {
        let biases = place + units * values.count
        let sums = (0..<units).map { unit in
          values.indices.reduce(point[biases + unit]) {
            $0 + point[place + unit * values.count + $1] * values[$1]
          }
        }
        place = biases + units
        values = layer == 2 ? sums : sums.map { sin($0) }
      }
      let tensor = try #require(blocks.lastIndex { $0.offset <= index })
      let expected = point[place + tensor] * inner.modelDescription.scales[index] * values[0]
      // Arguments up to some 60 carry 2⁻²⁴ of themselves.
      #expect(abs(weights[index] - expected) < 3e-5)
    }
  }

  @Test("Tensors spread as the inner model's start: weights by their scale, biases not at all")
  func spread() throws {
    let inner = try CompressorCase.perceptron(hidden: 200)
    let model = try CompressorCase.coordinateNet(
      ["hidden": .integers([40])], around: inner)
    let weights = try model.innerParameters(at: model.initialParameters(start: 0))
    let start = try inner.initialParameters(start: 0)
    for block in inner.modelDescription.blocks {
      func size(_ values: [Double]) -> Double {
        let part = values[block.offset..<block.offset + block.shape.count]
        return (part.reduce(0) { $0 + $1 * $1 } / Double(part.count)).squareRoot()
      }
      let (here, there) = (size(weights), size(start))
      #expect(here <= 2 * there && here >= there / 2, "\(block.name): \(here), \(there)")
    }
  }

  @Test("As many numbers as weights are the most")
  func tooMany() throws {
    let error = #expect(throws: ComponentError.self) {
      try CompressorCase.coordinateNet(["hidden": .integers([50])])
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("hidden = 50") == true)
  }
}
