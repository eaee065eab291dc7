import Testing

@Suite("A command line that cannot be done")
struct UsageErrorTests {
  /// Words of a `qhost run`, and what the sentence about them must say.
  static let lines: [(words: String, says: String)] = [
    ("--optimizer adma", "there is no optimizer 'adma'; did you mean 'adam'?"),
    ("--optimizer sa --model mpl", "there is no model 'mpl'; did you mean 'mlp'?"),
    ("--optimizer sa --dataset irs", "there is no dataset 'irs'; did you mean 'iris'?"),
    ("-o sa -d functions[function=rastrigin]", "set its parameters with --set dataset.KEY=VALUE"),
    ("-o sa -m mpl", "did you mean 'mlp'?"),
    ("--optimizer sa --loss cross-entrpy", "did you mean 'cross-entropy'?"),
    ("--optimizer sa --loss score", "does not go with a classification dataset"),
    ("--optimizer sa --scaling standardise", "did you mean 'standardize'?"),
    ("--optimizer adam --set optimizer.learning_rte=1", "did you mean 'optimizer.learning_rate'?"),
    ("--optimizer adam --set optimizer.learning_rate=-1", "it must be above 0"),
    ("--optimizer adam --set optimizer.learning_rate=nan", "it must be a number"),
    ("--optimizer adam --set optimizer.learning_rate=fast", "'fast': it must be a number"),
    ("--optimizer sa --set model.hidden=0", "model.hidden cannot be 0: it must be at least 1"),
    ("--optimizer sa --set model.hidden=8,,4", "model.hidden cannot be '': it must be an integer"),
    ("--optimizer sa --set model.hidden=1.5", "it must be an integer"),
    ("--optimizer sa --set model.activation=tanhh", "did you mean 'tanh'?"),
    ("--optimizer sa --set dataset.test_fraction=1.5", "it must be at least 0 and at most 1"),
    ("--optimizer sa --set nonsense", "--set 'nonsense' is not of the form key=value"),
    ("--optimizer sa --set =3", "--set '=3' is not of the form key=value"),
    ("--optimizer sa --max-evals 0", "--max-evals cannot be 0: it must be above 0"),
    ("--optimizer sa --max-time -3", "--max-time"),
    ("--optimizer sa --max-time inf", "--max-time cannot be inf"),
    ("--optimizer sa --max-forward-equivalents nan", "--max-forward-equivalents cannot be nan"),
    ("--optimizer sa --until-loss nan", "--until-loss cannot be nan: it must be a finite number"),
    ("--optimizer sa --until-loss inf", "--until-loss cannot be inf"),
    ("--optimizer sa --until-accuracy 1.5", "--until-accuracy cannot be 1.5: it must be 0 to 1"),
    (
      "--optimizer sa --until-metric accuracy",
      "--until-metric cannot be 'accuracy': write NAME=VALUE with a finite number"
    ),
    (
      "--optimizer sa --until-metric accuracy=0.5",
      "--until-metric does not take 'accuracy'; use --until-accuracy 0.5"
    ),
    (
      "--optimizer sa --until-metric margin=0.5",
      "have no metric 'margin'; use --until-accuracy or --until-loss"
    ),
    (
      "--optimizer sa --model direct --dataset functions --until-metric distance=0.5",
      "did you mean 'distance_to_optimum'?"
    ),
    ("--optimizer sa --batch-size -1", "--batch-size"),
    ("--optimizer sa --batch-size=-1", "--batch-size cannot be -1: it must be at least 0"),
    ("--optimizer sa --threads 0", "--threads cannot be 0"),
    ("--optimizer sa --call-timeout 0", "--call-timeout cannot be 0"),
    ("--optimizer sa --seed x", "'x' is invalid for '--seed <N>': it must be an integer"),
    ("--optimizer sa --max-evals many", "see 'qhost run --help'"),
    ("--optimizer sa --nonsense", "Unknown option '--nonsense'; see 'qhost run --help'"),
    (
      "--optimizer sa --model direct --dataset functions --until-accuracy 0.5",
      "--until-accuracy needs a dataset of classes"
    ),
    ("--optimizer sa --model mlp --dataset functions", "use model 'direct'"),
    ("--optimizer adam --loss error-rate", "needs a gradient, and loss 'error-rate' has none"),
    ("--optimizer adam --set model.activation=step", "'mlp' as configured has none"),
  ]

  @Test("is refused in one sentence, and leaves no folder", arguments: lines)
  func itIsRefused(words: String, says: String) throws {
    let program = try Program()
    let result = try program.run(
      ["run", "--output", "out"] + words.split(separator: " ").map(String.init))
    expectRefusal(result, code: 2, says)
    #expect(!program.has("out"))
  }

  @Test("of another command is refused too")
  func otherCommands() throws {
    let program = try Program()
    expectRefusal(try program.run("rnu"), code: 2, "rnu", "see 'qhost --help'")
    expectRefusal(
      try program.run("data", "show", "--nonsense", "iris"), code: 2, "see 'qhost data show --help'"
    )
    expectRefusal(try program.run("eval"), code: 2, "see 'qhost eval --help'")
  }

  @Test("leaves no folder of its own in the user's state folder either")
  func noFolderIsLeft() throws {
    let program = try Program()
    _ = try program.run("run", "--optimizer", "nobody")
    #expect(program.files(in: "STATE/qhost/runs").isEmpty)
  }
}
