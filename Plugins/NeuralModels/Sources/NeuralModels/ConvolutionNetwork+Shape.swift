internal import QHostInterfaces

extension ConvolutionNetwork {
  /// Lays out the layers that a configuration asks for.
  ///
  /// - Throws: when inputs are not an image, or filters or pooling do not fit what is left of it.
  static func make(
    _ configuration: Configuration, _ mapping: Mapping
  ) throws(ComponentError) -> ConvolutionNetwork {
    let image = try imageShape(mapping.input)
    let (filters, kernel) = (configuration.integers("filters"), configuration.integer("kernel"))
    guard kernel % 2 == 1 else {
      throw .parameter("kernel = \(kernel) is even; give an odd number, such as \(kernel + 1)")
    }
    let margin = configuration.choice("padding") == "same" ? kernel / 2 : 0
    let pooling: Pooling =
      switch configuration.choice("pooling") {
      case "max": .max
      case "mean": .mean
      default: .none
      }
    var (channels, height, width) = image
    var layers: [ConvolutionLayer] = []
    for (index, count) in filters.enumerated() {
      let layer = ConvolutionLayer(
        channels: channels, height: height + 2 * margin, width: width + 2 * margin, filters: count,
        kernel: kernel, pooling: pooling, margin: index + 1 < filters.count ? margin : 0)
      guard layer.sumHeight >= 1, layer.sumWidth >= 1, layer.pooledCount >= 1 else {
        throw .parameter(
          "layer \(index) of model 'cnn' has planes of \(height)×\(width), too small for kernel = "
            + "\(kernel) and pooling; use fewer filters, padding = same or pooling = none")
      }
      (channels, height, width) = (count, layer.pooledHeight, layer.pooledWidth)
      layers.append(layer)
    }
    var inputs = channels * height * width
    for units in configuration.integers("hidden") + [mapping.output.count] {
      layers.append(
        ConvolutionLayer(channels: inputs, height: 1, width: 1, filters: units, kernel: 1))
      inputs = units
    }
    return ConvolutionNetwork(
      layers: layers, convolutionCount: filters.count, margin: margin,
      hidden: HiddenActivation(configuration))
  }

  private static func imageShape(
    _ shape: Shape
  ) throws(ComponentError) -> (channels: Int, height: Int, width: Int) {
    switch shape.extents.count {
    case 2: return (1, shape.extents[0], shape.extents[1])
    case 3: return (shape.extents[0], shape.extents[1], shape.extents[2])
    default:
      throw .data(
        "model 'cnn' needs images of shape height×width or channels×height×width, and the inputs' "
          + "shape is \(shape); use model 'mlp'")
    }
  }
}
