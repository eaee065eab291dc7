import CQHostRuntime
import Glibc
import QHostMemory

/// Losses along weights of units with two outputs, 4,096 rows.
enum FlipDuels {
  static func all() -> [Duel] {
    let (rows, listed) = (4096, 1024)
    let pairs = Numbers.floats(2 * rows, seed: 1, in: -2...2)
    let order = AlignedBuffer<UInt32>(count: listed)
    for place in 0..<listed { order.start[place] = UInt32(4 * place + place % 3) }
    let values = Numbers.floats(listed, seed: 2)
    let offsets: [Float] = [-0.3, -0.1, 0, 0.1, 0.3]
    let uniforms = Numbers.doubles(rows, seed: 3, in: 0.001...0.999)
    let unit = qhost_kernel_unit(rows: pairs.start, steepness: 2)
    let factors = qhost_kernel_factors(
      count: listed, rows: UnsafePointer(order.start), values: UnsafePointer(values.start))
    func chance(_ z: Float) -> Double { 1 / (1 + exp(-4 * Double(z))) }
    func change(_ offset: Float) -> Double {
      var sum = 0.0
      for place in 0..<listed {
        let row = Int(order.start[place])
        let (z, gain) = (pairs.start[2 * row], pairs.start[2 * row + 1])
        sum += Double(gain) * (chance(z + offset * values.start[place]) - chance(z))
      }
      return sum
    }
    func room<Number>(_ count: Int) -> (AlignedBuffer<Number>, AlignedBuffer<Number>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    // Chances are of single precision, sums of 4,096 of them.
    return [
      Duel("kernel_unit_sum", "\(rows) rows", tolerance: 1e-4) {
        withUnsafePointer(to: unit) { qhost_kernel_unit_sum($0, rows) }
      } plain: {
        (0..<rows).reduce(0) {
          $0 + Double(pairs.start[2 * $1 + 1]) * chance(pairs.start[2 * $1])
        }
      },
      Duel("kernel_unit_cut", "\(listed) of \(rows) rows, 5 offsets", tolerance: 1e-4, room(5)) {
        (out: UnsafeMutablePointer<Double>) in
        withUnsafePointer(to: unit) { unit in
          withUnsafePointer(to: factors) { qhost_kernel_unit_cut(unit, $0, offsets, 5, out) }
        }
      } plain: {
        for (place, offset) in offsets.enumerated() { $0[place] = change(offset) }
      },
      Duel("kernel_logistic_noise", "\(rows) numbers", tolerance: 1e-6, room(rows)) {
        (out: UnsafeMutablePointer<Float>) in
        qhost_kernel_logistic_noise(uniforms.start, rows, 0.5, out)
      } plain: {
        for row in 0..<rows {
          let u = uniforms.start[row]
          $0[row] = Float(0.25 * log(u / (1 - u)))
        }
      },
    ]
  }
}
