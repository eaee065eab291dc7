internal import QHostCalling
internal import QHostInterfaces
internal import QHostYAML

/// Which arguments of a callback are the point, the gradient and the loss; others are ignored.
struct CallbackPlan {
  let prototype: Prototype
  /// Where x is; `nil`: the callback evaluates nothing.
  let point: Int?
  /// Where the gradient is to be written.
  let gradient: Int?
  /// Where the loss is to be written.
  let loss: Int?

  /// Reads the roles from the names of arguments: `x`, `g` or `gradient`, `f` or `fx`.
  ///
  /// - Throws: kind `data` when the only arrays have no such names.
  init(_ prototype: Prototype, at node: YAMLNode) throws(ComponentError) {
    func find(_ names: [String]) -> Int? {
      prototype.arguments.firstIndex {
        $0.kind.agrees(with: .pointer(.value(.double))) && $0.kind != .pointer(.value(.void))
          && names.contains($0.name.lowercased())
      }
    }
    self.prototype = prototype
    point = find(["x", "point", "params", "parameters"])
    gradient = find(["g", "grad", "gradient"])
    loss = find(["f", "fx", "loss", "value"])
    guard point != nil || (gradient == nil && loss == nil) else {
      throw node.error("'\(prototype)' has no double * called x; name the point so")
    }
  }
}
