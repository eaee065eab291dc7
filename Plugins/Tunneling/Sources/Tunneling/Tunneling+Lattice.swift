import QHostInterfaces
import QHostNumerics

/// Integers: what is known of a cut before it is taken, and when a packet moves.
extension Tunneling {
  /// The sites of a whole-numbered coordinate; `nil` when there is only one.
  func makeLatticeCut(_ coordinate: Int, halfWidth: Double, isWide: Bool) -> Cut? {
    .sites(
      coordinate, at: base.point[coordinate], halfWidth: halfWidth,
      nodeCount: isWide ? settings.scanOffsetCount : settings.offsetCount, in: problem)
  }

  /// Whether the loss at offset 0 is that which the last packet moved to, on the same rows.
  var knowsZero: Bool {
    cuts.count == 1 && problem.kinds[cuts[0].coordinate] != .real && knownLoss != nil
  }

  /// Fills in the offsets of a cut, without 0 where its loss is known.
  func appendOffsets(of cut: Cut, to query: inout Query) {
    for k in 0..<cut.nodeCount where !(skipsZero && k == cut.zeroNode) {
      query.offsets.append(cut.offset(Double(k)))
    }
  }

  /// The losses at all nodes of the cuts.
  func completed(_ losses: [Double]) -> [Double] {
    guard skipsZero, let knownLoss else { return losses }
    var losses = losses
    losses.insert(knownLoss, at: cuts[0].zeroNode)
    return losses
  }

  /// Moves a whole-numbered parameter to the site nearest to the mean of its packet.
  func moveOnLattice(_ index: Int, _ cut: Cut, _ losses: [Double]) {
    let node = latticeNode(index, cut, losses)
    let isKnown = cuts.count == 1 && node == node.rounded()
    knownLoss = isKnown ? losses[Int(node)] : nil
    if isKnown { knownWorth = worths.isEmpty ? PairSearch.Worth() : worths[Int(node)] }
    if node != Double(cut.zeroNode) { movedSites += 1 }
    step(cut.coordinate, by: cut.offset(node))
  }

  /// Where a whole-numbered parameter moves to, in nodes; between them where the loss is interpolated.
  ///
  /// The packet's mean goes the part `damping` of the way to each read-out. Below 1 it so gathers what
  /// several minibatches say before the parameter itself moves, which is never to where the loss is
  /// higher. The whole training split says all at once. Of equal losses that at the site nearest to 0 is
  /// chosen: what does nothing becomes 0.
  private func latticeNode(_ index: Int, _ cut: Cut, _ losses: [Double]) -> Double {
    let i = cut.coordinate
    let (before, zero) = (base.point[i], Double(cut.zeroNode))
    guard !potential.isFlat[index] else {
      guard cut.topology == .chain, !potential.hasWall[index] else { return zero }
      let node = nearestToNothing(cut)
      means[i] = before + cut.offset(node)
      return node
    }
    guard cut.topology != .complete else { return Double(site(index, cut)) }
    let readOut = cut.topology == .line ? self.node(index, cut) : place(index)
    let damping = isOnFull && cuts.count == 1 ? 1 : settings.damping
    means[i] += damping * (before + cut.offset(readOut) - means[i])
    let last = before + cut.offset(Double(cut.nodeCount - 1))
    let target = min(max(means[i].rounded(), before + cut.offset(0)), last)
    let node = zero + (target - before) / cut.step
    guard cut.topology == .chain else { return node }
    let first = index * cut.nodeCount
    return losses[first + Int(node)] <= losses[first + cut.zeroNode] ? node : zero
  }

  /// The site nearest to 0.
  private func nearestToNothing(_ cut: Cut) -> Double {
    let value = base.point[cut.coordinate]
    let node = (0..<cut.nodeCount).min {
      abs(value + cut.offset(Double($0))) < abs(value + cut.offset(Double($1)))
    }
    return Double(node ?? cut.zeroNode)
  }
}
