import QHostInterfaces
import QHostNumerics

extension SimulatedAnnealing {
  /// Rounding adds up in what a host keeps of the base point of cuts, and a walk that is cold would
  /// stand still below a loss that is gone; so the loss is asked for again after this many cuts, or after
  /// one for each parameter if there are more.
  static let shortestCutStretch = 256

  /// Asks for points: the current one where its loss is not known, and candidates.
  func askPoints(_ query: inout Query) {
    candidateOffset = nil
    // The host's sessions now compute something else, and close the cuts.
    if usesCuts { current.sendAgain() }
    if pending != .candidate { query.points.append(contentsOf: current.point) }
    for sample in 0..<(isStarted ? 1 : sampleCount) {
      if sample > 0 { proposal.choose(&random) }
      appendCandidate(to: &query.points)
    }
  }

  /// Draws a candidate and adds it to `points`.
  private func appendCandidate(to points: inout [Double]) {
    let first = points.count
    points.append(contentsOf: current.point)
    if proposal.isSingle {
      candidateValue = proposal.coordinateStep(from: current.point, random: &random)
      points[first + proposal.index] = candidateValue
      return
    }
    points.withUnsafeMutableBufferPointer { points in
      let point = UnsafeMutableBufferPointer(rebasing: points[first...])
      if proposal.isSwap {
        proposal.swap(point, random: &random)
      } else {
        proposal.step(point, random: &random)
      }
    }
    candidate.withUnsafeMutableBufferPointer { candidate in
      _ = candidate.update(fromContentsOf: points[first...])
    }
  }

  /// Asks for cuts through the current point, one offset each: 0 where the loss there is not known, and
  /// candidates.
  func askCuts(_ query: inout Query) {
    if pending == .candidate, cutsOfBase >= cutStretch { pending = .both }
    current.write(to: &query)
    if pending != .candidate {
      query.appendCut(0, 0)
      cutsOfBase = 0
    }
    for _ in 0..<(isStarted ? 1 : sampleCount) { appendCut(to: &query) }
    cutsOfBase += 1
  }

  private func appendCut(to query: inout Query) {
    let value = proposal.coordinateStep(from: current.point, random: &random)
    let index = proposal.index
    let offset = problem.offset(from: current.point[index], to: value, at: index)
    query.appendCut(index, offset)
    candidateOffset = offset
  }
}
