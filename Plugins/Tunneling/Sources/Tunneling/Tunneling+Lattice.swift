import QHostInterfaces

/// Whole numbers: what is known of a cut before it is taken, and when a packet moves.
extension Tunneling {
  /// The sites of a whole-numbered coordinate; `nil` when there is only one.
  func makeLatticeCut(_ coordinate: Int, halfWidth: Double, isWide: Bool) -> Cut? {
    let count = isWide ? settings.scanOffsetCount : settings.offsetCount
    return .sites(
      coordinate, at: base[coordinate], halfWidth: halfWidth, nodeCount: count,
      limit: max(count, settings.siteCount), in: problem)
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
  ///
  /// The mean takes the part `damping` of the way to each read-out, so that below 1 it gathers what
  /// several minibatches say before the parameter itself moves; never where the loss is higher.
  func moveOnLattice(_ index: Int, _ cut: Cut, _ losses: [Double]) {
    let i = cut.coordinate
    let zero = Double(cut.zeroNode)
    let before = base[i]
    let first = index * cut.nodeCount
    var node = zero
    if potential.isFlat[index] {
      node = cut.topology == .chain ? nearestToNothing(cut) : zero
      means[i] = before + cut.offset(node)
    } else {
      let readOut =
        switch cut.topology {
        case .line: self.node(index, cut)
        case .chain: place(index)
        case .complete: Double(site(index, cut))
        }
      let part = cut.topology == .complete ? 1 : settings.damping
      means[i] += part * (before + cut.offset(readOut) - means[i])
      let lowest = before + cut.offset(0)
      let highest = before + cut.offset(Double(cut.nodeCount - 1))
      let target = min(max(means[i].rounded(), lowest), highest)
      node = zero + (target - before) / cut.step
      if cut.topology != .line {
        let gain = losses[first + cut.zeroNode] - losses[first + Int(node)]
        if gain < 0 || (gain <= settings.siteGain && settings.siteGain > 0) { node = zero }
      }
    }
    if cut.topology == .line, node != node.rounded() {
      knownLoss = nil
    } else {
      rememberLoss(losses, node: first + Int(node))
    }
    recordVisit(index, cut, losses, node: node)
    step(i, by: cut.offset(node))
  }

  /// The site nearest to 0.
  private func nearestToNothing(_ cut: Cut) -> Double {
    let value = base[cut.coordinate]
    let node = (0..<cut.nodeCount).min {
      abs(value + cut.offset(Double($0))) < abs(value + cut.offset(Double($1)))
    }
    return Double(node ?? cut.zeroNode)
  }

  /// Keeps the loss where the base point now is.
  private func rememberLoss(_ losses: [Double], node: Int) {
    knownLoss = cuts.count == 1 ? losses[node] : nil
  }

  /// Notes how much lower the loss is at the node that a packet moves to.
  private func recordVisit(_ index: Int, _ cut: Cut, _ losses: [Double], node: Double) {
    guard settings.attention > 0 else { return }
    let first = index * cut.nodeCount
    let nearest = first + Int(node.rounded())
    scores.record(cut.coordinate, gain: max(0, losses[first + cut.zeroNode] - losses[nearest]))
  }
}
