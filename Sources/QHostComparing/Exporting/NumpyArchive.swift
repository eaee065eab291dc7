internal import QHostRuntime

/// The runs as one archive of NumPy arrays, `runs.npz`.
enum NumpyArchive {
  static func export(of runs: ExportedRuns) throws(RunError) -> Export {
    let arrays = RunArrays(runs)
    var archive = ZipArchive()
    for (name, values) in arrays.integers {
      try archive.add(name + ".npy", NumpyArray(values).bytes)
    }
    try archive.add("seed.npy", NumpyArray(arrays.seeds).bytes)
    for (name, values) in arrays.reals { try archive.add(name + ".npy", NumpyArray(values).bytes) }
    for (name, values) in arrays.texts { try archive.add(name + ".npy", NumpyArray(values).bytes) }
    var export = Export(notes: runs.failureNotes)
    export.add("runs.npz", archive.bytes)
    return export
  }
}
