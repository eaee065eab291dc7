/// A network as NIR files have it: nodes with arrays, and edges between them.
///
/// Source: Pedersen et al., *Neuromorphic intermediate representation*, Nature Communications 15 (2024) 8122.
package struct NIRFile: Sendable, Equatable {
  /// Numbers of a node, row-major.
  package struct Values: Sendable, Equatable {
    package var extents: [Int]
    package var numbers: [Double]

    package init(_ extents: [Int], _ numbers: [Double]) {
      self.extents = extents
      self.numbers = numbers
    }
  }

  /// A node.
  package struct Node: Sendable, Equatable {
    /// For example `LIF`.
    package var type: String
    package var values: [String: Values] = [:]

    package init(_ type: String, _ values: [String: Values] = [:]) {
      self.type = type
      self.values = values
    }
  }

  /// A connection.
  package struct Edge: Sendable, Hashable {
    package var source: String
    package var target: String

    package init(_ source: String, _ target: String) {
      self.source = source
      self.target = target
    }
  }

  package var nodes: [String: Node] = [:]
  package var edges: [Edge] = []
  /// What wrote it.
  package var version = ""

  package init() {}

  /// The nodes that lead to one.
  package func sources(of name: String) -> [String] {
    edges.filter { $0.target == name }.map(\.source)
  }

  /// The nodes that one leads to.
  package func targets(of name: String) -> [String] {
    edges.filter { $0.source == name }.map(\.target)
  }
}
