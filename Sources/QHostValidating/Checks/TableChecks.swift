internal import QHostBridging
internal import QHostInterfaces
internal import QHostRuntime

/// Checks of what a plugin says of itself.
enum TableChecks {
  private static func isName(_ text: String) -> Bool {
    text.wholeMatch(of: /[a-z0-9][a-z0-9-]*/) != nil
  }

  static let all: [Check] = [
    Check(
      "plugin-names", .load, .plugin, "Vendor and name are of small letters, digits and -.",
      remedy: "Change vendor and name in qhost_plugin."
    ) { subject in
      let summary = try subject.library().summary
      for text in [summary.vendor, summary.name] {
        try require(isName(text), "'\(text)' is not a name")
      }
    },
    Check(
      "plugin-version", .load, .plugin, "Its version has numbers with dots, such as 1.2.0.",
      remedy: "Change version in qhost_plugin; see semver.org."
    ) { subject in
      let version = try subject.library().summary.version
      try require(
        version.wholeMatch(of: /[0-9]+\.[0-9]+(\.[0-9]+)?([-+].*)?/) != nil,
        "its version is '\(version)'")
    },
    Check(
      "plugin-licence", .load, .plugin, "It names its licence, by its SPDX identifier.",
      remedy: "Set licence in qhost_plugin, for example Apache-2.0."
    ) { subject in
      let licence = try subject.library().summary.licence
      try require(
        licence.wholeMatch(of: /[A-Za-z0-9.+ ()-]+/) != nil && licence != "unknown",
        "its licence is '\(licence)'")
    },
    Check(
      "has-components", .load, .plugin, "It has components, and no two of one kind and name.",
      remedy: "List each component once in qhost_plugin.components."
    ) { subject in
      let names = try subject.library().components.map { "\($0.kind) '\($0.descriptor.name)'" }
      try require(!names.isEmpty, "it has none")
      let repeated = names.first { name in names.count { $0 == name } > 1 }
      try require(repeated == nil, "\(repeated ?? "") is there twice")
    },
    Check(
      "summaries", .load, .component(nil), "A component is summarised in one sentence.",
      remedy: "Set summary in qhost_component."
    ) { subject in
      let text = try subject.component().descriptor.summary
      try require(text.count >= 5 && text.hasSuffix("."), "its summary is '\(text)'")
    },
    Check(
      "documentation", .load, .component(nil),
      "Every parameter, choice and dependency is documented.",
      remedy: "Set documentation; the host shows it in help."
    ) { subject in
      let descriptor = try subject.component().descriptor
      for parameter in descriptor.parameters {
        try require(
          parameter.documentation.count >= 5, "parameter '\(parameter.name)' has no documentation")
        for choice in parameter.choices {
          try require(
            choice.documentation.count >= 3,
            "choice '\(choice.name)' of '\(parameter.name)' has no documentation")
        }
      }
      for dependency in descriptor.dependencies {
        try require(
          dependency.documentation.count >= 5,
          "dependency '\(dependency.name)' has no documentation")
      }
    },
    Check(
      "defaults", .load, .component(nil), "Defaults are values that a user could set.",
      remedy: "Bring default_value between minimum and maximum, or name one of the choices."
    ) { subject in
      do {
        _ = try subject.plannedRequest()
      } catch let error as RunError {
        throw CheckFailure(error.message)
      }
    },
  ]
}
