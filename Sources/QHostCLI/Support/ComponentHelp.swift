import ArgumentParser
import QHostBridging
import QHostInterfaces
import QHostRuntime

/// `qhost run --help` with the parameters of the components that the rest of the line picks.
struct ComponentHelp {
  let text: String

  /// Makes the help, when that is what the arguments ask for.
  init?(for arguments: [String]) throws {
    guard arguments.first == "run", arguments.contains("--help") || arguments.contains("-h") else {
      return nil
    }
    let rest = arguments.dropFirst().filter { $0 != "--help" && $0 != "-h" }
    var sections = [QHostCommand.helpMessage(for: RunCommand.self)]
    guard let command = try? RunCommand.parse(Array(rest)) else {
      text = sections[0]
      return
    }
    let session = try Session(command.host)
    let specification = try command.specification(session.catalogue)
    do throws(RunError) {
      let plans = try RunPlans(specification, catalogue: session.catalogue)
      for plan in plans.all {
        sections += Self.sections(of: plan)
      }
    } catch let error {
      // Help is most wanted when something is missing: it says what, and helps all the same.
      sections.append("No component's parameters can be shown: \(error.message).")
    }
    text = sections.joined(separator: "\n\n")
  }

  private static func sections(of plan: ComponentPlan) -> [String] {
    ([plan] + plan.allDependencies).map { plan in
      ComponentText(
        plan.component, place: plan.place, mayStartFromFile: plan.mayStartFromFile
      ).text
    }
  }
}
