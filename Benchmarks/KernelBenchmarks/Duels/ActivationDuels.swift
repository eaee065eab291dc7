import CNeuralModels
import Glibc
import QHostMemory
import QHostNetworks

/// Activations of 12 units on 1,024 rows.
enum ActivationDuels {
  private static let (units, rows) = (12, 1024)

  static func all() -> [Duel] {
    let z = Numbers.floats(units * rows, seed: 1, in: -3...3)
    let bias = Numbers.floats(units, seed: 2)
    let g = Numbers.floats(units * rows, seed: 3)
    let shape = "\(units) units, \(rows) rows"
    func room() -> (AlignedBuffer<Float>, AlignedBuffer<Float>) {
      (AlignedBuffer(count: units * rows), AlignedBuffer(count: units * rows))
    }
    let kinds: [(String, Activation)] = [
      ("tanh", .tanh), ("sigmoid", .sigmoid), ("relu", .relu), ("sine", .sine),
    ]
    let own = kinds.flatMap { name, kind in
      [
        Duel("kernel_activate (\(name))", twin: "Activation", shape, tolerance: 1e-6, room()) {
          qhost_kernel_activate(kind.rawValue, nil, bias.start, z.start, units, rows, $0)
        } plain: {
          for place in 0..<units * rows {
            $0[place] = Float(kind.value(Double(z.start[place] + bias.start[place / rows])))
          }
        },
        slopes(kind, name, z, g, shape, room()),
      ]
    }
    return own + knots(z, g, shape) + [biases(bias, shape)]
  }

  /// g · activation'(z), of g as it was each time.
  private static func slopes(
    _ kind: Activation, _ name: String, _ z: AlignedBuffer<Float>, _ g: AlignedBuffer<Float>,
    _ shape: String, _ room: (AlignedBuffer<Float>, AlignedBuffer<Float>)
  ) -> Duel {
    let h = AlignedBuffer<Float>(count: units * rows)
    for place in 0..<h.count {
      h.start[place] = kind == .sine ? z.start[place] : Float(kind.value(Double(z.start[place])))
    }
    return Duel(
      "kernel_activation_gradient (\(name))", twin: "Activation", shape, tolerance: 2e-6, room
    ) {
      $0.update(from: g.start, count: units * rows)
      qhost_kernel_activation_gradient(kind.rawValue, nil, h.start, units, rows, $0)
    } plain: {
      for place in 0..<units * rows {
        $0[place] = g.start[place] * Float(kind.slope(Double(z.start[place])))
      }
    }
  }

  /// A table's value, and the gradient of its knots.
  private static func knots(
    _ z: AlignedBuffer<Float>, _ g: AlignedBuffer<Float>, _ shape: String
  ) -> [Duel] {
    let knots = Numbers.floats(9, seed: 4)
    let plain = PlainTable(knots: knots.list.map { Double($0) }, range: 2)
    let table = qhost_kernel_table(knots: UnsafePointer(knots.start), count: 9, range: 2, scale: 2)
    let outputs = (
      AlignedBuffer<Float>(count: units * rows), AlignedBuffer<Float>(count: units * rows)
    )
    return [
      Duel(
        "kernel_activate (learned)", twin: "PlainTable", shape + ", 9 knots", tolerance: 2e-6,
        outputs
      ) { out in
        withExtendedLifetime(knots) {
          withUnsafePointer(to: table) {
            qhost_kernel_activate(QHOST_KERNEL_LEARNED, $0, nil, z.start, units, rows, out)
          }
        }
      } plain: {
        for place in 0..<units * rows { $0[place] = Float(plain.value(Double(z.start[place]))) }
      },
      Duel(
        "kernel_knot_gradient", twin: "PlainTable", shape + ", 9 knots", tolerance: 1e-4,
        AlignedBuffer<Float>(count: 9)
      ) { out in
        out.update(repeating: 0, count: 9)
        withUnsafePointer(to: table) {
          qhost_kernel_knot_gradient($0, z.start, g.start, units, rows, rows, out)
        }
      } list: {
        (0..<9).map { knot in
          (0..<units * rows).reduce(0) {
            $0 + Double(g.start[$1]) * plain.share(of: knot, Double(z.start[$1]))
          }
        }
      },
    ]
  }

  private static func biases(_ bias: AlignedBuffer<Float>, _ shape: String) -> Duel {
    let room = (
      AlignedBuffer<Float>(count: units * rows), AlignedBuffer<Float>(count: units * rows)
    )
    return Duel("kernel_add_bias", shape, room) {
      $0.update(repeating: 0, count: units * rows)
      qhost_kernel_add_bias(bias.start, units, rows, rows, $0)
    } plain: {
      for unit in 0..<units {
        for row in 0..<rows { $0[unit * rows + row] = 0 + bias.start[unit] }
      }
    }
  }
}
