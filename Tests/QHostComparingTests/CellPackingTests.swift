import QHostComparing
import Testing

@Suite("Cells packed into elements of an array")
struct CellPackingTests {
  private func cells(_ seconds: [Double]) -> [(number: Int, seconds: Double)] {
    seconds.enumerated().map { ($0.offset + 1, $0.element) }
  }

  @Test("Every cell is in one element, and no element is empty")
  func partition() {
    let elements = CellPacking.elements(cells((1...500).map { Double($0 % 17) }), width: 1)
    #expect(elements.joined().sorted() == Array(1...500))
    #expect(elements.allSatisfy { !$0.isEmpty && $0 == $0.sorted() })
  }

  @Test("The longest element takes at most 1.3 times the mean, however uneven cells are")
  func balance() {
    // Between 0.1 and 36 s, as those of a random search beside those of a tunnelling one.
    let seconds = (0..<2_000).map { place in 0.1 * Double(1 + (place * place * 7) % 360) }
    for width in [1, 4] {
      let elements = CellPacking.elements(cells(seconds), width: width)
      let sums = elements.map { $0.reduce(0) { $0 + seconds[$1 - 1] } }
      let mean = sums.reduce(0, +) / Double(sums.count)
      #expect(sums.count > 20)
      #expect(mean / Double(width) >= CellPacking.leastSeconds)
      #expect(sums.max() ?? 0 <= 1.3 * mean)
    }
  }

  @Test(
    "Short work is one element, much work no more than a scheduler takes, unknown times are shared out"
  )
  func bounds() {
    #expect(CellPacking.elements(cells([1, 2, 3]), width: 1) == [[1, 2, 3]])
    let many = CellPacking.elements(cells(Array(repeating: 3_600, count: 5_000)), width: 1)
    #expect(many.count == CellPacking.mostElements && many.allSatisfy { $0.count == 5 })
    let equal = CellPacking.elements(cells([0, 0, 0, 0]), width: 1, leastSeconds: 1)
    #expect(equal == [[1, 2, 3, 4]])
    #expect(CellPacking.elements([], width: 1).isEmpty)
  }
}
