import Foundation
import QHostInterfaces
import QHostPluginTesting
import QHostRuntime
import QHostTesting
import Testing

/// A plugin that `qhost new-plugin` can write.
struct Combination: Sendable, CustomTestStringConvertible {
  let language: GeneratedLanguage
  let kind: ComponentKind

  var testDescription: String { "\(kind) in \(language)" }

  /// All whose tools are here.
  ///
  /// In Swift, whose first build takes a minute, one of the five kinds unless QHOST_THOROUGH is set.
  static let present = GeneratedLanguage.allCases.filter(\.isPresent).flatMap { language in
    ComponentKind.allCases.filter { language != .swift || isThorough || $0 == .optimizer }.map {
      Combination(language: language, kind: $0)
    }
  }
  static let isThorough = ProcessInfo.processInfo.environment["QHOST_THOROUGH"] != nil
}

@Suite("Plugins that qhost writes")
struct GeneratedPluginTests {
  @Test("The printed commands build, show and run it", arguments: Combination.present)
  func commands(_ combination: Combination) throws {
    let plugin = try GeneratedPlugin(combination.language, combination.kind)
    #expect(plugin.commands.count == 4)
    let build = try plugin.shell(Array(plugin.commands.prefix(2)))
    try #require(build.ending == .exited(0), "\(build.output)\(build.errors)")
    if combination.language != .swift { #expect(!build.errors.contains("warning")) }
    let validation = try HostProgram.run(["validate", plugin.library, "--quiet"])
    #expect(validation.ending == .exited(0), "\(validation.output)\(validation.errors)")
    let show = try plugin.shell([plugin.commands[0], plugin.commands[2]])
    #expect(show.output.hasPrefix("\(combination.kind) \(plugin.name): "), "\(show.errors)")
    let run = try plugin.shell([
      plugin.commands[0], plugin.commands[3] + " --max-evals 200 --quiet --output result",
    ])
    #expect(run.ending == .exited(0), "\(run.errors)")
    #expect(run.output.contains(plugin.name))
    if combination.kind == .target {
      let header = try String(
        contentsOfFile: plugin.folder + "/result/network.h", encoding: .utf8)
      #expect(header.contains("static const float constant_0[] = {"))
    }
  }

  @Test("Each language's optimizer gives the same numbers, and they go into one comparison")
  func comparison() throws {
    let languages = Combination.present.filter { $0.kind == .optimizer }.map(\.language)
    let plugins = try languages.map { try GeneratedPlugin($0, .optimizer, named: "es-in-\($0)") }
    let folders = try plugins.map { try $0.build() }
    let names = plugins.map(\.name)
    let state = try TemporaryFolder()
    let compare = try HostProgram.run(
      [
        "compare", "-o", names.joined(separator: ","), "-m", "mlp", "-d", "iris",
        "--seeds", "2", "--max-evals", "300", "--quiet", "--output", state.path + "/all",
      ], plugins: folders, isolatesUntrusted: true)
    #expect(compare.ending == .exited(0), "\(compare.errors)")
    for name in names { #expect(compare.output.contains(name)) }
    let losses = try names.map { name in
      let run = try HostProgram.run(
        [
          "run", "--optimizer", name, "--dataset", "iris", "--max-evals", "300", "--json",
          "--quiet", "--seed", "7",
        ], plugins: folders, isolatesUntrusted: true)
      let record = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
      let metrics = record?["metrics"] as? [String: [String: Double]]
      return try #require(metrics?["train"]?["loss"], "\(run.errors)")
    }
    for loss in losses { #expect(abs(loss - losses[0]) < 1e-9 * losses[0]) }
    // Their folders go with them.
    withExtendedLifetime(plugins) {}
  }

  @Test(
    "What is thrown in C++ becomes an error of the run",
    .enabled(if: GeneratedLanguage.cpp.isPresent, "there is no c++"),
    arguments: [
      ("throw std::runtime_error(\"boom\")", "boom"), ("throw 42", "not a std::exception"),
    ])
  func thrown(_ statement: String, _ message: String) throws {
    let plugin = try GeneratedPlugin(.cpp, .optimizer, named: "thrower")
    try plugin.replace(
      "const double loss = answer.losses[0];",
      with: "const double loss = answer.losses[0]; if (queries == 3) \(statement);",
      in: "thrower.cpp")
    try failsWith(message, plugin)
  }

  @Test(
    "A panic in Rust becomes an error of the run",
    .enabled(if: GeneratedLanguage.rust.isPresent, "there is no cargo"))
  func panic() throws {
    let plugin = try GeneratedPlugin(.rust, .optimizer, named: "panicker")
    try plugin.replace(
      "let loss = answer.losses[0];",
      with: "let loss = answer.losses[0]; assert!(self.queries != 3, \"boom\");", in: "src/lib.rs")
    try failsWith("the plugin panicked: boom", plugin)
  }

  private func failsWith(_ message: String, _ plugin: GeneratedPlugin) throws {
    let folder = try plugin.build()
    let run = try HostProgram.run(
      ["run", "--optimizer", plugin.name, "--dataset", "iris", "--max-evals", "100", "--quiet"],
      plugins: [folder], isolatesUntrusted: true)
    #expect(run.ending == .exited(4))
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.contains(plugin.name))
  }

  @Test("It exports its entry alone", .enabled(if: Program.exists("nm"), "there is no nm"))
  func exports() throws {
    // g++ gives the templates of its own library, which other libraries may have too, default visibility.
    for language in [GeneratedLanguage.c, .rust] where language.isPresent {
      let plugin = try GeneratedPlugin(language, .model)
      _ = try plugin.build()
      let symbols = try Program("nm", ["-D", "--defined-only", plugin.library])
      let names = symbols.output.split(separator: "\n").compactMap { $0.split(separator: " ").last }
      #expect(names == ["qhost_plugin_entry_v1"])
    }
  }

  @Test(
    "Two plugins with Swift's libraries in them work in one host",
    .enabled(
      if: Combination.isThorough && GeneratedLanguage.swift.isPresent, "QHOST_THOROUGH is not set"))
  func twoRuntimes() throws {
    let optimizer = try GeneratedPlugin(.swift, .optimizer)
    let model = try GeneratedPlugin(.swift, .model)
    _ = try optimizer.build()
    let folder = try model.build()
    let run = try HostProgram.run(
      [
        "run", "--optimizer", optimizer.name, "--model", model.name, "--dataset", "iris",
        "--max-evals", "300", "--quiet",
      ], plugins: [folder], isolatesUntrusted: true)
    #expect(run.ending == .exited(0), "\(run.errors)")
    for library in [optimizer.library, model.library] {
      let needed = try Program("ldd", [library])
      #expect(!needed.output.contains("libswift"))
    }
  }
}
