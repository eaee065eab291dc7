import QHostInterfaces
import QHostNetworks
import Testing

/// Changes of rows work on lines, with a row's numbers side by side, and whole cuts on planes.
@Suite("Lines and planes of a network")
struct NetworkLinesTests {
  private static let wide = [
    NetworkCase(hidden: [18, 9], activation: .tanh, inputs: 4, outputs: 17),
    NetworkCase(hidden: [20], activation: .step, inputs: 4, outputs: 33),
    NetworkCase(hidden: [], activation: .tanh, inputs: 4, outputs: 20),
  ]

  @Test(
    "Moves and cuts of changed rows and of all rows, in turn, end where a fresh pass does",
    arguments: NetworkCase.all + wide, [1, 16, 150])
  func mixed(test: NetworkCase, rowCount: Int) throws {
    let driver = try test.driver()
    var parameters = test.parameters()
    // Inputs that are mostly 0, mostly not, and never.
    var rows = test.rows(rowCount)
    for row in 0..<rowCount {
      if row % 4 > 0 { rows[row] = 0 }
      if row % 4 == 1 { rows[rowCount + row] = 0 }
    }
    try driver.bind(rows, rowCount: rowCount)
    try driver.openCuts(parameters)
    var outputs = try driver.cut(0, [0])
    let steps = 60
    let places = numbers(steps, seed: 8).map { Int(($0 + 1) / 2 * Double(parameters.count)) }
    let deltas = numbers(steps, range: 0.5, seed: 9).map { Double(Float($0)) }
    for step in 0..<steps {
      let (place, delta) = (places[step], deltas[step])
      if step % 5 == 4 {
        try driver.session.move(index: place, delta: delta)
        outputs = try driver.cut(place, [0])
      } else {
        outputs = try driver.applied(to: outputs, 1) {
          try driver.session.moveChanges(index: place, delta: delta, into: &$0)
        }
      }
      parameters[place] += delta
      let offsets = [0.25, 0, -0.5]
      let changed = try driver.applied(to: outputs, 3) { changes in
        try offsets.withUnsafeBufferPointer {
          try driver.session.cutChanges(index: place, offsets: $0, into: &changes)
        }
      }
      guard step % 3 == 0 else { continue }
      let whole = try driver.cut(place, offsets)
      // Sums of the same terms in another order, in single precision.
      #expect(zip(changed, whole).allSatisfy { abs($0 - $1) < 2e-5 }, "step \(step)")
    }
    let fresh = try driver.forward(parameters)
    let far = zip(outputs, fresh).count { !(abs($0 - $1) < 1e-4) }
    // Where a sum is 0 within rounding, step and sign may see either side: such rows are rare.
    #expect(far <= (test.activation.hasGradient ? 0 : max(test.outputs, outputs.count / 50)))
  }
}
