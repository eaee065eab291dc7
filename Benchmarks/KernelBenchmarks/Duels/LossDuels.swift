import QHostMemory
import QHostNetworks

/// Losses of outputs [10 × 1024].
enum LossDuels {
  static func all() -> [Duel] {
    let (classes, rows) = (10, 1024)
    let count = classes * rows
    let shape = "\(classes) classes, \(rows) rows"
    let outputs = Numbers.floats(count, seed: 1, in: -4...4)
    let targets = Numbers.floats(count, seed: 2)
    let labels = Numbers.labels(rows + 16, below: classes, seed: 3)
    let (o, t, y) = (outputs.list, targets.list, Array(labels.list.prefix(rows)))
    let slopes = AlignedBuffer<Float>(count: count)
    let losses = AlignedBuffer<Float>(count: rows)
    func total(_ losses: [Double]) -> Double { losses.reduce(0, +) }
    func marginSlopes() -> [Double] { Self.marginSlopes(o, y, classes) }
    let sums = [
      Duel("kernel_cross_entropy", twin: "PlainLoss", shape, tolerance: 1e-6) {
        LossKernel.crossEntropy(
          outputs: outputs.view, labels: labels.view, classCount: classes, rowCount: rows)
      } plain: {
        total(PlainLoss.crossEntropies(outputs: o, labels: y, classCount: classes))
      },
      Duel("kernel_error_count", twin: "PlainLoss", shape) {
        Double(
          LossKernel.errorCount(
            outputs: outputs.view, labels: labels.view, classCount: classes, rowCount: rows))
      } plain: {
        Double(PlainLoss.errorCount(outputs: o, labels: y, classCount: classes))
      },
      Duel("kernel_margin", twin: "PlainLoss", shape, tolerance: 1e-6) {
        LossKernel.margin(
          outputs: outputs.view, labels: labels.view, classCount: classes, rowCount: rows)
      } plain: {
        total(PlainLoss.margins(outputs: o, labels: y, classCount: classes))
      },
      Duel("kernel_squared_error", twin: "PlainLoss", "\(count) numbers", tolerance: 1e-6) {
        LossKernel.squaredError(outputs: outputs.view, targets: targets.view, count: count)
      } plain: {
        PlainLoss.squaredError(outputs: o, targets: t)
      },
      Duel("kernel_absolute_error", twin: "PlainLoss", "\(count) numbers", tolerance: 1e-6) {
        LossKernel.absoluteError(outputs: outputs.view, targets: targets.view, count: count)
      } plain: {
        PlainLoss.absoluteError(outputs: o, targets: t)
      },
    ]
    let gradients = [
      Duel("kernel_cross_entropy_gradient", twin: "PlainLoss", shape, tolerance: 1e-6, slopes) {
        _ in
        _ = LossKernel.crossEntropyGradient(
          outputs: outputs.view, labels: labels.view, classCount: classes, rowCount: rows,
          scale: 1, gradient: slopes.room)
      } list: {
        PlainLoss.crossEntropyGradient(outputs: o, labels: y, classCount: classes)
      },
      Duel("kernel_margin_gradient", twin: "loop", shape, slopes) { _ in
        _ = LossKernel.marginGradient(
          outputs: outputs.view, labels: labels.view, classCount: classes, rowCount: rows,
          scale: 1, gradient: slopes.room)
      } list: {
        marginSlopes()
      },
      Duel(
        "kernel_squared_error_gradient", twin: "loop", "\(count) numbers", tolerance: 1e-6, slopes
      ) { _ in
        _ = LossKernel.squaredErrorGradient(
          outputs: outputs.view, targets: targets.view, count: count, scale: 1,
          gradient: slopes.room)
      } list: {
        zip(o, t).map { 2 * (Double($0) - Double($1)) }
      },
      Duel("kernel_absolute_error_gradient", twin: "loop", "\(count) numbers", slopes) { _ in
        _ = LossKernel.absoluteErrorGradient(
          outputs: outputs.view, targets: targets.view, count: count, scale: 1,
          gradient: slopes.room)
      } list: {
        zip(o, t).map { $0 > $1 ? 1 : $0 < $1 ? -1 : 0 }
      },
    ]
    return sums + gradients + rowLosses(outputs, labels, classes, rows, losses, o, y)
  }

  private static func rowLosses(
    _ outputs: AlignedBuffer<Float>, _ labels: AlignedBuffer<Float>, _ classes: Int, _ rows: Int,
    _ losses: AlignedBuffer<Float>, _ o: [Float], _ y: [Float]
  ) -> [Duel] {
    let shape = "\(classes) classes, \(rows) rows"
    let after = Numbers.floats(rows, seed: 4)
    return [
      Duel("kernel_cross_entropy_rows", twin: "PlainLoss", shape, tolerance: 1e-6, losses) {
        _ = LossKernel.crossEntropyRows(
          outputs: outputs.start, labels: labels.start, classCount: classes, stride: rows,
          rowCount: rows, into: $0)
      } list: {
        PlainLoss.crossEntropies(outputs: o, labels: y, classCount: classes)
      },
      Duel("kernel_margin_rows", twin: "PlainLoss", shape, tolerance: 1e-6, losses) {
        _ = LossKernel.marginRows(
          outputs: outputs.start, labels: labels.start, classCount: classes, stride: rows,
          rowCount: rows, into: $0)
      } list: {
        PlainLoss.margins(outputs: o, labels: y, classCount: classes)
      },
      Duel("kernel_error_rows", twin: "PlainLoss", shape) {
        LossKernel.errorRows(
          outputs: outputs.start, labels: labels.start, classCount: classes, stride: rows,
          rowCount: rows, into: losses.start)
      } plain: {
        Double(PlainLoss.errorCount(outputs: o, labels: y, classCount: classes))
      },
      Duel("kernel_loss_change", "\(rows) rows", tolerance: 1e-12) {
        LossKernel.change(from: outputs.start, rows: nil, to: after.start, count: rows)
      } plain: {
        var sum = 0.0
        for row in 0..<rows { sum += Double(after.start[row]) - Double(outputs.start[row]) }
        return sum
      },
    ]
  }

  private static func marginSlopes(_ o: [Float], _ y: [Float], _ classes: Int) -> [Double] {
    var slopes = [Double](repeating: 0, count: o.count)
    for row in y.indices {
      let label = Int(y[row])
      var rival = label == 0 ? 1 : 0
      for number in 0..<classes where number != label {
        if o[number * y.count + row] > o[rival * y.count + row] { rival = number }
      }
      guard 1 + o[rival * y.count + row] - o[label * y.count + row] > 0 else { continue }
      slopes[rival * y.count + row] = 1
      slopes[label * y.count + row] = -1
    }
    return slopes
  }
}
