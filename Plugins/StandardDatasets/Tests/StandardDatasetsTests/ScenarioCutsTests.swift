import QHostInterfaces
import QHostTesting
import StandardDatasets
import Testing

@Suite("Cuts of functions")
struct ScenarioCutsTests {
  private static let offsets: [Double] = [0, 1e-9, -1e-3, 0.25, -1.5, 3]

  @Test("Cuts agree with whole scores, also after thousands of moves", arguments: functionNames)
  func agreement(name: String) throws {
    for (n, rotated) in [(2, false), (13, false), (100, false), (2, true), (13, true), (40, true)] {
      let functions = try functions(name, n, rotated: rotated)
      let (low, high) = domain(of: functions)
      let host = TestHost()
      let uniforms = host.uniforms(step: 5, index: UInt64(n), count: n + 6000)
      var base = uniforms[..<n].map { low + (high - low) * $0 }
      let cuts = try base.withUnsafeBufferPointer {
        try functions.makeCuts(.train, row: 0, outputs: $0)
      }
      for move in 0..<3000 {
        let output = Int(uniforms[n + 2 * move] * Double(n))
        let goal = low + (high - low) * uniforms[n + 2 * move + 1]
        let delta = (goal - base[output]) * 0.7
        try cuts.move(output: output, delta: delta)
        base[output] += delta
        if move % 300 == 299 || move < 3 {
          try compare(functions, cuts, base, output: (output + 1) % n, relative: 1e-9)
        }
      }
    }
  }

  @Test(
    "Close to the minimum cuts without rotation keep all their digits", arguments: functionNames)
  func closeToMinimum(name: String) throws {
    let n = 20
    let functions = try functions(name, n)
    let optimum = functions.optimum
    var base = optimum.map { $0 + 1 }
    let cuts = try base.withUnsafeBufferPointer {
      try functions.makeCuts(.train, row: 0, outputs: $0)
    }
    let noise = TestHost().normals(step: 6, index: 0, count: n)
    for output in 0..<n {
      let delta = optimum[output] + 1e-7 * noise[output] - base[output]
      try cuts.move(output: output, delta: delta)
      base[output] += delta
    }
    // Sums of up to n terms of one sign in two different orders: at most 2 n ulps.
    for output in 0..<n {
      try compare(functions, cuts, base, output: output, relative: 2 * Double(n) * 0x1p-52)
    }
  }

  @Test("A descent by rotated cuts ends at the minimum", arguments: ["sphere", "styblinski-tang"])
  func rotatedDescent(name: String) throws {
    let n = 12
    let functions = try functions(name, n, rotated: true)
    var base = functions.optimum.map { $0 + 0.2 }
    let cuts = try base.withUnsafeBufferPointer {
      try functions.makeCuts(.train, row: 0, outputs: $0)
    }
    for output in 0..<n {
      let delta = functions.optimum[output] - base[output]
      try cuts.move(output: output, delta: delta)
      base[output] += delta
    }
    // n moves make z again from x: nothing of the way here is left but the rounding of x.
    let loss = try cuts.losses(output: 0, offsets: [0])[0]
    #expect(loss < 1e-28)
  }

  @Test("What a cut costs is a part of a whole score", arguments: functionNames)
  func cost(name: String) throws {
    // At least the changed parts, at most those, the loss of the total and the way to them.
    let large = try functions(name, 1000)
    #expect(large.cutCost >= 1 / 1000 && large.cutCost < 5 / 1000)
    let rotated = try functions(name, 1000, rotated: true)
    #expect(rotated.cutCost > 1 / 1000 && rotated.cutCost < 0.1)
    for n in 2...5 { #expect(try functions(name, n).cutCost <= 1) }
  }

  private func compare(
    _ functions: Functions, _ cuts: any ScenarioCuts, _ base: [Double], output: Int,
    relative: Double
  ) throws {
    let losses = try cuts.losses(output: output, offsets: Self.offsets)
    for (offset, loss) in zip(Self.offsets, losses) {
      var point = base
      point[output] += offset
      let whole = try functions.losses(point)[0]
      #expect(abs(loss - whole) <= relative * whole)
    }
  }
}
