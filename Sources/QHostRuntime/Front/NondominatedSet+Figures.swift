internal import QHostInterfaces

extension NondominatedSet {
  /// The set drawn, each two neighbouring objectives against each other.
  ///
  /// - Parameter objectives: [M].
  /// - Returns: M − 1 figures; none of an empty set.
  func figures(_ objectives: [ObjectiveDescription]) -> [Figure] {
    guard !members.isEmpty, objectives.count > 1 else { return [] }
    return (0..<objectives.count - 1).map { first in
      let (x, y) = (objectives[first], objectives[first + 1])
      let order = members.sorted { $0.objectives[first] < $1.objectives[first] }
      func values(_ index: Int) -> [Double] {
        order.map { objectives[index].value(ofNormalised: $0.objectives[index]) }
      }
      return Figure(
        name: objectives.count == 2 ? "front" : "front-\(first + 1)",
        title: "Points that no other one dominates",
        x: Figure.Axis(x.name, unit: x.unit), y: Figure.Axis(y.name, unit: y.unit),
        series: [
          Figure.Series(
            name: "found", mark: .points, x: values(first), y: values(first + 1)),
          Figure.Series(name: "reference", mark: .points, x: [x.reference], y: [y.reference]),
        ])
    }
  }
}
