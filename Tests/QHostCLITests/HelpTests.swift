import Foundation
import Testing

@Suite("Help and completion")
struct HelpTests {
  @Test("--help lists the commands")
  func helpListsCommands() throws {
    let result = try Program().run("--help")
    #expect(result.code == 0)
    #expect(result.error.isEmpty)
    for command in [
      "run", "compare", "merge", "export", "reproduce", "eval", "predict", "export-weights",
      "export-documents", "plugins", "data", "doctor",
    ] {
      #expect(result.output.contains("\n  \(command) "), "\(command)")
    }
  }

  @Test("run --help gives the parameters of the components that the line picks")
  func runHelpGivesParameters() throws {
    let result = try Program().run(
      "run", "--optimizer", "ga", "--model", "mlp", "--dataset", "functions", "--help")
    #expect(result.code == 0)
    for word in [
      "--max-forward-equivalents", "optimizer ga: ", "--set optimizer.population=",
      "--set model.hidden=N,N,...", "--set dataset.function=NAME", "rastrigin",
    ] {
      #expect(result.output.contains(word), "\(word)")
    }
    #expect(!result.output.contains("optimizer adam: "))
  }

  @Test("run --help with an unknown component suggests the nearest, and helps all the same")
  func runHelpSuggests() throws {
    let result = try Program().run("run", "--optimizer", "adma", "--help")
    #expect(result.code == 0)
    #expect(result.output.contains("did you mean 'adam'?"))
    #expect(result.output.contains("--max-evals"))
  }

  @Test("Completion scripts name commands and options", arguments: ["bash", "zsh", "fish"])
  func completionScripts(shell: String) throws {
    let program = try Program()
    let result = try program.run("--generate-completion-script", shell)
    #expect(result.code == 0)
    for word in ["optimizer", "max-evals", "doctor", "resume"] {
      #expect(result.output.contains(word), "\(word)")
    }
    if shell == "bash" {
      let path = try program.write(result.output, to: "completion.bash")
      #expect(try program.shell("bash -n '\(path)'").code == 0)
    }
  }

  @Test("--version gives a version")
  func version() throws {
    let result = try Program().run("--version")
    #expect(result.code == 0)
    #expect(result.output.split(separator: ".").count == 3)
  }
}
