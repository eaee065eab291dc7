import Foundation
import Testing

@Suite("qhost plugins")
struct PluginsCommandTests {
  @Test("lists every component by kind")
  func itListsComponents() throws {
    let result = try Program().run("plugins")
    #expect(result.code == 0)
    #expect(result.error.isEmpty)
    for word in ["optimizers", "models", "datasets", "adam", "mlp", "iris", "functions"] {
      #expect(result.output.contains(word), "\(word)")
    }
  }

  @Test("--json names plugins, their files and the folders that were searched")
  func itWritesJSON() throws {
    let object = try Program().run("plugins", "--json").json()
    #expect(object["schema"] as? String == "qhost.plugins/1")
    #expect((object["broken"] as? [Any])?.isEmpty == true)
    let plugins = try #require(object["plugins"] as? [[String: Any]])
    #expect(plugins.count >= 3)
    for plugin in plugins {
      let path = try #require(plugin["path"] as? String)
      #expect(FileManager.default.fileExists(atPath: path))
    }
    #expect((object["folders"] as? [String])?.isEmpty == false)
  }

  @Test("show gives a component's parameters with range and default")
  func showGivesParameters() throws {
    let program = try Program()
    let text = try program.run("plugins", "show", "adam").output
    #expect(text.contains("optimizer adam: "))
    #expect(text.contains("--set optimizer.learning_rate=X"))
    #expect(text.contains("default: 0.01"))
    let object = try program.run("plugins", "show", "mlp", "--json").json()
    #expect(object["schema"] as? String == "qhost.components/1")
    let component = try #require((object["components"] as? [[String: Any]])?.first)
    #expect(component["kind"] as? String == "model")
    let parameters = try #require(component["parameters"] as? [[String: Any]])
    #expect(parameters.contains { $0["name"] as? String == "hidden" })
  }

  @Test("show takes a plugin's name and a full name too")
  func showTakesOtherNames() throws {
    let program = try Program()
    let all = try program.run("plugins", "show", "classical-optimizers").output
    for name in ["adam", "sgd", "ga", "sa", "random"] {
      #expect(all.contains("optimizer \(name): "))
    }
    #expect(try program.run("plugins", "show", "qhost.adam").code == 0)
  }

  @Test("show of an unknown name suggests the nearest")
  func showSuggests() throws {
    expectRefusal(
      try Program().run("plugins", "show", "adma"), code: 2, "'adma'", "did you mean 'adam'?")
  }

  @Test("lists a file that is not a plugin with the reason, and the others still work")
  func brokenFilesAreListed() throws {
    let program = try Program()
    let path = try program.write("no library\n", to: "plugins/libqhost-broken.so")
    let text = try program.run("plugins", "--plugins", "plugins").output
    #expect(text.contains("broken  \(path)"))
    #expect(text.contains("it cannot be loaded"))
    let listed = try program.run("plugins", "--json", "--plugins", "plugins").json()
    #expect((listed["broken"] as? [[String: String]])?.first?["path"] == path)
    #expect(
      try program.run(
        "run", "--plugins", "plugins", "--optimizer", "adam", "--max-evals", "5", "-q"
      ).code == 0)
  }

  @Test("QHOST_PLUGIN_PATH adds the folder of a plugin in C")
  func thePluginPathIsSearched() throws {
    let folder = try FaultyPlugin.folder.get()
    let program = try Program(["QHOST_PLUGIN_PATH": folder])
    #expect(try program.run("plugins").output.contains("faulty"))
    let record = try Record(
      try program.run(
        "run", "--optimizer", "faulty", "--max-evals", "5", "--json", "--quiet"))
    #expect(try record.part("optimizer")["plugin"] as? String == "faulty")
  }
}
