import QHostInterfaces

/// Points of a plane with noise from the host: other ones for each seed of a run.
final class NoisyDataset: DatasetComponent {
  static let descriptor = ComponentDescriptor(name: "noisy", summary: "Noisy points of a plane.")

  let datasetDescription: DatasetDescription
  private let host: any HostServices
  private let plane = PlaneDataset()

  init(request: ComponentRequest) {
    host = request.host
    datasetDescription = plane.datasetDescription
  }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    plane.read(split, rows: rows, inputs: inputs, targets: targets)
    let noise = host.normals(step: UInt64(split.rawValue), index: 0, count: inputs.count)
    for place in inputs.indices { inputs[place] += Float(noise[place]) }
  }
}
