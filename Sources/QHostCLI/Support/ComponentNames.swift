import ArgumentParser
import QHostInterfaces
import QHostRuntime

/// Names of components for the shell's completion.
enum ComponentNames {
  /// Completion with the names of all components of a kind.
  static func completion(_ kind: ComponentKind) -> CompletionKind {
    .custom { _, _, _ in
      guard let options = try? HostOptions.parse(["--quiet"]),
        let session = try? Session(options, ownsOutput: false)
      else { return [] }
      return session.catalogue.names(of: kind)
    }
  }
}
