public import QHostInterfaces

extension RunRecord {
  /// The points of a run that no other one betters in all objectives.
  public struct Front: Codable, Sendable, Equatable {
    /// The objectives, with the references that the volume is measured up to.
    public var objectives: [ObjectiveDescription]
    /// How many points there are.
    public var points: Int
    /// Points that could not be kept, since there were too many.
    public var omitted: Int
    /// Points that are worse than the reference in some objective: they add nothing to the volume.
    public var beyondReference: Int
    /// The part of the box between ideal and reference that the points dominate; above 1 only where points are
    /// better than the ideal.
    public var hypervolume: Double
  }
}

extension RunRecord.Front {
  init(_ front: NondominatedSet, _ objectives: [ObjectiveDescription]) {
    let points = front.members.map(\.objectives)
    self.init(
      objectives: objectives, points: points.count, omitted: front.prunedCount,
      beyondReference: points.filter { point in point.contains { $0 > 1 } }.count,
      hypervolume: Hypervolume.of(points))
  }
}
