internal import QHostCalling
internal import QHostInterfaces
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A function that was found in a library, with a declaration that nothing contradicts.
struct FoundFunction {
  let function: ForeignFunction
  let prototype: Prototype
  /// What it is, for messages.
  let culprit: String

  /// Loads a library and finds a function.
  ///
  /// - Parameters:
  ///   - library: a path, or a name that the system's loader finds.
  ///   - symbol: the function's name.
  ///   - declaration: what it takes and returns.
  ///   - key: the parameter that has the declaration, for messages.
  /// - Throws: kind `data` without library or function, `parameter` for a declaration that cannot be called or
  ///   that the library's debug information contradicts.
  init(
    library: String, symbol: String, declaration: String, key: String
  ) throws(ComponentError) {
    guard !library.isEmpty else {
      throw .parameter("library is not set; give a shared library, such as ./libfoo.so")
    }
    guard !symbol.isEmpty else {
      throw .parameter("symbol is not set; give the name of a function in '\(library)'")
    }
    do {
      prototype = try Prototype(parsing: declaration)
    } catch {
      throw .parameter("\(key) \(error.description)")
    }
    // As a user means it: a file that lies here comes before one of the system's.
    let isHere = !library.contains("/") && access(library, R_OK) == 0
    let loaded: SharedLibrary
    do throws(CallError) {
      loaded = try SharedLibrary([isHere ? "./" + library : library])
      function = try loaded.function(symbol, prototype.signature)
    } catch {
      throw .data("\(error)")
    }
    culprit = "function '\(symbol)' of '\(library)'"
    guard let known = DebugInformation(of: symbol, in: loaded.name), !known.agrees(with: prototype)
    else { return }
    throw .parameter(
      "\(key) says '\(prototype)', but by its debug information '\(symbol)' of '\(library)' is "
        + "'\(known.description)'; declare it so")
  }
}

extension Prototype.Kind {
  /// Whether it is a number.
  var isNumber: Bool {
    switch self {
    case .value(let type): type != .void
    case .pointer: false
    }
  }
}
