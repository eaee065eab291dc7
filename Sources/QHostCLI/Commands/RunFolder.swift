import Glibc
import QHostRuntime

/// The folder that a run writes its checkpoint and model to.
struct RunFolder {
  let path: String
  private let isNamed: Bool

  /// The folder that the user named.
  ///
  /// - Throws: kind `usage` where it holds another run.
  init(named: String) throws(RunError) {
    isNamed = true
    path = FileAccess.absolute(named)
    let names = [TrainingRun.checkpointName, OnlineRun.checkpointName]
    if let name = names.first(where: { FileAccess.exists(named + "/" + $0) }) {
      throw RunError(
        .usage,
        "'\(named)' already holds \(name); name another folder, or continue with --resume "
          + "'\(named)'")
    }
    if FileAccess.exists(path + "/" + TrainingRun.modelName) {
      throw RunError(
        .usage,
        "'\(named)' already holds \(TrainingRun.modelName), of a run that has ended; name another folder"
      )
    }
  }

  /// One in the user's state folder that goes with the run and its rows.
  ///
  /// It is used again: the same run gives the same result; only a checkpoint in it is moved aside first.
  init(for assembly: RunAssembly) {
    isNamed = false
    path = Self.ownFolders + "/" + assembly.folderName
  }

  /// The same for an online run.
  init(for assembly: OnlineAssembly) {
    isNamed = false
    path = Self.ownFolders + "/" + assembly.folderName
  }

  private static var ownFolders: String { UserFolder.state(Environment.variables) + "/runs" }

  /// Makes the folder, once it is certain that the run can begin.
  func make() throws(RunError) {
    try FileAccess.makeFolder(path)
    try lock()
    if !isNamed { try Self.moveAside(path) }
  }

  /// The folder of a run that was interrupted.
  init(existing path: String) {
    self.path = FileAccess.absolute(path)
    isNamed = true
  }

  /// The trained model that a path names: of a run's folder the model in it, else the path itself.
  static func model(in path: String) -> String {
    let inside = path + "/" + TrainingRun.modelName
    return FileAccess.exists(inside) ? inside : path
  }

  /// What the user can do when a plugin crashes or hangs before it is known which folder a run has.
  static var remedy: String { "use another plugin" }

  /// What the user can do when a plugin crashes or hangs.
  var remedy: String {
    "a checkpoint, if one was written, is in '\(path)': continue with --resume, or use another plugin"
  }

  /// Keeps other processes from running in the folder, until this one ends.
  ///
  /// - Throws: kind `usage` when one does.
  func lock() throws(RunError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    // Where a file system has no such locks, nothing is kept from anyone.
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    close(descriptor)
    throw RunError(
      .usage,
      "another qhost is running in '\(path)'; wait for it, or name another folder with --output")
  }

  private static func moveAside(_ path: String) throws(RunError) {
    let names = [TrainingRun.checkpointName, OnlineRun.checkpointName]
    guard let name = names.first(where: { FileAccess.exists(path + "/" + $0) }) else { return }
    let checkpoint = path + "/" + name
    var number = 1
    while FileAccess.exists("\(path).interrupted-\(number)") { number += 1 }
    let aside = "\(path).interrupted-\(number)"
    try FileAccess.makeFolder(aside)
    try FileAccess.move(checkpoint, to: aside + "/" + name)
    let predictions = path + "/predictions.csv"
    if name == OnlineRun.checkpointName, FileAccess.exists(predictions) {
      try FileAccess.move(predictions, to: aside + "/predictions.csv")
    }
    Terminal.line(
      "note: the checkpoint of an earlier run was moved; continue with it by --resume '\(aside)'")
  }
}
