/// Of each coordinate the swap with one before it that promises most.
struct BestSwaps {
  private var gains: [Double]
  private var partners: [Int32]
  /// Which coordinates have moved since.
  private var isMoved: [Bool]
  private var moved: [Int] = []
  private var isStale = true

  /// Makes a table in which nothing is known.
  init(count: Int) {
    gains = Array(repeating: .infinity, count: count)
    partners = Array(repeating: -1, count: count)
    isMoved = Array(repeating: false, count: count)
  }

  /// The best one of a coordinate; `nil`: it has none.
  func best(_ place: Int) -> (gain: Double, partner: Int)? {
    partners[place] < 0 ? nil : (gains[place], Int(partners[place]))
  }

  /// A coordinate has moved.
  mutating func forget(_ place: Int) {
    guard !isMoved[place] else { return }
    isMoved[place] = true
    moved.append(place)
  }

  /// All changes are others.
  mutating func forgetAll() { isStale = true }

  /// Looks for the best ones of coordinates that have moved, and of those that they were the best for.
  mutating func renew(_ view: SiteView) {
    for place in gains.indices {
      if isStale || isMoved[place] || partners[place] >= 0 && isMoved[Int(partners[place])] {
        search(place, view)
      } else {
        for other in moved where other < place { take(place, other, view) }
      }
    }
    for place in moved { isMoved[place] = false }
    moved.removeAll(keepingCapacity: true)
    isStale = false
  }

  private mutating func search(_ place: Int, _ view: SiteView) {
    (gains[place], partners[place]) = (.infinity, -1)
    for other in 0..<place { take(place, other, view) }
  }

  private mutating func take(_ place: Int, _ other: Int, _ view: SiteView) {
    guard let (gain, _, _) = view.swap(place, other) else { return }
    if gain < gains[place] || gain == gains[place] && other < Int(partners[place]) {
      (gains[place], partners[place]) = (gain, Int32(other))
    }
  }
}
