import QHostInterfaces

extension FiniteDifference {
  /// The state of the lowest level of each packet.
  func findGroundStates(_ packets: inout Packets) throws(ComponentError) {
    let grid = packets.gridCount
    reserve(&scratch, GroundState.scratchCount(gridCount: grid))
    reserve(&real, packets.pointCount)
    if packets.topology == .complete {
      try findGroundStatesOnCompleteGraph(&packets)
    } else {
      let wrong = hopping.withUnsafeBufferPointer { hopping in
        GroundState.find(
          gridCount: grid, potentials: packets.potentials, hopping: hopping, tolerance: tolerance,
          scratch: &scratch, amplitudes: &real, energies: &packets.energies)
      }
      if let wrong { throw packets.notFinite(packet: wrong) }
    }
    packets.observe(real: real, imaginary: nil)
    for packet in packets.norms.indices { packets.norms[packet] = 1 }
    if !packets.realParts.isEmpty { packets.write(real: real, imaginary: nil) }
  }

  private func findGroundStatesOnCompleteGraph(_ packets: inout Packets) throws(ComponentError) {
    let grid = packets.gridCount
    for packet in 0..<packets.packetCount {
      let row = packet * grid..<(packet + 1) * grid
      guard packets.potentials[row].allSatisfy(\.isFinite) else {
        throw packets.notFinite(packet: packet)
      }
      let graph = CompleteGraph(potential: packets.potentials[row], hopping: hopping[packet])
      packets.energies[packet] = real.withUnsafeMutableBufferPointer {
        graph.groundState(into: UnsafeMutableBufferPointer(rebasing: $0[row]))
      }
    }
  }
}
