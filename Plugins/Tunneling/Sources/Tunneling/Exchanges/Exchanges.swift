import QHostInterfaces

/// Integers of a row that change by twos: one goes a step, and one of its partners makes up for what that does.
///
/// A ternary weight cannot change by less than a step, and where every step makes the loss higher a descent along single weights
/// stands still. What a step of one weight and an opposite one of another with a similar input come to is smaller. Partners
/// are learned from losses, once: V_ij(a, b) − V_i(a) − V_j(b) + V₀ is largest in size where b undoes a, or doubles it. These moves are the exchanges of B. W.
/// Kernighan and S. Lin (Bell System Technical Journal 49 (1970) 291).
struct Exchanges {
  /// What was asked.
  enum Asked {
    /// Steps of each number of a row.
    case singles
    /// The same after a column's number has moved.
    case column(direction: Int)
    /// A number's step with one of each partner; `isBaseAsked`: the first loss is that without either.
    case trial(
      coordinate: Int, direction: Int, partners: [(coordinate: Int, offset: Double)],
      isBaseAsked: Bool)
  }

  /// Partners that a column has, at most.
  let count: Int
  var matrices: [ExchangeMatrix]
  /// How many columns know their partners, those of all matrices counted one after the other.
  var learnedCount = 0
  /// Losses after each step of the row that is looked at, [columns × 2]; empty: not asked for.
  var singles: [Double] = []
  /// The coordinate that a cut has just been through; −1: none.
  var candidate = -1
  /// Between a query and its answer; no part of the state.
  var asked: Asked?

  /// `nil` where no exchanges are wanted, or nothing can be exchanged.
  init?(_ count: Int, _ problem: Problem) {
    guard count > 0 else { return nil }
    matrices = ExchangeMatrix.all(in: problem)
    guard !matrices.isEmpty else { return nil }
    self.count = count
  }

  /// Whether all columns know their partners.
  var isLearned: Bool { learnedCount == matrices.reduce(0) { $0 + $1.columnCount } }

  /// The matrix and the column whose partners are looked for next.
  var next: (matrix: Int, column: Int) {
    var column = learnedCount
    for (place, matrix) in matrices.enumerated() {
      guard column >= matrix.columnCount else { return (place, column) }
      column -= matrix.columnCount
    }
    return (0, 0)
  }

  /// The partners of a parameter that may move with it.
  ///
  /// - Returns: their coordinates and steps.
  func partners(
    of coordinate: Int, direction: Int, at point: [Double], in problem: Problem
  ) -> [(coordinate: Int, offset: Double)] {
    guard let matrix = matrices.first(where: { $0.contains(coordinate) }) else { return [] }
    let (row, column) = (coordinate - matrix.offset).quotientAndRemainder(
      dividingBy: matrix.columnCount)
    return matrix.partners[column].compactMap { partner in
      let other = matrix.row(row).lowerBound + partner.column
      let offset = Double(partner.sign * direction)
      return Self.mayMove(other, by: offset, at: point, in: problem) ? (other, offset) : nil
    }
  }

  /// The step that a parameter has taken for the query alone; `nil`: none.
  var tentative: (coordinate: Int, offset: Double)? {
    switch asked {
    case .column(let direction):
      let (place, column) = next
      let matrix = matrices[place]
      let row = matrix.row(matrix.row(forColumn: column))
      return (row.lowerBound + column, Double(direction))
    case .trial(let coordinate, let direction, _, _): return (coordinate, Double(direction))
    case .singles, nil: return nil
    }
  }

  /// Whether a parameter's value stays within its bounds.
  static func mayMove(
    _ coordinate: Int, by offset: Double, at point: [Double], in problem: Problem
  ) -> Bool {
    let value = point[coordinate] + offset
    return value >= problem.lower[coordinate] && value <= problem.upper[coordinate]
  }

  /// A step that a parameter may take, one of the two at random; `nil`: none.
  static func direction(
    of coordinate: Int, at point: [Double], in problem: Problem, _ random: inout RandomStream
  ) -> Int? {
    let first = random.integer(below: 2) == 0 ? -1 : 1
    return [first, -first].first {
      mayMove(coordinate, by: Double($0), at: point, in: problem)
    }
  }

  /// Adds it to a state.
  func save(_ writer: inout StateWriter) {
    writer.write(learnedCount)
    writer.write(candidate)
    writer.write(singles.count)
    writer.write(singles)
    for matrix in matrices {
      for partners in matrix.partners {
        writer.write(partners.count)
        writer.write(partners.flatMap { [$0.column, $0.sign] })
      }
    }
  }

  /// Reads it from a state.
  mutating func load(_ reader: inout StateReader) throws(ComponentError) {
    learnedCount = try reader.readInteger()
    candidate = try reader.readInteger()
    singles = try reader.readReals(count: try reader.readInteger())
    for place in matrices.indices {
      for column in 0..<matrices[place].columnCount {
        let numbers = try reader.readIntegers(count: 2 * (try reader.readInteger()))
        matrices[place].partners[column] = stride(from: 0, to: numbers.count, by: 2).map {
          ExchangeMatrix.Partner(column: numbers[$0], sign: numbers[$0 + 1])
        }
      }
    }
    let columns = matrices.reduce(0) { $0 + $1.columnCount }
    let isSound = matrices.allSatisfy { matrix in
      matrix.partners.allSatisfy { $0.allSatisfy { (0..<matrix.columnCount).contains($0.column) } }
    }
    guard (0...columns).contains(learnedCount), isSound else {
      throw ComponentError("the saved state is of another problem; start a new run")
    }
  }
}
