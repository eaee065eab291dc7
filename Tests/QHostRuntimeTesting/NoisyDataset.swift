package import QHostInterfaces

/// Points of a plane with noise from the host: other ones for each seed of a run.
package final class NoisyDataset: DatasetComponent {
  package static let descriptor = ComponentDescriptor(
    name: "noisy", summary: "Noisy points of a plane.",
    parameters: [
      .boolean("late", default: false, "Whether the noise comes with minibatches, not with rows.")
    ])

  package let datasetDescription: DatasetDescription
  private let host: any HostServices
  private let isLate: Bool
  private let plane: PlaneDataset

  package init(request: ComponentRequest) {
    host = request.host
    isLate = request.configuration.boolean("late")
    plane = PlaneDataset(variants: isLate ? 2 : 1)
    datasetDescription = plane.datasetDescription
  }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    plane.read(split, rows: rows, inputs: inputs, targets: targets)
    if !isLate { addNoise(to: inputs, step: UInt64(split.rawValue)) }
  }

  package func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) {
    plane.readVariants(variants, rows: rows, inputs: inputs)
    addNoise(to: inputs, step: UInt64(rows[0]))
  }

  private func addNoise(to inputs: UnsafeMutableBufferPointer<Float>, step: UInt64) {
    let noise = host.normals(step: step, index: 0, count: inputs.count)
    for place in inputs.indices { inputs[place] += Float(noise[place]) }
  }
}
