import Foundation
import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("Functions")
struct FunctionsTests {
  @Test("At the minimum every function is 0, shifted and rotated or not", arguments: functionNames)
  func minimum(name: String) throws {
    for n in [2, 10, 101] {
      for (shifted, rotated) in [(false, false), (true, false), (false, true), (true, true)] {
        let functions = try functions(name, n, shifted: shifted, rotated: rotated)
        let loss = try functions.losses(functions.optimum)[0]
        #expect(loss >= 0 && loss <= 1e-9 * Double(n))
        #expect(functions.datasetDescription.bestKnownLoss == 0)
      }
    }
  }

  @Test("Plain functions have their textbook values", arguments: functionNames)
  func textbook(name: String) throws {
    for n in [2, 3, 10] {
      let functions = try functions(name, n, shifted: false)
      let (low, high) = domain(of: functions)
      let uniforms = TestHost().uniforms(step: UInt64(n), index: 0, count: 50 * n)
      for start in stride(from: 0, to: uniforms.count, by: n) {
        let x = uniforms[start..<start + n].map { low + (high - low) * $0 }
        let (value, magnitude) = textbookValue(name, x)
        // The textbook forms cancel: their terms are rounded to an ulp of the largest of them.
        let slack = magnitude * Double(n) * 0x1p-50
        #expect(abs(try functions.losses(x)[0] - value) <= slack)
      }
    }
  }

