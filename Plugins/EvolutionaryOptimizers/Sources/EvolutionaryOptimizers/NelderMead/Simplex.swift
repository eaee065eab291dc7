import QHostInterfaces

/// n + 1 points in the order of their losses, and their sum.
struct Simplex {
  private let dimension: Int
  /// The vertices, [n + 1 × n].
  private(set) var points: [Double] = []
  /// Their losses, [n + 1].
  private(set) var losses: [Double] = []
  /// The vertices from best to worst.
  private var order: [Int] = []
  private var sum: [Double]
  private var replacements = 0

  init(dimension: Int) {
    self.dimension = dimension
    sum = Array(repeating: 0, count: dimension)
  }

  /// Takes all vertices.
  mutating func begin(points: [Double], losses: [Double]) {
    self.points = points
    self.losses = losses
    order = losses.indices.sorted { (losses[$0], $0) < (losses[$1], $1) }
    addUp()
  }

  /// Brings the losses up to date with those of an answer; their order stays.
  mutating func renew(_ answer: Answer) { answer.renew(&losses) }

  /// The lowest loss.
  var best: Double { losses[order[0]] }
  /// The lowest loss but that of the worst vertex, from the other end.
  var secondWorst: Double { losses[order[order.count - 2]] }
  /// The highest loss.
  var worst: Double { losses[order[order.count - 1]] }
  /// The best vertex, [n].
  var bestPoint: [Double] { Array(vertex(order[0])) }

  private func vertex(_ index: Int) -> ArraySlice<Double> {
    points[index * dimension..<(index + 1) * dimension]
  }

  /// Writes c + factor · (c − x), x the worst vertex and c the mean of the others.
  func write(_ factor: Double, into candidate: inout [Double], _ problem: Problem) {
    let (n, first) = (dimension, order[order.count - 1] * dimension)
    let part = 1 / Double(n)
    points.withUnsafeBufferPointer { points in
      candidate.withUnsafeMutableBufferPointer { candidate in
        for i in 0..<n {
          let x = points[first + i]
          let centre = part * (sum[i] - x)
          candidate[i] = min(
            max(centre + factor * (centre - x), problem.lower[i]), problem.upper[i])
        }
      }
    }
  }

  /// Puts a point in the place of the worst vertex.
  mutating func replaceWorst(by candidate: [Double], loss: Double) {
    let index = order.removeLast()
    let first = index * dimension
    points.withUnsafeMutableBufferPointer { points in
      sum.withUnsafeMutableBufferPointer { sum in
        for i in sum.indices {
          sum[i] += candidate[i] - points[first + i]
          points[first + i] = candidate[i]
        }
      }
    }
    losses[index] = loss
    var place = order.count
    while place > 0, loss < losses[order[place - 1]] { place -= 1 }
    order.insert(index, at: place)
    // Differences of a sum lose digits: now and then it is taken again.
    replacements += 1
    if replacements > dimension { addUp() }
  }

  /// Appends all vertices but the best, drawn towards it: x₁ + factor · (x − x₁).
  func appendShrunk(_ factor: Double, to list: inout [Double]) {
    let best = vertex(order[0])
    for index in order.dropFirst() {
      for (x, b) in zip(vertex(index), best) { list.append(b + factor * (x - b)) }
    }
  }

  /// Takes the vertices of ``appendShrunk(_:to:)``.
  mutating func shrink(to list: [Double], losses found: [Double]) {
    begin(points: bestPoint + list, losses: [best] + found)
  }

  private mutating func addUp() {
    replacements = 0
    for i in sum.indices { sum[i] = 0 }
    for row in stride(from: 0, to: points.count, by: dimension) {
      for i in sum.indices { sum[i] += points[row + i] }
    }
  }

  /// Whether all losses lie within `tolerance` of their size.
  func hasConverged(tolerance: Double) -> Bool {
    guard worst.isFinite else { return best == .infinity }
    return worst - best <= 0.5 * tolerance * (abs(best) + abs(worst))
  }

  func save(_ writer: inout StateWriter) {
    for values in [points, losses, sum] { writer.write(values) }
    writer.write(order)
    writer.write(replacements)
  }

  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    points = try reader.readReals()
    losses = try reader.readReals()
    sum = try reader.readReals(count: dimension)
    order = try reader.readIntegers(count: losses.count)
    replacements = try reader.readInteger()
    guard losses.isEmpty || losses.count == dimension + 1, points.count == losses.count * dimension,
      order.sorted() == Array(losses.indices)
    else { throw ComponentError("the saved state has no simplex; start a new run") }
  }
}
