import ArgumentParser
import QHostBridging

/// The root of the command line.
struct QHostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qhost",
    abstract: "Trains, compares and deploys small models with quantum-inspired methods.",
    discussion: """
      'qhost run --optimizer tunneling' trains a small network on the iris flowers.
      'qhost plugins' lists what there is to combine; 'qhost plugins show NAME' its parameters.
      """,
    version: HostTable.version,
    subcommands: [
      RunCommand.self, CompareCommand.self, MergeCommand.self, ReportCommand.self,
      ServeCommand.self, QueryCommand.self, ExportCommand.self, ReproduceCommand.self,
      EvalCommand.self,
      PredictCommand.self, EntangleCommand.self,
      DeployCommand.self,
      ExportWeightsCommand.self, ExportDocumentsCommand.self,
      PluginsCommand.self, NewPluginCommand.self, ValidateCommand.self, DataCommand.self,
      DoctorCommand.self, ElementCommand.self,
    ])
}
