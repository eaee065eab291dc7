package import QHostRuntime

extension Deployment {
  /// The figures by the name that criteria know, for example `target bytes`.
  package var metrics: [String: Double] {
    var metrics = Dictionary(uniqueKeysWithValues: figures.map { ("target \($0)", $1) })
    metrics["target accuracy"] = accuracy
    metrics["target agreement"] = agreement
    metrics["target difference"] = outputDifference
    metrics["target bytes"] = Double(bytes)
    metrics["target cycles"] = cycles?.mean
    return metrics
  }
}
