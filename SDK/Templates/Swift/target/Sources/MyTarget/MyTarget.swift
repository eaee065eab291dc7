public import CQHost
import QHostInterfaces
import QHostSDK

/// Writes a trained network as a C header of arrays, which any C program can include.
///
/// Each operator becomes a line of comment, each constant an array. It cannot run the network; a target that
/// can has an `execute` too.
final class MyTarget: TargetComponent {
  static let descriptor = ComponentDescriptor(
    name: "my-target", summary: "The network as arrays in a C header.")

  init(request: ComponentRequest) {}

  func compile(_ graph: Graph, calibration: Calibration) -> CompiledModel {
    var lines = graph.nodes.map { node in
      let (inputs, outputs) = (node.inputs, node.outputs)
      return "/* \(node.operation) \(inputs.joined(separator: " ")) -> "
        + "\(outputs.joined(separator: " ")) */"
    }
    for (number, constant) in graph.constants.enumerated() {
      let extents = constant.shape.extents.map { "\($0)" }.joined(separator: " ")
      let (type, values) = Self.text(constant.elements)
      lines += ["", "/* \(constant.name): \(extents) */"]
      lines.append("static const \(type) constant_\(number)[] = {\(values)};")
    }
    var made = CompiledModel()
    let text = lines.map { $0 + "\n" }.joined()
    made.artifacts = [.init(name: "network.h", bytes: Array(text.utf8))]
    let count = graph.constants.reduce(0) { $0 + $1.elements.count }
    made.figures = [.init(name: "numbers", value: Double(count), unit: "")]
    return made
  }

  /// What C calls the type of some numbers, and the numbers.
  private static func text(_ elements: Graph.Elements) -> (String, String) {
    switch elements {
    case .float(let values): ("float", list(values))
    case .int8(let values): ("signed char", list(values))
    case .int32(let values): ("int", list(values))
    case .int64(let values): ("long long", list(values))
    }
  }

  /// Eight numbers a line, with as many digits as tell them apart.
  private static func list(_ values: [some Any]) -> String {
    stride(from: 0, to: values.count, by: 8).map { first in
      values[first..<min(first + 8, values.count)].map { "\($0)" }.joined(separator: ", ")
    }.joined(separator: ",\n  ")
  }
}

private let plugin = PluginTable(
  vendor: "example", name: "my-target", version: "0.1.0", summary: "A target in Swift.",
  components: [.target(MyTarget.self)])

/// The entry that the host looks for: the one symbol of a plugin.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
