internal import CLinkAdaptation
internal import Foundation
internal import QHostMemory
internal import QHostRandomness

/// The weights that learn.
final class TeacherLearner {
  private let training: TeacherTraining
  private let key: UInt64
  private let buffers: [AlignedBuffer<Float>]
  private var learner = qhost_kernel_link_learner()
  private let scaled, next, rewards, discounts, scratch: AlignedBuffer<Float>
  private var picks: [Double]

  init(_ training: TeacherTraining) {
    self.training = training
    key = LinkEpisode.key(seed: training.seed, "learner")
    buffers = (0..<6).map { _ in AlignedBuffer(count: Teacher.weightCount) }
    let rows = training.batchSize
    scaled = AlignedBuffer(count: Teacher.inputCount * rows)
    next = AlignedBuffer(count: Teacher.inputCount * rows)
    rewards = AlignedBuffer(count: Teacher.schemeCount * rows)
    discounts = AlignedBuffer(count: Teacher.schemeCount * rows)
    scratch = AlignedBuffer(count: Teacher.scratchCount * rows)
    picks = Array(repeating: 0, count: rows)
    learner.weights = buffers[0].start
    learner.target = buffers[1].start
    learner.averaged = buffers[2].start
    learner.gradient = buffers[3].start
    learner.first = buffers[4].start
    learner.second = buffers[5].start
    drawWeights()
  }

  /// The weights.
  var start: UnsafePointer<Float> { UnsafePointer(buffers[0].start) }

  /// The exponential mean of the weights.
  var averaged: [Float] {
    Array(UnsafeBufferPointer(start: buffers[2].start, count: Teacher.weightCount))
  }

  /// He's start, a third of it in the last layer.
  private func drawWeights() {
    let hidden = Int(QHOST_KERNEL_LINK_HIDDEN)
    let layers = [
      (Teacher.inputCount, hidden, 1.0), (hidden, hidden, 1.0), (hidden, Teacher.schemeCount, 0.3),
    ]
    var place = 0
    for (index, (inputs, units, gain)) in layers.enumerated() {
      var normals = Array(repeating: 0.0, count: inputs * units)
      normals.withUnsafeMutableBufferPointer {
        RandomFill.normal(key: key, step: 0, index: UInt64(index), $0)
      }
      let scale = gain * (2 / Double(inputs)).squareRoot()
      for number in normals {
        buffers[0].start[place] = Float(scale * number)
        place += 1
      }
      place += units
    }
    buffers[1].start.update(from: buffers[0].start, count: Teacher.weightCount)
    buffers[2].start.update(from: buffers[0].start, count: Teacher.weightCount)
  }

  /// A step on a random batch.
  func learn(_ memory: TeacherMemory, rate: Float) {
    let rows = training.batchSize
    let step = Int(learner.step)
    picks.withUnsafeMutableBufferPointer {
      RandomFill.uniform(key: key, step: UInt64(step + 1), index: 0, $0)
    }
    let (inputs, schemes) = (Teacher.inputCount, Teacher.schemeCount)
    for row in 0..<rows {
      let item = memory[Int(picks[row] * Double(memory.count))]
      for i in 0..<inputs {
        scaled.start[i * rows + row] = item[i]
        next.start[i * rows + row] = item[inputs + i]
      }
      for m in 0..<schemes {
        rewards.start[m * rows + row] = item[2 * inputs + m]
        discounts.start[m * rows + row] = item[2 * inputs + schemes + m]
      }
    }
    _ = qhost_kernel_link_learn(
      &learner, rows, scaled.start, next.start, rewards.start, discounts.start, rate,
      training.averaging, scratch.start)
    if (step + 1) % training.copySteps == 0 {
      buffers[1].start.update(from: buffers[0].start, count: Teacher.weightCount)
    }
  }
}
