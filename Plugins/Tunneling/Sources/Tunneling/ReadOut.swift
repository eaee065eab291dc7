import QHostInterfaces

/// Where a packet is taken to be: ⟨x⟩, or the mean about the highest peak of several.
enum ReadOut {
  /// The choices.
  enum Kind: String {
    /// The mean, or the mean about the highest peak where there are several.
    case auto
    /// ⟨x⟩, wherever it falls.
    case mean
    /// The grid point of highest density.
    case peak

    /// The place of one packet in grid points, from 0 to G − 1.
    func place(of packet: Int, in packets: Packets) -> Double {
      let mean = (packets.means[packet] - packets.origin) / packets.spacing
      guard self != .mean else { return mean }
      return packets.densities.withUnsafeBufferPointer { densities in
        let grid = packets.gridCount
        let row = UnsafeBufferPointer(
          rebasing: densities[packet * grid..<(packet + 1) * grid])
        return self == .auto ? ReadOut.place(row, mean: mean) : ReadOut.peak(row)
      }
    }
  }

  /// A valley below this part of the lower of two peaks separates them.
  private static let valley = 0.5
  /// A peak below this part of the highest one does not count.
  private static let minorPeak = 0.05

  /// The place in grid points, from 0 to G − 1.
  ///
  /// - Parameters:
  ///   - density: [G], not negative, not all 0.
  ///   - mean: ⟨x⟩ in grid points.
  /// - Returns: the mean, or that about the highest peak.
  static func place(_ density: UnsafeBufferPointer<Double>, mean: Double) -> Double {
    var top = 0
    for g in density.indices where density[g] > density[top] { top = g }
    let left = edge(density, from: top, by: -1)
    let right = edge(density, from: top, by: 1)
    if left == 0 && right == density.count - 1 { return mean }
    var weight = 0.0
    var moment = 0.0
    for g in left...right {
      weight += density[g]
      moment += density[g] * Double(g)
    }
    return moment / weight
  }

  /// The place of the highest density, by the parabola through it and its neighbours.
  static func peak(_ density: UnsafeBufferPointer<Double>) -> Double {
    var top = 0
    for g in density.indices where density[g] > density[top] { top = g }
    guard top > 0, top < density.count - 1 else { return Double(top) }
    let (left, right) = (density[top - 1], density[top + 1])
    let bend = left - 2 * density[top] + right
    return bend < 0 ? Double(top) + 0.5 * (left - right) / bend : Double(top)
  }

  /// The bottom of the first valley that parts the top from another peak; the wall if none does.
  private static func edge(
    _ density: UnsafeBufferPointer<Double>, from top: Int, by direction: Int
  ) -> Int {
    let floor = minorPeak * density[top]
    var bottom = top
    var g = top
    while density.indices.contains(g + direction) {
      g += direction
      if density[g] < density[bottom] { bottom = g }
      if density[g] > floor, density[bottom] < valley * density[g] { return bottom }
    }
    return direction < 0 ? 0 : density.count - 1
  }
}
