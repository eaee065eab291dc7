extension ModelFile.Description {
  /// The forms that this version reads.
  private static let readFormats = ["qhost.model/1"]

  /// Refuses what another version wrote, and figures that no version writes.
  ///
  /// - Throws: kind `data`.
  func check(_ path: String) throws(RunError) {
    guard Self.readFormats.contains(format) else {
      throw RunError(
        .data,
        "'\(path)' is of the form '\(format)', this qhost reads "
          + "'\(Self.readFormats.joined(separator: "', '"))'; use the qhost that wrote it")
    }
    let isUsable =
      preprocessing.shift.count == preprocessing.factor.count
      // Inputs have 32 bits.
      && preprocessing.shift.allSatisfy { Float($0).isFinite }
      && preprocessing.factor.allSatisfy { Float($0).isFinite && $0 != 0 }
    guard isUsable else {
      throw RunError(
        .data, "'\(path)' is damaged: the scaling of its inputs cannot be; use another copy")
    }
  }
}
