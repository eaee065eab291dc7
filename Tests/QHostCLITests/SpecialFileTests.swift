import Foundation
import Testing

@Suite("What is not a file")
struct SpecialFileTests {
  static let commands = [
    "eval", "deploy --target c99", "compare", "report", "run --quiet --from",
    "run --quiet --dataset csv --set dataset.path",
  ]

  @Test("is refused as input with a sentence", arguments: commands)
  func inputs(command: String) throws {
    let program = try Program()
    _ = try program.shell("mkfifo pipe; mkdir folder; ln -s /dev/zero link")
    let isTable = command.hasSuffix("path")
    // A named pipe may well hold a table.
    for path in ["/dev/zero", "link", "folder"] + (isTable ? [] : ["pipe"]) {
      let joint = isTable ? "=" : " "
      var input = path
      if command == "report" {
        input = path.replacing("/", with: "_") + ".jsonl"
        _ = try program.shell("ln -s \(path) \(input)")
      }
      let result = try program.shell("timeout 20 \"$0\" \(command)\(joint)\(input)")
      #expect(
        result.code == 5 || (path == "folder" && result.code == 2), "\(path): \(result.error)")
      #expect(result.errorLines.count == 1, "\(path): \(result.error)")
    }
  }

  @Test("is written into as output, and stays what it is; a link stays too")
  func outputs() throws {
    let program = try Program()
    let result = try program.shell(
      """
      set -e
      "$0" compare -o sa -d iris --seeds 2 --max-evals 20 --quiet --output j > /dev/null
      mkfifo pipe; ln -s page.html link.html; echo old > page.html; chmod 600 page.html
      cat pipe > read & "$0" report j --format html --output pipe > /dev/null; wait $!
      "$0" report j --output link.html > /dev/null
      "$0" report j --format csv --output /dev/stdout | head -1
      test -p pipe; test -L link.html; grep -q '<html' read; grep -q '<html' page.html
      test "$(stat -c %a page.html)" = 600
      """)
    #expect(result.code == 0, "\(result.error)")
    #expect(result.output.contains(","))
    let full = try program.shell("\"$0\" report j --format csv --output /dev/full")
    #expect(full.code == 5 && full.error.contains("free some space"), "\(full.error)")
  }

  @Test("of a long name is exported under a shorter one")
  func longNames() throws {
    let program = try Program()
    let path = String(repeating: "long-folder/", count: 20) + "t.csv"
    _ = try program.write("a,b\n1,0\n2,1\n3,0\n4,1\n", to: path)
    let made = try program.shell(
      "\"$0\" compare -o sa -d 'csv[path=\(path)]' --seeds 2 --max-evals 20 --quiet --output j")
    #expect(made.code == 0, "\(made.error)")
    for format in ["ioh", "tensorboard", "csv"] {
      let result = try program.run("export", "j", "--format", format, "--output", format)
      #expect(result.code == 0, "\(result.error)")
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: program.folder + "/ioh")
    for name in names.flatMap({ $0.split(separator: "/") }) { #expect(name.utf8.count <= 140) }
  }
}

@Suite("Output that is lost")
struct LostOutputTests {
  @Test("ends a comparison with a sentence, when its folder vanishes")
  func removedFolder() throws {
    let program = try Program()
    let result = try program.shell(
      """
      "$0" compare -o sa -d iris --seeds 40 --max-evals 20000 --jobs 1 --quiet --output c > out & P=$!
      until test -s c/journal.jsonl; do sleep 0.05; done
      rm -rf c; wait $P
      """)
    #expect(result.code == 5, "\(result.error)")
    #expect(result.error.contains("was removed while the comparison wrote it"), "\(result.error)")
  }

  @Test("does not take the result of a run with it")
  func removedRunFolder() throws {
    let program = try Program()
    let result = try program.shell(
      """
      "$0" run --optimizer sa --max-time 2 --json --quiet --output r & P=$!
      until test -d r; do sleep 0.05; done
      rm -rf r; wait $P
      """)
    #expect(result.code == 5, "\(result.error)")
    #expect(result.error.contains("model.safetensors"), "\(result.error)")
    #expect(try result.json()["stop_reason"] != nil)
  }

