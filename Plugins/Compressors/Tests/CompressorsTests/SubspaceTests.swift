import Compressors
import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Random subspaces")
struct SubspaceTests {
  /// The columns of diag(s) R: what each number by itself adds to the start.
  private func columns(_ model: Subspace) throws -> (start: [Double], columns: [[Double]]) {
    let count = model.modelDescription.parameterCount
    let zeros = [Double](repeating: 0, count: count)
    let start = try model.innerParameters(at: zeros)
    return (
      start,
      try (0..<count).map { index in
        var point = zeros
        point[index] = 1
        return zip(try model.innerParameters(at: point), start).map { $0 - $1 }
      }
    )
  }

  @Test("They begin at the inner model's start, or at its file", arguments: ["hashed", "dense"])
  func start(_ projection: String) throws {
    let inner = try CompressorCase.perceptron()
    let model = try CompressorCase.subspace(projection, around: inner)
    let first = try model.initialParameters(start: 0)
    #expect(try model.innerParameters(at: first) == inner.initialParameters(start: 0))
    #expect(try model.initialParameters(start: 1) != first)
    let trained = (0..<inner.modelDescription.parameterCount).map { Double($0) / 7 }
    let from = try CompressorCase.subspace(projection, around: inner, from: trained)
    #expect(try from.innerParameters(at: first) == trained)
  }

  @Test("Hashed: each weight has one number with a sign, each number as many weights")
  func hashed() throws {
    let inner = try CompressorCase.perceptron()
    let scales = inner.modelDescription.scales
    let found = try columns(CompressorCase.subspace("hashed", numbers: 10, around: inner)).columns
    var positive = 0
    for weight in scales.indices {
      let entries = found.map { $0[weight] }.filter { $0 != 0 }
      #expect(entries.count == 1)
      #expect(abs(abs(entries[0]) - scales[weight]) < 1e-15)
      positive += entries[0] > 0 ? 1 : 0
    }
    let counts = found.map { $0.count { $0 != 0 } }
    #expect(counts.allSatisfy { $0 == scales.count / 10 || $0 == scales.count / 10 + 1 })
    // Five deviations of fair signs.
    let deviation = Double(scales.count).squareRoot() / 2
    #expect(abs(Double(positive) - Double(scales.count) / 2) < 5 * deviation)
  }

  @Test("Dense: columns have length 1 in units of spreads, and are not alike")
  func dense() throws {
    let inner = try CompressorCase.perceptron(hidden: 40)
    let scales = inner.modelDescription.scales
    let found = try columns(CompressorCase.subspace("dense", numbers: 6, around: inner)).columns
      .map { column in zip(column, scales).map { $0 / $1 } }
    for (place, column) in found.enumerated() {
      // Entries are in single precision.
      #expect(abs(column.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
      for other in found[..<place] {
        let cosine = zip(column, other).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(cosine) < 5 / Double(column.count).squareRoot())
      }
    }
  }

  @Test("Another seed has another projection", arguments: ["hashed", "dense"])
  func seeds(_ projection: String) throws {
    let inner = try CompressorCase.perceptron()
    let point = [1.0] + [Double](repeating: 0, count: 9)
    let models = try [1, 1, 2].map {
      try CompressorCase.subspace(projection, around: inner, seed: $0)
    }
    let weights = try models.map { try $0.innerParameters(at: point) }
    #expect(weights[0] == weights[1] && weights[0] != weights[2])
  }

  @Test("More numbers than weights are refused, as many are not")
  func tooMany() throws {
    let count = try CompressorCase.perceptron().modelDescription.parameterCount
    _ = try CompressorCase.subspace(numbers: count)
    let error = #expect(throws: ComponentError.self) {
      try CompressorCase.subspace(numbers: count + 1)
    }
    #expect(error?.kind == .parameter)
    #expect(error?.message.contains("numbers = \(count + 1)") == true)
  }

  @Test("Models of integers and of bounded parameters are refused")
  func refusals() throws {
    let integer = try IntegerMLP(
      request: request(for: IntegerMLP.descriptor), mapping: CompressorCase.mapping)
    let direct = try Direct(
      request: request(for: Direct.descriptor),
      mapping: Mapping(
        task: .scenario, input: Shape([1]), output: Shape([12]),
        outputLower: [Double](repeating: 0, count: 12),
        outputUpper: [Double](repeating: 1, count: 12)))
    for (inner, words) in [(integer as any Model, "not real"), (direct, "bounds")] {
      let error = #expect(throws: ComponentError.self) {
        try CompressorCase.subspace(around: inner)
      }
      #expect(error?.kind == .parameter)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
