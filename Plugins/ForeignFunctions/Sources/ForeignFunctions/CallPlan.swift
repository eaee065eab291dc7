internal import QHostCalling
internal import QHostInterfaces

/// What a foreign function's arguments are given: the point, its length, nothing.
///
/// Roles follow from types, and where that is not enough from names:
///
/// | argument | is given |
/// |---|---|
/// | `double *` or `float *`, the only one or called `x` | the point, [n] |
/// | another one, called `g`, `grad` or `gradient` | room for the gradient, [n] |
/// | an integer, the only one or called `n` | n |
/// | `double` or `float` | a coordinate, in the order of the arguments |
/// | `void *` | NULL |
struct CallPlan: Sendable {
  /// What one argument is given.
  enum Role: Sendable, Equatable {
    case point
    case gradient
    case count
    case coordinate(Int)
    case context
  }

  let prototype: Prototype
  let roles: [Role]

  /// The coordinates that arguments of their own take; 0: there are none.
  var coordinateCount: Int {
    roles.count { if case .coordinate = $0 { true } else { false } }
  }

  private static let pointNames = ["x", "point", "params", "parameters", "theta"]
  private static let gradientNames = ["g", "grad", "gradient"]
  private static let countNames = ["n", "dim", "dimension", "size", "count", "len", "length"]

  /// Gives each argument its role.
  ///
  /// - Parameters:
  ///   - prototype: the function's.
  ///   - needsGradient: whether one argument must take the gradient.
  ///   - key: the parameter that has the declaration, for messages.
  /// - Throws: kind `parameter` when a role is in doubt or missing.
  init(
    _ prototype: Prototype, needsGradient: Bool = false, key: String
  ) throws(ComponentError) {
    self.prototype = prototype
    func fail(_ what: String) -> ComponentError {
      .parameter("\(key) '\(prototype)' \(what)")
    }
    let vectors = prototype.arguments.indices.filter {
      prototype.arguments[$0].kind == .pointer(.value(.double))
        || prototype.arguments[$0].kind == .pointer(.value(.float))
    }
    let numbers = prototype.arguments.indices.filter { prototype.arguments[$0].kind.type.isWhole }
    var roles: [Role] = []
    var coordinates = 0
    for (place, argument) in prototype.arguments.enumerated() {
      let name = argument.name.lowercased()
      switch argument.kind {
      case .pointer(.value(.double)), .pointer(.value(.float)):
        if Self.gradientNames.contains(name) {
          roles.append(.gradient)
        } else if Self.pointNames.contains(name)
          || vectors.count(where: { !Self.isGradient(prototype.arguments[$0]) }) == 1
        {
          roles.append(.point)
        } else if needsGradient, vectors.count == 2, place == vectors[1] {
          roles.append(.gradient)
        } else if needsGradient, vectors.count == 2, place == vectors[0] {
          roles.append(.point)
        } else {
          throw fail(
            "has several arrays; name the point x, and the gradient g, as in 'double(const double *x, double *g)'"
          )
        }
      case .pointer(.value(.void)): roles.append(.context)
      case .pointer:
        throw fail(
          "has an argument \(argument.kind), which nothing here is; use double * or void *")
      case .value(.double), .value(.float):
        roles.append(.coordinate(coordinates))
        coordinates += 1
      case .value:
        guard numbers.count == 1 || Self.countNames.contains(name) else {
          throw fail("has several integers; name the length of the point n")
        }
        roles.append(.count)
      }
    }
    let points = roles.count { $0 == .point }
    guard points + (coordinates > 0 ? 1 : 0) == 1 else {
      throw fail(
        points == 0
          ? "takes no point; it must have a double * or arguments of type double"
          : "has both an array and single numbers, or two arrays; leave one of them out")
    }
    guard
      roles.count(where: { $0 == .gradient }) == (needsGradient ? 1 : 0)
        || (!needsGradient && roles.count(where: { $0 == .gradient }) <= 1)
    else { throw fail("must have one array for the gradient; name it g") }
    self.roles = roles
  }

  private static func isGradient(_ argument: Prototype.Argument) -> Bool {
    gradientNames.contains(argument.name.lowercased())
  }
}

extension CType {
  /// Whether it is a type of integers.
  var isWhole: Bool {
    switch self {
    case .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64: true
    case .void, .float, .double, .pointer: false
    }
  }

  /// An integer of this type; `nil`: it does not fit, or the type is another.
  func value(_ number: Int) -> CValue? {
    switch self {
    case .int8: Int8(exactly: number).map { .int8($0) }
    case .uint8: UInt8(exactly: number).map { .uint8($0) }
    case .int16: Int16(exactly: number).map { .int16($0) }
    case .uint16: UInt16(exactly: number).map { .uint16($0) }
    case .int32: Int32(exactly: number).map { .int32($0) }
    case .uint32: UInt32(exactly: number).map { .uint32($0) }
    case .int64: .int64(Int64(number))
    case .uint64: UInt64(exactly: number).map { .uint64($0) }
    case .void, .float, .double, .pointer: nil
    }
  }

  /// The nearest value of this type to a number; `nil`: it has none.
  func number(_ number: Double) -> CValue? {
    switch self {
    case .void: .void
    case .double: .double(number)
    case .float: .float(Float(number))
    case .pointer: nil
    default: Int(exactly: number).flatMap { value($0) }
    }
  }
}
