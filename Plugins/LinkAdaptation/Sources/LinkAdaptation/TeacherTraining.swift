internal import CLinkAdaptation
package import QHostInterfaces
internal import QHostMemory
internal import QHostRandomness

/// How the teacher is trained: double DQN with a target network and replay.
///
///     L(θ) = E[H((r + d max_a' Q(s', a'; θ') - Q(s, a; θ))]
///
/// A step is a turn of a HARQ process, 8 slots. A block of scheme a that takes k turns has r = γ^(k-1) bits and d = γ^k; both are
/// means over the block's luck, for all 28 schemes, since the trace knows what would have become of each: replay in hindsight. The
/// action of max is the network's, its value that of θ', a copy of θ (H. van Hasselt and others, 2016). H is Huber's loss.
/// *Deviation* from the standard: r of schemes that were not sent is learned from as well.
package struct TeacherTraining: Sendable {
  /// Steps of Adam.
  package var stepCount = 10_000
  /// γ of a turn.
  package var discount = 0.9
  /// Links that are played at once.
  package var laneCount = 128
  /// States of a step of Adam.
  package var batchSize = 256
  /// States that are remembered.
  package var memoryCount = 200_000
  /// States that are there before learning begins.
  package var leadCount = 20_000
  /// Steps after which the target network is copied.
  package var copySteps = 100
  /// The rate of Adam, falling to a fiftieth over the second half.
  package var rate: Float = 1e-3
  /// The part of the weights that their exponential mean, which is the teacher, takes over in each step.
  package var averaging: Float = 0.002
  package var seed = 0

  /// The settings of the teacher that is kept.
  package init() {}

  /// Trains.
  ///
  /// - Throws: severity `cancelled` when the user asked to stop.
  package func run(_ plan: LinkPlan, host: any HostServices) throws(ComponentError) -> Teacher {
    let learner = TeacherLearner(self)
    let actors = TeacherActors(self, plan)
    let memory = TeacherMemory(capacity: memoryCount)
    while memory.total < leadCount { actors.play(learner.start, exploring: 1, into: memory) }
    for step in 0..<stepCount {
      guard !host.isCancelled else {
        throw ComponentError("the teacher was not trained to the end", severity: .cancelled)
      }
      if step % 100 == 0 {
        host.progress(Double(step) / Double(stepCount), "training the teacher")
      }
      let part = Double(step) / Double(stepCount)
      // Exploration falls over the first tenth.
      actors.play(learner.start, exploring: max(0.05, 1 - 9.5 * part), into: memory)
      let fall = part < 0.5 ? 1 : 0.02 + 0.98 * (1 - part) / 0.5
      learner.learn(memory, rate: rate * Float(fall))
    }
    return Teacher(weights: learner.averaged)
  }
}
