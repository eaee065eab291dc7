public import QHostInterfaces

extension Problem {
  /// Whether cuts are answered, and cost less than whole passes.
  public var answersFastCuts: Bool { hasFastCuts && queries.contains(.cuts) }

  /// The offset that leads from a value within the bounds to another one.
  ///
  /// The host adds it to `value`; where rounding would carry the sum over a bound, it is the next number
  /// on the other side of the exact difference, with which the sum is short of `target`.
  ///
  /// - Parameters:
  ///   - value: where a parameter is.
  ///   - target: where it shall be.
  ///   - index: the parameter's.
  /// - Returns: the offset; 0 where the difference is not a finite number.
  public func offset(from value: Double, to target: Double, at index: Int) -> Double {
    let offset = target - value
    guard offset.isFinite else { return 0 }
    let sum = value + offset
    if sum > upper[index] { return offset.nextDown }
    return sum < lower[index] ? offset.nextUp : offset
  }
}
