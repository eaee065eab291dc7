/// How much a plugin's table may say that it has: more is damaged memory, or a mistake.
public enum TableLimits {
  /// Components of a plugin.
  public static let components = 4_096
  /// Parameters, dependencies or files of a component, and choices of a parameter.
  public static let members = 4_096
  /// Capabilities of a component.
  public static let capabilities = 256
  /// Rows of a split, and rows times numbers in a row.
  public static let numbers = 1 << 40
  /// Parameters of a model.
  public static let parameters = 1 << 40
  /// Metrics of a scenario.
  public static let metrics = 4_096
  /// Variants of a row.
  public static let variants = 1 << 32
}
