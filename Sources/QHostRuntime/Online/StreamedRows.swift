internal import QHostInterfaces

/// What is said of rows that come as text, in place of a dataset; it holds none.
final class StreamedRows: Dataset {
  let datasetDescription: DatasetDescription

  init(_ description: DatasetDescription) { datasetDescription = description }

  func read(
    _ split: Split, rows: [Int], inputs: UnsafeMutableBufferPointer<Float>,
    targets: UnsafeMutableBufferPointer<Float>
  ) throws(ComponentError) {
    throw .unsupported("rows that come as a stream cannot be read again")
  }
}
