#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The trainer in one file: cuts, ground states and read-outs of unbounded real parameters, without minibatches.
///
/// It is the thing to read first, and the oracle of ``Tunneling``, which makes the same moves. For each
/// parameter i in random order, with θ the other parameters, s the spread of i and K offsets d_k:
///
///     half = box · s                          box and ħ fall geometrically with the budget
///     L_k  = loss(θ with θ_i + d_k)           d_k evenly from −half to half; the middle one is 0
///     V_k  = (L_k − min L) / height           height: max L − min L; above 5 offsets the upper quartile's
///     V(u) = the polynomial through the four nearest V_k (all three of three), on G points, −1 ≤ u ≤ 1
///     ψ    = ground state of −(ħ²/2) d²/du² + V(u), ψ = 0 beyond the grid
///     u    = mean of |ψ|², or that about its highest peak where a valley parts several
///     if V(u) > V(0): u = the lowest place where |ψ|² is a tenth of its highest or more
///     if V(u) ≤ V(0): θ_i ← θ_i + half · u
///
/// Source: Sellier, Applied AI Letters 4 (2023) e89; deviations as in the plugin's README.
public struct PlainTunneling {
  /// θ, [n].
  public var parameters: [Double]
  /// Where each move went: the parameter and how far it moved.
  public private(set) var moves: [(parameter: Int, distance: Double)] = []

  private let spreads: [Double]
  private let offsetCount: Int
  private let gridCount = 17
  private let box = (start: 2.5, end: 0.15)
  private let hbar = (start: 0.1, end: 0.02)

  /// Starts at a point.
  ///
  /// - Parameters:
  ///   - parameters: where, [n].
  ///   - spreads: the deviation of each parameter's initial values, [n], above 0.
  ///   - offsetCount: K, odd, 3 to 17.
  public init(_ parameters: [Double], spreads: [Double], offsetCount: Int = 3) {
    precondition(parameters.count == spreads.count && offsetCount % 2 == 1)
    precondition((3...17).contains(offsetCount))
    self.parameters = parameters
    self.spreads = spreads
    self.offsetCount = offsetCount
  }

  /// Spends a budget.
  ///
  /// - Parameters:
  ///   - budget: how many losses.
  ///   - draw: an integer from 0 to below its argument, at random.
  ///   - loss: the loss at a point, finite.
  public mutating func train(budget: Int, draw: (Int) -> Int, loss: ([Double]) -> Double) {
    var order = Array(parameters.indices)
    var position = 0
    var spent = 0
    while spent < budget {
      // One step of Fisher and Yates's shuffle: each sweep has an order of its own.
      order.swapAt(position, position + draw(order.count - position))
      let i = order[position]
      position = (position + 1) % order.count

      let half = spreads[i] * fallen(box, Double(spent) / Double(budget))
      let losses = (0..<offsetCount).map { k in
        var trial = parameters
        trial[i] += half * place(k, of: offsetCount)
        return loss(trial)
      }
      spent += offsetCount
      guard let potential = scaled(losses) else { continue }
      let u = readOut(potential, hbar: fallen(hbar, min(1, Double(spent) / Double(budget))))
      parameters[i] += half * u
      moves.append((i, half * u))
    }
  }

  /// What falls geometrically, at a fraction of the budget.
  private func fallen(_ range: (start: Double, end: Double), _ progress: Double) -> Double {
    range.start * pow(range.end / range.start, progress)
  }

  /// The place of a point among evenly spaced ones from −1 to 1.
  private func place(_ point: Int, of count: Int) -> Double {
    2 * Double(point) / Double(count - 1) - 1
  }

  /// The potential at the offsets, without a unit; `nil` where the losses do not differ.
  private func scaled(_ losses: [Double]) -> [Double]? {
    let sorted = losses.sorted()
    let (lowest, highest) = (sorted[0], sorted[sorted.count - 1])
    let quartile = sorted[sorted.count * 3 / 4] - lowest
    let height = losses.count > 5 && quartile > 0 ? quartile : highest - lowest
    guard height > 1e-15 * max(abs(lowest), abs(highest)) else { return nil }
    return losses.map { ($0 - lowest) / height }
  }

