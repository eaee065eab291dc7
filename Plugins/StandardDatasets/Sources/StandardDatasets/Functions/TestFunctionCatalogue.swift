/// The test functions by name.
enum TestFunctionCatalogue {
  /// All of them.
  static let all: [any TestFunction.Type] = [
    Sphere.self, Rosenbrock.self, Rastrigin.self, Ackley.self, Schwefel.self, StyblinskiTang.self,
    Levy.self, Griewank.self,
  ]

  /// The one with a declared name.
  static func named(_ name: String) -> any TestFunction.Type {
    guard let found = all.first(where: { $0.facts.name == name }) else {
      preconditionFailure("'\(name)' was not declared as a test function")
    }
    return found
  }
}
