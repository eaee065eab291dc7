internal import Glibc
public import QHostInterfaces

/// What the outputs of each row are compared with, and how.
///
/// Classes: the cross-entropy against (1 − m) e_label + m softmax(t), t the real network's outputs, which is
///
///     ln Σ_c e^{z_c} − z_label + Σ_c mix_c z_c,   mix = m (e_label − softmax(t)).
///
/// Numbers: the mean over outputs of (z_c − (1 − m) y_c − m t_c)².
public struct TuningGoal: Sendable {
  /// Whether outputs are logits of classes.
  let isClasses: Bool
  /// C, the numbers in one output.
  let outputCount: Int
  /// [N], the class; empty for numbers.
  let labels: [Float]
  /// [N × C], mix or the numbers to be; empty: mix is 0.
  let values: [Float]

  /// Makes the goal of rows with targets.
  ///
  /// - Parameters:
  ///   - calibration: the rows, N.
  ///   - outputCount: C.
  ///   - teacher: [N × C], the real network's outputs; empty: none.
  ///   - distillation: m.
  /// - Throws: kind `data` for rows without targets, or of another width.
  public init(
    _ calibration: Calibration, outputCount: Int, teacher: [Float], distillation: Double
  ) throws(ComponentError) {
    self.outputCount = outputCount
    let width = calibration.targetWidth
    isClasses = width == 1 && outputCount > 1
    guard width > 0, isClasses || width == outputCount,
      calibration.targets.count == calibration.rowCount * width
    else {
      throw .data(
        "target.finetune needs a class, or \(outputCount) numbers, for each calibration row, and there "
          + "are \(calibration.targets.count) in \(calibration.rowCount) rows; set it to false")
    }
    let part = Float(distillation)
    guard isClasses else {
      labels = []
      values =
        teacher.isEmpty
        ? calibration.targets
        : zip(calibration.targets, teacher).map { (1 - part) * $0 + part * $1 }
      return
    }
    labels = calibration.targets
    guard labels.allSatisfy({ $0 >= 0 && Int($0) < outputCount }) else {
      throw .data("a calibration row's class is none of the \(outputCount) of the model")
    }
    var mix = [Float](repeating: 0, count: teacher.count)
    for start in stride(from: 0, to: teacher.count, by: outputCount) {
      let largest = teacher[start..<start + outputCount].max() ?? 0
      var sum: Float = 0
      for place in start..<start + outputCount {
        mix[place] = expf(teacher[place] - largest)
        sum += mix[place]
      }
      for place in start..<start + outputCount { mix[place] *= -part / sum }
      mix[start + Int(labels[start / outputCount])] += part
    }
    values = mix
  }
}
