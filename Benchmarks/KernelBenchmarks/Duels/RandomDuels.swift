import Glibc
import QHostMemory
import QHostRandomness

/// Random numbers of a stream of 1,024.
enum RandomDuels {
  private static let (key, step): (UInt64, UInt64) = (0x1234_5678_9ABC_DEF0, 7)

  /// The words of the stream, block by block.
  private static func words(_ count: Int, _ body: (Int, UInt64) -> Void) {
    for block in 0..<count / 2 {
      let out = Philox.block(
        counter: (
          UInt32(block), 3, UInt32(truncatingIfNeeded: step), UInt32(step >> 32)
        ), key: (UInt32(truncatingIfNeeded: key), UInt32(key >> 32)))
      body(2 * block, UInt64(out.0) | UInt64(out.1) << 32)
      body(2 * block + 1, UInt64(out.2) | UInt64(out.3) << 32)
    }
  }

  static func all() -> [Duel] {
    let count = 1024
    func room<Number>() -> (AlignedBuffer<Number>, AlignedBuffer<Number>) {
      (AlignedBuffer(count: count), AlignedBuffer(count: count))
    }
    return [
      Duel("kernel_random_bits", twin: "Philox", "\(count) words", room()) {
        RandomFill.bits(
          key: key, step: step, index: 3, UnsafeMutableBufferPointer(start: $0, count: count))
      } plain: { (out: UnsafeMutablePointer<UInt64>) in
        words(count) { out[$0] = $1 }
      },
      Duel("kernel_random_uniform", twin: "Philox", "\(count) numbers", room()) {
        RandomFill.uniform(
          key: key, step: step, index: 3, UnsafeMutableBufferPointer(start: $0, count: count))
      } plain: { (out: UnsafeMutablePointer<Double>) in
        words(count) { out[$0] = Double($1 >> 11) * 0x1p-53 }
      },
      Duel(
        "kernel_random_normal", twin: "Philox, libm", "\(count) numbers", tolerance: 1e-12, room()
      ) {
        RandomFill.normal(
          key: key, step: step, index: 3, UnsafeMutableBufferPointer(start: $0, count: count))
      } plain: { (out: UnsafeMutablePointer<Double>) in
        var radius = 0.0
        words(count) { place, word in
          if place % 2 == 0 {
            radius = (-2 * log(Double((word >> 11) + 1) * 0x1p-53)).squareRoot()
          } else {
            let angle = 2 * .pi * Double(word >> 11) * 0x1p-53
            out[place - 1] = radius * cos(angle)
            out[place] = radius * sin(angle)
          }
        }
      },
    ]
  }
}
