import CNeuralModels
import Glibc
import QHostMemory

/// Cuts of a network 196-12-8-10 of tanh units along a weight of its first layer, 1,024 rows.
enum CutDuels {
  private static let widths = [196, 12, 8, 10]
  private static let rows = 1024
  private static let unit = 3
  private static let shape = "196-12-8-10, 1024 rows"

  /// The network with what is kept of it, and a plain way through it.
  private final class Network: @unchecked Sendable {
    let weights: [AlignedBuffer<Float>]
    let sums: [AlignedBuffer<Float>]
    let values: [AlignedBuffer<Float>]
    /// An input of which four rows of five are 0.
    let x = AlignedBuffer<Float>(count: rows)
    let layers: UnsafeMutablePointer<qhost_kernel_layer>
    let strips: UnsafeMutablePointer<qhost_kernel_layer>
    /// What cuts of changed rows work on; numbers of a row lie side by side there.
    let changes: qhost_kernel_changes_memory
    let scratch = AlignedBuffer<Float>(count: 40 * Int(QHOST_KERNEL_STRIP) + rows)
    private let lineMemory: AlignedBuffer<Float>
    private let spare: [AlignedBuffer<Float>]

    init() {
      let widths = CutDuels.widths
      weights = (0..<3).map {
        Numbers.floats(widths[$0] * widths[$0 + 1], seed: UInt64($0 + 1), in: -0.3...0.3)
      }
      let units = widths.dropFirst()
      sums = units.map { AlignedBuffer(count: $0 * rows) }
      values = units.map { AlignedBuffer(count: $0 * rows) }
      spare = units.map { AlignedBuffer(count: $0 * rows) }
      let strip = Int(QHOST_KERNEL_STRIP)
      // z and h of the second layer, z of the last.
      let width = (2 * widths[2] + widths[3] + 15) / 16 * 16
      lineMemory = AlignedBuffer(
        count: rows * width + width * strip + (2 * widths[1] + 4) * strip + 2 * rows)
      let area = lineMemory.start + rows * width
      var column = 0
      layers = .allocate(capacity: 3)
      strips = .allocate(capacity: 3)
      for layer in 0..<3 {
        var own = qhost_kernel_layer()
        (own.input_count, own.output_count) = (widths[layer], widths[layer + 1])
        own.weights = UnsafePointer(weights[layer].start)
        (own.z, own.h) = (sums[layer].start, values[layer].start)
        layers[layer] = own
        if layer > 0 {
          (own.z, own.h) = (area + column * strip, area + (column + own.output_count) * strip)
          column += 2 * own.output_count
        }
        strips[layer] = own
      }
      let lines = qhost_kernel_lines(numbers: lineMemory.start, strips: area, width: width)
      changes = qhost_kernel_changes_memory(
        layers: layers, strips: strips, layer_count: 3, is_in_lines: 0, stride: rows, lines: lines,
        scratch: area + width * strip)
      let inputs = Numbers.floats(widths[0] * rows, seed: 7, in: 0...1)
      for row in 0..<rows where row % 5 == 0 { x.start[row] = inputs.start[row] }
      inputs.start.update(from: x.start, count: rows)
      Layer.sums(weights[0].start, nil, inputs.start, widths[0], widths[1], rows, sums[0].start)
      carry(sums, values)
      withUnsafePointer(to: lines) {
        qhost_kernel_lines_write($0, layers + 1, strips + 1, 2, rows, rows)
      }
    }

    deinit {
      layers.deallocate()
      strips.deallocate()
    }

    /// Computes all after the first layer's sums.
    private func carry(_ z: [AlignedBuffer<Float>], _ h: [AlignedBuffer<Float>]) {
      for layer in 0..<2 {
        for place in 0..<h[layer].count { h[layer].start[place] = tanhf(z[layer].start[place]) }
        Layer.sums(
          weights[layer + 1].start, nil, h[layer].start, widths[layer + 1], widths[layer + 2], rows,
          z[layer + 1].start)
      }
    }

    private lazy var others = (
      z: sums.map { AlignedBuffer<Float>(count: $0.count) }, h: spare
    )

    /// Outputs where the unit's own is `held`: later layers computed again.
    func outputs(held: Float, _ out: UnsafeMutablePointer<Float>) {
      let z = atanhf(held)
      others.z[0].start.update(from: sums[0].start, count: sums[0].count)
      for row in 0..<rows { others.z[0].start[unit * rows + row] = z }
      carry(others.z, others.h)
      out.update(from: others.z[2].start, count: others.z[2].count)
    }

    /// Outputs where the unit's sum changes by offset · x: all layers computed again.
    func outputs(_ offset: Float, _ out: UnsafeMutablePointer<Float>) {
      others.z[0].start.update(from: sums[0].start, count: sums[0].count)
      for row in 0..<rows { others.z[0].start[unit * rows + row] += offset * x.start[row] }
      carry(others.z, others.h)
      out.update(from: others.z[2].start, count: others.z[2].count)
    }
  }

