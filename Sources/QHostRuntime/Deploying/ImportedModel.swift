internal import Logging
internal import QHostGraphs
internal import QHostInterfaces
internal import QHostONNX

/// A network from an ONNX file, with a dataset to run it on.
public final class ImportedModel {
  private var network: ONNXNetwork
  private let data: DataAssembly?
  private let common: RunServices.Common

  /// Whether a path is one of an ONNX file, by its ending in any case.
  public static func isMeant(by path: String) -> Bool { path.lowercased().hasSuffix(".onnx") }

  /// Reads the file, and the dataset.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - dataset: the dataset; `nil`: none.
  ///   - settings: of the dataset.
  ///   - scaling: how its inputs are scaled for the network; `nil`: as the dataset suggests, or
  ///     not at all where the network scales them itself.
  ///   - catalogue: the plugins.
  ///   - common: what components have in common.
  /// - Throws: kind `data` for a file that is damaged, has operators that are not read, or does not fit
  ///   the dataset.
  public init(
    reading path: String, dataset: String?, settings: Settings, scaling: String?,
    catalogue: PluginCatalogue, common: RunServices.Common
  ) throws(RunError) {
    let bytes = try FileAccess.read(path)
    do throws(ComponentError) {
      network = try ONNXNetwork(decoding: bytes, file: path) {
        (name: String) throws(ComponentError) in try Self.data(name, beside: path)
      }
    } catch { throw RunError(.data, error.message) }
    self.common = common
    if network.isClassifier {
      let names = network.leftOut.joined(separator: ", ")
      common.logger.info("left out, since the largest output is the class without: \(names)")
    }
    guard let dataset else {
      guard settings.values.isEmpty, scaling == nil else {
        throw RunError(.usage, "settings and scaling of a dataset need one; name it with --dataset")
      }
      data = nil
      return
    }
    let plan = try ComponentPlan(
      .dataset, named: dataset, at: "dataset", settings: settings, catalogue: catalogue)
    try ComponentPlan.check(settings, against: [plan])
    if scaling == nil, network.scalesInputs {
      common.logger.info(
        "the file scales its inputs itself: the dataset's rows go in as they are (--scaling none)")
    }
    let own = network.scalesInputs ? "none" : nil
    let data = try DataAssembly(plan, scaling: scaling ?? own, common: common)
    self.data = data
    splitOutput(data)
    try Self.check(network, data, path)
  }

  /// Puts the network on a target.
  ///
  /// - Parameters:
  ///   - target: its name.
  ///   - settings: what the user set for it.
  ///   - folder: where the files go.
  ///   - catalogue: the plugins.
  /// - Returns: what it does and costs there; no rows without a dataset.
  /// - Throws: kind `usage` for a target that does not exist, keys that it does not have, or a network that
  ///   it has no code for.
  public func deploy(
    to target: String, settings: Settings, folder: String, catalogue: PluginCatalogue
  ) throws(RunError) -> Deployment {
    let plan = try ComponentPlan(
      .target, named: target, at: "target", settings: settings, catalogue: catalogue)
    try ComponentPlan.check(settings, against: [plan])
    let evaluated = EvaluatedNetwork(
      evaluator: GraphEvaluator(network.graph), pool: common.pool)
    return try Deployer(plan: plan, network: evaluated, data: data, common: common)
      .deploy(to: folder)
  }

  /// The bytes of a file in the folder of the model's file.
  private static func data(
    _ name: String, beside path: String
  ) throws(ComponentError) -> [UInt8] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    do {
      return try FileAccess.read(folder + name)
    } catch {
      throw .data("its weights lie in a file beside it, and it \(error.message)")
    }
  }

  /// Makes outputs 0 and z of a network's one output z, where the dataset has two classes.
  private func splitOutput(_ data: DataAssembly) {
    guard data.mapping.task == .classification, data.mapping.output.count == 2,
      let split = network.forTwoClasses
    else { return }
    network = split
    common.logger.info(
      """
      its one output stands for two classes: it gets the outputs 0 and z, and the second class is where z, \
      which comes before a Sigmoid, is above 0
      """)
  }

  /// Refuses a dataset of another shape, task or order of classes.
  private static func check(
    _ network: ONNXNetwork, _ data: DataAssembly, _ path: String
  ) throws(RunError) {
    let (graph, mapping) = (network.graph, data.mapping)
    guard graph.inputShape.count == mapping.input.count,
      graph.outputShape.count == mapping.output.count
    else {
      throw RunError(
        .data,
        "'\(path)' maps \(graph.inputShape) to \(graph.outputShape), dataset '\(data.name)' has "
          + "\(mapping.input) and \(mapping.output); name a dataset of the network's shape")
    }
    guard mapping.task == .classification || !network.isClassifier else {
      throw RunError(
        .data,
        "'\(path)' is a classifier by its \(network.leftOut[0]), and dataset '\(data.name)' is of "
          + "\(mapping.task); name a dataset of classes")
    }
    let numbers = (0..<mapping.output.count).map(String.init)
    let names = data.dataset.datasetDescription.outputNames
    guard network.labels.isEmpty || network.labels == numbers || network.labels == names else {
      throw RunError(
        .data,
        "'\(path)' has the classes \(network.labels.joined(separator: ", ")), and dataset '\(data.name)' has "
          + "\((names.isEmpty ? numbers : names).joined(separator: ", ")) in this order; train on the same"
      )
    }
  }
}
