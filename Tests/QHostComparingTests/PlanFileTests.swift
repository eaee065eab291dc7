import Foundation
import QHostComparing
import QHostRuntime
import QHostRuntimeTesting
import QHostTesting
import Testing

@Suite("A plan file")
struct PlanFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws -> PlanFile {
    let path = folder.path + "/plan.yaml"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try PlanFile(reading: path)
  }

  @Test("means the same as a command line")
  func sameAsCommandLine() throws {
    let file = try read(
      """
      # A comment.
      optimizers:
        - tunneling: {hbar_start: [0.3, 0.6]}
        - adam[learning_rate=1e-2,1e-3]
        - ga
      solvers: [finite-difference]
      models:
        - mlp: {hidden: [[12, 8], 16]}
      datasets: [iris, digits]
      seeds: 5-9
      set: {model.activation: step}
      loss: error-rate
      scaling: minmax
      target_scaling: none
      batch_size: 0
      budget: {max_evals: 100, until_loss: -1.5, until_accuracy: 1}
      """)
    var plan = ComparisonPlan()
    try plan.add("tunneling[hbar_start=0.3,0.6]", to: \.optimizers)
    try plan.add("adam[learning_rate=1e-2,1e-3],ga", to: \.optimizers)
    try plan.add("finite-difference", to: \.solvers)
    try plan.add("mlp[hidden=(12,8),16]", to: \.models)
    try plan.add("iris,digits", to: \.datasets)
    try plan.setSeeds("5-9")
    plan.settings = ["model.activation": "step"]
    plan.loss = "error-rate"
    plan.scaling = "minmax"
    plan.targetScaling = "none"
    plan.batchRows = 0
    plan.budget.maxEvaluations = 100
    plan.budget.untilLoss = -1.5
    plan.budget.untilAccuracy = 1
    #expect(file.plan == plan)
    #expect(try file.plan.hash() == plan.hash())
  }

  @Test("has one seed and the standard budget when it names none, and lists of seeds")
  func defaults() throws {
    let axes = "optimizers: a\nmodels: m\ndatasets: d\n"
    #expect(try read(axes).plan.seeds == [1])
    #expect(
      try read(axes).plan.budget.maxForwardEquivalents == Budget.standardForwardEquivalents)
    #expect(try read(axes).plan.batchRows == BatchSize.standard)
    #expect(try read(axes + "batch_size: 64").plan.batchRows == 64)
    #expect(try read(axes + "batch_size: preferred").plan.batchRows == nil)
    #expect(try read(axes + "seeds: 3").plan.seeds == [1, 2, 3])
    #expect(try read(axes + "seeds: [3]").plan.seeds == [3])
    #expect(try read(axes + "seeds: [3, 8]").plan.seeds == [3, 8])
  }

  static let mistakes: [(text: String, says: String)] = [
    ("", "is empty"),
    ("- a\n", "line 1: the plan must have keys"),
    ("optimizer: [a]\n", "line 1: the plan has no key 'optimizer'; did you mean 'optimizers'?"),
    ("optimizers: [a]\nmodels: [m]\n", "the plan has no datasets"),
    ("optimizers: []\n", "line 1: there are no optimizers"),
    ("optimizers:\n  - a: {x: []}\n", "line 2: 'x' has no values"),
    ("optimizers:\n  - 'a['\n", "line 2: 'a['"),
    ("optimizers: [a]\noptimizers: [b]\n", "'optimizers' stands there twice"),
    ("optimizers: [a\nmodels: [m]\n", "line 2: this is not valid YAML"),
    ("\nseeds: many\n", "line 2: seeds cannot be 'many'"),
    ("seeds: []\n", "line 1: seeds are none"),
    ("batch_size: -1\n", "line 1: batch_size cannot be '-1'"),
    ("prior: 0\n", "line 1: prior cannot be '0': it must be a width above 0, or 'none'"),
    ("batch_size: some\n", "a number of rows, 0 for all, or 'preferred'"),
    ("batch_size: [1, 2]\n", "line 1: batch_size must be a single value"),
    ("budget:\n  max_evals: 0\n", "line 2: max_evals cannot be '0'"),
    ("budget:\n  max_time: .inf\n", "line 2: max_time cannot be '.inf'"),
    ("budget:\n  max_eval: 3\n", "line 2: budget has no key 'max_eval'; did you mean 'max_evals'?"),
    ("budget: {until_accuracy: 2}\n", "until_accuracy cannot be 2.0: it must be 0 to 1"),
    ("budget: 3\n", "line 1: budget must have keys"),
    ("loss: [a, b]\n", "line 1: loss must be a single value"),
  ]

  @Test("that cannot be done is refused with file, line and key", arguments: mistakes)
  func refusals(text: String, says: String) throws {
    let error = #expect(throws: RunError.self) { _ = try read(text) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("plan.yaml'") == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  static let problems = """
    optimizers: [tunneling, ga]
    batch_size: 64
    target_scaling: none
    prior: 3
    budget: {max_forward_equivalents: 50}
    problems:
      - dataset: digits
        models: [mlp, 'mlp[hidden=8]']
        loss: mse
        scaling: minmax
        target_scaling: standardize
        prior: none
      - datasets: 'functions[function=sphere,ackley]'
        model: {direct: {}}
        batch_size: preferred
        budget: {max_evals: 20000, until_loss: 1e-2}
    seeds: 5
    """

  @Test("may give each dataset its models, loss, scaling, batch size and budget")
  func problems() throws {
    let plan = try read(Self.problems).plan
    #expect(plan.models.isEmpty && plan.datasets.isEmpty)
    #expect(
      plan.problems.map(\.labels.text) == [
        "mlp on digits", "mlp[hidden=8] on digits", "direct on functions[function=sphere]",
        "direct on functions[function=ackley]",
      ])
    #expect(plan.problems.map(\.loss) == ["mse", "mse", nil, nil])
    #expect(plan.problems.map(\.scaling) == ["minmax", "minmax", nil, nil])
    #expect(
      plan.problems.map(\.targetScaling) == ["standardize", "standardize", "none", "none"])
    #expect(plan.problems.map(\.prior) == [nil, nil, 3, 3])
    #expect(plan.problems.map(\.batchRows) == [64, 64, nil, nil])
    #expect(plan.problems.map(\.budget.maxForwardEquivalents) == [50, 50, nil, nil])
    #expect(plan.problems.map(\.budget.maxEvaluations) == [nil, nil, 20_000, 20_000])
    #expect(plan.problems.map(\.budget.untilLoss) == [nil, nil, 1e-2, 1e-2])
    #expect(plan.seeds == [1, 2, 3, 4, 5])
  }

  @Test("means the same whether problems say what goes for all, or the plan does")
  func defaultsOfProblems() throws {
    let problem = "optimizers: a\nproblems:\n  - {dataset: d, model: m"
    let one = try read(problem + ", budget: {max_evals: 9}, loss: mae, batch_size: 0}\n").plan
    let other = try read(
      problem + "}\nbudget: {max_evals: 9}\nloss: mae\nbatch_size: 0\n"
    ).plan
    #expect(one == other)
    #expect(try one.hash() == other.hash())
    let standard = try read(problem + "}\n").plan.problems[0]
    #expect(standard.batchRows == BatchSize.standard)
    #expect(standard.budget.maxForwardEquivalents == Budget.standardForwardEquivalents)
  }

  static let problemMistakes: [(text: String, says: String)] = [
    ("problems: []\n", "line 2: there are no problems"),
    ("problems: iris\n", "line 2: a problem must have keys"),
    ("problems:\n  - iris\n", "line 3: a problem must have keys"),
    ("problems:\n  - {dataset: d}\n", "line 3: the problem has no model"),
    ("problems:\n  - {model: m}\n", "line 3: the problem has no dataset"),
    (
      "problems:\n  - dataset: d\n    modle: m\n",
      "line 4: problems has no key 'modle'; did you mean 'model'?"
    ),
    (
      "problems:\n  - {model: m, dataset: a, datasets: b}\n",
      "line 3: the problem has 'dataset' and 'datasets'"
    ),
    ("problems:\n  - {model: m, dataset: []}\n", "line 3: there are no dataset"),
    ("problems:\n  - {model: m, dataset: [[a]]}\n", "line 3: dataset must be a single value"),
    (
      "problems:\n  - {model: m, dataset: d, batch_size: x}\n", "line 3: batch_size cannot be 'x'"
    ),
    (
      "problems:\n  - model: m\n    dataset: d\n    budget: {max_evals: 0}\n",
      "line 5: max_evals cannot be '0'"
    ),
    ("problems:\n  - {model: m, dataset: d, seeds: 3}\n", "line 3: problems has no key 'seeds'"),
    (
      "problems:\n  - {model: m, dataset: d}\n  - {model: [n, m], dataset: d}\n",
      "line 4: problems: 'm on d' is there twice"
    ),
    ("problems: [{model: m, dataset: d}]\ndatasets: [d]\n", "line 3: the plan has datasets and"),
    ("models:\n  - m\nproblems: [{model: m, dataset: d}]\n", "line 3: the plan has models and"),
  ]

  @Test(
    "whose problems cannot be read is refused with file, line and key", arguments: problemMistakes)
  func problemRefusals(text: String, says: String) throws {
    let error = #expect(throws: RunError.self) { _ = try read("optimizers: a\n" + text) }
    #expect(error?.kind == .usage)
    #expect(error?.message.contains("plan.yaml', \(says)") == true, "\(error?.message ?? "")")
  }

  @Test("says where a name or value stands that the plugins do not have")
  func unknownNames() throws {
    let rest = "models: [linear]\ndatasets: [plane]\n"
    let mistakes = [
      ("optimizers:\n  - walker\n  - walkre\n", "line 3: there is no optimizer 'walkre'"),
      ("optimizers:\n  - walker: {point: 3}\n", "line 2: there is no parameter 'optimizer.point'"),
      ("optimizers:\n  - walker: {points: [3, 0]}\n", "line 2: optimizer.points cannot be 0"),
      ("optimizers: [walker]\nset:\n  model.cut: 1\n", "line 3: no component of the plan"),
    ]
    let catalogue = try InProcessPlugin.catalogue()
    for (text, says) in mistakes {
      let file = try read(text + rest)
      let error = #expect(throws: RunError.self) {
        _ = try Grid(file.plan, catalogue: catalogue, origins: file.origins)
      }
      #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }
  }
}
