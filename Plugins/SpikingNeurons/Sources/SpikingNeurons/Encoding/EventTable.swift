internal import CSpikingNeurons

/// The events that rows are encoded as, step by step.
final class EventTable {
  /// For each row its first step; one more at the end.
  private(set) var rowSteps: [Int] = [0]
  /// Whether events have values other than 1.
  var hasValues = false
  private let offsets = GrowingBuffer<UInt32>()
  private let channels = GrowingBuffer<UInt32>()
  private let values = GrowingBuffer<Float>()

  init() { offsets.append(0) }

  var rowCount: Int { rowSteps.count - 1 }
  var eventCount: Int { channels.count }

  func removeAll() {
    rowSteps = [0]
    hasValues = false
    offsets.count = 0
    channels.count = 0
    values.count = 0
    offsets.append(0)
  }

  /// Steps of rows `first` up to `end`.
  func stepCount(_ rows: Range<Int>) -> Int {
    rowSteps[rows.upperBound] - rowSteps[rows.lowerBound]
  }

  /// Adds an event to the step that is being made.
  func append(_ channel: Int, _ value: Float = 1) {
    channels.append(UInt32(channel))
    values.append(value)
    if value != 1 { hasValues = true }
  }

  /// Adds events to the step that is being made.
  func append(_ more: UnsafePointer<UInt32>, _ strengths: UnsafePointer<Float>, count: Int) {
    for index in 0..<count { append(Int(more[index]), strengths[index]) }
  }

  /// Ends a step.
  func endStep() { offsets.append(UInt32(channels.count)) }

  /// Ends a row.
  func endRow() { rowSteps.append(offsets.count - 1) }

  /// Those of rows from `row` on.
  func events(from row: Int) -> qhost_spiking_events {
    qhost_spiking_events(
      offsets: offsets.start + rowSteps[row], channels: channels.start,
      values: hasValues ? UnsafePointer(values.start) : nil)
  }

  /// Calls `body` with each event of a row: its step within the row, its channel, its value.
  func forEach(_ row: Int, _ body: (Int, Int, Float) -> Void) {
    for step in rowSteps[row]..<rowSteps[row + 1] {
      for place in Int(offsets.start[step])..<Int(offsets.start[step + 1]) {
        body(step - rowSteps[row], Int(channels.start[place]), values.start[place])
      }
    }
  }
}

/// Numbers that are added one by one.
final class GrowingBuffer<Element: BitwiseCopyable> {
  private(set) var start = UnsafeMutablePointer<Element>.allocate(capacity: 1024)
  private var capacity = 1024
  var count = 0

  deinit { start.deallocate() }

  /// What was added.
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: start, count: count) }

  @inline(__always)
  func append(_ element: Element) {
    if count == capacity { grow() }
    start[count] = element
    count += 1
  }

  /// Room for so many.
  func reserve(_ least: Int) {
    while capacity < least { grow() }
  }

  private func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
    larger.update(from: start, count: count)
    start.deallocate()
    start = larger
    capacity *= 2
  }
}
