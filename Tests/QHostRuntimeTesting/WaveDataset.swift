package import QHostInterfaces

/// Series of two channels whose class a leaky integrator can learn; of unequal length, or a stream; for tests.
///
/// The first channel of a series swings about its class; what lies beyond its length is `fill`, which nobody must see.
package final class WaveDataset: DatasetComponent, SeriesDataset {
  package static let descriptor = ComponentDescriptor(
    name: "wave", summary: "Series of two channels.",
    parameters: [
      .integer("rows", default: 40, in: 1...100_000, "Training rows."),
      .integer("steps", default: 7, in: 1...1_000, "Steps of an input."),
      .integer("longest", default: 7, in: 1...1_000, "Steps of the longest series."),
      .integer("shortest", default: 3, in: 1...1_000, "Steps of the shortest series."),
      .real("fill", default: 0, in: -1e9...1e9, "What lies beyond a series."),
      .boolean("stream", default: false, "Whether rows follow one another in time."),
      .integer("wrong", default: -1, in: -1...1_000, "The length of row 5; -1: a right one."),
    ])

  package let datasetDescription: DatasetDescription
  private let configuration: Configuration

  package init(request: ComponentRequest) {
    configuration = request.configuration
    let rows = configuration.integer("rows")
    var description = DatasetDescription(
      task: .classification, input: Shape([configuration.integer("steps"), 2]),
      output: Shape([2]), targetWidth: 1, rowCounts: [.train: rows, .test: 10])
    description.isSeries = true
    description.scaling = .standardize
    if configuration.boolean("stream") { description.streams = [.train, .test] }
    datasetDescription = description
  }

  package func lengths(_ split: Split, rows: [Int]) -> [Int] {
    let (least, most) = (configuration.integer("shortest"), configuration.integer("longest"))
    let wrong = configuration.integer("wrong")
    return rows.map { row in
      row == 5 && wrong >= 0 ? wrong : least + row * 7 % max(most - least + 1, 1)
    }
  }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    let width = datasetDescription.input.count
    let fill = Float(configuration.real("fill"))
    for (place, length) in lengths(split, rows: rows).enumerated() {
      let row = rows[place] + (split == .test ? 1_000 : 0)
      let label = row * 37 % 101 % 2
      targets[place] = Float(label)
      for step in 0..<datasetDescription.input.extents[0] {
        let first = Float(label) - 0.5 + Float((row * 53 + step * 29) % 89) / 60
        let isThere = step < length
        inputs[place * width + 2 * step] = isThere ? first : fill
        inputs[place * width + 2 * step + 1] = isThere ? Float((row + step) % 5) : fill
      }
    }
  }
}
