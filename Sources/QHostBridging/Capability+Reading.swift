internal import CQHost
internal import QHostInterfaces

extension Capability {
  /// The tables of the capabilities that a component declares and this host knows.
  ///
  /// - Parameters:
  ///   - raw: the component.
  ///   - kind: its kind.
  ///   - culprit: who it is.
  /// - Returns: each table completed to this side's size, never freed. Names that this host does
  ///   not know are left out.
  /// - Throws: for another draft of a known name, an unknown name that is required, a name that comes
  ///   twice, and what is NULL.
  static func tables(
    of raw: qhost_component, _ kind: ComponentKind, culprit: String
  ) throws(FormatError) -> [Capability: UnsafeRawPointer] {
    guard raw.capability_count > 0 else { return [:] }
    guard let list = raw.capabilities else {
      throw FormatError(
        "\(culprit) has \(raw.capability_count) capabilities at NULL; set capabilities to their list"
      )
    }
    guard raw.capability_count <= UInt64(TableLimits.capabilities) else {
      throw FormatError(
        "\(culprit) says that it has \(raw.capability_count) capabilities, and \(TableLimits.capabilities) "
          + "are the most; report it to its author")
    }
    var names: Set<String> = []
    var tables: [Capability: UnsafeRawPointer] = [:]
    for index in 0..<Int(clamping: raw.capability_count) {
      guard let pointer = list[index], let declared = qhost_capability.reading(pointer),
        let idText = declared.id
      else {
        throw FormatError(
          "capability \(index) of \(culprit) is NULL, too small or without an id; "
            + "set its struct_size and id")
      }
      let id = CapabilityID(String(cString: idText))
      guard let table = declared.table else {
        throw FormatError("capability '\(id.text)' of \(culprit) has no table; set it")
      }
      guard names.insert(String(id.name)).inserted else {
        throw FormatError(
          "\(culprit) declares capability '\(id.name)' twice; leave one of them out")
      }
      let isRequired = declared.flags & QHOST_CAPABILITY_REQUIRED != 0
      guard let capability = try known(id, isRequired: isRequired, culprit: culprit) else {
        continue
      }
      tables[capability] = try capability.completed(table, of: kind, culprit: culprit)
    }
    return tables
  }

  private static func known(
    _ id: CapabilityID, isRequired: Bool, culprit: String
  ) throws(FormatError) -> Capability? {
    guard let capability = allCases.first(where: { $0.id.name == id.name }) else {
      guard !isRequired else {
        throw FormatError(
          "\(culprit) requires capability '\(id.text)', which this host does not know; "
            + "install a newer qhost")
      }
      return nil
    }
    guard capability.id == id else {
      throw FormatError(
        "\(culprit) has draft '\(id.draft)' of capability '\(id.name)', this host has draft "
          + "'\(capability.id.draft)'; rebuild it against this host's \(capability.header)")
    }
    return capability
  }
}
