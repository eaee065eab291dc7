import QHostInterfaces

extension FigureChart {
  /// Widths of edges, from the weakest.
  private static let widths = [0.3, 0.7, 1.1, 1.6, 2.2]
  private static let negativeLook = Look(colour: 5)

  /// A graph: edges by width and sign, nodes above them, labels above these.
  static func elements(
    of graph: Figure.Network, _ look: Look, _ plot: Plot, _ pen: Pen
  ) -> [String] {
    let mark = Markup.number
    let places = zip(graph.x, graph.y).map { (x: plot.x.place($0), y: plot.y.place($1)) }
    let greatest = graph.edges.map { abs($0.weight) }.max() ?? 1
    var paths = [[String]](
      repeating: [String](repeating: "", count: widths.count), count: 2)
    for edge in graph.edges {
      let part = greatest > 0 ? abs(edge.weight) / greatest : 1
      let width = min(Int(part * Double(widths.count)), widths.count - 1)
      let (from, to) = (places[edge.source], places[edge.target])
      paths[edge.weight < 0 ? 1 : 0][width] +=
        "M\(mark(from.x)) \(mark(from.y))L\(mark(to.x)) \(mark(to.y))"
    }
    var parts: [String] = []
    for (sign, byWidth) in paths.enumerated() {
      let attributes = pen.attributes(.line, sign == 0 ? look : negativeLook)
      for (width, path) in zip(widths, byWidth) where !path.isEmpty {
        parts.append("<path \(attributes) style=\"stroke-width:\(width)\" d=\"\(path)\"/>")
      }
    }
    let nodes = places.map { "M\(mark($0.x - 2)) \(mark($0.y))a2 2 0 1 0 4 0a2 2 0 1 0-4 0z" }
    parts.append(pen.path(nodes.joined(), .point, look, title: graph.name))
    for (label, place) in zip(graph.labels, places) where !label.isEmpty {
      let width = TextWidth.of(label, size: Pen.Writing.tick.size)
      let isAtEdge = place.x + 3.5 + width > Sheet.width - 1
      parts.append(
        pen.text(
          label, x: place.x + (isAtEdge ? -3.5 : 3.5), y: place.y - 2, as: .tick,
          anchor: isAtEdge ? .end : .start))
    }
    return parts
  }
}
