internal import QHostRuntime

/// The runs as one safetensors file, `runs.safetensors`: numbers as tensors, texts as JSON lists among the
/// metadata.
enum TensorFile {
  static func export(of runs: ExportedRuns) throws(RunError) -> Export {
    let arrays = RunArrays(runs)
    var file = Safetensors()
    for (name, values) in arrays.integers {
      file.tensors.append((name, Safetensors.Tensor(values)))
    }
    file.tensors.append(("seed", Safetensors.Tensor(arrays.seeds)))
    for (name, values) in arrays.reals {
      file.tensors.append((name, Safetensors.Tensor(values, shape: [values.count])))
    }
    file.metadata = ["format": "qhost.runs/1", "plan_hash": runs.header.planHash]
    for (name, values) in arrays.texts { file.metadata[name] = try JSONText.of(values) }
    var export = Export(notes: runs.failureNotes)
    export.add("runs.safetensors", try file.encoded())
    return export
  }
}
