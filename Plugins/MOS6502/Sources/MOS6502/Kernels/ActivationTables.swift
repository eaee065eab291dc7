/// The tables of all hidden units, equal ones once.
struct ActivationTables {
  private(set) var distinct: [(name: String, bytes: [UInt8])] = []
  private var names: [[UInt8]: String] = [:]

  init(_ network: IntegerNetwork) {
    for activation in network.layers.flatMap(\.activations) where names[activation.table] == nil {
      let name = "table\(distinct.count)"
      names[activation.table] = name
      distinct.append((name, activation.table))
    }
  }

  func name(_ activation: IntegerNetwork.Activation) -> String { names[activation.table] ?? "" }
}
