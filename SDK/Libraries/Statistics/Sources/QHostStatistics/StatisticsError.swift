/// Why a figure cannot be given.
public enum StatisticsError: Error, Equatable, CustomStringConvertible {
  /// A test over problems has too few of them to mean anything.
  case tooFewProblems(Int, needed: Int)
  /// A test over algorithms has too few of them.
  case tooFewAlgorithms(Int, needed: Int)
  /// A value is not a number, at a place from 0.
  case notANumber(place: Int)

  /// One sentence that says what to do.
  public var description: String {
    switch self {
    case .tooFewProblems(let count, let needed):
      "\(count) problems are too few for a test over problems, it needs \(needed); add problems, "
        + "or compare pairs of algorithms"
    case .tooFewAlgorithms(let count, let needed):
      "\(count) algorithms are too few for a test of several, it needs \(needed); test pairs instead"
    case .notANumber(let place):
      "value \(place + 1) is not a number; leave the run out, or give it the worst value"
    }
  }
}
