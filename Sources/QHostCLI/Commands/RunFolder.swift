import Glibc
import QHostRuntime

/// The folder that a run writes its checkpoint and model to.
struct RunFolder {
  let path: String
  private let isNamed: Bool

  /// The folder that the user named, or one in the user's state folder that goes with the run.
  ///
  /// A named folder that holds another run is refused. An own folder is used again: the same run gives
  /// the same result; only a checkpoint in it is moved aside first.
  init(_ named: String?, for specification: RunSpecification) throws(RunError) {
    isNamed = named != nil
    if let named {
      path = FileAccess.absolute(named)
      for (name, remedy) in [
        (TrainingRun.checkpointName, ", or go on with --resume '\(named)'"),
        (TrainingRun.modelName, ""),
      ] where FileAccess.exists(path + "/" + name) {
        throw RunError(.usage, "'\(named)' already holds \(name); name another folder\(remedy)")
      }
      return
    }
    path = UserFolder.state(Environment.variables) + "/runs/" + specification.folderName
  }

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

  /// What the user can do when a plugin crashes or hangs.
  var remedy: String {
    "a checkpoint, if one was written, is in '\(path)': go on with --resume, or use another plugin"
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
    let checkpoint = path + "/" + TrainingRun.checkpointName
    guard FileAccess.exists(checkpoint) else { return }
    var number = 1
    while FileAccess.exists("\(path).interrupted-\(number)") { number += 1 }
    let aside = "\(path).interrupted-\(number)"
    try FileAccess.makeFolder(aside)
    try FileAccess.move(checkpoint, to: aside + "/" + TrainingRun.checkpointName)
    Terminal.line(
      "note: the checkpoint of an earlier run was moved; go on with it by --resume '\(aside)'")
  }
}
