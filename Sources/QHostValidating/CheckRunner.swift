internal import Foundation
public import QHostInterfaces
public import QHostRuntime

/// Tries all checks on a plugin, each in a process of its own with a time limit.
public struct CheckRunner: Sendable {
  /// The word that makes the executable try one check: see ``runInChild(_:findLibrary:)``.
  public static let command = "__check"

  private let executable: String
  private let path: String
  private let settings: [String]
  private let seed: UInt64
  private let timeoutSeconds: Double

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - executable: the `qhost` program.
  ///   - path: the plugin's file.
  ///   - settings: `KIND.KEY=VALUE`, for components that have no defaults.
  ///   - seed: of the random numbers that checks use.
  ///   - timeoutSeconds: how long a check may take.
  public init(
    executable: String, path: String, settings: [String] = [], seed: UInt64 = 1,
    timeoutSeconds: Double = 20
  ) {
    self.executable = executable
    self.path = path
    self.settings = settings
    self.seed = seed
    self.timeoutSeconds = timeoutSeconds
  }

  /// A check, and what it is tried on.
  public struct Trial: Sendable {
    /// The check.
    public let check: Check
    /// `KIND/NAME`; empty: the plugin.
    public let component: String
  }

  /// What there is to try on a plugin that a scan found.
  ///
  /// - Parameters:
  ///   - plugin: what the scan says; `nil`: the file cannot be loaded.
  ///   - levels: which checks.
  ///   - only: their names; empty: all.
  /// - Returns: in order of the levels.
  public static func trials(
    _ plugin: PluginSummary?, levels: Set<Check.Level> = Set(Check.Level.allCases),
    only: Set<String> = []
  ) -> [Trial] {
    var trials: [Trial] = []
    for check in CheckCatalogue.all
    where levels.contains(check.level) && (only.isEmpty || only.contains(check.id)) {
      switch check.scope {
      case .plugin: trials.append(Trial(check: check, component: ""))
      case .component(let kind):
        for component in plugin?.components ?? []
        where kind == nil || kind?.rawValue == component.kind {
          trials.append(
            Trial(check: check, component: "\(component.kind)/\(component.name)"))
        }
      }
    }
    return trials
  }

  /// Tries one check.
  ///
  /// - Throws: when no child process can be started.
  public func run(_ trial: Trial) throws(RunError) -> CheckOutcome {
    let begin = Clock.nanoseconds()
    let child = try ChildProcess(
      running: executable,
      [Self.command, path, trial.check.id, trial.component, "\(seed)"] + settings,
      timeoutSeconds: timeoutSeconds, mergesError: true)
    let parts = trial.component.split(separator: "/", maxSplits: 1)
    var outcome = CheckOutcome(
      check: trial.check.id, level: trial.check.level,
      component: parts.count == 2 ? "\(parts[0]) '\(parts[1])'" : "", state: .failed, message: "",
      seconds: Double(Clock.nanoseconds() - begin) * 1e-9)
    let verdict = Self.verdict(of: child.output)
    switch child.ending {
    case .timedOut:
      outcome.message =
        "it did not end within \(Int(timeoutSeconds)) s; where instances take long to make, make them smaller "
        + "with --set KIND.KEY=VALUE"
    case .exited(0) where verdict != nil:
      outcome.state = verdict?.state ?? .failed
      outcome.message = verdict?.message ?? ""
    case .exited(let code):
      let lines = String(decoding: child.output, as: UTF8.self).split(separator: "\n")
      let last = lines.last.map { ": \($0.replacing("error: ", with: ""))" } ?? ""
      outcome.message = "it ended the process with exit code \(code)\(last)"
    case .signalled(let signal): outcome.message = "it ended the process by signal \(signal)"
    }
    return outcome
  }

  private static let mark = "qhost-check: "

  /// What the last line of a child's output says; `nil`: nothing.
  static func verdict(of output: [UInt8]) -> (state: CheckOutcome.State, message: String)? {
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    guard let line = lines.last(where: { $0.hasPrefix(mark) })?.dropFirst(mark.count) else {
      return nil
    }
    let words = line.split(separator: " ", maxSplits: 1)
    return (
      words.first.flatMap { .init(rawValue: String($0)) } ?? .failed,
      words.count > 1 ? String(words[1]) : ""
    )
  }

  /// What the child does: tries the check that its arguments name, and writes the verdict as its last line.
  ///
  /// - Parameters:
  ///   - arguments: file, check, component, seed, settings.
  ///   - findLibrary: finds the plugin that a dependency is in.
  /// - Returns: the verdict.
  public static func runInChild(
    _ arguments: [String], findLibrary: @escaping (ComponentKind, String) throws -> PluginLibrary
  ) -> String {
    func line(_ state: CheckOutcome.State, _ message: String) -> String {
      "\n\(mark)\(state.rawValue) \(message.replacing("\n", with: " "))"
    }
    guard arguments.count >= 4, let seed = UInt64(arguments[3]) else {
      return line(.failed, "the arguments of a check are wrong")
    }
    let check = CheckCatalogue.all.first { $0.id == arguments[1] }
    let subject = CheckSubject(
      path: arguments[0], component: arguments[2], settings: Array(arguments.dropFirst(4)),
      seed: seed, findLibrary: findLibrary)
    do {
      guard let check else {
        guard arguments[1] == Fingerprint.word else {
          return line(.failed, "there is no check '\(arguments[1])'")
        }
        return line(.passed, try Fingerprint.of(subject))
      }
      if let needs = check.needs { try subject.expect(needs) }
      try check.body(subject)
      return line(.passed, "")
    } catch let failure as CheckFailure {
      return line(.failed, failure.message)
    } catch let skip as CheckSkip {
      return line(.skipped, skip.reason)
    } catch {
      return line(.failed, "\(error)")
    }
  }
}
