import ArgumentParser
import QHostRuntime
import QHostTrusting

/// `qhost plugins claim FILE`.
struct PluginsClaimCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claim",
    abstract: "Print the trusted comment that a signature of this file must have.",
    discussion: """
      An author signs a plugin with
      minisign -S -m libqhost-x.so -t "$(qhost plugins claim libqhost-x.so)"
      """)

  @Argument(help: "A plugin's file.")
  var file: String

  func run() throws {
    let subject = try TrustSubject(file)
    print(SignedClaim(subject.summary, sha256: subject.sha256).text)
  }
}
