/// A critical-difference diagram: mean ranks on a line, and bars over those that do not differ.
///
/// Source: J. Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets, JMLR 7 (2006).
struct RankChart {
  /// A combination.
  struct Entry {
    /// What it is called.
    var name: String
    /// The place of its colour.
    var series: Int
    /// Its mean rank, from 1.
    var rank: Double
  }

  let entries: [Entry]
  let criticalDifference: Double
  /// The names of those that do not differ, each group from the best.
  let groups: [[String]]

  /// The chart as an SVG element.
  var svg: String {
    let sorted = entries.sorted { $0.rank < $1.rank }
    let x = Scale(.linear, 1...Double(max(entries.count, 2)), from: 20, to: 380)
    let first = 68.0 + 9 * Double(groups.count)
    let half = (sorted.count + 1) / 2
    var parts = axis(x) + bars(sorted, x)
    // The better half ends at the left, from the best; the others at the right, from the worst.
    for (row, entry) in sorted[..<half].enumerated() {
      parts.append(label(entry, x, y: first + 22 * Double(row), edge: 12, style: "n"))
    }
    for (row, entry) in sorted[half...].reversed().enumerated() {
      parts.append(label(entry, x, y: first + 22 * Double(row), edge: 388, style: "n e"))
    }
    return "<svg viewBox=\"0 0 400 \(Markup.number(first + 22 * Double(half)))\" role=\"img\" "
      + "aria-label=\"Mean ranks, critical difference "
      + "\(NumberText.fixed(criticalDifference, 2))\">\(parts.joined())</svg>"
  }

  private func axis(_ x: Scale) -> [String] {
    var parts = [Markup.text("Mean rank (1 is best)", x: 12, y: 16, class: "h")]
    var ticks = "M20 40H380"
    for tick in 1...max(entries.count, 2) {
      let place = x.place(Double(tick))
      ticks += "M\(Markup.number(place)) 40v-5"
      parts.append(Markup.text("\(tick)", x: place, y: 32, class: "m"))
    }
    return parts + ["<path class=\"f\" d=\"\(ticks)\"/>"]
  }

  private func bars(_ sorted: [Entry], _ x: Scale) -> [String] {
    groups.enumerated().map { place, names in
      let ends = sorted.filter { names.contains($0.name) }.map { x.place($0.rank) }
      let (left, right) = ((ends.min() ?? 20) - 3, (ends.max() ?? 20) + 3)
      return
        "<path class=\"d\" d=\"M\(Markup.number(left)) \(Markup.number(49 + 9 * Double(place)))"
        + "H\(Markup.number(right))\"/>"
    }
  }

  /// A line from a rank to the edge, with the name above its end.
  private func label(
    _ entry: Entry, _ x: Scale, y: Double, edge: Double, style: String
  ) -> String {
    let name = entry.name.count <= 26 ? entry.name : entry.name.prefix(25) + "…"
    return "<path class=\"c \(Palette.style(entry.series))\" "
      + "d=\"M\(Markup.number(x.place(entry.rank))) 40V\(Markup.number(y))H\(Markup.number(edge))\"/>"
      + Markup.text(
        "\(name) \(NumberText.fixed(entry.rank, 2))", x: edge, y: y - 4, class: style)
  }
}
