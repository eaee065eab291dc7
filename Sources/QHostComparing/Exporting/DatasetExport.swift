internal import QHostInterfaces
public import QHostRuntime

/// A form in which other programs read the rows of a dataset.
public enum DatasetFormat: String, Sendable, CaseIterable {
  /// A table as comma-separated values for each split.
  case csv
  /// One archive of NumPy arrays.
  case npz
  /// One file of tensors.
  case safetensors

  /// All rows in this form, as the dataset has them when its assembly scales nothing.
  ///
  /// Arrays are `SPLIT_inputs` [N × input] and `SPLIT_targets`: classes [N] as integers, else [N × T]; of series
  /// `SPLIT_lengths` [N] too. Tables have a column for each feature, then the targets, classes by their names.
  ///
  /// Of a scenario that shows inputs, its targets have a width of 0.
  ///
  /// - Throws: kind `usage` for a dataset with neither inputs nor targets, kind `data` when it is too large for the form.
  public func export(of data: DataAssembly) throws(RunError) -> Export {
    let description = data.dataset.datasetDescription
    guard description.targetWidth > 0 || description.input.count > 0 else {
      throw RunError(
        .usage,
        "dataset '\(data.name)' scores outputs itself and has no targets to export; name one with samples"
      )
    }
    let splits = Split.allCases.compactMap { split in data.table(split).map { (split, $0) } }
    var export = Export()
    switch self {
    case .csv:
      for (split, table) in splits {
        let text = CSVSplit(table, description).text
        export.add("\(split).csv", text)
      }
    case .npz:
      export.add("\(data.name).npz", try Self.archive(data, splits))
    case .safetensors:
      export.add("\(data.name).safetensors", try Self.tensors(data, splits))
    }
    return export
  }

  private static func archive(
    _ data: DataAssembly, _ splits: [(Split, SampleTable)]
  ) throws(RunError) -> [UInt8] {
    let description = data.dataset.datasetDescription
    var archive = ZipArchive()
    for (split, table) in splits {
      let shape = [table.rowCount] + description.input.extents
      try archive.add(
        "\(split)_inputs.npy",
        table.inputs(ofRows: 0..<table.rowCount).withUnsafeBufferPointer {
          NumpyArray($0, shape: shape).bytes
        })
      let targets =
        description.task == .classification
        ? NumpyArray(table.targets.map { Int64($0) })
        : NumpyArray(
          UnsafeBufferPointer(table.targets), shape: [table.rowCount, table.targetWidth])
      try archive.add("\(split)_targets.npy", targets.bytes)
      if !table.lengths.isEmpty {
        try archive.add("\(split)_lengths.npy", NumpyArray(table.lengths.map(Int64.init)).bytes)
      }
    }
    try archive.add("feature_names.npy", NumpyArray(description.featureNames).bytes)
    try archive.add("output_names.npy", NumpyArray(description.outputNames).bytes)
    try archive.add("sha256.npy", NumpyArray([data.sha256]).bytes)
    return archive.bytes
  }

  private static func tensors(
    _ data: DataAssembly, _ splits: [(Split, SampleTable)]
  ) throws(RunError) -> [UInt8] {
    let description = data.dataset.datasetDescription
    var file = Safetensors()
    for (split, table) in splits {
      let shape = [table.rowCount] + description.input.extents
      file.tensors.append(
        (
          "\(split)_inputs",
          table.inputs(ofRows: 0..<table.rowCount).withUnsafeBufferPointer {
            Safetensors.Tensor($0, shape: shape)
          }
        ))
      let targets =
        description.task == .classification
        ? Safetensors.Tensor(table.targets.map { Int64($0) })
        : Safetensors.Tensor(
          UnsafeBufferPointer(table.targets), shape: [table.rowCount, table.targetWidth])
      file.tensors.append(("\(split)_targets", targets))
      if !table.lengths.isEmpty {
        file.tensors.append(
          ("\(split)_lengths", Safetensors.Tensor(table.lengths.map(Int64.init))))
      }
    }
    file.metadata = [
      "format": "qhost.rows/1", "dataset": data.name, "sha256": data.sha256,
      "feature_names": try JSONText.of(description.featureNames),
      "output_names": try JSONText.of(description.outputNames),
    ]
    if let source = description.source { file.metadata["source"] = source }
    return try file.encoded()
  }
}
