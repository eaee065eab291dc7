import QHostMemory
import QHostNetworks

/// A network 64-12-10 in integers on 256 rows, and changes of its first layer.
///
/// A pass is `kernel_integer_levels`, `kernel_integer_pass` and `kernel_integer_outputs`.
enum IntegerDuels {
  private static let widths = [64, 12, 10]
  private static let rows = 256
  private static let bits = 4

  /// The same network twice, and its inputs.
  private struct Pair {
    let kernel: IntegerKernel
    var plain: PlainIntegerNetwork
    let inputs = Numbers.floats(IntegerDuels.widths[0] * IntegerDuels.rows, seed: 1, in: 0...1)
    let columns: [[Float]]

    init() {
      let table = IntegerTable(values: (0..<256).map { UInt8($0 / 16) }, shift: 3)
      kernel = IntegerKernel(widths: widths, tables: [table], rowCount: rows)
      plain = PlainIntegerNetwork(layers: [], inputBits: bits)
      for layer in 0..<2 {
        let (n, m) = (widths[layer], widths[layer + 1])
        let weights = Numbers.doubles(n * m, seed: UInt64(layer + 2), in: -8...8).list.map {
          Int($0)
        }
        let offset = layer == 0 ? table.center : 0
        for (place, weight) in weights.enumerated() { kernel.weights(layer)[place] = Int8(weight) }
        for unit in 0..<m {
          kernel.setUnit(layer: layer, unit: unit, .init(table: 0, offset: offset))
        }
        plain.layers.append(
          .init(
            weights: (0..<m).map { Array(weights[$0 * n..<($0 + 1) * n]) },
            offsets: Array(repeating: offset, count: m),
            tables: layer == 0 ? Array(repeating: table, count: m) : []))
      }
      let all = inputs.list
      columns = (0..<rows).map { row in (0..<widths[0]).map { all[$0 * rows + row] } }
      kernel.takeInputs(inputs.start, bits: bits)
      kernel.pass()
    }

    /// The outputs [C × B] of a plain network.
    func outputs(_ network: PlainIntegerNetwork) -> [Double] {
      let all = columns.map(network.outputs)
      return (0..<widths[2]).flatMap { unit in all.map { Double($0[unit]) } }
    }

    /// The plain network where a weight of the first layer is changed.
    func changed(_ weight: Int) -> PlainIntegerNetwork {
      var network = plain
      network.layers[0].weights[3][5] += weight
      return network
    }
  }

  static func all() -> [Duel] {
    let pair = Pair()
    let (kernel, offset) = (pair.kernel, pair.plain.layers[0].offsets[0])
    let shape = "64-12-10, \(rows) rows"
    let size = widths[2] * rows
    let changes = (-4...4).map {
      IntegerKernel.Change(weight: $0, unit: .init(table: 0, offset: offset))
    }
    let outputs = AlignedBuffer<Float>(count: changes.count * size)
    let twin = "PlainIntegerNetwork"
    return [
      Duel("kernel_integer_pass", twin: twin, shape, AlignedBuffer<Float>(count: size)) {
        kernel.takeInputs(pair.inputs.start, bits: bits)
        kernel.pass()
        kernel.write(scale: 1, outputStride: rows, $0)
      } list: {
        pair.outputs(pair.plain)
      },
      Duel("kernel_integer_cut", twin: twin, shape + ", 9 offsets", outputs) { _ in
        kernel.cut(layer: 0, unit: 3, input: 5, changes: changes, scale: 1, outputs: outputs.room)
      } list: {
        changes.flatMap { pair.outputs(pair.changed($0.weight)) }
      },
      found(pair, changes, shape), moved(pair, offset, shape),
    ]
  }

  /// The rows that change, put over the outputs at the base point.
  private static func found(
    _ pair: Pair, _ changes: [IntegerKernel.Change], _ shape: String
  ) -> Duel {
    let (count, units) = (changes.count, widths[2])
    let memory = (
      counts: AlignedBuffer<UInt64>(count: count), rows: AlignedBuffer<UInt32>(count: count * rows),
      outputs: AlignedBuffer<Float>(count: count * units * rows)
    )
    let room = ChangedRows(
      stride: rows, rowCounts: memory.counts.start, rows: memory.rows.start,
      outputs: memory.outputs.start)
    let plain = AlignedBuffer<Double>(count: count * units * rows)
    let base = pair.outputs(pair.plain)
    return Duel("kernel_integer_changes", twin: "PlainIntegerNetwork", shape + ", 9 offsets") {
      _ = pair.kernel.changes(
        layer: 0, unit: 3, input: 5, changes: changes, scale: 1, into: room)
    } plain: {
      let all = changes.flatMap { pair.outputs(pair.changed($0.weight)) }
      for (place, value) in all.enumerated() { plain.start[place] = value }
    } difference: {
      let own = AlignedBuffer<Double>(count: plain.count)
      for change in 0..<count {
        for (place, value) in base.enumerated() {
          own.start[change * units * rows + place] = value
        }
        let found = Int(memory.counts.start[change])
        for unit in 0..<units {
          for place in 0..<found {
            let row = Int(memory.rows.start[change * rows + place])
            own.start[(change * units + unit) * rows + row] = Double(
              memory.outputs.start[change * units * rows + unit * ((found + 15) & ~15) + place])
          }
        }
      }
      return relativeDifference(own.start, plain.start, plain.count)
    }
  }

  /// A change and its reverse.
  private static func moved(_ pair: Pair, _ offset: Int, _ shape: String) -> Duel {
    let own = AlignedBuffer<Float>(count: widths[2] * rows)
    func move(_ weight: Int) {
      pair.kernel.move(
        layer: 0, unit: 3, input: 5,
        .init(weight: weight, unit: .init(table: 0, offset: offset)))
    }
    return Duel("kernel_integer_move (two)", twin: "PlainIntegerNetwork", shape) {
      move(3)
      move(-3)
    } plain: {
      _ = pair.outputs(pair.changed(3))
      _ = pair.outputs(pair.plain)
    } difference: {
      move(3)
      pair.kernel.write(scale: 1, outputStride: rows, own.start)
      move(-3)
      let plain = pair.outputs(pair.changed(3))
      return plain.withUnsafeBufferPointer { plain in
        plain.baseAddress.map { relativeDifference(UnsafePointer(own.start), $0, plain.count) } ?? 1
      }
    }
  }
}
