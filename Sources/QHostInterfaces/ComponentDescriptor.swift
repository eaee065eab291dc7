/// The five kinds of component.
public enum ComponentKind: String, Sendable, CaseIterable {
  /// Proposes parameters, learns from losses.
  case optimizer
  /// Evolves batches of one-dimensional wave packets.
  case solver
  /// A function with trainable parameters.
  case model
  /// Samples, or a scenario that scores outputs itself.
  case dataset
  /// Compiles a trained model for somewhere else.
  case target
}

/// What a component says of itself: what users type, read and set.
public struct ComponentDescriptor: Sendable, Equatable {
  /// The name on the command line: `[a-z0-9][a-z0-9-]*`.
  public var name: String
  /// What it is, in one sentence.
  public var summary: String
  /// The paper or book that it comes from.
  public var source: String?
  /// Its parameters, in the order of their documentation.
  public var parameters: [ParameterDescriptor]
  /// The components that it works with.
  public var dependencies: [DependencyDescriptor]

  /// Makes a descriptor.
  public init(
    name: String, summary: String, source: String? = nil,
    parameters: [ParameterDescriptor] = [], dependencies: [DependencyDescriptor] = []
  ) {
    self.name = name
    self.summary = summary
    self.source = source
    self.parameters = parameters
    self.dependencies = dependencies
  }
}

/// Another component that a component works with; the user picks it by name.
public struct DependencyDescriptor: Sendable, Equatable {
  /// The key that users set, for example `solver`.
  public var name: String
  /// Its kind: a solver or a model.
  public var kind: ComponentKind
  /// The component that is taken when the user picks none.
  public var defaultComponent: String
  /// What it is for, in one sentence.
  public var documentation: String

  /// Makes a descriptor.
  public init(
    name: String, kind: ComponentKind, defaultComponent: String, documentation: String
  ) {
    self.name = name
    self.kind = kind
    self.defaultComponent = defaultComponent
    self.documentation = documentation
  }
}

/// What all five interfaces have in common.
public protocol Component: AnyObject {
  /// What the component says of itself.
  static var descriptor: ComponentDescriptor { get }
}
