import ArgumentParser
import QHostComparing
import QHostRuntime

extension EngineOptions {
  /// The engine for a folder; `nil`: this machine.
  ///
  /// - Parameters:
  ///   - folder: that of the comparison.
  ///   - work: how an element works.
  ///   - ranks: this process among others under `mpirun`; `nil`: there are none.
  /// - Returns: an engine that answers.
  /// - Throws: kind `data` when the template cannot be read, `resumable` when the engine does not answer.
  func engine(folder: String, work: WorkOptions, ranks: MessagePassing?) throws(RunError)
    -> (any Engine)?
  {
    guard let on else { return nil }
    if let ranks {
      return MPIEngine(
        ranks, folder: folder, width: work.jobs ?? 1, note: { work.note("note: \($0)") })
    }
    let processors = cpusPerTask ?? work.threadCount
    let width = max(1, processors / work.threadCount)
    let script = ElementScript(
      folder: folder, command: Self.command(folder: folder, work: work, width: width),
      variables: Environment.variables.filter {
        $0.key.hasPrefix("QHOST_") || $0.key.hasPrefix("XDG_")
      })
    let template = try template.map { (path) throws(RunError) in
      String(decoding: try FileAccess.read(path), as: UTF8.self)
    }
    let engine: any Engine
    switch on {
    case "hyperqueue":
      var options = HyperQueueEngine.Options()
      (options.time, options.memory, options.template) = (time, mem, template)
      options.processors = processors
      engine = HyperQueueEngine(options, script: script, width: width)
    default:
      var options = SlurmEngine.Options()
      (options.partition, options.account, options.time, options.memory, options.template) = (
        partition, account, time, mem, template
      )
      options.processors = processors
      engine = SlurmEngine(options, script: script, width: width)
    }
    try engine.check()
    return engine
  }

  /// What an element is to take at least, where the user does not say.
  ///
  /// - Parameters:
  ///   - engine: what does it.
  ///   - seconds: what all cells take, one after the other.
  /// - Returns: seconds.
  func leastSeconds(on engine: any Engine, ofAll seconds: Double) -> Double {
    if let elementTime { return elementTime }
    guard let engine = engine as? MPIEngine else { return CellPacking.leastSeconds }
    // A rank takes its next one as soon as it is free: many small ones end together.
    let share = seconds / Double(engine.workerCount * engine.width)
    return max(MPIEngine.leastSeconds, min(CellPacking.leastSeconds, share / 16))
  }

  /// What does an element elsewhere; its number is appended.
  private static func command(folder: String, work: WorkOptions, width: Int) -> [String] {
    var command = [
      Environment.executable, ElementCommand.configuration.commandName ?? "", folder,
      "--jobs", "\(width)", "--threads", "\(work.threadCount)", "--call-timeout",
      "\(work.callTimeout)",
    ]
    for name in work.isolation.isolate { command += ["--isolate", name] }
    if let megabytes = work.isolation.isolateMemory {
      command += ["--isolate-memory", "\(megabytes)"]
    }
    if work.host.noIsolate { command.append("--no-isolate") }
    if let list = work.host.trust.trustList {
      command += ["--trust-list", FileAccess.absolute(list)]
    }
    for plugins in work.host.plugins { command += ["--plugins", FileAccess.absolute(plugins)] }
    return command + ["--element"]
  }
}
