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

  /// Reads a file of safetensors.
  ///
  /// - Throws: an error of kind `data` that names the file and what is wrong with it.
  init(path: String) throws(ComponentError) {
    let problem: String
    do {
      let file = try StudentFile(path)
      let (count, schemes) = (Teacher.inputCount, Teacher.schemeCount)
      guard file.shift.count == count, file.factor.count == count else {
        throw StudentFile.Flaw(words: "its inputs are not the \(count) of this dataset")
      }
      guard file.activation == "tanh" else {
        throw StudentFile.Flaw(words: "its activation is \(file.activation), not tanh")
      }
      shift = file.shift.map(Float.init)
      factor = file.factor.map(Float.init)
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
      return
    } catch let flaw as StudentFile.Flaw {
      problem = flaw.words
    } catch {
      problem = error.localizedDescription
    }
    throw .data("\(path) cannot play: \(problem); name the model.safetensors of an mlp on mcs")
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
          return index + 1 < layers.count ? tanh(sum) : sum
        }
      }
      schemes[row] = Int32(values.indices.max { values[$0] < values[$1] } ?? 0)
    }
  }
}
