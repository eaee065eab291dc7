import ArgumentParser
import QHostComparing
import QHostRuntime

/// The processes that do the cells of a comparison.
struct WorkOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Worker processes (default: one for each processor).", valueName: "N"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Give up a cell when one call into a plugin takes longer.", valueName: "SECONDS"))
  var callTimeout: Double = 300

  @OptionGroup(title: "Isolation") var isolation: IsolationOptions

  @OptionGroup(title: "Host") var host: HostOptions

  /// The number of workers.
  var jobCount: Int { jobs ?? Processor.count }
  /// The threads of each.
  var threadCount: Int { host.threads ?? 1 }

  func validate() throws {
    for (name, value) in [("--jobs", jobCount), ("--threads", threadCount)]
    where !(1...1024).contains(value) {
      throw RunError(.usage, "\(name) cannot be \(value): it must be at least 1 and at most 1024")
    }
    guard callTimeout > 0, callTimeout.isFinite else {
      throw RunError(.usage, "--call-timeout cannot be \(callTimeout): it must be above 0")
    }
  }

  /// What works in processes of its own.
  private func choice(_ plan: ComparisonPlan) -> IsolationChoice {
    var choice = IsolationChoice(host, isolation, callTimeout: callTimeout)
    choice.names = plan.isolation.names(beside: choice.names)
    choice.memoryMegabytes = plan.isolation.memory(beside: choice.memoryMegabytes)
    return choice
  }

  /// The session of the process that hands out the work.
  ///
  /// - Parameter plan: what is to be done, which may add to isolation.
  /// - Returns: the session.
  /// - Throws: kind `usage` for options that nothing fits, and when plugins cannot be searched for.
  func session(for plan: ComparisonPlan) throws -> Session {
    var host = host
    host.threads = 1
    let session = try Session(host)
    try session.isolate(choice(plan))
    return session
  }

  /// The workers.
  ///
  /// - Parameter plan: what is to be done.
  /// - Returns: those that start with the first piece of work.
  func crew(for plan: ComparisonPlan) -> WorkerCrew {
    let choice = choice(plan)
    return WorkerCrew(
      jobs: jobCount, program: Environment.executable,
      settings: WorkerSettings(
        pluginFolders: host.plugins, threads: threadCount, callTimeout: callTimeout,
        isVerbose: host.verbose,
        isolation: WorkerSettings.Isolation(
          names: choice.names, memoryMegabytes: choice.memoryMegabytes,
          isolatesUntrusted: choice.isolatesUntrusted,
          trustList: FileAccess.absolute(choice.trustList))),
      note: note)
  }

  /// Shows a line to the user, unless told to be quiet.
  func note(_ text: String) {
    guard !host.quiet else { return }
    Terminal.write(CompareProgress.eraser)
    Terminal.line(text)
  }

  /// Warns when seconds will mean little.
  func warnOfLoad() {
    let warning = Terminal.styled("warning:", .yellow, .bold)
    let load = Machine.currentLoad()
    if load > Double(Processor.count) {
      note(
        "\(warning) the machine is busy (load \(Numbers.short(load, 3)) on \(Processor.count) "
          + "processors); seconds will mean little, counts are not affected")
    }
    if jobCount * threadCount > Processor.count {
      note(
        "\(warning) \(jobCount) jobs of \(threadCount) threads share \(Processor.count) processors; "
          + "seconds will mean little")
    }
  }
}
