import QHostInterfaces

extension SplitOperator {
  /// The state of the lowest level of each packet.
  func findGroundStates(_ packets: inout Packets) throws(ComponentError) {
    let grid = packets.gridCount
    reserve(&amplitudes, packets.pointCount)
    reserve(&residual, grid)
    reserve(&factor, grid * grid)
    try guess(&packets)
    let lowest = KineticMatrix(topology: packets.topology, gridCount: grid).lowest
    for packet in 0..<packets.packetCount {
      packets.energies[packet] = improve(packet, packets, kineticFloor: lowest)
      packets.norms[packet] = 1
    }
    packets.observe(real: amplitudes, imaginary: nil)
    if !packets.realParts.isEmpty { packets.write(real: amplitudes, imaginary: nil) }
  }

  /// Ground states of second-order differences on the line: near enough for a few iterations.
  private func guess(_ packets: inout Packets) throws(ComponentError) {
    let grid = packets.gridCount
    reserve(&scratch, GroundState.scratchCount(gridCount: grid))
    let wrong = hopping.withUnsafeBufferPointer {
      GroundState.find(
        gridCount: grid, potentials: packets.potentials, hopping: $0, tolerance: 1e-4,
        scratch: &scratch, amplitudes: &amplitudes, energies: &packets.energies)
    }
    if let wrong { throw packets.notFinite(packet: wrong) }
  }

  private func improve(_ packet: Int, _ packets: Packets, kineticFloor: Double) -> Double {
    let grid = packets.gridCount
    let row = packet * grid..<(packet + 1) * grid
    let hop = hopping[packet]
    return packets.potentials.withUnsafeBufferPointer { potentials in
      let potential = UnsafeBufferPointer(rebasing: potentials[row])
      let bottom = potential.min() ?? 0
      // Rounding of the pivots is about G ulps of the largest element.
      let rounding = 1e-15 * Double(grid) * (10 * hop + abs(bottom))
      return kinetic.withUnsafeBufferPointer { kinetic in
        amplitudes.withUnsafeMutableBufferPointer { amplitudes in
          guard let matrix = kinetic.baseAddress,
            let state = amplitudes.baseAddress.map({ $0 + row.lowerBound })
          else { return bottom }
          let iteration = InverseIteration(
            kinetic: matrix, hopping: hop, potential: potential, tolerance: tolerance)
          return iteration.run(
            state, floor: bottom + hop * kineticFloor - rounding, factor: &factor, next: &residual)
        }
      }
    }
  }
}
