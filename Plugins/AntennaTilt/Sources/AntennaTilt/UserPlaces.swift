internal import Foundation
internal import QHostMemory
internal import QHostRadio
internal import QHostRandomness

/// Where users are in the cell, without a drop's distances: quasi-random, the same in all drops of a dataset.
///
/// Point i is (s + i a) mod 1 with a = (1/g, 1/g²), g³ = g + 1, and a shift s drawn from a seed (Roberts, *The unreasonable
/// effectiveness of quasirandom sequences*, 2018). The first number is the azimuth, 60 degrees to each side of the boresight; the
/// second is u in radius = least + (edge - least) u^exponent.
package final class UserPlaces: @unchecked Sendable {
  // Not changed after it is made.
  package let count: Int
  let cosines: AlignedBuffer<Float>
  let sines: AlignedBuffer<Float>
  let edges: AlignedBuffer<Float>
  let logRadii: AlignedBuffer<Float>

  /// Draws the shift of a seed.
  package init(count: Int, seed: Int) {
    self.count = count
    cosines = AlignedBuffer(count: count)
    sines = AlignedBuffer(count: count)
    edges = AlignedBuffer(count: count)
    logRadii = AlignedBuffer(count: count)
    var shift = [0.0, 0.0]
    let key = Philox.key(seed: UInt64(bitPattern: Int64(seed)), component: "antenna-tilt.users")
    shift.withUnsafeMutableBufferPointer {
      RandomFill.uniform(key: key, step: 0, index: 0, $0)
    }
    let boresight = HexagonalLayout.boresights[TiltScene.cell]
    for user in 0..<count {
      let first = (shift[0] + Double(user) * 0.7548776662466927).truncatingRemainder(dividingBy: 1)
      let second = (shift[1] + Double(user) * 0.5698402909980532).truncatingRemainder(dividingBy: 1)
      let azimuth = boresight + 120 * (first - 0.5)
      cosines.start[user] = Float(cos(azimuth * .pi / 180))
      sines.start[user] = Float(sin(azimuth * .pi / 180))
      edges.start[user] = Float(TiltScene.layout.edgeDistance(azimuth: azimuth))
      logRadii.start[user] = Float(log(max(second, 1e-9)))
    }
  }

  /// Where user `index` is in a drop, in m from the site.
  func place(_ index: Int, siteDistance: Double, exponent: Double) -> Point {
    let edge = siteDistance * Double(edges.start[index])
    let part = exp(exponent * Double(logRadii.start[index]))
    let radius = TiltScene.leastDistance + (edge - TiltScene.leastDistance) * part
    return radius * Point(Double(cosines.start[index]), Double(sines.start[index]))
  }
}
