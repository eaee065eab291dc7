import CQHost
import QHostBridging
import QHostInterfaces
import QHostPluginTesting
import QHostTesting
import Testing

@Suite("New plugins in the first release of the host")
struct AncientHostTests {
  /// Optimizers built today, one a language; in Swift, which takes the longest, with QHOST_THOROUGH set.
  static let libraries: [String] = languages.compactMap { language in
    guard let plugin = try? GeneratedPlugin(language, .optimizer, named: "new-in-\(language)"),
      (try? plugin.build()) != nil
    else { return nil }
    kept.append(plugin)
    return plugin.library
  }
  private static let languages = GeneratedLanguage.allCases.filter {
    $0.isPresent && ($0 != .swift || Combination.isThorough)
  }
  private nonisolated(unsafe) static var kept: [GeneratedPlugin] = []

  @Test("None of them failed to build")
  func built() { #expect(Self.libraries.count == Self.languages.count) }

  @Test(
    "The entry takes an older minor version, and refuses another major one", arguments: libraries)
  func entry(_ library: String) throws {
    let host = try #require(AncientHost(library))
    #expect(host.enter(minor: 0).0 != nil)
    #expect(host.enter(minor: 99).0 != nil)
    let (table, message) = host.enter(major: 2)
    #expect(table == nil)
    #expect(message.contains("another major version"))
  }

  @Test("A plugin that needs a later version refuses an older host")
  func tooOld() throws {
    guard CCompiler.isPresent else { return }
    let folder = try TemporaryFolder()
    let library = try CCompiler.fixture(
      "one_optimizer", in: folder, definitions: ["MINOR=\(QHOST_ABI_MINOR + 1)"])
    let host = try #require(AncientHost(library))
    let (table, message) = host.enter(minor: QHOST_ABI_MINOR)
    #expect(table == nil)
    #expect(message.contains("too old"))
    #expect(host.enter(minor: QHOST_ABI_MINOR + 1).0 != nil)
  }

  @Test("Shorter structs are neither read nor written beyond their end", arguments: libraries)
  func structs(_ library: String) throws {
    let ancient = try run(try #require(AncientHost(library)))
    let today = try run(try #require(AncientHost(library, isAncient: false)))
    #expect(ancient == today)
    #expect(ancient.min().map { $0 < ancient[0] / 4 } == true, "\(ancient)")
  }

  /// The losses of a sphere in three dimensions, of which the second is whole and the third a category.
  private func run(_ host: AncientHost) throws -> [Double] {
    let plugin = try #require(host.enter().0).pointee
    let component = try #require(plugin.components[0])
    let table = component.pointee.table.assumingMemoryBound(to: qhost_optimizer.self).pointee
    var value = qhost_value.sized()
    (value.type, value.real) = (QHOST_REAL, 1)
    let values: [UnsafePointer<qhost_value>?] = [UnsafePointer(host.stored(value))]
    var problem = qhost_problem.sized()
    problem.queries = 1 << QHOST_QUERY_POINTS
    problem.dimension = 3
    (problem.row_count, problem.batch_rows) = (1, 1)
    var instance: UnsafeMutableRawPointer?
    let kinds = [QHOST_PARAMETER_REAL, QHOST_PARAMETER_INTEGER, QHOST_PARAMETER_CATEGORICAL]
    let status = values.withUnsafeBufferPointer { values in
      kinds.withUnsafeBufferPointer { kinds in
        withArrays([-10, -9, 0], [10, 9, 4], [5, 4, 3], [1, 1, 1]) {
          lower, upper, initial, scales in
          (problem.kinds, problem.lower, problem.upper) = (kinds.baseAddress, lower, upper)
          (problem.initial, problem.scales) = (initial, scales)
          var request = qhost_request.sized()
          (request.component, request.host) = (component, UnsafePointer(host.host()))
          (request.value_count, request.values) = (1, values.baseAddress)
          return table.create(host.stored(request), host.stored(problem), &instance, nil)
        }
      }
    }
    try #require(status == QHOST_OK)
    defer { table.destroy(instance) }
    var losses: [Double] = []
    for _ in 0..<40 {
      let query = host.stored(qhost_query.sized())
      try #require(table.ask(instance, query, nil) == QHOST_OK)
      #expect(host.isUntouched(query))
      let point = try #require(query.pointee.points)
      let loss = point[0] * point[0] + point[1] * point[1] + point[2] * point[2]
      losses.append(loss)
      let told = withUnsafePointer(to: loss) { loss in
        var answer = qhost_answer.sized()
        (answer.kind, answer.loss_count, answer.losses) = (QHOST_QUERY_POINTS, 1, loss)
        (answer.infeasible_above, answer.infeasible_rise) = (.infinity, 0)
        return table.tell(instance, host.stored(answer), nil)
      }
      try #require(told == QHOST_OK)
    }
    return losses
  }

  private func withArrays<Result>(
    _ a: [Double], _ b: [Double], _ c: [Double], _ d: [Double],
    _ body: (
      UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?
    ) -> Result
  ) -> Result {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        c.withUnsafeBufferPointer { c in
          d.withUnsafeBufferPointer { d in
            body(a.baseAddress, b.baseAddress, c.baseAddress, d.baseAddress)
          }
        }
      }
    }
  }
}
