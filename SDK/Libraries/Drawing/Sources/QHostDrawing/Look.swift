/// How a combination is drawn wherever it stands: colour, line and mark.
///
/// Colour and line, or mark and line, tell any two of 72 looks apart; the second of them holds for a print in
/// shades of grey.
public struct Look: Hashable, Sendable {
  /// The place of its colour in ``Palette``.
  public let colour: Int
  /// How many others have its colour before it: 0 is drawn with an unbroken line.
  public let round: Int

  /// Makes a look.
  public init(colour: Int, round: Int = 0) {
    self.colour = colour
    self.round = round
  }

  /// Its mark.
  ///
  /// There are as many marks as colours. A step of five, which shares no factor with their number, gives each
  /// round another mark.
  public var marker: Marker {
    Marker.allCases[(colour + 5 * round) % Marker.allCases.count]
  }

  /// The place of its line in ``dashes``.
  public var dash: Int { round % Self.dashes.count }

  /// Strokes and gaps of lines, in points; none of the first.
  public static let dashes: [[Double]] = [
    [], [5, 2], [1.2, 1.6], [6, 1.8, 1.2, 1.8], [9, 2.5], [5, 1.6, 1.2, 1.6, 1.2, 1.6],
  ]
}
