#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif
package import QHostInterfaces

/// outputs = v·tanh(w x + b) + a with C = 2 and two inputs, for tests of potentials: parameters [w, b, v, a].
package final class CurveModel: PotentialModel, @unchecked Sendable {
  package let modelDescription: ModelDescription
  /// How often a unit was opened, over all sessions; from one thread.
  package fileprivate(set) var openedCount = 0
  /// Cuts that were answered from an open unit.
  package fileprivate(set) var summedCount = 0
  /// How many times the largest change of one offset a row reaches.
  fileprivate let reach: Double

  /// - Parameters:
  ///   - hasPotentials: whether it says so.
  ///   - reach: how many times the largest change of one offset a row reaches.
  package init(hasPotentials: Bool = true, reach: Double = 1.8) {
    self.reach = reach
    var description = ModelDescription(parameterCount: 7, multiplyAdds: 7)
    description.hasCuts = true
    description.hasCutChanges = true
    description.potentialUnitCount = hasPotentials ? 1 : 0
    modelDescription = description
  }

  package func initialParameters(start: UInt64) -> [Double] { [0.1, 0.2, 0, 0.3, -0.3, 0, 0] }
  package func makeSession() -> any ModelSession { CurveSession(self) }
  package func cutCost(index: Int) -> Double { 0.5 }
  package func potentialUnit(of index: Int) -> Int? { index < 3 ? 0 : nil }
}

private final class CurveSession: ModelSession {
  private let model: CurveModel
  private var inputs = UnsafeBufferPointer<Float>(start: nil, count: 0)
  private var rowCount = 0
  private var base: [Double] = []
  private var coefficients: [Double]?
  private var prepared: (sums: [Double], reach: [Double])?

  init(_ model: CurveModel) { self.model = model }

  func bind(inputs: UnsafeBufferPointer<Float>, rowCount: Int) {
    self.inputs = inputs
    self.rowCount = rowCount
    coefficients = nil
  }

  private func sum(_ p: [Double], _ row: Int) -> Double {
    p[0] * Double(inputs[row]) + p[1] * Double(inputs[rowCount + row]) + p[2]
  }

  private func write(
    _ p: [Double], held: ((_ row: Int) -> Double)? = nil, to outputs: UnsafeMutablePointer<Float>?,
    stride: Int
  ) {
    for row in 0..<rowCount {
      let h = tanh(held?(row) ?? sum(p, row))
      for unit in 0..<2 { outputs?[unit * stride + row] = Float(p[3 + unit] * h + p[5 + unit]) }
    }
  }

  func forward(
    parameters: UnsafeBufferPointer<Double>, pointCount: Int,
    outputs: UnsafeMutableBufferPointer<Float>
  ) {
    for point in 0..<pointCount {
      write(
        Array(parameters[point * 7..<(point + 1) * 7]),
        to: outputs.baseAddress.map { $0 + point * 2 * rowCount }, stride: rowCount)
    }
  }

  func openCuts(parameters: UnsafeBufferPointer<Double>) {
    base = Array(parameters)
    coefficients = nil
  }

  private func moved(_ index: Int, _ offset: Double) -> [Double] {
    var p = base
    p[index] += offset
    return p
  }

  func cut(
    index: Int, offsets: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try checkClosed()
    for (place, offset) in offsets.enumerated() {
      write(
        moved(index, offset), to: outputs.baseAddress.map { $0 + place * 2 * rowCount },
        stride: rowCount)
    }
  }

  func move(index: Int, delta: Double) throws(ComponentError) {
    try checkClosed()
    base[index] += delta
  }

  func cutChanges(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: inout CutChanges
  ) throws(ComponentError) {
    try checkClosed()
    changes.multiplyAdds = rowCount
    for (place, offset) in offsets.enumerated() {
      write(moved(index, offset), place, into: changes)
    }
  }

  func moveChanges(
    index: Int, delta: Double, into changes: inout CutChanges
  ) throws(ComponentError) {
    try checkClosed()
    base[index] += delta
    changes.multiplyAdds = rowCount
    write(base, 0, into: changes)
  }

  private func checkClosed() throws(ComponentError) {
    guard coefficients == nil else { throw ComponentError("a unit is open") }
  }

  private func write(_ p: [Double], _ place: Int, into changes: CutChanges) {
    changes.rowCounts[place] = UInt64(rowCount)
    for row in 0..<rowCount { changes.rows[place * changes.stride + row] = UInt32(row) }
    write(
      p, to: changes.outputs + place * 2 * changes.stride, stride: changes.stride(of: place))
  }

  func preparePotential(unit: Int, offset: Double) throws(ComponentError) {
    try checkClosed()
    let reach = (0..<rowCount).map { row in
      1.001 * offset * model.reach
        * max(1, Double(abs(inputs[row])), Double(abs(inputs[rowCount + row])))
    }
    prepared = ((0..<rowCount).map { sum(base, $0) }, reach)
  }

  func hold(
    unit: Int, at places: UnsafeBufferPointer<Double>, outputs: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    try checkClosed()
    guard let prepared else { throw ComponentError("the unit was not prepared") }
    for (j, t) in places.enumerated() {
      write(
        base, held: { prepared.sums[$0] + prepared.reach[$0] * t },
        to: outputs.baseAddress.map { $0 + j * 2 * rowCount }, stride: rowCount)
    }
  }

  func openPotential(_ potential: UnitPotential) throws(ComponentError) -> Double {
    try checkClosed()
    coefficients = potential.coefficients.map { Double($0) }
    model.openedCount += 1
    return total(base)
  }

  private func place(_ p: [Double], _ row: Int) -> Double {
    prepared.map { (sum(p, row) - $0.sums[row]) / $0.reach[row] } ?? .nan
  }

  private func outside(_ p: [Double]) -> Int {
    (0..<rowCount).count { !(abs(place(p, $0)) <= 1) }
  }

  private func total(_ p: [Double]) -> Double {
    guard let coefficients else { return .nan }
    return (0..<rowCount).reduce(0) { total, row in
      let t = place(p, row)
      return total
        + (0..<coefficients.count / rowCount).reversed().reduce(0) {
          $0 * t + coefficients[$1 * rowCount + row]
        }
    }
  }

  func cutPotential(
    index: Int, offsets: UnsafeBufferPointer<Double>, into changes: UnsafeMutablePointer<Double>
  ) -> PotentialWork {
    let before = total(base)
    var outside = 0
    for (place, offset) in offsets.enumerated() {
      let there = moved(index, offset)
      outside += self.outside(there)
      changes[place] = total(there) - before
    }
    if outside == 0 { model.summedCount += 1 }
    return PotentialWork(outside: outside, work: 1)
  }

  func movePotential(index: Int, delta: Double) -> (change: Double, took: PotentialWork) {
    let before = total(base)
    base[index] += delta
    return (total(base) - before, PotentialWork(outside: outside(base), work: 1))
  }

  func closePotential() -> Double {
    coefficients = nil
    return 1
  }
}
