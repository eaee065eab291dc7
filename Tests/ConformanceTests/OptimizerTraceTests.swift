import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import Testing

@Suite("Every optimizer, through its library: repetition")
struct OptimizerTraceTests {
  private static let queryCount = 60

  private func trace(
    _ component: BenchComponent, _ settings: [String], seed: UInt64 = 1, threads: Int = 1
  ) throws -> Trace {
    let optimizer = try OptimizerCase(component).make(settings, seed: seed, threads: threads)
    return try Trace.tail(
      of: optimizer, on: Quadratic(centre: OptimizerCase.centre), from: 0, to: Self.queryCount)
  }

  @Test("There are optimizers to test") func some() { #expect(!OptimizerCase.asked.isEmpty) }

  @Test(
    "The same seed gives the same questions, on one thread and on two",
    arguments: OptimizerCase.asked)
  func repeats(_ component: BenchComponent) throws {
    for settings in try OptimizerCase(component).variants() {
      let first = try trace(component, settings)
      #expect(first.queryCount > 0)
      #expect(try trace(component, settings) == first, "\(settings)")
      #expect(try trace(component, settings, threads: 2) == first, "\(settings) on two threads")
    }
  }

  @Test("Two instances at once do not disturb each other", arguments: OptimizerCase.asked)
  func sideBySide(_ component: BenchComponent) throws {
    let alone = try trace(component, [])
    let instances = try (0..<2).map { _ in try OptimizerCase(component).make() }
    let bowls = instances.map { _ in Quadratic(centre: OptimizerCase.centre) }
    var traces = [Trace(), Trace()]
    var query = Query()
    for number in 0..<Self.queryCount {
      for (place, instance) in instances.enumerated() {
        query.clear()
        try instance.ask(&query)
        let answer = try bowls[place].answer(query, progress: Double(number + 1) / 200)
        traces[place].append(query, base: bowls[place].base)
        if query.kind == .done { continue }
        try instance.tell(answer)
      }
      if query.kind == .done { break }
    }
    for (place, instance) in instances.enumerated() {
      if let recommended = try instance.recommendation() { traces[place].append(recommended) }
      #expect(traces[place] == alone)
    }
  }

  @Test(
    "A state that is saved and loaded continues to the same questions",
    arguments: OptimizerCase.asked
  )
  func resumes(_ component: BenchComponent) throws {
    for settings in try OptimizerCase(component).variants() {
      for pause in [0, 1, 2, 17, 40] where try canSave(component, settings) {
        let optimizerCase = OptimizerCase(component)
        let whole = try optimizerCase.make(settings)
        let bowl = Quadratic(centre: OptimizerCase.centre)
        _ = try Trace.tail(of: whole, on: bowl, from: 0, to: pause)
        let resumed = try optimizerCase.make(settings)
        try resumed.load(try whole.save())
        let rest = try Trace.tail(of: whole, on: bowl.copy(), from: pause, to: Self.queryCount)
        let again = try Trace.tail(of: resumed, on: bowl.copy(), from: pause, to: Self.queryCount)
        #expect(again == rest, "\(settings) after \(pause) queries")
      }
    }
  }

  @Test("Bytes that are not a state of its own are refused", arguments: OptimizerCase.asked)
  func foreignBytes(_ component: BenchComponent) throws {
    guard try canSave(component, []) else { return }
    let optimizerCase = OptimizerCase(component)
    let saved = try optimizerCase.make().save()
    let noise = [UInt8](repeating: 0xA5, count: saved.count)
    let others: [[UInt8]] = [[], [7], saved.dropLast(), saved.dropLast(8), noise]
    for bytes in others {
      #expect(throws: ComponentError.self, "\(bytes.count) bytes of \(saved.count)") {
        try optimizerCase.make().load(bytes)
      }
    }
  }

  private func canSave(_ component: BenchComponent, _ settings: [String]) throws -> Bool {
    do throws(ComponentError) {
      let optimizer: ForeignOptimizer
      do { optimizer = try OptimizerCase(component).make(settings) } catch { return false }
      _ = try optimizer.save()
      return true
    } catch {
      #expect(error.severity == .unsupported)
      return false
    }
  }
}
