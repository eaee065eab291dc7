internal import CNeuralModels
internal import QHostMemory

/// What cuts of changed rows keep besides the layers' own z and h.
///
/// These have a row's numbers far apart, [units × rows]. Here they are side by side, in lines of a cache, for all layers
/// after the first (or the only one): a change of one unit needs them all, of the rows that it changes.
final class ChangeMemory {
  private let layers: UnsafeMutableBufferPointer<qhost_kernel_layer>
  private let strips: UnsafeMutablePointer<qhost_kernel_layer>
  private let numbers: UnsafeMutableBufferPointer<Float>
  private let lines: qhost_kernel_lines
  private let scratch: UnsafeMutablePointer<Float>
  private let stride: Int
  /// The first layer that is in the lines.
  private let firstInLines: Int

  init(layers: UnsafeMutableBufferPointer<qhost_kernel_layer>, stride: Int) {
    let strip = Int(QHOST_KERNEL_STRIP)
    self.layers = layers
    self.stride = stride
    firstInLines = min(1, layers.count - 1)
    let columns = layers[firstInLines...].reduce(0) { $0 + 2 * $1.output_count }
    let lineSize = Int(QHOST_KERNEL_LINE)
    let last = layers[layers.count - 1].output_count
    let width = (columns - last + lineSize - 1) / lineSize * lineSize
    let widest = layers.reduce(1) { max($0, $1.output_count) }
    numbers = AlignedMemory.zeros(
      stride * width + width * strip + (2 * widest + 4) * strip + 2 * stride)
    guard let start = numbers.baseAddress else { preconditionFailure("no memory") }
    let area = start + stride * width
    lines = qhost_kernel_lines(numbers: start, strips: area, width: width)
    scratch = area + width * strip
    strips = .allocate(capacity: layers.count)
    var column = 0
    for (index, layer) in layers.enumerated() {
      var copy = layer
      if index >= firstInLines {
        copy.z = area + column * strip
        column += layer.output_count
        if index + 1 < layers.count {
          copy.h = area + column * strip
          column += layer.output_count
        }
      }
      (strips + index).initialize(to: copy)
    }
  }

  deinit {
    strips.deallocate()
    numbers.deallocate()
  }

  /// What a change of a unit of a layer works on.
  func from(_ layer: Int) -> qhost_kernel_changes_memory {
    qhost_kernel_changes_memory(
      layers: layers.baseAddress.map { UnsafePointer($0 + layer) },
      strips: UnsafePointer(strips + layer), layer_count: layers.count - layer,
      is_in_lines: layer >= firstInLines ? 1 : 0, stride: stride, lines: lines, scratch: scratch)
  }

  /// Writes the lines from the layers' own z and h.
  func writeLines(rowCount: Int) {
    guard let first = layers.baseAddress else { return }
    withUnsafePointer(to: lines) {
      qhost_kernel_lines_write(
        $0, first + firstInLines, strips + firstInLines, layers.count - firstInLines, rowCount,
        stride)
    }
  }

  /// Writes the layers' own z and h from the lines.
  func readLines(rowCount: Int) {
    guard let first = layers.baseAddress else { return }
    withUnsafePointer(to: lines) {
      qhost_kernel_lines_read(
        $0, first + firstInLines, strips + firstInLines, layers.count - firstInLines, rowCount,
        stride)
    }
  }
}
