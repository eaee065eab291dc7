internal import CLinkAdaptation
public import QHostInterfaces

/// The teacher of ``LinkAdaptation`` as a model: 15-256-256-28 with rectified units, which starts at the weights that come with the plugin.
///
/// For students that begin as the teacher, such as `quantised` around it. Its inputs are rows as the dataset has them; what scales them is
/// part of it. Outputs are the teacher's values, of each hidden unit less their mean over schemes, which changes no choice
/// and makes the last layer's weights smaller.
public final class TeacherModel: ModelComponent, CompanionNaming {
  /// Its name.
  public static let descriptor = ComponentDescriptor(
    name: "mcs-teacher",
    summary: "The teacher of the dataset mcs: 15-256-256-28, and starts trained.",
    source: "H. van Hasselt, A. Guez, D. Silver, AAAI 2016")

  /// Its rows; nothing is to be trained.
  public static let companions = Companions(
    dataset: LinkAdaptation.descriptor.name, optimizer: "none")

  /// What it is.
  public let modelDescription: ModelDescription
  private let host: any HostServices

  /// Widths, from the inputs on.
  static let widths = [
    Teacher.inputCount, Int(QHOST_KERNEL_LINK_HIDDEN), Int(QHOST_KERNEL_LINK_HIDDEN),
    Teacher.schemeCount,
  ]

  /// Makes the network.
  ///
  /// - Throws: kind `parameter` for other inputs and outputs than those of `mcs`.
  public init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    guard mapping.input.extents == [Teacher.inputCount],
      mapping.output.extents == [Teacher.schemeCount]
    else {
      throw .parameter(
        "mcs-teacher values \(Teacher.schemeCount) schemes by \(Teacher.inputCount) inputs, and the dataset has "
          + "\(mapping.output) and \(mapping.input); use --dataset \(LinkAdaptation.descriptor.name)"
      )
    }
    let layers = zip(Self.widths, Self.widths.dropFirst())
    var description = ModelDescription(
      parameterCount: Teacher.weightCount, multiplyAdds: layers.reduce(0) { $0 + $1.0 * $1.1 })
    description.hasGradient = true
    description.hasGraph = true
    var offset = 0
    for (layer, (inputs, units)) in layers.enumerated() {
      for (name, extents) in [("weight", [units, inputs]), ("bias", [units])] {
        let block = ParameterBlock(
          name: "layers.\(layer).\(name)", shape: Shape(extents), offset: offset)
        description.blocks.append(block)
        description.scales += Array(
          repeating: (2 / Double(inputs)).squareRoot(), count: block.shape.count)
        offset += block.shape.count
      }
    }
    modelDescription = description
    host = request.host
  }

  /// The weights that come with the plugin; later starts are of random weights, with variance 2 / inputs.
  public func initialParameters(start: UInt64) -> [Double] {
    guard start > 0 else { return Self.centred(Teacher.kept.weights.map { Double($0) }) }
    let normals = host.normals(step: start, index: 0, count: Teacher.weightCount)
    var weights = zip(modelDescription.scales, normals).map { $0 * $1 }
    for block in modelDescription.blocks where block.shape.extents.count == 1 {
      for place in block.offset..<block.offset + block.shape.count { weights[place] = 0 }
    }
    return weights
  }

  /// A session with weights and scratch memory of its own.
  public func makeSession() -> any ModelSession { TeacherSession() }

  /// Takes the mean over schemes off the last layer's weights and biases.
  private static func centred(_ weights: [Double]) -> [Double] {
    let (hidden, schemes) = (widths[2], widths[3])
    let first = weights.count - schemes * (hidden + 1)
    var centred = weights
    for unit in 0...hidden {
      let places = (0..<schemes).map {
        unit < hidden ? first + $0 * hidden + unit : first + schemes * hidden + $0
      }
      let mean = places.reduce(0) { $0 + weights[$1] } / Double(schemes)
      for place in places { centred[place] -= mean }
    }
    return centred
  }
}
