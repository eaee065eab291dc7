public import CQHost
import QHostInterfaces
import QHostSDK

/// y = W x + b, with its gradient and its graph: softmax regression of classes, linear regression of numbers.
///
/// Parameters: the weights [C × F], then the biases [C]. The host knows the loss.
final class MyModel: ModelComponent {
  static let descriptor = ComponentDescriptor(
    name: "my-model", summary: "Softmax or linear regression.")

  let modelDescription: ModelDescription
  private let host: any HostServices
  private let mapping: Mapping

  init(request: ComponentRequest, mapping: Mapping) throws(ComponentError) {
    let (features, outputs) = (mapping.input.count, mapping.output.count)
    guard features * outputs > 0 else {
      throw .parameter("my-model needs inputs and outputs; use another dataset")
    }
    var description = ModelDescription(
      parameterCount: (features + 1) * outputs, multiplyAdds: features * outputs)
    (description.hasGradient, description.hasGraph) = (true, true)
    description.blocks = [
      ParameterBlock(name: "weight", shape: Shape([outputs, features]), offset: 0),
      ParameterBlock(name: "bias", shape: Shape([outputs]), offset: features * outputs),
    ]
    modelDescription = description
    host = request.host
    self.mapping = mapping
  }

  /// Normal weights of deviation 1/√F, biases of 0.
  func initialParameters(start: UInt64) -> [Double] {
    let (features, outputs) = (mapping.input.count, mapping.output.count)
    let normals = host.normals(step: start, index: 0, count: features * outputs)
    return normals.map { $0 / Double(features).squareRoot() } + Array(repeating: 0, count: outputs)
  }

  func makeSession() -> any ModelSession {
    Session(features: mapping.input.count, outputs: mapping.output.count)
  }

  /// The network for targets: one Gemm, whose weights are transposed.
  func graph(parameters: [Double]) -> Graph {
    let constants = modelDescription.blocks.map { block in
      let numbers = parameters[block.offset..<block.offset + block.shape.count].map { Float($0) }
      return Graph.Constant(name: block.name, shape: block.shape, elements: .float(numbers))
    }
    let node = Graph.Node(
      name: "layer", operation: "Gemm", inputs: ["input", "weight", "bias"], outputs: ["output"],
      attributes: ["transB": .integers([1])])
    return Graph(
      input: "input", output: "output", inputShape: Shape([mapping.input.count]),
      outputShape: Shape([mapping.output.count]), nodes: [node], constants: constants)
  }
}

/// A block of rows, one thread's.
///
/// Rows lie side by side, which is what a processor's vectors want.
private final class Session: ModelSession {
  private let features: Int
  private let outputs: Int
  private var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private var rows = 0

  init(features: Int, outputs: Int) { (self.features, self.outputs) = (features, outputs) }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) {
    (self.inputs, rows) = (inputs, rowCount)
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs out: UnsafeMutableBufferPointer<Float>
  ) {
    for unit in 0..<pointCount * outputs {
      let (point, c) = unit.quotientAndRemainder(dividingBy: outputs)
      let first = point * (features + 1) * outputs
      let row = unit * rows
      for b in 0..<rows { out[row + b] = Float(parameters[first + features * outputs + c]) }
      for f in 0..<features {
        let weight = Float(parameters[first + c * features + f])
        for b in 0..<rows { out[row + b] += weight * inputs[f * rows + b] }
      }
    }
  }

  func backward(
    outputGradients g: UnsafeBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Double>
  ) {
    for c in 0..<outputs {
      let row = c * rows
      gradient[features * outputs + c] = (0..<rows).reduce(0) { $0 + Double(g[row + $1]) }
      for f in 0..<features {
        gradient[c * features + f] = (0..<rows).reduce(0) {
          $0 + Double(g[row + $1]) * Double(inputs[f * rows + $1])
        }
      }
    }
  }
}

private let plugin = PluginTable(
  vendor: "example", name: "my-model", version: "0.1.0", summary: "A model in Swift.",
  components: [.model(MyModel.self)])

/// The entry that the host looks for: the one symbol of a plugin.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
