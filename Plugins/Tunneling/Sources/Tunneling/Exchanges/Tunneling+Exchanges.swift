import QHostInterfaces
import QHostNumerics

/// When integers change by twos: late in the run, between cuts on the whole training split.
extension Tunneling {
  /// The exchanges that settings ask for; `nil`: none.
  ///
  /// - Throws: where there is no time in the run for them, or nothing to exchange.
  static func exchanges(
    _ settings: TunnelingSettings, _ problem: Problem
  ) throws(ComponentError) -> Exchanges? {
    guard settings.partnerCount > 0 else { return nil }
    guard settings.fullFrom < 1 else {
      throw .parameter(
        "partners is \(settings.partnerCount), and pairs change from full_from on, which is 1; set full_from below 1, or partners to 0"
      )
    }
    guard let exchanges = Exchanges(settings.partnerCount, problem) else {
      throw .parameter(
        "partners is \(settings.partnerCount), and the model has no matrix of integers; set partners to 0"
      )
    }
    return exchanges
  }

  /// Fills a query with steps of two integers each; `false` when it is the turn of a cut.
  func asksExchange(_ query: inout Query) -> Bool {
    guard let exchanges, progress >= settings.fullFrom else { return false }
    guard exchanges.isLearned else { return asksForPartners(exchanges, &query) }
    guard exchanges.candidate >= 0, isOnFull || !problem.hasMinibatches else { return false }
    let coordinate = exchanges.candidate
    self.exchanges?.candidate = -1
    guard
      let direction = Exchanges.direction(of: coordinate, at: base.point, in: problem, &random)
    else { return false }
    let partners = exchanges.partners(
      of: coordinate, direction: direction, at: base.point, in: problem)
    guard !partners.isEmpty else { return false }
    let isBaseAsked = knownLoss == nil
    self.exchanges?.asked = .trial(
      coordinate: coordinate, direction: direction, partners: partners, isBaseAsked: isBaseAsked)
    step(coordinate, by: Double(direction))
    base.write(to: &query)
    if problem.hasMinibatches { query.batch = .full }
    query.offsetCount = 1
    if isBaseAsked {
      query.cutIndices.append(coordinate)
      query.offsets.append(Double(-direction))
    }
    for partner in partners {
      query.cutIndices.append(partner.coordinate)
      query.offsets.append(partner.offset)
    }
    return true
  }

  /// Asks for the steps of a row's numbers, and again after one of them has moved.
  private func asksForPartners(_ exchanges: Exchanges, _ query: inout Query) -> Bool {
    let (place, column) = exchanges.next
    let matrix = exchanges.matrices[place]
    let row = matrix.row(matrix.row(forColumn: column))
    if exchanges.singles.isEmpty {
      self.exchanges?.asked = .singles
    } else {
      let coordinate = row.lowerBound + column
      // One that cannot move has no partners, and none is looked for.
      let direction = Exchanges.direction(of: coordinate, at: base.point, in: problem, &random) ?? 0
      self.exchanges?.asked = .column(direction: direction)
      step(coordinate, by: Double(direction))
    }
    base.write(to: &query)
    query.offsetCount = 2
    for coordinate in row {
      query.cutIndices.append(coordinate)
      for offset in [-1.0, 1] {
        let may = Exchanges.mayMove(coordinate, by: offset, at: base.point, in: problem)
        query.offsets.append(may ? offset : 0)
      }
    }
    return true
  }

  /// Takes the answer to such a query; `false`: there was none.
  func tellExchange(_ answer: Answer) throws(ComponentError) -> Bool {
    guard let asked = exchanges?.asked else { return false }
    exchanges?.asked = nil
    progress = max(progress, answer.progress)
    switch asked {
    case .singles:
      try check(answer, expected: exchanges.map { 2 * $0.matrices[$0.next.matrix].columnCount })
      exchanges?.singles = answer.losses
    case .column(let direction):
      try check(answer, expected: exchanges?.singles.count)
      learnPartners(direction, answer.losses)
    case .trial(let coordinate, let direction, let partners, let isBaseAsked):
      try check(answer, expected: partners.count + (isBaseAsked ? 1 : 0))
      var losses = answer.losses[...]
      let before = isBaseAsked ? losses.removeFirst() : (knownLoss ?? .infinity)
      let pairs = zip(losses, partners)
      if let lowest = pairs.min(by: { $0.0 < $1.0 }), lowest.0 < before {
        step(lowest.1.coordinate, by: lowest.1.offset)
        for moved in [coordinate, lowest.1.coordinate] { means[moved] = base.point[moved] }
        knownLoss = lowest.0
        movedSites += 2
      } else {
        step(coordinate, by: Double(-direction))
        knownLoss = before
      }
    }
    return true
  }

  private func check(_ answer: Answer, expected: Int?) throws(ComponentError) {
    guard answer.losses.count == expected else {
      throw ComponentError(
        "the answer has \(answer.losses.count) losses, \(expected ?? 0) were asked for; answer every query once"
      )
    }
  }

  /// Keeps a column's partners, and puts its number back.
  private func learnPartners(_ direction: Int, _ losses: [Double]) {
    guard var exchanges else { return }
    let (place, column) = exchanges.next
    let matrix = exchanges.matrices[place]
    let row = matrix.row(matrix.row(forColumn: column))
    step(row.lowerBound + column, by: Double(-direction))
    var interactions = zip(losses, exchanges.singles).map { $0 - $1 }
    for (other, coordinate) in row.enumerated() {
      for (side, offset) in [-1.0, 1].enumerated()
      where !Exchanges.mayMove(coordinate, by: offset, at: base.point, in: problem) {
        interactions[2 * other + side] = .infinity
      }
    }
    exchanges.matrices[place].learn(column, direction, interactions, count: exchanges.count)
    exchanges.learnedCount += 1
    let isRowDone =
      column + 1 == matrix.columnCount
      || matrix.row(forColumn: column + 1) != matrix.row(forColumn: column)
    if isRowDone { exchanges.singles = [] }
    self.exchanges = exchanges
  }

  /// The base point without a step that is only tried.
  var settledPoint: [Double] {
    guard let tried = exchanges?.tentative else { return base.point }
    var point = base.point
    point[tried.coordinate] -= tried.offset
    return point
  }

  /// Notes the integers that a cut has been through, whose turn it then is.
  func noteCandidate() {
    guard exchanges != nil, cuts.count == 1 else { return }
    exchanges?.candidate = cuts[0].coordinate
  }
}
