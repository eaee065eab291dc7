public import QHostInterfaces

extension Drifting {
  /// What it says of itself.
  public static let descriptor = ComponentDescriptor(
    name: "drifting",
    summary: "Rows in time whose concept changes: SEA, rotating hyperplane, LED, Agrawal.",
    source:
      "SEA: Street, Kim, KDD 2001; hyperplane: Hulten, Spencer, Domingos, KDD 2001; LED: Breiman et al. 1984; "
      + "Agrawal, Imielinski, Swami, IEEE TKDE 5, 1993; gradual drift: Bifet et al., JMLR 11, 2010.",
    parameters: [
      .choice(
        "generator", default: "sea",
        of: [
          .init("sea", "Two of three numbers and a threshold, 2 classes."),
          .init("hyperplane", "A plane through a cube, 2 classes."),
          .init("led", "The segments of a digit among random bits, 10 classes."),
          .init("agrawal", "Nine facts of a person who asks for a loan, 2 classes."),
        ], "What rows are drawn from."),
      .choice(
        "drift", default: "abrupt",
        of: [
          .init("none", "One concept all the time."),
          .init("abrupt", "From one row to the next."),
          .init("gradual", "Rows of both concepts for `width` rows."),
          .init("recurring", "Abrupt, and back again: the first two concepts in turn."),
          .init("rotating", "The hyperplane's weights move at each row."),
        ], "How concepts change."),
      .integer("drifts", default: 3, in: 1...1_000, "How often, at equal distances."),
      .integer(
        "width", default: 1_000, in: 1...1_000_000_000, unit: "rows",
        "Of a gradual drift, at its middle's slope."),
      .text(
        "concepts", default: "",
        "The concepts after each other, such as 0,3,1; empty: the generator's own order."),
      .real(
        "noise", default: 0.1, in: 0...1,
        "The fraction of classes that is wrong; of LED the fraction of segments."),
      .integer("features", default: 10, in: 2...10_000, "F of the hyperplane."),
      .integer(
        "moving", default: 2, in: 1...10_000,
        "Of the hyperplane, how many weights move; of LED, how many segments change places, at most 7."
      ),
      .real("speed", default: 0.001, in: 0...1, "How far such a weight moves at each row."),
      .integer("train_rows", default: 100_000, in: 2...1_000_000_000, "N, the rows of the stream."),
      .integer(
        "validation_rows", default: 0, in: 0...1_000_000_000,
        "Rows of the last concept, for runs that are not online."),
      .integer("test_rows", default: 0, in: 0...1_000_000_000, "The same."),
      .integer(
        "data_seed", default: 0,
        "Picks the rows; the seed of a run does not change them, so that all runs see the same."),
    ])
}
