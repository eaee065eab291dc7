import Foundation
import QHostRandomness
import Testing

@Suite("Random fills")
struct RandomFillTests {
  private static let key: UInt64 = 0x0123_4567_89AB_CDEF
  private static let step: UInt64 = 0x0000_0005_0000_0007
  private static let index: UInt64 = 9

  private func words(_ count: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      RandomFill.bits(
        key: Self.key, step: Self.step, index: Self.index,
        UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  private func fill(
    _ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) -> Void
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      body(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
  }

  private func normals(_ count: Int) -> [Double] {
    fill(count) { RandomFill.normal(key: Self.key, step: Self.step, index: Self.index, $0) }
  }

  @Test("Philox of counter 0 and key 0 gives the published words")
  func knownAnswer() {
    let words = Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
    #expect(words == (0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
  }

  @Test("Philox of all ones gives the published words")
  func knownAnswerOfOnes() {
    let ones = UInt32.max
    let words = Philox.block(counter: (ones, ones, ones, ones), key: (ones, ones))
    #expect(words == (0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
  }

  @Test("Blocks of the kernel are those of the plain Philox")
  func blocks() {
    let filled = words(201)
    for block in 0..<100 {
      let plain = Philox.block(
        counter: (
          UInt32(block), UInt32(Self.index), UInt32(truncatingIfNeeded: Self.step),
          UInt32(Self.step >> 32)
        ),
        key: (UInt32(truncatingIfNeeded: Self.key), UInt32(Self.key >> 32)))
      #expect(filled[2 * block] == UInt64(plain.0) | UInt64(plain.1) << 32)
      #expect(filled[2 * block + 1] == UInt64(plain.2) | UInt64(plain.3) << 32)
    }
  }

  @Test("A shorter fill is the beginning of a longer one", arguments: [1, 2, 63, 64, 65, 127])
  func prefixes(count: Int) {
    #expect(words(count) == Array(words(200).prefix(count)))
    #expect(normals(count) == Array(normals(200).prefix(count)))
  }

  @Test("Uniform values are the upper 53 bits of the words")
  func uniforms() {
    let values = fill(1000) {
      RandomFill.uniform(key: Self.key, step: Self.step, index: Self.index, $0)
    }
    #expect(values == words(1000).map { Double($0 >> 11) * 0x1p-53 })
  }

  @Test("Normal values agree with Box-Muller by the mathematics library")
  func boxMuller() {
    let words = words(20_000)
    let values = normals(20_000)
    for pair in stride(from: 0, to: words.count, by: 2) {
      let first = Double((words[pair] >> 11) + 1) * 0x1p-53
      let second = Double(words[pair + 1] >> 11) * 0x1p-53
      let radius = (-2 * log(first)).squareRoot()
      // Radius at most 8.6; a few units in the last place of the radius and of the angle.
      #expect(abs(values[pair] - radius * cos(2 * .pi * second)) < 1e-14)
      #expect(abs(values[pair + 1] - radius * sin(2 * .pi * second)) < 1e-14)
    }
  }

  @Test("Normal values have the moments 0, 1, 0, 3")
  func moments() {
    let count = 1_000_000
    let values = normals(count)
    let moments = (1...4).map { power in
      values.reduce(0) { $0 + pow($1, Double(power)) } / Double(count)
    }
    // Five standard errors: the variances of x, x², x³, x⁴ are 1, 2, 15, 96.
    #expect(abs(moments[0]) < 5 * (1 / Double(count)).squareRoot())
    #expect(abs(moments[1] - 1) < 5 * (2 / Double(count)).squareRoot())
    #expect(abs(moments[2]) < 5 * (15 / Double(count)).squareRoot())
    #expect(abs(moments[3] - 3) < 5 * (96 / Double(count)).squareRoot())
  }

  @Test("Keys differ by seed and by component")
  func keys() {
    let keys = [
      Philox.key(seed: 1, component: "optimizer"), Philox.key(seed: 2, component: "optimizer"),
      Philox.key(seed: 1, component: "model"),
    ]
    #expect(Set(keys).count == 3)
  }
}
