import QHostInterfaces
import QHostNumerics

extension Tunneling {
  /// Cuts are on the whole training split from now on: real parameters begin at the mean of their late points, as a run on
  /// minibatches would have ended there.
  func takeAllRows() {
    guard problem.hasMinibatches, !isOnFull else { return }
    isOnFull = true
    knownLoss = nil
    guard settings.averaging > 0, averageWeight > 0 else { return }
    var point = base.point
    for index in point.indices where problem.kinds[index] == .real { point[index] = average[index] }
    base.replace(with: point)
    for index in point.indices where problem.kinds[index] == .real { means[index] = point[index] }
  }

  /// Picks the coordinates of the next query, all cut at the same number of offsets.
  func planCuts() {
    cuts.removeAll(keepingCapacity: true)
    var tries = 2 * order.order.count
    while cuts.count < settings.blockSize, tries > 0 {
      tries -= 1
      let cycle = ScanCycle(sweep: order.sweepCount)
      let coordinate = held ?? order.next(&random)
      held = nil
      guard let cut = makeCut(coordinate, cycle) else { continue }
      if let first = cuts.first {
        guard cut.nodeCount == first.nodeCount, cut.topology == first.topology else {
          held = coordinate
          return
        }
      }
      cuts.append(cut)
    }
  }

  private func makeCut(_ coordinate: Int, _ cycle: ScanCycle) -> Cut? {
    let scans = scans(coordinate)
    let isWide = scans && cycle.isScan
    let half = halfWidth(coordinate, scans ? cycle : nil)
    guard problem.kinds[coordinate] == .real else {
      return makeLatticeCut(coordinate, halfWidth: half, isWide: isWide)
    }
    return .real(
      coordinate, at: base.point[coordinate], halfWidth: half,
      nodeCount: isWide ? settings.scanOffsetCount : settings.offsetCount, in: problem)
  }

  /// Whether the first sweep of a cycle looks along this coordinate's whole domain.
  func scans(_ coordinate: Int) -> Bool {
    switch settings.scan {
    case "never": false
    case "always": problem.upper[coordinate] - problem.lower[coordinate] < .infinity
    default:
      !problem.hasMinibatches && problem.upper[coordinate] - problem.lower[coordinate] < .infinity
    }
  }

  /// Half the width of a cut, in units of the parameter.
  private func halfWidth(_ coordinate: Int, _ cycle: ScanCycle?) -> Double {
    guard let cycle else {
      return problem.scales[coordinate]
        * annealed(from: settings.boxStart, to: settings.boxEnd, progress: progress)
    }
    let domain = problem.upper[coordinate] - problem.lower[coordinate]
    if cycle.isScan { return domain }
    return domain / 2 * cycle.halfWidth(nodeCount: settings.scanOffsetCount)
  }
}
