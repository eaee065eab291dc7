public import CQHost
public import QHostInterfaces

/// A model behind a C table.
public final class ForeignModel: Model, ForeignInstance, FigureSource, MetricProviding,
  @unchecked Sendable
{
  private enum Owner {
    case host(InstanceHandle)
    case borrowed(UnsafeMutableRawPointer)
  }

  private let owner: Owner
  let table: qhost_model
  let label: UnsafePointer<CChar>
  /// How it draws, if its outputs are random draws.
  private(set) var streams: qhost_streams?
  /// How it takes series, if it does.
  private(set) var series: qhost_series?
  /// How its units flip, if they have two outputs.
  private(set) var flips: qhost_flips?
  /// How it sums losses along the weights of a unit, if it does.
  private(set) var potentials: qhost_potentials?
  private let foreignComponent: ForeignComponent?
  /// The models that it is made around, by the dependency's name.
  let innerModels: [String: any Model]
  private let namedMetrics: ForeignMetrics?

  /// What it is.
  public private(set) var modelDescription: ModelDescription

  /// Makes an instance of a plugin's model.
  public init(
    _ component: ForeignComponent, request: ComponentRequest, mapping: Mapping
  ) throws(ComponentError) {
    let table = component.table.assumingMemoryBound(to: qhost_model.self).pointee
    guard let create = table.create else {
      throw ComponentError("\(component.culprit) lacks create; report it to its author")
    }
    let arena = Arena()
    let rawMapping = mapping.stored(in: arena)
    let handle = try InstanceHandle(
      component: component, request: request, destroy: table.destroy
    ) { create($0, rawMapping, $1, $2) }
    owner = .host(handle)
    self.table = table
    label = component.label
    foreignComponent = component
    innerModels = request.models
    namedMetrics = try ForeignMetrics(of: handle.pointer, component, handle.link)
    modelDescription = try Self.describe(table, handle.pointer, component.culprit, label)
    take(
      streams: component.capabilities[.streams], series: component.capabilities[.series],
      flips: component.capabilities[.flips], of: handle.pointer)
    takePotentials(component.capabilities[.potentials], of: handle.pointer)
  }

  /// The metrics of its capability; none of a model that another component works with.
  public var metricDescriptions: [MetricDescription] { namedMetrics?.descriptions ?? [] }

  /// Measures them on rows; from one thread at a time.
  public func measure(_ sample: MetricSample) throws(ComponentError) -> [MetricValue] {
    try namedMetrics?.measure(sample) ?? []
  }

  /// Takes the tables of capabilities whose functions sessions call.
  private func take(
    streams: UnsafeRawPointer?, series: UnsafeRawPointer?, flips: UnsafeRawPointer?,
    of instance: UnsafeMutableRawPointer
  ) {
    let streams = streams?.assumingMemoryBound(to: qhost_streams.self).pointee
    modelDescription.isStochastic = streams?.is_stochastic?(instance) ?? 0 != 0
    self.streams = modelDescription.isStochastic ? streams : nil
    let series = series?.assumingMemoryBound(to: qhost_series.self).pointee
    modelDescription.takesSeries = series?.is_series?(instance) ?? 0 != 0
    self.series = modelDescription.takesSeries ? series : nil
    let flips = flips?.assumingMemoryBound(to: qhost_flips.self).pointee
    let units = modelDescription.hasCutChanges ? flips?.unit_count?(instance) ?? 0 : 0
    modelDescription.flipUnitCount = Int(clamping: units)
    self.flips = units > 0 ? flips : nil
  }

  private func takePotentials(_ table: UnsafeRawPointer?, of instance: UnsafeMutableRawPointer) {
    guard modelDescription.hasCutChanges,
      let table = table?.assumingMemoryBound(to: qhost_potentials.self).pointee
    else { return }
    let units = table.unit_count?(instance) ?? 0
    guard units > 0 else { return }
    modelDescription.potentialUnitCount = Int(clamping: units)
    modelDescription.hasBinaryPotentials = table.has_two_outputs?(instance) ?? 0 != 0
    potentials = table
  }

  /// Wraps a model that the host resolved for a component, and still owns.
  ///
  /// - Parameters:
  ///   - resolved: what the host gave.
  ///   - capability: finds the model's table of a capability by its id.
  /// - Throws: when something is missing.
  public init(
    borrowing resolved: qhost_resolved, capability: (String) -> UnsafeRawPointer? = { _ in nil }
  ) throws(ComponentError) {
    guard let table = resolved.table, let instance = resolved.instance,
      let name = resolved.component
    else { throw ComponentError("the host resolved a model without table or instance") }
    owner = .borrowed(instance)
    guard let completed = qhost_model.reading(table.assumingMemoryBound(to: qhost_model.self))
    else { throw ComponentError("the host resolved a model whose table is too small") }
    self.table = completed
    label = name
    foreignComponent = nil
    innerModels = [:]
    namedMetrics = nil
    modelDescription = try Self.describe(
      self.table, instance, "model '\(String(cString: name))'", name)
    take(
      streams: capability(QHOST_DRAFT_STREAMS), series: capability(QHOST_DRAFT_SERIES),
      flips: nil, of: instance)
  }

  private static func describe(
    _ table: qhost_model, _ instance: UnsafeMutableRawPointer, _ culprit: String,
    _ label: UnsafePointer<CChar>
  ) throws(ComponentError) -> ModelDescription {
    guard let describe = table.describe, table.initialise != nil, table.open != nil,
      table.close != nil, table.bind != nil, table.forward != nil
    else {
      throw ComponentError("\(culprit) lacks a required function; report it to its author")
    }
    let description = try guarded(
      label, "describe",
      throwing: { () throws(ComponentError) in
        guard let raw = describe(instance).flatMap({ qhost_model_description.reading($0) }) else {
          throw ComponentError("\(culprit) gave no description; report it to its author")
        }
        return try ModelDescription(reading: raw, culprit: culprit)
      })
    let complete =
      (!description.hasGradient || table.backward != nil)
      && (!description.hasGraph || table.graph != nil)
      && (!description.hasCuts
        || (table.cut_open != nil && table.cut != nil && table.cut_move != nil
          && table.cut_cost != nil))
      && (!description.hasCutChanges || (table.cut_changes != nil && table.move_changes != nil))
      && (!description.hasApproximation || table.approximate != nil)
    guard complete else {
      throw ComponentError(
        "\(culprit) sets the flag of a capability whose functions are missing; "
          + "report it to its author")
    }
    return description
  }

  /// Whether another component works with it, and the host owns it.
  var isBorrowed: Bool { foreignComponent == nil }

  var component: ForeignComponent {
    guard let foreignComponent else { preconditionFailure("a borrowed model was passed on") }
    return foreignComponent
  }

  var instance: UnsafeMutableRawPointer {
    switch owner {
    case .host(let handle): handle.pointer
    case .borrowed(let pointer): pointer
    }
  }

  /// What its calls have in common; `nil` of one that the host owns.
  var link: InstanceLink? {
    guard case .host(let handle) = owner else { return nil }
    return handle.link
  }

  /// Who it is in messages.
  var culprit: String { foreignComponent?.culprit ?? "model '\(String(cString: label))'" }

  /// A starting point.
  public func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    let error = ErrorBuffer(link)
    var parameters = [Double](repeating: 0, count: modelDescription.parameterCount)
    let status = guarded(label, "initialise") {
      table.initialise(instance, start, &parameters, error.pointer)
    }
    try error.check(status, culprit: culprit, function: "initialise")
    guard parameters.allSatisfy(\.isFinite) else {
      throw ComponentError(
        "\(culprit) starts from parameters that are not finite; report it to its author")
    }
    try modelDescription.checkStart(parameters, culprit)
    return parameters
  }

  /// A session with no rows yet.
  public func makeSession() throws(ComponentError) -> any ModelSession {
    try ForeignModelSession(of: self)
  }

  /// What one offset of a cut costs, as a part of a pass.
  public func cutCost(index: Int) -> Double {
    guarded(label, "cut_cost") { table.cut_cost.map { $0(instance, UInt64(index)) } ?? 1 }
  }

  /// The work of a cut or a move on all rows.
  public func cutWork(
    index: Int, offsetCount: Int, rowCount: Int
  ) throws(ComponentError) -> Double {
    guard let work = table.cut_work else {
      let cost = cutCost(index: index)
      guard cost > 0, cost.isFinite else {
        throw ComponentError(
          "\(culprit) says that its cut_cost for parameter \(index) is \(cost), which must be "
            + "finite and above 0; report it to its author")
      }
      return cost * modelDescription.passWork.row * Double(max(offsetCount, 1) * rowCount)
    }
    let value = guarded(label, "cut_work") {
      work(instance, UInt64(index), UInt64(offsetCount), UInt64(rowCount))
    }
    guard value >= 0, value.isFinite else {
      throw ComponentError(
        "\(culprit) says that its cut_work for parameter \(index) is \(value), which must be finite "
          + "and not below 0; report it to its author")
    }
    return value
  }

  /// The unit with two outputs whose sum a parameter is in.
  public func flippingUnit(of index: Int) -> Int? {
    guard let unitOf = flips?.unit_of else { return nil }
    let unit = guarded(label, "unit_of") { unitOf(instance, UInt64(index)) }
    return unit < UInt64(modelDescription.flipUnitCount) ? Int(unit) : nil
  }

  /// The unit along whose weights it sums losses, and whose sum a parameter is in.
  public func potentialUnit(of index: Int) -> Int? {
    guard let unitOf = potentials?.unit_of else { return nil }
    let unit = guarded(label, "unit_of") { unitOf(instance, UInt64(index)) }
    return unit < UInt64(modelDescription.potentialUnitCount) ? Int(unit) : nil
  }

  /// The network as operators and weights.
  public func graph(parameters: [Double]) throws(ComponentError) -> Graph {
    guard modelDescription.hasGraph, let graph = table.graph else {
      throw .unsupported("\(culprit) has no graph of standard operators; pick another model")
    }
    let error = ErrorBuffer(link)
    var raw: UnsafePointer<qhost_graph>?
    let status = guarded(label, "graph") { graph(instance, parameters, &raw, error.pointer) }
    try error.check(status, culprit: culprit, function: "graph")
    return try Graph(reading: raw, culprit: culprit)
  }

  /// The parameters at which it comes nearest to another network.
  public func approximation(
    of graph: Graph, calibration: Calibration
  ) throws(ComponentError) -> [Double] {
    guard modelDescription.hasApproximation, let approximate = table.approximate else {
      throw .unsupported("\(culprit) cannot start near another network")
    }
    let arena = Arena()
    let error = ErrorBuffer(link)
    var parameters = [Double](repeating: .nan, count: modelDescription.parameterCount)
    let status = guarded(label, "approximate") {
      approximate(
        instance, graph.stored(in: arena), calibration.stored(in: arena), &parameters,
        error.pointer)
    }
    try error.check(status, culprit: culprit, function: "approximate")
    guard parameters.allSatisfy(\.isFinite) else {
      throw ComponentError(
        "\(culprit) approximates a network by parameters that are not finite; "
          + "report it to its author")
    }
    return parameters
  }
}
