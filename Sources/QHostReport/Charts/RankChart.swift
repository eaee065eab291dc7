import QHostDrawing

/// A critical-difference diagram: mean ranks on a line, and bars over those that do not differ.
///
/// Source: J. Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets, JMLR 7 (2006).
struct RankChart: Chart {
  /// A combination.
  struct Entry {
    /// What it is called.
    var name: String
    /// How it is drawn.
    var look: Look
    /// Its mean rank, from 1.
    var rank: Double

    /// What is written beside its line.
    var text: String { "\(name) \(NumberText.fixed(rank, 2))" }
  }

  let entries: [Entry]
  let criticalDifference: Double
  /// The names of those that do not differ, each group from the best.
  let groups: [[String]]

  private static let rowHeight = 11.0
  private static let barStep = 5.0
  private static let edge = 6.0
  /// The least length of the line of ranks between names at both sides.
  private static let leastLine = 90.0

  let title = "Mean ranks"

  var label: String {
    "Mean ranks, critical difference \(NumberText.fixed(criticalDifference, 2))"
  }

  func drawn(_ pen: Pen) -> (body: String, height: Double) {
    let sorted = entries.sorted { $0.rank < $1.rank }
    // The better half has its names at the left, from the best; the others at the right, from the worst.
    let left = Array(sorted.prefix((sorted.count + 1) / 2))
    let right = Array(sorted.dropFirst(left.count).reversed())
    let (room, rest) = (Self.room(left), Self.room(right))
    let isWide = Sheet.width - room - rest < Self.leastLine
    let x = Scale(
      .linear, 1...Double(max(entries.count, 2)), from: isWide ? 2 * Self.edge : room,
      to: Sheet.width - (isWide ? 2 * Self.edge : rest))
    let top = pen.showsTitle ? 14.0 : 2
    let line = top + 20
    let below = line + 8 + Self.barStep * Double(groups.count)
    let title = pen.showsTitle ? pen.text(self.title, x: 6, y: 11, as: .title) : ""
    let parts = ([title] + axis(x, top, line, pen) + bars(sorted, x, line, pen)).joined()
    if isWide {
      // Names that are too wide stand in a legend, and marks on the line.
      let legend = Legend(entries: sorted.map { Legend.Entry($0.text, $0.look) })
      let marks = sorted.map { pen.marks($0.look, at: [(x.place($0.rank), line)]) }
      let height = below + legend.height + 2
      return (parts + marks.joined() + legend.drawn(pen, top: below), height)
    }
    let names = [(left, true), (right, false)].flatMap { side, isLeft in
      side.enumerated().map { row, entry in
        let y = below + 4 + Self.rowHeight * Double(row)
        return name(entry, x, from: line, y: y, isLeft: isLeft, pen)
      }
    }
    return (parts + names.joined(), below + Self.rowHeight * Double(left.count) + 2)
  }

  /// What names at a side need.
  private static func room(_ side: [Entry]) -> Double {
    edge + 5 + (side.map { TextWidth.of($0.text, size: Pen.Writing.name.size) }.max() ?? 0)
  }

  /// A line from a rank to the side of its name, and the name beyond its end.
  private func name(
    _ entry: Entry, _ x: Scale, from line: Double, y: Double, isLeft: Bool, _ pen: Pen
  ) -> String {
    let end = isLeft ? x.ends.0 - 2 : x.ends.1 + 2
    let mark = Markup.number
    return pen.path(
      "M\(mark(x.place(entry.rank))) \(mark(line))V\(mark(y))H\(mark(end))", .curve, entry.look)
      + pen.text(
        entry.text, x: isLeft ? end - 3 : end + 3, y: y + 2.6, as: .name,
        anchor: isLeft ? .end : .start)
  }

  private func axis(_ x: Scale, _ top: Double, _ line: Double, _ pen: Pen) -> [String] {
    let mark = Markup.number
    var parts = [
      pen.text(
        "mean rank, 1 is best; critical difference \(NumberText.fixed(criticalDifference, 2))",
        x: Sheet.width / 2, y: top + 6, as: .label, anchor: .middle)
    ]
    var ticks = "M\(mark(x.ends.0)) \(mark(line))H\(mark(x.ends.1))"
    for tick in x.ticks {
      let place = x.place(tick.value)
      ticks += "M\(mark(place)) \(mark(line))v-3"
      guard let label = tick.label else { continue }
      parts.append(pen.text(label, x: place, y: line - 5, as: .tick, anchor: .middle))
    }
    return parts + [pen.path(ticks, .frame)]
  }

  private func bars(_ sorted: [Entry], _ x: Scale, _ line: Double, _ pen: Pen) -> [String] {
    groups.enumerated().map { place, names in
      let ends = sorted.filter { names.contains($0.name) }.map { x.place($0.rank) }
      let (left, right) = ((ends.min() ?? x.ends.0) - 2, (ends.max() ?? x.ends.0) + 2)
      let y = Markup.number(line + 5 + Self.barStep * Double(place))
      return pen.path("M\(Markup.number(left)) \(y)H\(Markup.number(right))", .bar)
    }
  }
}