  static func all() -> [Duel] {
    let network = Network()
    let offsets: [Float] = [-0.4, -0.2, 0.2, 0.4]
    let size = widths[3] * rows
    func plain(_ out: UnsafeMutablePointer<Float>) {
      for (place, offset) in offsets.enumerated() { network.outputs(offset, out + place * size) }
    }
    let room = (AlignedBuffer<Float>(count: 4 * size), AlignedBuffer<Float>(count: 4 * size))
    return [
      Duel("kernel_network_cut", twin: "all layers", shape + ", 4 offsets", tolerance: 2e-6, room) {
        qhost_kernel_network_cut(
          network.layers, 3, QHOST_KERNEL_TANH, unit, network.x.start, offsets, 4, rows, rows,
          network.scratch.start, $0)
      } plain: {
        plain($0)
      },
      changes(network, offsets, size, plain), moves(network, size),
      // Moves to and fro leave rounding in the sums, so that what is held starts from a network of its own.
      listed(network), held(Network(), size),
    ]
  }

  /// Outputs with the unit's own at two values.
  private static func held(_ network: Network, _ size: Int) -> Duel {
    let room = (AlignedBuffer<Float>(count: 2 * size), AlignedBuffer<Float>(count: 2 * size))
    let values: [Float] = [-0.75, 0.5]
    return Duel(
      "kernel_network_hold", twin: "all layers", shape + ", 2 values", tolerance: 2e-6, room
    ) {
      qhost_kernel_network_hold(
        network.layers, 3, QHOST_KERNEL_TANH, unit, nil, values, 2, rows, rows,
        network.scratch.start, $0)
    } plain: {
      for (place, value) in values.enumerated() { network.outputs(held: value, $0 + place * size) }
    }
  }

  private static func listed(_ network: Network) -> Duel {
    let places = (AlignedBuffer<UInt32>(count: rows + 1), AlignedBuffer<UInt32>(count: rows + 1))
    let room = (AlignedBuffer<Float>(count: rows + 1), AlignedBuffer<Float>(count: rows + 1))
    return Duel("kernel_nonzero_rows", "1024 rows, a fifth not 0", room, count: rows / 5) {
      _ = qhost_kernel_nonzero_rows(network.x.start, rows, places.0.start, $0)
    } plain: {
      var count = 0
      for row in 0..<rows where network.x.start[row] != 0 {
        places.1.start[count] = UInt32(row)
        $0[count] = network.x.start[row]
        count += 1
      }
    }
  }

  /// The rows that change, put over the outputs at the base point.
  private static func changes(
    _ network: Network, _ offsets: [Float], _ size: Int,
    _ plain: @escaping (UnsafeMutablePointer<Float>) -> Void
  ) -> Duel {
    let places = AlignedBuffer<UInt32>(count: rows + 1)
    let values = AlignedBuffer<Float>(count: rows + 1)
    let counts = AlignedBuffer<UInt64>(count: 4)
    let found = AlignedBuffer<UInt32>(count: 4 * rows)
    let outputs = AlignedBuffer<Float>(count: 4 * size)
    let (own, other) = (
      AlignedBuffer<Float>(count: 4 * size), AlignedBuffer<Float>(count: 4 * size)
    )
    var room = qhost_kernel_changes()
    (room.stride, room.row_counts) = (rows, counts.start)
    (room.rows, room.outputs) = (found.start, outputs.start)
    let count = qhost_kernel_nonzero_rows(network.x.start, rows, places.start, values.start)
    return Duel(
      "kernel_network_changes", twin: "all layers", shape + ", 4 offsets", tolerance: 2e-6
    ) {
      withUnsafePointer(to: network.changes) { memory in
        withUnsafePointer(to: room) {
          qhost_kernel_network_changes(
            memory, QHOST_KERNEL_TANH, unit, places.start, values.start, count, offsets, 4, $0)
        }
      }
    } plain: {
      plain(other.start)
    } difference: {
      for offset in 0..<4 {
        let to = own.start + offset * size
        to.update(from: network.sums[2].start, count: size)
        let lanes = (Int(counts.start[offset]) + 15) & ~15
        for output in 0..<widths[3] {
          for place in 0..<Int(counts.start[offset]) {
            to[output * rows + Int(found.start[offset * rows + place])] =
              outputs.start[offset * size + output * lanes + place]
          }
        }
      }
      return relativeDifference(own.start, other.start, own.count)
    }
  }

  /// A move and its reverse.
  private static func moves(_ network: Network, _ size: Int) -> Duel {
    let other = AlignedBuffer<Float>(count: size)
    func move(_ offset: Float) {
      qhost_kernel_network_move(
        network.layers, 3, QHOST_KERNEL_TANH, unit, network.x.start, offset, rows, rows,
        network.scratch.start)
    }
    return Duel("kernel_network_move (two)", twin: "all layers", shape, tolerance: 2e-6) {
      move(0.25)
      move(-0.25)
    } plain: {
      network.outputs(0.25, other.start)
      network.outputs(0, other.start)
    } difference: {
      network.outputs(0.25, other.start)
      move(0.25)
      let difference = relativeDifference(network.sums[2].start, other.start, size)
      move(-0.25)
      return difference
    }
  }
}
