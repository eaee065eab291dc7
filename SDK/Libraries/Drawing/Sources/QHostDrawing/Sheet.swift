/// What a chart is drawn on: a place in a page, or a file of its own.
public enum Sheet {
  /// The width of every chart: 85 mm, a column of a paper, in points.
  public static let width = 241.0
  /// The least height of charts with two axes: 60 mm, in points.
  public static let leastHeight = 170.0

  private static let widthMillimetres = 85.0

  /// A chart as an element of a page.
  public static func element(_ chart: some Chart) -> String {
    let (body, height) = chart.drawn(.page)
    return "<svg viewBox=\"0 0 \(Markup.number(width)) \(Markup.number(height))\" "
      + "role=\"img\" aria-label=\"\(Markup.escaped(chart.label))\">\(body)</svg>"
  }

  /// A chart as a file.
  ///
  /// - Parameters:
  ///   - chart: the chart.
  ///   - name: what the document is called.
  ///   - caption: what must be known to read it; it is in the file, and not seen.
  ///   - showsTitle: whether the chart's title is written above it.
  /// - Returns: an SVG document of the chart's size on paper, which needs nothing else.
  public static func file(
    _ chart: some Chart, name: String, caption: String, showsTitle: Bool
  ) -> String {
    let (body, height) = chart.drawn(.file(showsTitle: showsTitle))
    let millimetres = Markup.number(height * widthMillimetres / width)
    let size = "\(Markup.number(width)) \(Markup.number(height))"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(Markup.number(widthMillimetres))mm" \
      height="\(millimetres)mm" viewBox="0 0 \(size)" \(Pen.fileAttributes)>
      <title>\(Markup.escaped(name))</title>
      <desc>\(Markup.escaped(caption))</desc>
      <path fill="#ffffff" d="M0 0h\(Markup.number(width))v\(Markup.number(height))H0z"/>
      \(body)
      </svg>

      """
  }
}
