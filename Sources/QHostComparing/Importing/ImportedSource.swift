/// What was imported into a comparison from others' files.
public struct ImportedSource: Sendable, Encodable, Equatable {
  /// The file or folder.
  public var path: String
  /// What it is.
  public var form: ImportSource.Form
  /// What its algorithms are called in the comparison.
  public var names: [String]
  /// Runs that were taken.
  public var runs: Int
  /// Whether some of its problems are functions of COCO's suite by their numbers, whose instances are others here.
  public var isOfSuite: Bool
  /// Problems that the comparison does not have, which were left out.
  public var absentProblems: Int
}
