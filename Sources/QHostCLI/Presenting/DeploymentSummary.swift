import QHostRuntime

/// What a model does and costs on a target, for people.
struct DeploymentSummary {
  private let deployment: Deployment

  init(_ deployment: Deployment) { self.deployment = deployment }

  /// Labels and texts.
  var rows: [(label: String, text: String)] {
    var rows = [(label: deployment.target, text: size)]
    if deployment.rows > 0 { rows.append(("", quality)) }
    for artifact in deployment.artifacts {
      rows.append(("file", "\(artifact.path) (\(Numbers.bytes(artifact.bytes)))"))
    }
    return rows
  }

  private var size: String {
    var parts = [Numbers.bytes(deployment.bytes)]
    if let cycles = deployment.cycles {
      parts.append(
        "\(Numbers.fixed(cycles.mean, 0)) cycles (\(Numbers.fixed(cycles.min, 0)) to "
          + "\(Numbers.fixed(cycles.max, 0)))")
    }
    for (machine, time) in deployment.milliseconds.sorted(by: { $0.key < $1.key }) {
      let text = time < 0.1 ? Numbers.short(time, 3) : Numbers.fixed(time, 2)
      parts.append("\(machine) \(text) ms")
    }
    return parts.joined(separator: ", ")
  }

  private var quality: String {
    var parts: [String] = []
    if let accuracy = deployment.accuracy { parts.append("accuracy \(Numbers.percent(accuracy))") }
    if let agreement = deployment.agreement {
      parts.append("the class of the host's model in \(Numbers.percent(agreement))")
    }
    if let difference = deployment.outputDifference {
      parts.append("outputs differ by \(Numbers.short(difference))")
    }
    return parts.joined(separator: ", ") + " (\(deployment.rows) \(deployment.split) rows)"
  }
}
