import QHostRadio
import Testing

@Suite("Shadowing")
struct ShadowingTests {
  @Test("Correlations in space and between sites are those that were asked for")
  func correlations() {
    let places = [Point(0, 0), Point(50, 0), Point(50, 0)]
    let field = Shadowing(places: places, correlationDistance: 50, deviation: 6)
    // The transform is linear: its products with itself are the covariances.
    var columns: [[Double]] = []
    for index in 0..<9 {
      var unit = Array(repeating: 0.0, count: 9)
      unit[index] = 1
      columns.append(field.values(siteCount: 2, normals: unit))
    }
    func covariance(_ a: Int, _ b: Int) -> Double {
      columns.reduce(0) { $0 + $1[a] * $1[b] }
    }
    #expect(abs(covariance(0, 0) - 36) < 1e-9)
    #expect(abs(covariance(0, 1) - 36 * 0.36787944117) < 1e-9)
    #expect(abs(covariance(1, 2) - 36) < 1e-6)
    #expect(abs(covariance(0, 3) - 18) < 1e-9)
    #expect(abs(covariance(0, 4) - 18 * 0.36787944117) < 1e-9)
  }
}
