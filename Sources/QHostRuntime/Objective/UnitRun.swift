/// How many cuts in a row are along parameters of the same unit.
struct UnitRun {
  /// From so many on it pays to tabulate what the unit's outputs are worth.
  static let payingLength = 8

  private var unit: Int?
  private var index = -1
  private var length = 0
  private var lengthBefore = 0

  /// Counts one more cut.
  ///
  /// - Parameters:
  ///   - index: of the parameter; another piece of the same cut counts once.
  ///   - unit: whose; `nil`: of none.
  /// - Returns: whether more of this unit's are to be expected: the run is long, or the one before was.
  @discardableResult
  mutating func note(_ index: Int, of unit: Int?) -> Bool {
    if unit != self.unit {
      if self.unit != nil { lengthBefore = length }
      self.unit = unit
      length = 0
      self.index = -1
    }
    guard unit != nil else { return false }
    if index != self.index { length += 1 }
    self.index = index
    return length >= Self.payingLength || lengthBefore >= Self.payingLength
  }
}
