import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Every target, through its library")
struct TargetTests {
  static let targets = Bench.all(.target).filter(\.hasDefaults)

  /// y = x Wᵀ + b of three inputs and two outputs, with weights that are exact in few bits.
  private let graph = Graph(
    input: "input", output: "output", inputShape: Shape([3]), outputShape: Shape([2]),
    nodes: [
      Graph.Node(
        name: "layer", operation: "Gemm", inputs: ["input", "weight", "bias"],
        outputs: ["output"], attributes: ["transB": .integers([1])])
    ],
    constants: [
      Graph.Constant(
        name: "weight", shape: Shape([2, 3]), elements: .float([1, -0.5, 0.25, 0.5, 1, -1])),
      Graph.Constant(name: "bias", shape: Shape([2]), elements: .float([0.5, -0.5])),
    ])

  private let inputs: [Float] = (0..<24).map { Float(($0 * 7) % 9 - 4) / 4 }

  private func expected() -> [Float] {
    stride(from: 0, to: inputs.count, by: 3).flatMap { row -> [Float] in
      let (a, b, c) = (inputs[row], inputs[row + 1], inputs[row + 2])
      return [a - 0.5 * b + 0.25 * c + 0.5, 0.5 * a + b - c - 0.5]
    }
  }

  @Test(
    "A small network is compiled the same each time, and picks the same classes",
    // It writes networks of spiking neurons alone.
    arguments: targets.filter { $0.name != "nir" }
  )
  func compiles(_ component: BenchComponent) throws {
    let calibration = Calibration(
      rowCount: 8, inputs: inputs, targets: Array(repeating: 0, count: 8))
    let target = try ForeignTarget(component.component, request: try component.request())
    let compiled = try target.compile(graph, calibration: calibration)
    #expect(!compiled.artifacts.isEmpty)
    for artifact in compiled.artifacts { #expect(!artifact.bytes.isEmpty, "\(artifact.name)") }
    #expect(Set(compiled.artifacts.map(\.name)).count == compiled.artifacts.count)
    #expect(compiled.figures.allSatisfy { $0.value.isFinite })
    let again = try ForeignTarget(component.component, request: try component.request())
      .compile(graph, calibration: calibration)
    #expect(again.artifacts.map(\.bytes) == compiled.artifacts.map(\.bytes))
    do throws(ComponentError) {
      let outputs = try target.execute(inputs: inputs, rowCount: 8).outputs
      #expect(outputs.count == 16)
      for row in 0..<8 where outputs.count == 16 {
        let (first, second) = (expected()[2 * row], expected()[2 * row + 1])
        // A target may round; where the classes are close they may differ.
        guard abs(first - second) > 0.25 else { continue }
        #expect((outputs[2 * row] > outputs[2 * row + 1]) == (first > second), "row \(row)")
      }
    } catch {
      #expect(error.severity == .unsupported, "\(error)")
    }
  }
}
