public import CLibQHost
import QHostInterfaces
import QHostRuntime

/// See `libqhost.h`.
@c @implementation
public func libqhost_fit(
  _ data: UnsafePointer<libqhost_data>?, _ request: UnsafePointer<CChar>?, _ stop: OpaquePointer?,
  _ progress: (@convention(c) (UnsafeMutableRawPointer?, Double, Int64, Double) -> Int32)?,
  _ context: UnsafeMutableRawPointer?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ record: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> Int32 {
  status {
    guard let data = data?.pointee else {
      throw RunError(.usage, "there are no rows to train on; give libqhost_data")
    }
    let request = try RunRequest(reading: request)
    let rows = try RowsInMemory(data)
    let observer = progress.map { ProgressCaller($0, context, cancellation(stop)) }
    let (text, held) = try fit(rows, request, cancellation(stop), observer)
    if let observer, observer.hasFailed {
      throw RunError(.plugin, "the function that is told of the progress failed")
    }
    handOut(text, to: record)
    model?.pointee = handle(held)
  }
}

private func fit(
  _ rows: RowsInMemory, _ request: RunRequest, _ stop: Cancellation, _ observer: ProgressCaller?
) throws(RunError) -> (record: String, model: HeldModel) {
  guard let model = request.model else {
    throw RunError(.usage, "the request names no model to train; give \"model\"")
  }
  let session = try LibrarySession.shared()
  return try keeping(rows) { (number) throws(RunError) in
    let specification = try request.specification(
      on: MemoryDataset.descriptor.name, model: model, ["dataset"], number: number)
    let common = session.common(
      seed: specification.seed, threads: request.threads, stop: stop)
    let assembly = try session.alone { () throws(RunError) in
      try RunAssembly(specification, catalogue: session.catalogue, common: common)
    }
    let outcome = try TrainingRun(assembly, folder: nil, observer: observer).run()
    let record = try RunRecord(outcome, of: assembly, artifacts: [])
    // The number means nothing later: a model of the same rows is the same bytes.
    var description = assembly.fileDescription
    description.specification.settings.set("dataset.number", to: "0")
    let bytes = try ModelFile.encoded(
      description, parameters: outcome.parameters, blocks: assembly.model.modelDescription.blocks)
    return (try record.json(), try HeldModel(bytes))
  }
}

/// Tells the caller how a run is doing.
private final class ProgressCaller: RunObserver {
  typealias Function =
    @convention(c) (UnsafeMutableRawPointer?, Double, Int64, Double) -> Int32

  let wantsAccuracy = false
  private(set) var hasFailed = false
  private let function: Function
  private let context: UnsafeMutableRawPointer?
  private let stop: Cancellation

  init(_ function: @escaping Function, _ context: UnsafeMutableRawPointer?, _ stop: Cancellation) {
    self.function = function
    self.context = context
    self.stop = stop
  }

  func update(_ progress: RunProgress) {
    let status = function(
      context, progress.fraction, Int64(progress.cost.evaluations), progress.bestLoss)
    guard status != LIBQHOST_GO_ON else { return }
    hasFailed = hasFailed || status == LIBQHOST_FAIL
    stop.request()
  }
}
