package import QHostInterfaces

/// Rows with two features, and classes or numbers that a linear model can learn; for tests.
package final class PlaneDataset: DatasetComponent {
  package static let descriptor = ComponentDescriptor(
    name: "plane", summary: "Points of a plane.",
    parameters: [
      .integer("rows", default: 40, in: 1...100_000, "Training rows."),
      .integer("shift", default: 0, in: 0...1_000, "Changes every row."),
      .integer("variants", default: 1, in: 1...9, "Variants of each training row."),
    ])

  package let datasetDescription: DatasetDescription
  private let shift: Int
  /// The variants that were asked for, by row.
  package private(set) var variantsSeen: [Int: Int] = [:]
  /// Changes a row's inputs and targets after they were written.
  package var change:
    (Int, UnsafeMutableBufferPointer<Float>, UnsafeMutableBufferPointer<Float>) -> Void =
      {
        _, _, _ in
      }

  package init(
    _ task: Task = .classification, rows: Int = 40, outputs: Int = 2, shift: Int = 0,
    variants: Int = 1
  ) {
    self.shift = shift
    var description = DatasetDescription(
      task: task, input: Shape([2]), output: Shape([outputs]),
      targetWidth: task == .classification ? 1 : outputs, rowCounts: [.train: rows, .test: 10])
    description.variantCount = variants
    datasetDescription = description
  }

  package convenience init(request: ComponentRequest) {
    self.init(
      rows: request.configuration.integer("rows"), shift: request.configuration.integer("shift"),
      variants: request.configuration.integer("variants"))
  }

  /// Variant v of a row has v added to its first feature.
  package func readVariants(
    _ variants: [Int], rows: [Int], inputs: UnsafeMutableBufferPointer<Float>
  ) {
    for (place, row) in rows.enumerated() {
      let (x, y) = Self.features(row + shift)
      inputs[2 * place] = x + Float(variants[place])
      inputs[2 * place + 1] = y
      variantsSeen[row] = variants[place]
    }
  }

  /// The features of a row.
  package static func features(_ row: Int) -> (Float, Float) {
    (Float(row * 37 % 101) / 50 - 1, Float(row * 53 % 89) / 44 - 1)
  }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {
    let width = datasetDescription.targetWidth
    for (place, row) in rows.enumerated() {
      let (x, y) = Self.features(row + shift + (split == .test ? 1_000 : 0))
      inputs[2 * place] = x
      inputs[2 * place + 1] = y
      for unit in 0..<width {
        targets[place * width + unit] =
          datasetDescription.task == .classification
          ? (x + y > 0.3 ? 1 : 0) : x * Float(unit + 1) - 0.5 * y + 10 * Float(unit)
      }
      change(place, inputs, targets)
    }
  }
}

/// Σ_rows Σ_i (o_i − i − row)²: a scenario for tests.
package final class BowlScenario: DatasetComponent {
  package static let descriptor = ComponentDescriptor(
    name: "bowl", summary: "A sum of squares for each row.",
    parameters: [.integer("rows", default: 1, in: 1...1_000, "Rows, each with another optimum.")])

  package enum Fault { case none, discard, notANumber }

  package let datasetDescription: DatasetDescription
  private let fault: Fault

  package init(dimension: Int, rows: Int = 1, hasCuts: Bool, fault: Fault = .none) {
    self.fault = fault
    var description = DatasetDescription(
      task: .scenario, input: Shape([0]), output: Shape([dimension]), targetWidth: 0,
      rowCounts: [.train: rows])
    description.hasCuts = hasCuts
    description.metricNames = ["first"]
    datasetDescription = description
  }

  package convenience init(request: ComponentRequest) {
    self.init(dimension: 3, rows: request.configuration.integer("rows"), hasCuts: true)
  }

  package var cutCost: Double { 0.5 }

  package func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) {}

  package func score(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>, pointCount: Int,
    losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let c = datasetDescription.output.count
    for point in 0..<pointCount {
      for (place, row) in rows.enumerated() {
        let values = (0..<c).map { outputs[(point * c + $0) * rows.count + place] }
        if values[0] > 100 {
          if fault == .discard { throw ComponentError("infeasible", severity: .discard) }
          losses[point * rows.count + place] = fault == .notANumber ? .nan : .infinity
        } else {
          losses[point * rows.count + place] = Self.loss(values, row: row)
        }
      }
    }
  }

  package func metrics(
    _ split: Split, rows: [Int], outputs: UnsafeBufferPointer<Double>
  ) -> [Double] { [outputs[0]] }

  package func makeCuts(
    _ split: Split, row: Int, outputs: UnsafeBufferPointer<Double>
  ) -> any ScenarioCuts { BowlCuts(base: Array(outputs), row: row) }

  package static func loss(_ values: [Double], row: Int) -> Double {
    values.enumerated().reduce(0) { sum, value in
      let difference = value.element - Double(value.offset) - Double(row)
      return sum + difference * difference
    }
  }
}

private final class BowlCuts: ScenarioCuts {
  private var base: [Double]
  private let row: Int

  package init(base: [Double], row: Int) {
    self.base = base
    self.row = row
  }

  package func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) {
    for (place, offset) in offsets.enumerated() {
      var values = base
      values[output] += offset
      losses[place] = BowlScenario.loss(values, row: row)
    }
  }

  package func move(output: Int, delta: Double) { base[output] += delta }
}
