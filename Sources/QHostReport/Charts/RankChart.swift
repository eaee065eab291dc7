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
    let bars = groups.map { names in sorted.filter { names.contains($0.name) } }
    let first = 70.0 + 9 * Double(bars.count)
    let height = first + 20 * Double(sorted.count) + 8
    var parts = [Markup.text("Mean rank (1 is best)", x: 12, y: 16, class: "h")]
    var ticks = "M20 40H380"
    for tick in 1...max(entries.count, 2) {
      let place = Markup.number(x.place(Double(tick)))
      ticks += "M\(place) 40v-5"
      parts.append(Markup.text("\(tick)", x: x.place(Double(tick)), y: 32, class: "m"))
    }
    parts.append("<path class=\"f\" d=\"\(ticks)\"/>")
    for (place, bar) in bars.enumerated() {
      let y = Markup.number(50 + 9 * Double(place))
      let ends = bar.map { x.place($0.rank) }
      let (a, b) = ((ends.min() ?? 0) - 3, (ends.max() ?? 0) + 3)
      parts.append("<path class=\"d\" d=\"M\(Markup.number(a)) \(y)H\(Markup.number(b))\"/>")
    }
    for (place, entry) in sorted.enumerated() {
      let (at, y) = (x.place(entry.rank), first + 20 * Double(place))
      let isLeft = at < 200
      let end = isLeft ? at + 10 : at - 10
      parts.append(
        "<path class=\"c \(Palette.style(entry.series))\" d=\"M\(Markup.number(at)) 40V\(Markup.number(y))"
          + "H\(Markup.number(end))\"/>")
      parts.append(
        Markup.text(
          "\(BoxChart.shortened(entry.name))  \(NumberText.fixed(entry.rank, 2))",
          x: end + (isLeft ? 4 : -4), y: y + 4, class: isLeft ? "n" : "e"))
    }
    return "<svg viewBox=\"0 0 400 \(Markup.number(height))\" role=\"img\" "
      + "aria-label=\"Mean ranks, critical difference "
      + "\(NumberText.fixed(criticalDifference, 2))\">\(parts.joined())</svg>"
  }
}
