internal import QHostCalling
internal import QHostInterfaces
internal import QHostMemory
internal import QHostNumerics
internal import QHostYAML

/// One search of a described library: its calls in order, around the host's objective.
final class DescribedSearch {
  private let name: String
  private let file: String
  private let description: OptimizerDescription
  let problem: Problem
  private let whole: WholeParameters
  let host: any HostServices
  private var functions: [String: ForeignFunction] = [:]

  /// What a call made, and the memory that arguments point to.
  var results: [String: CValue] = [:]
  var doubles: [String: AlignedBuffer<Double>] = [:]
  var integers: [AlignedBuffer<Int32>] = []
  var closures: [String: ForeignClosure] = [:]
  private var isOver = false
  private var hasFailed: ComponentError?

  /// Loads the library and finds its functions.
  ///
  /// - Throws: kind `data` for what the file says wrongly, `parameter` for a problem that the library cannot take, `plugin`
  ///   without the library.
  init(
    _ name: String, file: String, request: ComponentRequest, problem: Problem, bytes: [UInt8],
    isGradient: Bool
  ) throws(ComponentError) {
    description = try OptimizerDescription(bytes, of: file)
    guard description.needsGradient == isGradient else {
      throw .parameter(
        isGradient
          ? "'\(file)' describes an optimizer that needs no gradient; use optimizer 'foreign'"
          : "'\(file)' describes an optimizer that needs a gradient; use optimizer 'foreign-gradient'"
      )
    }
    self.name = name
    self.file = file
    self.problem = problem
    whole = WholeParameters(problem)
    host = request.host
    try Self.check(description, problem, name, file)
    let library: SharedLibrary
    do throws(CallError) {
      library = try SharedLibrary(description.libraries)
    } catch {
      let remedy = description.package.map { "; install Debian's package \($0)" } ?? ""
      throw ComponentError("\(error)\(remedy)")
    }
    for call in description.calls + description.whenStopped + description.atEnd {
      do throws(CallError) {
        functions[call.symbol] = try library.function(call.symbol, call.prototype.signature)
      } catch {
        throw call.node.error("\(error)")
      }
      guard let known = DebugInformation(of: call.symbol, in: library.name),
        !known.agrees(with: call.prototype)
      else { continue }
      throw call.node.error(
        "by its debug information '\(call.symbol)' is '\(known.description)'; declare it so")
    }
  }

  private static func check(
    _ description: OptimizerDescription, _ problem: Problem, _ name: String, _ file: String
  ) throws(ComponentError) {
    if description.needsGradient { try problem.requireReal(for: name) }
    guard !problem.hasMinibatches else {
      throw .parameter(
        "'\(name)' compares losses of different points, which minibatches do not allow; leave --batch-size out"
      )
    }
    guard description.needsBounds,
      let index = problem.lower.indices.first(where: {
        !(problem.upper[$0] - problem.lower[$0]).isFinite
      })
    else { return }
    throw .parameter(
      "'\(name)' with '\(file)' searches between bounds, and parameter \(index) lacks one; take a dataset with bounds"
    )
  }

