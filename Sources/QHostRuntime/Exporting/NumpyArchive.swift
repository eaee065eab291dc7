/// The runs as one archive of NumPy arrays, `runs.npz`.
enum NumpyArchive {
  static func export(of runs: ExportedRuns) -> Export {
    let arrays = RunArrays(runs)
    var archive = ZipArchive()
    for (name, values) in arrays.integers { archive.add(name + ".npy", NumpyArray(values).bytes) }
    archive.add("seed.npy", NumpyArray(arrays.seeds).bytes)
    for (name, values) in arrays.reals { archive.add(name + ".npy", NumpyArray(values).bytes) }
    for (name, values) in arrays.texts { archive.add(name + ".npy", NumpyArray(values).bytes) }
    var export = Export(notes: RunArrays.notes(on: runs))
    export.add("runs.npz", archive.bytes)
    return export
  }
}
