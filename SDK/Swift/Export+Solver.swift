internal import CQHost
internal import QHostBridging
internal import QHostInterfaces

/// The functions of every solver in Swift.
func solverTable(
  modes: Set<Packets.Mode>, topologies: Set<Packets.Topology>, in arena: Arena
) -> UnsafeRawPointer {
  var table = qhost_solver.sized()
  table.modes = modes.reduce(0) { $0 | 1 << $1.rawValue }
  table.topologies = topologies.reduce(0) { $0 | 1 << $1.rawValue }
  table.create = { request, instance, error in
    reporting(to: error) { () throws(ComponentError) in
      let solver = try make(request, (), as: (any Solver).self)
      ExportedSolver(solver).handOver(to: instance)
    }
  }
  table.destroy = { ExportedSolver.destroy($0) }
  table.evolve = { instance, packets, error in
    reporting(to: error) { () throws(ComponentError) in
      try ExportedSolver.at(instance).evolve(packets)
    }
  }
  return UnsafeRawPointer(arena.value(table))
}

/// A solver in Swift behind a C instance pointer.
private final class ExportedSolver: Instance {
  private let solver: any Solver
  override var component: AnyObject? { solver }
  private var packets = Packets(packetCount: 1, gridCount: 2, origin: 0, spacing: 1)

  init(_ solver: any Solver) { self.solver = solver }

  func evolve(_ pointer: UnsafePointer<qhost_packets>?) throws(ComponentError) {
    guard let pointer, let raw = qhost_packets.reading(pointer) else {
      throw ComponentError("the host gave an incomplete batch of packets")
    }
    try read(raw)
    try solver.evolve(&packets)
    write(raw)
  }

  private func read(_ raw: qhost_packets) throws(ComponentError) {
    guard let mode = Packets.Mode(rawValue: raw.mode),
      let topology = Packets.Topology(rawValue: raw.topology)
    else { throw .unsupported("mode \(raw.mode) on topology \(raw.topology) is not known here") }
    guard raw.packet_count >= 1, raw.grid_count >= 2, let masses = raw.masses,
      let potentials = raw.potentials
    else { throw ComponentError("a batch needs masses and potentials of at least 2 points") }
    let (b, g) = (Int(raw.packet_count), Int(raw.grid_count))
    if b != packets.packetCount || g != packets.gridCount {
      packets = Packets(
        packetCount: b, gridCount: g, origin: raw.origin, spacing: raw.spacing)
    }
    packets.mode = mode
    packets.topology = topology
    packets.origin = raw.origin
    packets.spacing = raw.spacing
    packets.hbar = raw.hbar
    packets.time = raw.time
    packets.stepCount = Int(clamping: raw.steps)
    packets.masses.fill(from: masses, count: b)
    packets.potentials.fill(from: potentials, count: b * g)
    packets.realParts.fill(from: raw.real, count: b * g)
    packets.imaginaryParts.fill(from: raw.imaginary, count: b * g)
  }

  private func write(_ raw: qhost_packets) {
    packets.realParts.copy(to: raw.real)
    packets.imaginaryParts.copy(to: raw.imaginary)
    packets.densities.copy(to: raw.densities)
    packets.means.copy(to: raw.means)
    packets.secondMoments.copy(to: raw.second_moments)
    packets.energies.copy(to: raw.energies)
    packets.norms.copy(to: raw.norms)
  }
}

extension [Double] {
  /// Takes `count` values in the place of its own, none when there is no pointer.
  fileprivate mutating func fill(from pointer: UnsafePointer<Double>?, count: Int) {
    removeAll(keepingCapacity: true)
    if let pointer { append(contentsOf: UnsafeBufferPointer(start: pointer, count: count)) }
  }

  fileprivate mutating func fill(from pointer: UnsafeMutablePointer<Double>?, count: Int) {
    fill(from: pointer.map { UnsafePointer($0) }, count: count)
  }

  /// Copies its values to C memory, when that is wanted.
  fileprivate func copy(to pointer: UnsafeMutablePointer<Double>?) {
    withUnsafeBufferPointer { source in
      if let pointer, let start = source.baseAddress {
        pointer.update(from: start, count: source.count)
      }
    }
  }
}
