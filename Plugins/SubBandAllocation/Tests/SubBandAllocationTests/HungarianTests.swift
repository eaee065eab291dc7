import SubBandAllocation
import Testing

@Suite("Hungarian assignment")
struct HungarianTests {
  /// ((7919 i + 104729 j + 31 i j) mod 1009) / 64.
  private static func table(_ rows: Int, _ columns: Int) -> [Double] {
    var values: [Double] = []
    for i in 0..<rows {
      for j in 0..<columns {
        let number = 7_919 * i + 104_729 * j + 31 * i * j
        values.append(Double(number % 1_009) / 64)
      }
    }
    return values
  }

  @Test(
    "Sums are those of scipy.optimize.linear_sum_assignment",
    arguments: [(3, 3, 32.359375), (8, 12, 114.328125), (40, 64, 614.75), (64, 64, 980.40625)])
  func scipy(rows: Int, columns: Int, expected: Double) {
    let values = Self.table(rows, columns)
    let assignment = Hungarian.assignment(values, columnCount: columns)
    #expect(Set(assignment).count == rows)
    let sum = assignment.enumerated().reduce(0) { $0 + values[$1.offset * columns + $1.element] }
    #expect(sum == expected)
  }
}
