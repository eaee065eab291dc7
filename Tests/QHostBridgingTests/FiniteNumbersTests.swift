import QHostBridging
import Testing

@Suite("Finite numbers")
struct FiniteNumbersTests {
  @Test(
    "One that is not is found wherever it stands",
    arguments: [Double.infinity, -.infinity, .nan, .signalingNaN, -.nan])
  func found(value: Double) {
    for count in [1, 2, 7, 131] {
      for place in [0, count / 2, count - 1] {
        var values = [Double](repeating: 1, count: count)
        #expect(values.withUnsafeBufferPointer(\.areFinite))
        values[place] = value
        #expect(!values.withUnsafeBufferPointer(\.areFinite))
      }
    }
  }

  @Test("The largest, the least and 0 are finite, and so is nothing")
  func extremes() {
    let greatest = Double.greatestFiniteMagnitude
    let values = [greatest, -greatest, 0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude]
    #expect(values.withUnsafeBufferPointer(\.areFinite))
    #expect([].withUnsafeBufferPointer(\.areFinite))
  }
}