  @Test("cannot come from two runs in one folder")
  func lock() throws {
    let program = try Program()
    let result = try program.shell(
      """
      "$0" run --optimizer sa --max-time 3 --quiet --output r > /dev/null & P=$!
      until test -d r; do sleep 0.05; done; sleep 0.3
      "$0" run --optimizer sa --max-evals 9 --quiet --output r; echo $?
      wait $P
      """)
    #expect(result.code == 0)
    #expect(result.output == "2\n" && result.error.contains("another qhost is running in"))
  }
}

@Suite("Absurd sizes")
struct AbsurdSizeTests {
  @Test("of a plan are refused before they are made")
  func plans() throws {
    let program = try Program()
    let values = (1...400).map { "\(Double($0) / 1000)" }.joined(separator: ", ")
    let plan = """
      optimizers:
        - adam: {learning_rate: [\(values)], beta1: [\(values)], beta2: [\(values)]}
      models: [logistic]
      datasets: [iris]
      seeds: 2
      """
    _ = try program.write(plan, to: "plan.yaml")
    expectRefusal(
      try program.run("compare", "plan.yaml", "--dry-run"), code: 2, "line 2", "400 x 400 x 400")
    expectRefusal(
      try program.run(
        "compare", "-o", "adam[learning_rate=\(values.replacing(" ", with: ""))]", "-m",
        "mlp[hidden=\((1...100).map(String.init).joined(separator: ","))]", "-d", "iris",
        "--dry-run"),
      code: 2, "400 x 100")
  }

  @Test("of a journal are refused, and figures that cannot be")
  func journals() throws {
    let program = try Program()
    _ = try program.run(
      [
        "compare", "-o", "sa", "-d", "iris", "--seeds", "2", "--max-evals", "20", "-q", "--output",
        "c",
      ])
    let path = program.folder + "/c/journal.jsonl"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (pattern, other, says) in [
      (#""cells":2"#, #""cells":1000000000"#, "line 1"),
      (#""cell":2,"#, #""cell":-2,"#, "no cell -2"),
      (#""accuracy":0"#, #""accuracy":7"#, "accuracy 7"),
      (#""training_passes":"#, #""training_passes":-"#, "training_passes"),
    ] {
      let damaged = text.replacing(pattern, with: other)
      #expect(damaged != text, "\(pattern)")
      _ = try program.write(damaged, to: "d/journal.jsonl")
      for command in [["report", "d"], ["merge", "d", "--output", "m"]] {
        expectRefusal(try program.run(command + ["-q"]), code: 5, says)
      }
    }
  }

  @Test("A plan may have a byte order mark")
  func byteOrderMark() throws {
    let program = try Program()
    _ = try program.write(
      "\u{FEFF}optimizers: [sa]\nmodels: [logistic]\ndatasets: [iris]\nseeds: 1\nbudget: {max_evals: 5}\n",
      to: "plan.yaml")
    let result = try program.run("compare", "plan.yaml", "--dry-run", "--output", "y")
    #expect(result.code == 0, "\(result.error)")
  }
}

@Suite("Text of others")
struct ForeignTextTests {
  @Test("is shown and not obeyed by the terminal")
  func escapes() throws {
    let program = try Program()
    let path = try program.write(
      "a\u{1B}[31m,b\u{9B}2J,k\n1,2,x\u{202E}\n3,4,y\n5,6,x\u{202E}\n7,8,y\n", to: "t.csv")
    let shown = try program.run("data", "show", "csv", "--set", "dataset.path=\(path)")
    #expect(shown.code == 0)
    let effects: [UnicodeScalar] = ["\u{1B}", "\u{9B}", "\u{202E}"]
    #expect(!shown.output.unicodeScalars.contains { effects.contains($0) })
    #expect(shown.output.contains("a\\u001B[31m") && shown.output.contains("\\u009B2J"))
    let json = try program.run("data", "show", "csv", "--json", "--set", "dataset.path=\(path)")
    #expect(try json.json()["features"] as? [String] == ["a\u{1B}[31m", "b\u{9B}2J"])
    let refused = try program.run(
      "data", "show", "csv", "--set", "dataset.path=\(path)", "--set", "dataset.target=z\u{1B}[2J")
    #expect(refused.error.contains("z\\u001B[2J"))
    let broken = try program.run(
      "data", "show", "csv", "--set", "dataset.path=\(path)", "--set", "dataset.target=z\ny")
    #expect(broken.errorLines.count == 1 && broken.error.contains("z y"))
  }
}
