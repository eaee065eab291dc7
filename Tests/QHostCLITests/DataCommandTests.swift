import Foundation
import Testing

@Suite("qhost data")
struct DataCommandTests {
  @Test("list says which datasets are ready")
  func listSaysWhatIsReady() throws {
    let result = try Program().run("data", "list")
    #expect(result.code == 0)
    let lines = result.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("iris ") && $0.contains("ready") })
    #expect(lines.contains { $0.hasPrefix("mnist ") && $0.contains("absent") })
    #expect(result.output.contains("data folders: "))
  }

  @Test("show gives rows, shapes and the digest that a run gives too")
  func showGivesShapes() throws {
    let program = try Program()
    let text = try program.run("data", "show", "iris").output
    for word in ["classification", "100 train, 50 test", "setosa", "standardize"] {
      #expect(text.contains(word), "\(word)")
    }
    let object = try program.run("data", "show", "iris", "--json").json()
    #expect(object["schema"] as? String == "qhost.dataset/1")
    #expect(object["input"] as? [Int] == [4])
    #expect(object["output"] as? [Int] == [3])
    let run = try Record(
      try program.run("run", "--optimizer", "adam", "--max-evals", "2", "--json", "-q"))
    #expect(try run.part("dataset")["sha256"] as? String == object["sha256"] as? String)
  }

  @Test("show takes parameters, and refuses those that do not exist")
  func showTakesParameters() throws {
    let program = try Program()
    let command = ["data", "show", "functions", "--json", "--set"]
    #expect(
      try program.run(command + ["dataset.dimension=7"]).json()["output"] as? [Int] == [7])
    expectRefusal(
      try program.run(command + ["dataset.dimensoin=7"]), code: 2,
      "did you mean 'dataset.dimension'?")
    expectRefusal(try program.run("data", "show", "csv"), code: 2, "needs dataset.path")
  }

  @Test("fetch of a dataset without files says that it is ready")
  func fetchOfNothing() throws {
    let result = try Program().run("data", "fetch", "iris")
    #expect(result.code == 0)
    #expect(result.output == "dataset 'iris' needs no files: it is ready\n")
  }

  @Test("fetch gets a file once, checks it, and puts it into the data folder")
  func fetchGetsAFile() throws {
    let program = try Program()
    let command = ["data", "fetch", "fetched", "--plugins", try FaultyPlugin.folder.get()]
    let first = try program.run(command)
    #expect(first.code == 0, "\(first.error)")
    let path = program.folder + "/DATA/qhost/data/fetched/file.txt"
    #expect(try String(contentsOfFile: path, encoding: .utf8) == FaultyPlugin.contents)
    let second = try program.run(command)
    #expect(second.code == 0)
    #expect(second.error.isEmpty)
  }

  @Test("fetch keeps no file that has another digest")
  func fetchChecksTheDigest() throws {
    let program = try Program()
    expectRefusal(
      try program.run(
        "data", "fetch", "mistaken", "--quiet", "--plugins", try FaultyPlugin.folder.get()),
      code: 5, "has SHA-256", "was not kept")
    #expect(program.files(in: "DATA/qhost/data/wrong").isEmpty)
  }

  @Test("fetch of a file that is not there says so and where it would go")
  func fetchOfAMissingFile() throws {
    let program = try Program()
    expectRefusal(
      try program.run(
        "data", "fetch", "missing", "--quiet", "--plugins", try FaultyPlugin.folder.get()),
      code: 5, "cannot be fetched: there is no such file", "DATA/qhost/data/gone/file.txt")
    #expect(program.files(in: "DATA/qhost/data/gone").isEmpty)
  }

  @Test("fetch from a host that cannot be reached says so")
  func fetchFromNowhere() throws {
    // Port 9 of this machine: refused at once, and nothing leaves it.
    let nowhere = "http://127.0.0.1:9"
    let program = try Program([
      "https_proxy": nowhere, "http_proxy": nowhere, "all_proxy": nowhere, "no_proxy": "",
    ])
    expectRefusal(
      try program.run("data", "fetch", "mnist", "--quiet"), code: 5,
      "train-images-idx3-ubyte.gz' cannot be fetched", "check the network")
  }
}
