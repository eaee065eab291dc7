/// A chart that any pen can draw.
public protocol Chart {
  /// What it is called.
  var title: String { get }
  /// What it shows, for those who do not see it.
  var label: String { get }

  /// The chart on a sheet as wide as all are.
  ///
  /// - Parameter pen: how it is drawn.
  /// - Returns: SVG elements, and how high they are together.
  func drawn(_ pen: Pen) -> (body: String, height: Double)
}
