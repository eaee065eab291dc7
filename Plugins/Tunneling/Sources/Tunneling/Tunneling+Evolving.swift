import QHostInterfaces
import QHostNumerics

extension Tunneling {
  /// Builds the potentials of the cuts from their losses and finds the ground states.
  func evolvePackets(_ losses: [Double]) throws(ComponentError) {
    let first = cuts[0]
    let nodeCount = first.nodeCount
    let isLine = first.topology == .line
    resizePackets(gridCount: isLine ? interpolation(nodeCount).gridCount : nodeCount)
    packets.topology = first.topology
    packets.hbar =
      nodeCount == settings.scanOffsetCount && nodeCount != settings.offsetCount
      ? settings.scanHbar
      : annealed(from: settings.hbarStart, to: settings.hbarEnd, progress: progress)
    potential.clear()
    losses.withUnsafeBufferPointer { losses in
      for index in cuts.indices {
        fillPotential(
          index, UnsafeBufferPointer(rebasing: losses[index * nodeCount..<(index + 1) * nodeCount]))
      }
    }
    let gridCount = packets.gridCount
    try settings.dynamics.evolve(
      &packets, from: cuts.map { $0.gridPoint(of: gridCount) }, with: solver)
  }

  /// Moves the parameter of one cut to its read-out, unless the loss there is higher.
  func move(_ index: Int, _ losses: [Double]) {
    let cut = cuts[index]
    guard problem.kinds[cut.coordinate] == .real else { return moveOnLattice(index, cut, losses) }
    knownLoss = nil
    guard !potential.isFlat[index] else { return }
    step(cut.coordinate, by: settings.damping * cut.offset(node(index, cut)))
  }

  /// Moves a parameter as far as its bounds allow.
  func step(_ coordinate: Int, by offset: Double) {
    let value = base.point[coordinate]
    let target = problem.clamped(value + offset, at: coordinate)
    base.move(coordinate, by: problem.offset(from: value, to: target, at: coordinate))
    if !problem.hasMinibatches { best.noteMove(along: coordinate) }
  }

  /// The read-out on a line, in nodes.
  ///
  /// Where the loss is higher there than at offset 0, the lowest place that the packet reaches.
  func node(_ index: Int, _ cut: Cut) -> Double {
    let zero = Double(cut.zeroNode)
    let perPoint = Double(cut.nodeCount - 1) / Double(packets.gridCount - 1)
    let mean = place(index) * perPoint
    var node = mean
    if height(index, cut, at: mean) > height(index, cut, at: zero) {
      node = Double(lowestPoint(index)) * perPoint
      guard height(index, cut, at: node) < height(index, cut, at: zero) else { return zero }
    }
    // Within a scan's own steps the sweeps that follow see better.
    return cut.nodeCount > 5 && abs(node - zero) < 1 ? zero : node
  }

  /// The interpolated potential at a place in nodes.
  private func height(_ index: Int, _ cut: Cut, at node: Double) -> Double {
    potential.nodes.withUnsafeBufferPointer { nodes in
      guard let row = nodes.baseAddress.map({ $0 + index * cut.nodeCount }) else { return 0 }
      return interpolation(cut.nodeCount).value(
        at: node, of: row, isStraight: potential.hasWall[index])
    }
  }

  /// The grid point of lowest potential where the density is a tenth of its peak or more.
  private func lowestPoint(_ index: Int) -> Int {
    let row = index * packets.gridCount..<(index + 1) * packets.gridCount
    let floor = 0.1 * (packets.densities[row].max() ?? 0)
    var lowest = -1
    for g in row where packets.densities[g] >= floor {
      if lowest < 0 || packets.potentials[g] < packets.potentials[lowest] { lowest = g }
    }
    return max(lowest - row.lowerBound, 0)
  }

  /// The read-out on a lattice: the site nearest to the mean, or the most likely category.
  func site(_ index: Int, _ cut: Cut) -> Int {
    let first = index * packets.gridCount
    var site = Int(place(index).rounded())
    if cut.topology == .complete {
      for k in 0..<cut.nodeCount
      where packets.densities[first + k] > packets.densities[first + site] { site = k }
    }
    let nodes = potential.nodes
    return nodes[first + site] <= nodes[first + cut.zeroNode] ? site : cut.zeroNode
  }

  /// The read-out of a packet in grid points.
  func place(_ index: Int) -> Double { settings.readOut.place(of: index, in: packets) }

  private func interpolation(_ nodeCount: Int) -> CutInterpolation {
    nodeCount == narrow.nodeCount ? narrow : wide
  }

  /// Gives the packets the shape of the cuts, where half the box is 1 long.
  private func resizePackets(gridCount: Int) {
    guard packets.gridCount != gridCount || packets.packetCount != cuts.count else { return }
    let spacing = 2 / Double(gridCount - 1)
    packets = Packets(
      packetCount: cuts.count, gridCount: gridCount, origin: -1, spacing: spacing)
  }

  private func fillPotential(_ index: Int, _ losses: UnsafeBufferPointer<Double>) {
    let cut = cuts[index]
    potential.append(losses)
    let grid = packets.gridCount
    potential.nodes.withUnsafeBufferPointer { nodes in
      packets.potentials.withUnsafeMutableBufferPointer { potentials in
        guard let from = nodes.baseAddress.map({ $0 + index * cut.nodeCount }),
          let row = potentials.baseAddress.map({ $0 + index * grid })
        else { return }
        if cut.topology == .line {
          interpolation(cut.nodeCount).fill(
            row, from: from, ceiling: CutPotential.ceiling, isStraight: potential.hasWall[index])
        } else {
          for g in 0..<grid { row[g] = min(from[g], CutPotential.ceiling) }
        }
      }
    }
  }
}
