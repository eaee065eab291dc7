internal import Foundation
internal import QHostInterfaces

/// A trained network that chooses schemes: an `mlp` of this dataset, from the file that a run writes.
struct Student: LinkChooser {
  /// z = W h + b.
  private struct Layer {
    var weights: [Float]
    var biases: [Float]
  }

  private let shift: [Float]
  private let factor: [Float]
  private let layers: [Layer]
  private let isRectified: Bool

  /// Takes a file's layers.
  ///
  /// - Throws: what is wrong with them.
  init(_ file: StudentFile) throws(StudentFile.Flaw) {
    let (count, schemes) = (Teacher.inputCount, Teacher.schemeCount)
    guard [0, count].contains(file.shift.count), file.factor.count == file.shift.count else {
      throw StudentFile.Flaw(words: "its inputs are not the \(count) of this dataset")
    }
    guard ["tanh", "relu"].contains(file.activation) else {
      throw StudentFile.Flaw(words: "its activation is \(file.activation), not tanh or relu")
    }
    isRectified = file.activation == "relu"
    let isScaled = !file.shift.isEmpty
    shift = isScaled ? file.shift.map(Float.init) : Array(repeating: 0, count: count)
    factor = isScaled ? file.factor.map(Float.init) : Array(repeating: 1, count: count)
    var layers: [Layer] = []
    var width = count
    while let biases = file.tensors["layers.\(layers.count).bias"] {
      guard let weights = file.tensors["layers.\(layers.count).weight"],
        weights.count == biases.count * width
      else {
        throw StudentFile.Flaw(words: "the weights of layer \(layers.count) do not fit")
      }
      layers.append(Layer(weights: weights.map(Float.init), biases: biases.map(Float.init)))
      width = biases.count
    }
    guard !layers.isEmpty, width == schemes else {
      throw StudentFile.Flaw(words: "it has \(width) outputs, not \(schemes)")
    }
    self.layers = layers
  }

  func choose(_ inputs: UnsafeBufferPointer<Float>, into schemes: inout [Int32]) {
    let width = Teacher.inputCount
    for row in 0..<(inputs.count / width) {
      var values = (0..<width).map { (inputs[row * width + $0] - shift[$0]) * factor[$0] }
      for (index, layer) in layers.enumerated() {
        let count = values.count
        values = layer.biases.indices.map { unit in
          var sum = layer.biases[unit]
          for i in 0..<count { sum += layer.weights[unit * count + i] * values[i] }
          guard index + 1 < layers.count else { return sum }
          return isRectified ? max(sum, 0) : tanh(sum)
        }
      }
      schemes[row] = Int32(values.indices.max { values[$0] < values[$1] } ?? 0)
    }
  }
}
