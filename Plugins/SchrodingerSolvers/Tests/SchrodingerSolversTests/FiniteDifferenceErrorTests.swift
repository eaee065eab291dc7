import QHostInterfaces
import SchrodingerSolvers
import Testing

@Suite("What finite differences refuse")
struct FiniteDifferenceErrorTests {
  private func message(_ change: (inout Packets) -> Void) throws -> String {
    var packets = packet(from: -1, to: 1, count: 9) { $0 }
    change(&packets)
    let solver = try makeSolver()
    do {
      try solver.evolve(&packets)
      return ""
    } catch {
      return error.message
    }
  }

  @Test("A bad number is named")
  func badNumbers() throws {
    for mode in Packets.Mode.allCases {
      for topology in Packets.Topology.allCases {
        let text = try message {
          $0.mode = mode
          $0.topology = topology
          $0.potentials[3] = .nan
        }
        #expect(text.contains("potential of packet 0"))
      }
    }
    #expect(try message { $0.potentials[3] = .infinity }.contains("inf at point 3"))
    #expect(try message { $0.masses[0] = 0 }.contains("mass of packet 0 is 0"))
    #expect(try message { $0.masses[0] = -.infinity }.contains("mass"))
    #expect(try message { $0.hbar = 0 }.contains("hbar is 0"))
    #expect(try message { $0.spacing = -1 }.contains("spacing is -1"))
    #expect(try message { $0.origin = .nan }.contains("origin"))
    #expect(try message { $0.hbar = 1e-200 }.contains("hopping"))
  }

  @Test("A wrong count is named")
  func wrongCounts() throws {
    #expect(try message { $0.potentials.removeLast() }.contains("potentials has 8"))
    #expect(try message { $0.masses.append(1) }.contains("masses has 2"))
    #expect(try message { $0.gridCount = 1 }.contains("1 points"))
    #expect(try message { $0.packetCount = 0 }.contains("0 packets"))
    #expect(
      try message {
        $0.mode = .real
        $0.realParts = [1]
      }.contains("realParts has 1"))
    #expect(
      try message {
        $0.mode = .real
        $0.realParts = Array(repeating: 1, count: 9)
      }.contains("without imaginaryParts"))
    #expect(
      try message {
        $0.mode = .imaginary
        $0.realParts = Array(repeating: 0, count: 9)
      }.contains("norm 0"))
    #expect(
      try message {
        $0.mode = .imaginary
        $0.time = 0
      }.contains("time is 0"))
    #expect(
      try message {
        $0.mode = .real
        $0.stepCount = 0
      }.contains("step count"))
  }
}
