extension RunRecord {
  /// The file of a trained model that an inner one started from.
  public struct Start: Codable, Sendable, Equatable {
    /// Where it was.
    public var path: String
    /// The SHA-256 of it.
    public var sha256: String
  }

  /// A component of the run, with the components that it worked with.
  public struct Component: Codable, Sendable, Equatable {
    /// Its name.
    public var name: String
    /// The plugin that it is in.
    public var plugin: String
    /// The plugin's version.
    public var version: String
    /// The values of its parameters.
    public var parameters: [String: RecordedValue]
    /// Its number of trainable parameters (models).
    public var parameterCount: Int?
    /// Rows of each split that has some (datasets).
    public var rows: [String: Int]?
    /// The SHA-256 of its rows (datasets).
    public var sha256: String?
    /// The file of the trained model that it started from (models that others are made around).
    public var from: Start?
    /// What it worked with, by the dependency's name; `nil` of none.
    private var parts: [String: Component]?

    private enum CodingKeys: String, CodingKey {
      case name, plugin, version, parameters, parameterCount, rows, sha256, from
      case parts = "dependencies"
    }

    /// Makes the record of a component.
    public init(
      _ name: String, plugin: String = "", version: String = "",
      parameters: [String: RecordedValue] = [:], dependencies: [String: Component] = [:]
    ) {
      self.name = name
      self.plugin = plugin
      self.version = version
      self.parameters = parameters
      self.dependencies = dependencies
    }

    /// Reads one; records of the first form may lack anything.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.value(.name, or: "")
      plugin = try container.value(.plugin, or: "")
      version = try container.value(.version, or: "")
      parameters = try container.value(.parameters, or: [:])
      parameterCount = try container.decodeIfPresent(Int.self, forKey: .parameterCount)
      rows = try container.decodeIfPresent([String: Int].self, forKey: .rows)
      sha256 = try container.decodeIfPresent(String.self, forKey: .sha256)
      from = try container.decodeIfPresent(Start.self, forKey: .from)
      parts = try container.decodeIfPresent([String: Component].self, forKey: .parts)
    }

    /// What it worked with, by the dependency's name.
    public var dependencies: [String: Component] {
      get { parts ?? [:] }
      set { parts = newValue.isEmpty ? nil : newValue }
    }

    /// Its name with those of what it worked with, for example `tunneling with split-operator`.
    public var text: String {
      let words = dependencies.sorted { $0.key < $1.key }.map(\.value.text)
      return words.isEmpty ? name : "\(name) with \(words.joined(separator: " and "))"
    }
  }
}