  @Test("Known minima are where the literature has them")
  func knownMinima() throws {
    #expect(abs(try functions("schwefel", 3, shifted: false).optimum[1] - 420.968746) < 1e-6)
    #expect(
      abs(try functions("styblinski-tang", 3, shifted: false).optimum[1] + 2.903534) < 1e-6)
    #expect(try functions("rosenbrock", 3, shifted: false).optimum == [1, 1, 1])
    let perDimension = try functions("styblinski-tang", 1, shifted: false).losses([0])[0]
    #expect(abs(perDimension - 39.166165) < 1e-6)
    let atZero = try functions("schwefel", 1, shifted: false).losses([0])[0]
    #expect(abs(atZero - 418.982887) < 1e-6)
  }

  @Test(
    "Nowhere is a function below its minimum, also outside the domain", arguments: functionNames)
  func nonnegative(name: String) throws {
    for rotated in [false, true] {
      let functions = try functions(name, 4, rotated: rotated)
      let (low, high) = domain(of: functions)
      let x = TestHost().uniforms(step: 9, index: 0, count: 4000).map {
        (low + high) / 2 + (high - low) * 4 * ($0 - 0.5)
      }
      #expect(try functions.losses(x, pointCount: 1000).allSatisfy { $0 >= 0 && $0.isFinite })
      let far = try functions.losses([1e300, -1e300, 1e300, 0])[0]
      #expect(far > 0)  // ∞ or a number, never NaN
    }
  }

  @Test("The shifted minimum lies in the central 80 % and fills it", arguments: functionNames)
  func shift(name: String) throws {
    let functions = try functions(name, 1000)
    let (low, high) = domain(of: functions)
    let relative = functions.optimum.map { (2 * $0 - low - high) / (high - low) }
    #expect(relative.allSatisfy { abs($0) <= 0.8 })
    // Of 1000 uniform values both ends are reached to 2 % but with probability 2 · 0.99^1000.
    #expect((relative.min() ?? 0) < -0.784 && (relative.max() ?? 0) > 0.784)
  }

  @Test("Instances differ, and the seed of the run changes none of them")
  func instances() throws {
    let first = try functions("ackley", 5, rotated: true)
    let again = try functions("ackley", 5, rotated: true, seed: 77)
    let second = try functions("ackley", 5, rotated: true, instance: 2)
    let x = [1.0, 2, 3, 4, 5]
    #expect(first.optimum == again.optimum)
    #expect(try first.losses(x) == again.losses(x))
    #expect(first.optimum != second.optimum)
    #expect(try functions("levy", 5).optimum != functions("griewank", 5).optimum)
    #expect(try functions("ackley", 5).optimum == first.optimum)
  }

  @Test("Instance 1 is the recorded one, so that figures of different versions can be compared")
  func recorded() throws {
    let functions = try functions("rastrigin", 3, rotated: true)
    #expect(functions.optimum == [-2.738549865493532, -0.7676690942365595, -4.022034202228133])
    // The rotation is made with log and cos, which machines may round differently; the loss has
    // a slope of about 20 π times a place of about 7.
    #expect(abs(try functions.losses([1, 2, 3])[0] - 81.3313699097301) < 1e-11)
  }

  @Test("A rotation keeps distances: the sphere does not change")
  func rotationKeepsDistances() throws {
    for n in [1, 2, 7, 64, 200] {
      let plain = try functions("sphere", n)
      let rotated = try functions("sphere", n, rotated: true)
      let x = TestHost().uniforms(step: 3, index: 0, count: 20 * n).map { 10 * $0 - 5 }
      for (a, b) in zip(
        try plain.losses(x, pointCount: 20), try rotated.losses(x, pointCount: 20))
      {
        // n reflections of n products each, errors adding at random: n ulps.
        #expect(abs(a - b) <= a * Double(n + 8) * 0x1p-52)
      }
    }
  }

  @Test("A rotation changes what is not round")
  func rotationChangesFunctions() throws {
    for name in functionNames where name != "sphere" {
      let x = Array(repeating: 0.5, count: 6)
      let plain = try functions(name, 6).losses(x)[0]
      let rotated = try functions(name, 6, rotated: true).losses(x)[0]
      #expect(abs(plain - rotated) > 1e-9 * plain)  // rounding gives about 1e-15
    }
  }

  @Test("Rotations are uniform: the third and fourth powers of a column have the right means")
  func rotationIsUniform() throws {
    // Along a column r of R styblinski-tang is ½ t⁴ Σ r⁴ + 2 a t³ Σ r³ + ½ (6a² − 16) t², and for
    // uniform rotations the means of Σ r³ and Σ r⁴ are 0 and 3 / (n + 2).
    let (n, t, count) = (3, 0.5, 400)
    var (cubes, fourths): ([Double], [Double]) = ([], [])
    for instance in 0..<count {
      let functions = try functions(
        "styblinski-tang", n, shifted: false, rotated: true, instance: instance)
      let a = functions.optimum[0]
      var (up, down) = (functions.optimum, functions.optimum)
      up[instance % n] += t
      down[instance % n] -= t
      let (above, below) = (try functions.losses(up)[0], try functions.losses(down)[0])
      cubes.append((above - below) / (4 * a * t * t * t))
      fourths.append((above + below - (6 * a * a - 16) * t * t) / (t * t * t * t))
    }
    for (values, expected) in [(cubes, 0.0), (fourths, 3 / Double(n + 2))] {
      let mean = values.reduce(0, +) / Double(count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
      #expect(variance > 0.01)
      #expect(abs(mean - expected) < 4 * (variance / Double(count)).squareRoot())
    }
  }

  @Test("Many points and rows at once give what single points give", arguments: functionNames)
  func batches(name: String) throws {
    for rotated in [false, true] {
      let n = 5
      let functions = try functions(name, n, rotated: rotated)
      let points = 7
      let x = TestHost().uniforms(step: 4, index: 0, count: points * n * 3).map { 8 * $0 - 4 }
      let together = try functions.losses(x, pointCount: points, rows: [0, 0, 0])
      for point in 0..<points {
        for row in 0..<3 {
          let single = (0..<n).map { x[(point * n + $0) * 3 + row] }
          #expect(try functions.losses(single)[0] == together[point * 3 + row])
        }
      }
    }
  }

  @Test("The metric is the distance to the minimum")
  func metric() throws {
    let functions = try functions("rastrigin", 4)
    var x = functions.optimum
    x[0] += 3
    x[3] -= 4
    let values = x.withUnsafeBufferPointer { outputs in
      functions.measure(
        MetricSample(
          split: .train, parameters: nil, rows: [0], keys: [0], draw: 0,
          inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: outputs))
    }
    #expect(functions.metricDescriptions.map(\.name) == ["distance_to_optimum"])
    #expect(functions.metricDescriptions.map(\.direction) == [.lower])
    #expect(values.count == 1 && abs(values[0].value - 5) < 1e-14)
  }

  @Test("It is a scenario of one row without inputs, with the domain as bounds")
  func description() throws {
    let description = try functions("rosenbrock", 3).datasetDescription
    #expect(description.task == .scenario && description.targetWidth == 0)
    #expect(description.rowCount(.train) == 1 && description.rowCount(.test) == 0)
    #expect(description.input.count == 0 && description.output == Shape([3]))
    #expect(description.outputLower == [-5, -5, -5] && description.outputUpper == [10, 10, 10])
    #expect(description.hasCuts)
  }

  @Test("Dimensions that a function cannot have are refused")
  func dimensions() throws {
    let small = failure { _ = try functions("rosenbrock", 1) }
    #expect(small?.kind == .parameter && small?.message.contains("at least 2") == true)
    let large = failure { _ = try functions("sphere", 5000, rotated: true) }
    #expect(large?.kind == .parameter && large?.message.contains("4096") == true)
  }
}
