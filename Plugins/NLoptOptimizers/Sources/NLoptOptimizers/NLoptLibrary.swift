public import QHostCalling
public import QHostInterfaces

/// The functions of NLopt that are used here, found by name when the first search is made.
///
/// Their types are those of NLopt's reference manual. Algorithms are asked for by name, since their
/// numbers differ between versions; that takes version 2.7 or newer.
public struct NLoptLibrary: Sendable {
  /// The names that its versions 2 have.
  public static let names = ["libnlopt.so.0", "libnlopt.so.1"]

  /// The library of this system, loaded once.
  public static let ofSystem = Result { () throws(CallError) in try NLoptLibrary(names) }

  let algorithmNumber: ForeignFunction
  let create: ForeignFunction
  let destroy: ForeignFunction
  let setObjective: ForeignFunction
  let setLowerBounds: ForeignFunction
  let setUpperBounds: ForeignFunction
  let setInitialStep: ForeignFunction
  let setPopulation: ForeignFunction
  let setLossTolerance: ForeignFunction
  let setPointTolerance: ForeignFunction
  let setAbsoluteTolerance: ForeignFunction
  let setForceStop: ForeignFunction
  let setSeed: ForeignFunction
  let optimize: ForeignFunction
  let message: ForeignFunction

  /// Loads a library and finds its functions.
  ///
  /// - Throws: when there is no library of these names, or one that lacks a function.
  public init(_ names: [String]) throws(CallError) {
    let library = try SharedLibrary(names)
    func setter(_ symbol: String, _ value: CType) throws(CallError) -> ForeignFunction {
      try library.function(symbol, Signature(.pointer, value, returning: .int32))
    }
    algorithmNumber = try library.function(
      "nlopt_algorithm_from_string", Signature(.pointer, returning: .int32))
    create = try library.function("nlopt_create", Signature(.int32, .uint32, returning: .pointer))
    destroy = try library.function("nlopt_destroy", Signature(.pointer, returning: .void))
    setObjective = try library.function(
      "nlopt_set_min_objective", Signature(.pointer, .pointer, .pointer, returning: .int32))
    setLowerBounds = try setter("nlopt_set_lower_bounds", .pointer)
    setUpperBounds = try setter("nlopt_set_upper_bounds", .pointer)
    setInitialStep = try setter("nlopt_set_initial_step", .pointer)
    setPopulation = try setter("nlopt_set_population", .uint32)
    setLossTolerance = try setter("nlopt_set_ftol_rel", .double)
    setPointTolerance = try setter("nlopt_set_xtol_rel", .double)
    setAbsoluteTolerance = try setter("nlopt_set_xtol_abs1", .double)
    setForceStop = try setter("nlopt_set_force_stop", .int32)
    setSeed = try library.function("nlopt_srand", Signature(.uint64, returning: .void))
    optimize = try library.function(
      "nlopt_optimize", Signature(.pointer, .pointer, .pointer, returning: .int32))
    message = try library.function("nlopt_get_errmsg", Signature(.pointer, returning: .pointer))
  }

  /// The library of this system, for a component.
  ///
  /// - Throws: one sentence that names the library and the package to install.
  static func required() throws(ComponentError) -> NLoptLibrary {
    do throws(CallError) {
      return try ofSystem.get()
    } catch {
      throw absence(error)
    }
  }

  /// What users read when NLopt cannot be used.
  public static func absence(_ error: CallError) -> ComponentError {
    switch error {
    case .libraryAbsent(_, let reason):
      ComponentError(
        "it needs the library NLopt, which cannot be loaded (\(reason)); "
          + "install Debian's package libnlopt0, or NLopt 2.7 or newer")
    case .symbolAbsent(let symbol, let library):
      ComponentError(
        "it needs NLopt 2.7 or newer, and '\(library)' lacks \(symbol); install a newer one")
    default: ComponentError("it cannot call NLopt: \(error)")
    }
  }
}
