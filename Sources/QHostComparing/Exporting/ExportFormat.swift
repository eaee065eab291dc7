public import QHostRuntime

/// A form in which other programs read the runs of a comparison.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// Archives of COCO, one folder for each algorithm, which `cocopp` reads.
  case coco
  /// Archives of IOHprofiler, one folder for each algorithm.
  case ioh
  /// Event files of TensorBoard, one for each run.
  case tensorboard
  /// One archive of NumPy arrays.
  case npz
  /// One file of tensors.
  case safetensors
  /// Two tables as comma-separated values: of runs and of improvements.
  case csv

  /// The runs in this form.
  ///
  /// - Throws: kind `usage` or `data`, when they have no such form.
  public func export(of runs: ExportedRuns) throws(RunError) -> Export {
    switch self {
    case .coco: try COCOArchive.export(of: runs)
    case .ioh: try IOHArchive.export(of: runs)
    case .tensorboard: try EventFile.export(of: runs)
    case .npz: try NumpyArchive.export(of: runs)
    case .safetensors: try TensorFile.export(of: runs)
    case .csv: CSVTables.export(of: runs)
    }
  }
}
