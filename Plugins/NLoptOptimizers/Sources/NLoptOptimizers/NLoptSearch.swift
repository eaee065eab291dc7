import QHostCalling
import QHostInterfaces

/// One search: NLopt's loop over the host's objective.
struct NLoptSearch {
  private let library: NLoptLibrary
  private let name: String
  private let algorithm: NLoptAlgorithm
  private let settings: NLoptSettings
  private let initial: [Double]
  private let host: any HostServices

  /// Checks that a search can be made.
  ///
  /// - Throws: kind `parameter` when algorithm and problem do not fit, `plugin` without the library.
  init(
    _ name: String, _ algorithm: NLoptAlgorithm, request: ComponentRequest, problem: Problem
  ) throws(ComponentError) {
    settings = try NLoptSettings(
      request.configuration, algorithm: algorithm, problem: problem, name: name)
    library = try NLoptLibrary.required()
    self.name = name
    self.algorithm = algorithm
    initial = problem.initial
    host = request.host
  }

  /// Searches until NLopt ends, or the host says that the run is over.
  func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    let number = algorithm.constant.withCString { library.algorithmNumber(.constant($0)) }
    guard number.integer >= 0,
      let search = library.create(number, .uint32(UInt32(initial.count))).address
    else {
      throw ComponentError(
        "'\(name)' finds no algorithm \(algorithm.constant) in this NLopt; "
          + "install NLopt 2.7 or newer, built with it")
    }
    defer { library.destroy(.pointer(search)) }
    let function = NLoptObjective(objective, settings) {
      library.setForceStop(.pointer(search), .int32(1))
    }
    let closure: ForeignClosure
    do throws(CallError) {
      closure = try function.closure()
    } catch {
      throw ComponentError("'\(name)' cannot be called by NLopt: \(error)")
    }
    let result = optimize(search, closure)
    if let failure = closure.failure as? ComponentError { throw failure }
    let reason = try outcome(result, search, isStranded: closure.failure != nil)
    var query = Query()
    query.finish(reason)
    _ = try objective.evaluate(query)
  }

  /// Sets a search up and runs it; the first setting that NLopt refuses ends it.
  private func optimize(_ search: UnsafeMutableRawPointer, _ closure: ForeignClosure) -> Int {
    let search = CValue.pointer(search)
    // NLopt's generator belongs to the thread.
    var seed: UInt64 = 0
    withUnsafeMutablePointer(to: &seed) {
      host.fillBits(step: 0, index: 0, UnsafeMutableBufferPointer(start: $0, count: 1))
    }
    library.setSeed(.uint64(seed & 0xFFFF_FFFF))
    var results = [
      library.setObjective(search, .pointer(closure.address), .pointer(nil)),
      library.setLossTolerance(search, .double(settings.lossTolerance)),
      library.setPointTolerance(search, .double(settings.pointTolerance)),
      // Version 2.7 copies these for local searches, and crashes when there are none.
      library.setAbsoluteTolerance(search, .double(0)),
      library.setPopulation(search, .uint32(UInt32(settings.population))),
    ]
    for (setter, values) in [
      (library.setLowerBounds, settings.lower), (library.setUpperBounds, settings.upper),
      (library.setInitialStep, settings.steps),
    ] {
      results.append(values.withUnsafeBytes { setter(search, .constant($0.baseAddress)) })
    }
    if let refusal = results.map(\.integer).first(where: { $0 < 0 }) { return refusal }
    var point = initial
    var least = 0.0
    return point.withUnsafeMutableBytes { point in
      withUnsafeMutablePointer(to: &least) { least in
        library.optimize(search, .pointer(point.baseAddress), .pointer(least)).integer
      }
    }
  }

  /// What NLopt's result means.
  private func outcome(
    _ result: Int, _ search: UnsafeMutableRawPointer, isStranded: Bool
  ) throws(ComponentError) -> Query.DoneReason {
    let message = library.message(.pointer(search)).address.map {
      String(cString: $0.assumingMemoryBound(to: CChar.self))
    }
    let detail = message.map { " (\($0))" } ?? ""
    if isStranded {
      host.log(
        .warning,
        "'\(name)' has ended: algorithm \(algorithm.name) asked for a point that is not finite, as it "
          + "may after infinite losses; nelder-mead, sbplx and esch survive them")
      return .stalled
    }
    switch result {
    // NLOPT_SUCCESS, STOPVAL_REACHED, FTOL_REACHED, XTOL_REACHED
    case 1...4: return .converged
    // MAXEVAL_REACHED, MAXTIME_REACHED
    case 5...6: return .schedule
    // ROUNDOFF_LIMITED
    case -4: return .stalled
    // FAILURE: mostly a line search that finds nothing
    case -1:
      host.log(
        .warning, "'\(name)' has ended: algorithm \(algorithm.name) finds no way forward\(detail)")
      return .stalled
    case -2:
      throw .parameter(
        "'\(name)' with algorithm \(algorithm.name) is refused by NLopt\(detail); "
          + "change initial_step, population or box")
    case -3:
      throw ComponentError(
        "'\(name)' with algorithm \(algorithm.name) has no memory for \(initial.count) parameters; "
          + "use sbplx or esch")
    default:
      throw ComponentError(
        "'\(name)' with algorithm \(algorithm.name) ended with NLopt's result \(result)\(detail)")
    }
  }
}
