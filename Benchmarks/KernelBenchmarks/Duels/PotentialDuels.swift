import CNeuralModels
import CQHostRuntime
import Glibc
import QHostMemory

/// Losses along a weight of one unit: polynomials of 5 and 9 coefficients, and lines of a unit with two outputs.
enum PotentialDuels {
  private static let (rows, listed) = (1024, 195)

  /// A unit's rows, with the plain way to what they lose.
  private final class Unit: @unchecked Sendable {
    let count: Int
    let place: UInt32
    /// z, or the rows' reach.
    let z: AlignedBuffer<Float>
    let coefficients: AlignedBuffer<Float>
    let order = AlignedBuffer<UInt32>(count: listed)
    let x: AlignedBuffer<Float>
    private let memory: AlignedBuffer<Float>
    var potential: qhost_kernel_potential

    init(count: Int, place: UInt32) {
      (self.count, self.place) = (count, place)
      z = Numbers.floats(rows, seed: 1, in: count == 2 ? -2...2 : 1...2)
      coefficients = Numbers.floats(count * rows, seed: 2)
      x = Numbers.floats(listed, seed: 3, in: 0...1)
      for k in 0..<listed { order.start[k] = UInt32(5 * k + k % 3) }
      memory = AlignedBuffer(count: rows * Int(QHOST_KERNEL_POTENTIAL_LINE))
      potential = qhost_kernel_potential(
        rows: memory.start, coefficient_count: count, place: place, steepness: 1)
      _ = qhost_kernel_potential_open(&potential, z.start, coefficients.start, rows)
    }

    var slopes: qhost_kernel_slopes {
      qhost_kernel_slopes(
        rows: UnsafePointer(order.start), x: UnsafePointer(x.start), count: listed)
    }

    /// What a row loses after a change of its sum.
    func worth(_ row: Int, _ change: Float) -> Double {
      let t =
        count == 2
        ? (z.start[row] + change >= 0 ? 1.0 : -1) : Double(change) / Double(z.start[row])
      return (0..<count).reversed().reduce(0) {
        $0 * t + Double(coefficients.start[$1 * rows + row])
      }
    }

    func change(_ offset: Float) -> Double {
      (0..<listed).reduce(0) { sum, k in
        let row = Int(order.start[k])
        return sum + worth(row, offset * x.start[k]) - worth(row, 0)
      }
    }
  }

  static func all() -> [Duel] {
    [(5, QHOST_KERNEL_PLACE_TANH), (9, QHOST_KERNEL_PLACE_TANH), (2, QHOST_KERNEL_PLACE_SIGN)]
      .flatMap { count, place in
        duels(Unit(count: count, place: place), "\(count) coefficients")
      } + [fit()]
  }

  private static func duels(_ unit: Unit, _ shape: String) -> [Duel] {
    let offsets: [Float] = [-0.4, 0, 0.4]
    let few = "\(listed) of \(rows) rows, \(shape)"
    let room = (AlignedBuffer<Double>(count: 3), AlignedBuffer<Double>(count: 3))
    let sums = (AlignedBuffer<Float>(count: rows), AlignedBuffer<Float>(count: rows))
    // Sums of a thousand numbers of single precision.
    return [
      Duel("kernel_potential_open", "\(rows) rows, \(shape)", tolerance: 1e-5) {
        qhost_kernel_potential_open(&unit.potential, unit.z.start, unit.coefficients.start, rows)
      } plain: {
        (0..<rows).reduce(0) { $0 + unit.worth($1, 0) }
      },
      Duel("kernel_potential_cut", few + ", 3 offsets", tolerance: 1e-5, room) {
        var slopes = unit.slopes
        _ = qhost_kernel_potential_cut(&unit.potential, &slopes, offsets, 3, $0)
      } plain: {
        for (k, offset) in offsets.enumerated() { $0[k] = unit.change(offset) }
      },
      Duel("kernel_potential_move (two)", few, tolerance: 1e-5) {
        var slopes = unit.slopes
        var outside = 0
        let change = qhost_kernel_potential_move(&unit.potential, &slopes, 0.25, &outside)
        _ = qhost_kernel_potential_move(&unit.potential, &slopes, -0.25, &outside)
        return change
      } plain: {
        unit.change(0.25)
      },
      Duel("kernel_potential_places", "\(rows) rows, \(shape)", tolerance: 1e-5, sums) {
        qhost_kernel_potential_places(&unit.potential, rows, $0)
      } plain: {
        // After moves there and back.
        for row in 0..<rows { $0[row] = unit.count == 2 ? unit.z.start[row] : 0 }
      },
    ]
  }

  /// Polynomials through 3 places, which are few enough to be written down.
  private static func fit() -> Duel {
    let values = Numbers.floats(3 * rows, seed: 4, in: 0...3)
    let chebyshev: [Float] = [0.25, 0.5, 0.25, 0.5, 0, -0.5, 0.25, -0.5, 0.25]
    let monomials: [Float] = [1, 0, 0, 0, 1, 0, -1, 0, 2]
    let room = (AlignedBuffer<Float>(count: 3 * rows), AlignedBuffer<Float>(count: 3 * rows))
    return Duel("kernel_potential_fit", "3 places, \(rows) rows", tolerance: 1e-6, room) { out in
      chebyshev.withUnsafeBufferPointer { chebyshev in
        monomials.withUnsafeBufferPointer { monomials in
          var fit = qhost_kernel_fit(
            count: 3, chebyshev: chebyshev.baseAddress, monomials: monomials.baseAddress)
          var variation: Float = 0
          _ = qhost_kernel_potential_fit(&fit, values.start, rows, rows, out, &variation)
        }
      }
    } plain: {
      for row in 0..<rows {
        let (right, middle, left) = (
          values.start[row], values.start[rows + row], values.start[2 * rows + row]
        )
        $0[row] = middle
        $0[rows + row] = (right - left) / 2
        $0[2 * rows + row] = (right + left) / 2 - middle
      }
    }
  }
}
