import QHostInterfaces
import QHostNumerics

/// When packets move by twos, and what they learn from cuts before.
extension Tunneling {
  /// Fills a query of the search by pairs; `false` when it is the turn of cuts.
  func asksPairs(_ query: inout Query) -> Bool {
    guard let pairs, pairs.isActive else { return false }
    if pairs.ask(&query, &random) { return true }
    base.replace(with: pairs.point)
    means = pairs.point
    best.notePlacement()
    knownLoss = nil
    return false
  }

  /// Takes the score of a point of the search by pairs; `false`: it asked for none.
  func tellPairs(_ answer: Answer) throws(ComponentError) -> Bool {
    guard let pairs, pairs.isActive else { return false }
    progress = max(progress, answer.progress)
    try pairs.tell(answer)
    if answer.losses[0] < best.loss { best = BestBase(loss: answer.losses[0], point: pairs.best) }
    return true
  }

  /// Keeps what the cuts say of each site.
  func noteSites(_ answer: Answer, _ losses: [Double]) {
    worths.removeAll(keepingCapacity: true)
    guard let pairs else { return }
    var (plain, violations) = (answer.plainLosses, answer.violations)
    if skipsZero, !plain.isEmpty {
      plain.insert(knownWorth.loss, at: cuts[0].zeroNode)
      violations.insert(knownWorth.violation, at: cuts[0].zeroNode)
    }
    if plain.isEmpty { plain = losses }
    var start = 0
    for cut in cuts {
      let nodes = start..<start + cut.nodeCount
      pairs.table.note(
        cut, losses: Array(plain[nodes]),
        violations: violations.isEmpty ? [] : Array(violations[nodes]))
      start = nodes.upperBound
    }
    guard cuts.count == 1 else { return }
    worths = plain.indices.map {
      PairSearch.Worth(violation: violations.isEmpty ? 0 : violations[$0], loss: plain[$0])
    }
  }

  /// Gives way to moves by twos after a sweep: where there are constraints, or where the sweep moved nothing.
  func watchForPairs() {
    guard let pairs, search == nil, order.position == 0, held == nil else { return }
    defer { movedSites = 0 }
    guard pairs.table.isComplete, problem.hasViolations || movedSites == 0 else { return }
    pairs.begin(at: base.point)
  }
}
