import ArgumentParser
import QHostBridging
import QHostInterfaces
import QHostIsolating
import QHostRuntime

/// Checks the installation.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check plugins, data, folders and processor; say what to fix."
  )

  @OptionGroup(title: "Host") var host: HostOptions

  func run() throws {
    let session = try Session(host)
    let findings =
      try Self.plugins(session.catalogue) + Self.optimizers(session) + Self.data(session)
      + Self.folders() + Self.isolation() + Self.processor()
    for finding in findings { print(finding.text) }
    if findings.contains(where: { $0.level == .bad }) {
      throw ExitCode(RunError.Kind.plugin.rawValue)
    }
  }

  private struct Finding {
    enum Level { case good, note, bad }
    var level: Level
    var message: String

    var text: String {
      switch level {
      case .good: Terminal.styled("ok    ", .green, toOutput: true) + message
      case .note: Terminal.styled("note  ", .yellow, toOutput: true) + message
      case .bad: Terminal.styled("BAD   ", .red, toOutput: true) + message
      }
    }
  }

  private static func plugins(_ catalogue: PluginCatalogue) -> [Finding] {
    var findings: [Finding] = []
    let count = catalogue.entries.count - catalogue.broken.count
    if count == 0 {
      findings.append(
        Finding(
          level: .bad,
          message: "no plugins in \(catalogue.folders.joined(separator: ", ")); build all products "
            + "('swift build' without --product), or set QHOST_PLUGIN_PATH"))
    } else {
      findings.append(
        Finding(
          level: .good, message: "\(count) plugins with \(catalogue.listings.count) components"))
    }
    for file in catalogue.broken {
      findings.append(Finding(level: .bad, message: "'\(file.path)': \(file.reason)"))
    }
    let names = Dictionary(grouping: catalogue.listings) { "\($0.kind) '\($0.name)'" }
    for (name, listings) in names.sorted(by: { $0.key < $1.key }) where listings.count > 1 {
      findings.append(
        Finding(
          level: .bad,
          message: "\(name) is in \(listings.map(\.path).joined(separator: " and ")); remove one"))
    }
    return findings
  }

  /// Optimizers that need what this machine lacks, as a library that is found at run time.
  private static func optimizers(_ session: Session) -> [Finding] {
    session.catalogue.listings.filter { $0.kind == .optimizer }.compactMap { listing in
      // One that needs a setting, or whose name is ambiguous, cannot be tried.
      guard
        let plan = try? ComponentPlan(
          .optimizer, named: listing.fullName, at: "optimizer", settings: Settings([]),
          catalogue: session.catalogue),
        let obstacle = plan.obstacle(session.common)
      else { return nil }
      return Finding(
        level: .note, message: "optimizer '\(listing.name)' cannot be used: \(obstacle)")
    }
  }

  private static func data(_ session: Session) throws -> [Finding] {
    try session.catalogue.listings.filter { $0.kind == .dataset }.compactMap { listing in
      let resources = try session.catalogue.component(listing).resources
      guard !resources.isEmpty else { return nil }
      let isHere = resources.allSatisfy { session.common.dataFolders.holds($0) }
      return isHere
        ? Finding(level: .good, message: "the files of dataset '\(listing.name)' are here")
        : Finding(
          level: .note,
          message: "the files of dataset '\(listing.name)' are absent; "
            + "'qhost data fetch \(listing.name)' fetches them, or set QHOST_DATA")
    }
  }

  private static func folders() -> [Finding] {
    [
      UserFolder.cache(Environment.variables), UserFolder.state(Environment.variables),
    ].map { folder in
      do throws(RunError) {
        try FileAccess.makeFolder(folder)
        try FileAccess.write([], to: folder + "/.doctor")
        try FileAccess.remove(folder + "/.doctor")
        return Finding(level: .good, message: "'\(folder)' can be written")
      } catch let error {
        return Finding(level: .bad, message: error.message)
      }
    }
  }

  /// What the system can keep an isolated plugin from.
  private static func isolation() -> [Finding] {
    Confinement.ofThisSystem.guards.map { one in
      one.isPresent
        ? Finding(
          level: .good,
          message: "\(one.name) is there: isolated plugins are kept from \(one.action)")
        : Finding(
          level: .note,
          message:
            "\(one.name) is absent: isolated plugins are not kept from \(one.action), for \(one.absence)"
        )
    }
  }

  private static func processor() -> [Finding] {
    let level =
      Processor.hasAVX512
      ? "AVX-512" : Processor.flags.contains("avx2") ? "AVX2" : "neither AVX2 nor AVX-512"
    var findings = [
      Finding(
        level: .good,
        message: "qhost \(HostTable.version), \(Processor.count) processors with \(level)")
    ]
    if let kernel = Environment.variables["OPENBLAS_CORETYPE"], Processor.hasAVX512 {
      findings.append(
        Finding(
          level: .note,
          message: "OPENBLAS_CORETYPE is set to \(kernel); without it qhost picks kernels with "
            + "AVX-512, which may be twice as fast"))
    }
    return findings
  }
}