  /// V(u) by Lagrange's polynomial through the nearest nodes.
  private func value(of potential: [Double], at u: Double) -> Double {
    let width = min(potential.count, 4)
    let node = (u + 1) / 2 * Double(potential.count - 1)
    let first = max(0, min(Int(node) - (width - 2) / 2, potential.count - width))
    let t = node - Double(first)
    return (0..<width).reduce(0) { sum, k in
      let others = (0..<width).filter { $0 != k }
      return sum + potential[first + k]
        * others.reduce(1) { $0 * (t - Double($1)) / Double(k - $1) }
    }
  }

  /// Where the packet is taken to be, as u; 0: it stays.
  private func readOut(_ potential: [Double], hbar: Double) -> Double {
    // What is 4 typical heights up is a wall.
    let grid = (0..<gridCount).map { min(value(of: potential, at: place($0, of: gridCount)), 4) }
    let density = groundState(grid, hbar: hbar).map { $0 * $0 }
    let here = value(of: potential, at: 0)
    var u = peak(density)
    if value(of: potential, at: u) > here {
      let reach = 0.1 * (density.max() ?? 0)
      let reached = grid.indices.filter { density[$0] >= reach }
      let lowest = reached.min { grid[$0] < grid[$1] } ?? 0
      u = place(lowest, of: gridCount)
      guard value(of: potential, at: u) < here else { return 0 }
    }
    // Within the offsets' own distance the next cuts see better.
    return offsetCount > 5 && abs(u) * Double(offsetCount - 1) / 2 < 1 ? 0 : u
  }

  /// The mean about the highest peak, which a valley below half of another peak ends on either side.
  private func peak(_ density: [Double]) -> Double {
    let top = density.indices.max { density[$0] < density[$1] } ?? 0
    func edge(_ direction: Int) -> Int {
      var (bottom, g) = (top, top)
      while density.indices.contains(g + direction) {
        g += direction
        if density[g] < density[bottom] { bottom = g }
        if density[g] > 0.05 * density[top], density[bottom] < 0.5 * density[g] { return bottom }
      }
      return g
    }
    let range = edge(-1)...edge(1)
    let weight = range.reduce(0) { $0 + density[$1] }
    return range.reduce(0) { $0 + density[$1] * place($1, of: gridCount) } / weight
  }

  /// ψ ≥ 0 of lowest energy: bisection by Sturm counts for the energy, then inverse iteration.
  private func groundState(_ grid: [Double], hbar: Double) -> [Double] {
    let spacing = 2 / Double(gridCount - 1)
    let hop = hbar * hbar / (2 * spacing * spacing)
    let diagonal = grid.map { $0 + 2 * hop }
    /// Whether no level is below `energy`: all pivots of H − energy are above 0.
    func isBelowAll(_ energy: Double) -> Bool {
      var pivot = Double.infinity
      for entry in diagonal {
        pivot = entry - energy - hop * hop / pivot
        if pivot <= 0 { return false }
      }
      return true
    }
    var (low, high) = (grid.min() ?? 0, (grid.max() ?? 0) + 4 * hop)
    for _ in 0..<100 {
      let middle = 0.5 * (low + high)
      if isBelowAll(middle) { low = middle } else { high = middle }
    }
    var state = Array(repeating: 1.0, count: gridCount)
    for _ in 0..<4 {
      state = solved(diagonal.map { $0 - low + 1e-12 }, hop, state)
      let norm = state.reduce(0) { $0 + $1 * $1 }.squareRoot()
      state = state.map { $0 / norm }
    }
    return state
  }

  /// The solution of a tridiagonal system with −hop beside the diagonal (Thomas).
  private func solved(_ diagonal: [Double], _ hop: Double, _ right: [Double]) -> [Double] {
    var (pivots, x) = (diagonal, right)
    for g in 1..<x.count {
      pivots[g] -= hop * hop / pivots[g - 1]
      x[g] += hop / pivots[g - 1] * x[g - 1]
    }
    x[x.count - 1] /= pivots[x.count - 1]
    for g in (0..<x.count - 1).reversed() { x[g] = (x[g] + hop * x[g + 1]) / pivots[g] }
    return x
  }
}
