public import QHostInterfaces
internal import QHostNumerics

/// COBYLA: the loss is modelled by the plane through n + 1 points, and followed down within a trust region.
///
/// A step goes from the best point down the model to the edge of the trust region of radius ρ. Where steps no longer
/// bring what the model promises, vertices that lie too far away or too near the plane of the others are put in
/// better places; when all are well placed, ρ is halved, from `rho_begin` to `rho_end`.
///
/// *Deviations*: points never leave the bounds: steps and vertices are chosen within them. Constraints are those of the
/// host, which ranks points by them; there is no model of each. The inverse of the simplex is updated, and checked by one
/// of its rows, where the original computes all of its products: n² in place of n³ for each step.
public final class COBYLA: OptimizerComponent {
  private static let leastHeight = 0.25
  private static let greatestEdge = 2.1
  private static let geometryStep = 0.5
  private static let distantEdge = 1.1
  private static let goodPart = 0.1

  private enum Stage: Int {
    case begin, geometry, trust, done
  }

  private let problem: Problem
  private let rows: WholeSplit
  private let firstRadius: Double
  private let lastRadius: Double
  /// Bounds over the scales, [n].
  private let lower: [Double]
  private let upper: [Double]

  private var set: InterpolationSet
  private var stage = Stage.begin
  private var radius: Double
  /// The step that was asked about, from the pole; [n].
  private var step: [Double]
  /// The vertex that a step of geometry replaces.
  private var vertex = 0
  /// How much the model promises of the step.
  private var promised = 0.0
  private var isWellPlaced = true
  private var wantsGeometry = true

  /// Makes an instance whose first simplex has the problem's initial point as its pole.
  public init(request: ComponentRequest, problem: Problem) throws(ComponentError) {
    self.problem = problem
    rows = WholeSplit(problem, request.host, name: Self.descriptor.name)
    firstRadius = request.configuration.real("rho_begin")
    lastRadius = request.configuration.real("rho_end")
    guard lastRadius <= firstRadius else {
      throw .parameter(
        "rho_end = \(lastRadius) is more than rho_begin = \(firstRadius); set it to that or less")
    }
    radius = firstRadius
    let scales = problem.scales
    lower = zip(problem.lower, scales).map { $0 / $1 }
    upper = zip(problem.upper, scales).map { $0 / $1 }
    let pole = zip(problem.initial, scales).map { $0 / $1 }
    // A smaller step of a whole parameter would round to where it came from.
    let steps = problem.kinds.indices.map { [firstRadius] i in
      problem.kinds[i] == .real ? firstRadius : max(firstRadius, 1 / scales[i])
    }
    let (low, high) = (lower, upper)
    set = InterpolationSet(
      pole: pole,
      steps: pole.indices.map { i in
        // On the side with more room, and no farther than there is.
        let (first, below, above) = (steps[i], pole[i] - low[i], high[i] - pole[i])
        if above >= first || above >= below { return above > 0 ? min(first, above) : first }
        return -min(first, below)
      })
    step = pole
  }

  /// Fills `query` with what it wants to know next.
  public func ask(_ query: inout Query) throws(ComponentError) {
    query.batch = rows.batch
    switch stage {
    case .begin:
      append(set.pole, to: &query)
      for j in 0..<problem.dimension {
        var point = set.pole
        point[j] += set.displacements[j * problem.dimension + j]
        append(point, to: &query)
      }
    case .geometry, .trust:
      append(zip(set.pole, step).map { $0 + $1 }, to: &query)
    case .done: query.finish(.converged)
    }
  }

  private func append(_ point: [Double], to query: inout Query) {
    for i in point.indices {
      query.points.append(problem.clamped(point[i] * problem.scales[i], at: i))
    }
  }

  /// Learns from the answer to its query.
  public func tell(_ answer: Answer) throws(ComponentError) {
    set.renew(answer)
    switch stage {
    case .begin:
      set.begin(answer.losses)
      plan()
    case .geometry:
      set.share(step)
      set.replace(vertex, by: step, loss: answer.losses[0])
      wantsGeometry = false
      plan()
    case .trust: takeStep(answer.losses[0])
    case .done: break
    }
  }

  private func takeStep(_ loss: Double) {
    let gain = set.poleLoss - loss
    set.share(step)
    if let place = vertexToDrop(isGain: gain > 0) { set.replace(place, by: step, loss: loss) }
    if gain > 0, gain >= Self.goodPart * promised {
      wantsGeometry = false
      return plan()
    }
    giveUpRadius()
    if stage != .done { plan() }
  }

