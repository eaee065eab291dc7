import QHostInterfaces

/// What cuts were like over the progress of a run; of every 1, then 2, then 4 steps one is kept.
struct CutHistory {
  /// How many steps are kept at most; then every other one is forgotten.
  private static let capacity = 512

  /// The part of the budget that was spent.
  private(set) var progress: [Double] = []
  /// Half the width of a cut, in the parameter's scale.
  private(set) var halfWidths: [Double] = []
  /// ħ, in units where half the width is 1.
  private(set) var hbars: [Double] = []
  /// The loss at the base point of a cut, on the rows that it was on.
  private(set) var losses: [Double] = []
  private var stride = 1
  private var skipped = 0

  /// Notes a step, if it is one that is kept and its loss is finite.
  mutating func note(
    progress now: Double, halfWidth: @autoclosure () -> Double, hbar: Double, loss: Double
  ) {
    skipped += 1
    guard skipped >= stride, loss.isFinite else { return }
    skipped = 0
    progress.append(now)
    halfWidths.append(halfWidth())
    hbars.append(hbar)
    losses.append(loss)
    if losses.count >= Self.capacity { thin() }
  }

  private mutating func thin() {
    func half(_ values: [Double]) -> [Double] {
      Swift.stride(from: 0, to: values.count, by: 2).map { values[$0] }
    }
    progress = half(progress)
    halfWidths = half(halfWidths)
    hbars = half(hbars)
    losses = half(losses)
    stride *= 2
  }

  /// Writes it to a state.
  func save(_ writer: inout StateWriter) {
    writer.write(stride)
    writer.write(skipped)
    for values in [progress, halfWidths, hbars, losses] { writer.write(values) }
  }

  /// Reads it from a state.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    stride = max(1, try reader.readInteger())
    skipped = try reader.readInteger()
    progress = try reader.readReals()
    halfWidths = try reader.readReals(count: progress.count)
    hbars = try reader.readReals(count: progress.count)
    losses = try reader.readReals(count: progress.count)
  }
}
