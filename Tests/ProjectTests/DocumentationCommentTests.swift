import Foundation
import Testing

/// What is said of public functions: when they throw, and what each parameter is.
///
/// One that implements what a protocol of the interfaces or of its own folder asks for is documented there.
@Suite("Documentation comments")
struct DocumentationCommentTests {
  /// How many public functions of a folder may lack something, numbers that only fall.
  private static let exceptions = [
    "Sources/QHostBridging": 28,
    "Sources/QHostComparing": 35,
    "Sources/QHostIsolating": 9,
    "Sources/QHostLibrary": 8,
    "Sources/QHostQuerying": 1,
    "Sources/QHostRuntime": 41,
    "Sources/QHostTrusting": 1,
    "Plugins/AnomalyDetectors": 4,
    "Plugins/AntennaTilt": 1,
    "Plugins/BipartiteFunctions": 1,
    "Plugins/C99": 1,
    "Plugins/ClassicalOptimizers": 12,
    "Plugins/Compressors": 4,
    "Plugins/DriftingStreams": 1,
    "Plugins/EvolutionaryOptimizers": 10,
    "Plugins/ForeignFunctions": 1,
    "Plugins/LinkAdaptation": 1,
    "Plugins/MOS6502": 18,
    "Plugins/NLoptOptimizers": 1,
    "Plugins/NeuralModels": 19,
    "Plugins/ONNX": 1,
    "Plugins/QuantumNeurons": 1,
    "Plugins/QuantumStates": 3,
    "Plugins/SchrodingerSolvers": 5,
    "Plugins/SeriesDatasets": 1,
    "Plugins/SpikingNeurons": 2,
    "Plugins/StandardDatasets": 1,
    "Plugins/SubBandAllocation": 1,
    "Plugins/Tunneling": 3,
  ]

  /// The folders of public functions: all of the host's, the SDK's and the plugins'.
  private static let folders =
    SourceFile.folders(in: "Sources").map { "Sources/\($0)" } + ["SDK/Swift"]
    + SourceFile.folders(in: "SDK/Libraries").map { "SDK/Libraries/\($0)" }
    + SourceFile.folders(in: "Plugins").map { "Plugins/\($0)" }

  private static func functions(in folder: String) throws -> [(SourceFile, PublicFunction)] {
    try SourceFile.all(in: folder).filter { !$0.description.contains("/Tests/") }
      .flatMap { file in PublicFunction.all(in: file).map { (file, $0) } }
  }

  private static let interfaces = Result { try functions(in: "Sources/QHostInterfaces") }

  /// The names of functions whose comments say all.
  private static func documented(_ functions: [(SourceFile, PublicFunction)]) -> Set<String> {
    let complete = functions.map(\.1).filter {
      $0.listsParameters && (!$0.canThrow || $0.comment.contains("- Throws:"))
    }
    return Set(complete.map(\.name))
  }

  /// What a function's comment lacks.
  private static func lacks(
    _ function: PublicFunction, _ file: SourceFile, documented: Set<String>
  ) -> [String] {
    if documented.contains(function.name) { return [] }
    var lacks: [String] = []
    if function.canThrow, !function.saysWhenItThrows { lacks.append("'- Throws:', with when") }
    if function.parameters.count > 1, !function.listsParameters,
      !function.parameters.allSatisfy(function.names),
      !(function.name.hasPrefix("init(")
        && function.parameters.allSatisfy { isProperty($0, of: file) })
    {
      lacks.append("'- Parameters:', with shape, unit and range of each")
    }
    return lacks
  }

  /// Whether a file has a public property, whose comment says what a parameter of the same name is.
  private static func isProperty(_ name: String, of file: SourceFile) -> Bool {
    file.text.range(
      of: "public (?:(?:private|package|internal)\\(set\\) )?(?:var|let) \(name)\\b",
      options: .regularExpression) != nil
  }

  @Test("A function's comment says when it throws and what its parameters are", arguments: folders)
  func functions(_ folder: String) throws {
    let own = try Self.functions(in: folder)
    let documented = try Self.documented(Self.interfaces.get()).union(Self.documented(own))
    let faults = own.flatMap { file, function in
      Self.lacks(function, file, documented: documented).map { "\(function) lacks \($0)" }
    }
    let allowed = Self.exceptions[folder] ?? 0
    #expect(
      faults.count <= allowed,
      "\(faults.count) of \(folder) instead of at most \(allowed):\n\(faults.joined(separator: "\n"))"
    )
    #expect(!faults.isEmpty || allowed == 0, "\(folder) needs no exception any more")
  }

  @Test(
    "A comment is more than a symbol",
    arguments: ["Sources/QHostInterfaces", "SDK/Swift", "SDK/Libraries"])
  func words(_ folder: String) throws {
    for file in try SourceFile.all(in: folder) where !file.description.contains("/Tests/") {
      let lines = file.text.components(separatedBy: "\n")
      for (index, line) in lines.enumerated().dropFirst().dropLast() {
        let text = line.trimmingCharacters(in: .whitespaces)
        guard text.hasPrefix("/// "), text.count <= 7 || text == "/// None.",
          !lines[index - 1].contains("///"), !lines[index + 1].contains("///"),
          text.last == "."
        else { continue }
        Issue.record("\(file):\(index + 1) says '\(text.dropFirst(4))'; say what that is")
      }
    }
  }

  @Test("What is public is found, with its parameters and its comment")
  func finds() throws {
    let file = SourceFile(
      description: "a.swift",
      text: """
        public protocol P {
          /// Does it.
          func act(_ place: Int, with values: [(Int) -> Void]) throws(E) -> Int
          func rest()
        }
        extension P {
          func hidden(a: Int, b: Int) throws {}
          /// Makes one.
          ///
          /// - Parameters:
          ///   - a: first.
          @inlinable
          public init?(
            a: Int, b second: [Int: Int] = [:]
          ) {}
        }
        """)
    let found = PublicFunction.all(in: file)
    #expect(found.map(\.name) == ["act(_:with:)", "rest()", "init(a:b:)"])
    #expect(found.map(\.parameters) == [["place", "values"], [], ["a", "second"]])
    #expect(found.map(\.canThrow) == [true, false, false])
    #expect(found.map(\.listsParameters) == [false, false, true])
    #expect(found[0].comment == "Does it." && found[0].description == "a.swift:3")
  }
}
