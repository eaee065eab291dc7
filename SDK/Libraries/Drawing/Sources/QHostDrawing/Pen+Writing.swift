extension Pen {
  /// A text.
  ///
  /// - Parameters:
  ///   - text: what is written; raised digits become digits that are raised, which every type has.
  ///   - x: where its anchor lies.
  ///   - y: where its base line lies.
  ///   - writing: as what.
  ///   - anchor: which of its points lies there.
  ///   - isUpright: whether it runs upwards.
  /// - Returns: an SVG element.
  public func text(
    _ text: String, x: Double, y: Double, as writing: Writing, anchor: Anchor = .start,
    isUpright: Bool = false
  ) -> String {
    let place =
      isUpright
      ? "transform=\"translate(\(Markup.number(x)) \(Markup.number(y))) rotate(-90)\""
      : "x=\"\(Markup.number(x))\" y=\"\(Markup.number(y))\""
    return "<text \(attributes(writing, anchor)) \(place)>\(Self.raised(text, writing.size))</text>"
  }

  private func attributes(_ writing: Writing, _ anchor: Anchor) -> String {
    if isOfPage {
      let side = anchor == .start ? "" : anchor == .middle ? " m" : " e"
      return "class=\"\(writing.rawValue)\(side)\""
    }
    let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let weight = writing == .title ? " font-weight=\"bold\"" : ""
    return "font-size=\"\(Markup.number(writing.size))\"\(weight)\(side)"
  }

  private static let digits: [Character: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "−",
  ]

  /// Text with its exponents as smaller digits above the base line.
  private static func raised(_ text: String, _ size: Double) -> String {
    guard text.contains(where: { digits[$0] != nil }) else { return Markup.escaped(text) }
    let rise = Markup.number(size * 0.38)
    var result = ""
    var rest = text[...]
    while let first = rest.first {
      let isRaised = digits[first] != nil
      let part = rest.prefix { (digits[$0] != nil) == isRaised }
      rest = rest[part.endIndex...]
      if isRaised {
        let exponent = String(part.map { digits[$0] ?? $0 })
        result +=
          "<tspan dy=\"-\(rise)\" font-size=\"\(Markup.number(size * 0.72))\">\(exponent)</tspan>"
      } else if result.isEmpty {
        result += Markup.escaped(String(part))
      } else {
        result += "<tspan dy=\"\(rise)\">\(Markup.escaped(String(part)))</tspan>"
      }
    }
    return result
  }
}
