internal import QHostInterfaces
internal import QHostMemory

/// Where each weight is, as the inputs of a network.
///
/// [F × n], rows ``stride`` apart, in −1 ... 1; not changed once made.
struct CoordinateInputs: @unchecked Sendable {
  /// F, the numbers in one input.
  let count: Int
  /// From input to input, a multiple of 16 and at least n.
  let stride: Int
  private let values: AlignedBuffer<Float>

  var start: UnsafePointer<Float> { UnsafePointer(values.start) }

  private init(count: Int, weightCount: Int) {
    self.count = count
    stride = (weightCount + 15) / 16 * 16
    values = AlignedBuffer(count: count * stride)
  }

  /// The bits of each weight's number, from the lowest on: −1 for 0 and 1 for 1; ⌈log₂ n⌉ inputs, at least 1.
  static func bits(weightCount: Int) -> CoordinateInputs {
    let count = max(1, Int.bitWidth - (weightCount - 1).leadingZeroBitCount)
    let inputs = CoordinateInputs(count: count, weightCount: weightCount)
    for bit in 0..<count {
      for weight in 0..<weightCount {
        inputs.values.start[bit * inputs.stride + weight] = weight >> bit & 1 == 0 ? -1 : 1
      }
    }
    return inputs
  }

  /// Which tensor each weight is in, and where along each of its axes, evenly from −1 to 1.
  ///
  /// 0 where there is but one place. Axes are counted from the first; tensors of fewer axes have 0 for the rest.
  static func places(in blocks: [ParameterBlock], weightCount: Int) -> CoordinateInputs {
    let axes = blocks.map(\.shape.extents.count).max() ?? 0
    let inputs = CoordinateInputs(count: 1 + axes, weightCount: weightCount)
    let (values, stride) = (inputs.values.start, inputs.stride)
    for (number, block) in blocks.enumerated() {
      let extents = block.shape.extents
      for place in 0..<block.shape.count {
        let weight = block.offset + place
        values[weight] = evenly(number, of: blocks.count)
        var rest = place
        for axis in extents.indices.reversed() {
          values[(1 + axis) * stride + weight] = evenly(rest % extents[axis], of: extents[axis])
          rest /= extents[axis]
        }
      }
    }
    return inputs
  }

  private static func evenly(_ place: Int, of count: Int) -> Float {
    count > 1 ? Float(2 * place) / Float(count - 1) - 1 : 0
  }
}
