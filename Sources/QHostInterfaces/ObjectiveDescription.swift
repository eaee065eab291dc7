/// One of several things that a scenario is to be good at.
///
/// With x its value, z = (x − ideal) ÷ (reference − ideal) is 0 at the ideal and 1 at the reference, whichever of
/// them is larger: less is better. A reference above the ideal means that less of x is better, one below it that
/// more is.
public struct ObjectiveDescription: Sendable, Equatable, Codable {
  /// `[a-z][a-z0-9-]*`, once in a scenario.
  public var name: String
  /// Its unit; `nil`: none.
  public var unit: String?
  /// A value that cannot be bettered, or hardly.
  public var ideal: Double
  /// The worst value that is of any use: hypervolumes are measured up to here.
  public var reference: Double

  /// Makes a description.
  public init(name: String, unit: String? = nil, ideal: Double, reference: Double) {
    self.name = name
    self.unit = unit
    self.ideal = ideal
    self.reference = reference
  }

  /// Whether more of it is better.
  public var isMaximised: Bool { reference < ideal }

  /// The value of a z.
  public func value(ofNormalised z: Double) -> Double { ideal + z * (reference - ideal) }

  /// z: 0 at the ideal, 1 at the reference.
  public func normalised(_ value: Double) -> Double { (value - ideal) / (reference - ideal) }
}
