import QHostInterfaces

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Packets {
  /// The width of a packet that starts, where half the box is 1 long.
  private static let startWidth = 0.25

  /// Sets ψ to Gaussians about grid points; to the same amplitude everywhere on the complete graph.
  mutating func start(about places: [Int]) {
    realParts = Array(repeating: 1, count: packetCount * gridCount)
    imaginaryParts = Array(repeating: 0, count: packetCount * gridCount)
    guard topology != .complete else { return }
    let width = Self.startWidth * 0.5 * Double(gridCount - 1)
    for (packet, place) in places.enumerated() {
      for g in 0..<gridCount {
        let distance = Double(g - place) / width
        realParts[packet * gridCount + g] = exp(-0.25 * distance * distance)
      }
    }
  }

  /// Sets ψ to the lowest state of the empty box, or to the same amplitude everywhere on a lattice.
  mutating func startInBox() {
    let angle = Double.pi / Double(gridCount + 1)
    realParts = (0..<packetCount * gridCount).map {
      topology == .line ? sin(angle * Double($0 % gridCount + 1)) : 1
    }
    imaginaryParts = Array(repeating: 0, count: packetCount * gridCount)
  }

  /// Puts each packet to the lowest point of its potential, averaged over a Gaussian.
  ///
  /// Between grid points the parabola through the lowest one and its neighbours decides.
  mutating func settleAtLowest(smoothedBy width: Double) {
    for place in densities.indices { densities[place] = 0 }
    for packet in 0..<packetCount {
      let first = packet * gridCount
      let heights = averaged(packet, width / spacing)
      var lowest = 0
      for g in heights.indices where heights[g] < heights[lowest] { lowest = g }
      densities[first + lowest] = 1 / spacing
      var place = Double(lowest)
      if topology == .line, lowest > 0, lowest < gridCount - 1 {
        let (left, right) = (heights[lowest - 1], heights[lowest + 1])
        let bend = left - 2 * heights[lowest] + right
        if bend > 0 { place += 0.5 * (left - right) / bend }
      }
      means[packet] = origin + place * spacing
    }
  }

  /// The potential of one packet averaged over a Gaussian `width` grid points wide, cut at the walls.
  private func averaged(_ packet: Int, _ width: Double) -> [Double] {
    let row = Array(potentials[packet * gridCount..<(packet + 1) * gridCount])
    guard width > 1e-3 else { return row }
    let weights = (0..<gridCount).map { exp(-0.5 * Double($0 * $0) / (width * width)) }
    return row.indices.map { g in
      var (sum, total) = (0.0, 0.0)
      for other in row.indices {
        let weight = weights[abs(other - g)]
        sum += weight * row[other]
        total += weight
      }
      return sum / total
    }
  }
}
