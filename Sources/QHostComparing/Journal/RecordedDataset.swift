internal import QHostRuntime

/// A dataset as a run's record describes it.
public struct RecordedDataset: Sendable, Decodable, Equatable {
  /// The value of a parameter.
  public enum Value: Sendable, Decodable, Equatable {
    /// A number.
    case number(Double)
    /// A truth value.
    case truth(Bool)
    /// A text or the name of a choice.
    case text(String)
    /// A list, which nobody has asked for yet.
    case list

    /// Reads one.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let truth = try? container.decode(Bool.self) {
        self = .truth(truth)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else {
        self = .list
      }
    }
  }

  /// Its name.
  public var name: String
  /// The values of its parameters.
  public var parameters: [String: Value]
}
