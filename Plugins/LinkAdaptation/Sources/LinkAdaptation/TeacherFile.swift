internal import Foundation
internal import QHostInterfaces

/// A teacher that was trained, in a file of the user's cache: its weights in single precision, and nothing else.
struct TeacherFile {
  let path: String

  /// The file of a training, whether or not it is there.
  init(_ training: TeacherTraining) {
    path =
      StateFile.folder
      + "/teacher-v\(StateFile.version)-seed\(training.seed)-\(training.stepCount).weights"
  }

  /// The teacher; `nil`: there is no file.
  ///
  /// - Throws: an error of kind `data` that names the file when it is not of a teacher's size, or has what is not a number.
  func read() throws(ComponentError) -> Teacher? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let weights = data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 4)).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
    }
    guard data.count == 4 * Teacher.weightCount, weights.allSatisfy(\.isFinite) else {
      throw .data("\(path) is not a teacher's weights; delete it, and it is retrained")
    }
    return Teacher(weights: weights)
  }

  /// Writes a teacher, in one step.
  ///
  /// - Throws: an error of kind `data` when the file cannot be written.
  func write(_ teacher: Teacher) throws(ComponentError) {
    let data = teacher.weights.withUnsafeBytes { Data($0) }
    do {
      try FileManager.default.createDirectory(
        atPath: StateFile.folder, withIntermediateDirectories: true)
      try data.write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw .data("\(path) cannot be written (\(error.localizedDescription)); set XDG_CACHE_HOME")
    }
  }
}
