internal import QHostGraphs
internal import QHostInterfaces
internal import Synchronization

/// A graph that came from elsewhere: the host computes it operator by operator.
struct EvaluatedNetwork: DeployableNetwork {
  let evaluator: GraphEvaluator
  let pool: WorkerPool

  /// Rows that a thread works on at a time.
  private static let blockRows = 128

  func graph() throws(ComponentError) -> Graph { evaluator.graph }

  func outputs(_ split: Split, _ table: SampleTable) throws(ComponentError) -> [Float] {
    let count = evaluator.graph.outputShape.count
    let starts = Array(stride(from: 0, to: table.rowCount, by: Self.blockRows))
    let state = Mutex<(values: [Float], error: ComponentError?)>(
      (Array(repeating: 0, count: table.rowCount * count), nil))
    pool.parallelFor(starts.count) { number in
      let rows = starts[number]..<min(starts[number] + Self.blockRows, table.rowCount)
      let inputs = table.inputs(ofRows: rows)
      do throws(ComponentError) {
        let outputs = try evaluator.outputs(inputs: inputs, rowCount: rows.count)
        state.withLock {
          $0.values.replaceSubrange(
            rows.lowerBound * count..<rows.upperBound * count, with: outputs)
        }
      } catch {
        state.withLock { $0.error = $0.error ?? error }
      }
    }
    let (values, error) = state.withLock { $0 }
    if let error { throw error }
    return values
  }
}
