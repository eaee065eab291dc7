/// Why a program cannot be assembled.
public struct AssemblyError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence with the line.
  public var description: String

  init(_ description: String) { self.description = description }
}
