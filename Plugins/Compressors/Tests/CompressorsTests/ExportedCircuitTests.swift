import Compressors
import Foundation
import QHostInterfaces
import QHostTesting
import Testing

/// What was exported, and the weights that Qiskit made of it, as `Fixtures/exported.py` recorded them.
private struct RecordedExport: Decodable {
  struct Document: Decodable, Equatable {
    struct Recipe: Decodable, Equatable {
      var mapping: String
      var outcomes: [[Int]]
      var signs: [Int]?
      var tensors: [Int]?
    }
    var qubits: Int
    var angles: [String: Double]
    var gains: [Double]
    var recipe: Recipe
    var places: [Int]
  }
  /// Of the model, as users write them.
  var settings: [String: Setting]
  var qasm: String
  var document: Document
  /// Inner parameters.
  var weights: [Double]

  /// A number or a name.
  enum Setting: Decodable {
    case number(Int)
    case name(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .name(try container.decode(String.self))
      }
    }

    var value: ParameterValue {
      switch self {
      case .number(let number): .integer(number)
      case .name(let name): .choice(name, index: 0)
      }
    }
  }

  static func read() throws -> [Self] {
    try JSONDecoder().decode([Self].self, from: RecordedFile.data("exported.json"))
  }

  /// Angles in the order of their names, then gains.
  var parameters: [Double] {
    document.angles.sorted { $0.key < $1.key }.map(\.value) + document.gains
  }

  func model() throws -> QNN {
    var values = settings.mapValues(\.value)
    values["precision"] = .choice("f64", index: 1)
    let inner = try CompressorCase.perceptron(hidden: 3)
    return try QNN(
      request: CompressorCase.request(for: QNN.descriptor, values, around: inner),
      mapping: CompressorCase.mapping)
  }
}

@Suite("Circuits for other programs")
struct ExportedCircuitTests {
  @Test("The text that Qiskit read is written, and names in their order are angles in theirs")
  func text() throws {
    let exports = try RecordedExport.read()
    #expect(exports.count == 6)
    for export in exports {
      let documents = try export.model().documents(parameters: export.parameters)
      #expect(documents.map(\.name) == ["circuit.qasm", "weights.json"])
      for document in documents { #expect(document.flaw(byteLimit: 1 << 28) == nil) }
      #expect(documents[0].text == export.qasm)
      let written = try JSONDecoder().decode(
        RecordedExport.Document.self, from: Data(documents[1].text.utf8))
      #expect(written.angles == export.document.angles && export.document.angles.count > 10)
      #expect(written.gains == export.document.gains)
      #expect(written.places == export.document.places)
      // The seed picks which weights of `paper` are means, and tests have another stream for it.
      if export.document.recipe.mapping != "paper" {
        #expect(written.recipe == export.document.recipe)
      }
    }
  }

  @Test("Weights are those that Qiskit's probabilities make")
  func weights() throws {
    for export in try RecordedExport.read() {
      let model = try export.model()
      let weights = try model.innerParameters(at: export.parameters)
      guard export.document.recipe.mapping == "paper" else {
        #expect(zip(weights, export.weights).allSatisfy { abs($0 - $1) < 1e-12 })
        continue
      }
      // Which outcomes are averaged is in the document; the means of both are the same probabilities.
      let p = try probabilities(export)
      let gamma = export.document.gains[0]
      let scale = Double(1 << export.document.qubits) / 2
      for (index, outcomes) in export.document.recipe.outcomes.enumerated() {
        let mean = outcomes.map { p[$0] }.reduce(0, +) / Double(outcomes.count)
        let sign = Double(try #require(export.document.recipe.signs)[index])
        let weight = gamma * tanh(sign * gamma * scale * mean)
        #expect(abs(weight - export.weights[export.document.places[index]]) < 1e-12)
      }
    }
  }

  private func probabilities(_ export: RecordedExport) throws -> [Double] {
    guard case .number(let reps)? = export.settings["reps"],
      case .name(let entangler)? = export.settings["entangler"]
    else { throw CancellationError() }
    let ansatz = Ansatz(
      qubitCount: export.document.qubits, repetitions: reps,
      entangler: try #require(Entangler(rawValue: entangler)))
    var p = [Double](repeating: 0, count: 1 << ansatz.qubitCount)
    export.parameters[..<ansatz.angleCount].withUnsafeBufferPointer { angles in
      p.withUnsafeMutableBufferPointer {
        CircuitEngine<Double>(ansatz).probabilities(angles: angles, into: $0)
      }
    }
    return p
  }

  @Test("Names of angles are as long as the last one's")
  func names() {
    #expect(OpenQASM(Ansatz(qubitCount: 1, repetitions: 4)).inputs.last == "angle_9")
    let inputs = OpenQASM(Ansatz(qubitCount: 13, repetitions: 26)).inputs
    #expect(inputs.count == 702 && inputs[3] == "angle_003" && inputs == inputs.sorted())
  }
}
