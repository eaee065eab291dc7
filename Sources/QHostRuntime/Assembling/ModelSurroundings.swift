public import QHostInterfaces

/// What a model of another process, and the models that it is made around, are made for.
public struct ModelSurroundings: Sendable {
  /// What it maps to what.
  public var mapping: Mapping
  /// The parameters [n] that models which others are made around start from, by their place, where the user names a
  /// file.
  public var starts: [String: [Double]] = [:]
  /// Typical rows, for a model that may ask for them; `nil`: there are none.
  public var calibration: Calibration?

  /// Makes those of a model that is made around no other one.
  public init(mapping: Mapping) { self.mapping = mapping }
}
