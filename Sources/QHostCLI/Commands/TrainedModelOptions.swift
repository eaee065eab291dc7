import ArgumentParser
import QHostInterfaces

/// A trained model, and the rows that it is put before.
struct TrainedModelOptions: ParsableArguments {
  @Argument(
    help: "The model.safetensors of a run.", completion: .file(extensions: ["safetensors"]))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Another dataset, with the model's columns (default: the one of the training).",
      valueName: "NAME"),
    completion: ComponentNames.completion(.dataset))
  var dataset: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a parameter of the dataset (dataset.KEY=VALUE). May be repeated.",
      valueName: "KEY=VALUE"))
  var settings: [String] = []
}