  /// Makes the calls.
  func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    defer { release() }
    try prepare(objective)
    var reason = Query.DoneReason.converged
    var failure: ComponentError?
    do throws(ComponentError) {
      for call in description.calls where !isOver {
        if let found = try make(call) { reason = found }
      }
    } catch {
      failure = error
    }
    // What is to be given back is, whatever happened.
    for call in description.atEnd { _ = try? make(call) }
    if let hasFailed { throw hasFailed }
    if let failure, !isOver { throw failure }
    guard !isOver else { return }
    var query = Query()
    query.finish(reason)
    _ = try objective.evaluate(query)
  }

  private func release() {
    closures = [:]
    results = [:]
    doubles = [:]
    integers = []
  }

  private func prepare(_ objective: any ObjectiveFunction) throws(ComponentError) {
    // Some libraries take as many as fill vectors.
    let room = (problem.dimension + 15) / 16 * 16
    for (key, values) in [
      ("x", problem.initial), ("lower", problem.lower), ("upper", problem.upper),
      ("scales", problem.scales), ("loss", [0]),
    ] {
      let buffer = AlignedBuffer<Double>(count: max(room, 16))
      for index in 0..<max(room, 16) {
        buffer.start[index] = index < values.count ? values[index] : 0
      }
      doubles[key] = buffer
    }
    for callback in description.callbacks {
      closures[callback.name] = try closure(callback, objective)
    }
  }

  private func closure(
    _ callback: OptimizerDescription.Callback, _ objective: any ObjectiveFunction
  ) throws(ComponentError) -> ForeignClosure {
    let plan = callback.plan
    let result = plan.prototype.result.type
    guard let stopped = result.number(callback.stopped) else {
      throw callback.node.error(
        "'\(plan.prototype)' cannot return \(callback.stopped); change 'stopped'")
    }
    guard let returned = result.number(callback.returned ?? 0) else {
      throw callback.node.error(
        "'\(plan.prototype)' cannot return \(callback.returned ?? 0); change 'returns'")
    }
    do throws(CallError) {
      return try ForeignClosure(plan.prototype.signature, onFailure: stopped) {
        [unowned self] arguments in
        guard !isOver else { return stopped }
        guard callback.isObjective, let place = plan.point,
          let point = arguments[place].address?.assumingMemoryBound(to: Double.self)
        else { return returned }
        let loss = try evaluate(
          point,
          plan.gradient.flatMap { arguments[$0].address }?.assumingMemoryBound(to: Double.self),
          objective)
        guard let loss else { return stopped }
        if let place = plan.loss {
          arguments[place].address?.assumingMemoryBound(to: Double.self).pointee = loss
        }
        return callback.returned == nil ? result.number(loss) ?? stopped : returned
      }
    } catch {
      throw callback.node.error("\(error)")
    }
  }

  /// The loss at a point; `nil`: the run is over.
  private func evaluate(
    _ point: UnsafePointer<Double>, _ gradient: UnsafeMutablePointer<Double>?,
    _ objective: any ObjectiveFunction
  ) throws -> Double? {
    var query = Query()
    query.kind = description.needsGradient ? .gradient : .points
    for index in 0..<problem.dimension {
      guard point[index].isFinite else {
        return try stop(
          ComponentError(
            "'\(name)' with '\(file)' asked for a point that is not finite; start elsewhere or with bounds"
          ))
      }
      query.points.append(min(max(point[index], problem.lower[index]), problem.upper[index]))
    }
    whole.round(&query.points)
    let answer: Answer
    do throws(ComponentError) {
      answer = try objective.evaluate(query)
    } catch {
      return try stop(error)
    }
    if let gradient {
      for index in 0..<problem.dimension {
        gradient[index] = index < answer.gradient.count ? answer.gradient[index] : 0
      }
    }
    return answer.losses.first ?? .infinity
  }

  private func stop(_ error: ComponentError) throws -> Double? {
    isOver = true
    hasFailed = error
    for call in description.whenStopped { _ = try make(call) }
    return nil
  }

  /// Makes a call; what its result says of the search.
  private func make(
    _ call: OptimizerDescription.Call
  ) throws(ComponentError) -> Query.DoneReason? {
    guard let function = functions[call.symbol] else { return nil }
    let prepared = PreparedCall(function)
    for (place, argument) in call.arguments.enumerated() {
      let type = call.prototype.arguments[place].kind.type
      prepared.set(place, to: try value(argument, type, call))
    }
    prepared.call()
    if let name = call.name { results[name] = prepared.result }
    if call.name != nil, case .pointer(nil) = prepared.result {
      throw call.node.error("'\(call.symbol)' returned NULL, which is not \(call.name ?? "result")")
    }
    guard !call.outcomes.isEmpty, call.prototype.result.type.isWhole, !isOver else { return nil }
    let result = prepared.result.integer
    guard let reason = call.outcomes[result] else {
      throw call.node.error(
        "'\(call.symbol)' returned \(result), which is none of \(call.outcomes.keys.sorted()); compare it with the "
          + "library's manual")
    }
    return reason
  }
}
