public import QHostInterfaces
import QHostTesting

extension Bench {
  /// Plugins in plain C, built now: the templates and some more of each kind; `nil` without gcc.
  public static let fixtures: Bench? = {
    guard CCompiler.isPresent else { return nil }
    do {
      let folder = TemporaryFolder.ofProcess.path + "/fixtures"
      _ = try Program("mkdir", [folder])
      for kind in ComponentKind.allCases {
        try CCompiler.library(
          "\(BuiltProducts.sources)/SDK/Templates/C/\(kind)/my_\(kind).c",
          named: "libqhost-my-\(kind).so", in: folder)
      }
      for name in [
        "compass_loop", "linear_model", "figures_model", "plane_dataset", "gemm_target",
        "ground_solver",
      ] {
        try CCompiler.library(
          "\(BuiltProducts.fixtures)/\(name).c", named: "libqhost-\(name).so", in: folder)
      }
      return try Bench([folder, BuiltProducts.folder])
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  /// All built components of a kind, and those of the fixtures.
  public static func all(_ kind: ComponentKind) -> [BenchComponent] {
    (fixtures ?? built).components(kind)
  }
}
