import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Dense projections")
struct DenseProjectionTests {
  private func pulledBack(
    _ projection: DenseProjection, _ slopes: [Double], count: Int
  ) -> [Double] {
    var gradient = [Double](repeating: .nan, count: count)
    slopes.withUnsafeBufferPointer { slopes in
      gradient.withUnsafeMutableBufferPointer { gradient in
        projection.pullBack(slopes, at: slopes, into: gradient)
      }
    }
    return gradient
  }

  @Test(
    "A matrix that is too large to be kept is drawn again, and is the same", arguments: [1, 8, 13])
  func drawn(_ numbers: Int) throws {
    let model = try CompressorCase.perceptron(hidden: 40)
    let request = CompressorCase.request(for: Subspace.descriptor, around: model)
    let inner = try InnerNetwork(request, mapping: CompressorCase.mapping)
    let count = model.modelDescription.parameterCount
    let bytes = 4 * count * numbers
    let kept = DenseProjection(
      inner, numberCount: numbers, host: TestHost(), storageLimit: bytes)
    let drawn = DenseProjection(
      inner, numberCount: numbers, host: TestHost(), storageLimit: bytes - 4)
    #expect(kept.isKept && !drawn.isKept)
    let point = TestHost(seed: 3).normals(step: 0, index: 0, count: numbers)
    let slopes = TestHost(seed: 3).normals(step: 1, index: 0, count: count)
    #expect(kept.generated(point, count: count) == drawn.generated(point, count: count))
    let gradient = pulledBack(kept, slopes, count: numbers)
    #expect(gradient == pulledBack(drawn, slopes, count: numbers))
    // The transpose: slopes times what each number by itself adds.
    let start = kept.generated([Double](repeating: 0, count: numbers), count: count)
    for column in 0..<numbers {
      var unit = [Double](repeating: 0, count: numbers)
      unit[column] = 1
      let added = zip(kept.generated(unit, count: count), start).map { $0 - $1 }
      let expected = zip(slopes, added).reduce(0) { $0 + $1.0 * $1.1 }
      // Sums of some 300 products in single precision.
      #expect(abs(gradient[column] - expected) < 1e-5)
    }
  }
}
