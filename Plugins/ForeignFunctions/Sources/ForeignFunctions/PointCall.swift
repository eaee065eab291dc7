internal import QHostCalling
internal import QHostInterfaces

/// Calls of one function at points [n], with memory of its own; for one thread at a time.
final class PointCall {
  private let call: PreparedCall
  private let plan: CallPlan
  private let isDouble: Bool
  /// The arguments that single coordinates go to, and whether they are `float`.
  private let coordinates: [(place: Int, isFloat: Bool)]
  private let doubles: UnsafeMutableBufferPointer<Double>
  private let floats: UnsafeMutableBufferPointer<Float>
  private let gradients: UnsafeMutableBufferPointer<Double>
  private let floatGradients: UnsafeMutableBufferPointer<Float>

  /// Prepares calls.
  ///
  /// - Parameters:
  ///   - function: what is called.
  ///   - plan: what its arguments are given.
  ///   - dimension: n.
  /// - Throws: kind `parameter` when n does not fit the argument that takes it.
  init(_ function: ForeignFunction, _ plan: CallPlan, dimension: Int) throws(ComponentError) {
    call = PreparedCall(function)
    self.plan = plan
    isDouble = plan.prototype.result == .value(.double)
    var coordinates: [(Int, Bool)] = []
    func room(_ role: CallPlan.Role, of type: CType) -> Int {
      let place = plan.roles.firstIndex(of: role)
      return place.map { plan.prototype.arguments[$0].kind == .pointer(.value(type)) } == true
        ? dimension : 0
    }
    doubles = .allocate(capacity: room(.point, of: .double))
    floats = .allocate(capacity: room(.point, of: .float))
    gradients = .allocate(capacity: room(.gradient, of: .double))
    floatGradients = .allocate(capacity: room(.gradient, of: .float))
    doubles.initialize(repeating: 0)
    floats.initialize(repeating: 0)
    gradients.initialize(repeating: 0)
    floatGradients.initialize(repeating: 0)
    for (place, role) in plan.roles.enumerated() {
      let type = plan.prototype.arguments[place].kind.type
      switch role {
      case .point:
        call.set(place, toAddress: .init(doubles.isEmpty ? nil : doubles.baseAddress))
        if doubles.isEmpty { call.set(place, toAddress: .init(floats.baseAddress)) }
      case .gradient:
        call.set(place, toAddress: .init(gradients.isEmpty ? nil : gradients.baseAddress))
        if gradients.isEmpty { call.set(place, toAddress: .init(floatGradients.baseAddress)) }
      case .count:
        guard let value = type.value(dimension) else {
          throw .parameter(
            "dimension \(dimension) does not fit an argument of type \(type.spelling)")
        }
        call.set(place, to: value)
      case .coordinate: coordinates.append((place, type == .float))
      case .context: call.set(place, toAddress: nil)
      }
    }
    self.coordinates = coordinates
  }

  deinit {
    doubles.deallocate()
    floats.deallocate()
    gradients.deallocate()
    floatGradients.deallocate()
  }

  /// The function's value at a point, coordinates `step` apart.
  func value(at point: UnsafePointer<Double>, step: Int = 1) -> Double {
    // A copy, since nothing keeps the function from writing to it.
    for i in doubles.indices { doubles[i] = point[i * step] }
    for i in floats.indices { floats[i] = Float(point[i * step]) }
    for (i, coordinate) in coordinates.enumerated() {
      if coordinate.isFloat {
        call.set(coordinate.place, to: .float(Float(point[i * step])))
      } else {
        call.set(coordinate.place, toDouble: point[i * step])
      }
    }
    call.call()
    if isDouble { return call.double }
    switch call.result {
    case .float(let value): return Double(value)
    case .void, .pointer: return 0
    case let whole: return Double(whole.integer)
    }
  }

  /// Component i of the gradient that the last call wrote.
  func gradient(_ i: Int) -> Double {
    gradients.isEmpty ? Double(floatGradients[i]) : gradients[i]
  }
}
