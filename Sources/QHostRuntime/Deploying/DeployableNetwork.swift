internal import QHostInterfaces

/// What can be put on a target: a network's graph, and what the host itself computes with it.
protocol DeployableNetwork {
  /// The network as operators and weights.
  func graph() throws(ComponentError) -> Graph

  /// What the host gives for the rows of a split, [B × C], row by row.
  func outputs(_ split: Split, _ table: SampleTable) throws(ComponentError) -> [Float]
}
