import QHostBridging
import QHostInterfaces
import QHostRuntime

/// What a component says of itself, for people: the same form for every plugin.
struct ComponentText {
  private let descriptor: ComponentDescriptor
  private let determinism: Determinism
  private let kind: ComponentKind
  private let place: String
  private let mayStartFromFile: Bool

  /// Makes the text of a component that stands at a place, for example `optimizer.solver`.
  init(_ component: ForeignComponent, place: String? = nil, mayStartFromFile: Bool = false) {
    self.mayStartFromFile = mayStartFromFile
    descriptor = component.descriptor
    determinism = component.determinism
    kind = component.kind
    self.place = place ?? component.kind.rawValue
  }

  /// Some lines of text.
  var text: String {
    var lines = [
      Terminal.styled("\(kind) \(descriptor.name)", .bold, toOutput: true) + "\(stand): "
        + descriptor.summary
    ]
    if let source = descriptor.source { lines.append("  Source: \(source)") }
    if let repeats { lines.append("  " + repeats) }
    let tunable = descriptor.parameters.filter(\.isTunable)
    for parameter in tunable + descriptor.parameters.filter({ !$0.isTunable }) {
      lines += parameterLines(parameter)
    }
    if mayStartFromFile {
      lines.append(
        "  --set \(place).\(ComponentPlan.startName)=MODEL  The trained model that it starts from "
          + "(the model.safetensors of a run; default: none)")
    }
    for dependency in descriptor.dependencies {
      lines.append(
        "  --set \(place).\(dependency.name)=NAME  \(dependency.documentation) "
          + "(a \(dependency.kind); default: \(dependency.defaultComponent))")
    }
    return lines.joined(separator: "\n")
  }

  /// What a seed does not repeat; `nil`: it repeats everything.
  private var repeats: String? {
    let reason = determinism.reason.map { ": \($0)" } ?? ""
    return switch determinism.level {
    case .pure: nil
    case .session:
      "A seed repeats it within one process and on the same number of threads alone" + reason
    case .none: "A seed does not repeat it" + reason
    }
  }

  /// Where it stands, for what something else depends on.
  private var stand: String { place.contains(".") ? " at \(place)" : "" }

  private func parameterLines(_ parameter: ParameterDescriptor) -> [String] {
    let form =
      switch parameter.type {
      case .integer: "N"
      case .real: "X"
      case .boolean: "true|false"
      case .choice: "NAME"
      case .text: "TEXT"
      case .path: "PATH"
      case .integers: "N,N,..."
      case .reals: "X,X,..."
      }
    var notes: [String] = []
    if let range = parameter.range { notes.append(range) }
    if let unit = parameter.unit { notes.append("in \(unit)") }
    if let standard = parameter.defaultValue {
      notes.append("default: \(standard.isEmpty ? "none" : standard)")
    } else {
      notes.append("required")
    }
    if parameter.isTunable { notes.append("worth tuning") }
    var lines = [
      "  " + Terminal.styled("--set \(place).\(parameter.name)=\(form)", .cyan, toOutput: true),
      "      \(parameter.documentation) (\(notes.joined(separator: "; ")))",
    ]
    for choice in parameter.choices {
      lines.append("        \(choice.name): \(choice.documentation)")
    }
    return lines
  }
}
