import QHostInterfaces

/// Cuts along learned directions: a packet in the parabola through three losses along each.
///
/// A few directions are cut at once through one base point, their packets relax, and all move together
/// to their read-outs. The lowest of the points becomes the base. A direction's width doubles when its
/// packet comes to an end of the cut, and shrinks when it stays in the middle.
struct DirectionCuts {
  /// Directions that are cut at once.
  private static let blockSize = 4
  private static let gridCount = 17
  private static let widest = 0.5
  private static let narrowest = 1e-10
  private static let growing = 2.0
  private static let shrinking = 0.5
  /// A read-out beyond this part of the cut's half-width widens it, one within the other narrows it.
  private static let farPart = 0.7
  private static let nearPart = 0.25
  /// Sweeps over which the loss must fall by more than `leastFall` of it.
  private static let patience = 24
  private static let leastFall = 1e-7

  /// What the last query asked for; between queries of a sweep nothing else is pending.
  enum Pending: Int {
    case base, ends, joint
  }

  var base: [Double]
  var baseLoss = Double.infinity
  var widths: [Double]
  var encoding: AdaptiveEncoding
  var order: SweepOrder
  var sweepStart: [Double]
  var trail: [Double] = []
  var archive: [Double] = []
  var archiveLosses: [Double] = []
  private let hbar: Double
  private let dynamics: PacketDynamics
  private let readOut: ReadOut.Kind
  private let interpolation = CutInterpolation(nodeCount: 3, gridCount: gridCount)

  var pending = Pending.base
  var block: [Int] = []
  var points: [[Double]] = []
  var endLosses: [Double] = []
  var joint: [Double] = []
  private var potential = CutPotential(capacity: 3 * blockSize)
  private var packets = Packets(packetCount: 1, gridCount: gridCount, origin: -1, spacing: 0.125)

  /// Starts at a place, with the given half-widths along the axes.
  init(
    start: [Double], widths: [Double], hbar: Double, dynamics: PacketDynamics,
    readOut: ReadOut.Kind
  ) {
    base = start
    sweepStart = start
    self.widths = widths
    self.hbar = hbar
    self.dynamics = dynamics
    self.readOut = readOut
    encoding = AdaptiveEncoding(dimension: start.count)
    order = SweepOrder(Array(start.indices))
  }

  /// Whether the cuts are as narrow as numbers allow, or many sweeps brought nothing.
  var isConverged: Bool {
    if !widths.contains(where: { $0 > Self.narrowest }) { return true }
    guard let first = trail.first, let last = trail.last, trail.count > Self.patience else {
      return false
    }
    return !(first - last > Self.leastFall * abs(last))
  }

  /// Asks for the base, for both ends of a block of cuts, or for the point that all packets moved to.
  mutating func ask(_ query: inout Query, in box: SearchBox, random: inout RandomStream) {
    if !(baseLoss < .infinity), pending == .base {
      query.points.append(contentsOf: box.point(base))
      return
    }
    if pending == .joint {
      query.points.append(contentsOf: box.point(joint))
      return
    }
    pending = .ends
    block.removeAll(keepingCapacity: true)
    points.removeAll(keepingCapacity: true)
    let sweep = order.sweepCount
    while block.count < Self.blockSize, order.sweepCount == sweep {
      block.append(order.next(&random))
    }
    for direction in block {
      for side in [-1.0, 1] {
        var place = base
        encoding.add(side * widths[direction], of: direction, to: &place)
        for i in place.indices { place[i] = box.clamped(place[i], i) }
        query.points.append(contentsOf: box.point(place))
        points.append(place)
      }
    }
  }

  /// Brings the losses that it remembers up to date with those of an answer.
  mutating func renew(_ answer: Answer) {
    answer.renew(&baseLoss)
    answer.renew(&endLosses)
    answer.renew(&archiveLosses)
    answer.renew(&trail)
  }

  /// Takes the losses that were asked for.
  mutating func tell(
    _ losses: [Double], in box: SearchBox, with solver: any Solver
  ) throws(ComponentError) {
    let expected = pending == .ends ? points.count : 1
    guard losses.count == expected else {
      throw ComponentError(
        "the answer has \(losses.count) losses, \(expected) were asked for; "
          + "answer every query once")
    }
    switch pending {
    case .base:
      baseLoss = losses[0]
      // From an infeasible base any feasible end is the way.
      if !(baseLoss < .infinity) { baseLoss = .greatestFiniteMagnitude }
      pending = .ends
    case .ends:
      endLosses = losses
      try relax(in: box, with: solver)
      pending = .joint
    case .joint:
      finishBlock(losses[0])
      pending = .ends
    }
  }

  /// The ground states in the parabolas, and the point that they are read out at together.
  private mutating func relax(in box: SearchBox, with solver: any Solver) throws(ComponentError) {
    if packets.packetCount != block.count {
      packets = Packets(
        packetCount: block.count, gridCount: Self.gridCount, origin: -1,
        spacing: 2 / Double(Self.gridCount - 1))
    }
    packets.hbar = hbar
    potential.clear()
    for place in block.indices {
      let values = [endLosses[2 * place], baseLoss, endLosses[2 * place + 1]]
      values.withUnsafeBufferPointer { potential.append($0) }
    }
    potential.nodes.withUnsafeBufferPointer { nodes in
      packets.potentials.withUnsafeMutableBufferPointer { rows in
        guard let nodes = nodes.baseAddress, let rows = rows.baseAddress else { return }
        for place in block.indices {
          interpolation.fill(
            rows + place * Self.gridCount, from: nodes + 3 * place,
            ceiling: CutPotential.ceiling, isStraight: potential.hasWall[place])
        }
      }
    }
    let starts = Array(repeating: Self.gridCount / 2, count: block.count)
    try dynamics.evolve(&packets, from: starts, with: solver)
    joint = base
    for (place, direction) in block.enumerated() where !potential.isFlat[place] {
      let part = readOut.place(of: place, in: packets) * packets.spacing - 1
      encoding.add(part * widths[direction], of: direction, to: &joint)
      widths[direction] *= factor(abs(part))
      widths[direction] = min(widths[direction], Self.widest / encoding.lengths[direction])
    }
    for i in joint.indices { joint[i] = box.clamped(joint[i], i) }
  }

  private func factor(_ part: Double) -> Double {
    part > Self.farPart ? Self.growing : (part < Self.nearPart ? Self.shrinking : 1)
  }

  /// Takes the lowest point of a block as the base; after a sweep the directions are renewed.
  private mutating func finishBlock(_ jointLoss: Double) {
    points.append(joint)
    endLosses.append(jointLoss)
    for (place, loss) in endLosses.enumerated() where loss < baseLoss {
      baseLoss = loss
      base = points[place]
    }
    for (place, loss) in endLosses.enumerated() where loss < .infinity {
      archive.append(contentsOf: points[place])
      archiveLosses.append(loss)
    }
    if order.position == 0 { finishSweep() }
  }

  private mutating func finishSweep() {
    let n = base.count
    let ranks = archiveLosses.indices.sorted { archiveLosses[$0] < archiveLosses[$1] }.prefix(n)
    var best: [Double] = []
    best.reserveCapacity(ranks.count * n)
    for place in ranks { best.append(contentsOf: archive[place * n..<(place + 1) * n]) }
    encoding.learn(from: best, count: ranks.count, before: sweepStart, after: base)
    archive.removeAll(keepingCapacity: true)
    archiveLosses.removeAll(keepingCapacity: true)
    sweepStart = base
    trail.append(baseLoss)
    if trail.count > Self.patience + 1 { trail.removeFirst() }
  }
}
