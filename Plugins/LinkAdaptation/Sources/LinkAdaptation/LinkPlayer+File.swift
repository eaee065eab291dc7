internal import Foundation
internal import QHostInterfaces

extension LinkPlayer {
  /// Reads a trained network, a file of safetensors.
  ///
  /// - Throws: an error of kind `data` that names the file and what is wrong with it.
  static func read(_ path: String) throws(ComponentError) -> LinkPlayer {
    let problem: String
    do {
      let file = try StudentFile(path)
      return file.model == TeacherModel.descriptor.name
        ? .network(try Teacher(file)) : .student(try Student(file))
    } catch let flaw as StudentFile.Flaw {
      problem = flaw.words
    } catch {
      problem = error.localizedDescription
    }
    throw .data(
      "\(path) cannot play: \(problem); name the model.safetensors of an mlp or of \(TeacherModel.descriptor.name) on mcs, or what "
        + "export-weights makes of a model around one")
  }
}

extension Teacher {
  /// The weights of a trained `mcs-teacher`.
  ///
  /// - Throws: what is wrong with them.
  init(_ file: StudentFile) throws(StudentFile.Flaw) {
    guard file.shift.allSatisfy({ $0 == 0 }), file.factor.allSatisfy({ $0 == 1 }) else {
      throw StudentFile.Flaw(words: "its inputs are scaled")
    }
    var weights: [Float] = []
    for layer in 0..<TeacherModel.widths.count - 1 {
      for name in ["weight", "bias"] {
        weights += (file.tensors["layers.\(layer).\(name)"] ?? []).map { Float($0) }
      }
    }
    guard weights.count == Self.weightCount, weights.allSatisfy(\.isFinite) else {
      throw StudentFile.Flaw(words: "its weights are not the teacher's \(Self.weightCount)")
    }
    self.init(weights: weights)
  }
}
