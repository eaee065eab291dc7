import QHostInterfaces
import QHostNumerics
import QHostTesting
import Testing

@Suite("The base point of cuts")
struct CutBaseTests {
  @Test("The host is sent the point once, and then the moves")
  func moves() {
    var base = CutBase([1, 2])
    base.move(0, by: 0.5)
    var query = Query()
    base.write(to: &query)
    #expect(query.kind == .cuts && query.base == [1.5, 2] && query.moveIndices.isEmpty)
    base.move(1, by: -1)
    base.move(1, by: 0.25)
    query.clear()
    base.write(to: &query)
    #expect(query.base.isEmpty && query.moveIndices == [1, 1] && query.moveDeltas == [-1, 0.25])
    query.clear()
    base.write(to: &query)
    #expect(query.base.isEmpty && query.moveIndices.isEmpty)
    #expect(base.point == [1.5, 1.25])
  }

  @Test("A point that was replaced or lost is sent whole, without the moves before")
  func replacing() {
    let changes: [(inout CutBase) -> Void] = [
      { $0.replace(with: [5, 6]) }, { $0.place(7, at: 0) }, { $0.sendAgain() },
      { base in
        var other = [8.0, 9]
        base.swap(with: &other)
        #expect(other == [1, 3])
      },
    ]
    for change in changes {
      var base = CutBase([1, 2])
      var query = Query()
      base.write(to: &query)
      base.move(1, by: 1)
      change(&base)
      query.clear()
      base.write(to: &query)
      #expect(query.base == base.point && query.moveIndices.isEmpty)
    }
  }

  @Test("A host that adds the moves stands where the optimizer stands, to the last bit")
  func bits() throws {
    let host = TestHost(seed: 3)
    let numbers = host.normals(step: 0, index: 0, count: 2000)
    var base = CutBase(Array(repeating: 0.1, count: 7))
    var asked = AskedPoints()
    for (place, number) in numbers.enumerated() {
      var query = Query()
      base.write(to: &query)
      query.appendCut(0, 0)
      let points = try asked.take(query, dimension: 7)
      #expect(points == [base.point])
      base.move(place % 7, by: number * (place % 3 == 0 ? 1e-9 : 1))
    }
  }

  @Test("A move that rounding swallows is none")
  func swallowed() {
    var base = CutBase([1])
    var query = Query()
    base.write(to: &query)
    base.move(0, by: 1e-17)
    base.move(0, by: 0)
    query.clear()
    base.write(to: &query)
    #expect(query.moveIndices.isEmpty && base.point == [1])
  }
}

@Suite("Offsets of cuts")
struct OffsetTests {
  @Test("From anywhere to a bound the sum stays within it, and next to it")
  func bounds() {
    let host = TestHost(seed: 1)
    for step in 0..<200 as Range<UInt64> {
      let numbers = host.normals(step: step, index: 0, count: 300)
      for place in stride(from: 0, to: 300, by: 3) {
        let (a, b) = (numbers[place], numbers[place] + abs(numbers[place + 1]) * 10)
        let value = min(max(numbers[place + 2], a), b)
        let problem = Problem(queries: .cuts, initial: [value], lower: [a], upper: [b])
        for target in [a, b] {
          let sum = value + problem.offset(from: value, to: target, at: 0)
          #expect(sum >= a && sum <= b)
          #expect(abs(sum - target) <= abs(target - value).ulp)
        }
      }
    }
  }

  @Test("A sum that rounding would carry over the bound is a step of the offset short of it")
  func overshoot() {
    let problem = Problem(queries: .cuts, initial: [-1], lower: [-1], upper: [0.1])
    #expect(-1 + (0.1 - -1) > 0.1)
    let sum = -1 + problem.offset(from: -1, to: 0.1, at: 0)
    #expect(sum <= 0.1 && sum >= 0.1 - 1.1.ulp)
  }

  @Test("Where the difference is not a number there is no offset")
  func overflow() {
    let most = Double.greatestFiniteMagnitude
    let problem = Problem(queries: .cuts, initial: [-most])
    #expect(problem.offset(from: -most, to: most, at: 0) == 0)
  }

  @Test("Fast cuts are cuts that are answered and fast")
  func fast() {
    #expect(Problem(queries: .cuts, initial: [0], hasFastCuts: true).answersFastCuts)
    #expect(!Problem(queries: .cuts, initial: [0]).answersFastCuts)
    #expect(!Problem(queries: .points, initial: [0], hasFastCuts: true).answersFastCuts)
  }
}
