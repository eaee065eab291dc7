import MOS6502
import QHostInterfaces
import QHostTesting
import Testing

@Suite("Tuning in integers")
struct TuningTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  /// Changes of weights, offsets and sizes in every layer.
  private static let places =
    [(0, 2, 3), (0, 7, 9), (1, 0, 0), (1, 5, 7), (2, 3, 5)].map {
      TuningPlace(layer: $0.0, unit: $0.1, input: $0.2)
    } + [(0, 1), (1, 3), (2, 0)].map { TuningPlace(layer: $0.0, unit: $0.1) }

  private func proposals(
    _ point: TuningPoint, _ place: TuningPlace
  ) -> [TuningPoint.Proposal] {
    let (layer, unit) = (place.layer, place.unit)
    if let input = place.input {
      return [-2, -1, 0, 1, 4].compactMap {
        point.proposal(layer, unit, input: input, weight: $0, mean: 6.3)
      }.prefix(4).map { $0 }
    }
    let offsets = [-3, 40].compactMap { point.proposal(layer, unit, offsetBy: $0) }
    guard layer < 2 else { return offsets }
    return offsets + [-1, 2].compactMap { point.proposal(layer, unit, sizeBy: $0) }
  }

  @Test(
    "finds what a change does to the loss as the plain formulas do",
    arguments: [(true, 0.0), (true, 0.6), (false, 0.0)])
  func differences(_ isClasses: Bool, _ distillation: Double) throws {
    let tuning = TuningCase(isClasses: isClasses)
    let network = try tuning.quantised()
    let rows = try tuning.rows(network, distillation: distillation)
    var point = TuningPoint(network)
    let batch = TuningBatch(
      rows, rowCount: rows.deciding.count, point: point, host: TestHost())
    batch.take(rows.deciding)
    func loss(_ point: TuningPoint) -> Double {
      tuning.loss(point.quantised.model, rows: rows.deciding, distillation: distillation)
    }
    // Single precision, some ten operations a row.
    let tolerance = 3e-6 * max(1, loss(point))
    #expect(abs(batch.pass(point) - loss(point)) < tolerance)
    var tried = 0
    for place in Self.places {
      let proposals = proposals(point, place)
      let found = batch.evaluate(place, proposals.map(\.change), scale: point.scale)
      for (proposal, difference) in zip(proposals, found) {
        var changed = point
        changed.take(proposal, at: place)
        #expect(abs(difference.mean - (loss(changed) - loss(point))) < tolerance, "\(place)")
        tried += 1
      }
      let last = try #require(proposals.last)
      batch.move(place, last.change, scale: point.scale)
      point.take(last, at: place)
      #expect(abs(batch.loss - loss(point)) < tolerance, "\(place)")
    }
    #expect(tried > 20)
  }

  @Test("counts digits and tables as they change")
  func digits() throws {
    var point = TuningPoint(try TuningCase().quantised())
    for place in Self.places {
      let before = point
      for proposal in proposals(before, place) {
        point = before
        point.take(proposal, at: place)
        #expect(TuningPoint(point.quantised).digits == point.digits, "\(place)")
      }
    }
  }

  @Test("never raises its objective on the rows that decide, nor on those held out")
  func falls() throws {
    let tuning = TuningCase(rowCount: 1500)
    let network = try tuning.quantised()
    let rows = try tuning.rows(network, distillation: 0.3)
    for batchRows in [300, 8192] {
      let settings = TuningSettings(
        passes: 150, batchRows: batchRows, digitCost: 1e-4, distillation: 0.3)
      var tuner = Tuner(network, rows: rows, settings: settings, host: TestHost())
      let outcome = tuner.outcome()
      for (before, after) in zip(outcome.sweeps, outcome.sweeps.dropFirst()) {
        #expect(after <= before + 1e-9)
      }
      #expect(outcome.sweeps.count > 2)
      let plain = tuning.loss(
        outcome.network.model, rows: rows.heldOut, distillation: 0.3)
      #expect(abs(plain + 1e-4 * Double(outcome.digits.after) - outcome.objectives.after) < 1e-5)
      #expect(outcome.objectives.after < outcome.objectives.before - 0.01)
      #expect(TuningPoint(outcome.network).digits == outcome.digits.after)
      #expect(outcome.passes < 160)
    }
  }

  @Test("a cost of digits makes networks shorter")
  func digitCost() throws {
    let tuning = TuningCase()
    let network = try tuning.quantised()
    let rows = try tuning.rows(network)
    let digits = [0, 3e-3].map { cost in
      var tuner = Tuner(
        network, rows: rows, settings: TuningSettings(passes: 100, digitCost: cost),
        host: TestHost())
      return tuner.outcome().digits.after
    }
    #expect(digits[1] < digits[0])
  }

  @Test("the same seed gives the same network on one thread and on two")
  func threads() throws {
    let tuning = TuningCase(rowCount: 5000)
    let network = try tuning.quantised()
    let rows = try tuning.rows(network)
    let networks = [1, 2].map { threads in
      var tuner = Tuner(
        network, rows: rows, settings: TuningSettings(passes: 30, batchRows: 2500),
        host: ThreadedHost(threadCount: threads))
      return tuner.outcome().network.model
    }
    #expect(networks[0] == networks[1])
    #expect(networks[0] != network.model)
  }

  @Test("weights that make up for each other's rounding are nearer to the real network")
  func compensation() throws {
    let tuning = TuningCase(weights: "ternary,7,7", isClasses: false)
    let errors = try [false, true].map { isCompensating in
      tuning.loss(
        try tuning.quantised(isCompensating: isCompensating).model,
        rows: Array(0..<tuning.rowCount))
    }
    #expect(errors[1] < 0.9 * errors[0], "\(errors)")
  }

  @Test("through the target: the code is the tuned network to the bit, and more rows are right")
  func target() throws {
    let tuning = TuningCase()
    let calibration = tuning.calibration
    let right = try [false, true].map { isTuned in
      let target = try MOS6502Target(
        request: request(
          for: MOS6502Target.descriptor,
          [
            "finetune": .boolean(isTuned), "weights": .text("ternary"),
            "finetune_passes": .real(200),
          ]))
      // Compiling refuses a program that does not give the network's outputs for these rows.
      _ = try target.compile(tuning.float.graph, calibration: calibration)
      let execution = try target.execute(inputs: calibration.inputs, rowCount: tuning.rowCount)
      return (0..<tuning.rowCount).count { row in
        let given = execution.outputs[row * 4..<(row + 1) * 4]
        let best = (given.firstIndex(of: given.max() ?? 0) ?? 0) - row * 4
        return best == Int(calibration.targets[row])
      }
    }
    #expect(right[1] > right[0] + 20, "\(right)")
  }

  @Test("refuses whole-number models, rows that do not say what is right, and names that are none")
  func refusals() throws {
    let tuning = TuningCase()
    func compile(
      _ changes: [String: ParameterValue], _ graph: Graph, _ calibration: Calibration
    ) -> String {
      message {
        let values = changes.merging(["finetune": .boolean(true)]) { given, _ in given }
        _ = try MOS6502Target(request: request(for: MOS6502Target.descriptor, values))
          .compile(graph, calibration: calibration)
      }
    }
    var few = tuning.calibration.spread(over: 10)
    #expect(compile([:], tuning.float.graph, few).contains("at least 20"))
    few = tuning.calibration
    few.targets = []
    #expect(compile([:], tuning.float.graph, few).contains("a class, or 4 numbers"))
    few.targets = Array(repeating: 7, count: few.rowCount)
    #expect(compile([:], tuning.float.graph, few).contains("none of the 4"))
    let whole = NetworkCase(widths: [30, 8, 5])
    let rows = Calibration(
      rowCount: 1, inputs: Array(repeating: 0, count: 30), targets: [0])
    let graph = integerGraph(whole.network, inputBits: 4, scale: 1)
    #expect(compile([:], graph, rows).contains("integers already"))
    for (name, part) in [
      ("15,15", "2 lattices for 3 layers"), ("binary", "not a lattice"), ("4", "not a lattice"),
    ] {
      let refusal = compile(
        ["weights": .text(name)], tuning.float.graph, tuning.calibration)
      #expect(refusal.contains(part), "\(refusal)")
    }
  }
}
