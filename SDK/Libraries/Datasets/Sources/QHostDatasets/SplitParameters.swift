public import QHostInterfaces

/// How a table of samples is to be split: the three parameters that such datasets share.
public struct SplitParameters: Sendable, Equatable {
  /// The part of the rows that goes to the test split.
  public var testFraction: Double
  /// The part of the rows that goes to the validation split.
  public var validationFraction: Double
  /// Picks the split; the seed of a run does not.
  public var seed: Int

  /// Takes given values.
  public init(testFraction: Double, validationFraction: Double = 0, seed: Int = 0) {
    self.testFraction = testFraction
    self.validationFraction = validationFraction
    self.seed = seed
  }

  /// Reads the values of the declared parameters.
  ///
  /// - Throws: an error of kind `parameter` when no row would be left for training.
  public init(_ configuration: Configuration) throws(ComponentError) {
    testFraction = configuration.real("test_fraction")
    validationFraction = configuration.real("validation_fraction")
    seed = configuration.integer("split_seed")
    guard testFraction >= 0, validationFraction >= 0, testFraction + validationFraction < 1 else {
      throw .parameter(
        "test_fraction \(testFraction) and validation_fraction \(validationFraction) leave no row "
          + "for training; make them add up to less than 1")
    }
  }

  /// The declarations of the parameters.
  public static func declared(testFraction: Double) -> [ParameterDescriptor] {
    [
      .real(
        "test_fraction", default: testFraction, in: 0...1,
        "Part of the rows that goes to the test split."),
      .real(
        "validation_fraction", default: 0, in: 0...1,
        "Part of the rows that goes to the validation split."),
      .integer(
        "split_seed", default: 0,
        "Picks the split; the seed of a run does not change it, so that all runs see the same."),
    ]
  }
}
