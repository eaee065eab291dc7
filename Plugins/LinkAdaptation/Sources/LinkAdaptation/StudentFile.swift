internal import Foundation
internal import QHostInterfaces

/// What a trained model's file has that a network needs: tensors in double precision, scaling and activation.
struct StudentFile {
  /// What is wrong with a file.
  struct Flaw: Error {
    let words: String
  }

  private(set) var tensors: [String: [Double]] = [:]
  let shift: [Double]
  let factor: [Double]
  /// `mlp` or `mcs-teacher`.
  let model: String
  let activation: String

  private struct Entry: Decodable {
    let dtype: String
    let data_offsets: [Int]
  }

  private struct Model: Decodable {
    struct Preprocessing: Decodable {
      let shift: [Double]
      let factor: [Double]
    }
    struct Settings: Decodable {
      let values: [String: String]
    }
    struct Specification: Decodable {
      let model: String
      let settings: Settings?
    }
    let preprocessing: Preprocessing
    let specification: Specification
  }

  /// Reads a file.
  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(filePath: path))
    guard data.count > 8 else { throw Flaw(words: "it has \(data.count) bytes") }
    let length = data.withUnsafeBytes {
      UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    }
    guard length < UInt64(data.count - 8) else { throw Flaw(words: "it is not a safetensors file") }
    let start = 8 + Int(length)
    let header = data.subdata(in: 8..<start)
    guard let object = try JSONSerialization.jsonObject(with: header) as? [String: Any],
      let metadata = object["__metadata__"] as? [String: String],
      let text = metadata["qhost.model"]
    else { throw Flaw(words: "it is not a trained model of qhost") }
    let model = try JSONDecoder().decode(Model.self, from: Data(text.utf8))
    self.model = model.specification.model
    guard ["mlp", TeacherModel.descriptor.name].contains(self.model) else {
      throw Flaw(words: "it is a \(self.model)")
    }
    shift = model.preprocessing.shift
    factor = model.preprocessing.factor
    activation = model.specification.settings?.values["model.activation"] ?? "tanh"
    for (name, value) in object where name != "__metadata__" {
      let entry = try JSONDecoder().decode(
        Entry.self, from: JSONSerialization.data(withJSONObject: value))
      guard entry.dtype == "F64", entry.data_offsets.count == 2, entry.data_offsets[0] >= 0,
        entry.data_offsets[1] >= entry.data_offsets[0], start + entry.data_offsets[1] <= data.count
      else { throw Flaw(words: "the tensor \(name) is not there") }
      let count = (entry.data_offsets[1] - entry.data_offsets[0]) / 8
      tensors[name] = data.withUnsafeBytes { bytes in
        (0..<count).map {
          bytes.loadUnaligned(
            fromByteOffset: start + entry.data_offsets[0] + 8 * $0, as: Double.self)
        }
      }
    }
  }
}
