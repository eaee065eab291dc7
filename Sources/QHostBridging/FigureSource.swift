internal import CQHost
public import QHostInterfaces

/// What a component handed over to be drawn.
public struct FigureHandover: Sendable {
  /// Who it is, for example `optimizer 'adam'`.
  public var culprit: String
  /// Its kind.
  public var kind: ComponentKind
  /// The figures that can be drawn, each name once.
  public var figures: [Figure]
  /// What cannot, a sentence each that names the component and the figure.
  public var refusals: [String]

  /// Makes one of figures that are checked already.
  public init(culprit: String, kind: ComponentKind, figures: [Figure], refusals: [String]) {
    self.culprit = culprit
    self.kind = kind
    self.figures = figures
    self.refusals = refusals
  }
}

/// An instance behind a C table that may have figures.
public protocol FigureSource {
  /// Asks for the figures of the instance, once its run has ended.
  ///
  /// - Parameter parameters: those that the run ends with; they are given to optimizers and models alone.
  /// - Returns: what it hands over, faults included; `nil` when it has no such capability.
  func handOverFigures(parameters: [Double]) -> FigureHandover?
}

extension ForeignInstance {
  /// Calls the function of the capability, and checks what it gives.
  public func handOverFigures(parameters: [Double]) -> FigureHandover? {
    guard let table = component.capabilities[.figures]?.assumingMemoryBound(to: qhost_figures.self)
    else { return nil }
    let takesParameters = component.kind == .optimizer || component.kind == .model
    var handover = FigureHandover(
      culprit: component.culprit, kind: component.kind, figures: [], refusals: [])
    let error = ErrorBuffer()
    var list: UnsafePointer<UnsafePointer<qhost_figure>?>?
    var count: UInt64 = 0
    let status = guarded(component.label, "figures") {
      table.pointee.figures(
        instance, takesParameters ? parameters : nil,
        takesParameters ? UInt64(parameters.count) : 0, &list, &count, error.pointer)
    }
    do throws(ComponentError) {
      let remark = try error.check(status, culprit: component.culprit, function: "figures")
      if let remark { handover.refusals.append(remark) }
    } catch let failure {
      handover.refusals.append(failure.message)
      return handover
    }
    handover.read(list, count)
    return handover
  }
}

extension FigureHandover {
  /// Reads figures one by one: a faulty one is lost alone.
  mutating func read(
    _ list: UnsafePointer<UnsafePointer<qhost_figure>?>?, _ count: UInt64
  ) {
    guard count > 0 else { return }
    guard let list else {
      refusals.append("\(culprit) hands over \(count) figures at NULL; report it to its author")
      return
    }
    let limit = UInt64(FigureLimits.figureCount)
    if count > limit {
      refusals.append(
        "\(culprit) hands over \(count) figures, and \(limit) are the most; "
          + "the others are left out, put series together")
    }
    var names: Set<String> = []
    for index in 0..<Int(min(count, limit)) {
      guard let raw = list[index].flatMap({ qhost_figure.reading($0) }), let start = raw.name else {
        refusals.append(
          "\(culprit): figure \(index) is NULL, too small or without a name; "
            + "report it to its author")
        continue
      }
      let name = String(cString: start)
      guard names.insert(name).inserted else {
        refusals.append("\(culprit): figure '\(name)': another one has its name; rename one")
        continue
      }
      do throws(FormatError) {
        figures.append(
          try Figure(reading: raw, name: name, elementLimit: FigureLimits.elementCount))
      } catch let flaw {
        refusals.append("\(culprit): figure '\(name)': \(flaw.description)")
      }
    }
  }
}
