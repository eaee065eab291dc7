package import QHostInterfaces

/// A model around another one that passes everything through.
package class Wrapper: ModelComponent, @unchecked Sendable {
  package class var descriptor: ComponentDescriptor {
    ComponentDescriptor(
      name: "wrapper", summary: "A model around another one.",
      parameters: [.integer("depth", default: 1, in: 1...9, "Is recorded, and nothing else.")],
      dependencies: [inner(default: "linear")])
  }

  private let model: any Model

  package required init(request: ComponentRequest, mapping: Mapping) {
    model = request.model("inner")
  }

  fileprivate static func inner(default name: String) -> DependencyDescriptor {
    DependencyDescriptor(
      name: "inner", kind: .model, defaultComponent: name, documentation: "Does the work.")
  }

  package var modelDescription: ModelDescription {
    var description = model.modelDescription
    description.hasGraph = false
    description.hasApproximation = false
    return description
  }
  package func initialParameters(start: UInt64) throws(ComponentError) -> [Double] {
    try model.initialParameters(start: start)
  }
  package func makeSession() throws(ComponentError) -> any ModelSession { try model.makeSession() }
  package func cutCost(index: Int) -> Double { model.cutCost(index: index) }
}

/// A model around another one, by default around itself.
package final class Mirror: Wrapper, @unchecked Sendable {
  override package class var descriptor: ComponentDescriptor {
    ComponentDescriptor(
      name: "mirror", summary: "A model around itself.", dependencies: [inner(default: "mirror")])
  }
}
