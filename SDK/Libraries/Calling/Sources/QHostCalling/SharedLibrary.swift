#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A library that is found when the program runs, and was not there when it was built.
///
/// It stays loaded until the process ends.
public struct SharedLibrary: @unchecked Sendable {
  /// The name under which it was found.
  public let name: String
  private let handle: UnsafeMutableRawPointer

  /// Loads the first of several names that the system's loader finds.
  ///
  /// - Parameter names: file names, looked for where the loader looks, or paths; at least one.
  /// - Throws: ``CallError/libraryAbsent(names:reason:)``.
  public init(_ names: [String]) throws(CallError) {
    var reason: String?
    for name in names {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE) {
        self.name = name
        self.handle = handle
        return
      }
      reason = reason ?? dlerror().map { String(cString: $0) }
    }
    throw .libraryAbsent(names: names, reason: reason ?? "no name was given")
  }

  /// One of its functions.
  ///
  /// - Parameters:
  ///   - symbol: its name.
  ///   - signature: what it takes and returns, which nothing can check: a wrong one is undefined
  ///     behaviour.
  /// - Returns: the function.
  /// - Throws: ``CallError/symbolAbsent(name:library:)`` or ``CallError/unsupported(_:)``.
  public func function(
    _ symbol: String, _ signature: Signature
  ) throws(CallError) -> ForeignFunction {
    guard let address = dlsym(handle, symbol) else {
      throw .symbolAbsent(name: symbol, library: name)
    }
    return try ForeignFunction(at: address, signature)
  }
}
