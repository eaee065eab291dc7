/// Why a foreign function cannot be called.
public enum CallError: Error, Sendable, Equatable, CustomStringConvertible {
  /// No library of these names can be loaded; the reason is that of the loader for the first.
  case libraryAbsent(names: [String], reason: String)
  /// A library lacks a function.
  case symbolAbsent(name: String, library: String)
  /// libffi cannot pass these types.
  case unsupported(Signature)
  /// There is no memory for a closure that may be executed.
  case closureMemory

  /// One sentence: culprit and remedy.
  public var description: String {
    switch self {
    case .libraryAbsent(let names, let reason):
      "library \(names.map { "'\($0)'" }.joined(separator: " or ")) cannot be loaded (\(reason)); "
        + "install it, or set LD_LIBRARY_PATH to its folder"
    case .symbolAbsent(let name, let library):
      "library '\(library)' has no function '\(name)'; install a version that has it"
    case .unsupported(let signature):
      "a function of type \(signature) cannot be called; pass numbers and pointers only"
    case .closureMemory:
      "the system gives no memory for a callback, which has to be executable; allow that to qhost"
    }
  }
}
