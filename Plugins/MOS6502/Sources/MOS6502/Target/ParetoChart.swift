import QHostDrawing

/// The programs of a front as a drawing: bytes to the right, mean cycles upwards, both logarithmic.
struct ParetoChart: Chart {
  let front: [Candidate]
  let chosen: Candidate

  private static let chosenLook = Look(colour: 5)
  private static let otherLook = Look(colour: 11, round: 7)

  let title = "Bytes and cycles of programs"

  var label: String { "\(title): mean cycles against bytes, \(front.count) programs" }

  /// The drawing as SVG.
  var svg: String {
    Sheet.file(
      self, name: "pareto",
      caption: "Each point is a program that no other beats in bytes and in cycles; "
        + "its kernels are in its title.", showsTitle: true)
  }

  func drawn(_ pen: Pen) -> (body: String, height: Double) {
    var plot = Plot(
      title: title, axis("bytes", front.map { Double($0.byteCount) }),
      axis("mean cycles", front.map(\.meanCycles)), legend: legend, pen: pen)
    for candidate in front {
      let look = isChosen(candidate) ? Self.chosenLook : Self.otherLook
      let place = (plot.x.place(Double(candidate.byteCount)), plot.y.place(candidate.meanCycles))
      let text = Markup.escaped(
        "\(candidate.kernelNames): \(candidate.byteCount) bytes, "
          + "\(DeploymentReport.rounded(candidate.meanCycles)) cycles")
      plot.body.append("<g><title>\(text)</title>\(pen.marks(look, at: [place]))</g>")
    }
    return plot.drawn
  }

  private var legend: Legend {
    let chosen = Legend.Entry("taken: \(chosen.kernelNames)", Self.chosenLook, key: .mark)
    let other = Legend.Entry("another of the front", Self.otherLook, key: .mark)
    return Legend(entries: [chosen] + (front.contains { !isChosen($0) } ? [other] : []))
  }

  private func isChosen(_ candidate: Candidate) -> Bool {
    candidate.kernelNames == chosen.kernelNames
  }

  /// A logarithmic axis with room at both ends.
  private func axis(_ title: String, _ values: [Double]) -> Plot.Axis {
    Plot.Axis(
      title: title, kind: .logarithmic,
      domain: Scale.domain(of: values.map { max($0, 1) }, .logarithmic, room: 0.05))
  }
}
