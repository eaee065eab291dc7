internal import CQHost
public import QHostInterfaces

/// An optimizer behind a C table.
public final class ForeignOptimizer: Optimizer, ForeignInstance, FigureSource {
  private let handle: InstanceHandle
  var component: ForeignComponent { handle.component }
  var instance: UnsafeMutableRawPointer { handle.pointer }

  /// The solvers that it works with, by the dependency's name.
  public let solvers: [String: any Solver]
  private let table: qhost_optimizer
  private let error: ErrorBuffer
  private let dimension: Int

  /// Makes an instance of a plugin's optimizer for a problem.
  public init(
    _ component: ForeignComponent, request: ComponentRequest, problem: Problem
  ) throws(ComponentError) {
    let table = component.table.assumingMemoryBound(to: qhost_optimizer.self).pointee
    guard let create = table.create,
      table.run != nil || (table.ask != nil && table.tell != nil)
    else {
      throw ComponentError(
        "\(component.culprit) lacks create, or ask and tell; report it to its author")
    }
    let arena = Arena()
    let rawProblem = problem.stored(in: arena)
    handle = try InstanceHandle(component: component, request: request, destroy: table.destroy) {
      create($0, rawProblem, $1, $2)
    }
    self.table = table
    error = ErrorBuffer(handle.link)
    solvers = request.solvers
    dimension = problem.dimension
  }

  /// What a plugin's optimizer cannot do without.
  public static func requiredQueries(of component: ForeignComponent) -> QueryKinds {
    QueryKinds(
      rawValue: component.table.assumingMemoryBound(to: qhost_optimizer.self).pointee
        .required_queries)
  }

  /// The minibatch that suits a plugin's optimizer; 0: all rows.
  public static func preferredBatchRows(of component: ForeignComponent) -> Int {
    Int(
      component.table.assumingMemoryBound(to: qhost_optimizer.self).pointee.preferred_batch_rows)
  }

  /// Whether it owns its loop: then only ``run(_:)`` may be called.
  public var ownsLoop: Bool { table.run != nil }

  /// Fills `query`, and checks what the plugin filled in.
  public func ask(_ query: inout Query) throws(ComponentError) {
    var raw = qhost_query.sized()
    // What it points to is read under its name: it may point nowhere.
    try guarded(
      handle.component.label, "ask",
      throwing: { () throws(ComponentError) in
        let status = table.ask(handle.pointer, &raw, error.pointer)
        try error.check(status, culprit: handle.component.culprit, function: "ask")
        try query.read(raw, dimension: dimension, culprit: handle.component.culprit)
      })
  }

  /// Hands over the answer.
  public func tell(_ answer: Answer) throws(ComponentError) {
    let status = answer.withRaw { raw in
      guarded(handle.component.label, "tell") { table.tell(handle.pointer, raw, error.pointer) }
    }
    try error.check(status, culprit: handle.component.culprit, function: "tell")
  }

  /// The point it recommends.
  public func recommendation() throws(ComponentError) -> [Double]? {
    guard let recommend = table.recommend else { return nil }
    var point = [Double](repeating: 0, count: dimension)
    let status = guarded(handle.component.label, "recommend") {
      recommend(handle.pointer, &point, error.pointer)
    }
    if status == QHOST_UNSUPPORTED { return nil }
    try error.check(status, culprit: handle.component.culprit, function: "recommend")
    guard point.allSatisfy(\.isFinite) else {
      throw ComponentError(
        "\(handle.component.culprit) recommends a point that is not finite; "
          + "lower its step size or learning rate")
    }
    return point
  }

  /// Its whole state.
  public func save() throws(ComponentError) -> [UInt8] {
    guard let save = table.save, table.load != nil else {
      throw .unsupported(
        "\(handle.component.culprit) cannot save its state; its runs cannot be resumed")
    }
    let collected = ByteCollector()
    var writer = qhost_writer.sized()
    writer.context = Unmanaged.passUnretained(collected).toOpaque()
    writer.write = { writer, bytes, count in
      guard let context = writer?.pointee.context else { return }
      Unmanaged<ByteCollector>.fromOpaque(context).takeUnretainedValue().bytes.append(
        contentsOf: UnsafeRawBufferPointer(start: bytes, count: Int(count)))
    }
    let status = guarded(handle.component.label, "save") {
      save(handle.pointer, &writer, error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "save")
    return collected.bytes
  }

  /// Takes a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    guard let load = table.load else {
      throw .unsupported("\(handle.component.culprit) cannot load a state; start a new run")
    }
    let status = guarded(handle.component.label, "load") {
      load(handle.pointer, state, UInt64(state.count), error.pointer)
    }
    try error.check(status, culprit: handle.component.culprit, function: "load")
  }
}

extension ForeignOptimizer: LoopOptimizer {
  /// Waits for the loop under a note that it is running, so that one that hangs can be named.
  public func whileRunning(_ wait: () -> Void) {
    guarded(handle.component.label, "run", wait)
  }

  /// Runs a loop of its own to its end.
  public func run(_ objective: any ObjectiveFunction) throws(ComponentError) {
    let bridge = ObjectiveBridge(
      objective, dimension: dimension, culprit: handle.component.culprit)
    let status = bridge.withRaw { raw in
      guardedRarely(handle.component.label, "run") { table.run(handle.pointer, raw, error.pointer) }
    }
    if let failure = bridge.failure { throw failure }
    try error.check(status, culprit: handle.component.culprit, function: "run")
  }
}

private final class ByteCollector {
  var bytes: [UInt8] = []
}
