import QHostInterfaces

/// Searches lattice coordinates by moves of one packet and of two at once, in potentials that are known from cuts.
///
/// Where a constraint or a barrier makes each of two moves worse and both together better, cuts along single coordinates stand still.
/// The potential of two packets is predicted from those of each, V_ij(a, b) ≈ V_i(a) + V_j(b) − V₀, and only the pairs that
/// promise most are scored: of each class of pairs by how often it has kept its promise. When nothing promises anything
/// a few coordinates are thrown elsewhere, and what is no better after the next descent is taken back.
///
/// Sources: pairs by ejection chains after F. Glover, Discrete Applied Mathematics 65 (1996) 223; throws after H. R. Lourenço, O. C.
/// Martin, T. Stützle, *Iterated local search*, Handbook of Metaheuristics, 2003; the ranking is K. Deb's (2000).
package final class PairSearch {
  /// What a point is worth: feasible ones first, by loss, then by violation.
  package struct Worth: Equatable {
    package var violation = Double.infinity
    package var loss = Double.infinity

    package init(violation: Double = .infinity, loss: Double = .infinity) {
      (self.violation, self.loss) = (violation, loss)
    }

    static func < (left: Worth, right: Worth) -> Bool {
      left.violation != right.violation
        ? left.violation < right.violation : left.violation == 0 && left.loss < right.loss
    }
  }

  enum Pending: Int {
    case nothing, base, move, probe
  }

  /// Losses are spent on pairs, for each site of the table, before it is measured again by a sweep.
  private static let losses = 4

  private let problem: Problem
  var table: SiteTable
  var candidates = PairCandidates()
  /// Whether it, and not a sweep, asks.
  var isActive = false
  var isFirst = true
  var spent = 0
  var point: [Double]
  var worth = Worth()
  var best: [Double]
  var bestWorth = Worth()
  /// What is known of violations at the best point.
  var bestTable: SiteTable
  /// Whether ``worth`` is that of ``point``.
  var isMeasured = false
  var isProbing = false
  var asked: (kind: PairMove.Kind, move: PairMove)?
  /// What the last query was; no part of the state.
  private var pending = Pending.nothing

  /// The table as it was when the base point was new.
  private(set) var view: SiteView
  /// Whether ``view`` is from the base point.
  var isSeen = false

  /// Begins to collect what cuts tell; `nil` where there are no pairs to be moved.
  init?(_ problem: Problem, limit: Int) {
    guard !problem.hasMinibatches, problem.queries.contains(.points),
      let table = SiteTable(problem, limit: limit)
    else { return nil }
    self.problem = problem
    self.table = table
    bestTable = table
    view = SiteView(table)
    point = problem.initial
    best = problem.initial
  }

  /// Continues from the point that a sweep ended at.
  func begin(at point: [Double]) {
    self.point = point
    isActive = true
    spent = 0
    isMeasured = false
    candidates.begin()
    isSeen = false
  }

  /// Fills a query; `false` when it is the turn of a sweep, from ``point``.
  func ask(_ query: inout Query, _ random: inout RandomStream) -> Bool {
    pending = .nothing
    guard isMeasured else {
      pending = .base
      query.points.append(contentsOf: point)
      return true
    }
    if let move = asked?.move, isProbing {
      pending = .probe
      append(PairMove(gain: 0, first: move.second, firstSite: move.secondSite), to: &query)
      return true
    }
    look()
    asked = candidates.next(&view, table.violations, isFirst: isFirst)
    guard let asked else { return endDescent(&query, &random) }
    pending = .move
    append(asked.move, to: &query)
    return true
  }

  /// Takes the score of the point that was asked for.
  func tell(_ answer: Answer) throws(ComponentError) {
    guard let loss = answer.losses.first, pending != .nothing else {
      throw ComponentError("the answer has no loss; answer every query once")
    }
    spent += 1
    let told = Worth(
      violation: loss < .infinity ? answer.violation(0) : .infinity,
      loss: answer.plainLosses.first ?? loss)
    switch pending {
    case .base:
      worth = told
      isMeasured = true
      isSeen = false
      keepBest()
    case .probe: takeProbe(told)
    case .move: takeMove(told)
    case .nothing: break
    }
  }

  private func takeMove(_ told: Worth) {
    guard let asked else { return }
    let isBetter = told < worth
    candidates.note(asked.kind, key: view.key(asked.move), isBetter: isBetter)
    if isBetter {
      worth = told
      make(asked.move)
      keepBest()
      return
    }
    guard told.violation > worth.violation else { return }
    if asked.move.second < 0 {
      table.setViolation(asked.move.firstSite, to: told.violation - worth.violation)
    } else if asked.kind == .repair || asked.kind == .free {
      isProbing = true
    }
  }

  /// Whether the second half of a pair that failed can move at all: if not, neither can it elsewhere.
  private func takeProbe(_ told: Worth) {
    isProbing = false
    guard let asked else { return }
    let change = told.violation - worth.violation
    let own = view.sites[asked.move.second]
    for site in table.sites(asked.move.second)
    where site != own && (change > 0 || site == asked.move.secondSite) {
      table.setViolation(site, to: change)
    }
  }

  private func make(_ move: PairMove) {
    let sites = view.sites
    var values: [Double] = []
    for (place, site) in [(move.first, move.firstSite), (move.second, move.secondSite)]
    where place >= 0 {
      values.append(table.value(place, of: sites[place]))
      values.append(table.value(place, of: site))
      point[table.coordinates[place]] = table.value(place, of: site)
    }
    forgetViolations(of: values)
    candidates.renew()
    isSeen = false
  }

  /// What was violated where values have changed hands is no longer known.
  private func forgetViolations(of values: [Double]) {
    guard worth.violation == 0 else { return }
    for (place, coordinate) in table.coordinates.enumerated() {
      if values.contains(point[coordinate]) {
        for site in table.sites(place) { table.setViolation(site, to: 0) }
        continue
      }
      for value in values {
        guard let site = table.site(place, for: Int(value)) else { continue }
        table.setViolation(site, to: 0)
      }
    }
  }

  private func keepBest() {
    guard worth < bestWorth else { return }
    takeAsBest()
  }

  private func takeAsBest() {
    bestWorth = worth
    best = point
    bestTable = table
  }

  /// Throws a few coordinates elsewhere, or gives way to a sweep.
  private func endDescent(_ query: inout Query, _ random: inout RandomStream) -> Bool {
    isFirst = false
    if bestWorth < worth {
      (point, table) = (best, bestTable)
    } else {
      takeAsBest()
    }
    let isSpent = spent >= Self.losses * table.siteCount
    if !isSpent || !problem.hasViolations { throwSome(&random) }
    isMeasured = false
    candidates.begin()
    isSeen = false
    guard problem.hasViolations, !isSpent else {
      isActive = false
      return false
    }
    pending = .base
    query.points.append(contentsOf: point)
    return true
  }

  /// Swaps the values of two coordinates or draws a site of one, two to five times.
  private func throwSome(_ random: inout RandomStream) {
    var values: [Double] = []
    let count = table.coordinates.count
    for _ in 0..<(2 + random.integer(below: 4)) {
      let place = random.integer(below: count)
      let coordinate = table.coordinates[place]
      values.append(point[coordinate])
      let other = table.coordinates[random.integer(below: count)]
      let (own, theirs) = (point[coordinate], point[other])
      if random.uniform() < 0.5, problem.clamped(theirs, at: coordinate) == theirs,
        problem.clamped(own, at: other) == own
      {
        (point[coordinate], point[other]) = (theirs, own)
      } else {
        point[coordinate] = table.value(
          place, of: table.first[place] + random.integer(below: table.sites(place).count))
      }
      values.append(point[coordinate])
      values.append(point[other])
    }
    worth.violation = 0
    forgetViolations(of: values)
  }

  private func append(_ move: PairMove, to query: inout Query) {
    let start = query.points.count
    query.points.append(contentsOf: point)
    query.points[start + table.coordinates[move.first]] = table.value(
      move.first, of: move.firstSite)
    guard move.second >= 0 else { return }
    query.points[start + table.coordinates[move.second]] =
      table.value(move.second, of: move.secondSite)
  }

  /// Sees the table as it is now from the base point, if that is new.
  private func look() {
    if !isSeen { look(at: table) }
  }

  /// Sees a table from the base point.
  func look(at table: SiteTable) {
    view.renew(table, at: point, worth: worth)
    isSeen = true
  }
}
