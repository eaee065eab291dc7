internal import Foundation
public import QHostInterfaces
internal import QHostRadio

extension AntennaTilt: FigureProviding {
  /// Sites with their cells and the ratios of signal to interference and noise, of the middle drop; and what tilt does to utility.
  public func figures(parameters: [Double]?) throws(ComponentError) -> [Figure] {
    [Self.layoutFigure(), Self.mapFigure(), Self.tiltFigure()]
  }

  /// The drop with all inputs in the middle of their ranges.
  static let middleDrop = TiltInput.allCases.map {
    0.5 * ($0.range.lowerBound + $0.range.upperBound)
  }

  private static func axes() -> (Figure.Axis, Figure.Axis) {
    (Figure.Axis("east", unit: "m"), Figure.Axis("north", unit: "m"))
  }

  private static func layoutFigure() -> Figure {
    let layout = HexagonalLayout(
      .seven, siteDistance: middleDrop[TiltInput.siteDistance.rawValue])
    let cells = 0..<layout.cellCount
    let middles = cells.map { layout.centre(ofCell: $0) }
    let count = layout.sites.count
    let graph = Figure.Network(
      name: "cells", x: layout.sites.map(\.x) + middles.map(\.x),
      y: layout.sites.map(\.y) + middles.map(\.y),
      labels: layout.sites.map { _ in "" }
        + cells.map { cell in
          cell == TiltScene.cell ? "own" : TiltScene.neighbours.contains(cell) ? "tilt" : ""
        },
      edges: cells.map { Figure.Network.Edge(from: $0 / 3, to: count + $0) })
    let users = UserPlaces(count: 256, seed: 0)
    let places = (0..<users.count).map {
      users.place(
        $0, siteDistance: layout.siteDistance,
        exponent: middleDrop[TiltInput.radialExponent.rawValue])
    }
    let (x, y) = axes()
    return Figure(
      name: "layout", title: "Sites, cells and the users of the own cell", x: x, y: y,
      series: [
        Figure.Series(name: "users", mark: .points, x: places.map(\.x), y: places.map(\.y))
      ], graphs: [graph])
  }

  private static func mapFigure() -> Figure {
    let drop = PlainTilt(middleDrop)
    let distance = middleDrop[TiltInput.siteDistance.rawValue]
    let (side, half) = (80, 0.7 * distance)
    let values = (0..<(side * side)).map { index in
      let step = 2 * half / Double(side)
      let place = Point(
        -half + (Double(index % side) + 0.5) * step, -half + (Double(index / side) + 0.5) * step)
      return drop.ratio(at: place)
    }
    let (x, y) = axes()
    return Figure(
      name: "sinr", title: "SINR of the own cell", x: x, y: y,
      maps: [
        Figure.Map(
          name: "SINR", unit: "dB", rows: side, columns: side, values: values, x: -half...half,
          y: -half...half)
      ])
  }

  private static func tiltFigure() -> Figure {
    let users = UserPlaces(count: 256, seed: 0)
    let series = [250.0, 500, 1_000].map { distance in
      var drop = middleDrop
      drop[TiltInput.siteDistance.rawValue] = distance
      let tilts = Array(stride(from: 0.0, through: 16, by: 1))
      let utilities = tilts.map { tilt in
        drop[TiltInput.ownTilt.rawValue] = tilt
        return PlainTilt(drop).utility(users)
      }
      return Figure.Series(name: "\(Int(distance)) m between sites", x: tilts, y: utilities)
    }
    return Figure(
      name: "tilt", title: "Utility against the own tilt",
      x: Figure.Axis("tilt", unit: "deg"), y: Figure.Axis("utility", unit: "nat"), series: series)
  }
}
