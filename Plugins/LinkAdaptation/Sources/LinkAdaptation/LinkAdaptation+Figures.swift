public import QHostInterfaces

extension LinkAdaptation: FigureProviding {
  private static let figureEpisodeCount = 200

  /// What policies bring against the mean ratio, which schemes they take.
  public func figures(parameters: [Double]?) throws(ComponentError) -> [Figure] {
    [policyFigure(), schemeFigure()]
  }

  /// Throughput against the mean ratio: means of episodes in ranges of 5 dB.
  private func policyFigure() -> Figure {
    var contest = LinkContest(
      plan, key: LinkEpisode.key(seed: settings.seed, "contest"), count: Self.figureEpisodeCount)
    for (name, policy) in LinkPlayer.policies where name != "fixed" { contest.add(name, policy) }
    contest.add("teacher", teacher)
    let series = contest.rows.map { row in
      var (x, y): ([Double], [Double]) = ([], [])
      for lower in stride(from: -5.0, to: 30, by: 5) {
        let inside = contest.ratios.indices.filter {
          contest.ratios[$0] >= lower && contest.ratios[$0] < lower + 5
        }
        guard !inside.isEmpty else { continue }
        x.append(lower + 2.5)
        y.append(inside.reduce(0) { $0 + row.results[$1].throughput } / Double(inside.count))
      }
      return Figure.Series(name: row.name, x: x, y: y)
    }
    return Figure(
      name: "policies", title: "Throughput against the mean ratio",
      x: Figure.Axis("signal to noise", unit: "dB"), y: Figure.Axis("bits of a symbol and slot"),
      series: series)
  }

  /// The teacher's scheme against the report, of test rows.
  private func schemeFigure() -> Figure {
    let table = tables[.test] ?? StateTable()
    let rows = Array(stride(from: 0, to: table.rowCount, by: max(1, table.rowCount / 1_000)))
    return Figure(
      name: "schemes", title: "The teacher's scheme against the report",
      x: Figure.Axis("cqi, mean of the worst and best band"), y: Figure.Axis("mcs"),
      series: [
        Figure.Series(
          name: "test rows", mark: .points,
          x: rows.map { row in
            let start = row * StateTable.inputCount
            return 0.5
              * Double(
                table.inputs[start + LinkInput.worstBand.rawValue]
                  + table.inputs[start + LinkInput.bestBand.rawValue])
          }, y: rows.map { Double(table.choice($0)) })
      ])
  }
}
