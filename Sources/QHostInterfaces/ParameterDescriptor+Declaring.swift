/// Short ways to declare a parameter.
extension ParameterDescriptor {
  /// An integer in a range.
  public static func integer(
    _ name: String, default defaultValue: Int?, in range: ClosedRange<Int> = Int.min...Int.max,
    unit: String? = nil, tunable: Bool = false, _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .integer, documentation: documentation, unit: unit,
      defaultValue: defaultValue.map { "\($0)" },
      minimum: range.lowerBound == .min ? -.infinity : Double(range.lowerBound),
      maximum: range.upperBound == .max ? .infinity : Double(range.upperBound),
      isTunable: tunable)
  }

  /// A real number of at least `range.lowerBound` and at most `range.upperBound`.
  public static func real(
    _ name: String, default defaultValue: Double?,
    in range: ClosedRange<Double> = -Double.infinity...Double.infinity, unit: String? = nil,
    tunable: Bool = false, logarithmic: Bool = false, _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .real, documentation: documentation, unit: unit,
      defaultValue: defaultValue.map { "\($0)" }, minimum: range.lowerBound,
      maximum: range.upperBound, isTunable: tunable, isLogarithmic: logarithmic)
  }

  /// A real number above zero.
  public static func positive(
    _ name: String, default defaultValue: Double?, upTo maximum: Double = .infinity,
    unit: String? = nil, tunable: Bool = false, logarithmic: Bool = true, _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .real, documentation: documentation, unit: unit,
      defaultValue: defaultValue.map { "\($0)" }, minimum: 0, maximum: maximum,
      isMinimumExclusive: true, isTunable: tunable, isLogarithmic: logarithmic)
  }

  /// `true` or `false`.
  public static func boolean(
    _ name: String, default defaultValue: Bool, _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .boolean, documentation: documentation, defaultValue: "\(defaultValue)")
  }

  /// One of a list of names.
  public static func choice(
    _ name: String, default defaultValue: String?, of choices: [Choice], tunable: Bool = false,
    _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .choice, documentation: documentation, defaultValue: defaultValue,
      isTunable: tunable, choices: choices)
  }

  /// Any text.
  public static func text(
    _ name: String, default defaultValue: String?, _ documentation: String
  ) -> Self {
    Self(name: name, type: .text, documentation: documentation, defaultValue: defaultValue)
  }

  /// A path.
  public static func path(
    _ name: String, default defaultValue: String?, _ documentation: String
  ) -> Self {
    Self(name: name, type: .path, documentation: documentation, defaultValue: defaultValue)
  }

  /// Integers, separated by commas.
  public static func integers(
    _ name: String, default defaultValue: [Int]?, in range: ClosedRange<Int> = Int.min...Int.max,
    tunable: Bool = false, _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .integers, documentation: documentation,
      defaultValue: defaultValue.map { $0.map(String.init).joined(separator: ",") },
      minimum: range.lowerBound == .min ? -.infinity : Double(range.lowerBound),
      maximum: range.upperBound == .max ? .infinity : Double(range.upperBound),
      isTunable: tunable)
  }

  /// Real numbers, separated by commas.
  public static func reals(
    _ name: String, default defaultValue: [Double]?,
    in range: ClosedRange<Double> = -Double.infinity...Double.infinity, tunable: Bool = false,
    _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .reals, documentation: documentation,
      defaultValue: defaultValue.map { $0.map { "\($0)" }.joined(separator: ",") },
      minimum: range.lowerBound, maximum: range.upperBound, isTunable: tunable)
  }
}
