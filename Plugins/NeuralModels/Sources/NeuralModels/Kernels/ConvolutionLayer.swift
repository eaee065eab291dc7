/// How four neighbouring places of a plane become one.
public enum Pooling: UInt32, Sendable, CaseIterable {
  /// They do not.
  case none = 0
  /// The largest of 2 × 2; an odd last row or column is left out.
  case max
  /// The mean of 2 × 2; an odd last row or column is left out.
  case mean
}

/// The shape of a convolutional layer: u = W ∗ h + b, z = pool(u), h′ = activation(z).
///
/// A fully connected layer has planes of a single place.
public struct ConvolutionLayer: Sendable, Equatable {
  /// Planes of its input.
  public var channels: Int
  /// Their height, margins included.
  public var height: Int
  /// Their width, margins included.
  public var width: Int
  /// Planes of its output.
  public var filters: Int
  /// Height and width of a filter.
  public var kernel: Int
  /// How u becomes z.
  public var pooling: Pooling
  /// Zeros around each plane of its output, that the next layer needs.
  public var margin: Int

  /// Makes a layer.
  public init(
    channels: Int, height: Int, width: Int, filters: Int, kernel: Int, pooling: Pooling = .none,
    margin: Int = 0
  ) {
    self.channels = channels
    self.height = height
    self.width = width
    self.filters = filters
    self.kernel = kernel
    self.pooling = pooling
    self.margin = margin
  }

  /// Height of u.
  public var sumHeight: Int { height - kernel + 1 }
  /// Width of u.
  public var sumWidth: Int { width - kernel + 1 }
  /// Height of z.
  public var pooledHeight: Int { pooling == .none ? sumHeight : sumHeight / 2 }
  /// Width of z.
  public var pooledWidth: Int { pooling == .none ? sumWidth : sumWidth / 2 }
  /// Places of a plane of the output, margins included.
  public var outputPlane: Int { (pooledHeight + 2 * margin) * (pooledWidth + 2 * margin) }
  /// Weights, without biases.
  public var weightCount: Int { filters * channels * kernel * kernel }
  /// Places of all planes of the input, margins included.
  public var inputCount: Int { channels * height * width }
  /// Places of all planes of u.
  public var sumCount: Int { filters * sumHeight * sumWidth }
  /// Places of all planes of z.
  public var pooledCount: Int { filters * pooledHeight * pooledWidth }
  /// Places of all planes of the output, margins included.
  public var outputCount: Int { filters * outputPlane }
  /// Places of the planes that a gradient of u needs, with margins of kernel − 1.
  var slopeCount: Int { filters * (height + kernel - 1) * (width + kernel - 1) }
}
