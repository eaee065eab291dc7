import QHostInterfaces

/// The metrics of outputs [C][B] for rows [B].
func measured(
  _ dataset: some MetricProviding, _ split: Split, _ rows: [Int], _ outputs: [[Double]]
) throws -> [Double] {
  try outputs.flatMap { $0 }.withUnsafeBufferPointer { buffer in
    try dataset.measure(
      MetricSample(
        split: split, parameters: nil, rows: rows, keys: rows.map { UInt64($0) }, draw: 0,
        inputs: UnsafeBufferPointer(start: nil, count: 0), outputs: buffer)
    ).map(\.value)
  }
}
