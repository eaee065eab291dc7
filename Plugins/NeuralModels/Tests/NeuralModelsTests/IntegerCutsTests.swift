import NeuralModels
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Cuts of an integer network")
struct IntegerCutsTests {
  @Test(
    "A cut along each parameter is what whole passes give, to the bit", arguments: IntegerCase.all,
    [1, 64, 300])
  func cuts(test: IntegerCase, rowCount: Int) throws {
    let driver = try test.driver()
    let parameters = try test.parameters()
    try driver.bind(test.rows(rowCount), rowCount: rowCount)
    try driver.openCuts(parameters)
    let offsets = [-20.0, -2, -1, 0, 0.3, 1, 3]
    let cuts = try parameters.indices.map { try driver.cut($0, offsets) }
    var changed = 0
    for (index, cut) in cuts.enumerated() {
      let points = offsets.flatMap { offset in
        var moved = parameters
        moved[index] += offset
        return moved
      }
      let whole = try driver.forward(points, pointCount: offsets.count)
      #expect(cut == whole, "parameter \(index)")
      if Set(whole).count > 1 { changed += 1 }
    }
    #expect(rowCount == 1 || changed > parameters.count / 2, "cuts are flat")
  }

  @Test("Thousands of moves lead to what a fresh pass gives", arguments: IntegerCase.all)
  func moves(test: IntegerCase) throws {
    let driver = try test.driver()
    var parameters = try test.parameters()
    try driver.bind(test.rows(150), rowCount: 150)
    try driver.openCuts(parameters)
    let places = numbers(3000, seed: 8).map { Int(($0 + 1) / 2 * Double(parameters.count)) }
    let deltas = numbers(3000, range: 2.4, seed: 9)
    for (place, delta) in zip(places, deltas) {
      try driver.session.move(index: place, delta: delta)
      parameters[place] += delta
    }
    let moved = try driver.cut(0, [0])
    #expect(try moved == driver.forward(parameters))
  }

  @Test("Cuts are closed by binding rows and by a forward pass")
  func closed() throws {
    let test = IntegerCase(hidden: [4])
    let driver = try test.driver()
    let parameters = try test.parameters()
    #expect(throws: ComponentError.self) { try driver.openCuts(parameters) }
    try driver.bind(test.rows(5), rowCount: 5)
    #expect(throws: ComponentError.self) { try driver.cut(0, [1]) }
    try driver.openCuts(parameters)
    _ = try driver.cut(0, [1])
    _ = try driver.forward(parameters)
    #expect(throws: ComponentError.self) { try driver.cut(0, [1]) }
    try driver.openCuts(parameters)
    try driver.bind(test.rows(5, seed: 9), rowCount: 5)
    #expect(throws: ComponentError.self) { try driver.session.move(index: 0, delta: 1) }
  }

  @Test(
    "Changes are the rows that cuts and moves change, to the bit", arguments: IntegerCase.all,
    [1, 64, 300])
  func changes(test: IntegerCase, rowCount: Int) throws {
    let driver = try test.driver()
    let parameters = try test.parameters()
    try driver.bind(test.rows(rowCount), rowCount: rowCount)
    try driver.openCuts(parameters)
    let offsets = [-2.0, 0, 1]
    for index in parameters.indices {
      let base = try driver.cut(index, [0])
      let found = try driver.applied(to: base, offsets.count) { changes in
        try offsets.withUnsafeBufferPointer {
          try driver.session.cutChanges(index: index, offsets: $0, into: &changes)
        }
      }
      #expect(try found == driver.cut(index, offsets), "parameter \(index)")
      let moved = try driver.applied(to: base, 1) {
        try driver.session.moveChanges(index: index, delta: 1, into: &$0)
      }
      #expect(try moved == driver.cut(index, [0]), "parameter \(index)")
    }
  }
}
