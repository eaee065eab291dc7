public import CQHost
import Glibc
import QHostInterfaces
import QHostSDK

/// Two moons: two half circles that reach into each other, with noise.
///
/// Class 0: (cos α, sin α); class 1: (1 − cos α, ½ − sin α); α uniform over [0, π).
///
/// A row's numbers depend on the seed, its split and its index alone, so that nothing need be kept.
final class MyDataset: DatasetComponent {
  static let descriptor = ComponentDescriptor(
    name: "my-dataset", summary: "Two moons: two classes of points in the plane.",
    parameters: [
      .integer(
        "rows", default: 200, in: 2...1_000_000,
        "Rows for training; half as many for validation and for the test."),
      .real(
        "noise", default: 0.1, in: 0...10, "Standard deviation of the noise on both coordinates."),
    ])

  let datasetDescription: DatasetDescription
  private let host: any HostServices
  private let noise: Double

  init(request: ComponentRequest) {
    let rows = request.configuration.integer("rows")
    var description = DatasetDescription(
      task: .classification, input: Shape([2]), output: Shape([2]), targetWidth: 1,
      rowCounts: [.train: rows, .validation: (rows + 1) / 2, .test: (rows + 1) / 2])
    description.scaling = .standardize
    description.featureNames = ["x", "y"]
    description.outputNames = ["upper", "lower"]
    description.source = "made from random numbers"
    datasetDescription = description
    host = request.host
    noise = request.configuration.real("noise")
  }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    let stream = UInt64(split.rawValue)
    for (i, row) in rows.enumerated() {
      let angle = .pi * host.uniforms(step: stream, index: UInt64(row), count: 1)[0]
      let normals = host.normals(step: 3 + stream, index: UInt64(row), count: 2)
      let isLower = row % 2 == 1
      inputs[2 * i] = Float((isLower ? 1 - cos(angle) : cos(angle)) + noise * normals[0])
      inputs[2 * i + 1] = Float((isLower ? 0.5 - sin(angle) : sin(angle)) + noise * normals[1])
      targets[i] = isLower ? 1 : 0
    }
  }
}

private let plugin = PluginTable(
  vendor: "example", name: "my-dataset", version: "0.1.0", summary: "A dataset in Swift.",
  components: [.dataset(MyDataset.self)])

/// The entry that the host looks for: the one symbol of a plugin.
@c @implementation
public func qhost_plugin_entry_v1(
  _ host: UnsafePointer<qhost_host>?, _ error: UnsafeMutablePointer<qhost_error>?
) -> UnsafePointer<qhost_plugin>? {
  plugin.enter(host, error)
}
