extension RunRecord {
  private enum EarlierKeys: String, CodingKey { case solver }

  /// Reads a record of this form, or of an earlier one, which becomes one of this form.
  ///
  /// In the first form the optimizer's solver stood beside the optimizer, and records could lack anything but
  /// why the run stopped, its loss, its figures and what it cost.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let form = try container.value(.schema, or: Self.firstSchema)
    guard [Self.firstSchema, Self.currentSchema].contains(form) else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: container, debugDescription: "a record of the form '\(form)'")
    }
    stopReason = try container.decode(StopReason.self, forKey: .stopReason)
    seed = try container.value(.seed, or: 0)
    loss = try container.decode(String.self, forKey: .loss)
    prior = try container.decodeIfPresent(Double.self, forKey: .prior)
    monitoredRows = try container.decodeIfPresent(Int.self, forKey: .monitoredRows)
    optimizer = try container.value(.optimizer, or: Component(""))
    model = try container.value(.model, or: Component(""))
    dataset = try container.value(.dataset, or: Component(""))
    start = try container.decodeIfPresent(String.self, forKey: .start)
    target = try container.decodeIfPresent(Component.self, forKey: .target)
    metrics = try container.decode([String: [String: Double]].self, forKey: .metrics)
    point = try container.decodeIfPresent([Coordinate].self, forKey: .point)
    errors = try container.decodeIfPresent([String: [String: Double]].self, forKey: .errors)
    isFeasible = try container.decodeIfPresent(Bool.self, forKey: .isFeasible)
    scalarisation = try container.decodeIfPresent(Scalarisation.self, forKey: .scalarisation)
    front = try container.decodeIfPresent(Front.self, forKey: .front)
    metricDescriptions = try container.decodeIfPresent(
      [String: MetricFacts].self, forKey: .metricDescriptions)
    cost = try container.decode(Cost.self, forKey: .cost)
    artifacts = try container.value(.artifacts, or: [])
    deployment = try container.decodeIfPresent(Deployment.self, forKey: .deployment)
    if form == Self.firstSchema {
      let earlier = try decoder.container(keyedBy: EarlierKeys.self)
      optimizer.dependencies["solver"] = try earlier.decodeIfPresent(
        Component.self, forKey: .solver)
    }
  }
}

extension KeyedDecodingContainer {
  /// The value of a key, or what stands for it where it is not there.
  func value<Value: Decodable>(_ key: Key, or standard: Value) throws -> Value {
    try decodeIfPresent(Value.self, forKey: key) ?? standard
  }
}
