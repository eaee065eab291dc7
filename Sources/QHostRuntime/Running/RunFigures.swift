internal import FoundationEssentials
internal import QHostBridging
internal import QHostDrawing
public import QHostInterfaces

/// What the components of a run hand over to be drawn, once it has ended.
public struct RunFigures {
  /// A figure, and its file's name without its end.
  public typealias Named = (file: String, figure: Figure)

  /// The folder that they are written to, within that of the run.
  public static let folderName = "figures"

  /// Those that can be drawn, in the order optimizer, solvers, model, dataset.
  public private(set) var figures: [Named] = []
  /// Why others are lost, a sentence each that names the component and the figure.
  public private(set) var refusals: [String] = []

  /// Asks the components of a run.
  ///
  /// - Parameters:
  ///   - assembly: the run's parts.
  ///   - outcome: how it ended.
  public init(_ assembly: RunAssembly, _ outcome: TrainingRun.Outcome) {
    let parameters = outcome.parameters
    // A loop of its own that has not returned is still at work, and is not asked.
    let optimizer =
      (assembly.optimizer as? LoopAdapter)?.finished as? ForeignOptimizer
      ?? assembly.optimizer as? ForeignOptimizer
    let solvers = (optimizer?.solvers ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    let sources: [(any FigureSource)?] =
      [optimizer] + solvers.map { $0 as? any FigureSource }
      + [assembly.model as? any FigureSource, assembly.data.dataset as? any FigureSource]
    if let distant = assembly.optimizer as? any DistantInstance {
      for handover in distant.handOverAllFigures(parameters: parameters) { take(handover) }
    }
    for source in sources {
      if let handover = source?.handOverFigures(parameters: parameters) { take(handover) }
    }
    for case let distant as any DistantInstance in [
      assembly.model as AnyObject, assembly.data.dataset as AnyObject,
    ] {
      for handover in distant.handOverAllFigures(parameters: parameters) { take(handover) }
    }
    if assembly.parts.loss == .score {
      figures += outcome.front.figures(assembly.data.dataset.datasetDescription.objectives)
        .map { ($0.name, $0) }
    }
  }

  /// The files of figures in a run's folder, from there, in the order of their names.
  public static func files(in folder: String) -> [String] {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(folderName)")) ?? []
    return names.filter { $0.hasSuffix(".svg") }.sorted().map { "\(folderName)/\($0)" }
  }

  private mutating func take(_ handover: FigureHandover) {
    refusals += handover.refusals
    for figure in handover.figures {
      // Two components may call theirs the same.
      let names = [figure.name, "\(handover.kind)-\(figure.name)"]
      guard let name = names.first(where: { name in !figures.contains { $0.file == name } }) else {
        refusals.append(
          "\(handover.culprit): figure '\(figure.name)': files of both its names are taken; rename it"
        )
        continue
      }
      figures.append((name, figure))
    }
  }

  /// Draws each to `figures/NAME.svg`; when one cannot be written, it and those after it are lost.
  ///
  /// - Parameter folder: that of the run.
  /// - Returns: the files.
  public mutating func write(to folder: String) -> [RunRecord.Artifact] {
    guard !figures.isEmpty else { return [] }
    var artifacts: [RunRecord.Artifact] = []
    do throws(RunError) {
      try FileAccess.makeFolder("\(folder)/\(Self.folderName)")
      for (name, figure) in figures {
        let file = "\(Self.folderName)/\(name).svg"
        let bytes = Array(FigureChart(figure).svg.utf8)
        try FileAccess.write(bytes, to: "\(folder)/\(file)")
        artifacts.append(
          RunRecord.Artifact(name: file, path: "\(folder)/\(file)", bytes: bytes.count))
      }
    } catch let error {
      refusals.append("the run's figures are not all written: \(error.message)")
    }
    return artifacts
  }
}
