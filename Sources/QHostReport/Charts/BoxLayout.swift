import QHostDrawing

/// Where the rows of boxes and their names lie: names at the left where all fit there, else each above its row.
struct BoxLayout {
  /// A row.
  struct Place {
    /// Its name, in as many lines as it needs.
    let lines: [String]
    /// The base line of the first.
    let firstBase: Double
    /// The middle of its box.
    let middle: Double
  }

  /// How wide names at the left are at most.
  private static let widestAside = 84.0
  private static let mostLinesAside = 3
  private static let boxHeight = 15.0

  /// Where boxes begin.
  let left: Double
  /// Where names have their anchor.
  let nameX: Double
  /// Which point of a name that is.
  let nameAnchor: Pen.Anchor
  /// From line to line of a name.
  static let lineHeight = 9.0
  /// The rows.
  let places: [Place]
  /// Where the boxes end.
  let bottom: Double
  private let top: Double
  private let isAside: Bool

  /// Lays names out.
  ///
  /// - Parameters:
  ///   - names: a name for each row.
  ///   - top: where the first row begins.
  init(names: [String], top: Double) {
    let size = Pen.Writing.name.size
    let aside = names.map { TextWidth.lines($0, size: size, width: Self.widestAside) }
    isAside = aside.allSatisfy { $0.count <= Self.mostLinesAside }
    let widest = aside.joined().map { TextWidth.of($0, size: size) }.max() ?? 0
    self.top = top
    left = isAside ? widest + 8 : 6
    nameX = isAside ? left - 4 : 6
    nameAnchor = isAside ? .end : .start
    var places: [Place] = []
    var y = top
    for (name, asideLines) in zip(names, aside) {
      if isAside {
        let height = max(Self.boxHeight, Self.lineHeight * Double(asideLines.count) + 2)
        let first = y + height / 2 + 2.6 - Self.lineHeight * Double(asideLines.count - 1) / 2
        places.append(Place(lines: asideLines, firstBase: first, middle: y + height / 2))
        y += height
      } else {
        let lines = TextWidth.lines(name, size: size, width: Sheet.width - 12)
        let above = Self.lineHeight * Double(lines.count) + 2
        places.append(
          Place(lines: lines, firstBase: y + 8, middle: y + above + Self.boxHeight / 2))
        y += above + Self.boxHeight + 2
      }
    }
    self.places = places
    bottom = y
  }

  /// Where lines of a grid may run.
  var bands: [(top: Double, bottom: Double)] {
    guard !isAside else { return [(top, bottom)] }
    let half = Self.boxHeight / 2
    return places.map { ($0.middle - half, $0.middle + half) }
  }
}
