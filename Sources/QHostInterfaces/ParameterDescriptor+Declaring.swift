/// Short ways to declare a parameter.
extension ParameterDescriptor {
  /// An integer in a range.
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: within the range; `nil`: the user must set it.
  ///   - range: both ends allowed; an end at the type's own limit is no bound.
  ///   - unit: shown in help; `nil`: none.
  ///   - tunable: whether it is worth tuning.
  ///   - documentation: what it does, in one sentence.
  /// - Returns: the descriptor.
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
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: within the range; `nil`: the user must set it.
  ///   - range: both ends allowed.
  ///   - unit: shown in help; `nil`: none.
  ///   - tunable: whether it is worth tuning.
  ///   - logarithmic: whether it varies over orders of magnitude.
  ///   - documentation: what it does, in one sentence.
  /// - Returns: the descriptor.
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
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: above 0; `nil`: the user must set it.
  ///   - maximum: the largest value allowed.
  ///   - unit: shown in help; `nil`: none.
  ///   - tunable: whether it is worth tuning.
  ///   - logarithmic: whether it varies over orders of magnitude.
  ///   - documentation: what it does, in one sentence.
  /// - Returns: the descriptor.
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
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: taken where the user sets nothing.
  ///   - documentation: what `true` does, in one sentence.
  /// - Returns: the descriptor.
  public static func boolean(
    _ name: String, default defaultValue: Bool, _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .boolean, documentation: documentation, defaultValue: "\(defaultValue)")
  }

  /// One of a list of names.
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: one of the names; `nil`: the user must set it.
  ///   - choices: the names, and what each means.
  ///   - tunable: whether it is worth tuning.
  ///   - documentation: what is chosen, in one sentence.
  /// - Returns: the descriptor.
  public static func choice(
    _ name: String, default defaultValue: String?, of choices: [Choice], tunable: Bool = false,
    _ documentation: String
  ) -> Self {
    Self(
      name: name, type: .choice, documentation: documentation, defaultValue: defaultValue,
      isTunable: tunable, choices: choices)
  }

  /// Any text.
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: `nil`: the user must set it.
  ///   - documentation: what it does, in one sentence.
  /// - Returns: the descriptor.
  public static func text(
    _ name: String, default defaultValue: String?, _ documentation: String
  ) -> Self {
    Self(name: name, type: .text, documentation: documentation, defaultValue: defaultValue)
  }

  /// The path of a file or folder.
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: `nil`: the user must set it.
  ///   - documentation: what it is the path of, in one sentence.
  /// - Returns: the descriptor.
  public static func path(
    _ name: String, default defaultValue: String?, _ documentation: String
  ) -> Self {
    Self(name: name, type: .path, documentation: documentation, defaultValue: defaultValue)
  }

  /// Integers, separated by commas.
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: each within the range; `nil`: the user must set it.
  ///   - range: of each number, both ends allowed.
  ///   - tunable: whether it is worth tuning.
  ///   - documentation: what they do, in one sentence.
  /// - Returns: the descriptor.
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
  ///
  /// - Parameters:
  ///   - name: `[a-z][a-z0-9_]*`.
  ///   - defaultValue: each within the range; `nil`: the user must set it.
  ///   - range: of each number, both ends allowed.
  ///   - tunable: whether it is worth tuning.
  ///   - documentation: what they do, in one sentence.
  /// - Returns: the descriptor.
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
