import Foundation
import Testing

/// Damaged files of every kind that is read: 300 with the rest of the tests, 17 times as many with `QHOST_THOROUGH=1`.
///
/// Whatever a file holds, the program ends within 20 s, with a result or with one sentence and the code of bad data or
/// usage; nothing that the file holds reaches the terminal as a command.
@Suite("Damaged files", .serialized)
struct MutationTests {
  /// A kind of file.
  struct Kind: CustomStringConvertible, Sendable {
    let description: String
    /// Damaged copies.
    let count: Int
    /// Commands that make the file in the current folder.
    let making: String
    /// The file.
    let file: String
    /// What reads `$F`, a damaged copy that has the file's place; `$N` is its number.
    let reading: String
  }

  static let kinds = [
    Kind(
      description: "tables", count: 80,
      making: """
        printf 'x;"y, z";k\\n' > file.csv
        for i in 1 2 3 4 5 6 7 8 9; do printf '%s,5;"%s";class %s\\n' $i $((i * 7 % 5)) $((i % 2)); done >> file.csv
        """, file: "file.csv", reading: "\"$0\" data show csv --set dataset.path=file.csv"),
    Kind(
      description: "images", count: 40, making: "",
      file: "data/mnist/train-images-idx3-ubyte",
      reading: "QHOST_DATA=\"$PWD/data\" \"$0\" data show mnist"),
    Kind(
      description: "models", count: 50,
      making: "\"$0\" run --optimizer adam --max-evals 20 --quiet --output . > /dev/null",
      file: "model.safetensors", reading: "\"$0\" eval model.safetensors"),
    Kind(
      description: "networks", count: 40,
      making: """
        "$0" run --optimizer adam --max-evals 20 --quiet --output . > /dev/null
        "$0" deploy model.safetensors --target onnx --quiet --output net > /dev/null
        mv net/*.onnx net.onnx
        """, file: "net.onnx",
      reading: "\"$0\" deploy net.onnx --target onnx --quiet --output out.$N"),
    Kind(
      description: "checkpoints", count: 30, making: "", file: "run/checkpoint.safetensors",
      reading: "rm -f run/model.safetensors; \"$0\" run --resume run --quiet"),
    Kind(
      description: "journals", count: 40,
      making:
        "\"$0\" compare -o sa,random -d iris --seeds 2 --max-evals 20 --quiet --output cmp > /dev/null",
      file: "cmp/journal.jsonl",
      reading:
        "\"$0\" report cmp --format csv && \"$0\" merge cmp --quiet --output merged.$N && \"$0\" export cmp --format csv --quiet --output csv.$N"
    ),
    Kind(
      description: "plans", count: 20,
      making: """
        cat > plan.yaml <<'END'
        optimizers:
          - sa
          - adam: {learning_rate: [0.01, 0.001]}
        models: [logistic]
        datasets: [iris]
        seeds: 2
        budget: {max_evals: 20}
        END
        """, file: "plan.yaml",
      reading: "\"$0\" compare plan.yaml --dry-run --no-estimate --jobs 1 --output dry"),
  ]

  private static let isThorough = ProcessInfo.processInfo.environment["QHOST_THOROUGH"] == "1"

  @Test("end in a result or a sentence, soon and with the right code", arguments: kinds)
  func damaged(kind: Kind) throws {
    let program = try Program()
    try prepare(kind, in: program)
    let path = program.folder + "/" + kind.file
    let intact = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    let count = kind.count * (Self.isThorough ? 17 : 1)
    for number in 0..<count {
      var mutator = Mutator(seed: UInt64(number + 1))
      _ = try program.write(Data(mutator.damaged(intact)), to: "damaged/\(number)")
    }
    for first in stride(from: 0, to: count, by: 20) {
      try check(kind, first..<min(first + 20, count), in: program)
    }
  }

  private func prepare(_ kind: Kind, in program: Program) throws {
    if kind.description == "checkpoints" {
      let command = ["run", "--optimizer", "sa", "--max-evals", "60000", "--quiet", "--json"]
      try ResumeTests.interrupt(command + ["--output", "run"], in: program, "run")
    }
    for name in kind.description == "images" ? BadDataTests.parts : [] {
      let isLabels = name.contains("labels")
      var bytes = Data([0, 0, 8, isLabels ? 1 : 3, 0, 0, 0, 20])
      if !isLabels { bytes.append(contentsOf: [0, 0, 0, 28, 0, 0, 0, 28]) }
      bytes.append(contentsOf: (0..<(20 * (isLabels ? 1 : 784))).map { UInt8($0 % 10) })
      _ = try program.write(bytes, to: "data/mnist/\(name)")
    }
    let made = try program.shell("set -e\n\(kind.making)")
    #expect(made.code == 0, "\(made.error)")
  }

  /// Reads some damaged files in one shell, which notes each exit code and what was said.
  private func check(_ kind: Kind, _ numbers: Range<Int>, in program: Program) throws {
    let result = try program.shell(
      """
      export Q="$0"
      read_one() { \(kind.reading.replacing("\"$0\"", with: "\"$Q\"")); }
      export -f read_one
      for N in {\(numbers.lowerBound)..\(numbers.upperBound - 1)}; do
        export N
        cp damaged/$N '\(kind.file)'
        timeout 20 bash -c read_one > said.out 2> said.$N < /dev/null
        echo "$N $?"
      done
      """)
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == numbers.count, "\(result.error)")
    for line in lines {
      let words = line.split(separator: " ")
      let said =
        (try? String(contentsOfFile: "\(program.folder)/said.\(words[0])", encoding: .utf8))
      let sentence = said?.split(separator: "\n").last.map(String.init) ?? ""
      #expect(["0", "2", "5"].contains(words[1]), "\(kind) \(line): \(sentence)")
      #expect(said?.unicodeScalars.contains { $0.value == 0x1B } == false, "\(kind) \(line)")
      if words[1] != "0" {
        #expect(sentence.hasPrefix("error: "), "\(kind) \(line): \(sentence)")
      }
    }
  }
}
