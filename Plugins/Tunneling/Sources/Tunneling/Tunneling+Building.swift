import QHostInterfaces
import QHostNumerics

extension Tunneling {
  /// What users can set.
  static let parameters =
    Builder.parameters + PacketDynamics.parameters + cutParameters + SharedSettings.parameters
    + Polish.parameters

  /// Up to this many parameters a sweep of cuts costs less than a round of shared samples tells.
  private static let fewParameters = 32

  /// The builder that a run starts with.
  ///
  /// `auto` takes shared samples for boxes of many parameters without fast cuts. Unbounded ones, as of
  /// networks, have no widest packet to start from, and stay with cuts.
  ///
  /// - Throws: when the problem does not allow what was asked for.
  static func firstBuilder(
    _ asked: Builder, _ problem: Problem
  ) throws(ComponentError) -> Builder {
    let refusal = refusal(problem)
    switch asked {
    case .cut: return .cut
    case .auto:
      guard !problem.hasFastCuts, problem.dimension > fewParameters, refusal == nil,
        !problem.hasMinibatches, SearchBox(problem).isBounded
      else { return .cut }
      return .shared
    case .shared, .subspace:
      if let refusal {
        throw .parameter("builder \(asked.rawValue) \(refusal); set builder to cut or auto")
      }
      if asked == .subspace, problem.hasMinibatches {
        throw .parameter(
          "builder subspace compares losses of different points, which minibatches do not allow; "
            + "set builder to shared, or the batch size to 0")
      }
      return asked
    }
  }

  /// Why samples of all parameters at once cannot be.
  private static func refusal(_ problem: Problem) -> String? {
    if !problem.queries.contains(.points) {
      return "needs point queries, which this objective does not support"
    }
    if let index = problem.kinds.firstIndex(where: { $0 != .real }) {
      return "is for real parameters, and parameter \(index) is \(problem.kinds[index])"
    }
    if !zip(problem.lower, problem.upper).contains(where: { $0 < $1 }) {
      return "finds no parameter that can move"
    }
    return nil
  }

  /// Whether cuts may give way to learned directions when they stall.
  static func watchesStalls(_ settings: TunnelingSettings, _ problem: Problem) -> Bool {
    settings.builder == .auto && refusal(problem) == nil && !problem.hasMinibatches
      && problem.dimension > 1
  }

  /// Gives way to learned directions when the cycle of cuts that has just ended brought nothing.
  func watchForStall(_ loss: Double) {
    guard watchesStalls, cutsScan, stall.note(loss, sweep: order.sweepCount) else { return }
    search = makeSearch(learnsDirections: true)
    search?.progressAtWidth = progress
  }

  /// Takes the losses at points: a search's, or a local descent's.
  func tellPoints(_ answer: Answer) throws(ComponentError) {
    progress = max(progress, answer.progress)
    guard polish.isActive else {
      polish.note(answer.losses)
      try search?.tell(answer.losses, progress: progress)
      return
    }
    guard try polish.tell(answer.losses, progress: progress) else { return }
    base.replace(with: polish.best)
    best.notePlacement()
    knownLoss = nil
    best.take(base.point, polish.bestLoss)
  }

  /// A search by shared samples.
  func makeSearch(learnsDirections: Bool) -> SharedSearch {
    SharedSearch(
      problem, settings: settings.shared, solver: solver, host: host,
      learnsDirections: learnsDirections)
  }
}
