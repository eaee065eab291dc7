import Dispatch
import Foundation
import MOS6502
import QHostInterfaces
import QHostTesting

/// A small network of real numbers, rows for it, and the plain formulas of what tuning minimises.
struct TuningCase: Sendable {
  let float = FloatCase(widths: [10, 8, 6, 4])
  let rowCount: Int
  /// The lattice of each layer.
  let weights: String
  let isClasses: Bool
  /// [N × F].
  let inputs: [Float]
  /// [N × C], what the network of real numbers gives.
  let realOutputs: [Float]
  /// Its inputs, with its own classes, one in ten another, or its own numbers.
  let calibration: Calibration

  private var outputCount: Int { float.widths[float.widths.count - 1] }

  init(rowCount: Int = 400, weights: String = "ternary,15,pow2", isClasses: Bool = true) {
    (self.rowCount, self.weights, self.isClasses) = (rowCount, weights, isClasses)
    let (width, outputCount) = (float.widths[0], float.widths[float.widths.count - 1])
    let inputs = float.inputs(rowCount)
    let float = float
    let outputs = (0..<rowCount).flatMap { row in
      float.outputs(Array(inputs[row * width..<(row + 1) * width])).map { Float($0) }
    }
    let labels = (0..<rowCount).map { row -> Float in
      let own = outputs[row * outputCount..<(row + 1) * outputCount]
      let best = (own.firstIndex(of: own.max() ?? 0) ?? 0) - row * outputCount
      return Float(row % 10 == 3 ? (best + 1) % outputCount : best)
    }
    (self.inputs, realOutputs) = (inputs, outputs)
    calibration = Calibration(
      rowCount: rowCount, inputs: inputs, targets: isClasses ? labels : outputs)
  }

  func quantised(isCompensating: Bool = true) throws -> QuantisedNetwork {
    try QuantisedNetwork(
      float.graph, inputs: inputs,
      settings: QuantisationSettings(
        inputBits: 4,
        lattices: try WeightLattice.list(weights, layerCount: float.widths.count - 1),
        activationBits: 4, isCompensating: isCompensating))
  }

  func rows(
    _ network: QuantisedNetwork, distillation: Double = 0, heldOut: Double = 0.1
  ) throws -> TuningRows {
    let goal = try TuningGoal(
      calibration, outputCount: outputCount, teacher: distillation > 0 ? realOutputs : [],
      distillation: distillation)
    return try TuningRows(
      calibration, model: network.model, goal: goal, heldOut: heldOut, host: TestHost())
  }

  /// The mean loss of some rows, formula by formula.
  func loss(_ model: DeployedModel, rows: [Int], distillation: Double = 0) -> Double {
    let (calibration, teacher) = (calibration, realOutputs)
    let levels = model.levels(calibration.inputs)
    var total = 0.0
    for row in rows {
      let z = model.network.outputs(levels[row]).map { Double($0) * Double(model.outputScale) }
      let t = teacher[row * z.count..<(row + 1) * z.count].map(Double.init)
      if isClasses {
        let (own, other) = (Self.softmax(z), Self.softmax(t))
        for unit in z.indices {
          let label = Double(unit == Int(calibration.targets[row]) ? 1 : 0)
          total -= ((1 - distillation) * label + distillation * other[unit]) * log(own[unit])
        }
      } else {
        // The numbers to be are the real network's own: distillation changes nothing.
        total += zip(z, t).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(z.count)
      }
    }
    return total / Double(rows.count)
  }

  private static func softmax(_ z: [Double]) -> [Double] {
    let powers = z.map { exp($0 - (z.max() ?? 0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }
}

/// The tests' host with threads.
final class ThreadedHost: HostServices {
  let threadCount: Int
  private let host = TestHost()

  init(threadCount: Int) { self.threadCount = threadCount }

  var isCancelled: Bool { false }
  var nanoseconds: UInt64 { host.nanoseconds }
  func log(_ level: LogLevel, _ message: String) { host.log(level, message) }
  func progress(_ fraction: Double, _ message: String) {}
  func fillBits(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<UInt64>) {
    host.fillBits(step: step, index: index, out)
  }
  func fillUniform(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    host.fillUniform(step: step, index: index, out)
  }
  func fillNormal(step: UInt64, index: UInt64, _ out: UnsafeMutableBufferPointer<Double>) {
    host.fillNormal(step: step, index: index, out)
  }
  func parallelFor(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let (body, threads) = (body, threadCount)
    withoutActuallyEscaping(body) { body in
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for index in stride(from: thread, to: count, by: threads) { body(index) }
      }
    }
  }
  func locateData(_ relativePath: String) throws(ComponentError) -> String {
    try host.locateData(relativePath)
  }
}