  /// The vertex that the step replaces; `nil`: none, since that would not make the simplex better.
  private func vertexToDrop(isGain: Bool) -> Int? {
    let n = problem.dimension
    var place: Int?
    var largest = isGain ? 0.0 : 1
    for j in 0..<n where abs(set.shares[j]) > largest {
      (place, largest) = (j, abs(set.shares[j]))
    }
    let distances = isGain ? set.squaredDistances(from: step) : set.squaredLengths
    var farthest = Self.distantEdge * radius
    for j in 0..<n {
      let height = 1 / set.squaredNormals[j].squareRoot()
      let newHeight = abs(set.shares[j]) * height
      guard newHeight >= Self.leastHeight * radius || newHeight >= height else { continue }
      let distance = distances[j].squareRoot()
      guard distance > farthest, set.shares[j] != 0 else { continue }
      (place, farthest) = (j, distance)
    }
    return place
  }

  /// Vertices are placed better first; when they are well placed the radius is halved.
  private func giveUpRadius() {
    guard isWellPlaced else { return wantsGeometry = true }
    guard radius > lastRadius else { return stage = .done }
    radius *= 0.5
    if radius <= 1.5 * lastRadius { radius = lastRadius }
    wantsGeometry = false
  }

  /// Decides what to ask next.
  private func plan() {
    while stage != .done {
      set.takeBestAsPole()
      let badVertex = worstPlaced()
      isWellPlaced = badVertex == nil
      if wantsGeometry, let badVertex, let step = geometryStep(of: badVertex) {
        (vertex, self.step, stage) = (badVertex, step, .geometry)
        return
      }
      let gradient = set.gradient()
      step = TrustStep.minimum(
        gradient, radius: radius, lower: zip(lower, set.pole).map { $0 - $1 },
        upper: zip(upper, set.pole).map { $0 - $1 })
      let length = step.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length >= 0.5 * radius {
        promised = -zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
        stage = .trust
        return
      }
      // The model is flat, or the bounds leave no way down it.
      if wantsGeometry { isWellPlaced = true }
      giveUpRadius()
    }
  }

  /// The vertex that lies farthest away, if too far, else the one nearest to the face of the others, if too near.
  private func worstPlaced() -> Int? {
    let farthest = set.squaredLengths.indices.max {
      set.squaredLengths[$0] < set.squaredLengths[$1]
    }
    if let farthest, set.squaredLengths[farthest].squareRoot() > Self.greatestEdge * radius {
      return farthest
    }
    let flattest = set.squaredNormals.indices.max {
      set.squaredNormals[$0] < set.squaredNormals[$1]
    }
    guard let flattest, 1 / set.squaredNormals[flattest].squareRoot() < Self.leastHeight * radius
    else { return nil }
    return flattest
  }

  /// A step off the face of the other vertices, on the side where the model is lower if bounds let it.
  private func geometryStep(of j: Int) -> [Double]? {
    let n = problem.dimension
    let normal = set.normals[j * n..<(j + 1) * n]
    let length = Self.geometryStep * radius / set.squaredNormals[j].squareRoot()
    let gradient = set.gradient()
    let slope = zip(gradient, normal).reduce(0) { $0 + $1.0 * $1.1 }
    let norm = set.squaredNormals[j].squareRoot()
    var best: (height: Double, step: [Double])?
    for sign in slope > 0 ? [-1.0, 1] : [1.0, -1] {
      let step = normal.enumerated().map { i, part in
        min(max(sign * length * part, lower[i] - set.pole[i]), upper[i] - set.pole[i])
      }
      let height = abs(zip(normal, step).reduce(0) { $0 + $1.0 * $1.1 }) / norm
      // On the side that bounds leave more of; nothing is gained where they leave next to nothing.
      if height > best?.height ?? (0.01 * radius) { best = (height, step) }
      if height >= Self.leastHeight * radius { break }
    }
    return best?.step
  }

  /// Its whole state, as bytes.
  public func save() throws(ComponentError) -> [UInt8] {
    var writer = StateWriter(version: 1)
    writer.write(problem.dimension)
    writer.write(stage.rawValue)
    writer.write([radius, promised])
    writer.write(step)
    writer.write(vertex)
    writer.write(isWellPlaced)
    writer.write(wantsGeometry)
    set.save(&writer)
    return writer.bytes
  }

  /// Continues from a saved state.
  public func load(_ state: [UInt8]) throws(ComponentError) {
    var reader = try StateReader(state, version: 1)
    let n = try reader.readInteger()
    guard n == problem.dimension, let saved = Stage(rawValue: try reader.readInteger()) else {
      throw ComponentError(
        "the saved state is of \(n) parameters, this run has \(problem.dimension); resume with the "
          + "configuration that was saved")
    }
    stage = saved
    let reals = try reader.readReals(count: 2)
    (radius, promised) = (reals[0], reals[1])
    step = try reader.readReals(count: n)
    vertex = try reader.readInteger()
    isWellPlaced = try reader.readBoolean()
    wantsGeometry = try reader.readBoolean()
    try set.load(&reader)
    try reader.finish()
    guard (0..<n).contains(vertex), radius > 0 else {
      throw ComponentError("the saved state is damaged; start a new run")
    }
  }
}
