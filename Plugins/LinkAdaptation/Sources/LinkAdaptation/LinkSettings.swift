internal import QHostInterfaces

/// The parameters of the dataset.
struct LinkSettings: Sendable {
  /// What rows are labelled with.
  enum Target: String, CaseIterable {
    /// The index of the scheme that the teacher chooses.
    case labels
    /// The teacher's values of all schemes, less the highest one.
    case values = "q-values"
  }

  var sampleCount: Int
  var seed: Int
  var target: Target
  /// `nil`: the teacher that is kept.
  var training: TeacherTraining?
  /// Who plays the test episodes, or empty.
  var player: String
  /// Episodes that are played.
  var episodeCount: Int

  /// Reads and checks the values of the declared parameters.
  init(_ configuration: Configuration) throws(ComponentError) {
    sampleCount = configuration.integer("samples")
    seed = configuration.integer("seed")
    target = Target(rawValue: configuration.choice("target")) ?? .labels
    player = configuration.text("player")
    episodeCount = configuration.integer("episodes")
    guard configuration.choice("teacher") == "trained" else { return }
    var training = TeacherTraining()
    training.seed = configuration.integer("teacher_seed")
    training.stepCount = configuration.integer("teacher_steps")
    self.training = training
  }

  /// Rows of a split: 5/7, 1/7 and 1/7.
  func rowCount(_ split: Split) -> Int {
    let heldOut = sampleCount / 7
    return split == .train ? sampleCount - 2 * heldOut : heldOut
  }

  /// The declarations.
  static let declared: [ParameterDescriptor] = [
    .integer(
      "samples", default: 2_100_000, in: 700...20_000_000,
      "Rows of all splits together: 5/7 for training, 1/7 for validation, 1/7 for the test. From "
        + "100,000 on they are kept in the user's cache."),
    .integer(
      "seed", default: 0,
      "Picks the episodes; the seed of a run does not, so that all see the same."),
    .choice(
      "target", default: "labels",
      of: [
        .init("labels", "The scheme that the teacher chooses: 28 classes."),
        .init("q-values", "Its values of all 28 schemes, less the highest one: 28 numbers."),
      ], "What a model is to learn."),
    .choice(
      "teacher", default: "kept",
      of: [
        .init("kept", "The one that comes with the plugin."),
        .init("trained", "One that is retrained, which takes a minute or two."),
      ], "Whose choices are to be learned."),
    .integer("teacher_seed", default: 0, "Of a teacher that is trained."),
    .integer(
      "teacher_steps", default: TeacherTraining().stepCount, in: 1...10_000_000,
      "Steps of Adam of a teacher that is trained."),
    .integer(
      "episodes", default: 600, in: 2...100_000, "Episodes of the test that a player plays."),
    .text(
      "player", default: "",
      "Who plays test episodes in the loop for the metrics loop_...: "
        + LinkPlayer.names.joined(separator: ", ")
        + ", or the file of a trained mlp or mcs-teacher of this dataset."),
  ]
}
