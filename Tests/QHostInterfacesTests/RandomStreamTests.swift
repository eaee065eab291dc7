import QHostInterfaces
import QHostTesting
import Testing

@Suite("RandomStream")
struct RandomStreamTests {
  private let host = TestHost(seed: 11)

  @Test("It resumes at any place", arguments: [0, 1, 511, 512, 513, 1023, 1024, 1500])
  func itResumes(place: Int) {
    var whole = RandomStream(host: host, index: 2)
    for _ in 0..<place { _ = whole.uniform() }
    for _ in 0..<(place / 2) { _ = whole.normal() }
    var resumed = RandomStream(
      host: host, index: 2, uniformsDrawn: whole.uniformsDrawn, normalsDrawn: whole.normalsDrawn)
    for _ in 0..<1100 {
      #expect(resumed.uniform() == whole.uniform())
      #expect(resumed.normal() == whole.normal())
    }
    #expect(resumed.uniformsDrawn == UInt64(place + 1100))
  }

  @Test("Uniform and normal values do not disturb each other")
  func separateSequences() {
    var one = RandomStream(host: host)
    var two = RandomStream(host: host)
    for _ in 0..<700 { _ = two.normal() }
    for _ in 0..<600 { #expect(one.uniform() == two.uniform()) }
  }

  @Test("Streams of different index and of different seed differ")
  func streamsDiffer() {
    var values: Set<Double> = []
    for seed in 1...3 {
      for index in 0..<4 {
        var stream = RandomStream(host: TestHost(seed: UInt64(seed)), index: UInt64(index))
        values.insert(stream.uniform())
        values.insert(stream.normal())
      }
    }
    #expect(values.count == 24)
  }

  @Test("Integers cover their range and nothing else")
  func integersCoverTheirRange() {
    var stream = RandomStream(host: host)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7_000 { counts[stream.integer(below: 7)] += 1 }
    // Expected 1,000 each with a deviation of 29.3: six of them.
    for count in counts { #expect(abs(count - 1_000) < 176) }
    #expect((0..<100).allSatisfy { _ in stream.integer(below: 1) == 0 })
  }

  @Test("Moments are those of the distributions")
  func moments() {
    var stream = RandomStream(host: host)
    let count = 40_000
    var (uniform, normal, square) = (0.0, 0.0, 0.0)
    for _ in 0..<count {
      uniform += stream.uniform()
      let value = stream.normal()
      normal += value
      square += value * value
    }
    let n = Double(count)
    // Five standard errors: 1/√12, 1 and √2 over √n.
    #expect(abs(uniform / n - 0.5) < 5 * 0.2887 / n.squareRoot())
    #expect(abs(normal / n) < 5 / n.squareRoot())
    #expect(abs(square / n - 1) < 5 * 1.4143 / n.squareRoot())
  }
}
