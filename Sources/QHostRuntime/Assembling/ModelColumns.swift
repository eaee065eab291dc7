internal import QHostInterfaces

/// The names of what a trained model takes and gives, by which rows of a dataset are matched to it.
struct ModelColumns: Equatable {
  /// What was asked of its outputs.
  var task: Task
  /// The shape of one input.
  var input: Shape
  /// The shape of one output.
  var output: Shape
  /// The features, [F]; empty: they have no names and go by their places.
  var features: [String]
  /// The classes or outputs, [C]; empty: they have no names.
  var outputs: [String]

  /// Those of a model's file; `nil` of one that was written before files had them.
  init?(_ description: ModelFile.Description) {
    guard let name = description.task, let features = description.featureNames,
      let task = Task.all.first(where: { "\($0)" == name })
    else { return nil }
    self.task = task
    input = Shape(description.input)
    output = Shape(description.output)
    self.features = features
    outputs = description.outputNames
  }
}

extension Task {
  /// All that there are.
  static let all: [Task] = [.classification, .regression, .scenario]
}

/// What rows are read for.
enum RowUse {
  /// Their targets are compared with what a model gives.
  case evaluation
  /// A model is to say their targets, which may be missing.
  case prediction
}

/// How a dataset is asked for the rows of a file for a trained model: by two parameters that any dataset may have.
///
/// `rows` is a choice: `split` as in training; `all`, every row in the file's order as the training split;
/// `unlabelled`, the same without the target, which may be missing. `columns` is a text: the names of the model's
/// features in its order, one a line; the columns are found by them, and others left out. A target that is not known
/// is NaN. A choice `task`, where there is one, is set to the model's.
enum RowConvention {
  private static let columns = "columns"
  private static let rows = "rows"

  /// Whether a dataset follows it.
  static func holds(for descriptor: ComponentDescriptor) -> Bool {
    let parameters = descriptor.parameters
    guard parameters.contains(where: { $0.name == columns && $0.type == .text }),
      let choice = parameters.first(where: { $0.name == rows && $0.type == .choice })
    else { return false }
    return Set(["split", "all", "unlabelled"]).isSubset(of: choice.choices.map(\.name))
  }

  /// What is set of a dataset at the place `dataset`.
  ///
  /// - Throws: kind `data` where a name has a line break.
  static func settings(
    for descriptor: ComponentDescriptor, _ model: ModelColumns, _ use: RowUse
  ) throws(RunError) -> [String: String] {
    if let name = model.features.first(where: { $0.contains(where: \.isNewline) }) {
      throw RunError(
        .data,
        "the model's feature '\(name)' has a line break in its name, by which no other file can be matched; "
          + "rename the column and train again")
    }
    var settings = [
      "dataset.\(rows)": use == .prediction ? "unlabelled" : "all",
      "dataset.\(columns)": model.features.joined(separator: "\n"),
    ]
    let task = descriptor.parameters.first { $0.name == "task" && $0.type == .choice }
    if let task, task.choices.contains(where: { $0.name == "\(model.task)" }) {
      settings["dataset.task"] = "\(model.task)"
    }
    return settings
  }
}
