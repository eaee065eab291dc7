import ArgumentParser
import Glibc
import QHostComparing
import QHostRuntime
import Synchronization

extension CompareJob {
  private static let askedSeconds = 10.0

  /// Has every open cell done by an engine, and follows it.
  ///
  /// - Throws: the exit code when the user cancels the jobs.
  func perform(
    _ comparison: Comparison, on engine: any Engine, _ grid: Grid, _ survey: Survey,
    _ crew: WorkerCrew
  ) throws {
    let run = CampaignRun(
      try campaign(comparison, engine, grid, survey, crew), comparison, engine, folder: folder.path,
      silenceSeconds: engineOptions?.silenceTime ?? CampaignRun.silenceSeconds,
      note: { work.note("note: \($0)") })
    LeavingSignals.begin()
    let progress = CompareProgress(isQuiet: work.host.quiet)
    let parent = getppid()
    let ending = try run.follow(
      // Without the program that started the ranks there is nobody to continue with.
      isLeaving: { LeavingSignals.count > 0 || (!engine.outlivesCommand && getppid() != parent) },
      show: { progress.show($0, isStopping: false) })
    progress.finish()
    guard ending == .left else {
      (engine as? MPIEngine)?.finish()
      noteEvenness(run)
      return
    }
    if let engine = engine as? MPIEngine {
      // There is less than a second left: no table, and no page.
      engine.sayLast(
        "a rank is lost, or somebody interrupted all of them; the journal is kept, resume with: mpirun -n "
          + "\(engine.workerCount + 1) qhost compare --resume --output '\(folder.path)' --on mpi")
      throw ExitCode(RunError.Kind.resumable.rawValue)
    }
    Terminal.line(
      "the jobs of \(engine.name) (\(run.campaign.jobs.joined(separator: ", "))) continue; Ctrl-C again within "
        + "\(Int(Self.askedSeconds)) s cancels them")
    let asked = Clock.nanoseconds()
    while Double(Clock.nanoseconds() - asked) * 1e-9 < Self.askedSeconds {
      if LeavingSignals.count > 1 {
        engine.cancel(run.campaign)
        Terminal.line("cancelled")
        throw ExitCode(RunError.Kind.interrupted.rawValue)
      }
      usleep(50_000)
    }
  }

  private func noteEvenness(_ run: CampaignRun) {
    guard let packing = run.packing else { return }
    work.note(
      "\(packing.count) elements took \(Numbers.duration(packing.meanSeconds)) on average, the longest "
        + "\(Numbers.short(packing.ratio, 3)) times that")
  }

  /// The campaign that the folder has, while somebody does it; else a new one of the open cells.
  private func campaign(
    _ comparison: Comparison, _ engine: any Engine, _ grid: Grid, _ survey: Survey,
    _ crew: WorkerCrew
  ) throws(RunError) -> Campaign {
    if var known = try Campaign.read(in: folder.path) {
      if known.jobs.isEmpty, let job = engine.job(of: known) { known.jobs = [job] }
      if engine.states(of: known)?.values.contains(where: \.isAlive) ?? false {
        work.note(
          "note: the jobs of an earlier command (\(known.jobs.joined(separator: ", "))) are followed"
        )
        return known
      }
      try CampaignRun(known, comparison, engine, folder: folder.path, note: { _ in }).takeResults()
      try moveAside()
    }
    let open = comparison.openCells
    let estimate = try Estimate(
      grid, survey: survey, cells: open, crew: crew, jobs: work.jobCount, folder: folder.path,
      setupSeconds: 0)
    let cells = open.map {
      (number: $0, seconds: estimate.seconds(of: grid.combinationIndex(of: $0)) ?? 0)
    }
    let elements = CellPacking.elements(
      cells, width: engine.width,
      leastSeconds: engineOptions?.leastSeconds(on: engine, ofAll: estimate.workSeconds)
        ?? CellPacking.leastSeconds)
    work.note(
      "\(Numbers.counted(open.count, "cell")) in \(Numbers.counted(elements.count, "element")) of about "
        + "\(Numbers.duration(estimate.workSeconds / Double(max(elements.count * engine.width, 1))))"
    )
    let campaign = Campaign(engine: engine.name, elements: elements)
    try campaign.write(in: folder.path)
    return campaign
  }

  /// What an earlier campaign wrote is kept beside that of the new one.
  private func moveAside() throws(RunError) {
    let elements = "\(folder.path)/elements"
    guard FileAccess.exists(elements) else { return }
    var number = 1
    while FileAccess.exists("\(elements).previous-\(number)") { number += 1 }
    try FileAccess.move(elements, to: "\(elements).previous-\(number)")
  }
}

/// Counts what asks a command to leave, in place of ending it.
private enum LeavingSignals {
  /// `timeout` and some shells send a signal to a process and to its group: two that come together are one.
  private static let span: UInt64 = 250_000_000
  private static let counted = Atomic<Int>(0)
  private static let last = Atomic<UInt64>(0)

  static var count: Int { counted.load(ordering: .relaxed) }

  static func begin() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in
        let now = Clock.nanoseconds()
        let before = LeavingSignals.last.exchange(now, ordering: .relaxed)
        if now - before > LeavingSignals.span { LeavingSignals.counted.add(1, ordering: .relaxed) }
      }
    }
    ProcessGuard.keepHandlers()
  }
}
