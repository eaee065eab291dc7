/// How the parts of a chart are drawn: by classes of a page's style sheet, light or dark, or by attributes of their
/// own, on white, in a file that stands alone.
///
/// A unit of a drawing is a point, 1/72 inch, in a file; a page makes it as large as there is room.
public struct Pen: Sendable {
  /// What is drawn; the letter is its class in a page.
  public enum Part: String, Sendable {
    case grid = "g"
    case frame = "f"
    /// A thick line over what does not differ.
    case bar = "d"
    case curve = "c"
    /// A line in a colour, unbroken.
    case line = "u"
    /// A pale area in a colour.
    case band = "b"
    /// Points and filled marks.
    case point = "p"
    /// Marks with an empty inside.
    case outline = "o"
    /// Marks of strokes.
    case stroke = "x"
  }

  /// What is written; the letter is its class in a page.
  public enum Writing: String, Sendable {
    case title = "h"
    case name = "n"
    case label = "a"
    case tick = "t"

    /// The size of its type, in points.
    public var size: Double {
      switch self {
      case .title: 9
      case .name, .label: 8
      case .tick: 7
      }
    }
  }

  /// Which point of a text stands at its place.
  public enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  /// Whether it draws for a page.
  public let isOfPage: Bool
  /// Whether titles are written above charts.
  public let showsTitle: Bool

  /// Makes a pen.
  ///
  /// - Parameters:
  ///   - isOfPage: whether parts get classes of a page's style sheet, or attributes of their own.
  ///   - showsTitle: whether titles are written above charts.
  public init(isOfPage: Bool, showsTitle: Bool) {
    self.isOfPage = isOfPage
    self.showsTitle = showsTitle
  }

  /// For a page.
  public static let page = Pen(isOfPage: true, showsTitle: true)

  /// For a file.
  public static func file(showsTitle: Bool) -> Pen { Pen(isOfPage: false, showsTitle: showsTitle) }

  /// The element of a path.
  ///
  /// - Parameters:
  ///   - data: the path's commands, as SVG's attribute `d` has them.
  ///   - part: what it is a part of, which decides line and fill.
  ///   - look: colour and dashes; `nil`: those of the part.
  ///   - title: what a page shows beside the pointer; `nil`: nothing.
  /// - Returns: the element.
  public func path(_ data: String, _ part: Part, _ look: Look? = nil, title: String? = nil)
    -> String
  {
    let start = "<path \(attributes(part, look)) d=\"\(data)\""
    guard let title, isOfPage else { return start + "/>" }
    return start + "><title>\(Markup.escaped(title))</title></path>"
  }

  /// A mark of a look, at each of some places.
  public func marks(_ look: Look, at places: [(x: Double, y: Double)]) -> String {
    guard !places.isEmpty else { return "" }
    let data = places.map { look.marker.path(x: $0.x, y: $0.y) }.joined()
    return switch look.marker.style {
    case .filled: path(data, .point, look)
    case .outlined: path(data, .outline, look)
    case .stroked: path(data, .stroke, look)
    }
  }

  /// The attributes that give an element its look.
  ///
  /// - Parameters:
  ///   - part: what it is a part of.
  ///   - look: colour and dashes; `nil`: those of the part.
  /// - Returns: a class for a page, stroke and fill for a file.
  public func attributes(_ part: Part, _ look: Look? = nil) -> String {
    guard isOfPage else { return Self.paint(part, look) }
    var names = part.rawValue
    if let look {
      names += " s\(look.colour)"
      if part == .curve, look.dash > 0 { names += " k\(look.dash)" }
    }
    return "class=\"\(names)\""
  }
}

extension Pen {
  /// The text of a file is black, and its type one that every system has or has a twin of.
  static let fileAttributes =
    "font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\" fill=\"#1a1a1a\""

  private static func paint(_ part: Part, _ look: Look?) -> String {
    let colour = look.map { Palette.light[$0.colour] } ?? "#1a1a1a"
    func stroke(_ colour: String, _ width: String) -> String {
      "fill=\"none\" stroke=\"\(colour)\" stroke-width=\"\(width)\""
    }
    switch part {
    case .grid: return stroke("#dddddd", "0.5")
    case .frame: return stroke("#555555", "0.6")
    case .bar: return stroke("#1a1a1a", "2.2")
    case .line: return stroke(colour, "1.1")
    case .stroke: return stroke(colour, "0.9")
    case .curve:
      let dash = (look.map { Look.dashes[$0.dash] } ?? []).map(Markup.number)
      return stroke(colour, "1.1") + " stroke-linejoin=\"round\""
        + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash.joined(separator: " "))\"")
    case .band: return "fill=\"\(colour)\" fill-opacity=\"0.15\""
    case .point: return "fill=\"\(colour)\" fill-opacity=\"0.85\""
    case .outline: return "fill=\"#ffffff\" stroke=\"\(colour)\" stroke-width=\"0.9\""
    }
  }
}
