/// One coordinate that goes to another site, or two at once.
struct PairMove: Equatable {
  /// The classes of moves, whose success is learned apart.
  enum Kind: Int, CaseIterable {
    /// All of them, made once.
    static let all = Kind.allCases

    /// One coordinate, to where nothing is violated as far as is known.
    case single
    /// The second takes the value that the first gives up; each alone violates something.
    case exchange
    /// The same; only the first one violates something.
    case repair
    /// The same; only the second one does.
    case room
    /// The same; neither does.
    case free
    /// Each takes the other's value.
    case swap
    /// Any two, one of which violates something.
    case any
  }

  /// What is predicted of it: less is better.
  var gain: Double
  /// The place of the coordinate in the table, and its new site.
  var first: Int
  var firstSite: Int
  /// The second one; −1: none.
  var second = -1
  var secondSite = 0
}
