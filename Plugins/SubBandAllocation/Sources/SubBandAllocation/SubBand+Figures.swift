internal import Foundation
public import QHostInterfaces
internal import QHostRadio

extension SubBand: FigureProviding {
  /// Where users are, what they could have on each sub-band, and what the allocation that was measured last gives them.
  public func figures(parameters: [Double]?) throws(ComponentError) -> [Figure] {
    var figures = [layoutFigure(), channelFigure()]
    if !measuredRates.isEmpty { figures.append(rateFigure()) }
    return figures
  }

  private func layoutFigure() -> Figure {
    let layout = UserDrop.layout
    let settings = problem.settings
    let cells = 0..<settings.cellCount
    let middles = cells.map { layout.centre(ofCell: $0) }
    let graph = Figure.Network(
      name: "cells", x: layout.sites.map(\.x) + middles.map(\.x),
      y: layout.sites.map(\.y) + middles.map(\.y),
      labels: layout.sites.map { _ in "" } + cells.map { "cell \($0)" },
      edges: cells.map { Figure.Network.Edge(from: $0 / 3, to: layout.sites.count + $0) })
    let users = cells.map { cell in
      let places = problem.drop.places[
        (cell * settings.usersPerCell)..<((cell + 1) * settings.usersPerCell)]
      return Figure.Series(
        name: "users of cell \(cell)", mark: .points, x: places.map(\.x), y: places.map(\.y))
    }
    return Figure(
      name: "layout", title: "Sites, cells and users", x: Figure.Axis("east", unit: "m"),
      y: Figure.Axis("north", unit: "m"), series: users, graphs: [graph])
  }

  private func channelFigure() -> Figure {
    let settings = problem.settings
    let (bands, users) = (settings.subBandCount, settings.userCount)
    let isLevels = settings.mode == .singleMCS
    // At most 100,000 elements.
    let step = max(1, bands * users / 90_000 + (bands * users % 90_000 > 0 ? 1 : 0))
    let shown = problem.shown
    let rows = Array(stride(from: 0, to: users, by: step))
    let values = rows.flatMap { user in (0..<bands).map { shown[$0 * users + user] } }
    return Figure(
      name: "channels", title: isLevels ? "Coding schemes that get through" : "Rates",
      x: Figure.Axis("sub-band"), y: Figure.Axis("user"),
      maps: [
        Figure.Map(
          name: isLevels ? "schemes" : "rate", unit: isLevels ? nil : "bit/s/Hz", rows: rows.count,
          columns: bands, values: values, x: -0.5...(Double(bands) - 0.5),
          y: -0.5...(Double(users) - 0.5))
      ])
  }

  private func rateFigure() -> Figure {
    let order = measuredRates.sorted(by: >)
    let ranks = order.indices.map { Double($0 + 1) }
    var series = [Figure.Series(name: "rate", mark: .points, x: ranks, y: order)]
    if problem.settings.floor > 0 {
      series.append(
        Figure.Series(
          name: "floor", x: ranks, y: ranks.map { _ in problem.settings.floor }))
    }
    return Figure(
      name: "rates", title: "Rates of the users, highest first", x: Figure.Axis("user by rank"),
      y: Figure.Axis("rate", unit: "bit/s/Hz"), series: series)
  }
}
