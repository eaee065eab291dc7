internal import FoundationEssentials
public import QHostInterfaces

/// A trained model as one safetensors file: the weights by name, and how to use them.
public struct ModelFile: Sendable {
  /// What goes with the weights.
  public struct Description: Codable, Sendable, Equatable {
    /// `qhost.model/1`.
    public var format = "qhost.model/1"
    /// The version of the host that wrote it.
    public var hostVersion: String
    /// How it was made.
    public var specification: RunSpecification
    /// The loss that it was trained on.
    public var loss: String
    /// What is done to inputs.
    public var preprocessing: Preprocessing
    /// The shape of one input.
    public var input: [Int]
    /// The shape of one output.
    public var output: [Int]
    /// The names of the classes or outputs.
    public var outputNames: [String]
    /// The SHA-256 of the dataset's rows.
    public var datasetSHA256: String
    /// The names of the features, [F], those of columns of texts as `column=text`; none: they have none; `nil`: the
    /// file was written before files had them.
    public var featureNames: [String]?
    /// What was asked of outputs: `classification`, `regression` or `scenario`; `nil` alike.
    public var task: String?
    /// The trained model whose parameters generated these; `nil`: they were trained themselves.
    public var generator: Generator?
    /// Where in a run it was kept; `nil`: it is what the run ended with.
    public var snapshot: Snapshot?
  }

  /// A place within a run.
  public struct Snapshot: Codable, Sendable, Equatable {
    /// Passes of the training split before it.
    public var passes: Double
    /// Losses and gradients before it.
    public var evaluations: Int
  }

  /// A trained model that generates the parameters of another one.
  public struct Generator: Codable, Sendable, Equatable {
    /// Its name, and those of the generated models between it and the other one, from the outermost on.
    public var models: [String]
    /// How many parameters it has itself.
    public var parameterCount: Int
    /// The SHA-256 of its file.
    public var sha256: String
  }

  /// What goes with the weights.
  public let description: Description
  /// The SHA-256 of the file.
  let sha256: String
  private let tensors: Safetensors
  private let path: String

  /// Writes a model in one step.
  ///
  /// - Parameters:
  ///   - description: what goes with the weights.
  ///   - parameters: [n].
  ///   - blocks: the named parts of the parameters; none: one tensor `parameters`.
  ///   - path: the file.
  /// - Returns: its size in bytes.
  /// - Throws: kind `data` when it cannot be written.
  public static func write(
    _ description: Description, parameters: [Double], blocks: [ParameterBlock], to path: String
  ) throws(RunError) -> Int {
    let bytes = try encoded(description, parameters: parameters, blocks: blocks)
    try FileAccess.write(bytes, to: path)
    return bytes.count
  }

  /// A model as the bytes of its file.
  ///
  /// - Parameters:
  ///   - description: what goes with the weights.
  ///   - parameters: [n].
  ///   - blocks: the named parts of the parameters; none: one tensor `parameters`.
  /// - Returns: the bytes.
  /// - Throws: kind `data` when it cannot be written as such.
  public static func encoded(
    _ description: Description, parameters: [Double], blocks: [ParameterBlock]
  ) throws(RunError) -> [UInt8] {
    var file = Safetensors()
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(description) else {
      throw RunError(.data, "the description of the model cannot be written as JSON")
    }
    file.metadata = ["qhost.model": String(decoding: json, as: UTF8.self), "format": "qhost"]
    let whole = [ParameterBlock(name: "parameters", shape: Shape([parameters.count]), offset: 0)]
    for block in blocks.isEmpty ? whole : blocks {
      let values = parameters[block.offset..<block.offset + block.shape.count]
      file.tensors.append(
        (block.name, Safetensors.Tensor(values, shape: block.shape.extents)))
    }
    try file.seal()
    return try file.encoded()
  }

  /// Reads a model's file.
  ///
  /// - Throws: kind `data` when it is damaged or no model of ours.
  public init(reading path: String) throws(RunError) {
    try self.init(try Safetensors(reading: path), of: path)
  }

  /// Reads the bytes of a model's file.
  ///
  /// - Parameters:
  ///   - bytes: all of them.
  ///   - path: what messages call the file.
  /// - Throws: kind `data` when it is damaged or no model of ours.
  public init(_ bytes: [UInt8], of path: String) throws(RunError) {
    try self.init(try Safetensors(bytes, of: path), of: path)
  }

  private init(_ file: Safetensors, of path: String) throws(RunError) {
    sha256 = file.sha256
    guard let json = file.metadata["qhost.model"],
      let description = try? JSONDecoder().decode(Description.self, from: Data(json.utf8))
    else {
      throw RunError(
        .data, "'\(path)' was not written by 'qhost run'; name the model.safetensors of a run")
    }
    try description.check(path)
    self.description = description
    self.path = path
    tensors = file
  }

  /// Whether it has a tensor of the right shape for each block of a model.
  func fits(_ model: ModelDescription) -> Bool {
    blocks(of: model).allSatisfy { tensors[$0.name]?.shape == $0.shape.extents }
  }

  /// The blocks of a model; one for all parameters where it names none.
  private func blocks(of model: ModelDescription) -> [ParameterBlock] {
    guard model.blocks.isEmpty else { return model.blocks }
    return [
      ParameterBlock(name: "parameters", shape: Shape([model.parameterCount]), offset: 0)
    ]
  }

  /// The parameters for a model, [n].
  ///
  /// - Throws: kind `data`, with the tensor, when the file is of another shape.
  public func parameters(for model: ModelDescription) throws(RunError) -> [Double] {
    var parameters = [Double](repeating: 0, count: model.parameterCount)
    for block in blocks(of: model) {
      guard let tensor = tensors[block.name], let values = tensor.reals else {
        throw RunError(
          .data,
          "'\(path)' has no tensor '\(block.name)' of real numbers; it belongs to another model")
      }
      guard tensor.shape == block.shape.extents else {
        throw RunError(
          .data,
          "'\(path)': tensor '\(block.name)' is \(Shape(tensor.shape)), the model needs "
            + "\(block.shape); use the model's and the dataset's settings it was trained with")
      }
      guard values.allSatisfy(\.isFinite) else {
        throw RunError(
          .data, "'\(path)': tensor '\(block.name)' holds NaN or infinity; train again")
      }
      parameters.replaceSubrange(block.offset..<block.offset + values.count, with: values)
    }
    return parameters
  }
}
