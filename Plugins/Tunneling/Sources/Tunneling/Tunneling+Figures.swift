public import QHostInterfaces

extension Tunneling: FigureProviding {
  /// The loss at the cuts, and their width and ħ, over the progress of the run; none without cuts.
  public func figures(parameters: [Double]?) -> [Figure] {
    guard !history.losses.isEmpty else { return [] }
    let progress = Figure.Axis("progress", unit: "fraction of the budget")
    // Losses of scenarios may be anything; most others fall over decades.
    let isLogarithmic = history.losses.allSatisfy { $0 > 0 }
    let rows = problem.hasMinibatches ? "minibatch" : "training rows"
    return [
      Figure(
        name: "cuts-loss", title: "Loss at the cuts", x: progress,
        y: Figure.Axis("loss on the \(rows)", isLogarithmic: isLogarithmic),
        series: [Figure.Series(name: "loss", x: history.progress, y: history.losses)]),
      Figure(
        name: "cuts-box", title: "Boxes of the packets", x: progress,
        y: Figure.Axis("half-width and ħ", isLogarithmic: true),
        series: [
          Figure.Series(
            name: "half the width, in scales", x: history.progress, y: history.halfWidths),
          Figure.Series(name: "ħ, in boxes", x: history.progress, y: history.hbars),
        ]),
    ]
  }

  /// Keeps what the cuts of this step are like.
  func noteHistory(_ loss: Double) {
    let cut = cuts[0]
    history.note(
      progress: progress,
      halfWidth: 0.5 * cut.step * Double(cut.nodeCount - 1) / problem.scales[cut.coordinate],
      hbar: packets.hbar, loss: loss)
  }
}
