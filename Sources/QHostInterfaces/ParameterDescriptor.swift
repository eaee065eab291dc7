/// One parameter that a component declares: what help, checking and completion are made from.
public struct ParameterDescriptor: Sendable, Equatable {
  /// The type of a parameter's value.
  public enum ValueType: UInt32, Sendable, CaseIterable {
    /// An integer. The C constant is `QHOST_INTEGER`.
    case integer = 1
    /// A real number. The C constant is `QHOST_REAL`.
    case real
    /// `true` or `false`. The C constant is `QHOST_BOOLEAN`.
    case boolean
    /// One of a list of names. The C constant is `QHOST_CHOICE`.
    case choice
    /// Any text. The C constant is `QHOST_TEXT`.
    case text
    /// A path. The C constant is `QHOST_PATH`.
    case path
    /// Integers, separated by commas. The C constant is `QHOST_INTEGER_LIST`.
    case integers
    /// Real numbers, separated by commas. The C constant is `QHOST_REAL_LIST`.
    case reals
  }

  /// One of the names that a choice may take.
  public struct Choice: Sendable, Equatable {
    /// The name on the command line.
    public var name: String
    /// What it means, in one sentence.
    public var documentation: String

    /// Makes a choice.
    public init(_ name: String, _ documentation: String) {
      self.name = name
      self.documentation = documentation
    }
  }

  /// The name on the command line: `[a-z][a-z0-9_]*`.
  public var name: String
  /// The type of its value.
  public var type: ValueType
  /// What it does, in one sentence.
  public var documentation: String
  /// The unit of its value, if it has one.
  public var unit: String?
  /// The default as a user would write it; `nil` when the user must set it.
  public var defaultValue: String?
  /// The smallest value allowed, of the number or of each element of a list.
  public var minimum: Double
  /// The largest value allowed.
  public var maximum: Double
  /// Whether the minimum itself is not allowed.
  public var isMinimumExclusive: Bool
  /// Whether the maximum itself is not allowed.
  public var isMaximumExclusive: Bool
  /// Whether it is worth tuning.
  public var isTunable: Bool
  /// Whether it varies over orders of magnitude.
  public var isLogarithmic: Bool
  /// The names that a choice may take.
  public var choices: [Choice]

  /// Makes a descriptor; the static functions are shorter.
  public init(
    name: String, type: ValueType, documentation: String, unit: String? = nil,
    defaultValue: String?, minimum: Double = -.infinity, maximum: Double = .infinity,
    isMinimumExclusive: Bool = false, isMaximumExclusive: Bool = false, isTunable: Bool = false,
    isLogarithmic: Bool = false, choices: [Choice] = []
  ) {
    self.name = name
    self.type = type
    self.documentation = documentation
    self.unit = unit
    self.defaultValue = defaultValue
    self.minimum = minimum
    self.maximum = maximum
    self.isMinimumExclusive = isMinimumExclusive
    self.isMaximumExclusive = isMaximumExclusive
    self.isTunable = isTunable
    self.isLogarithmic = isLogarithmic
    self.choices = choices
  }
}
