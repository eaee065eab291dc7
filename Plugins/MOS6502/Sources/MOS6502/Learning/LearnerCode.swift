internal import QHostGraphs

/// Writes the program of a network that learns: `infer`, `remember`, `improve`, and `learn`, which is the last two.
///
/// Weights are bytes of w + 127, by inputs: those from one input to all units lie side by side. Products come from quarter
/// squares. Sums and levels of kept rows lie by units, so that a row is an index; the sums of the last layer are stored with
/// 2^15 more, which makes comparisons those of numbers without a sign. Page 0 holds nothing between calls.
struct LearnerCode {
  let plan: LearnerPlan
  private let origin: Int

  var layers: [LearningNetwork.Layer] { plan.network.layers }
  var last: Int { layers.count - 1 }
  var rows: Int { plan.rowCount }

  init(_ plan: LearnerPlan, origin: Int) { (self.plan, self.origin) = (plan, origin) }

  /// Two bytes each.
  private static let words = [
    "column", "levels", "sums_low", "sums_high", "results", "table", "square_pl", "square_ph",
    "square_ml", "square_mh", "weight", "base", "inner", "change", "result", "delta", "place",
    "product", "own", "rival", "left",
  ]
  /// A byte each.
  private static let bytes = [
    "mask", "row", "shift", "keep", "unit", "index", "is_bias", "step", "factor", "addend", "level",
    "page", "rise", "any", "inner_unit", "quotient", "remainder",
  ]
  /// Three bytes each.
  private static let longs = ["sum", "limit", "loss", "all"]

  /// Names of the sums of a layer while one row is computed.
  func trial(_ place: Int) -> (low: String, high: String) {
    place == last ? ("output_low", "output_high") : ("trial\(place)_low", "trial\(place)_high")
  }

  /// The levels that a layer takes while one row is computed.
  func given(_ place: Int) -> String { place == 0 ? "input" : "hidden\(place - 1)" }

  /// Counts X down to 0 and beyond, for `count` rounds.
  func round(_ label: String, _ count: Int) -> String {
    count <= 128 ? "  dex\n  bpl \(label)" : "  dex\n  cpx #$ff\n  bne \(label)"
  }

  /// Adds a constant address to the word `product`, into a pointer.
  func pointer(_ name: String, _ array: String) -> String {
    """
      clc
      lda product
      adc #<\(array)
      sta \(name)
      lda product+1
      adc #>\(array)
      sta \(name)+1
    """
  }

  /// Adds a number to a pointer.
  func advance(_ name: String, _ count: Int, _ label: String) -> String {
    """
      clc
      lda \(name)
      adc #\(count)
      sta \(name)
      bcc \(label)
      inc \(name)+1
    \(label):
    """
  }

  /// The program.
  func program() throws(AssemblyError) -> Program {
    var memory = MemoryPlan()
    for name in Self.words { _ = memory.place(name, count: 2, during: 0...0) }
    for name in Self.bytes { _ = memory.place(name, count: 1, during: 0...0) }
    for name in Self.longs { _ = memory.place(name, count: 3, during: 0...0) }
    for place in layers.indices.reversed() {
      let units = layers[place].unitCount
      _ = memory.place(trial(place).low, count: units, during: 0...0)
      _ = memory.place(trial(place).high, count: units, during: 0...0)
      if place < last { _ = memory.place(given(place + 1), count: units, during: 0...0) }
    }
    _ = memory.place("input", count: plan.network.inputCount, during: 0...0)
    var program = Program(origin: origin)
    for (name, value) in memory.equates { program.define(name, value) }
    program.comment(
      "levels 0 ... \(plan.inputMaximum) at 'input'; infer: the class is in A; learn: A is the class"
    )
    addTables(&program)
    try program.parse(code)
    addNumbers(&program)
    for (name, count) in memory.reserved {
      program.label(name)
      program.reserve(count)
    }
    addRows(&program)
    return program
  }

  private var code: String {
    var parts = [entries, common, products]
    for place in layers.indices { parts += [pass(place), copies(place)] }
    for place in layers.indices.dropFirst() { parts.append(carry(place)) }
    for place in layers.indices { parts += [settle(place), attempt(place), visit(place)] }
    return parts.joined(separator: "\n")
  }
}
