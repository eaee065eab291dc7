internal import QHostGraphs

extension LearnerCode {
  private static func low(_ numbers: [Int]) -> [UInt8] { numbers.map { UInt8($0 & 0xFF) } }
  private static func high(_ numbers: [Int]) -> [UInt8] { numbers.map { UInt8($0 >> 8 & 0xFF) } }

  /// The tables, at the beginning of pages: those of the units, then quarter squares.
  ///
  /// q(n) = ⌊n²/4⌋, n from −254 to 257.
  func addTables(_ program: inout Program) {
    for (place, layer) in layers.enumerated() {
      for (number, table) in layer.distinctTables.tables.enumerated() {
        program.label("table\(place)_\(number)")
        program.bytes(table.map { UInt8($0) })
      }
    }
    let squares = (-254..<258).map { $0 * $0 / 4 }
    program.label("squares_low")
    program.bytes(Self.low(squares))
    program.label("squares_high")
    program.bytes(Self.high(squares))
  }

  /// What is learned, and where learning stands.
  func addNumbers(_ program: inout Program) {
    func numbers(_ name: String, _ bytes: [UInt8]) {
      program.label(name)
      program.bytes(bytes)
    }
    for (place, layer) in layers.enumerated() {
      let units = 0..<layer.unitCount
      numbers(
        "weights\(place)",
        (0..<layer.inputCount).flatMap { input in
          units.map { UInt8(layer.weights[$0 * layer.inputCount + input] + 127) }
        })
      let offsets = units.map { layer.offset($0) + (layer.isLast ? 0x8000 : 0) }
      numbers("offset\(place)_low", Self.low(offsets))
      numbers("offset\(place)_high", Self.high(offsets))
      let biases = layer.biases.map { $0 - layer.biasRange.lowerBound }
      numbers("bias\(place)_low", Self.low(biases))
      numbers("bias\(place)_high", Self.high(biases))
      if layer.doubleZero % 2 != 0 {
        numbers("odd\(place)", units.map { UInt8(layer.total($0) & 1) })
      }
      guard !layer.isLast else { continue }
      numbers("shift\(place)", layer.shifts.map { UInt8($0) })
      program.label("page\(place)")
      program.append(
        layer.distinctTables.numbers.map { Statement(.bytes([.high("table\(place)_\($0)")])) })
    }
    numbers("count", [0])
    numbers("next", [0])
    numbers("number", [0, 0])
  }

  /// The kept rows.
  func addRows(_ program: inout Program) {
    func array(_ name: String, _ count: Int) {
      program.label(name)
      program.reserve(count)
    }
    array("zeros", rows)
    for name in ["class", "loss_low", "loss_middle", "loss_high"] { array(name, rows) }
    for (place, layer) in layers.enumerated() {
      array("levels\(place)", rows * layer.inputCount)
      array("sums\(place)_low", rows * layer.unitCount)
      array("sums\(place)_high", rows * layer.unitCount)
    }
  }
}
