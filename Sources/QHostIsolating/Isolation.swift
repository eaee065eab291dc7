public import QHostBridging
public import QHostInterfaces
public import QHostRuntime

/// Components in processes of their own.
public final class Isolation: ComponentIsolating, @unchecked Sendable {
  private let policy: IsolationPolicy
  private let start: IsolatedProcess.Start
  /// Guards what follows.
  private let turns = Turns()
  /// Processes that have a library loaded, and no instance.
  private var idle: [String: [IsolatedProcess]] = [:]
  private var descriptions: [String: ForeignComponent] = [:]
  private var didFail = false
  /// Plugins' files that the user has been told of.
  private var noted: Set<String> = []
  private let tell: @Sendable (String) -> Void

  /// Isolates what a policy says.
  ///
  /// - Parameters:
  ///   - policy: which components.
  ///   - program: this program.
  ///   - common: what the components of a run have in common.
  ///   - isVerbose: whether messages for authors of plugins are shown.
  ///   - limits: what each process may use.
  ///   - tell: tells the user, once for each plugin, that it is isolated though nobody has asked for it.
  public init(
    _ policy: IsolationPolicy, program: String, common: RunServices.Common, isVerbose: Bool,
    limits: IsolationLimits, tell: @escaping @Sendable (String) -> Void
  ) {
    self.policy = policy
    self.tell = tell
    start = IsolatedProcess.Start(
      program: program, threads: common.pool.threadCount, isVerbose: isVerbose, limits: limits,
      cancellation: common.cancellation)
  }

  /// Whether a component works in a process of its own.
  public func isolates(_ listing: PluginCatalogue.Listing) -> Bool { policy.isolates(listing) }

  /// Whether a process has failed.
  public var hasFailed: Bool { turns.took { didFail } }

  /// What a component says of itself, without its library in this process.
  public func component(
    _ listing: PluginCatalogue.Listing
  ) throws(RunError) -> ForeignComponent {
    let key = "\(listing.path)\n\(listing.kind)\n\(listing.name)"
    if let known = turns.took({ descriptions[key] }) { return known }
    if turns.took({ noted.insert(listing.path).inserted }), let note = policy.note(on: listing) {
      tell(note)
    }
    let culprit = "\(listing.kind) '\(listing.name)'"
    do throws(ComponentError) {
      let process = try take(listing.path)
      defer { give(process, listing.path) }
      let description = try process.call(.describe, culprit) { message in
        message.write(listing.path)
        message.write(listing.kind.rawValue)
        message.write(listing.name)
      } read: { (message) throws(ComponentError) in
        try DistantDescription(from: &message)
      }
      let component = ForeignComponent(elsewhere: description)
      turns.took { descriptions[key] = component }
      return component
    } catch {
      throw RunError(error)
    }
  }

  /// Makes an optimizer, with what it depends on.
  public func optimizer(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ problem: Problem
  ) throws(ComponentError) -> any Optimizer {
    try IsolatedOptimizer(plan, common, problem, in: self)
  }

  /// Makes a dataset.
  public func dataset(
    _ plan: ComponentPlan, _ common: RunServices.Common
  ) throws(ComponentError) -> any DistantDataset {
    try IsolatedDataset(plan, common, in: self)
  }

  /// Makes a model, with those that it is made around.
  public func model(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ surroundings: ModelSurroundings
  ) throws(ComponentError) -> any Model {
    try IsolatedModel(plan, common, surroundings, in: self)
  }

  /// Makes a target.
  public func target(
    _ plan: ComponentPlan, _ common: RunServices.Common, _ configuration: Configuration
  ) throws(ComponentError) -> any Target {
    try IsolatedTarget(plan, common, configuration, in: self)
  }

  /// A process for a library: one without an instance, or a new one.
  func take(_ path: String) throws(ComponentError) -> IsolatedProcess {
    if let process = turns.took({ idle[path]?.popLast() }) { return process }
    return try IsolatedProcess(start)
  }

  /// Gives back a process that has no instance any more.
  func give(_ process: IsolatedProcess, _ path: String) {
    turns.took {
      if process.isAlive { idle[path, default: []].append(process) } else { didFail = true }
    }
  }

  /// Notes that a process has failed, if it has.
  func note(_ process: IsolatedProcess) {
    guard !process.isAlive else { return }
    turns.took { didFail = true }
  }
}
