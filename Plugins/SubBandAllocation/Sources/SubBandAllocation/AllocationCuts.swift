internal import QHostInterfaces

/// Cuts of an allocation: what each other choice for one output scores, in constant time each.
final class AllocationCuts<State: AllocationState>: ScenarioCuts {
  private let state: State
  private let scale: Double
  private let categoryCount: Int

  /// Starts at an allocation; losses are −`scale` times the sum of rates.
  init(_ state: State, at choices: [Int], categoryCount: Int, scale: Double) {
    self.state = state
    self.scale = scale
    self.categoryCount = categoryCount
    state.place(choices)
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let base = state.choices[output]
    for place in offsets.indices {
      let category = try category(base, offsets[place])
      losses[place] = -scale * state.trial(output, category).sumRate
    }
  }

  func cut(
    output: Int, offsets: UnsafeBufferPointer<Double>, losses: UnsafeMutableBufferPointer<Double>,
    violations: UnsafeMutableBufferPointer<Double>
  ) throws(ComponentError) {
    let base = state.choices[output]
    for place in offsets.indices {
      let category = try category(base, offsets[place])
      let (sumRate, violation) = state.trial(output, category)
      losses[place] = -scale * sumRate
      violations[place] = violation
    }
  }

  func move(output: Int, delta: Double) throws(ComponentError) {
    state.move(output, to: try category(state.choices[output], delta))
  }

  @inline(__always)
  private func category(_ base: Int, _ offset: Double) throws(ComponentError) -> Int {
    let value = Double(base) + offset
    guard value >= 0, value < Double(categoryCount) else {
      throw ComponentError(
        "category \(value) of a sub-band is not among 0 to \(categoryCount - 1); keep within the bounds"
      )
    }
    return Int(value)
  }
}
