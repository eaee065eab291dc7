internal import QHostInterfaces

/// The work of passes and cuts of a convolutional network, in units of ``PassWork``.
///
/// Each constant is what one step of a kernel takes; they were fitted like those of ``NetworkWork``.
package struct ConvolutionWork: Sendable {
  /// A multiply-add, and one of the weights' gradient.
  package static let multiplyAdd = 0.95
  package static let gradientMultiplyAdd = 2.2
  /// A place of z that is pooled.
  package static let pool = 30.0
  /// A place's slope.
  package static let slope = 26.0
  /// A parameter, which is made single.
  package static let parameter = 790.0
  /// A weight whose gradient's lanes are added up, for each strip of 16 rows.
  package static let weightSum = 110.0
  /// An offset of a cut in a strip.
  package static let strip = 1_900.0
  /// A place of a plane with margins, which is cleared.
  package static let clear = 2.0
  /// A number that is kept of a row, when a cut reads it and when a move writes it too, where so many
  /// bytes are kept that no cache has them.
  package static let read = 2.5
  package static let move = 16.0
  package static let farBytes = 67_108_864.0

  let network: ConvolutionNetwork

  init(_ network: ConvolutionNetwork) { self.network = network }

  private var last: Int { network.layers.count - 1 }

  private func activation(_ layer: Int) -> Double {
    guard layer < last else { return 0 }
    return NetworkWork.value(network.hidden.function)
  }

  /// A row of a layer, from `channels` of its channels.
  private func layer(_ index: Int, channels: Int) -> Double {
    let shape = network.layers[index]
    let products = shape.sumCount * channels * shape.kernel * shape.kernel
    return Self.multiplyAdd * Double(products) + after(index, filters: shape.filters)
  }

  /// Pooling and activation of so many planes of a layer in a row.
  private func after(_ index: Int, filters: Int) -> Double {
    let shape = network.layers[index]
    let places = Double(filters * shape.pooledHeight * shape.pooledWidth)
    return places * ((shape.pooling == .none ? 0 : Self.pool) + activation(index))
  }

  /// A forward pass, and forward and backward together.
  var passes: PassWork {
    var work = PassWork(row: 0, pass: 0, gradientCost: 0)
    var weights = 0
    for (index, shape) in network.layers.enumerated() {
      let taps = shape.kernel * shape.kernel
      work.row += layer(index, channels: shape.channels)
      work.gradientRow +=
        Self.gradientMultiplyAdd * Double(shape.sumCount * shape.channels * taps)
        + Self.slope * Double(shape.sumCount)
      if index > 0 {
        work.gradientRow +=
          Self.multiplyAdd * Double(shape.inputCount * shape.filters * taps)
      }
      weights += shape.weightCount
    }
    work.gradientRow += work.row + Self.weightSum * Double(weights) / 16
    work.pass = Self.parameter * Double(network.parameterCount)
    work.gradientPass = 2 * work.pass
    return work
  }

  /// Numbers that are kept of a row.
  private var keptCount: Int {
    network.layers.reduce(network.layers[0].inputCount) {
      $0 + $1.sumCount + ($1.pooling == .none ? 0 : $1.pooledCount) + $1.outputCount
    }
  }

  /// Numbers of a row that a cut from a layer on reads: the plane, its input, and all of what follows.
  private func readCount(_ layer: Int) -> Int {
    let shape = network.layers[layer]
    var count = shape.sumHeight * shape.sumWidth + shape.height * shape.width
    guard layer < last else { return count }
    count += 2 * shape.pooledHeight * shape.pooledWidth
    for index in layer + 1...last {
      let shape = network.layers[index]
      count += shape.sumCount + (index < last ? 2 * shape.pooledCount : 0)
    }
    return count
  }

  /// The largest layer with margins, places of a row.
  private var clearedCount: Int {
    network.layers.dropLast().reduce(0) { $1.margin > 0 ? max($0, $1.outputCount) : $0 }
  }

  /// A row of one offset: the plane, its part in the next layer, then whole layers.
  private func offset(_ index: Int) -> Double {
    let (layer, place) = network.place(of: index)
    let cleared = 2 * Self.clear * Double(clearedCount)
    guard layer < last else { return cleared }
    let shape = network.layers[layer]
    var isKnot = false
    if case .knot = place { isKnot = true }
    var work = cleared + after(layer, filters: isKnot ? shape.filters : 1)
    for next in layer + 1...last {
      let channels = network.layers[next].channels
      work += self.layer(
        next, channels: next == layer + 1 && !isKnot ? channels / shape.filters : channels)
    }
    return work
  }

  /// A cut at so many offsets, or a move, on all rows.
  func cut(index: Int, offsetCount: Int, rowCount: Int) -> Double {
    let rows = Double((rowCount + 15) & ~15)
    let isFar = min(1, 4 * Double(keptCount * rowCount) / Self.farBytes)
    let read = Double(readCount(network.place(of: index).layer)) * isFar
    let places = Double(max(offsetCount, 1)) * rows
    return rows * read * (offsetCount == 0 ? Self.read + Self.move : Self.read)
      + places * (Self.strip / 16 + offset(index))
  }

  /// One offset of a cut as a part of a pass of 1,024 rows.
  func cutCost(index: Int) -> Double {
    let passes = passes
    return cut(index: index, offsetCount: 1, rowCount: 1024) / (passes.pass + 1024 * passes.row)
  }
}
